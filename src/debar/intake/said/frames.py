# SPDX-License-Identifier: Apache-2.0
"""Turns of phrase in a sentence that say who speaks: "X said", "according to X", "reported by X, citing Y", "told X".

Verbs in quotations are left alone: what somebody says of others' words is theirs to answer for.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.said.following import after
from debar.intake.said.grammar import AUTHORED
from debar.intake.said.phrases import Frame, Phrase, Words, is_capital, words
from debar.intake.said.quotes import between
from debar.intake.said.verbs import after_quotation, is_audience, said

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from debar.intake.said.quotes import Quoted
    from debar.intake.said.words import Speech

_LABEL = 60
"""Characters of a name and a colon that begin a line."""
_LABELS = 2
"""Lines that a name must begin before it is taken for that of somebody who speaks in a transcript."""
_NOBODY = Words((), (), (), ())


class Framed(NamedTuple):
    """A sentence in words, with the turns of phrase in it in order."""

    words: Words
    frames: tuple[Frame, ...]


def frames(flat: str, small: str, span: tuple[int, int], quoted: Sequence[Quoted], speech: Speech) -> Framed:
    """Give the turns of phrase of a sentence; `small` is the text in small letters, of the same length."""
    start, end = span
    sentence: Words | None = None
    found: list[Frame] = []
    for match in speech.triggers.finditer(small, start, end):
        if between(quoted, match.start(), match.start() + 1) or _is_in_name(flat, match, start, speech):
            continue
        sentence = sentence or words(flat, start, end)
        at = bisect_left(sentence.starts, match.start())
        stop = bisect_left(sentence.starts, match.end())
        if at < len(sentence.starts) and sentence.starts[at] == match.start():
            found += _read(match.lastgroup or "", sentence, (at, stop), found, speech)
    for closing in [one.end for one in quoted if start < one.end < end - 1 and not found]:
        sentence = sentence or words(flat, start, end)
        found += after_quotation(sentence, bisect_left(sentence.starts, closing), speech)
    if phrase := _label(flat, start, end, speech):
        sentence = sentence or words(flat, start, end)
        found.insert(0, Frame(0, "outer", phrase))
    return Framed(sentence or _NOBODY, tuple(found))


def _is_in_name(flat: str, match: re.Match[str], start: int, speech: Speech) -> bool:
    """Tell whether a verb of several meanings belongs to a name: United States, Washington Post."""
    return match.start() > start and flat[match.start()].isupper() and match.group() in speech.say_that


def _read(
    group: str, sentence: Words, place: tuple[int, int], known: Sequence[Frame], speech: Speech
) -> tuple[Frame, ...]:
    """Give what the words of one trigger say."""
    at, stop = place
    if group == "say":
        return said(sentence, place, known, speech)
    if group == "pronoun":  # in her words
        return (Frame(at, "outer", Phrase(at + 1, at + 2, "pronoun", at + 1)),)
    phrase = after(sentence, stop, speech)
    if phrase is None:
        return ()
    author = _author(sentence, phrase, speech)
    if group == "according":
        # "per user, per year" has no article and no name
        is_rate = sentence.small[at] == "per" and phrase.first == stop and not is_capital(sentence.text[phrase.first])
        return () if is_rate else (Frame(at, "outer", author or phrase),)
    if group == "cite":
        return (Frame(at, "origin", author or phrase),) if author or phrase.kind not in ("document", "pronoun") else ()
    is_shown = phrase.kind in ("outlet", "name", "person", "company") and not is_audience(sentence, phrase, speech)
    return (Frame(at, "through", phrase),) if is_shown else ()


def _author(sentence: Words, phrase: Phrase, speech: Speech) -> Phrase | None:
    """Give who made a document: "comments made by X", "a report from X"."""
    small, at = sentence.small, phrase.last
    if phrase.kind != "document":
        return None
    if at < len(small) and small[at] in AUTHORED:
        at += 1
    if small[at : at + 1] not in (("by",), ("from",), ("of",)):
        return None
    author = after(sentence, at + 1, speech)
    return author if author and author.kind not in ("document", "pronoun") else None


def _label(flat: str, start: int, end: int, speech: Speech) -> Phrase | None:
    """Give the speaker whose name and a colon begin a line: "Reuters: the ban comes today", "RAIMONDO: We ..."."""
    colon = flat.find(":", start, min(end, start + _LABEL))
    if colon <= start or colon + 2 >= end or not flat[colon + 1].isspace():
        return None
    head = words(flat, start, colon)
    phrase = after(head, 0, speech)
    if phrase is None or phrase.last != len(head.small) or phrase.kind in ("document", "pronoun"):
        return None
    if not is_capital(head.text[phrase.first]):
        return None
    if phrase.kind == "name" and flat.count(flat[start : colon + 1]) < _LABELS:
        return None  # "Removal: ..." heads an item, "NEW DELHI: ..." begins an article
    return phrase
