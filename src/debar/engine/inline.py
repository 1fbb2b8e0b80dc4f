# SPDX-License-Identifier: Apache-2.0
"""Row by row in this process: nothing to load, every distinct value asked once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.results import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.model.vocab import Kind

REMEMBERED = 1 << 16
"""Distinct values of one kind that are kept; then the memory starts afresh."""


def run(
    observations: Iterable[Observation], meet: Callable[[Kind, str], tuple[int, ...]], kinds: Collection[Kind]
) -> Iterator[Hit]:
    """Yield a hit for each observable and each indicator it fits, in the order of observations.

    `meet` gives the positions of the indicators that fit a value; `kinds` are those it knows.
    """
    memory: dict[Kind, dict[str, tuple[int, ...]]] = {kind: {} for kind in kinds}
    for observation in observations:
        for observable in observation.observables:
            known = memory.get(observable.kind)
            if known is None:
                continue
            found = known.get(observable.value)
            if found is None:
                if len(known) >= REMEMBERED:
                    known.clear()
                found = known[observable.value] = meet(observable.kind, observable.value)
            for position in found:
                yield Hit(observation, observable, position)
