# SPDX-License-Identifier: Apache-2.0
"""Papers that stand outside the story they belong to: they name no place, no supplier, or another one more often.

No paper joins a story of another place than the one it tells of. One that tells of none joins one of several states only
by evidence beside its words: an instrument, a day, a name, or that it is nearly a copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.stories.linked import ALIKE, belong, is_dated_alike, is_named_alike, is_tied, join, leave, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.stories.linked import Cluster

    Gate = tuple[str, str]
    """Supplier and jurisdiction; either may be empty."""
    Found = dict[Gate, list[Cluster]]

VERY_ALIKE = 0.12
"""Mean likeness from which a paper joins that names neither supplier nor place; no two papers of different stories of
quality/intake/tuned reach it."""
CLOSE = 0.04
"""The same for one that names its supplier, or its place, and the story is by far the nearest of those that it could be of."""
CLOSER = 0.055
"""The same for one that names no supplier, or another place: it may be of a story that is not at hand."""
BY_FAR = 1.3
"""By how much the nearest story must be nearer than the nearest one of another place or supplier."""


class _Near(NamedTuple):
    likeness: float
    gate: Gate
    cluster: Cluster


def share(found: Found) -> None:
    """Let groups of one place join that are tied and name each other's supplier: the lesser one joins the greater."""
    whole = _whole(found)
    whole.sort(key=lambda pair: (-len(pair[1].papers), pair[0], pair[1].papers))
    for number, (gate, cluster) in enumerate(whole):
        for known, other in whole[:number]:
            if other not in found[known] or known[1] != gate[1] or known[0] == gate[0]:
                continue
            is_mutual = known[0] in cluster.suppliers and gate[0] in other.suppliers
            are_tied = is_tied(cluster, other) or is_dated_alike(cluster, other)
            if is_mutual and are_tied and likeness(cluster, other) >= ALIKE:
                join(other, cluster)
                found[gate].remove(cluster)
                break


def adopt(found: Found) -> None:
    """Let papers that name no supplier or no place join a group, where nothing speaks against it.

    What they name must be the same: a paper on a supplier in no place joins groups of that supplier only. An official
    text often names no supplier at all; its day ties it to those that do.
    """
    whole = _whole(found)
    for gate in sorted(gate for gate in found if not all(gate)):
        left = []
        for cluster in found[gate]:
            near = _nearest(cluster, [pair for pair in whole if _is_open(gate, pair[0])])
            if near and _is_close(cluster, gate, near):
                join(near[0].cluster, cluster)
            else:
                left.append(cluster)
        found[gate] = left


def move(found: Found, single: Sequence[Cluster]) -> None:
    """Let papers that are the only ones of their supplier join a story on another one in their place.

    They name that one as often, are tied to the story, and are by far more like it than any other. Nothing moves to
    another jurisdiction. `single` holds each paper alone, by its number.
    """
    for gate, cluster in _whole(found):
        for number in sorted(cluster.papers):
            one = single[number]
            rest = _rest(cluster, one)
            near = [
                other
                for other in _nearest(one, [pair for pair in _whole(found) if len(pair[1].papers) > 1])
                if other.cluster is not cluster and not rest and _is_of_another(one, gate, other)
            ]
            if near and near[0].likeness >= CLOSE and _is_by_far(near):
                join(near[0].cluster, one)
                leave(cluster, one)
    for gate, clusters in found.items():
        found[gate] = [cluster for cluster in clusters if cluster.papers]


def _rest(cluster: Cluster, one: Cluster) -> float:
    """Give the mean likeness of a paper to the others of its group; 0 where there are none."""
    others = len(cluster.papers) - 1
    own = likeness(one, one)
    return (likeness(one, cluster) * len(cluster.papers) - own) / others if others else 0.0


def _whole(found: Found) -> list[tuple[Gate, Cluster]]:
    return [(gate, cluster) for gate, clusters in sorted(found.items()) if all(gate) for cluster in clusters]


def _is_open(gate: Gate, known: Gate) -> bool:
    """Tell whether all that a paper names is the same."""
    return all(mine in ("", theirs) for mine, theirs in zip(gate, known, strict=True))


def _is_of_another(one: Cluster, gate: Gate, other: _Near) -> bool:
    """Tell whether a paper names the supplier of a story at least as often as its own, and is tied to it."""
    supplier, place = other.gate
    if place != gate[1] or supplier == gate[0]:
        return False
    is_told = one.suppliers[supplier] >= max(1, one.suppliers[gate[0]])
    return is_told and (is_tied(one, other.cluster) or is_dated_alike(one, other.cluster))


def _nearest(cluster: Cluster, pairs: Sequence[tuple[Gate, Cluster]]) -> list[_Near]:
    """Give the groups that a paper could be of, the nearest first; of equal ones the first."""
    near = [_Near(likeness(cluster, other), gate, other) for gate, other in pairs if belong(cluster, other)]
    return sorted(near, key=lambda one: -one.likeness)


def _is_close(cluster: Cluster, gate: Gate, near: Sequence[_Near]) -> bool:
    best = near[0]
    if best.likeness >= ALIKE and is_named_alike(cluster, best.cluster) and _is_by_far(near):
        return True
    if not any(gate):
        is_dated = best.likeness >= CLOSE and is_dated_alike(cluster, best.cluster) and _is_by_far(near)
        return is_dated or best.likeness >= VERY_ALIKE
    if best.likeness >= ALIKE and is_tied(cluster, best.cluster):
        return True
    if not gate[1] and len({other.gate[1] for other in near}) > 1:
        # Which of several states it tells of, likeness alone does not say.
        is_evident = best.likeness >= CLOSE and _is_evident(cluster, best)
        return (is_evident or best.likeness >= VERY_ALIKE) and _is_by_far(near)
    return best.likeness >= (CLOSE if gate[0] else CLOSER) and _is_by_far(near)


def _is_evident(one: Cluster, near: _Near) -> bool:
    """Tell whether a paper shares more than words with a group: its place in passing, a stated day, or an unknown name."""
    is_named = near.gate[1] in one.places or not one.names.isdisjoint(near.cluster.names)
    return is_named or is_dated_alike(one, near.cluster)


def _is_by_far(near: Sequence[_Near]) -> bool:
    """Tell whether no group of another supplier or place is about as near as the nearest."""
    best = near[0]
    return all(best.likeness >= BY_FAR * one.likeness for one in near if one.gate != best.gate)
