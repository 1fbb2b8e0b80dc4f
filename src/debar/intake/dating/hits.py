# SPDX-License-Identifier: Apache-2.0
"""What the builders of forms share: the place where a pattern matched, and what words beside a unit shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating.expression import DateWords

if TYPE_CHECKING:
    import re


class Names(NamedTuple):
    """Months and weekdays by their names in small letters, as numbers: 1 is January, 0 is Monday."""

    months: dict[str, int]
    weekdays: dict[str, int]


class Hit(NamedTuple):
    """One place where a form matched."""

    match: re.Match[str]
    """In the text in small letters."""
    form: str
    names: Names
    flat: str
    """The text as written."""


Found = tuple[DateWords, ...]

NOTHING: Found = ()

_SHIFTS = {
    **dict.fromkeys(("last", "past", "previous", "preceding", "this past"), -1),
    **dict.fromkeys(("this", "current", "the current"), 0),
    **dict.fromkeys(("next", "coming", "upcoming", "following", "the coming", "this coming"), 1),
}
"""Where a word beside a unit or name puts it, seen from publication."""

FROM_EVENT = {
    **dict.fromkeys(("the previous", "the preceding", "the day"), -1),
    **dict.fromkeys(("that", "the same", "same", "that same", "that very", "the very same"), 0),
    **dict.fromkeys(("the following", "the next", "the very next", "the subsequent"), 1),
}
"""The same, seen from what was told before."""


def year_of(group: str | None) -> int:
    """Give the year that digits name, in two or four of them; 0 for none."""
    digits = (group or "").lstrip("'")
    if len(digits) == 2:
        return 2000 + int(digits)
    return int(digits) if digits else 0


def shift_of(word: str | None) -> tuple[int | None, str]:
    """Give how far a word shifts, and from what."""
    bare = " ".join((word or "").split())
    bare = bare if bare in FROM_EVENT or bare in _SHIFTS else bare.removeprefix("the ")
    if bare in FROM_EVENT:
        return FROM_EVENT[bare], "event"
    return (_SHIFTS[bare], "publication") if bare in _SHIFTS else (None, "")


def group(match: re.Match[str], name: str) -> str:
    """Give a group of a match, empty where the form has none or it took no part."""
    return match.groupdict().get(name) or ""
