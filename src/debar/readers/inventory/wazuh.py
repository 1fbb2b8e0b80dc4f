# SPDX-License-Identifier: Apache-2.0
"""Inventories that Wazuh collects: answers of its API, documents of its indexer, and events of its agents.

All of them carry the same things under three sets of names: nested ones of the indexer (package.name),
short ones of the API (name, format), and columns of the manager's database (os_name, board_serial). A
row says by its names which set and which thing it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import records
from debar.readers.machine import machines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from debar.readers.inputs import Input

    Cells: TypeAlias = dict[str, str]

DEPTH = 5
"""Levels of a document that are looked at: host.network.egress.bytes has four."""
_NAME, _MAKER, _PATH, _PROCESS, _TEXT = Kind.NAME, Kind.PUBLISHER, Kind.PATH, Kind.PROCESS, Kind.TEXT


class _Thing(msgspec.Struct, frozen=True):
    """One kind of row, known by names that no other has together."""

    name: str
    marks: frozenset[str]
    kinds: dict[str, Kind]
    label: tuple[str, ...] = ()
    version: tuple[str, ...] = ()
    identity: dict[str, Kind] = {}
    """Fields that identify the machine, rather than name something on it."""


_PACKAGE = {"package.name": _NAME, "package.vendor": _MAKER, "package.path": _PATH, "package.description": _TEXT}
_SERVICE = {
    "service.id": Kind.SERVICE,
    "service.name": _NAME,
    "process.executable": _PATH,
    "file.path": _PATH,
    "service.description": _TEXT,
}
_PROGRAM = {"process.name": _PROCESS, "process.command_line": _PATH}
_SYSTEM, _SERIAL = {"host.hostname": Kind.HOSTNAME}, {"host.serial_number": Kind.SERIAL}
_EXTENSION = {"package.id": Kind.EXTENSION, **_PACKAGE}
_NAMED, _VERSIONED = ("package.name",), ("package.version",)
_THINGS = (
    _Thing("extensions of browsers", frozenset({"browser.name", "package.name"}), _EXTENSION, _NAMED, _VERSIONED),
    _Thing("packages", frozenset({"package.name"}), _PACKAGE, _NAMED, _VERSIONED),
    _Thing("services", frozenset({"service.id"}), _SERVICE, ("service.name", "service.id")),
    _Thing("ports", frozenset({"source.port"}), {"process.name": _PROCESS}),
    _Thing("processes", frozenset({"process.name", "process.pid"}), _PROGRAM, ("process.name",)),
    _Thing(
        "agents",
        frozenset({"agent.id", "agent.name", "agent.host.ip", "registerIP"}),
        {"host.os.name": _NAME},
        version=("host.os.version",),
    ),
    _Thing(
        "system", frozenset({"host.os.name"}), {"host.os.name": _NAME}, version=("host.os.version",), identity=_SYSTEM
    ),
    _Thing("hardware", frozenset({"host.cpu.name"}), {"host.cpu.name": Kind.MODEL}, identity=_SERIAL),
    _Thing("interfaces", frozenset({"host.mac"}), {}, identity={"host.mac": Kind.MAC}),
    _Thing("addresses", frozenset({"network.ip"}), {}, identity={"network.ip": Kind.ADDRESS}),
)
"""What a row can be, by the indexer's names."""
_OTHER = _Thing("other rows", frozenset(), {})
_RENAMED: tuple[tuple[frozenset[str], dict[str, str]], ...] = (
    (frozenset({"id", "name", "registerIP"}), {"id": "agent.id", "name": "agent.name", "ip": "agent.host.ip"}),
    (frozenset({"name", "format"}), {"name": "package.name", "location": "package.path"}),
    (frozenset({"name", "pid"}), {"name": "process.name", "pid": "process.pid", "cmd": "process.command_line"}),
    (frozenset({"mac", "mtu"}), {"mac": "host.mac", "name": "interface.name"}),
    (frozenset({"iface", "address"}), {"iface": "interface.name", "address": "network.ip"}),
    (frozenset({"browser_name", "package_name"}), {"browser_name": "browser.name", "package_id": "package.id"}),
)
"""Names of the API and the database that mean something only beside others, as those of the indexer."""
_ALIASES = {
    "agent_info.agent_ip": "agent.host.ip",
    "agent_info.agent_name": "agent.name",
    "board_serial": "host.serial_number",
    "cpu.name": "host.cpu.name",
    "cpu_name": "host.cpu.name",
    "description": "package.description",
    "format": "package.type",
    "hostname": "host.hostname",
    "local.port": "source.port",
    "local_port": "source.port",
    "os.name": "host.os.name",
    "os.version": "host.os.version",
    "os_name": "host.os.name",
    "os_version": "host.os.version",
    "package_description": "package.description",
    "package_name": "package.name",
    "package_path": "package.path",
    "package_vendor": "package.vendor",
    "package_version": "package.version",
    "process": "process.name",
    "protocol": "network.transport",
    "remote.ip": "destination.ip",
    "remote_ip": "destination.ip",
    "state": "interface.state",
    "vendor": "package.vendor",
    "version": "package.version",
}
"""Names of the API and the database that mean the same wherever they stand."""
_TIMES = ("state.modified_at", "scan.time", "scan_time", "timestamp", "@timestamp")
_REMOVED = frozenset({"delete", "deleted"})
# Formats of syscollector whose names are those of packages, and those that a package URL names.
_PACKAGED = frozenset({"deb", "rpm", "pacman", "apk", "snap", "macports", "solaris"})
_PURLS = {"pypi": "pypi", "npm": "npm"}
_BUNDLE = re.compile(r"[A-Za-z][\w-]*(?:\.[\w-]+){2,}")


