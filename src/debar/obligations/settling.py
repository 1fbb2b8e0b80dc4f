# SPDX-License-Identifier: Apache-2.0
"""Of what is demanded about one thing: what doing the one settles of the other.

Something is settled by something else when that is due no later, binds no less, still applies by then, and is the same
action or includes it (`SETTLES`). What was done settles only what was done as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab import SETTLES, Force, State
from debar.obligations.demands import is_answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.obligations.demands import Demand

LAST = "9999"
"""Stands behind every day."""
URGENCY = (State.OVERDUE, State.OPEN, State.STANDING, State.UPCOMING, State.DONE)
"""An obligation about many things is as far as the least of them."""


class Settled(NamedTuple):
    """A demand that stays, and what it answers."""

    demand: Demand
    state: State
    findings: tuple[int, ...]
    """Places among the findings of the thing."""
    provisions: tuple[str, ...]
    includes: tuple[str, ...]
    """Other actions."""


def settle(demanded: Iterable[tuple[Demand, int]]) -> Iterator[Settled]:
    """Yield the demands that stay, the first to be done first; each demand is answered by exactly one of them.

    With each demand comes the place of its finding. The order in which they come changes nothing.
    """
    kept: list[tuple[Demand, list[tuple[Demand, int]]]] = []
    for one in sorted(demanded, key=lambda pair: (_order(pair[0]), pair[1])):
        settling = next((answered for root, answered in kept if settles(root, one[0])), None)
        if settling is None:
            kept.append((one[0], [one]))
        else:
            settling.append(one)
    for root, answered in kept:
        yield Settled(
            root,
            min((demand.state for demand, _ in answered), key=URGENCY.index),
            tuple(sorted({number for _, number in answered})),
            tuple(dict.fromkeys(demand.provision for demand, _ in answered)),
            tuple(dict.fromkeys(demand.action for demand, _ in answered if demand.action != root.action)),
        )


def settles(one: Demand, other: Demand) -> bool:
    """Tell whether whoever does one thing has done another."""
    if one == other:
        return True
    if other.is_owed or (one.force is not Force.MUST and other.force is Force.MUST):
        return False
    if (one.due or LAST) > (other.due or LAST) or (one.until and one.until <= other.since):
        return False
    if (bool(one.done), one.contract, one.repeats) != (bool(other.done), other.contract, other.repeats):
        return False
    includes = bool(one.due) and other.act in SETTLES.get(one.act, ()) and not is_answer(other)
    return one.action == other.action or includes


def _order(demand: Demand) -> tuple[object, ...]:
    """Give what comes first: it may settle what comes later, never the other way."""
    return (
        not demand.is_owed,
        demand.force is not Force.MUST,
        demand.due or LAST,
        demand.act not in SETTLES,
        demand.action,
        demand.act,
        demand.provision,
        demand.contract,
        demand.since,
    )
