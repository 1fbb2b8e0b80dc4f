# SPDX-License-Identifier: Apache-2.0
"""Where papers give different days for one thing: a boundary worded otherwise, another day, a start or an end.

1. Statements are compared within a family of acts, on the same side of it, and only about the same scope.
2. Two days conflict if their intervals do not meet. From D and after D-1 are one day; June and 20 June meet.
3. If the dates themselves meet and only the roles part them, it is a boundary.
4. Otherwise it is a date, unless one of the two papers gives both days: those are stages, and the other is incomplete.
   A day that was moved between two papers is no conflict between them.
5. A process that starts on a day here and is over on it there is an aspect.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from debar.intake.stories.days import Side, worded
from debar.intake.stories.families import TOLD_ONCE, family, is_binding, making, topic
from debar.intake.stories.weighed import differ, value
from debar.model.intake import Conflict
from debar.model.vocab.statements import ConflictKind, DateBasis, DateRole, Precision, Severity, StatedAct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from debar.intake.stories.days import Turn
    from debar.intake.stories.weighed import Weighed

NEAR_RULES = 1100
"""Days within which two dates of a ban or duty are rival accounts: three years, as far as phases of one measure lie."""
NEAR_EVENTS = 10
"""Days within which two dates of an event are: beyond them it is rather another event."""
NEAR_NAMELESS = 45
"""Days within which a deadline that names no act is the one that another paper gives: there may be many."""
NEAR_ONSET = 7
"""Days within which a measure "takes effect" and one of its acts begins on rival days; what is further may be a stage."""
_SOME_DAY = frozenset({Precision.DAY, Precision.INSTANT})
_DUTIES = ("removal", "the supplier's exit")
"""What a deadline is for that names no act, if papers speak of it at all."""
_NAMELESS = frozenset({StatedAct.COMPLY_DEADLINE})
_COUNTED = frozenset({DateBasis.EVENT, DateBasis.SIBLING})
_ROUGH = {"week": 4, "month": 10, "year": 60}
"""Days by which "five weeks" or "three months" may be rounded, by their unit."""
_WHOLE = frozenset({StatedAct.EFFECTIVE, StatedAct.PROHIBIT})
_MOVES = frozenset({StatedAct.EXTEND, StatedAct.SUSPEND, StatedAct.REVOKE})
"""Acts by which a day is no longer what papers before them said."""
_PROCESS = frozenset({Side.STARTS, Side.OVER})


def boundaries(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where a day is the first or the last one of something, according to whom one reads.

    What takes effect as a whole stands beside each act that begins on that day.
    """
    whole = [one for one in weighed if one.statement.act in _WHOLE and one.statement.polarity == "asserted"]
    for name, members in _families(weighed, narrow=False):
        begun = {one.turn.raw for one in members if one.turn and one.turn.side is Side.BEGINS}
        is_whole = members[0].statement.act in _WHOLE
        beside = [] if is_whole else [one for one in whole if one.turn and one.turn.raw in begun and _is_day(one)]
        for conflict in _conflicting([*members, *beside], _is_boundary):
            yield _conflict(ConflictKind.BOUNDARY, name, conflict, is_material=all(map(_is_day, conflict)))


