# SPDX-License-Identifier: Apache-2.0
"""Where papers give other days for one thing.

1. Two days conflict if their intervals do not meet. From D and after D-1 are one day; June and 20 June meet.
2. If the dates themselves meet and only the roles part them, it is a boundary: see bounds.py.
3. Otherwise it is a date, unless one of the two papers gives both days: those are stages, and the other is incomplete.
   A day that was moved between two papers is no conflict between them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from debar.intake.stories.bounds import is_boundary
from debar.intake.stories.days import Side
from debar.intake.stories.families import TOLD_ONCE, is_binding
from debar.intake.stories.opposed import WHOLE, conflict, conflicting, is_day, things
from debar.intake.stories.slips import is_slip
from debar.intake.stories.weighed import differ
from debar.model.vocab.statements import ConflictKind, DateBasis, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.intake.stories.days import Turn
    from debar.intake.stories.weighed import Weighed
    from debar.model.intake import Conflict

NEAR_RULES = 1100
"""Days within which two dates of a ban or duty are rival accounts: three years, as far as phases of one measure lie."""
NEAR_EVENTS = 10
"""Days within which two dates of an event are, or two new ends of a time: beyond them it is rather another event."""
NEAR_NAMELESS = 45
"""Days within which a deadline that names no act is the one that another paper gives: there may be many."""
NEAR_ONSET = 7
"""Days within which a measure "takes effect" and one of its acts begins on rival days; what is further may be a stage."""
_NAMELESS = frozenset({StatedAct.COMPLY_DEADLINE})
_COUNTED = frozenset({DateBasis.EVENT, DateBasis.SIBLING})
_ROUGH = {"week": 4, "month": 10, "year": 60}
"""Days by which "five weeks" or "three months" may be rounded, by their unit."""
_MOVES = frozenset({StatedAct.EXTEND, StatedAct.SUSPEND, StatedAct.REVOKE})
"""Acts by which a day is no longer what papers before them said."""


def dates(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where papers give other days for one act."""
    moves = [one for one in weighed if one.statement.act in _MOVES and one.statement.polarity == "asserted"]
    for name, members in things(weighed, narrow=True):
        by_paper: dict[str, set[Turn]] = {}
        for one in members:
            if one.turn:
                by_paper.setdefault(one.document, set()).add(one.turn)
        for one in moves:
            if one.turn and one.document in by_paper:
                by_paper[one.document] |= {one.turn._replace(side=side) for side in (Side.BEGINS, Side.OVER)}
        for group in conflicting(members, partial(_is_rival, moves=moves, by_paper=by_paper), by_paper):
            yield conflict(ConflictKind.DATE, name, _agreeing(members, group), is_material=_is_material(group))
    yield from _onsets(weighed)


def _onsets(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield where a measure is said to take effect as a whole a few days from when one of its acts begins."""
    begun = [
        one
        for one in weighed
        if one.turn
        and one.turn.side is Side.BEGINS
        and one.statement.polarity == "asserted"
        and (one.statement.act in WHOLE or one.statement.act.startswith("prohibit."))
    ]
    by_paper: dict[str, set[Turn]] = {}
    for one in begun:
        if one.turn:
            by_paper.setdefault(one.document, set()).add(one.turn)
    for group in conflicting(begun, _is_rival_onset, by_paper):
        yield conflict(ConflictKind.DATE, "taking effect", _agreeing(begun, group), is_material=True)


def _is_rival_onset(one: Weighed, other: Weighed) -> bool:
    """Tell whether one statement dates the whole, the other an act, and the days are a little apart."""
    if (one.statement.act in WHOLE) == (other.statement.act in WHOLE) or not one.turn or not other.turn:
        return False
    if one.turn.raw.meets(other.turn.raw) or is_boundary(one, other) or differ(one, other):
        return False
    return 0 < one.turn.at.apart(other.turn.at) <= NEAR_ONSET


def _is_rival(one: Weighed, other: Weighed, moves: Sequence[Weighed], by_paper: dict[str, set[Turn]]) -> bool:
    """Tell whether two statements give other days for one thing; of stages only days that differ as one slips."""
    if one.turn is None or other.turn is None or one.turn.side is not other.turn.side or differ(one, other):
        return False
    if not _is_apart(one, other):
        return False
    if one.turn.side is Side.HAPPENS:
        return one.statement.act in TOLD_ONCE
    if one.turn.at.apart(other.turn.at) == 1 and not (is_day(one) and is_day(other)):
        return False
    if (_is_staged(one, by_paper) or _is_staged(other, by_paper)) and not is_slip(one.turn.raw, other.turn.raw):
        return False
    return one.statement.act is StatedAct.EXTEND or not any(_is_between(move, one, other) for move in moves)


def _is_staged(one: Weighed, by_paper: dict[str, set[Turn]]) -> bool:
    """Tell whether the paper of a statement gives several days of one kind: then each of them is a stage."""
    days = [turn.raw for turn in by_paper[one.document] if one.turn and turn.side is one.turn.side]
    return any(not day.meets(other) for day in days for other in days)


def _is_apart(one: Weighed, other: Weighed) -> bool:
    """Tell whether two dates cannot be one day, and are near enough to be accounts of one thing."""
    if one.turn is None or other.turn is None or one.turn.raw.meets(other.turn.raw) or is_boundary(one, other):
        return False
    if one.turn.at.meets(other.turn.at) and not _is_same_role(one, other):  # by 2025 and by 2026 meet on New Year's Day
        return False
    apart = one.turn.at.apart(other.turn.at)
    return max(_roughness(one), _roughness(other)) < max(apart, 1) and apart <= _nearness(one, other)


def _is_same_role(one: Weighed, other: Weighed) -> bool:
    """Tell whether two dates are bounded by one word, so that only the dates themselves can part them."""
    roles = {said.statement.date.role for said in (one, other) if said.statement.date}
    return len(roles) == 1


def _nearness(one: Weighed, other: Weighed) -> int:
    """Give how many days apart two dates can be rivals."""
    if (one.turn and one.turn.side is Side.HAPPENS) or one.statement.act is StatedAct.EXTEND:
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


def _is_between(move: Weighed, one: Weighed, other: Weighed) -> bool:
    """Tell whether something was moved or stayed between two papers, so that each was right when it was written."""
    when = move.turn.raw if move.turn and move.turn.side is Side.HAPPENS else move.written
    if when is None or one.written is None or other.written is None:
        return False
    earlier, later = sorted((one.written, other.written))
    return earlier.last < later.first and earlier.last <= when.first <= later.last


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
