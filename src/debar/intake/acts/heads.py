# SPDX-License-Identifier: Apache-2.0
"""Dates that stand above what they date: at the head of a list, or as a heading of their own.

From 20 July 2024:                       20 July 2024
- no new agreements                      The ban on new agreements takes effect.
- no resale
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.acts import triggers
from debar.model.vocab.statements import StatedAct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.acts.found import Read
    from debar.intake.acts.patterns import Ready
    from debar.intake.acts.triggers import Trigger
    from debar.model.intake import StatedDate

_BESIDE = 24
"""Letters beside its date that a heading may have: "Phase 1 (from ...)"."""
_MOST = 12
"""Items that one head dates."""
_FORBIDS = re.compile(r"\b(?:prohibit|banned|ban|bans|forbidden|barred|may not|must not|not allowed|cannot|no longer)")
_DEMANDS = re.compile(r"\b(?:must|shall|required|ordered|obliged|have to|need to|should)\b")
_MARK = re.compile(r"\(?(?:([0-9]{1,3})|([a-z]|[ivx]{1,5}))[.)] |[-*\u2022\u2013\u25cf\u25aa] ?")
_WEAK = frozenset({StatedAct.DISCLOSE, StatedAct.DENY, StatedAct.CONDEMN, StatedAct.LEGAL_BASIS, StatedAct.WARN})
"""What a heading does not date: who said it may stand anywhere."""
_LEAST = 4
"""Weight of the words of an act that a date above them can belong to."""


class Head(NamedTuple):
    """A date above what it dates."""

    date: StatedDate
    mark: str
    """How its own paragraph is marked: what is marked alike stands beside it and not under it."""
    kind: str
    """prohibit or require, where the head says so of all its items; empty otherwise."""
    is_list: bool


def inherited(every: Sequence[Read]) -> dict[int, Head]:
    """Give the heads that sentences stand under, by their numbers."""
    found: dict[int, Head] = {}
    head: Head | None = None
    left, under, is_marked = 0, 0, False
    for number, read in enumerate(every):
        if new := _head(read):
            head, left, under = new, _MOST, read.sentence.paragraph
            is_marked = number + 1 < len(every) and every[number + 1].sentence.is_item
            continue
        if head is None:
            continue
        if head.is_list and left and _is_under(read, head, under, is_marked=is_marked):
            found[number] = head
            left -= 1
        elif not head.is_list and read.sentence.paragraph == under + 1 and not read.places:
            found[number] = head
        else:
            head = None
    return found


def _head(read: Read) -> Head | None:
    """Give the head that a sentence is, if it is one."""
    if not read.places or read.sentence.paragraph == 0:
        return None
    place = read.places[-1]
    if read.low.rstrip().endswith(":"):
        kind = "prohibit" if _FORBIDS.search(read.low) else "require" if _DEMANDS.search(read.low) else ""
        return Head(place.date, _mark(read), kind, is_list=True)
    beside = len(read.low) - (place.end - place.start)
    if len(read.places) == 1 and beside <= _BESIDE and not read.low.endswith(".") and not read.triggers:
        return Head(place.date, "", "", is_list=False)
    return None


def is_of_list(read: Read) -> bool:
    """Tell whether a sentence is the head of a list: what it says in general, its items say in particular."""
    head = _head(read)
    return bool(head and head.is_list)


def _mark(read: Read) -> str:
    """Give how a paragraph is marked: 1 for any number, a for any letter, or its bullet."""
    found = _MARK.match(read.low)
    return "" if not found else "1" if found[1] else "a" if found[2] else found[0].strip()


def _is_beside(read: Read, head: Head) -> bool:
    return bool(head.mark) and _mark(read) == head.mark


def _is_under(read: Read, head: Head, under: int, *, is_marked: bool) -> bool:
    """Tell whether a line is an item of a list; where the first one lost its mark, a short line may be one too."""
    if read.sentence.paragraph <= under or _is_beside(read, head):
        return False
    return read.sentence.is_item or (not is_marked and _is_short(read))


def _is_short(read: Read) -> bool:
    return len(read.low) < 160 and not read.low.endswith(":")


def acts(read: Read, head: Head, ready: Ready) -> list[Trigger]:
    """Give the acts that a head dates in a sentence under it: those that its words say, or deeds by what the head says."""
    strong = [t for t in read.triggers if t.weight >= _LEAST and t.act not in _WEAK]
    if strong:
        return strong if head.is_list else strong[:1]
    return triggers.bare(read.low, head.kind, ready) if head.kind else []
