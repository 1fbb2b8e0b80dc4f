# SPDX-License-Identifier: Apache-2.0
"""One asset under many names: host names, addresses, hardware addresses and serial numbers are joined.

A wrong join would put one machine's exposure on another, so an identifier joins only where it can: one
that two differently named hosts held joins nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from debar.model.vocab import Kind
from debar.readers.identifiers import JOINING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observable, Observation

_SURE = frozenset({Kind.SERIAL, Kind.MAC})
_SERIAL, _MAC_KIND, _ADDRESS_KIND, _HOSTNAME = Kind.SERIAL, Kind.MAC, Kind.ADDRESS, Kind.HOSTNAME
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]+")
_MAC = re.compile(r"[0-9a-f]{2}(?::[0-9a-f]{2}){5}")
_SHARED_MACS = ("00:50:56:c0:00:", "0a:00:27:00:00:", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff")
"""Hardware addresses that every machine with a certain hypervisor has for its own adapters, and none at all."""
_SHARED_ADDRESSES = ("127.", "169.254.", "fe80:")
_NO_ADDRESSES = frozenset({"0.0.0.0", "::", "::1"})  # noqa: S104 - compared with, never bound


def joins(observables: Iterable[Observable]) -> bool:
    """Tell whether one of them says under which names its asset goes."""
    for observable in observables:
        kind = observable.kind
        # Asking a set would cost more than all four: a member of an enumeration has a slow hash.
        if kind is _MAC_KIND or kind is _ADDRESS_KIND or kind is _HOSTNAME or kind is _SERIAL:
            return True
    return False


class _Clusters:
    """Names that stand for one machine, and the host names among them."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}
        self.hosts: dict[str, set[str]] = {}

    def root(self, name: str) -> str:
        """Give the name that stands for the cluster of this one."""
        path = []
        while (above := self.parent.get(name, name)) != name:
            path.append(name)
            name = above
        for passed in path:
            self.parent[passed] = name
        return name

    def join(self, names: Iterable[str], hosts: set[str]) -> None:
        """Make one cluster of all, unless two different host names would meet in it; `hosts` are those of `names`."""
        roots = sorted({self.root(name) for name in names})
        together = hosts.union(*(self.hosts.get(root, ()) for root in roots))
        if len(together) > 1:
            return
        for root in roots:
            self.parent[root] = roots[0]
        self.hosts[roots[0]] = together


class Assets:
    """Who held which identifier, learned observation by observation."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self._holders: dict[tuple[Kind, str], set[str]] = defaultdict(set)
        self._spelling: dict[str, str] = {}
        self._hosts: set[str] = set()
        self._aliases: set[str] = set()
        """Names of assets that are called otherwise by those who have them: agent numbers, UUIDs."""

    def learn(self, observation: Observation) -> None:
        """Remember the identifiers that an observation gives of its asset."""
        for observable in observation.observables:
            kind, value = observable.kind, observable.value.casefold()
            if kind not in JOINING or not value or _is_shared(kind, value):
                continue
            name = self._named(observation.asset)
            self._holders[kind, value].add(name)
            if kind is Kind.HOSTNAME:
                self._hosts.add(self._named(observable.value))
                if _short(name) != _short(value):
                    self._aliases.add(name)

    def names(self) -> dict[str, str]:
        """Give the best name of each asset whose own name is another one; keys are folded.

        In order of preference a host name, another name, a hardware address, an address.
        """
        clusters = _Clusters()
        # 1. Identifiers of the hardware first, then host names, then addresses, which change hands.
        for kinds in (_SURE, {Kind.HOSTNAME}, {Kind.ADDRESS}):
            for (kind, value), holders in sorted(self._holders.items()):
                if kind in kinds:
                    # 2. What goes by the identifier itself is the same asset: traffic names a client by its address.
                    names = holders if kind is Kind.SERIAL else {*holders, value}
                    clusters.join(names, {_short(name) for name in names if self._is_host(name)})
        members: dict[str, list[str]] = defaultdict(list)
        for name in {*clusters.parent, *clusters.parent.values()}:
            members[clusters.root(name)].append(name)
        best = {}
        for same in members.values():
            chosen = min(same, key=self._rank)
            best.update({name: self._spelling.get(chosen, chosen) for name in same if name != chosen})
        return best

    def identifiers(self) -> Iterator[tuple[str, Kind, str]]:
        """Yield (folded name of the asset, kind, value) of everything learned, in order."""
        for (kind, value), holders in sorted(self._holders.items()):
            for holder in sorted(holders):
                yield holder, kind, value

    def _named(self, name: str) -> str:
        folded = name.casefold()
        self._spelling[folded] = max(self._spelling.get(folded, name), name)  # small letters before capitals
        return folded

    def _is_host(self, name: str) -> bool:
        return not (name in self._aliases or _ADDRESS.fullmatch(name) or _MAC.fullmatch(name))

    def _rank(self, name: str) -> tuple[int, int, str]:
        if self._is_host(name):
            # Of "web01" and "web01.example.com" the longer one tells more.
            return (0 if name in self._hosts else 1, -len(name), name)
        return (2 if name in self._aliases else 3 if _MAC.fullmatch(name) else 4, 0, name)


def _short(name: str) -> str:
    """Give a host name without its domain."""
    return name.partition(".")[0]


def _is_shared(kind: Kind, value: str) -> bool:
    """Tell whether many machines have the same: adapters of hypervisors, and addresses without a network."""
    if kind is Kind.MAC:
        # The second digit of an address that a system made up for itself is one of these: IEEE 802, bit 1.
        return value.startswith(_SHARED_MACS) or value[1:2] in "26ae"
    return kind is Kind.ADDRESS and (value in _NO_ADDRESSES or value.startswith(_SHARED_ADDRESSES))
