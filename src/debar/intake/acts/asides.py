# SPDX-License-Identifier: Apache-2.0
"""Dates that date nothing by themselves: parts of names, what another date is counted from, how long something lasted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab.statements import DateRole, Precision

if TYPE_CHECKING:
    from debar.intake.acts.weighing import Place

_LOOSE = (" after", " before", " earlier than", "now on", "from now")
"""Ends of expressions that only tie one event to another, or date nothing."""
_NAMED = re.compile(
    r"\b(?:order|law|act|directive|regulation|decree|proclamation|resolution|decision)(?: \([a-z]{2,4}\))?(?: no\.?)? "
    r"[0-9][0-9/.-]{1,14} of $|[09]{4} of $|\b(?:first|second|third|fourth|fifth|only|last) time $"
)
"""The number of an instrument, behind which its date belongs to its name; or how often something was done in a time."""
_LONGEST = 80
"""Characters before a date in which the name of its instrument stands."""
_BEFORE_NAME = re.compile(
    r" (?:[a-z-]{2,14} ){0,2}(?:statute|law|act|order|rule|rules|directive|regulation|budget|ndaa|bill|agreement|report|strategy)\b"
)
_ARTICLES = ("the ", "a ", "an ", "this ", "that ", "its ", "their ")
"""Before a year and an instrument behind it the year is part of a name: "the 2024 statute", not "in 2024 the statute"."""
_COUNTING = frozenset(
    {"of", "from", "after", "following", "before", "of the", "from the", "after the", "following the"}
)
"""Words between a time and what it is counted from."""


def is_loose(place: Place, low: str) -> bool:
    """Tell whether an expression dates nothing by itself: "a month after ...", "from now on", how long something lasted.

    Neither does one that is part of a name: "Executive Order 13873 of May 15, 2019".
    """
    if place.date.precision is Precision.DURATION and place.date.role is DateRole.ON:
        return True
    return place.date.text.casefold().rstrip().endswith(_LOOSE) or _is_of_a_name(place, low)


def _is_of_a_name(place: Place, low: str) -> bool:
    """Tell whether a date only says which one is meant: "the 2024 statute", "the third time this year"."""
    if place.date.precision is Precision.YEAR and low.endswith(_ARTICLES, 0, place.start):
        return bool(_BEFORE_NAME.match(low, place.end))
    return bool(_NAMED.search(low, max(0, place.start - _LONGEST), place.start))


def is_anchor(before: Place, place: Place, low: str) -> bool:
    """Tell whether a date only says what the one before it is counted from: "within 30 days of the date of release"."""
    between = low[before.end : place.start].strip()
    return before.date.precision is Precision.DURATION and between in _COUNTING
