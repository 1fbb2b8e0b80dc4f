# SPDX-License-Identifier: Apache-2.0
"""Zeek logs as TSV or JSON: which services the hosts of a network used, and what they say of themselves.

Which log it is, is told from its columns (readers/zeek). Rows of any other log (weird, stats, ntp ...) name
no service and no host and are only counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import encodings, instants
from debar.readers.machine import hosts
from debar.readers.zeek import wanted
from debar.readers.zeek.cells import answers, host, plain
from debar.readers.zeek.columns import KNOWN, shape
from debar.readers.zeek.logs import RENAMED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input
    from debar.readers.zeek.columns import Columns, Placed
    from debar.sieving import Wanted

DEPTH = 4
"""Objects inside objects that are looked into; shippers nest "zeek.ssl.server.name" that deep."""
_DIGITS = frozenset("0123456789")
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


# Looking up a member of an enumeration costs as much as making an observable.
_DOMAIN, _FILE, _PORT = Kind.DOMAIN, Kind.FILE, Kind.PORT
_NETWORK, _CONTACT = Medium.NETWORK, Meaning.SERVICE_USE


class _Log:
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


def read(source: Input) -> Iterator[Observation]:
    """Yield what each row says of its hosts, in file order, then the hosts of the local network.

    What hosts say again and again of themselves is told once.
    """
    head = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")
    if head[:1] in {"[", "{"}:
        log = _Log(source, set_separator="\n")
        yield from _json(log, _records(source, head))
    else:
        log = _Log(source)
        yield from _tsv(log, _sought(head))
    yield from log.stations.observations()


def _sought(head: str) -> Wanted | None:
    """Give what matters in a TSV log that begins like this; nothing where each row does."""
    separator = "\t"
    for line in head.split("\n"):
        if line.startswith("#separator "):
            separator = plain(line[11:].rstrip("\r")) or separator
        elif line.startswith("#fields"):
            columns = shape(tuple(line.rstrip("\r").split(separator)[1:]))
            return wanted.of_table(columns) if columns else wanted.NOTHING
    return None


def _tsv(log: _Log, sought: Wanted | None) -> Iterator[Observation]:
    """Yield observations of a TSV log; each "#fields" line begins a new shape."""
    source = log.source
    columns: Columns | None = None
    width = rows = others = 0
    try:
        for number, line in source.sifted(sought) if sought else source.lines():
            if line.startswith("#") or (number == 1 and line.lstrip().startswith("#")):
                if line.startswith("#fields"):
                    fields = tuple(line.split(log.separator)[1:])
                    columns, width = shape(fields), len(fields)
                    others_sought = wanted.of_table(columns) if columns else sought
                    source.needs_all |= not (sought and others_sought and others_sought.kinds <= sought.kinds)
                else:
                    log.restyle(line.lstrip())
                continue
            if not line:
                continue
            if not width and "\tid.orig_h\t" in f"\t{line}\t":
                # zeek-cut -c and others keep the names of the columns and drop the marks around them.
                fields = tuple(line.split(log.separator))
                columns, width = shape(fields), len(fields)
                continue
            if not width:
                raise SourceError('a row before any "#fields" line', locator=f"line {number}")
            rows += 1
            if columns is None:
                others += 1
                continue
            cells = line.split(log.separator)
            if len(cells) != width:
                source.lose(f"line {number}", f"{len(cells)} columns where the header has {width}")
            else:
                yield from log.observations(f"line {number}", cells, columns, escaped="\\x" in line)
    finally:
        source.tally.update({"rows": rows, "rows of other logs": others} if others else {"rows": rows})


def _json(log: _Log, records: Iterator[tuple[str, object]]) -> Iterator[Observation]:
    """Yield observations of JSON records, which leave out what is unset and so differ in shape."""
    source = log.source
    for locator, record in records:
        source.tally["rows"] += 1
        if not isinstance(record, dict):
            source.lose(locator, f"an object was expected, found {type(record).__name__}")
            continue
        row = _flat(record)
        columns = shape(tuple(row), row.get("_path", ""))
        if columns is None:
            source.tally["rows of other logs"] += 1
        else:
            yield from log.observations(locator, list(row.values()), columns, escaped=True)


def _records(source: Input, head: str) -> Iterator[tuple[str, object]]:
    """Yield (locator, record) for each line, or for each element of an array."""
    places: Iterator[tuple[str, str | msgspec.Raw]]
    if head[:1] == "[":
        try:
            elements = msgspec.json.decode(source.document(), type=list[msgspec.Raw])
        except _UNREADABLE as e:
            raise SourceError(f"not a readable array of log records: {e}") from e
        places = ((f"/{number}", raw) for number, raw in enumerate(elements))
    else:
        sought = wanted.of_objects(head)
        lines = source.sifted(sought) if sought else source.lines()
        places = ((f"line {number}", line) for number, line in lines if line.strip())
    decode = msgspec.json.Decoder().decode
    for locator, text in places:
        try:
            record = decode(text)
        except _UNREADABLE as e:
            source.tally["rows"] += 1
            source.lose(locator, str(e))
            continue
        yield locator, record


def _flat(record: dict[str, object]) -> dict[str, str]:
    """Give a record's known fields as cells; shippers nest "id.orig_h" into an object "id", and rename some."""
    row: dict[str, str] = {}
    pending: list[tuple[str, object, int]] = [(key, value, 0) for key, value in record.items()]
    for key, value, depth in pending:
        if isinstance(value, dict):
            if depth < DEPTH:
                pending += [(f"{key}.{name}", inner, depth + 1) for name, inner in value.items()]
            continue
        name = key if key in KNOWN else RENAMED.get(key, "")
        if not name:
            continue
        if isinstance(value, str):
            row[name] = value
        elif isinstance(value, list):
            row[name] = "\n".join(item for item in value if isinstance(item, str))
        elif isinstance(value, int | float):
            row[name] = str(value)
    return row
