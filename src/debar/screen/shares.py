# SPDX-License-Identifier: Apache-2.0
"""Percentages as sources write them, read as intervals, and exact arithmetic with the ends of intervals.

Percentages are decimal numbers: 50 is a threshold in law, and no binary fraction may fall short of it.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import TYPE_CHECKING

from debar.model.owned import EVERYTHING, NOTHING, Bound, Share

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 64
"""Characters of a share that are read."""
_NUMBER = r"([0-9]{1,3}(?:[.,][0-9]{1,12})?) ?(%|percent|per cent|pct\.?)?"
_HALF = Decimal(50)
_HUNDRED = Decimal(100)
_ONE = Decimal(1)
_EXACT = Context(prec=60)
"""Digits in which sums and products of readable shares are exact; longer chains of products are cut beyond."""
_SHOWN = Decimal("0.0001")

UNKNOWN = Share()
MINORITY = Share(NOTHING, Bound(_HALF, -1))
_WORDS = {
    "majority": Share(Bound(_HALF, 1), EVERYTHING),
    "majority owned": Share(Bound(_HALF, 1), EVERYTHING),
    "majority stake": Share(Bound(_HALF, 1), EVERYTHING),
    "minority": MINORITY,
    "minority stake": MINORITY,
    "half": Share(Bound(_HALF), Bound(_HALF)),
    "wholly owned": Share(EVERYTHING, EVERYTHING),
    "all": Share(EVERYTHING, EVERYTHING),
}

_FORMS: tuple[tuple[str, Callable[[Decimal], tuple[Bound, Bound]]], ...] = (
    (_NUMBER, lambda n: (Bound(n), Bound(n))),
    (rf"(?:>=|≥|at least|not less than|minimum) ?{_NUMBER}", lambda n: (Bound(n), EVERYTHING)),
    (rf"{_NUMBER} ?(?:\+|or more|and more|or above)", lambda n: (Bound(n), EVERYTHING)),
    (rf"(?:>|more than|over|above) ?{_NUMBER}", lambda n: (Bound(n, 1), EVERYTHING)),
    (rf"(?:<=|≤|at most|up to|not more than|maximum) ?{_NUMBER}", lambda n: (NOTHING, Bound(n))),
    (rf"{_NUMBER} ?(?:or less|or below)", lambda n: (NOTHING, Bound(n))),
    (rf"(?:<|less than|under|below) ?{_NUMBER}", lambda n: (NOTHING, Bound(n, -1))),
)
_COMPILED = tuple((re.compile(form), bounds) for form, bounds in _FORMS)
_RANGE = re.compile(rf"(?:between |from )?{_NUMBER} ?(?:[-\u2013\u2014]|to|and) ?{_NUMBER}")


def share_from(text: str) -> Share:
    """Give a share as an interval of percent: "51", "51,5 %", ">50", "50+", "at least 25", "25-50", "majority".

    What cannot be read, or could be a fraction as well, is anything between 0 and 100, with a remark.
    """
    plain = " ".join(text[: _LONGEST + 1].casefold().split())
    if not plain:
        return UNKNOWN
    if len(text) > _LONGEST:
        return Share(text=text[:_LONGEST], remark="is too long for a percentage")
    if named := _WORDS.get(plain.replace("-", " ")):
        return Share(named.low, named.high, text)
    if found := _RANGE.fullmatch(plain):
        low, high = _number(found[1]), _number(found[3])
        return _checked(Bound(low), Bound(high), text, is_percent=bool(found[2] or found[4]))
    for form, bounds in _COMPILED:
        if found := form.fullmatch(plain):
            return _checked(*bounds(_number(found[1])), text, is_percent=bool(found[2]))
    return Share(text=text, remark="is no percentage that can be read")


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _checked(low: Bound, high: Bound, text: str, *, is_percent: bool) -> Share:
    if not NOTHING <= low <= high <= EVERYTHING:
        return Share(text=text, remark="is no percentage between 0 and 100")
    # "0.51" is written for 0.51 % and for 51 %, and "1" for 1 % and for all of it: no answer may rest on either.
    told = [bound.percent for bound in (low, high) if bound not in (NOTHING, EVERYTHING) or low == high]
    if not is_percent and told and 0 < max(told) <= _ONE:
        return Share(text=text, remark="may be a percentage or a fraction")
    return Share(low, high, text)


def plus(a: Bound, b: Bound) -> Bound:
    """Give the sum of two bounds of the same end."""
    return Bound(_EXACT.add(a.percent, b.percent), _sign(a.side + b.side))


def minus(a: Bound, b: Bound) -> Bound:
    """Give what is left of one bound without the other, and never less than nothing."""
    return max(NOTHING, Bound(_EXACT.subtract(a.percent, b.percent), _sign(a.side - b.side)))


def part(a: Bound, b: Bound) -> Bound:
    """Give so many percent of another percentage."""
    slope = a.percent * b.side + b.percent * a.side + a.side * b.side
    return Bound(_EXACT.divide(_EXACT.multiply(a.percent, b.percent), _HUNDRED), _sign(slope))


def _sign(number: Decimal | int) -> int:
    return (number > 0) - (number < 0)


def shown(number: Decimal) -> str:
    """Give a number as people write it, with four decimals at most; "about" says that more were cut off."""
    short = number.quantize(_SHOWN)
    text = f"{short:f}".rstrip("0").rstrip(".")
    return text if short == number else f"about {text}"


def bound_words(bound: Bound) -> str:
    """Give a bound without its unit: "55", "more than 50"."""
    return ("less than ", "", "more than ")[bound.side + 1] + shown(bound.percent)


def share_words(low: Bound, high: Bound) -> str:
    """Give an interval in words: "30 %", "more than 50 %", "25 to 50 %", "an unknown percentage"."""
    if low == high:
        return f"{bound_words(low)} %"
    if (low, high) == (NOTHING, EVERYTHING):
        return "an unknown percentage"
    if high == EVERYTHING:
        return f"{shown(low.percent)} % or more" if not low.side else f"{bound_words(low)} %"
    if low == NOTHING:
        return f"at most {shown(high.percent)} %" if not high.side else f"{bound_words(high)} %"
    joined = "and" if low.side or high.side else "to"
    return f"{bound_words(low)} {joined} {bound_words(high)} %"
