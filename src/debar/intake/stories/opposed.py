# SPDX-License-Identifier: Apache-2.0
"""Statements about one thing put side by side, and those that stand against each other put together as a conflict.

What many papers repeat is compared once; a conflict has the readings of all who are in it, in the order of days.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from debar.intake.stories.days import Side, worded
from debar.intake.stories.families import family, making, topic
from debar.intake.stories.weighed import value
from debar.model.intake import Conflict
from debar.model.vocab.statements import ConflictKind, DateRole, Precision, Severity, StatedAct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from debar.intake.stories.days import Turn
    from debar.intake.stories.weighed import Weighed

WHOLE = frozenset({StatedAct.EFFECTIVE, StatedAct.PROHIBIT})
"""Acts by which a measure takes effect as a whole."""
_SOME_DAY = frozenset({Precision.DAY, Precision.INSTANT})
_DUTIES = ("removal", "the supplier's exit")
"""What a deadline is for that names no act, if papers speak of it at all."""


def things(weighed: Iterable[Weighed], *, narrow: bool) -> Iterator[tuple[str, list[Weighed]]]:
    """Yield statements with a day by what they are about; narrowly, a ban and what the supplier does are two things."""
    dated = [one for one in weighed if one.turn and one.statement.polarity == "asserted"]
    known = {family(one.statement.act) for one in dated}
    nameless = next((name for name in _DUTIES if name in known), "")
    found: dict[tuple[str, str], list[Weighed]] = {}
    for one in dated:
        act = one.statement.act
        key = family(act, nameless)
        if narrow and act is StatedAct.SUPPLIER_STOP_UPDATES:
            key = str(act)
        step = making(one.passage) if act is StatedAct.ISSUE else ""
        found.setdefault((key, step), []).append(one)
    for (name, step), members in sorted(found.items()):
        called = topic(name, {one.statement.act for one in members})
        yield (f"{called} ({step})" if step else called), members


def conflicting(
    members: Sequence[Weighed],
    is_conflict: Callable[[Weighed, Weighed], bool],
    by_paper: dict[str, set[Turn]] | None = None,
) -> list[list[Weighed]]:
    """Give groups of statements in which each is in conflict with another, directly or through others.

    Statements that mean the same days of the same scope are compared once, however many papers make them. Given the
    days of papers, one that gives both days is in no conflict over them.
    """
    alike: dict[tuple[Turn | None, frozenset[tuple[str, str]], StatedAct], list[Weighed]] = {}
    for one in members:
        alike.setdefault((one.turn, one.scopes, one.statement.act), []).append(one)
    groups: list[tuple[set[int], list[Weighed]]] = []
    for (here, these), (there, those) in combinations(enumerate(alike.values()), 2):
        if not is_conflict(these[0], those[0]):
            continue
        sides = [_lacking(these, those[0].turn, by_paper), _lacking(those, these[0].turn, by_paper)]
        if not all(sides):
            continue
        touched = [group for group in groups if group[0] & {here, there}]
        groups = [group for group in groups if group not in touched]
        groups.append(
            ({here, there}.union(*(known for known, _ in touched)), [*sides[0], *sides[1], *(one for _, said in touched for one in said)])
        )  # fmt: skip
    kept = [{one.statement.id for one in said} for _, said in groups]
    return [[one for one in members if one.statement.id in ids] for ids in kept]


def _lacking(said: list[Weighed], sought: Turn | None, by_paper: dict[str, set[Turn]] | None) -> list[Weighed]:
    """Give the statements whose papers do not give a day as well."""
    if by_paper is None or sought is None:
        return said
    return [one for one in said if not _gives(by_paper[one.document], sought)]


def _gives(turns: Iterable[Turn], sought: Turn) -> bool:
    """Tell whether a paper gives a day, whatever else it gives; of an event, no less exactly than it is sought."""
    return any(
        turn.side is sought.side
        and (turn.raw.meets(sought.raw) or (turn.at.meets(sought.at) and 1 in (turn.raw.days(), sought.raw.days())))
        and (turn.side is not Side.HAPPENS or turn.raw.days() <= sought.raw.days())
        for turn in turns
    )


def is_day(one: Weighed) -> bool:
    """Tell whether a statement gives a day, and no less exact time."""
    return one.statement.date is not None and one.statement.date.precision in _SOME_DAY


def conflict(kind: ConflictKind, name: str, members: Sequence[Weighed], *, is_material: bool) -> Conflict:
    """Give a conflict whose readings are the dates of its members, in the order of days."""
    readings: dict[tuple[str, str], list[Weighed]] = {}
    for one in members:
        if one.turn and one.statement.date:
            readings.setdefault((one.turn.at.first.isoformat(), _reading(one)), []).append(one)
    return Conflict(
        type=kind,
        severity=Severity.MATERIAL if is_material else Severity.MINOR,
        topic=f"{'boundary' if kind is ConflictKind.BOUNDARY else 'date'} of {name}",
        values=tuple(value(reading, readings[first, reading]) for first, reading in sorted(readings)),
    )


def _reading(one: Weighed) -> str:
    """Give what a statement says of the day; that something is allowed until a day is said so."""
    stated = one.statement.date
    if stated is None:
        return ""
    allowed = "allowed " if one.statement.act.startswith("permit.") else ""
    role = DateRole.ON if one.turn and one.turn.side is Side.HAPPENS else stated.role
    return allowed + (worded(stated) if role is stated.role else f"on {stated.value}")
