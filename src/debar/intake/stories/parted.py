# SPDX-License-Identifier: Apache-2.0
"""No story of two jurisdictions: what the last step of putting papers together leaves is checked, and taken apart.

A federation and its states are different, and so are the European Union and its members.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.stories.adopting import Found, Gate
    from debar.intake.stories.linked import Cluster


def parted(found: Found, gates: Sequence[Gate], single: Sequence[Cluster]) -> Found:
    """Give the groups in which no paper tells of another jurisdiction than its group.

    `gates` and `single` hold what each paper is about by itself, and each paper alone, by its number. A paper that tells
    of none stands where it was put; one that tells of another place stands alone behind its own gate.
    """
    whole: Found = {gate: [] for gate in found}
    for gate, clusters in found.items():
        for cluster in clusters:
            strays = [number for number in cluster.papers if gates[number][1] not in ("", gate[1])]
            for number in strays:
                whole.setdefault(gates[number], []).append(single[number])
            kept = _without(cluster, strays)
            if kept.papers:
                whole[gate].append(kept)
    return whole


def _without(cluster: Cluster, strays: Sequence[int]) -> Cluster:
    return cluster._replace(papers=[number for number in cluster.papers if number not in strays]) if strays else cluster