class _Row(msgspec.Struct):
    """One row and what its frame says of it."""

    locator: str
    value: Any
    agent: str = ""
    is_removed: bool = False


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each thing on a machine in file order, and at last one for each machine."""
    known = machines.Machines()
    for row in _rows(source):
        if not isinstance(row.value, dict):
            source.lose(row.locator, f"an object was expected, found {type(row.value).__name__}")
            continue
        if row.is_removed:
            source.tally["removed rows"] += 1
            continue
        raw = _flat(row.value)
        names, thing = _known(tuple(raw))
        cells = {name: raw[told] for told, name in names}
        source.tally[thing.name] += 1
        asset = row.agent or machines.first(cells, ("agent.name", "host.hostname")) or source.asset
        seen_at = machines.first(cells, _TIMES).replace("/", "-").replace(" ", "T", 1)
        known.note(asset, row.locator, _identity(thing, cells), seen_at)
        for meaning, found in _told(thing, cells):
            yield Observation(
                source=source.id,
                locator=row.locator,
                asset=asset,
                label=machines.first(cells, thing.label) or found[0].value,
                version=machines.first(cells, thing.version),
                medium=Medium.INVENTORY,
                meaning=meaning,
                observables=tuple(dict.fromkeys(found)),
                observed_at=seen_at,
            )
    yield from known.told(source)


def _rows(source: Input) -> Iterator[_Row]:
    """Yield the rows of each document, whichever frame it has."""
    for place, frame in records.objects(source):
        within = f"{place} " if place.startswith("line") else place
        data, hits = frame.get("data"), frame.get("hits")
        if isinstance(data, dict) and isinstance(items := data.get("affected_items"), list):
            yield from _answered(f"{within}/data/affected_items", items)
        elif isinstance(hits, dict) and isinstance(found := hits.get("hits"), list):
            yield from (_Row(f"{within}/hits/hits/{at}", _source_of(hit)) for at, hit in enumerate(found))
        elif isinstance(values := frame.get("data_values"), list):
            agent = _text(frame.get("Start"), "hostname")
            yield from _sent(f"{within}/data_values", values, "payload", agent)
            yield from _sent(f"{within}/data_context", records.listed(frame.get("data_context")), "payload", agent)
        elif isinstance(items := frame.get("items"), list):
            yield from _sent(f"{within}/items", items, "data", _hostname(items))
        elif isinstance(data, dict) and ("type" in frame or "data_type" in frame):
            yield _Row(
                place, data.get("attributes", data), _text(frame.get("agent_info"), "agent_name"), _is_removal(frame)
            )
        else:
            yield _Row(place, _source_of(frame))


def _answered(within: str, items: list[Any]) -> Iterator[_Row]:
    """Yield the rows of an answer of the API; one about many agents tells them apart by number only."""
    is_of_many = len({_text(item, "agent_id") for item in items} - {""}) > 1
    name = "" if is_of_many else next(filter(None, (_text(item, "hostname") for item in items)), "")
    for at, item in enumerate(items):
        number = _text(item, "agent_id") if is_of_many else ""
        yield _Row(f"{within}/{at}", item, f"agent {number}" if number else name)


def _sent(within: str, items: list[Any], field: str, agent: str) -> Iterator[_Row]:
    """Yield the rows of a message of one agent."""
    for at, item in enumerate(items):
        value = item.get(field) if isinstance(item, dict) else item
        yield _Row(f"{within}/{at}", value, agent, isinstance(item, dict) and _is_removal(item))


def _is_removal(frame: dict[str, Any]) -> bool:
    return _text(frame, "operation").lower() in _REMOVED


def _source_of(hit: object) -> object:
    """Give the document of a hit; one that stands by itself is itself."""
    return hit["_source"] if isinstance(hit, dict) and isinstance(hit.get("_source"), dict) else hit


def _hostname(items: list[Any]) -> str:
    """Give the host name that one of the rows of an agent tells."""
    payloads = (item.get("data") for item in items if isinstance(item, dict))
    return next(
        (name for data in payloads if isinstance(data, dict) and (name := _text(data.get("host"), "hostname"))), ""
    )


def _text(owner: object, name: str) -> str:
    value = owner.get(name) if isinstance(owner, dict) else ""
    return value if isinstance(value, str) else ""


def _flat(document: dict[str, Any]) -> Cells:
    """Give the scalar fields under names with dots; several values of one field are separated by blanks."""
    cells: Cells = {}
    level = [("", document)]
    for _ in range(DEPTH):
        deeper: list[tuple[str, dict[str, Any]]] = []
        for prefix, owner in level:
            for name, value in owner.items():
                if isinstance(value, dict):
                    deeper.append((f"{prefix}{name}.", value))
                elif isinstance(value, list):
                    cells[prefix + name] = " ".join(
                        part for part in value[: machines.IDENTIFIERS] if isinstance(part, str)
                    )
                elif isinstance(value, str | int | float) and not isinstance(value, bool):
                    cells[prefix + name] = str(value)
        level = deeper
    return cells


@lru_cache(maxsize=1024)
def _known(told: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], _Thing]:
    """Give (name, name of the indexer) of a row's fields, and the first thing whose marks are all among them."""
    renamed = next((names for marks, names in _RENAMED if marks.issubset(told)), {})
    names = {name: renamed.get(name) or _ALIASES.get(name, name) for name in told}
    thing = next((thing for thing in _THINGS if thing.marks.issubset(names.values())), _OTHER)
    return tuple(names.items()), thing


