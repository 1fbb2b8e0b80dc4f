# SPDX-License-Identifier: Apache-2.0
"""Inventories that Wazuh collects: answers of its API, documents of its indexer, and events of its agents.

All of them carry the same things under three sets of names: nested ones of the indexer (package.name),
short ones of the API (name, format), and columns of the manager's database (os_name, board_serial). A
row says by its names which set and which thing it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import identifiers, records
from debar.readers.machine import machines, wazuh_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from debar.readers.inputs import Input

    Cells: TypeAlias = dict[str, str]

DEPTH = 5
"""Levels of a document that are looked at: host.network.egress.bytes has four."""
_NAME, _TEXT = Kind.NAME, Kind.TEXT


_TIMES = ("state.modified_at", "scan.time", "scan_time", "timestamp", "@timestamp")
_STATES = ("service.state", "service.sub_state")
"""Fields that say of a service whether it runs; systemd tells it in the second."""
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
        names, thing = wazuh_names.known(tuple(raw))
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


def _identity(thing: wazuh_names.Thing, cells: Cells) -> list[Observable]:
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


def _told(thing: wazuh_names.Thing, cells: Cells) -> Iterator[tuple[Meaning, list[Observable]]]:
    """Yield every value of a row that can betray a maker, what is there apart from whom it talks to."""
    found = machines.observables(thing.kinds, cells)
    if thing.name == "packages":
        found = _of_package(found, cells.get("package.type", ""))
    if thing.name == "ports":
        if contacts := [
            Observable(Kind.IP, ip) for ip in cells.get("destination.ip", "").split() if identifiers.own_address(ip)
        ]:
            yield Meaning.SERVICE_USE, contacts
        if cells.get("interface.state") == "listening":
            transport = cells.get("network.transport", "tcp").rstrip("6")
            found.append(Observable(Kind.PORT, f"{cells['source.port']}/{transport}"))
    if found:
        yield _meaning(thing, cells, found), found


def _meaning(thing: wazuh_names.Thing, cells: Cells, found: list[Observable]) -> Meaning:
    """Give what a row says of its thing: a device, something that is there, or something at work."""
    if thing.name == "hardware":
        return Meaning.HARDWARE
    is_program = thing.name in {"ports", "processes"} and any(o.kind is Kind.PROCESS for o in found)
    is_service = thing.name == "services" and any(cells.get(name, "").lower() == "running" for name in _STATES)
    return Meaning.RUNNING if is_program or is_service else Meaning.INSTALLED


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
