# SPDX-License-Identifier: Apache-2.0
"""Whole days in lines about a paper: date lines, headers and metadata. The text itself is read by debar.intake.dating."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers.once import once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.lexicon import Language

_YEAR = r"(?P<y>(?:19|20)[0-9]{2})"
_NUMERIC = (
    rf"{_YEAR}(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}})(?:[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:\.[0-9]{{1,9}})?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?",
    rf"{_YEAR}\s?年\s?(?P<m>[0-9]{{1,2}})\s?月\s?(?P<d>[0-9]{{1,2}})\s?日",
    rf"{_YEAR}\s?년\s?(?P<m>[0-9]{{1,2}})\s?월\s?(?P<d>[0-9]{{1,2}})\s?일",
    rf"(?P<d>[0-9]{{1,2}})\.\s(?P<m>[0-9]{{1,2}})\.\s?{_YEAR}",
    rf"{_YEAR}\.\s(?P<m>[0-9]{{1,2}})\.\s(?P<d>[0-9]{{1,2}})\.?",
    rf"{_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>[0-3][0-9])",
    rf"(?P<a>[0-9]{{1,2}})(?P<s2>[./-])(?P<b>[0-9]{{1,2}})(?P=s2)(?:{_YEAR}|(?P<z>[0-9]{{2}})(?=,?\s{{1,3}}[0-2]?[0-9][:.][0-5][0-9]|\s{{0,3}}(?:[|·•]|\Z)))",
)
_HAS_YEAR = re.compile(r"(?:19|20)[0-9]{2}|[./-][0-9]{2}(?:,?\s|\Z)|[0-9]{6}")
"""No day is told without its year, in four digits or in one of two ways in two: to look for one is much cheaper than for days."""
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|\.)?"


class Day(NamedTuple):
    """A day, or the two that a writing such as 03/04/2024 can mean; firms in the United States write 03.04.2024 as well."""

    start: int
    end: int
    values: tuple[str, ...]
    """One ISO day, or two."""


class Grammar(NamedTuple):
    """How days are written, with the names of months of some languages."""

    pattern: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]


def days(line: str, grammar: Grammar, first: str = "") -> tuple[Day, ...]:
    """Give the days in a line, in order; first says what comes first in 03/04/2024: "day", "month", or nothing known."""
    return tuple(_found(line, grammar, first))


def _found(line: str, grammar: Grammar, first: str) -> Iterator[Day]:
    if not _HAS_YEAR.search(line):
        return
    for match in grammar.pattern.finditer(line):
        part = match.groupdict()
        year = int(next(value for name, value in part.items() if name[0] in "yz" and value))
        year += 2000 if year < 100 else 0
        if name := part["name"] or part["name2"] or part["name3"] or part["name4"]:
            pairs = [
                (
                    grammar.months[name.lower().rstrip(".")],
                    int(part["day"] or part["day2"] or part["day3"] or part["day4"]),
                )
            ]
        else:
            pairs = _pairs(part, first)
        values = tuple(sorted({day.isoformat() for month, number in pairs if (day := _day(year, month, number))}))
        if values:
            yield Day(match.start(), match.end(), values)


def _pairs(part: dict[str, str | None], first: str) -> list[tuple[int, int]]:
    """Give months and days that numbers can mean."""
    for n in range(len(_NUMERIC) - 1):
        if part.get(f"m{n}"):
            return [(int(part[f"m{n}"] or 0), int(part[f"d{n}"] or 0))]
    a, b = int(part[f"a{len(_NUMERIC) - 1}"] or 0), int(part[f"b{len(_NUMERIC) - 1}"] or 0)
    if first == "day" or a > 12:
        return [(b, a)]
    if first == "month" or b > 12:
        return [(a, b)]
    return [(b, a), (a, b)]


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


@once
def grammar(languages: Sequence[Language]) -> Grammar:
    """Give the grammar for numbers and for the names of months of these languages."""
    months: dict[str, int] = {}
    for language in languages:
        for number, forms in enumerate(language.months, 1):
            for form in forms:
                months.setdefault(form.rstrip("."), number)
    weekdays: dict[str, int] = {}
    for language in languages:
        for number, forms in enumerate(language.weekdays):
            for form in forms:
                weekdays.setdefault(form.rstrip("."), number)
    parts = [_numbered(pattern, n) for n, pattern in enumerate(_NUMERIC)]
    # Without any language no name of a month is known: the group is there and never matches.
    names = "|".join(map(re.escape, sorted(months, key=len, reverse=True))) or r"(?!)"
    parts += [
        rf"(?P<name>{names})\.?\s{{1,3}}(?P<day>[0-9]{{1,2}}){_ORDINAL}\s{{0,3}},?\s{{0,3}}(?P<y18>(?:19|20)[0-9]{{2}})",
        rf"(?P<day2>[0-9]{{1,2}}){_ORDINAL}[\s-]{{0,3}}(?:(?:(?:day\s)?of|de|d['’])\s{{0,3}})?(?P<name2>{names})\.?,?[\s-]{{1,3}}(?:(?:de|del|of)\s{{1,3}})?(?P<y19>(?:19|20)[0-9]{{2}})",
        # Hungarian and Lithuanian: 2026. március 11., 2026 m. kovo 11 d.
        rf"(?P<y20>(?:19|20)[0-9]{{2}})(?:\.|\s?m\.)\s{{1,3}}(?P<name4>{names})\s{{1,3}}(?P<day4>[0-9]{{1,2}})(?:\.|\s?d\.)?",
        # Agencies sign off with day and time in six digits: 171034 GMT JUL 24.
        rf"(?P<day3>[0-3][0-9])[0-2][0-9][0-5][0-9]\s?(?:[A-Z]{{1,4}}\s{{1,3}})?(?P<name3>{names})\s{{1,3}}(?P<z19>[0-9]{{2}})",
    ]
    body = "|".join(parts)
    return Grammar(re.compile(rf"(?<![\w/.-])(?:{body})(?![0-9])", re.IGNORECASE), months, weekdays)


def _numbered(pattern: str, n: int) -> str:
    """Give a pattern whose names of groups bear its number, since all stand in one expression."""
    return re.sub(r"(\(\?P<|\(\?P=)([a-z])2?(?=[>)])", rf"\g<1>\g<2>{n}", pattern)
