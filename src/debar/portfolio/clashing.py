# SPDX-License-Identifier: Apache-2.0
"""Decisions that cannot stand beside each other: what makes way for a newer one, and what nobody could tell apart.

A file of decisions that contradict each other is refused, and mended by whoever wrote it. Here many people decide, and what
was approved has to work on every page from then on, whatever is found later. So scopes are compared, and not what is in them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debar.decisions import contradict, meet, overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.portfolio import Asked
    from debar.model.results import Decision


def making_way(wanted: Iterable[Decision], known: Iterable[Asked]) -> tuple[Asked, ...]:
    """Give those that have the same scope as one that is wanted, and other days or another answer: they end before it begins."""
    found = {a.id: a for one in wanted for a in _near(one, _by_width(known)) if meet(a.decision, one)}
    return tuple(found.values())


def clashes(wanted: Iterable[Decision], known: Iterable[Asked]) -> Iterator[tuple[Decision, Asked]]:
    """Yield pairs that say otherwise of what may be the same, on the same day, and of which neither goes before the other.

    One that names an exposure goes before a wider one.
    """
    there = _by_width(known)
    for one in wanted:
        for other in _near(one, there):
            its = other.decision
            is_other = contradict(its, one) and overlap(its, one) and not meet(its, one)
            if is_other and _may_meet(its, one):
                yield one, other


def _by_width(known: Iterable[Asked]) -> dict[str, list[Asked]]:
    """Give decisions by the exposure that they name; the wide ones under nothing."""
    found: dict[str, list[Asked]] = defaultdict(list)
    for one in known:
        found[one.decision.exposure].append(one)
    return found


def _near(one: Decision, known: dict[str, list[Asked]]) -> list[Asked]:
    return known.get(one.exposure, [])


def _may_meet(one: Decision, other: Decision) -> bool:
    """Tell whether something can be in both scopes; packages are not compared."""
    if one.party and other.party:
        (party, _, product), (its, _, its_product) = one.party.partition("/"), other.party.partition("/")
        if party != its or (product and its_product and product != its_product):
            return False
    if not one.assets or not other.assets:
        return True
    return any(fit(a.casefold(), b.casefold()) for a in one.assets for b in other.assets)


def fit(one: str, other: str) -> bool:
    """Tell whether a name can fit two patterns with * and ?; sets of characters count as if they fit anything.

    `reached` are the places in the other pattern up to which the first one has been followed.
    """
    if "[" in one or "[" in other:
        return True
    reached = _over_stars({0}, other)
    for sign in one:
        if sign == "*":
            reached = set(range(min(reached, default=len(other) + 1), len(other) + 1))
            continue
        after = {place + 1 for place in reached if place < len(other) and other[place] in (sign, "?")}
        after |= {place + 1 for place in reached if place < len(other) and sign == "?" and other[place] != "*"}
        after |= {place for place in reached if place < len(other) and other[place] == "*"}
        reached = _over_stars(after, other)
    return len(other) in reached


def _over_stars(places: set[int], pattern: str) -> set[int]:
    """Give places with those behind stars that stand at them: a star may be nothing."""
    found = set(places)
    for place in sorted(places):
        while place < len(pattern) and pattern[place] == "*":
            place += 1  # noqa: PLW2901 - the place behind it
            found.add(place)
    return found
