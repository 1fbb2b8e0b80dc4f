# SPDX-License-Identifier: Apache-2.0
"""Clues to what a date dates: everything about it and the words around it that may tell, each with how much it counts.

date:role=by              how the date stands and what is known of it
word:remov  word<:agenc   stems of words, anywhere and on one side of it; a mark * beyond its clause
next<0:until              the very words beside it
two:no longer             words in a row
sense:sense-remove        what words have to do with, by the lexicon; with side and nearness, with the role, with past and future
both:sense-must+sense-remove   what is forbidden or demanded, and what it is forbidden or demanded to do
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.acts.clauses import STRONG
from debar.intake.acts.senses import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.acts.found import Read
    from debar.intake.acts.senses import Senses
    from debar.intake.acts.weighing import Place

_START, _END = attrgetter("start"), attrgetter("end")
_TOKEN = re.compile(r"[a-z']+|[09]{2,}|[0-9]+|[:;,()\"\u201c\u201d?\u2013\u2014-]")
_DATE = re.compile(r"[09]{2,}")
_FORCES = ("forbid", "exclude", "stop", "must", "may", "negation", "limit")
_FADING = 10
"""Words from a date after which one counts half as much as beside it."""
_BEYOND, _PAST_DATE = 0.4, 0.5
"""What is left of it beyond a border of main clauses, and behind another date."""
_SIDE, _ROW, _BOTH = 0.7, 0.7, 0.4
"""How much clues count that say the same more exactly."""
_BESIDE, _NEAR = 4, 10
"""Words from a date that stand beside it, and near it."""
MOST = 120
"""Words on each side that are looked at: the longest sentences of laws are lists."""
ANY = "any"
"""The clue that every date has."""
_LONG_PAST = 2
"""Years before its paper from which on a date is long past."""


class Word(NamedTuple):
    """A word beside a date."""

    text: str
    start: int
    end: int
    stem: str
    is_date: bool


class _Beside(NamedTuple):
    """A word as it stands to a date."""

    word: Word
    side: str
    """< before it, > behind it; with * beyond a border of main clauses."""
    near: str
    counts: float


def clues(read: Read, place: Place, published: str, senses: Senses, *, part: float) -> dict[str, float]:
    """Give the clues to what a date dates; `part` is how far down its paper it stands, of 1."""
    found: defaultdict[str, float] = defaultdict(float)
    when = _when(place.date.value, published)
    for clue in _of_date(read, place, when, part):
        found[clue] += 1.0
    role = place.date.role.value
    before, behind = sides(words(read.low), place.start, place.end)
    begin, end = _clause(read, place)
    forces: set[str] = set()
    for one in (*_beside(before, "<", begin, end), *_beside(behind, ">", begin, end)):
        found[f"word:{one.word.stem}"] += one.counts
        found[f"word{one.side}:{one.word.stem}"] += one.counts
        for sense in senses.of(one.word.text):
            found[f"sense:{sense}"] += one.counts
            for more in (f"{one.side}{one.near}", f" {when}", f" {role}"):
                found[f"sense{more}:{sense}"] += _SIDE * one.counts
            if "*" not in one.side:
                forces.add(sense)
    for side, row in (("<", before), (">", behind)):
        _rows(found, side, row)
    for match in senses.expression.finditer(read.low, max(0, place.start - 900), place.end + 900):
        counts = 1.0 if begin <= match.start() < end else _BEYOND
        for sense in senses.phrases.get(" ".join(match[0].split()), ()):
            found[f"sense:{sense}"] += counts
            found[f"sense {role}:{sense}"] += counts
    for force in (f"sense-{name}" for name in _FORCES):
        if force in forces:
            for sense in sorted(forces - {force}):
                found[f"both:{force}+{sense}"] += _BOTH
    return found


@lru_cache(maxsize=1)
def words(low: str) -> tuple[Word, ...]:
    """Give the words and marks of a sentence in small letters; its dates are asked about one after the other."""
    return tuple(Word(m[0], *m.span(), stem(m[0]), bool(_DATE.fullmatch(m[0]))) for m in _TOKEN.finditer(low))


def sides(every: Sequence[Word], start: int, end: int) -> tuple[Sequence[Word], Sequence[Word]]:
    """Give the words that end before a place and those that begin behind it, the nearest first."""
    first = bisect_right(every, start, key=_END)
    second = bisect_left(every, end, key=_START)
    return every[max(0, first - MOST) : first][::-1], every[second : second + MOST]


def _of_date(read: Read, place: Place, when: str, part: float) -> Iterable[str]:
    """Yield what a date is by itself, and how it stands in its sentence."""
    date = place.date
    yield from (ANY, f"date:role={date.role}", f"date:precision={date.precision}", f"date:{when}")
    yield from (f"date:{when} {date.role}", f"date:part={int(part * 4)}", f"date:of={min(3, len(read.places))}")
    stands = {
        "fronted": place.is_fronted,
        "timeline": place.is_timeline,
        "quoted": place.is_quoted,
        "brackets": place.is_in_brackets,
        "title": read.sentence.paragraph == 0,
        "item": read.sentence.is_item,
    }
    for name in (name for name, is_so in stands.items() if is_so):
        yield from (f"date:{name}", f"date:{name} {when}")


def _when(value: str, published: str) -> str:
    """Give how a date lies to the day of its paper."""
    if not published or not value[:4].isdigit():
        return "?"
    length = min(len(published), len(value))
    day, paper = value[:length], published[:length]
    if day >= paper:
        return "now" if day == paper else "future"
    return "old" if int(paper[:4]) - int(day[:4]) >= _LONG_PAST else "past"


def _clause(read: Read, place: Place) -> tuple[int, int]:
    """Give where the main clause of a date begins and ends."""
    begin, end = 0, len(read.low)
    for cut in read.borders:
        if cut.cost >= STRONG and cut.end <= place.start:
            begin = max(begin, cut.end)
        elif cut.cost >= STRONG and cut.start >= place.end:
            end = min(end, cut.start)
    return begin, end


def _beside(row: Sequence[Word], side: str, begin: int, end: int) -> Iterable[_Beside]:
    """Yield words from the nearest on, with how much each counts."""
    passed = 1.0
    for number, word in enumerate(row):
        if word.is_date:
            passed = _PAST_DATE
            continue
        is_inside = begin <= word.start < end
        counts = passed * (1.0 if is_inside else _BEYOND) / (1 + number / _FADING)
        near = "0" if number < _BESIDE else "1" if number < _NEAR else "2"
        yield _Beside(word, side if is_inside else f"{side}*", near, counts)


def _rows(found: defaultdict[str, float], side: str, row: Sequence[Word]) -> None:
    """Add the words beside a date, and words in a row; dates are none."""
    for number, word in enumerate(row[:_BESIDE]):
        if not word.is_date:
            found[f"next{side}{min(number, 2)}:{word.text}"] += 1.0
    for one, other in pairwise(row):
        first, second = (other, one) if side == "<" else (one, other)
        if not (first.is_date or second.is_date):
            found[f"two:{first.stem} {second.stem}"] += _ROW
