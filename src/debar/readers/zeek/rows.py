# SPDX-License-Identifier: Apache-2.0
"""What the rows of a Zeek log say of hosts, wherever its cells come from: lines of text, or columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import instants
from debar.readers.machine import hosts
from debar.readers.zeek.cells import answers, host, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input
    from debar.readers.zeek.columns import Columns, Placed

_DIGITS = frozenset("0123456789")

# Looking up a member of an enumeration costs as much as making an observable.
_DOMAIN, _FILE, _PORT = Kind.DOMAIN, Kind.FILE, Kind.PORT
_NETWORK, _CONTACT = Medium.NETWORK, Meaning.SERVICE_USE


class Log:
    """One log while it is read: how it writes its cells, and what its rows amount to."""

    def __init__(self, source: Input, set_separator: str = ",") -> None:
        self.source = source
        self.separator, self.set_separator = "\t", set_separator
        self.empty, self.unset = "(empty)", "-"
        self.blank = frozenset({"", "-", "(empty)"})
        self._second = self._until_second = ""
        self._once = hosts.Once()
        self.stations = hosts.Stations(source)

    def restyle(self, line: str) -> None:
        """Take over what a header line says about separators and empty cells."""
        if line.startswith("#separator "):
            self.separator = plain(line[11:]) or "\t"
            return
        name, _, value = line.partition(self.separator)
        if name == "#set_separator":
            self.set_separator = plain(value) or ","
        elif name == "#empty_field":
            self.empty = value
        elif name == "#unset_field":
            self.unset = value
        self.blank = frozenset({"", self.empty, self.unset})

    def observations(self, locator: str, cells: list[str], columns: Columns, *, escaped: bool) -> Iterator[Observation]:
        """Yield what a row says of each of its hosts; decodes escapes in the cells in place."""
        # An escape may stand for the separator of a set, so sets are taken apart undecoded.
        raw = cells.copy() if escaped else cells
        if escaped:
            cells[:] = [cell if "\\x" not in cell else plain(cell) for cell in cells]
        when = self._instant(cells[columns.ts]) if columns.ts >= 0 else ""
        for mac, address in columns.stations:
            if cells[mac] not in self.blank:
                self.stations.learn(cells[mac], cells[address], locator, when)
        for side in columns.sides:
            if side.is_own and not self._is_news(cells, side):
                continue
            found = self._found(cells, raw, side)
            if side.path >= 0 and (given := self._given(cells, side)):
                yield hosts.sighting(self.source, locator, cells[side.asset], list(given), side.meaning, when=when)
            if not found:
                continue
            asset = self._asset(cells, side)
            # What a host has is told once; each contact counts, because it tells how long they went on.
            is_told = columns.is_repetitive and side.meaning is not _CONTACT and not side.is_own
            if is_told and not self._once.is_new(asset, side.meaning, *found):
                self.source.tally["repetitions"] += 1
                continue
            label = next((cells[index] for index in side.labels if cells[index] not in self.blank), "")
            yield Observation(
                source=self.source.id,
                locator=locator,
                asset=asset,
                label=label or (asset if side.is_machine else found[0].value),
                medium=_NETWORK,
                meaning=side.meaning,
                observables=tuple(found),
                observed_at=when,
            )

    def _is_news(self, cells: list[str], side: Placed) -> bool:
        """Tell whether a row says of a host of the own network what none before it said."""
        asset = cells[side.asset] if side.asset >= 0 else ""
        if not hosts.is_own(asset):
            return False
        said = [cells[at] for at, _ in side.plain]
        return not (side.is_same and len(set(said)) > 1) and self._once.is_new(asset, *said)

    def _given(self, cells: list[str], side: Placed) -> tuple[Observable, ...]:
        """Give the path that a host of the own network gave to another, if it is new; strangers ask everybody for everything."""
        server = cells[side.asset] if side.asset >= 0 else ""
        name = cells[side.named] if side.named >= 0 else ""
        if not hosts.is_own(server) and not name.startswith(server[:4]):
            return ()  # nearly every row: a server elsewhere that has a name
        client, status = (
            cells[at] if at >= 0 and cells[at] not in self.blank else "" for at in (side.client, side.status)
        )
        given = hosts.given(server, client, name, cells[side.path], status)
        return given if given and self._once.is_new(server, side.meaning, *given) else ()

    def _found(self, cells: list[str], raw: list[str], side: Placed) -> list[Observable]:
        """Give what a row says of one host."""
        blank, found = self.blank, []
        if side.is_machine:
            found = self._identity(cells, side)
        if side.host >= 0 and (value := cells[side.host]) not in blank:
            # Most hosts are plain names; only an address or a port has a colon or ends in a digit.
            name = ":" not in value and value[-1] not in _DIGITS
            found.append(Observable(_DOMAIN, value) if name else host(value))
        elif side.subject >= 0 and (name_of := hosts.common_name(cells[side.subject])):
            found.append(Observable(_DOMAIN, name_of))
        for index, kind in side.plain:
            if (value := cells[index]) not in blank:
                found.append(Observable(kind, value.rpartition("/")[2] or value if kind is _FILE else value))
        if side.answers >= 0 and (value := raw[side.answers]) not in blank:
            found += answers(value, self.set_separator)
        if side.mails:
            mails = (value.split(self.set_separator) for value in self._filled(cells, side.mails))
            found += hosts.correspondents(address for addresses in mails for address in addresses)
        if side.port >= 0 and cells[side.port].isdecimal():
            protocol = cells[side.protocol] if side.protocol >= 0 else "tcp"
            found.append(Observable(_PORT, f"{cells[side.port]}/{protocol}"))
        return found

    def _identity(self, cells: list[str], side: Placed) -> list[Observable]:
        """Give names and addresses that a host has for itself; nothing when it only has what the row is filed under."""
        names, addresses = self._filled(cells, side.names), self._filled(cells, side.addresses)
        found: list[Observable] = []
        for name in dict.fromkeys(names):
            found += hosts.identity(name=name)
        for mac in self._filled(cells, side.macs):
            found += hosts.identity(mac_address=mac)
        # Who only has an address is a host in a list of hosts, and nobody in a row about something else.
        if found or not (side.names or side.macs):
            found += hosts.identity(addresses=tuple(addresses))
        return found

    def _filled(self, cells: list[str], places: tuple[int, ...]) -> list[str]:
        return [cells[place] for place in places if cells[place] not in self.blank]

    def _asset(self, cells: list[str], side: Placed) -> str:
        """Give the host that a side is about; a log that names none speaks for itself."""
        if side.is_machine:
            for place in (*side.names, *side.addresses, *side.macs):
                if cells[place] not in self.blank:
                    return cells[place]
        asset = cells[side.asset] if side.asset >= 0 else ""
        return self.source.asset if asset in self.blank else asset.partition(self.set_separator)[0]

    def _instant(self, moment: str) -> str:
        """Give an epoch in UTC with its digits up to microseconds; an ISO instant stays as it is."""
        second, _, fraction = moment.partition(".")
        # Neighbouring rows share their second, which is formatted once.
        if second != self._second:
            self._second = second
            self._until_second = instants.epoch(second).removesuffix("Z")
        if not self._until_second:
            return moment if "T" in moment[10:11] else ""
        return f"{self._until_second}.{fraction[:6]}Z" if fraction.isdecimal() else f"{self._until_second}Z"
