# SPDX-License-Identifier: Apache-2.0
"""Days and months as forms write them; an impossible date is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.intake.dating.eras import year_in
from debar.intake.dating.expression import DateWords
from debar.intake.dating.hits import NOTHING, group, shift_of, year_of
from debar.intake.dating.numerals import day
from debar.intake.dating.reckoning import is_day, is_year
from debar.model.vocab.statements import DateRole, Precision

if TYPE_CHECKING:
    from debar.intake.dating.hits import Found, Hit, Names


def _calendar(match: re.Match[str], names: Names) -> tuple[int, int, int]:
    """Give year, month and day of the groups, 0 for what they lack."""
    name = group(match, "mon").rstrip(".") or group(match, "mon2").rstrip(".")
    month = names.months.get(name) or int(group(match, "month") or 0)
    year = year_of(group(match, "year")) or year_in(match)
    return year, month, day(group(match, "day") or group(match, "day2"))


def calendar(hit: Hit) -> Found:
    """Give a day by its month and day, with a year or without."""
    year, month, day_ = _calendar(hit.match, hit.names)
    if not is_day(year, month, day_) or (year and not is_year(year)):
        return NOTHING
    if "mon" in hit.match.groupdict() and hit.match["mon"] in _VERBS and not hit.flat[hit.match.start("mon")].isupper():
        return NOTHING
    if (
        hit.form == "month-day"
        and group(hit.match, "day").isalpha()
        and _NOUN_AFTER.match(hit.match.string, hit.match.end())
    ):
        # "In November the first ones failed": the first of them, and no day.
        end = hit.match.end("mon")
        return (DateWords(start=hit.match.start("mon"), end=end, form="month", month=month, precision=Precision.MONTH),)
    shift, counts = shift_of(group(hit.match, "of"))
    start, end = hit.match.span()
    is_last = bool(_LAST.search(hit.match.string, max(0, start - len("at this past ")), start))
    return (
        DateWords(start=start, end=end, form=hit.form, year=year, month=month, day=day_, shift=shift, counts=counts,
                  unit="year" if counts else "", weekday=_weekday_in(hit.match, hit.names), is_most_recent=is_last, is_coming=group(hit.match, "side") == "next"),
    )  # fmt: skip


_LAST = re.compile(r"(?<!at )\b(?:last|this past) $")
"""Before a day, that it is behind: "signed the law last April 24", and not "at last, April 24"."""


_NOUN_AFTER = re.compile(
    r" (?!(?:and|or|in|at|when|as|to|by|with|which|while|was|were|is|are|will|but|on|for|the|he|she|it|they|we)\b)[a-z]"
)


def _weekday_in(match: re.Match[str], names: Names) -> int:
    """Give the day of the week that stands beside a date; -1 for none."""
    text = match.group().replace(",", " ").replace("(", " ").replace(")", " ").replace(".", " ")
    return next((names.weekdays[word] for word in text.split() if word in names.weekdays), -1)


def instant(hit: Hit) -> Found:
    """Give an ISO day with a time; it is an instant where it has a zone."""
    year, month, day_ = (int(hit.match[name]) for name in ("year", "month", "day"))
    hour, minute = int(hit.match["hour"]), int(hit.match["minute"])
    if not is_day(year, month, day_) or not is_year(year) or hour > 23 or minute > 59:
        return NOTHING
    zone = (hit.match["zone"] or "").upper()
    return (
        DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, month=month, day=day_,
                  precision=Precision.INSTANT if zone else Precision.DAY, clock=f"{hit.match['hour']}:{hit.match['minute']}",
                  minutes=hour * 60 + minute, zone=zone),
    )  # fmt: skip


def ideographic(hit: Hit) -> Found:
    """Give a year, month or day with the signs of Chinese, Japanese or Korean."""
    year = year_of(hit.match["year"])
    month, day_ = int(hit.match["month"] or hit.match["month2"] or 0), int(hit.match["day"] or hit.match["day2"] or 0)
    if not is_day(year, month or 1, day_ or 1) or not (year or day_):
        return NOTHING
    precision = Precision.DAY if day_ else Precision.MONTH if month else Precision.YEAR
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, month=month, day=day_, precision=precision),)  # fmt: skip


def slashed(hit: Hit) -> Found:
    """Give 6/20/2024 or 20/06/2024; where both orders are days, the second is kept beside the first."""
    year, first, second = year_of(group(hit.match, "year")), int(hit.match["first"]), int(hit.match["second"])
    orders = [(month, day_) for month, day_ in ((first, second), (second, first)) if is_day(year, month, day_)]
    if not orders or (not year and len(set(orders)) > 1):
        return NOTHING
    (month, day_), other = orders[0], orders[-1] if orders[-1] != orders[0] else (0, 0)
    return (
        DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, month=month, day=day_, other=other,
                  number=first, weekday=_weekday_in(hit.match, hit.names)),
    )  # fmt: skip


def day_only(hit: Hit) -> Found:
    """Give a day whose month is told elsewhere: by the 18th, until the 15th of that month."""
    of = " ".join(group(hit.match, "of").split())
    cue = hit.match["cue"]
    if not (of or (hit.match["suffix"] and cue)):
        return NOTHING
    shift, counts = _of_month(of)
    start = hit.match.start() + (len(cue) + 1 if cue else 0)
    return (
        DateWords(start=start, end=hit.match.end(), form=hit.form, day=day(hit.match["day"]), unit="month", shift=shift, counts=counts),
    )  # fmt: skip


def _of_month(of: str) -> tuple[int | None, str]:
    """Give of which month a day is: of that month, of next month, of the month after that."""
    if "following" in of or "there" in of or "after" in of:
        return 1, "event"
    if "that" in of or "same" in of:
        return 0, "event"
    return next(
        ((shift, "publication") for word, shift in (("last", -1), ("next", 1), ("this", 0), ("inst", 0)) if word in of),
        (None, "publication"),
    )


def week_of(hit: Hit) -> Found:
    """Give the week in which a day lies: the week of July 15."""
    year, month, day_ = _calendar(hit.match, hit.names)
    if not is_day(year, month, day_):
        return NOTHING
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, month=month, day=day_, unit="week", precision=Precision.WEEK),)  # fmt: skip


def days_of_month(hit: Hit) -> Found:
    """Give two days of one month: July 20-22 is a time from the one until the other, July 20 and 22 are two days."""
    year, month, first = _calendar(hit.match, hit.names)
    last = int(hit.match["until"])
    if not (is_day(year, month, first) and is_day(year, month, last)):
        return NOTHING
    is_span = hit.match["link"] not in ("and", "or", "&") or hit.flat[: hit.match.start()].rstrip().lower().endswith(
        "between"
    )
    if is_span and last <= first:
        return NOTHING
    cut = hit.match.start("until") if hit.form == "days-before-month" else hit.match.end("day")
    ends = ((hit.match.start(), hit.match.start("link")), (cut, hit.match.end())) if hit.form == "days-before-month" else ((hit.match.start(), cut), (hit.match.start("until"), hit.match.end()))  # fmt: skip
    roles = (DateRole.FROM, DateRole.UNTIL) if is_span else (DateRole.ON, DateRole.ON)
    return tuple(
        DateWords(
            start=start, end=len(hit.flat[:end].rstrip()), form=hit.form, year=year, month=month, day=day_, role=role
        )
        for (start, end), day_, role in zip(ends, (first, last), roles, strict=True)
    )


def days_listed(hit: Hit) -> Found:
    """Give several days of one month: 3, 10 and 17 June; June 3, 10 and 17, 2026."""
    which = "days" if hit.match["days"] else "days2"
    name = (hit.match["mon"] or hit.match["mon2"]).rstrip(".")
    month_, year = hit.names.months[name], year_of(hit.match["year"] or hit.match["year2"])
    start = hit.match.start(which)
    found = [
        DateWords(start=start + each.start(), end=start + each.end(), form=hit.form, year=year, month=month_, day=int(each["day"]))
        for each in _EACH.finditer(hit.match[which])
    ]  # fmt: skip
    if not all(is_day(each.year, each.month, each.day) for each in found):
        return NOTHING
    whole = hit.match.span()
    if which == "days":
        return (*found[:-1], replace(found[-1], end=whole[1]))
    return (replace(found[0], start=whole[0]), *found[1:-1], replace(found[-1], end=whole[1]))


_EACH = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?")


def month(hit: Hit) -> Found:
    """Give a month with its year, whole or in part."""
    year, month_, _ = _calendar(hit.match, hit.names)
    if year and not is_year(year):
        return NOTHING
    shift, counts = shift_of(group(hit.match, "of"))
    precision = Precision.PART_OF_MONTH if group(hit.match, "part") else Precision.MONTH
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, month=month_, precision=precision, shift=shift, counts=counts, unit="year" if counts else ""),)  # fmt: skip


_VERBS = frozenset({"may", "march", "mar"})

_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "dec", "sept", "sat", "sun", "august", "april", "june", "mai"})
"""Names of months that are other words or names of people as well."""

_ENGLISH = frozenset({"january", "february", "september", "october", "november", "december", "sept", "july"})
"""Names of months that English writes with a capital, and that are none of `_AMBIGUOUS`."""
_CUES = frozenset(["in", "since", "by", "until", "till", "from", "last", "this", "next", "early", "mid", "late", "of", "through", "during", "before", "after", "between", "to", "and", "through", "or", "around", "about", "the"])  # fmt: skip


def bare_month(hit: Hit) -> Found:
    """Give a month without year or day, where it can be nothing else: in June, since May, the July ban."""
    if _is_verb_or_name(hit.match, hit.flat):
        return NOTHING
    month_ = hit.names.months[hit.match["mon"].rstrip(".")]
    precision = Precision.PART_OF_MONTH if hit.match["part"] else Precision.MONTH
    which = " ".join((hit.match["which"] or "").split())
    shift, counts = shift_of(which)
    return (
        DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, month=month_, precision=precision,
                  is_most_recent=shift == -1, is_coming=shift == 1, shift=shift, counts=counts),
    )  # fmt: skip


def _is_verb_or_name(match: re.Match[str], flat: str) -> bool:
    """Tell whether the name of a month may be a verb, or the name of a person, in this place."""
    start, end = match.span("mon")
    written, name = flat[start:end], match["mon"]
    if len(name) <= 4 and written.isupper() and len(written) > 1:
        return False
    is_capital = written[0].isupper() or not written[0].isascii()
    before = flat[max(0, start - 12) : start].split()
    cue = " ".join(before[-2:]).lower() in ("early as", "late as", "soon as", "recently as") or bool(match.groupdict().get("part") or match.groupdict().get("which")) or (bool(before) and before[-1].lower() in _CUES)  # fmt: skip
    if name in _AMBIGUOUS or len(name) <= 3:
        after = flat[end : end + 12].split(" ")
        is_named = (
            len(after) > 1 and after[0] == "" and after[1][:1].isupper() and name in ("may", "april", "june", "august")
        )
        return (
            not is_capital
            or (not cue and name in ("may", "march", "mar", "jan", "dec", "mai"))
            or (is_named and not cue)
        )
    # Many languages write months small; where a paper is not of their language, their names are not looked for.
    return not (is_capital or cue or name not in _ENGLISH)
