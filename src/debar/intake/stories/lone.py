# SPDX-License-Identifier: Apache-2.0
"""Single papers that share few words with the group of their gate, and belong to it all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.stories.linked import ALIKE_AT_ONCE, belong, join, likeness

if TYPE_CHECKING:
    from debar.intake.stories.linked import Cluster

_YEAR = 4
"""Characters of the year with which a day begins; of other ties, that is, of instruments, the form stands there."""


def gathered(found: list[Cluster]) -> list[Cluster]:
    """Let single papers join the only group of their gate and time: a state seldom takes two measures on one supplier in a year.

    Who cites an instrument that nobody else there cites, writes of another one.
    """
    groups = [one for one in found if len(one.papers) > 1]
    left = []
    for one in (one for one in found if len(one.papers) == 1):
        near = [other for other in groups if belong(one, other)]
        if (
            len(near) == 1
            and one.times
            and likeness(one, near[0]) >= ALIKE_AT_ONCE
            and not _are_of_others(one, near[0])
        ):
            join(near[0], one)
        else:
            left.append(one)
    return [*groups, *left]


def _are_of_others(one: Cluster, other: Cluster) -> bool:
    """Tell whether two cite instruments, and none in common."""
    cited, theirs = ({tie for tie in its.ties if not tie[:_YEAR].isdigit()} for its in (one, other))
    return bool(cited and theirs) and cited.isdisjoint(theirs)
