# SPDX-License-Identifier: Apache-2.0
"""Stages of a measure: what is forbidden, demanded or allowed from which day on, as papers word it.

1. Statements of one act whose days lie next to each other are one stage, worded differently: "from" and "after". What
   names only the month or year of such a day is about the same stage, less exactly.
2. The edges of a stage follow from the words: "from" begins with the day, "after" with the next one, "until" ends with
   it. What must be done "by" a day ends with it, and what is forbidden "by" a day is so from the next one on. A month
   stays a month: no day is made of it. What ends at midnight, as the day begins, ends with the day before. An hour
   with its zone is kept where all who give that edge give it, or only the day that begins with it.
3. Where wordings give different edges, official text decides. Without it the cautious one is drafted - forbidden
   from the earlier day and to the later one, allowed from the later and to the earlier one, due on the earlier one -
   and the others stand beside it.
   How many papers say so counts for nothing.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.intake import hours
from debar.model.vocab import Modality
from debar.model.vocab.statements import MEANS, DateRole, Precision, StatedAct, Trust

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.intake import StatedDate, Statement

NEXT = 1
"""Days between edges that may be one day worded differently: "from the 20th", "after the 20th", "before the 21st"."""
_DUE = frozenset({DateRole.BY, DateRole.BEFORE})
_EXACT = frozenset({Precision.DAY, Precision.INSTANT})
_DAY = timedelta(days=1)
_FIRST = date.min.isoformat()
_MIDNIGHT = "T00:00"


class Edge(NamedTuple):
    """The first or last day of a stage, with whoever words it so."""

    day: str
    """ISO day; empty where no paper gives one, but at most a month or year."""
    value: str
    """The same, or the instant, month or year as papers give it; empty where they give nothing."""
    wording: str
    """from 2024-07-20, after 2024-07-20, by 2027."""
    facts: tuple[str, ...]
    trust: Trust
    hour: str = ""
    """An hour whose zone nobody tells: the register cannot hold it."""

    @property
    def is_instant(self) -> bool:
        """Tell whether its value has an hour, with its zone."""
        return bool(self.day) and not dates.is_date(self.value)


class Stage(NamedTuple):
    """One act, with the day from which or to which it is meant."""

    act: StatedAct
    is_end: bool
    """Whether the day is the last one: of a time in which something is allowed, or in which it must be done."""
    edges: tuple[Edge, ...]
    """The drafted one first."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Give the statements behind it."""
        return tuple(fact for edge in self.edges for fact in edge.facts)


class _Told(NamedTuple):
    """A statement with its place in the calendar; sorted, the exact ones come first, in order."""

    length: int
    """Days that its date may mean, less one."""
    first: int
    last: int
    """Ordinals of days."""
    id: str
    statement: Statement


def stages(statements: Sequence[Statement]) -> tuple[Stage, ...]:
    """Give the stages that statements about one measure tell, undated ones last."""
    found: list[Stage] = []
    for act in MEANS:
        told = [one for one in statements if one.act is act and one.polarity == "asserted"]
        dated = [placed for one in told if (placed := _placed(one))]
        for is_end in (False, True):
            some = sorted((one for one in dated if _is_end(one.statement) is is_end), key=lambda one: one[:4])
            found += [Stage(act, is_end, _settled(run, act, is_end=is_end)) for run in _runs(some)]
        if told and not dated:
            ids = tuple(sorted(one.id for one in told))
            found.append(Stage(act, False, (Edge("", "", "no day given", ids, _best(told)),)))
    return tuple(sorted(found, key=lambda stage: (_when(stage.edges[0]), stage.act, stage.is_end)))


def edge(stated: StatedDate, *, is_end: bool) -> str:
    """Give the last day on which something holds that has this date, or the first one; empty where it names no day."""
    first, last = span(stated.value)
    if not first or stated.precision not in _EXACT:
        return ""
    later = stated.role is DateRole.AFTER or (stated.role is DateRole.BY and not is_end)
    sooner = stated.role is DateRole.BEFORE and is_end
    if clock := hours.days(stated):  # what begins at an instant begins on its day, and ends so but for its first
        later, sooner = clock.least > 0 and not is_end, clock.most == 0 and is_end and first > _FIRST
    try:
        return (date.fromisoformat(last) + (later - sooner) * _DAY).isoformat()
    except OverflowError:  # the calendar has no such day
        return ""


