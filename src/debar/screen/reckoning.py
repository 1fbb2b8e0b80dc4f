# SPDX-License-Identifier: Apache-2.0
"""How much of each party listed ones own, at least and at most.

Every holding lies in an interval, and all of them in one party come to 100 % at most. The least and the most that
counts is worked out by itself, from the owners down, so that nothing unknown is ever taken for a number:

1. A listed party counts with all that it owns.
2. Any other counts as the rule says: with its whole stake if it is owned by them as the rule asks, or with that part of
   its stake by which they own it.
3. The least is found from nothing upwards: companies that own each other in a ring are not owned by that alone.
4. The most of a product is found from everything downwards, so that a reckoning which is broken off is still true.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from debar.model.owned import EVERYTHING, NOTHING, Bound, Through
from debar.screen.shares import minus, part, plus

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from debar.model.owned import OwnershipRule
    from debar.screen.holdings import Stake

    Stakes = Mapping[str, Sequence[Stake]]

MOST = 1000
"""Holdings above a party that are worked through; more are left undetermined."""
ROUNDS = 64
"""Times that a product is worked out anew where companies own each other in a ring."""


class Counted(NamedTuple):
    """What of each party listed ones own, by id: at least and at most."""

    low: Mapping[str, Bound]
    high: Mapping[str, Bound]

    def of(self, party: str) -> tuple[Bound, Bound]:
        """Give the least and the most of a party."""
        return self.low[party], self.high[party]


def above(party: str, held: Stakes, roots: Collection[str]) -> list[str] | None:
    """Give who stands above a party, owners first and the party last; nothing if there are too many holdings.

    Above the roots nobody is looked for: they count, whoever owns them.
    """
    order: list[str] = []
    seen, count = {party}, 0
    waiting = [(party, iter(held.get(party, ())))]
    while waiting:
        here, owners = waiting[-1]
        stake = next(owners, None)
        if stake is None:
            order.append(here)
            waiting.pop()
            continue
        count += 1
        if count > MOST:
            return None
        if stake.owner not in seen:
            seen.add(stake.owner)
            of_it = () if stake.owner in roots else held.get(stake.owner, ())
            waiting.append((stake.owner, iter(of_it)))
    return order


def meets(rule: OwnershipRule, bound: Bound) -> bool:
    """Tell whether a percentage is one that a rule asks for."""
    line = Bound(rule.threshold)
    return bound >= line if rule.is_inclusive else bound > line


def counted(
    order: Sequence[str], held: Stakes, roots: Collection[str], rule: OwnershipRule, through: Through
) -> Counted:
    """Give what of each party in an order from `above` the roots own, counted in one way."""

    def weight(bound: Bound) -> Bound:
        if through is Through.PRODUCT:
            return bound
        return EVERYTHING if meets(rule, bound) else NOTHING

    def settled(start: Bound, *, is_high: bool) -> dict[str, Bound]:
        values = {party: EVERYTHING if party in roots else start for party in order}
        rounds = ROUNDS if through is Through.PRODUCT else len(order) + 1
        for _ in range(rounds):
            is_still = True
            for party in order:
                if party in roots:
                    continue
                weighed = [(stake, weight(values[stake.owner])) for stake in held.get(party, ())]
                value = _most(weighed) if is_high else _least(weighed)
                is_still = is_still and value == values[party]
                values[party] = value
            if is_still:
                break
        return values

    top = EVERYTHING if through is Through.PRODUCT else NOTHING
    return Counted(settled(NOTHING, is_high=False), settled(top, is_high=True))


def _least(weighed: Sequence[tuple[Stake, Bound]]) -> Bound:
    """Give the least that counts: where sources tell of more than 100 % together, those that count little come first."""
    left, total = EVERYTHING, NOTHING
    for stake, weight in sorted(weighed, key=lambda pair: (pair[1], pair[0].owner)):
        of_it = min(stake.low, left)
        left = minus(left, of_it)
        total = plus(total, part(of_it, weight))
    return total


def _most(weighed: Sequence[tuple[Stake, Bound]]) -> Bound:
    """Give the most that counts: all that is not certainly others' goes to those that count most."""
    ordered = sorted(weighed, key=lambda pair: (pair[1], pair[0].owner), reverse=True)
    lows = [stake.low for stake, _ in ordered]
    after = [*accumulate(reversed(lows), plus, initial=NOTHING)][-2::-1] if lows else []
    taken, total = NOTHING, NOTHING
    for (stake, weight), later in zip(ordered, after, strict=True):
        of_it = min(stake.high, max(stake.low, minus(EVERYTHING, plus(later, taken))))
        taken = plus(taken, of_it)
        total = plus(total, part(of_it, weight))
    return min(total, EVERYTHING)
