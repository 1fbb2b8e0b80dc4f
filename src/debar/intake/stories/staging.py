# SPDX-License-Identifier: Apache-2.0
"""Where papers disagree on how a measure unfolds: one date or several, and what comes before what.

1. "The ban takes effect on D", with nothing else, stands against papers that give several stages of which one is D.
2. A measure cannot take effect before it is made: an effect before every account of its issue is out of order.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from debar.intake.stories.days import Side, worded
from debar.intake.stories.families import is_binding
from debar.intake.stories.weighed import value
from debar.model.intake import Conflict
from debar.model.vocab.statements import ConflictKind, Precision, Severity, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.intake.stories.days import Reach, Turn
    from debar.intake.stories.weighed import Weighed

_WHOLE = frozenset({StatedAct.EFFECTIVE, StatedAct.PROHIBIT})
"""Acts that speak of a measure as one."""
_MAKING = frozenset({StatedAct.ISSUE, StatedAct.ANNOUNCE})
_LEAST_STAGE = timedelta(days=7)
"""Days that part two stages; what is nearer is rather one day, told in two ways."""
_LONGEST_BEFORE = 180
"""Days before its issue at which an effect is still that of this measure, and not of one before it."""


def stages(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where one date is given for what others give in stages."""
    staged = {paper: found for paper, found in _stages(weighed).items() if len(_distinct(found)) > 1}
    if not staged:
        return
    by_paper: dict[str, list[Weighed]] = {}
    for one in weighed:
        by_paper.setdefault(one.document, []).append(one)
    days = {one.turn.raw for found in staged.values() for one in found if one.turn}
    one_date = [
        one
        for paper, said in by_paper.items()
        if paper not in staged
        for one in said
        if _is_whole(one, days) and not any(_is_another_stage(other, one) for other in said)
    ]
    if one_date:
        written = sorted({day for found in staged.values() for day in _distinct(found)})
        yield Conflict(
            type=ConflictKind.STAGE,
            severity=Severity.MATERIAL,
            topic="when the ban takes effect: at once, or in stages",
            values=(
                value(f"one date ({one_date[0].statement.date.value if one_date[0].statement.date else ''})", one_date),
                value(f"stages ({', '.join(written)})", [one for found in staged.values() for one in found]),
            ),
        )


def orders(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield what takes effect before it is made."""
    made = [one for one in weighed if one.turn and one.statement.act in _MAKING and one.turn.side is Side.HAPPENS]
    if not made:
        return
    first = min(one.turn.at.first for one in made if one.turn)
    early = [
        one
        for one in weighed
        if one.turn
        and one.turn.side in (Side.BEGINS, Side.OVER)
        and is_binding(one.statement.act)
        and one.statement.polarity == "asserted"
        and not one.statement.act.startswith("permit")
        and 0 < (first - one.turn.at.last).days <= _LONGEST_BEFORE
    ]
    if any(one.statement.act is StatedAct.EFFECTIVE for one in early):
        yield Conflict(
            type=ConflictKind.ORDER,
            severity=Severity.MINOR,
            topic="it takes effect before it is made",
            values=(
                value(f"binds {_worded(early)}", early),
                value(f"made {_worded(made)}", made),
            ),
        )


def _stages(weighed: Sequence[Weighed]) -> dict[str, list[Weighed]]:
    """Give for each paper the particular bans of which it gives the day."""
    found: dict[str, list[Weighed]] = {}
    for one in weighed:
        act = one.statement.act
        if (
            one.turn
            and one.statement.date
            and one.statement.date.precision in (Precision.DAY, Precision.INSTANT)
            and one.statement.polarity == "asserted"
            and act.startswith(("prohibit.", "supplier.stop_updates"))
            and one.turn.side is Side.BEGINS
        ):
            found.setdefault(one.document, []).append(one)
    return found


def _is_whole(one: Weighed, days: Iterable[Reach]) -> bool:
    """Tell whether a statement has a measure take effect as a whole, on the day of some stage."""
    said = one.statement
    if said.act not in _WHOLE or said.polarity == "denied" or one.turn is None or one.turn.side is not Side.BEGINS:
        return False
    return any(day.meets(one.turn.raw) for day in days)


def _is_another_stage(one: Weighed, whole: Weighed) -> bool:
    """Tell whether a statement gives a stage beside a day, or what begins on that day: then that is not the whole."""
    if one.turn is None or whole.turn is None or one.statement.polarity == "denied":
        return False
    is_that_day = one.turn.raw.meets(whole.turn.raw)
    act = one.statement.act
    return act.startswith("prohibit.") if is_that_day else act.startswith(("require.", "comply_deadline"))


def _distinct(found: Sequence[Weighed]) -> list[str]:
    """Give the days of stages as written, those that are nearly one taken as one."""
    days: list[tuple[Turn, str]] = []
    ordered = sorted(
        ((one.turn, one.statement.date.value) for one in found if one.turn and one.statement.date),
        key=lambda pair: (pair[0].at, pair[1]),
    )
    for turn, written in ordered:
        if not days or turn.at.first - days[-1][0].at.first >= _LEAST_STAGE:
            days.append((turn, written))
    return [written for _, written in days]


def _worded(found: Sequence[Weighed]) -> str:
    return ", ".join(sorted({worded(one.statement.date) for one in found if one.statement.date}))
