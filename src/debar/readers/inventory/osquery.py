# SPDX-License-Identifier: Apache-2.0
"""Results of osquery: arrays of rows, logs by the line, and live-query exports of a fleet.

Which table a row came from is seldom said, so it is told from the row's columns.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components, encodings, places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_BLANK = frozenset({"", "-"})
_SCALAR = frozenset({str, int, float})
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)
_HOSTS = ("host_hostname", "hostname", "host_display_name", "computer_name")


_USUAL = {
    "name": Kind.NAME,
    "display_name": Kind.NAME,
    "bundle_name": Kind.NAME,
    "device_name": Kind.NAME,
    "original_program_name": Kind.NAME,
    "publisher": Kind.PUBLISHER,
    "vendor": Kind.PUBLISHER,
    "manufacturer": Kind.PUBLISHER,
    "author": Kind.PUBLISHER,
    "creator": Kind.PUBLISHER,
    "maintainer": Kind.PUBLISHER,
    "provider": Kind.PUBLISHER,
    "homepage": Kind.REFERENCE_DOMAIN,
    "path": Kind.PATH,
    "install_location": Kind.PATH,
    "module_path": Kind.PATH,
    "fragment_path": Kind.PATH,
    "program": Kind.PATH,
    "action": Kind.PATH,
    "image": Kind.PATH,
    "identifying_number": Kind.PRODUCT_CODE,
    "bundle_identifier": Kind.BUNDLE,
    "package_id": Kind.BUNDLE,
    "team_identifier": Kind.TEAM_ID,
    "subject_name": Kind.SIGNER,
    "authority": Kind.SIGNER,
    "service": Kind.SERVICE,
    "process_name": Kind.PROCESS,
    "remote_address": Kind.IP,
    "md5": Kind.HASH,
    "sha1": Kind.HASH,
    "sha256": Kind.HASH,
    "copyright": Kind.TEXT,
    "info_string": Kind.TEXT,
    "summary": Kind.TEXT,
    "description": Kind.TEXT,
}
"""What a column means in whichever table it stands, unless the table says otherwise."""
# Looking up a member of an enumeration costs as much as making an observable.
_PUBLISHER, _REFERENCE, _PATH, _DRIVER = Kind.PUBLISHER, Kind.REFERENCE_DOMAIN, Kind.PATH, Kind.DRIVER
_CERTIFICATE = {"issuer": Kind.TLS_ISSUER, "common_name": Kind.TLS_ISSUER}
_REGISTRY = {"key": Kind.REGISTRY, "path": Kind.REGISTRY}


class _Table(msgspec.Struct, frozen=True):
    """A table of osquery, known by columns that no other has together."""

    name: str
    marks: frozenset[str]
    columns: dict[str, Kind]
    """Columns that mean something else here than usual."""
    label: str = "name"
    meaning: Meaning = Meaning.INSTALLED


_TABLES = (
    _Table("deb_packages", frozenset({"maintainer", "version"}), {"name": Kind.PACKAGE}),
    _Table("rpm_packages", frozenset({"vendor", "arch", "version"}), {"name": Kind.PACKAGE}),
    _Table("services", frozenset({"service_type"}), {"name": Kind.SERVICE}),
    _Table("systemd_units", frozenset({"fragment_path"}), {"id": Kind.SERVICE}, "id"),
    _Table("drivers", frozenset({"device_id", "image"}), {"image": Kind.DRIVER}, "device_name"),
    _Table("launchd", frozenset({"program_arguments"}), {"label": Kind.BUNDLE, "name": Kind.FILE}, "label"),
    _Table("authenticode", frozenset({"subject_name"}), {}, "path"),
    _Table("signature", frozenset({"authority"}), {"identifier": Kind.BUNDLE}, "path"),
    _Table("certificates", frozenset({"common_name", "issuer"}), _CERTIFICATE, "common_name", Meaning.RESIDUE),
    _Table("extensions of browsers", frozenset({"identifier", "name", "version"}), {"identifier": Kind.EXTENSION}),
    _Table("registry", frozenset({"key", "path"}), _REGISTRY, "path", Meaning.RESIDUE),
    _Table("processes", frozenset({"pid", "name"}), {"name": Kind.PROCESS}),
    _Table("file", frozenset({"path", "filename"}), {"filename": Kind.FILE}, "path", Meaning.RESIDUE),
    _Table("hash", frozenset({"path", "sha256"}), {}, "path", Meaning.RESIDUE),
)
_OTHER = _Table("any other", frozenset(), {})
_KNOWN = frozenset(_USUAL).union(
    ("version", "bundle_short_version", "status"), _HOSTS, *(table.marks.union(table.columns) for table in _TABLES)
)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each row that is present on a host, in file order; removed rows are counted only."""
    home = places.folder(source.path)
    for locator, entry in _entries(source):
        if not isinstance(entry, dict):
            source.lose(locator, f"an object was expected, found {type(entry).__name__}")
            continue
        host, seen_at = _host(entry), _instant(entry)
        for place, row in _rows(source, locator, entry):
            if not isinstance(row, dict):
                source.lose(place, f"a row was expected, found {type(row).__name__}")
                continue
            source.tally["rows"] += 1
            cells = {key: str(value) for key, value in row.items() if key in _KNOWN and type(value) in _SCALAR}
            table, columns = _table(tuple(cells))
            if found := tuple(_observables(columns, cells)):
                yield Observation(
                    source=source.id,
                    locator=place,
                    asset=host or _first(cells, _HOSTS) or home,
                    label=cells.get(table.label) or found[0].value,
                    version=cells.get("version") or cells.get("bundle_short_version", ""),
                    medium=Medium.INVENTORY,
                    # dpkg keeps listing a package whose configuration was left behind
                    meaning=Meaning.RESIDUE if cells.get("status", "").endswith("config-files") else table.meaning,
                    observables=found,
                    observed_at=seen_at,
                )


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


