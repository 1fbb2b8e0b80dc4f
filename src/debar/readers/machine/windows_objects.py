# SPDX-License-Identifier: Apache-2.0
"""Objects of Windows management as observations, each of its machine, and each machine told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.machine import listings, machines, windows_classes
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.machine.windows_classes import Class, Texts

WAITING = 1 << 12
"""Objects that wait for the name of their machine; a machine's own listings have some hundreds."""
_IDENTIFYING = frozenset({Kind.HOSTNAME, Kind.SERIAL, Kind.MAC, Kind.ADDRESS})


def _observables(one: Class, cells: Mapping[str, Texts]) -> Iterator[Observable]:
    for name, kinds in one.kinds.items():
        for text in cells.get(name, ()):
            # tasklist names all services of a process together.
            for part in text.split(",")[: listings.PARTS] if name == "services" else (text,):
                for kind in (kinds,) if isinstance(kinds, Kind) else kinds:
                    yield from listings.told(kind, f"{name}={part.strip()}" if kind is Kind.HEALTH else part)


class Objects:
    """Objects of one source as observations; what they say of the machine is told together at the end.

    Few objects name their machine. One that does not is of the machine that another of the same source names;
    until one does, they wait.
    """

    def __init__(self, source: Input) -> None:
        """Take the source."""
        self._source = source
        self._host = ""
        self._waiting: list[tuple[str, Mapping[str, Texts]]] = []
        self._known: dict[str, dict[Observable, str]] = {}
        """By machine: what identifies it, and where that was said first."""

    def observed(self, locator: str, cells: Mapping[str, Texts]) -> Iterator[Observation]:
        """Yield the observation of an object and of those that waited for it, unless it is of no class."""
        if windows_classes.told(frozenset(cells)) is None:
            self._source.tally["objects of no known class"] += 1
            return
        own = windows_classes.host_of(cells)
        self._host = self._host or own
        self._waiting.append((locator, cells))
        if self._host or len(self._waiting) >= WAITING:
            yield from self._released()

    def machines(self) -> Iterator[Observation]:
        """Yield what still waits, then one observation for each machine that anything is known of."""
        yield from self._released()
        for host, known in self._known.items():
            named = [Observable(Kind.HOSTNAME, host)] if host else []
            if known:
                yield from listings.machine(self._source, next(iter(known.values())), host, [*named, *known])

    def _released(self) -> Iterator[Observation]:
        for locator, cells in self._waiting:
            if one := windows_classes.told(frozenset(cells)):
                yield from self._one(locator, one, cells)
        self._waiting = []

    def _one(self, locator: str, one: Class, cells: Mapping[str, Texts]) -> Iterator[Observation]:
        host = windows_classes.host_of(cells) or self._host
        found = list(_observables(one, cells))
        own = [o for o in found if o.kind in _IDENTIFYING]
        self._identify(host, locator, [o for o in found if o.kind is not Kind.NAME] if one.is_machine else own)
        if one.is_machine:
            return
        self._source.tally[one.thing] += 1
        found = [o for o in found if o.kind not in _IDENTIFYING]
        version = next((text for name in one.version for text in cells.get(name, ()) if text), "")
        names = (o.value for o in found if o.kind is Kind.NAME)
        yield from listings.observation(
            self._source, host, Thing(locator, next(names, ""), found, version, windows_classes.meaning(one, cells))
        )

    def _identify(self, host: str, locator: str, found: list[Observable]) -> None:
        """Keep what tells the machine from others."""
        if found and (host in self._known or len(self._known) < machines.MACHINES):
            known = self._known.setdefault(host, {})
            for observable in found:
                known.setdefault(observable, locator)
