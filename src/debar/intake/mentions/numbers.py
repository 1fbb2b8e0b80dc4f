# SPDX-License-Identifier: Apache-2.0
"""Numbers of people, devices, years and money, with their modifiers.

A number counts where the text says of what: "fewer than 50 of the company's employees", "about €2.5 million". Numbers of
articles, of days of a month and of years are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.counted import COUNTED, counted
from debar.model.intake import Span, StatedNumber

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.intake.sentences import Sentence
    from debar.model.lexicon import Lexicon

_BEFORE = 32
"""Characters before a number in which its modifier stands."""
_AFTER = 110
"""Characters after a number in which its unit stands."""
_SIGN = re.compile(r"(?:\b(?:US|A|AU|C|CA|NZ|HK|NT|S|R))?([$€£¥₹])\s?$|\b([A-Z]{3})\s$")
"""Money before its number: $10, US$10, EUR 10."""
_LABEL = re.compile(
    r"(?:[§#/.:\-]|\b(?:no|nos|art|sec|para|article|articles|section|sections|part|paragraph|annex|page|pp|chapter|title|rule|act|version"
    r"|order|directive|regulation|case|number|stage|phase|tier|class|level|windows|top|option|item|point|law|step))\.?\s?$",
    re.IGNORECASE,
)
"""What makes a number the name of something."""
_PERCENT = re.compile(r"\s?(?:%|per ?cent\b)")
_FILLER = r"(?:(?!(?:and|or|to|by|in|on|for|with|from|said|says|at|as|is|are|was|were|will|have|has|that|which|who|but|until|after|before)\b)"
_FILLER += r"[A-Za-z][A-Za-z'.\-]{0,24}\s{1,3}){0,4}?"
_NOUN = re.compile(r"[\"”')]{0,2}\s{1,3}(?:(?!the\b|of\b|and\b)[a-z][a-z\-]{2,20}\s{1,3})?([a-z]{3,20}s)\b(?!')")
"""A noun in the plural after a number, at once or after one other word."""
_NO_NOUN = frozenset(
    {"was", "has", "this", "does", "its", "his", "says", "others", "times", "plus", "versus", "various", "us", "these"}
)
_TIMES = frozenset({"year", "month", "week", "day", "hour", "decade"})
_YEARS = range(1900, 2101)
"""Four digits without a comma that are rather a year."""


class _Counts(NamedTuple):
    """What a number counts."""

    unit: str
    within: int
    """To where, after the number, its unit belongs to its words."""
    end: int


class Counting(NamedTuple):
    """What is counted and how exactly, ready to be looked for."""

    modifier: re.Pattern[str]
    after: re.Pattern[str]
    unit: re.Pattern[str]
    operators: Mapping[str, str]
    money: Mapping[str, str]
    months: frozenset[str]


def counting(lexicon: Lexicon) -> Counting:
    """Give what the lexicon knows of numbers."""

    def of(purpose: str) -> dict[str, str]:
        return {word.casefold(): one.means for one in lexicon.words if one.purpose == purpose for word in one.words}

    modifiers, after, money = of("number-modifier"), of("number-after"), of("money")
    months = (
        month for language in lexicon.languages if language.is_read for forms in language.months for month in forms
    )
    return Counting(
        re.compile(rf"\b({_any(modifiers)})\s{{1,3}}(?:an? |the )?[\"“'(]?$", re.IGNORECASE),
        re.compile(rf"[\"”']?\s({_any(after)})\b", re.IGNORECASE),
        re.compile(rf"[\"”')]{{0,2}}\s{{1,3}}{_FILLER}({_any([*of('number-unit'), *money])})\b(?!')", re.IGNORECASE),
        {**modifiers, **after},
        money,
        frozenset(month.casefold().rstrip(".") for month in months),
    )


def _any(words: Mapping[str, str] | Sequence[str]) -> str:
    """Give an expression for any of the words, the longest first; one that never fits where there is none."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in longest) or r"(?!)"


def find(flat: str, sentences: Sequence[Sentence], words: Counting) -> tuple[StatedNumber, ...]:
    """Give the numbers with a unit in the sentences, in order."""
    return tuple(
        number
        for sentence in sentences
        for found in COUNTED.finditer(flat, sentence.start, sentence.end)
        if (number := _number(flat, sentence, found, words))
    )


def _number(flat: str, sentence: Sentence, found: re.Match[str], words: Counting) -> StatedNumber | None:
    """Give a number with what it counts; nothing for one that counts nothing, or is the name of something."""
    value, start, end = counted(found.group()), found.start(), found.end()
    before = flat[max(sentence.start, start - _BEFORE) : start]
    after = flat[end : min(sentence.end, end + _AFTER)]
    sign = _money(before, words)
    if sign:
        start, before = start - len(sign[1]), before[: len(before) - len(sign[1])]
    counts = _Counts(sign[0], 0, 0) if sign else _unit(after, words)
    if not value or not counts.unit or found.group().casefold() == "one":
        return None
    modifier = words.modifier.search(before)
    if not sign and (_is_name(before, found.group(), words) or (not modifier and _is_year(found.group(), value))):
        return None
    op = words.operators[_plain(modifier[1])] if modifier else "="
    if modifier and op != "=":
        start += modifier.start(1) - len(before)
    end += counts.within
    return StatedNumber(
        text=flat[start:end],
        op=_later(after, counts, words) or op,
        value=value,
        unit=counts.unit,
        span=Span(start, end),
    )


def _later(after: str, counts: _Counts, words: Counting) -> str:
    """Give the operator that follows a number or what it counts: 50+, 100 or more users, 30 vehicles or fewer."""
    if after.startswith("+"):
        return ">="
    found = words.after.match(after) or words.after.match(after, counts.end)
    return words.operators[_plain(found[1])] if found else ""


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _money(before: str, words: Counting) -> tuple[str, str] | None:
    """Give the sign of money before a number, and how it is written there."""
    found = _SIGN.search(before)
    if not found:
        return None
    sign = found[1] or words.money.get(found[2].casefold(), "")
    return (sign, found.group().lstrip()) if sign else None


def _is_name(before: str, number: str, words: Counting) -> bool:
    """Tell whether a number is the name of an article or a day of a month."""
    last = before.rstrip(" .").rpartition(" ")[2].casefold()
    return number[0].isdigit() and (bool(_LABEL.search(before)) or last in words.months)


def _is_year(number: str, value: int) -> bool:
    return number.isdigit() and len(number) == 4 and value in _YEARS


def _unit(after: str, words: Counting) -> _Counts:
    """Give what a number counts; a time stands in the words of the number: twenty years."""
    if percent := _PERCENT.match(after):
        return _Counts("%", percent.end(), percent.end())
    later = words.after.match(after)
    at = later.end() if later else int(after.startswith("+"))
    if found := words.unit.match(after, at):
        unit = _plain(found[1])
        is_time = unit.rstrip("s") in _TIMES and found.start(1) <= at + 2
        return _Counts(words.money.get(unit, unit), found.end() if is_time else 0, found.end())
    noun = _NOUN.match(after, at)
    return _Counts(noun[1], 0, noun.end()) if noun and noun[1] not in _NO_NOUN else _Counts("", 0, 0)
