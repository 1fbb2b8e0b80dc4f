# SPDX-License-Identifier: Apache-2.0
"""Papers gathered by weighed evidence: average link of their odds, with vetoes that no evidence outweighs.

1. Each paper that names a place joins the group for which most speaks, if enough does; else it begins one.
2. Groups join, those for which most speaks first, until nothing more speaks for any two.
3. A paper that names no place joins the group for which most speaks, unless about as much speaks for one of another place.
4. Those that are left are gathered by themselves, and what came of it may join as in 3.
"""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from debar.intake.stories.cluster import belong, join
from debar.intake.stories.evidence import odds, shares_any
from debar.intake.stories.likeness import product

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.stories.cluster import Cluster

CLEAR = 2.0
"""Odds from which a paper joins a group at once, before all are at hand."""
LEAST = -1.0
"""Odds from which groups join."""
MOST = 300
"""Groups up to which the likeliest of all pairs join first."""
NAMELESS = -0.5
"""Odds from which a paper joins a group that names neither a supplier nor a place: likeness alone may be that of two bans."""
STRANGE = 0.005
"""Mean likeness of words below which papers that share nothing else tell of other matters."""
CLEARLY = 0.5
"""By how much more must speak for the group that a paper of no place joins than for any of another place."""


def gathered(single: Sequence[Cluster]) -> list[Cluster]:
    """Give single papers in groups; the groups are made of them, in place."""
    found = _gathered(one for one in single if one.places)  # 1. 2.
    left = _adopted(found, [one for one in single if not one.places])  # 3.
    return [*found, *_adopted(found, _gathered(left))]  # 4.


def _gathered(single: Iterable[Cluster]) -> list[Cluster]:
    """Give groups of which no two join; very many are compared once each, in their order, and not all with all."""
    found = _led(single, CLEAR)
    return _joined(found) if len(found) <= MOST else _led(found, LEAST)


def _led(single: Iterable[Cluster], least: float) -> list[Cluster]:
    found: list[Cluster] = []
    for one in single:
        best, most = None, least
        for other in found:
            if may_join(one, other) and (likely := odds(one, other)) >= most:
                best, most = other, likely
        if best is None:
            found.append(one)
        else:
            join(best, one)
    return found


def _adopted(found: Sequence[Cluster], homeless: Sequence[Cluster]) -> list[Cluster]:
    """Let those that name no place join groups, and give those that do not."""
    left = []
    for one in homeless:
        near = [(odds(one, other), -number) for number, other in enumerate(found) if may_join(one, other)]
        best = max(near, default=(LEAST - 1, 0))
        own = found[-best[1]].places if near else {}
        rival = max(
            (likely for likely, number in near if found[-number].places.keys().isdisjoint(own)), default=LEAST - 1
        )
        least = LEAST if one.suppliers else NAMELESS
        if best[0] >= least and best[0] - rival >= CLEARLY:
            join(found[-best[1]], one)
        else:
            left.append(one)
    return left


def may_join(one: Cluster, other: Cluster) -> bool:
    """Tell whether nothing forbids that two stand together.

    1. No two jurisdictions that are sure.
    2. Of two suppliers, each is named by the papers of the other, and both name one instrument or day.
    3. They are of one time, or tied.
    4. They share words, or something that has a name, a day or a number.
    """
    if one.sure and other.sure and one.sure != other.sure:  # 1.
        return False
    if not _is_mutual(one, other) or not belong(one, other):  # 2. 3.
        return False
    pairs = len(one.papers) * len(other.papers)
    return product(one.total, other.total) >= STRANGE * pairs or shares_any(one, other)  # 4.


def _is_mutual(one: Cluster, other: Cluster) -> bool:
    if not one.suppliers or not other.suppliers or not one.suppliers.keys().isdisjoint(other.suppliers):
        return True
    is_named = not (one.suppliers.keys().isdisjoint(other.named) or other.suppliers.keys().isdisjoint(one.named))
    return is_named and any(not one.marks[kind].keys().isdisjoint(other.marks[kind]) for kind in ("cited", "stated"))


def _joined(found: Sequence[Cluster]) -> list[Cluster]:
    """Let groups join each other, the likeliest first; each time two do, what was known of both is weighed anew."""
    kept: dict[int, Cluster] = dict(enumerate(found))
    changed = [0] * len(found)
    heap = [pair for number in kept for pair in _pairs(kept, changed, number, range(number))]
    heapify(heap)
    while heap:
        _, one, other, first, second = heappop(heap)
        if one not in kept or other not in kept or (changed[one], changed[other]) != (first, second):
            continue
        join(kept[one], kept.pop(other))
        changed[one] += 1
        for pair in _pairs(kept, changed, one, [number for number in kept if number != one]):
            heappush(heap, pair)
    return list(kept.values())


def _pairs(
    kept: dict[int, Cluster], changed: Sequence[int], number: int, others: Iterable[int]
) -> list[tuple[float, int, int, int, int]]:
    """Give what speaks for a group and others, where it is enough, so that the likeliest sorts first."""
    found = []
    for other in others:
        one, two = min(number, other), max(number, other)
        if may_join(kept[one], kept[two]) and (likely := odds(kept[one], kept[two])) >= LEAST:
            found.append((-likely, one, two, changed[one], changed[two]))
    return found
