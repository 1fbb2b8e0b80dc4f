# SPDX-License-Identifier: Apache-2.0
"""Words that give a date, whatever they come to: found without knowing when a paper was published."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.intake.dating import calendars, clocks, grammar, roles
from debar.intake.dating.expression import DateWords
from debar.intake.dating.hits import Hit
from debar.intake.dating.refused import refused
from debar.model.vocab.statements import DateRole, Precision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.dating.forms import Form
    from debar.intake.sentences import Sentence
    from debar.model.lexicon import Language

_WORD = re.compile(r"[^\W\d_]+|\d")
_LONGEST = 4000
"""Characters that are looked through at once."""

__all__ = ["DateWords", "find", "of_paper"]


def of_paper(languages: Sequence[Language], language: str) -> tuple[Language, ...]:
    """Give the languages in which a paper of some language writes dates: English and its own, or all if unknown."""
    if not language:
        return tuple(sorted(languages, key=lambda each: each.id != "en"))
    return tuple(
        sorted((each for each in languages if each.id in ("en", language)), key=lambda each: each.id != language)
    )


def find(flat: str, sentences: Sequence[Sentence], languages: Sequence[Language]) -> tuple[DateWords, ...]:
    """Give every expression of a date in the sentences, in order, none overlapping another.

    1. A sentence without any cue of a date is passed over; in others the rows run whose cues are there.
    2. What lies in an address, a citation, a price or a name is none.
    3. Years are shared within a list or range, roles and times of day are read from the words beside.
    """
    rows = _Rows(_ready(tuple(languages)), {})
    low = small(flat)
    found: list[DateWords] = []
    for sentence in sentences:
        for start, end in _pieces(low, sentence.start, sentence.end):
            in_sentence = _in_sentence(flat, low, start, end, rows)  # 1. 2.
            if in_sentence:
                found += _completed(flat, low, in_sentence, start, end)  # 3.
    return tuple(sorted(found, key=lambda each: each.start))


def _pieces(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence whole, or what has none for long in pieces that end at a space: work stays linear in the text."""
    while end - start > _LONGEST:
        cut = low.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut >= 0 else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


@lru_cache(maxsize=32)
def _ready(languages: tuple[Language, ...]) -> grammar.Ready:
    return grammar.ready(languages)


def small(flat: str) -> str:
    """Give a text in small letters, as long as it was: letters whose small form is longer stay as they are."""
    low = flat.lower()
    return low if len(low) == len(flat) else "".join(c.lower() if len(c.lower()) == 1 else c for c in flat)


class _Rows(NamedTuple):
    """The grammar, and which of its rows can find something where certain cues are."""

    ready: grammar.Ready
    chosen: dict[frozenset[str], list[tuple[Form, re.Pattern[str]]]]

    def of(self, cues: frozenset[str]) -> list[tuple[Form, re.Pattern[str]]]:
        if cues not in self.chosen:
            self.chosen[cues] = [row for row in self.ready.rows if any(need in cues for need in row[0].needs)]
        return self.chosen[cues]


def _in_sentence(flat: str, low: str, start: int, end: int, rows: _Rows) -> list[DateWords]:
    """Give what the rows find between two offsets, in order."""
    known = rows.ready.cues
    cues = frozenset("".join({known.get(word, "") for word in _WORD.findall(low, start, end)}))
    if not cues:
        return []
    # One byte for each character, so that asking what is taken costs no more than the expression is long.
    taken = bytearray(end - start)
    for first, last in refused(flat, low, start, end) if "d" in cues else ():
        taken[first - start : last - start] = b"\x01" * (last - first)
    found: list[DateWords] = []
    for form, pattern in rows.of(cues):
        for match in pattern.finditer(low, start, end):
            first, last = match.span()
            if taken.find(1, first - start, last - start) >= 0:
                continue
            built = form.build(Hit(match, form.name, rows.ready.names, flat))
            if built or form.needs == "d" or form.build is calendars.calendar:
                taken[first - start : last - start] = b"\x01" * (last - first)
            found += built
    return sorted(found, key=lambda each: each.start)


