# SPDX-License-Identifier: Apache-2.0
"""Places that are named without ruling there: "Moscow-based", "the Chinese company", "follows Australia"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.entries import CITY, DEMONYM, SEAT
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.mentions.spelled import Met, Word
    from debar.model.lexicon import Words

HOME, MAKER, ELSEWHERE = "home", "maker", "elsewhere"
_BEFORE = 40
"""Characters before a place in which words like "headquartered in" end."""
_BESIDE = 3
"""Words after a demonym among which one for a maker may stand: Russian anti-virus software maker."""
_JOINED = re.compile(r"(?:^|[ ,(])(?:the |mainland |neighbouring |communist )?$")
_CLAUSE = re.compile(r"[^.;:?!\n]{0,70}")
"""What goes on after a place."""
_FROM = re.compile(r"([^\W_]{2,24})s? (?:from|of|in) $")
"""What somebody or something comes from: the builder from Shanghai."""
_SUFFIX = re.compile(r"(?: |\.)?-[a-z]{1,20}")


class Asides(NamedTuple):
    """Words around a place, from the lexicon."""

    after: frozenset[str]
    before: tuple[str, ...]
    beside: frozenset[str]
    elsewhere: tuple[str, ...]
    """Words before the place of another measure, with which this one is compared."""
    likewise: re.Pattern[str]
    """Words after a place that has a measure of its own, or thinks of one."""
    abroad: frozenset[str]
    """Jurisdictions whose demonym says where a maker is at home, unless a word for a ruler follows."""
    ruling: frozenset[str]


def asides(listed: Iterable[Words]) -> Asides:
    """Give the words that tell an aside, by where they stand."""
    told: dict[str, list[str]] = {
        "after": [],
        "before": [],
        "beside": [],
        "elsewhere": [],
        "likewise": [],
        "abroad": [],
        "ruling": [],
    }
    for one in listed:
        if one.purpose == "home" and one.means in told:
            told[one.means] += one.words
    return Asides(
        frozenset(told["after"]),
        tuple(told["before"]),
        frozenset(told["beside"]),
        tuple(told["elsewhere"]),
        re.compile(phrases.any_of(told["likewise"]) if told["likewise"] else r"(?!)"),
        frozenset(told["abroad"]),
        frozenset(told["ruling"]),
    )


def aside(flat: str, place: Met, following: Sequence[Word], words: Asides) -> str:
    """Give how a place is named in passing; empty where it may be the one that rules."""
    suffix = _SUFFIX.match(flat, place.end)
    if suffix and suffix.group().lstrip(" .") in words.after:
        return HOME
    before = flat[max(0, place.start - _BEFORE) : place.start].casefold()
    if found := _JOINED.search(before):
        before = before[: found.start()]
        if before.endswith(words.before) and not flat.startswith("'s", place.end):
            return HOME
        if before.endswith(words.elsewhere):
            return ELSEWHERE
    behind = _CLAUSE.match(flat, place.end)
    if behind and words.likewise.search(behind.group().casefold()):
        return ELSEWHERE
    if place.entry.kind in (CITY, SEAT):
        return MAKER if _is_town_of_maker(flat, place, following[:1], words) else ""
    return MAKER if place.entry.kind == DEMONYM and _is_maker(place, following[:_BESIDE], words) else ""


def _is_town_of_maker(flat: str, place: Met, following: Sequence[Word], words: Asides) -> bool:
    """Tell whether a town says where a maker abroad is at home: the Beijing company, the builder from Shanghai."""
    if place.entry.jurisdiction not in words.abroad:
        return False
    before = _FROM.search(flat[max(0, place.start - _BEFORE) : place.start].casefold())
    if before and (before[1] in words.beside or before[1].removesuffix("s") in words.beside):
        return True
    return any(word.folded in words.beside and flat[place.end : word.start] == " " for word in following)


def _is_maker(place: Met, following: Sequence[Word], words: Asides) -> bool:
    """Tell whether a demonym stands beside a word for a maker, or is of a state whose goods it mostly names."""
    if any(word.folded in words.beside for word in following):
        return True
    return place.entry.jurisdiction in words.abroad and not any(word.folded in words.ruling for word in following)