def _identity(thing: _Thing, cells: Cells) -> list[Observable]:
    """Give what a row says of the machine's own identity."""
    found = machines.observables({"agent.name": Kind.HOSTNAME}, cells)
    kinds = {"agent.host.ip": Kind.ADDRESS, **thing.identity}
    if machines.is_internal(cells.get("interface.name", "")):
        return found
    for field, kind in kinds.items():
        values = [cells.get(field, "")] if kind is Kind.SERIAL else cells.get(field, "").split()
        for value in values:
            found += machines.observables({field: kind}, {field: value})
    return found


def _told(thing: _Thing, cells: Cells) -> Iterator[tuple[Meaning, list[Observable]]]:
    """Yield every value of a row that can betray a maker, what is there apart from whom it talks to."""
    found = machines.observables(thing.kinds, cells)
    if thing.name == "packages":
        found = _of_package(found, cells.get("package.type", ""))
    if thing.name == "ports":
        if contacts := [
            Observable(Kind.IP, ip) for ip in cells.get("destination.ip", "").split() if machines.address(ip)
        ]:
            yield Meaning.SERVICE_USE, contacts
        if cells.get("interface.state") == "listening":
            transport = cells.get("network.transport", "tcp").rstrip("6")
            found.append(Observable(Kind.PORT, f"{cells['source.port']}/{transport}"))
    if found:
        yield Meaning.HARDWARE if thing.name == "hardware" else Meaning.INSTALLED, found


def _of_package(found: list[Observable], form: str) -> list[Observable]:
    """Give the same as what the package's format makes of it."""
    kept: list[Observable] = []
    for o in found:
        if o.kind is _NAME and form in _PACKAGED:
            kept.append(Observable(Kind.PACKAGE, o.value))
        elif o.kind is _NAME and form in _PURLS:
            name = o.value.lower().replace("_", "-") if form == "pypi" else o.value
            kept += [o, Observable(Kind.PURL, f"pkg:{_PURLS[form]}/{name}")]
        elif o.kind is _TEXT and form == "pkg" and _BUNDLE.fullmatch(o.value):
            kept.append(Observable(Kind.BUNDLE, o.value))  # on macOS the description is the bundle's identifier
        else:
            kept.append(o)
    return kept
