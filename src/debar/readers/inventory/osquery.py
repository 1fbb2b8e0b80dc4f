# SPDX-License-Identifier: Apache-2.0
"""Results of osquery: arrays of rows, logs by the line, and live-query exports of a fleet.

Which table a row came from is seldom said, so it is told from the row's columns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observation
from debar.model.vocab import Kind, Medium
from debar.readers import encodings, instants, places
from debar.readers.machine import machines, osquery_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable
    from debar.readers.inputs import Input

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_BLANK = frozenset({"", "-"})
_CLOCK = len("2000-01-01T00:00:00")
_SCALAR = frozenset({str, int, float})
_DECORATED = {
    **dict.fromkeys(osquery_tables.HOSTS, Kind.HOSTNAME),
    "host_uuid": Kind.SERIAL,
    "hardware_uuid": Kind.SERIAL,
    "uuid": Kind.SERIAL,
    "hardware_serial": Kind.SERIAL,
    "serial_number": Kind.SERIAL,
}
"""What decorations say of the machine; by the same names configurations of osquery and of Fleet have them."""
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row that is present on a host, in file order, and at last one for each machine.

    Removed rows are counted only.
    """
    home = places.folder(source.path)
    known = machines.Machines()
    met: set[str] = set()
    for locator, entry in _entries(source):
        if not isinstance(entry, dict):
            source.lose(locator, f"an object was expected, found {type(entry).__name__}")
            continue
        host, seen_at = _host(entry), _instant(entry)
        if host and len(met) < machines.MACHINES and host not in met:
            met.add(host)
            known.note(host, locator, _identity(entry), seen_at)
        for place, row in _rows(source, locator, entry):
            if not isinstance(row, dict):
                source.lose(place, f"a row was expected, found {type(row).__name__}")
                continue
            source.tally["rows"] += 1
            cells = {
                key: str(value) for key, value in row.items() if key in osquery_tables.KNOWN and type(value) in _SCALAR
            }
            table, kinds = osquery_tables.table(tuple(cells))
            asset = host or _first(cells, osquery_tables.HOSTS) or home
            if table.identity and not machines.is_internal(cells.get("interface", "")):
                known.note(asset, place, machines.observables(table.identity, cells), seen_at)
            for meaning, found in osquery_tables.told(table, kinds, cells):
                yield Observation(
                    source=source.id,
                    locator=place,
                    asset=asset if table.name != "arp_cache" else found[0].value,
                    label=cells.get(table.label) or found[0].value,
                    version=cells.get("version") or cells.get("bundle_short_version", ""),
                    medium=Medium.INVENTORY,
                    meaning=meaning,
                    observables=tuple(found),
                    observed_at=seen_at,
                )
    yield from known.told(source)


def _entries(source: Input) -> Iterator[tuple[str, Any]]:
    """Yield (locator, log entry or row): of an array or one object as a whole, of a log line by line."""
    head = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")
    first, newline, _ = head.partition("\n")
    places: Iterator[tuple[str, str | msgspec.Raw]]
    try:
        if head.startswith("["):
            elements = msgspec.json.decode(source.document(), type=list[msgspec.Raw])
            places = ((f"/{number}", raw) for number, raw in enumerate(elements))
        elif newline and not first.rstrip().endswith("}"):
            places = iter([("/", msgspec.Raw(source.document()))])
        else:
            places = ((f"line {number}", line) for number, line in source.lines() if line.strip())
    except _UNREADABLE as e:
        raise SourceError(f"not a readable array of rows: {e}") from e
    for locator, text in places:
        try:
            entry = msgspec.json.decode(text)
        except _UNREADABLE as e:
            source.lose(locator, str(e))
            continue
        yield locator, entry


def _rows(source: Input, locator: str, entry: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield (locator, row) of the rows that are present according to one log entry; a bare row is itself."""
    if isinstance(columns := entry.get("columns"), dict):
        if entry.get("action") == "removed":
            source.tally["removed rows"] += 1
        else:
            yield locator, columns
        return
    batch = entry.get("diffResults")
    if not ("diffResults" in entry or "snapshot" in entry or isinstance(entry.get("rows"), list)):
        yield locator, entry
        return
    within = f"{locator} " if locator.startswith("line") else locator.rstrip("/")
    lists = {"snapshot": entry.get("snapshot"), "rows": entry.get("rows")}
    if isinstance(batch, dict):
        lists["diffResults/added"] = batch.get("added")
        removed = batch.get("removed")
        source.tally["removed rows"] += len(removed) if isinstance(removed, list) else 0
    for name, rows in lists.items():
        # An empty result is written as an empty text.
        if isinstance(rows, list):
            yield from ((f"{within}/{name}/{number}", row) for number, row in enumerate(rows))


def _host(entry: dict[str, Any]) -> str:
    """Give the host of a log entry; one known by its UUID only in the log is called by its name if that is there."""
    decorations = entry.get("decorations")
    named = {**entry, **decorations} if isinstance(decorations, dict) else entry
    identifier = _first(named, ("hostIdentifier", "host_identifier"))
    if identifier and not _UUID.fullmatch(identifier):
        return identifier
    return _first(named, osquery_tables.HOSTS) or identifier or (_first(named, ("host",)) if "rows" in entry else "")


def _identity(entry: dict[str, Any]) -> list[Observable]:
    """Give what decorations say of the machine, which may stand beside the fields of a log entry; a name alone says nothing new."""
    decorations = entry.get("decorations")
    named = decorations if isinstance(decorations, dict) else entry if "hostIdentifier" in entry else {}
    cells = {name: value for name in _DECORATED if isinstance(value := named.get(name), str)}
    found = machines.observables(_DECORATED, cells)
    return found if any(o.kind is Kind.SERIAL for o in found) else []


def _first(row: dict[str, Any], names: tuple[str, ...]) -> str:
    """Give the first text that is there under one of these names."""
    return next((value for name in names if isinstance(value := row.get(name), str) and value not in _BLANK), "")


def _instant(entry: dict[str, Any]) -> str:
    """Give the time of a log entry in UTC, or nothing."""
    seconds, clock = entry.get("unixTime"), entry.get("calendarTime")
    if written := instants.epoch(seconds) if isinstance(seconds, str | int) else "":
        return written
    # "Mon Sep  2 17:15:20 2024 UTC"
    written = instants.instant(clock.removesuffix(" UTC")) if isinstance(clock, str) else ""
    return f"{written}Z" if len(written) == _CLOCK else ""