def span(value: str) -> tuple[str, str]:
    """Give the first and last day of a value in ISO 8601 of any precision; empty for what is no time of the calendar."""
    try:
        if dates.is_date(value[:10]):
            day = date.fromisoformat(value[:10]).isoformat()
            return day, day
        if "-W" in value:
            first = date.fromisoformat(f"{value}-1")
            return first.isoformat(), (first + 6 * _DAY).isoformat()
        if "-Q" in value or "-H" in value:
            months = 3 if "Q" in value else 6
            first = date(int(value[:4]), (int(value[6:]) - 1) * months + 1, 1)
            return first.isoformat(), _last(first.year, first.month + months - 1)
        if len(value) == len("2024-07"):
            return date(int(value[:4]), int(value[5:]), 1).isoformat(), _last(int(value[:4]), int(value[5:]))
        return (f"{int(value):04d}-01-01", f"{int(value):04d}-12-31") if len(value) == len("2024") else ("", "")
    except (ValueError, OverflowError):
        return "", ""


def _last(year: int, month: int) -> str:
    return date(year, month, monthrange(year, month)[1]).isoformat()


def _placed(one: Statement) -> _Told | None:
    """Give a statement with its place in the calendar; None for one without."""
    if not one.date:
        return None
    day = edge(one.date, is_end=_is_end(one))
    first, last = (day, day) if day else span(one.date.value)
    if not first:
        return None
    begins, ends = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    return _Told(ends - begins, begins, ends, one.id, one)


def _is_end(one: Statement) -> bool:
    """Tell whether the date of a statement is the last day of something."""
    if one.date is None or one.date.role is DateRole.UNTIL:
        return one.date is not None
    return one.date.role in _DUE and MEANS[one.act][0] is not Modality.PROHIBITED


def _runs(told: Sequence[_Told]) -> list[list[_Told]]:
    """Give statements in runs that are about one edge, of exact ones first (1.)."""
    runs: list[list[_Told]] = []
    for one in told:
        for run in runs:
            if any(_is_same(one, other) for other in run):
                run.append(one)
                break
        else:
            runs.append([one])
    return runs


def _is_same(one: _Told, other: _Told) -> bool:
    """Tell whether two may be about one edge: days next to each other, or a day in the month that the other names."""
    if _is_exact(one) and _is_exact(other):
        return one.first - other.first <= NEXT
    return one.first <= other.first and other.last <= one.last


def _is_exact(one: _Told) -> bool:
    return one.length == 0


def _settled(run: Sequence[_Told], act: StatedAct, *, is_end: bool) -> tuple[Edge, ...]:
    """Give the edges of a stage, the one that is drafted first (3.)."""
    by_time: dict[tuple[int, int], list[Statement]] = {}
    for one in run:
        by_time.setdefault((one.first, one.last), []).append(one.statement)
    is_later = (MEANS[act][0] is Modality.PROHIBITED) if is_end else (MEANS[act][0] is Modality.PERMITTED)
    sign = -1 if is_later else 1
    edges = [(_edge(some, is_end=is_end), first * sign) for (first, _), some in by_time.items()]
    ordered = sorted(edges, key=lambda one: (one[0].trust is not Trust.OFFICIAL_TEXT, not one[0].day, one[1], one[0]))
    return tuple(one for one, _ in ordered)


def _edge(some: Sequence[Statement], *, is_end: bool) -> Edge:
    """Give the edge that statements with one and the same time give."""
    stated = [one.date for one in some if one.date]
    day = edge(stated[0], is_end=is_end)
    wording = ", ".join(sorted({f"{one.role} {one.value}{f' {one.clock}' if one.clock else ''}" for one in stated}))
    value = _instant(stated) or day if day else min(one.value for one in stated)
    hour = "" if value != day else ", ".join(sorted({one.clock for one in stated if one.clock}))
    return Edge(day, value, wording, tuple(sorted(one.id for one in some)), _best(some), hour)


def _instant(stated: Sequence[StatedDate]) -> str:
    """Give the instant of an edge; empty where several are given, or a day that does not begin with it."""
    given = {one.value for one in stated if one.precision is Precision.INSTANT}
    others = [one for one in stated if one.precision is not Precision.INSTANT]
    value = given.pop() if len(given) == 1 else ""
    try:
        dates.parse(value)
    except ValueError:
        return ""
    return value if not others or value[10:].startswith(_MIDNIGHT) else ""


def _best(some: Sequence[Statement]) -> Trust:
    ladder = list(Trust)
    return min((one.trust for one in some), key=ladder.index)


def _when(one: Edge) -> tuple[bool, str]:
    return not one.value, one.day or span(one.value)[0]
