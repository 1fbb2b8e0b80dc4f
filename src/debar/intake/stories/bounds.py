# SPDX-License-Identifier: Apache-2.0
"""Where a day is the first or the last one of something, or its beginning or its end, according to whom one reads.

1. What is allowed until a day and what is banned from it on turn on one day: a permission that ends is a ban that begins.
2. If the dates themselves meet and only the roles part them, it is a boundary; so it is of days next to each other whose
   roles differ.
3. A process that starts on a day here and is over on it there is an aspect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.stories.days import Side
from debar.intake.stories.opposed import WHOLE, conflict, conflicting, is_day, things
from debar.intake.stories.weighed import differ, value
from debar.model.intake import Conflict
from debar.model.vocab.statements import ConflictKind, DateRole, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from debar.intake.stories.weighed import Weighed

_PROCESS = frozenset({Side.STARTS, Side.OVER})
_GRADUAL = "supplier."
"""What takes its time: to leave a market. A duty to block from a day on, and by that day, is one duty."""


def boundaries(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where a day is the first or the last one of something, according to whom one reads.

    What takes effect as a whole stands beside each act that begins on that day.
    """
    whole = [one for one in weighed if one.statement.act in WHOLE and one.statement.polarity == "asserted"]
    for name, members in things(weighed, narrow=False):
        begun = {one.turn.raw for one in members if one.turn and one.turn.side is Side.BEGINS}
        is_whole = members[0].statement.act in WHOLE
        beside = [] if is_whole else [one for one in whole if one.turn and one.turn.raw in begun and is_day(one)]
        for group in conflicting([*members, *beside], is_boundary):
            yield conflict(ConflictKind.BOUNDARY, name, group, is_material=all(map(is_day, group)))


def aspects(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where a process starts on a day according to some, and is over on it according to others."""
    for name, members in things(weighed, narrow=True):
        by_day: dict[date, dict[Side, list[Weighed]]] = {}
        for one in members:
            if one.turn and one.turn.side in _PROCESS and one.statement.act.startswith(_GRADUAL):
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


def is_boundary(one: Weighed, other: Weighed) -> bool:
    """Tell whether only the roles of two statements part their days."""
    if one.turn is None or other.turn is None or one.turn.side is not other.turn.side:
        return False
    if one.turn.side in (Side.HAPPENS, Side.STARTS) or one.turn.at.meets(other.turn.at) or differ(one, other):
        return False
    if one.turn.raw.meets(other.turn.raw):
        return True
    return _role(one) != _role(other) and is_day(one) and is_day(other) and one.turn.at.apart(other.turn.at) == 1


def _role(one: Weighed) -> DateRole | None:
    """Give the role of a date; the first day of a ban, and the last day of a time, are each said in several ways."""
    role = one.statement.date.role if one.statement.date else None
    is_over = one.turn is not None and one.turn.side is Side.OVER
    alike = {DateRole.UNTIL: DateRole.BY, DateRole.ON: DateRole.BY if is_over else DateRole.FROM}
    return alike.get(role, role) if role else None
