# SPDX-License-Identifier: Apache-2.0
"""Numbers of units: within 30 days of, two years ago, a 90-day period, put off by six months."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.dating.expression import DateWords
from debar.intake.dating.hits import NOTHING
from debar.intake.dating.numerals import number
from debar.model.vocab.statements import DateRole, Precision

if TYPE_CHECKING:
    from debar.intake.dating.hits import Found, Hit

_HALF = re.compile(r"(?:(?P<whole>one|two|three|four) and a )?half(?: an?)?$")


def _count(words: str, unit: str) -> tuple[int, str]:
    """Give how many of which unit: two and a half years are 30 months, a fortnight is two weeks, half a week is no number."""
    named, factor = {"night": ("day", 1), "decade": ("year", 10), "fortnight": ("week", 2)}.get(unit, (unit, 1))
    half = _HALF.fullmatch(words)
    if half:
        return (number(half["whole"] or "") * 12 + 6, "month") if unit == "year" else (0, named)
    return number(words) * factor, named


_BEFORE_WAYS = ("before", "prior to", "ahead of")

_AFTER_WAYS = ("after", "from", "following", "of", "since", "starting", "counting from", "beginning")


def counted(hit: Hit) -> Found:
    """Give a number of units after, before or within something: within 30 days of, two years ago, a 90-day period."""
    groups = hit.match.groupdict()
    way = " ".join((groups.get("way") or "").split()).removesuffix(" to the day").removesuffix(" to the very day")
    lead = " ".join((groups.get("lead") or "").split())
    count, unit = _count(hit.match["number"] or groups.get("word") or "", hit.match["unit"])
    is_vague = hit.match["number"] in ("a", "an") and hit.form == "counted-within" and lead not in _FIRM
    if is_vague or not _is_counted(hit.form, lead, way, count):
        return NOTHING
    counts, sign = _counted_from(hit.form, lead, way)
    role = _role_of_count(lead, way)
    if counts in ("after", "before") and _ENDED.match(hit.match.string, hit.match.end()):
        counts = "event"
    return (
        DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit=unit, number=count, shift=sign, counts=counts,
                  role=role, precision=Precision.DURATION,
                  is_business=_is_business(groups.get("business"))),
    )  # fmt: skip


_ENDED = re.compile(r" ?[.,;:)!?]|$")
"""What follows where nothing is named after which it is: five months after."""
_FIRM = frozenset(
    {
        "within",
        "after",
        "inside",
        "inside of",
        "under",
        "no later than",
        "no more than",
        "until",
        "given",
        "gave",
        "granted",
    }
)
"""Words after which even a year is one: within a year, but not with a year."""


def _is_counted(form: str, lead: str, way: str, count: int) -> bool:
    """Tell whether a count is one from something, and no length or age: "a history of 20 years" is none."""
    if way == "of" and form != "counted-nth":
        return lead in (
            "within",
            "inside of",
            "in",
            "inside",
            "no later than",
            "not later than",
            "no more than",
            "not more than",
        )
    if form == "counted-from" and way in ("from", "starting", "beginning", "since") and not lead:
        return count > 0
    return True


def _counted_from(form: str, lead: str, way: str) -> tuple[str, int]:
    """Give from what a count goes, and in which direction."""
    if way in (
        "ago",
        "ago today",
        "ago to the day",
        "ago this week",
        "ago this month",
        "from now",
        "from today",
        "hence",
    ):
        return "publication", -1 if way.startswith("ago") else 1
    if way in ("later", "afterwards", "thereafter", "on"):
        return "event", 1
    if way in ("earlier", "prior", "previously") or (way == "before" and form == "counted-ago"):
        return "event", -1
    if way in _BEFORE_WAYS:
        return "before", -1
    if way in _AFTER_WAYS:
        return "after", 1
    return ("publication" if lead == "in" else "period"), 1


def _role_of_count(lead: str, way: str) -> DateRole:
    """Give what the words of a count make of it: within 30 days is a time by which."""
    if lead.startswith(("within", "no later", "not later", "no more", "not more", "inside", "under", "at the latest", "in", "have", "has", "had", "give", "giving", "gave", "grant")) and lead != "in":  # fmt: skip
        return DateRole.BY
    if lead == "in" and way == "of":
        return DateRole.BY
    if lead.startswith(("no earlier", "not earlier", "no sooner", "at least")):
        return DateRole.FROM
    if lead in ("until", "up to", "for", "another"):
        return DateRole.UNTIL
    if lead == "after" or way in ("after", "following"):
        return DateRole.AFTER
    return DateRole.BEFORE if way in ("before", "prior to", "ahead of") else DateRole.ON


def period(hit: Hit) -> Found:
    """Give a length of time up to now or from now on: over the past two years, in the next 90 days."""
    count, unit = _count(hit.match["number"], hit.match["unit"])
    is_ahead = any(word in hit.match["lead"] for word in ("next", "coming", "following", "first"))
    role = DateRole.BY if is_ahead else DateRole.FROM
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit=unit, number=count, shift=1 if is_ahead else -1, counts="period", role=role, precision=Precision.DURATION),)  # fmt: skip


_BEFORE_LENGTH = re.compile(
    r"\b(?:for|every|some|about|around|nearly|almost|over|more than|less than|roughly|approximately|at least|up to|exactly|just) {1,40}$"
)


def length(hit: Hit) -> Found:
    """Give a length of time by itself: put off by six months, every two years. "A year" alone is mostly a rate."""
    count, unit = _count(hit.match["number"], hit.match["unit"])
    lead = _BEFORE_LENGTH.search(hit.match.string, max(0, hit.match.start() - 54), hit.match.start())
    if not count or (hit.match["number"] in ("a", "an") and (not lead or lead.group().startswith("every"))):
        return NOTHING
    return (
        DateWords(start=lead.start() if lead else hit.match.start(), end=hit.match.end(), form=hit.form, unit=unit, number=count, shift=1,
                  counts="nothing", precision=Precision.DURATION, is_business=_is_business(hit.match["business"])),
    )  # fmt: skip


def _is_business(words: str | None) -> bool:
    return any(word in (words or "") for word in ("business", "work", "trading", "banking"))


_CLOSED = re.compile(r"[,.;:)]|$| (?:or|and|but|already|as well|with|too)\b")
"""What follows where nothing is named after which it is: the day after or later."""


def unit_after(hit: Hit) -> Found:
    """Give a day, week, month or year after or before something: a month after, the day before."""
    way = " ".join(hit.match["way"].split())
    is_closed = bool(_CLOSED.match(hit.match.string, hit.match.end()))
    counts, sign = _counted_from(
        "counted-ago" if way in ("later", "earlier") or way.startswith("ago") else "counted-from", "", way
    )
    counts = "event" if is_closed and counts != "publication" else counts
    role = DateRole.ON
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit=hit.match["unit"], number=1, shift=sign, counts=counts, role=role, precision=Precision.DURATION),)  # fmt: skip


def first_of_month(hit: Hit) -> Found:
    """Give the first day of the sixth month following something, as acts of parliaments set it."""
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit="month", number=number(hit.match["word"] or "first"),
                      shift=1, counts="after", role=DateRole.FROM, precision=Precision.DURATION),)  # fmt: skip