def _completed(flat: str, low: str, found: list[DateWords], first: int, last: int) -> list[DateWords]:
    """Give the expressions of a sentence with what their neighbours and the words beside them say."""
    for index in range(len(found) - 2, -1, -1):
        found[index] = _with_year(found[index], found[index + 1], low)
    completed: list[DateWords] = []
    for number, each in enumerate(found):
        left = completed[-1].end if completed else first
        right = found[number + 1].start if number + 1 < len(found) else last
        one = _with_clock(each, low, left, right)
        start = min(one.start, each.start)
        # "A day before the deadline": the deadline is that from which it is counted.
        role = roles.role_at(low, start, each.end, first, each.end if each.counts == "before" else last)
        if _is_of_list(completed, each, low):
            one = replace(one, precision=completed[-1].precision)
        if completed and role is DateRole.ON and roles.is_named_again(low[completed[-1].end : start]):
            role = completed[-1].role
        if role is DateRole.ON and each.role is DateRole.ON and not each.counts:
            role = roles.of_row(flat, low, start, each.end, first, last) or role
        role = each.role if role is DateRole.ON or each.counts == "nothing" else role
        if completed and _is_end(completed[-1], one, low, first):
            role = DateRole.UNTIL
            if completed[-1].role is DateRole.ON:
                completed[-1] = replace(completed[-1], role=DateRole.FROM)
        completed.append(replace(one, role=role))
    return [replace(each, start=_without_clock(each, source)) for each, source in zip(completed, found, strict=True)]


def _with_year(each: DateWords, following: DateWords, low: str) -> DateWords:
    """Give a day or month without year that of the one listed after it: July 20 and September 29, 2024."""
    if each.year or not each.month or each.counts or not following.year or not following.month:
        return each
    if not roles.is_list(low[each.end : following.start]):
        return each
    is_earlier = (each.month, each.day) <= (following.month, following.day or 31)
    return replace(each, year=following.year if is_earlier else following.year - 1)


def _with_clock(each: DateWords, low: str, first: int, last: int) -> DateWords:
    """Give a day with the time of day beside it, which becomes part of it: with a zone it is an instant."""
    if each.precision is not Precision.DAY or each.clock or (each.counts == "event"):
        return each
    clock = clocks.beside(low, each.start, each.end, first, last)
    if not clock:
        return each
    is_instant = bool(clock.zone and clock.minutes >= 0)
    return replace(
        each,
        start=min(each.start, clock.start),
        end=max(each.end, clock.end) if is_instant else each.end,
        clock=low[clock.start : clock.end].strip(),
        minutes=clock.minutes,
        zone=clock.zone,
        precision=Precision.INSTANT if is_instant else Precision.DAY,
    )


def _without_clock(each: DateWords, source: DateWords) -> int:
    """Give where an expression starts: a time of day before it belongs to it only where it makes an instant of it."""
    return each.start if each.precision is Precision.INSTANT else source.start


def _is_of_list(before: Sequence[DateWords], each: DateWords, low: str) -> bool:
    """Tell whether a bare year is listed after a fiscal or model year: fiscal years 2023 and 2024."""
    if (
        not before
        or each.form not in ("year", "years")
        or before[-1].precision not in (Precision.FISCAL_YEAR, Precision.MODEL_YEAR)
    ):
        return False
    return "years" in low[before[-1].start : before[-1].end] and roles.is_list(low[before[-1].end : each.start])


def _is_end(before: DateWords, each: DateWords, low: str, first: int) -> bool:
    """Tell whether a date is the other end of the time that the one before it begins."""
    if before.counts == "event" or each.role not in (DateRole.ON, DateRole.UNTIL):
        return False
    return roles.is_range(low[before.end : each.start], before.role, low[max(first, before.start - 30) : before.start])
