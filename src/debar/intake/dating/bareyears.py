# SPDX-License-Identifier: Apache-2.0
"""Years that stand alone, in digits or in words, where the words around them show that they are no count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.dating.expression import DateWords
from debar.intake.dating.hits import NOTHING, year_of
from debar.intake.dating.numerals import number
from debar.model.vocab.statements import DateRole, Precision

if TYPE_CHECKING:
    import re

    from debar.intake.dating.hits import Found, Hit


def years(hit: Hit) -> Found:
    """Give two years: 2017-2019 is a time from the one until the other, 2017 and 2019 are two."""
    first, last = year_of(hit.match["year"]), int(hit.match["until"])
    last = last if last > 99 else first // 100 * 100 + last
    if not _is_year_here(hit.match, hit.flat):
        return NOTHING
    is_span = hit.match["link"] not in ("and", "or", "&", ",", "/")
    if (is_span and last <= first) or (len(hit.match["until"]) == 2 and last != first + 1 and last - first > 30):
        return NOTHING
    ends = ((hit.match.start(), hit.match.end("year")), (hit.match.start("until"), hit.match.end()))
    roles = (DateRole.FROM, DateRole.UNTIL) if is_span else (DateRole.ON, DateRole.ON)
    return tuple(
        DateWords(start=start, end=end, form=hit.form, year=value, role=role, precision=Precision.YEAR)
        for (start, end), value, role in zip(ends, (first, last), roles, strict=True)
    )


_YEAR_CUES = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "from",
        "of",
        "before",
        "after",
        "during",
        "through",
        "for",
        "around",
        "about",
        "circa",
        "late",
        "early",
        "mid",
        "between",
        "and",
        "or",
        "to",
        "as",
        "than",
        "year",
        "years",
        "the",
        "a",
        "an",
        "this",
        "its",
        "their",
        "his",
        "her",
        "our",
        "on",
        "under",
        "over",
        "late-",
        "post",
        "pre",
        "into",
        "throughout",
        "toward",
        "towards",
        "come",
        "past",
        "beyond",
        "mid-",
        "effective",
        "starting",
        "beginning",
        "summer",
        "spring",
    ]
)

_COUNTED = frozenset(
    [
        "people",
        "employees",
        "workers",
        "staff",
        "jobs",
        "devices",
        "cameras",
        "drones",
        "units",
        "customers",
        "users",
        "companies",
        "stores",
        "schools",
        "sites",
        "locations",
        "firms",
        "products",
        "items",
        "cases",
        "miles",
        "meters",
        "metres",
        "feet",
        "euros",
        "dollars",
        "pounds",
        "hours",
        "days",
        "weeks",
        "months",
        "years",
        "times",
        "percent",
        "points",
        "pages",
        "words",
        "subscribers",
        "vehicles",
        "patients",
        "residents",
        "soldiers",
        "troops",
    ]
)


def year(hit: Hit) -> Found:
    """Give a year that stands alone, where words or signs around it show that it is no count."""
    if not _is_year_here(hit.match, hit.flat):
        return NOTHING
    start, end = hit.match.span()
    return (DateWords(start=start, end=end, form=hit.form, year=year_of(hit.match["year"]), precision=Precision.YEAR),)


def _is_year_here(match: re.Match[str], flat: str) -> bool:
    before = flat[max(0, match.start() - 24) : match.start()]
    after = flat[match.end() : match.end() + 24].lower().split()
    if after and after[0].strip(".,;:)") in _COUNTED:
        return False
    words = before.lower().split()
    if not words or not before.strip():
        return True
    last = words[-1]
    if last in _YEAR_CUES or last[-1] in "([,;:–—-" or last.endswith(("'s", "s'")) or not before[-1:].isspace():
        return True
    return _is_recent(match["year"]) and (
        not after or after[0] in _AFTER_YEAR or (match.end() < len(flat) and flat[match.end()] in ",;:)")
    )


def _is_recent(digits: str) -> bool:
    """Tell whether a number can hardly be a count: no round one, and of a year that bans are about."""
    return "2010" <= digits <= "2049" and digits != "2020"


_AFTER_YEAR = frozenset(
    [
        "as",
        "is",
        "was",
        "for",
        "and",
        "or",
        "when",
        "that",
        "at",
        "in",
        "will",
        "would",
        "instead",
        "rather",
        "saw",
        "brought",
    ]
)
"""Words that follow a year and no number of things: had set 2030 as the end."""


def spoken(hit: Hit) -> Found:
    """Give a year as it is said: twenty seventeen, twenty twenty-six."""
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=2000 + number(hit.match["tens"]), precision=Precision.YEAR),)  # fmt: skip
