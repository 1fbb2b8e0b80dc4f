# SPDX-License-Identifier: Apache-2.0
"""How much speaks for two groups of papers telling of one measure: evidence of many kinds, each with its weight.

Every kind is a sum over pairs of papers that can be had from sums over each group, so that average link needs no table of
all pairs. The weights are means of two logistic regressions over pairs of papers of annotated stories: all 9,915 pairs, and the
953 that nothing forbids of these and 79 papers more. That of citations was set by hand: the stories have too few to learn it.
The figures are in docs/reading-quality.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.stories.likeness import product

if TYPE_CHECKING:
    from collections import Counter

    from debar.intake.examined import Examined
    from debar.intake.stories.cluster import Cluster

SOON, LATE = 21, 365
"""Days in which news of one measure comes out, and after which it mostly is news of another one."""
_NUMBER = re.compile(r"(?<![0-9.,/-])[0-9]{1,7}(?:[,./-][0-9]{1,7}){0,3}(?!\w)")
"""A number as it is written: 2,300 cameras, item 811, No. 214/2026, MM 26-07."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LEAST = 2
"""Digits of a number that is more than chance."""
_LEAST_OF_NAME = 4
"""Digits of a number with a stroke under which something is filed."""
LONGEST = 20_000
"""Characters of a paragraph in which numbers are looked for."""
_SCALE = 5
"""Times which the likeness of words is taken, so that it is of the size of other evidence."""


class Weights(NamedTuple):
    """What each kind of evidence adds to the log odds that two papers tell of one measure."""

    bias: float
    alike: float
    supplier: float
    other_supplier: float
    place: float
    other_place: float
    cited: float
    stated: float
    names: float
    numbers: float
    authorities: float
    soon: float
    far: float
    no_supplier: float
    no_place: float


WEIGHTS = Weights(-2.2, 3.0, 1.5, -3.4, 2.2, -4.1, 2.0, 2.3, 0.4, 1.3, 0.5, 1.8, -1.6, 0.4, -1.5)
_MOST = Weights(1, 1.5, 1, 1, 1, 1, 2, 2, 3, 2, 1, 1, 1, 1, 1)
"""To where evidence of a kind counts: ten days in common say no more than two."""


def numbers(one: Examined) -> set[str]:
    """Give the numbers of title and main text that are no part of a date: how many, and under which number."""
    dates = sorted((date.span.start, date.span.end) for date in one.seen.dates)
    starts = [start for start, _ in dates]
    title = one.paper.title_span
    parts = [*one.paper.paragraphs, *([(title.start, title.end)] if title else [])]
    found = set()
    for first, last in parts:
        for match in _NUMBER.finditer(one.seen.flat, first, min(last, first + LONGEST)):
            at = bisect_right(starts, match.end() - 1) - 1
            plain = match.group().replace(",", "")
            is_date = bool(_YEAR.fullmatch(plain)) or (at >= 0 and dates[at][1] > match.start())
            if not is_date and sum(sign.isdigit() for sign in plain) >= _LEAST:
                found.add(plain)
    return found


def is_name(number: str) -> bool:
    """Tell whether a number is one under which something is filed, and counts nothing: 214/2026, 26-07."""
    return ("/" in number or "-" in number) and sum(sign.isdigit() for sign in number) >= _LEAST_OF_NAME


def odds(one: Cluster, other: Cluster) -> float:
    """Give the mean log odds that a paper of one and a paper of the other tell of one measure."""
    return sum(weight * value for weight, value in zip(WEIGHTS, between(one, other), strict=True))


def between(one: Cluster, other: Cluster) -> Weights:
    """Give the mean of each kind of evidence over the pairs of papers of two groups."""
    pairs = len(one.papers) * len(other.papers)
    near, far = _apart(one.out, other.out)
    named = one.suppliers.total() * other.suppliers.total()
    placed = one.places.total() * other.places.total()
    found = (
        pairs,
        _SCALE * product(one.total, other.total),
        product(one.supplier_shares, other.supplier_shares),
        named - _common(one.suppliers, other.suppliers),
        product(one.place_shares, other.place_shares),
        placed - _common(one.places, other.places),
        *(_common(marks, other.marks[kind]) for kind, marks in one.marks.items()),
        near,
        far,
        pairs - named,
        pairs - placed,
    )
    return Weights(*(min(value / pairs, most) for value, most in zip(found, _MOST, strict=True)))


def shares_any(one: Cluster, other: Cluster) -> bool:
    """Tell whether two name one instrument, day, name, number or authority."""
    return any(not marks.keys().isdisjoint(other.marks[kind]) for kind, marks in one.marks.items())


def _common(one: Counter[str], other: Counter[str]) -> int:
    less, more = (one, other) if len(one) <= len(other) else (other, one)
    return sum(count * more[key] for key, count in less.items() if key in more)


def _apart(one: list[int], other: list[int]) -> tuple[int, int]:
    """Give how many pairs of papers came out within days of each other, and how many far apart."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    near = sum(bisect_right(many, day + SOON) - bisect_left(many, day - SOON) for day in few)
    within = sum(bisect_right(many, day + LATE) - bisect_left(many, day - LATE) for day in few)
    return near, len(few) * len(many) - within
