# SPDX-License-Identifier: Apache-2.0
"""Nouns for what somebody holds, with whose it is: "the ministry's position is that", "by the union's count", "the claim by X that"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.said.authors import OWN, author
from debar.intake.said.following import after
from debar.intake.said.grammar import BE, BY_AUTHOR, DETERMINERS, EVENTS, MARKS, NOT_ADJECTIVES
from debar.intake.said.phrases import Frame, Phrase, is_possessive

if TYPE_CHECKING:
    from debar.intake.said.phrases import Words
    from debar.intake.said.words import Speech

_BEFORE = frozenset({"in", "by", "on", "to", "from", "under"})
"""Before "the ministry's view"."""
_TELLS = BE | MARKS | {"that", ":", "runs", "goes", "reads", "remains"}
"""Behind it, where it tells what is held."""
_CAME = frozenset((verb, "from") for verb in ("came", "comes", "arrived", "is", "was"))
_HOLDS = re.compile(r"['\u2019]|\b(?:its|their|his|her)\b")
_HELD = (" of ", " by ", " from ", " came ", " comes ", " is ", " was ", " arrived ")
_NEAR = 40
"""Characters before a noun in which its owner stands."""
_OWNER = 7
"""Words of who holds it."""
_ADJECTIVES = 3
"""Words between it and whose it is: the ministry's own official view."""
_THAT = 6
"""Words from "the claim by" to "that"."""
_SPEAKS = frozenset({"person", "spokesperson", "authority", "company", "outlet", "source", "name"})


def is_held(low: str, start: int, first: int, last: int) -> bool:
    """Tell whether a text in small letters gives whose a noun is anywhere near it: most nouns stand alone."""
    return _HOLDS.search(low, max(start, first - _NEAR), first) is not None or low.startswith(_HELD, last)


def opinion(sentence: Words, at: int, speech: Speech) -> tuple[Frame, ...]:
    """Give who holds what a noun names."""
    if phrase := _whose(sentence, at, speech):
        first = phrase.first - (phrase.first > 0 and sentence.small[phrase.first - 1] in DETERMINERS)
        before = sentence.small[first - 1] if first else ""
        follows = sentence.small[at + 1] if at + 1 < len(sentence.small) else "."
        if before in EVENTS or not (before in _BEFORE or follows in _TELLS):
            return ()
        return (Frame(at, "outer", phrase),)
    if sentence.small[at + 1 : at + 3] in _CAME:
        holder = after(sentence, at + 3, speech)
        return (Frame(at, "outer", holder),) if holder and holder.kind in _SPEAKS else ()
    if sentence.small[at + 1 : at + 2] == () or sentence.small[at + 1] not in BY_AUTHOR:
        return ()
    holder = after(sentence, at + 2, speech)
    if holder is None or holder.kind not in _SPEAKS:
        return ()
    is_told = sentence.small[holder.last : holder.last + 1] in (("that",), (":",))
    return (Frame(at, "outer", holder),) if is_told else ()


def _whose(sentence: Words, at: int, speech: Speech) -> Phrase | None:
    """Give whose a noun is: "the ministry's", "its"."""
    for owner in range(at - 1, max(-1, at - 1 - _ADJECTIVES), -1):
        if sentence.small[owner] in OWN:
            return Phrase(owner, owner + 1, "pronoun", owner)
        if is_possessive(sentence.text[owner]):
            first = owner
            while first and owner - first < _OWNER and _is_part(sentence, first - 1):
                first -= 1
            phrase = author(sentence, Phrase(first, owner + 1, "matter", first), speech)
            return phrase if phrase and phrase.kind in _SPEAKS else None
        if not _is_part(sentence, owner):
            return None
    return None


def _is_part(sentence: Words, at: int) -> bool:
    """Tell whether a word can stand within the name or description of somebody."""
    word = sentence.small[at]
    return sentence.text[at][0].isalnum() and word not in NOT_ADJECTIVES and word not in DETERMINERS