@lru_cache(maxsize=1024)
def _table(columns: tuple[str, ...]) -> tuple[_Table, tuple[tuple[str, Kind], ...]]:
    """Give the first table whose marks are all among the columns, and what those columns mean in it."""
    table = next((table for table in _TABLES if table.marks.issubset(columns)), _OTHER)
    kinds = {**_USUAL, **table.columns}
    return table, tuple((column, kinds[column]) for column in columns if column in kinds)


def _observables(columns: tuple[tuple[str, Kind], ...], cells: dict[str, str]) -> Iterator[Observable]:
    """Yield every cell that can betray a maker."""
    for column, kind in columns:
        value = cells[column]
        if value in _BLANK:
            continue
        if kind is _PUBLISHER:
            yield from components.maker(value)
        elif kind is _REFERENCE:
            yield from components.reference(value)
        elif kind is _PATH:
            # A service's path may be a command line: the program in quotation marks, then options.
            yield Observable(kind, value[1:].partition('"')[0] if value[0] == '"' else value)
        elif kind is _DRIVER:
            yield Observable(kind, re.split(r"[/\\]", value)[-1])
            yield Observable(_PATH, value)
        else:
            yield Observable(kind, value)


def _host(entry: dict[str, Any]) -> str:
    """Give the host of a log entry; one known by its UUID only in the log is called by its name if that is there."""
    decorations = entry.get("decorations")
    named = {**entry, **decorations} if isinstance(decorations, dict) else entry
    identifier = _first(named, ("hostIdentifier", "host_identifier"))
    if identifier and not _UUID.fullmatch(identifier):
        return identifier
    return _first(named, _HOSTS) or identifier or (_first(named, ("host",)) if "rows" in entry else "")


def _first(row: dict[str, Any], names: tuple[str, ...]) -> str:
    """Give the first text that is there under one of these names."""
    return next((value for name in names if isinstance(value := row.get(name), str) and value not in _BLANK), "")


def _instant(entry: dict[str, Any]) -> str:
    """Give the time of a log entry in UTC, or nothing."""
    try:
        return datetime.fromtimestamp(int(entry["unixTime"]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        pass
    try:
        return (
            datetime.strptime(entry["calendarTime"], "%a %b %d %H:%M:%S %Y UTC")
            .replace(tzinfo=UTC)
            .strftime("%Y-%m-%dT%H:%M:%SZ")
        )
    except (KeyError, TypeError, ValueError):
        return ""
