# SPDX-License-Identifier: Apache-2.0
"""The place and day before the first words of a report, as agencies write them, and the year that they leave out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.flat import flat
from debar.intake.papers.days import days
from debar.model.intake import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.intake.papers.cleaning import Cleaned
    from debar.intake.papers.days import Grammar
    from debar.model.lexicon import Language

NO_YEAR = "the dateline, which bears no year"
"""Basis of a day whose year nobody tells yet; papers of the same story may lend it."""
_PLACE = r"[A-ZÀ-Þ][\w.'’-]{0,20}(?:[ ,/]{1,3}(?:[A-ZÀ-Þ]|d[ae]\b|l[ao]s?\b)[\w.'’-]{0,20}){0,7}"
_DAY = r"(?:[A-Z]\w{2,8}\.? [0-9]{1,2}(?:st|nd|rd|th)?|[0-9]{1,2}(?:st|nd|rd|th|\.)? (?:of )?[A-Z]\w{2,8}\.?)(?:,? [0-9]{4})?"
_AGENCY = r"(?:\([\w /&.,'’+-]{2,60}\)|/[\w .-]{2,40}/|[A-Z][\w /&.]{1,40}?)"
_LEAD = re.compile(
    rf"\(?(?:{_PLACE}?(?: ?\([\w /&.,'’+-]{{2,60}}\))?[,:]? ?[–—-]? ?)?\(?(?P<day>{_DAY})\)?,? ?{_AGENCY}? ?(?:--|[-–—:|]|\.(?= [A-Z])|(?<=\))(?= [A-Z\"“]))"
)
"""PRAGUE, July 16 (Agency) - ; London - 3 October: ; SEOUL, Feb. 17 (Agency) --."""
_AGENCIES = re.compile(
    rf"{_PLACE},? ?[–—-]? ?(?P<day>{_DAY}),? ?(?:\([\w /&.,'’+-]{{2,60}}\)|/[\w .-]{{2,40}}/) ?(?:--|[-–—:|])?"
)
"""The same with an agency, which may stand below snaps and a line in brackets."""
_ALONE = re.compile(rf"(?:[^()\n]{{2,80}}[ |,–—-])?(?P<day>{_DAY})(?:,? ?\([\w /&.-]{{2,40}}\)|,? [0-9]{{1,2}}[:.][0-9]{{2}}.{{0,12}})")  # fmt: skip
"""A line of its own that ends with a day and an agency in brackets, or a time of day."""
_HEADLINE = re.compile(
    rf"(?:[^()\n]{{2,60}} [|·–—-] |(?:[^()\n]{{1,60}} )?(?i:published|posted|issued|dated):? (?:on )?)(?P<day>{_DAY})\.?"
)
"""A line of its own at the head that ends with a day: Northaven Courier - Nov. 12; Bulletin 2025-46 issued Nov. 12."""
_COPYRIGHT = re.compile(r"(?:©|\([cC]\)|[Cc]opyright)(?P<words>[^\n.]{0,60})")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_ROW = 100
_NEAR = 120
"""Days from a full date of the same report within which its own day is looked for."""
NEAR_SIBLING = 60
"""Days from the publication of a sibling within which a day without year is looked for."""


class Dateline(NamedTuple):
    """A day as a dateline gives it."""

    span: Span
    month: int
    day: int
    value: str = ""
    """The whole day, where the dateline bears a year."""


def find(text: str, parts: Cleaned, known: Grammar) -> Dateline | None:
    """Give the dateline of a text: before the first words of one of its first paragraphs, or a line of its own above them."""
    if not parts.kept:
        return None
    heads = [
        span for span in sorted((*parts.dropped, *([parts.title] if parts.title else []))) if span[0] < parts.kept[0][0]
    ]
    places = [(*span, pattern) for span in heads[:12] for pattern in (_ALONE, _HEADLINE)] + [
        (*span, _AGENCIES) for span in parts.kept[:9]
    ]
    for start, end, pattern in [(*parts.kept[0], _LEAD), *places]:
        lead = flat(text[start : min(end, start + 300)])[:170]
        match = pattern.fullmatch(lead.strip()) if pattern in (_ALONE, _HEADLINE) else pattern.match(lead)
        if match and (found := read(match["day"], known)):
            at = start + match.start("day")
            return found._replace(span=Span(at, at + len(match["day"].rstrip())))
    return None


def read(words: str, known: Grammar) -> Dateline | None:
    """Give the day that words are, with or without a year; None where they are none."""
    if whole := days(words, known):
        day = date.fromisoformat(whole[0].values[0])
        return Dateline(Span(0, 0), day.month, day.day, whole[0].values[0])
    number = re.search(r"[0-9]{1,2}", words)
    months = [
        known.months[name] for word in re.findall(r"[^\W\d_]{3,12}", words) if (name := word.lower()) in known.months
    ]
    if not number or len(months) != 1 or not _on(2000, months[0], int(number.group())):
        return None
    return Dateline(Span(0, 0), months[0], int(number.group()))


def own_year(text: str, line: Dateline, known: Grammar, languages: Sequence[Language]) -> str:
    """Give the day of a dateline without year, where the report itself tells the year; else nothing.

    1. The one year of its own line or of a copyright line, if the day of the week in the first sentences does not speak against it.
    2. A year that puts it near a full date of the report, and in which that day of the week is the same day or the one before.
    """
    told = _weekdays(text[line.span.start : line.span.start + 600], languages)
    row = text[text.rfind("\n", 0, line.span.start) + 1 : line.span.start][-_ROW:]
    claims = set(_YEAR.findall(row)) or {
        years[-1] for match in _COPYRIGHT.finditer(text) if (years := _YEAR.findall(match["words"]))
    }
    if (
        len(claims) == 1
        and (day := _on(int(next(iter(claims))), line.month, line.day))
        and (not told or _fits(day, told))
    ):  # 1.
        return day.isoformat()
    if not told:
        return ""
    full = [date.fromisoformat(day.values[0]) for day in days(text[:40000], known) if len(day.values) == 1]
    fitting = {day for near in full if (day := nearest(line, near, _NEAR)) and _fits(day, told)}  # 2.
    return fitting.pop().isoformat() if len(fitting) == 1 else ""


def nearest(line: Dateline, near: date, most: int) -> date | None:
    """Give the day of some year that lies nearest to another day, and not more than some days from it."""
    every = [day for year in (near.year - 1, near.year, near.year + 1) if (day := _on(year, line.month, line.day))]
    best = min(every, key=lambda day: abs((day - near).days), default=None)
    return best if best and abs((best - near).days) <= most else None


def beside(line: Dateline, siblings: Iterable[date]) -> date | None:
    """Give the one day near to papers of the same story; None where none is, or several are."""
    found = {day for near in siblings if (day := nearest(line, near, NEAR_SIBLING))}
    return found.pop() if len(found) == 1 else None


def _fits(day: date, told: Sequence[int]) -> bool:
    """Tell whether the first day of the week that a report names is that of its dateline, or the one before."""
    return told[0] in (day.weekday(), (day - timedelta(days=1)).weekday())


def _weekdays(lead: str, languages: Sequence[Language]) -> list[int]:
    """Give the days of the week in the first sentences of a report, in order."""
    names = {forms[0]: number for each in languages for number, forms in enumerate(each.weekdays) if forms}
    return list(_named(lead, names))


def _named(lead: str, names: dict[str, int]) -> Iterator[int]:
    for match in re.finditer(r"[^\W\d_]{3,20}", lead):
        if (number := names.get(match.group().lower())) is not None and match.group()[0].isupper():
            yield number


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
