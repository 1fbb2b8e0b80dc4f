# SPDX-License-Identifier: Apache-2.0
"""The names that Wazuh gives things on a machine, as those of its indexer, and which thing a row is by its names."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from debar.model.vocab import Kind

_NAME, _MAKER, _PATH, _PROCESS, _TEXT = Kind.NAME, Kind.PUBLISHER, Kind.PATH, Kind.PROCESS, Kind.TEXT


class Thing(msgspec.Struct, frozen=True):
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
    Thing("extensions of browsers", frozenset({"browser.name", "package.name"}), _EXTENSION, _NAMED, _VERSIONED),
    Thing("packages", frozenset({"package.name"}), _PACKAGE, _NAMED, _VERSIONED),
    Thing("services", frozenset({"service.id"}), _SERVICE, ("service.name", "service.id")),
    Thing("ports", frozenset({"source.port"}), {"process.name": _PROCESS}),
    Thing("processes", frozenset({"process.name", "process.pid"}), _PROGRAM, ("process.name",)),
    Thing(
        "agents",
        frozenset({"agent.id", "agent.name", "agent.host.ip", "registerIP"}),
        {"host.os.name": _NAME},
        version=("host.os.version",),
    ),
    Thing(
        "system", frozenset({"host.os.name"}), {"host.os.name": _NAME}, version=("host.os.version",), identity=_SYSTEM
    ),
    Thing("hardware", frozenset({"host.cpu.name"}), {"host.cpu.name": Kind.MODEL}, identity=_SERIAL),
    Thing("interfaces", frozenset({"host.mac"}), {}, identity={"host.mac": Kind.MAC}),
    Thing("addresses", frozenset({"network.ip"}), {}, identity={"network.ip": Kind.ADDRESS}),
)
"""What a row can be, by the indexer's names."""
OTHER = Thing("other rows", frozenset(), {})
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


@lru_cache(maxsize=1024)
def known(told: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], Thing]:
    """Give (name, name of the indexer) of a row's fields, and the first thing whose marks are all among them."""
    renamed = next((names for marks, names in _RENAMED if marks.issubset(told)), {})
    names = {name: renamed.get(name) or _ALIASES.get(name, name) for name in told}
    thing = next((thing for thing in _THINGS if thing.marks.issubset(names.values())), OTHER)
    return tuple(names.items()), thing
