# SPDX-License-Identifier: Apache-2.0
"""Who made a document: "a report by X", "the ministry's notice of May", "its letter"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.said.following import after
from debar.intake.said.grammar import AUTHORED, BY_AUTHOR
from debar.intake.said.phrases import Phrase, is_capital, is_possessive, name_kind

if TYPE_CHECKING:
    from debar.intake.said.phrases import Words
    from debar.intake.said.words import Speech

OWN = {"its": "it", "their": "they", "his": "he", "her": "she"}
_NEVER = ("document", "matter", "pronoun")
_KNOWN = ("authority", "company", "outlet", "person", "spokesperson", "source")


def author(sentence: Words, phrase: Phrase, speech: Speech) -> Phrase | None:
    """Give who made the document that a phrase names; None where its sentence does not tell."""
    return _owner(sentence, phrase, speech) or _maker(sentence, phrase, speech)


def _owner(sentence: Words, phrase: Phrase, speech: Speech) -> Phrase | None:
    """Give who stands before a document as its owner: "the ministry's notice", "its letter"."""
    own = OWN.get(sentence.small[phrase.first]) or (phrase.first and OWN.get(sentence.small[phrase.first - 1]))
    if own:
        at = phrase.first if sentence.small[phrase.first] in OWN else phrase.first - 1
        return Phrase(at, at + 1, "pronoun", at)
    for at in range(phrase.last - (1 if is_possessive(sentence.text[phrase.last - 1]) else 2), phrase.first - 1, -1):
        if is_possessive(sentence.text[at]):
            is_named = is_capital(sentence.text[at])
            kind = speech.kind(sentence.small[at]) or (
                name_kind(sentence, phrase.first, at + 1, speech) if is_named else ""
            )
            return Phrase(phrase.first, at + 1, kind, phrase.first) if kind and kind not in _NEVER else None
    return None


def _maker(sentence: Words, phrase: Phrase, speech: Speech) -> Phrase | None:
    """Give who stands behind a document: "comments made by X", "a report from X"."""
    small = sentence.small
    inside = next((at for at in range(phrase.first + 1, phrase.last) if small[at] in BY_AUTHOR), phrase.last)
    at = inside + (small[inside : inside + 1] != () and small[inside] in AUTHORED)
    if small[at : at + 1] == () or small[at] not in BY_AUTHOR:
        return None
    found = after(sentence, at + 1, speech)
    if found is None or found.kind in _NEVER:
        return None
    return found if found.kind in _KNOWN or small[at] == "by" or small[at] == "from" else None