def dates(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where papers give other days for one act."""
    moves = [one for one in weighed if one.statement.act in _MOVES and one.statement.polarity == "asserted"]
    for name, members in _families(weighed, narrow=True):
        by_paper: dict[str, set[Turn]] = {}
        for one in members:
            if one.turn:
                by_paper.setdefault(one.document, set()).add(one.turn)
        for one in moves:
            if one.turn and one.document in by_paper:
                by_paper[one.document] |= {one.turn._replace(side=side) for side in (Side.BEGINS, Side.OVER)}
        for conflict in _conflicting(members, lambda one, other: _is_rival(one, other, moves), by_paper):
            yield _conflict(ConflictKind.DATE, name, _agreeing(members, conflict), is_material=_is_material(conflict))
    yield from _onsets(weighed)


def _onsets(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where a measure is said to take effect as a whole a few days from when one of its acts begins."""
    begun = [
        one
        for one in weighed
        if one.turn
        and one.turn.side is Side.BEGINS
        and one.statement.polarity == "asserted"
        and (one.statement.act in _WHOLE or one.statement.act.startswith("prohibit."))
    ]
    by_paper: dict[str, set[Turn]] = {}
    for one in begun:
        if one.turn:
            by_paper.setdefault(one.document, set()).add(one.turn)
    for conflict in _conflicting(begun, _is_rival_onset, by_paper):
        yield _conflict(ConflictKind.DATE, "taking effect", _agreeing(begun, conflict), is_material=True)


def _is_rival_onset(one: Weighed, other: Weighed) -> bool:
    """Tell whether one statement dates the whole, the other an act, and the days are a little apart."""
    if (one.statement.act in _WHOLE) == (other.statement.act in _WHOLE) or not one.turn or not other.turn:
        return False
    if one.turn.raw.meets(other.turn.raw) or _is_boundary(one, other) or differ(one, other):
        return False
    return 0 < one.turn.at.apart(other.turn.at) <= NEAR_ONSET


def aspects(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where a process starts on a day according to some, and is over on it according to others."""
    for name, members in _families(weighed, narrow=True):
        by_day: dict[date, dict[Side, list[Weighed]]] = {}
        for one in members:
            if one.turn and one.turn.side in _PROCESS:
                by_day.setdefault(one.turn.raw.first, {}).setdefault(one.turn.side, []).append(one)
        for day, sides in sorted(by_day.items()):
            if len(sides) == 2 and not differ(sides[Side.STARTS][0], sides[Side.OVER][0]):
                yield Conflict(
                    type=ConflictKind.ASPECT,
                    severity=Severity.MATERIAL,
                    topic=f"{name} on {day.isoformat()}: does it start, or is it over?",
                    values=(
                        value(f"starts {day.isoformat()}", sides[Side.STARTS]),
                        value(f"is over {day.isoformat()}", sides[Side.OVER]),
                    ),
                )


def _families(weighed: Iterable[Weighed], *, narrow: bool) -> Iterator[tuple[str, list[Weighed]]]:
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


def _conflicting(
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


def _is_boundary(one: Weighed, other: Weighed) -> bool:
    """Tell whether only the roles of two statements part their days."""
    if one.turn is None or other.turn is None or one.turn.side is not other.turn.side:
        return False
    if one.turn.side in (Side.HAPPENS, Side.STARTS) or one.turn.at.meets(other.turn.at) or differ(one, other):
        return False
    if one.turn.raw.meets(other.turn.raw):
        return True
    return _role(one) != _role(other) and _is_day(one) and _is_day(other) and one.turn.at.apart(other.turn.at) == 1


def _role(one: Weighed) -> DateRole | None:
    """Give the role of a date; the first day of a ban, and the last day of a time, are each said in two ways."""
    role = one.statement.date.role if one.statement.date else None
    return {DateRole.UNTIL: DateRole.BY, DateRole.ON: DateRole.FROM}.get(role, role) if role else None


def _is_rival(one: Weighed, other: Weighed, moves: Sequence[Weighed]) -> bool:
    """Tell whether two statements give other days for one thing."""
    if one.turn is None or other.turn is None or one.turn.side is not other.turn.side or differ(one, other):
        return False
    if one.turn.raw.meets(other.turn.raw) or one.turn.at.meets(other.turn.at) or _is_boundary(one, other):
        return False
    is_event = one.turn.side is Side.HAPPENS
    if is_event and one.statement.act not in TOLD_ONCE:
        return False
    apart = one.turn.at.apart(other.turn.at)
    if apart <= max(_roughness(one), _roughness(other)):
        return False
    if apart > _nearness(one, other) or (not is_event and apart == 1 and not (_is_day(one) and _is_day(other))):
        return False
    return is_event or not any(_is_between(move, one, other) for move in moves)


def _nearness(one: Weighed, other: Weighed) -> int:
    """Give how many days apart two dates can be rivals."""
    if one.turn and one.turn.side is Side.HAPPENS:
        return NEAR_EVENTS
    is_nameless = one.statement.act in _NAMELESS or other.statement.act in _NAMELESS
    return NEAR_NAMELESS if is_nameless else NEAR_RULES


def _roughness(one: Weighed) -> int:
    """Give by how many days a date can be off that was counted in weeks or months from another one."""
    stated = one.statement.date
    if stated is None or stated.basis not in _COUNTED:
        return 0
    text = stated.text.casefold()
    return next((days for word, days in _ROUGH.items() if word in text), 0)


def _is_day(one: Weighed) -> bool:
    return one.statement.date is not None and one.statement.date.precision in _SOME_DAY


def _is_between(move: Weighed, one: Weighed, other: Weighed) -> bool:
    """Tell whether something was moved or stayed between two papers, so that each was right when it was written."""
    when = move.turn.raw if move.turn and move.turn.side is Side.HAPPENS else move.written
    if when is None or one.written is None or other.written is None:
        return False
    earlier, later = sorted((one.written, other.written))
    return earlier.last < later.first and earlier.last <= when.first <= later.last


def _gives(turns: Iterable[Turn], sought: Turn) -> bool:
    """Tell whether a paper gives a day, whatever else it gives; of an event, no less exactly than it is sought."""
    return any(
        turn.side is sought.side
        and (turn.at.meets(sought.at) or turn.raw.meets(sought.raw))
        and (turn.side is not Side.HAPPENS or turn.raw.days() <= sought.raw.days())
        for turn in turns
    )


def _agreeing(members: Iterable[Weighed], conflict: Sequence[Weighed]) -> list[Weighed]:
    """Give the statements of a conflict with those of the same side whose days its readings leave open."""
    turns = {one.turn for one in conflict if one.turn}
    return [
        one
        for one in members
        if one.turn and any(turn.side is one.turn.side and turn.at.meets(one.turn.at) for turn in turns)
    ]


def _is_material(conflict: Sequence[Weighed]) -> bool:
    """Tell whether somebody acts by the day on which statements disagree."""
    if all(one.turn and one.turn.side is Side.HAPPENS and one.statement.act is not StatedAct.ISSUE for one in conflict):
        return False
    return any(is_binding(one.statement.act) or one.statement.act in (StatedAct.ISSUE, StatedAct.SUPPLIER_EXIT) for one in conflict)  # fmt: skip


def _conflict(kind: ConflictKind, name: str, members: Sequence[Weighed], *, is_material: bool) -> Conflict:
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
