# SPDX-License-Identifier: Apache-2.0
"""The tables of osquery: by which columns each is known, and what its columns say.

The names are those of https://osquery.io/schema; Fleet names its sources of software after them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import machines

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTS = ("host_hostname", "hostname", "host_display_name", "computer_name")
"""Columns that name the host of a row, the most telling first."""
PURLS = {
    "python_packages": "pypi",
    "npm_packages": "npm",
    "homebrew_packages": "brew",
    "chocolatey_packages": "chocolatey",
}
"""Tables whose names amount to a package URL, and of which type."""
_BUSES = {"usb_devices": "usb", "pci_devices": "pci"}
_TRANSPORTS = {"6": "tcp", "17": "udp", "132": "sctp"}
"""Numbers of protocols in the internet header (IANA), as table listening_ports gives them."""

_NAME, _PATH, _MODEL, _PUBLISHER, _TEXT = Kind.NAME, Kind.PATH, Kind.MODEL, Kind.PUBLISHER, Kind.TEXT
_USUAL = {
    "name": _NAME,
    "display_name": _NAME,
    "bundle_name": _NAME,
    "device_name": _NAME,
    "app_name": _NAME,
    "original_program_name": _NAME,
    "publisher": _PUBLISHER,
    "vendor": _PUBLISHER,
    "manufacturer": _PUBLISHER,
    "author": _PUBLISHER,
    "creator": _PUBLISHER,
    "maintainer": _PUBLISHER,
    "provider": _PUBLISHER,
    "homepage": Kind.REFERENCE_DOMAIN,
    "path": _PATH,
    "install_location": _PATH,
    "module_path": _PATH,
    "bundle_path": _PATH,
    "remediation_path": _PATH,
    "fragment_path": _PATH,
    "program": _PATH,
    "action": _PATH,
    "image": _PATH,
    "identifying_number": Kind.PRODUCT_CODE,
    "upgrade_code": Kind.PRODUCT_CODE,
    "bundle_identifier": Kind.BUNDLE,
    "package_id": Kind.BUNDLE,
    "team_identifier": Kind.TEAM_ID,
    "team": Kind.TEAM_ID,
    "subject_name": Kind.SIGNER,
    "authority": Kind.SIGNER,
    "service": Kind.SERVICE,
    "process_name": Kind.PROCESS,
    "remote_address": Kind.IP,
    "model": _MODEL,
    "hardware_model": _MODEL,
    "md5": Kind.HASH,
    "sha1": Kind.HASH,
    "sha256": Kind.HASH,
    "copyright": _TEXT,
    "info_string": _TEXT,
    "summary": _TEXT,
    "description": _TEXT,
}
"""What a column means in whichever table it stands, unless the table says otherwise."""
_INTERFACE = {"manufacturer": _PUBLISHER, "description": _NAME, "service": Kind.SERVICE}
_SYSTEM = {
    "hostname": Kind.HOSTNAME,
    "hardware_serial": Kind.SERIAL,
    "board_serial": Kind.SERIAL,
    "uuid": Kind.SERIAL,
    "hardware_vendor": _PUBLISHER,
    "hardware_model": _MODEL,
    "board_vendor": _PUBLISHER,
    "board_model": _MODEL,
}
_NEIGHBOUR = {"address": Kind.ADDRESS, "mac": Kind.MAC}
_ISSUER = {"issuer": Kind.TLS_ISSUER, "common_name": Kind.TLS_ISSUER}
_PCI = {"vendor": _PUBLISHER, "subsystem_vendor": _PUBLISHER, "model": _MODEL, "driver": Kind.DRIVER}
_PLUGIN = {"name": Kind.EXTENSION, "publisher": _PUBLISHER, "path": _PATH}
_HARDWARE, _RESIDUE, _RUNNING = Meaning.HARDWARE, Meaning.RESIDUE, Meaning.RUNNING
_SERVICES = frozenset({"services", "systemd_units"})
_STATES = ("status", "sub_state")
"""Columns of services that say whether they run."""


class Table(msgspec.Struct, frozen=True):
    """A table of osquery, known by columns that no other has together."""

    name: str
    marks: frozenset[str]
    columns: dict[str, Kind]
    """Columns that mean something else here than usual."""
    label: str = "name"
    meaning: Meaning = Meaning.INSTALLED
    is_all: bool = False
    """Whether no other column counts."""
    identity: dict[str, Kind] = {}
    """Columns that identify the machine itself."""


def _marks(columns: str) -> frozenset[str]:
    return frozenset(columns.split())


_TABLES = (
    Table(
        "system_info", _marks("hardware_serial hostname"), {"cpu_brand": _MODEL}, "cpu_brand", _HARDWARE, True, _SYSTEM
    ),
    Table(
        "interface_details", _marks("interface mac mtu"), _INTERFACE, "description", _HARDWARE, True, {"mac": Kind.MAC}
    ),
    Table("interface_addresses", _marks("interface address mask"), {}, is_all=True, identity={"address": Kind.ADDRESS}),
    Table("arp_cache", _marks("address mac interface"), _NEIGHBOUR, "address", _HARDWARE, True),
    Table("usb_devices", _marks("usb_address vendor_id"), {}, "model", _HARDWARE),
    Table("pci_devices", _marks("pci_slot vendor_id"), _PCI, "model", _HARDWARE, True),
    Table(
        "block_devices", _marks("block_size model"), {"vendor": _PUBLISHER, "model": _MODEL}, "model", _HARDWARE, True
    ),
    Table("platform_info", _marks("vendor volume_size"), {}, "vendor", _HARDWARE),
    Table("parts of hardware", _marks("manufacturer model"), {"name": _TEXT}, "model", _HARDWARE),
    Table(
        "memory_devices",
        _marks("manufacturer part_number"),
        {"manufacturer": _PUBLISHER, "part_number": _MODEL},
        "part_number",
        _HARDWARE,
        True,
    ),
    Table("disk_info", _marks("manufacturer hardware_model"), {"name": _TEXT}, "hardware_model", _HARDWARE),
    Table("users", _marks("username shell"), {}, is_all=True),
    Table(
        "sources of packages",
        _marks("base_uri release"),
        {"base_uri": Kind.REFERENCE_DOMAIN},
        "base_uri",
        _RESIDUE,
        True,
    ),
    Table(
        "sources of packages", _marks("baseurl gpgcheck"), {"baseurl": Kind.REFERENCE_DOMAIN}, "baseurl", _RESIDUE, True
    ),
    Table("deb_packages", _marks("maintainer version"), {"name": Kind.PACKAGE}),
    Table("rpm_packages", _marks("vendor arch version"), {"name": Kind.PACKAGE}),
    Table("portage_packages", _marks("package slot"), {"package": Kind.PACKAGE}, "package"),
    Table("python_packages", _marks("author directory summary"), {}),
    Table("npm_packages", _marks("author directory license"), {}),
    Table("homebrew_packages", _marks("name prefix version"), {}),
    Table("chocolatey_packages", _marks("author license summary"), {}),
    Table("vscode_extensions", _marks("publisher publisher_id"), _PLUGIN, is_all=True),
    Table("docker_containers", _marks("image image_id"), {"image": Kind.PURL, "name": _TEXT}, "image", is_all=True),
    Table("docker_images", _marks("tags size_bytes"), {"tags": Kind.PURL}, "tags", is_all=True),
    Table(
        "windows_security_products",
        _marks("signatures_up_to_date state"),
        {"state": Kind.HEALTH, "signatures_up_to_date": Kind.HEALTH},
    ),
    Table("services", _marks("service_type"), {"name": Kind.SERVICE}),
    Table("systemd_units", _marks("fragment_path"), {"id": Kind.SERVICE}, "id"),
    Table("drivers", _marks("device_id image"), {"image": Kind.DRIVER}, "device_name"),
    Table("kernel_modules", _marks("name used_by"), {"name": Kind.DRIVER}, meaning=_RUNNING, is_all=True),
    Table("kernel_extensions", _marks("name linked_against"), {"name": Kind.BUNDLE}, meaning=_RUNNING),
    Table("system_extensions", _marks("identifier team"), {"identifier": Kind.BUNDLE}, "identifier"),
    Table("launchd", _marks("program_arguments"), {"label": Kind.BUNDLE, "name": Kind.FILE}, "label"),
    Table("crontab", _marks("command minute"), {"command": Kind.CONFIG}, "command", _RESIDUE, True),
    Table("authenticode", _marks("subject_name"), {}, "path"),
    Table("signature", _marks("authority"), {"identifier": Kind.BUNDLE}, "path"),
    Table("certificates", _marks("common_name issuer"), _ISSUER, "common_name", _RESIDUE),
    Table("extensions of browsers", _marks("identifier name version"), {"identifier": Kind.EXTENSION}),
    Table("registry", _marks("key path"), {"key": Kind.REGISTRY, "path": Kind.REGISTRY}, "path", _RESIDUE),
    Table(
        "listening_ports",
        _marks("port protocol address"),
        {"name": Kind.PROCESS, "path": _PATH, "port": Kind.PORT},
        meaning=_RUNNING,
    ),
    Table("process_open_sockets", _marks("remote_address remote_port"), {"name": Kind.PROCESS}, meaning=_RUNNING),
    Table("processes", _marks("pid name"), {"name": Kind.PROCESS}, meaning=_RUNNING),
    Table("file", _marks("path filename"), {"filename": Kind.FILE}, "path", _RESIDUE),
    Table("hash", _marks("path sha256"), {}, "path", _RESIDUE),
)
_OTHER = Table("any other", frozenset(), {})
KNOWN = frozenset(_USUAL).union(
    ("version", "bundle_short_version", *_STATES, "interface", "vendor_id", "model_id", "protocol", "type"),
    HOSTS,
    *(table.marks.union(table.columns, table.identity) for table in _TABLES),
)


@lru_cache(maxsize=1024)
def table(columns: tuple[str, ...]) -> tuple[Table, dict[str, Kind]]:
    """Give the first table whose marks are all among the columns, and what those columns mean in it."""
    found = next((table for table in _TABLES if table.marks.issubset(columns)), _OTHER)
    kinds = found.columns if found.is_all else {**_USUAL, **found.columns}
    return found, {column: kinds[column] for column in columns if column in kinds}


def told(table: Table, kinds: dict[str, Kind], cells: dict[str, str]) -> Iterator[tuple[Meaning, list[Observable]]]:
    """Yield every cell that can betray a maker, what is there apart from whom it talks to."""
    found = machines.observables(kinds, cells)
    if bus := _BUSES.get(table.name):
        device = machines.on_bus(bus, cells.get("vendor_id", ""), cells.get("model_id", ""))
        found += [Observable(Kind.HARDWARE_ID, device)] if device else []
    elif table.name == "memory_devices":
        number = machines.of_module(cells.get("manufacturer", ""))
        found += [Observable(Kind.HARDWARE_ID, number)] if number else []
    elif table.name in PURLS and cells.get("name"):
        found.append(Observable(Kind.PURL, package_url(PURLS[table.name], cells["name"])))
    elif table.name.startswith("docker"):
        found = [o if o.kind is not Kind.PURL else Observable(Kind.PURL, _image_url(o.value)) for o in found]
    elif table.name == "interface_details":
        # Windows describes a card by its product, other systems say nothing or repeat its name.
        found = [o for o in found if o.kind is not _NAME or " " in o.value]
    elif table.name == "windows_security_products" and cells.get("type", "").lower() == "firewall":
        # A firewall that is on says nothing of the anti-virus product of the same name.
        found = [o for o in found if o.kind is not Kind.HEALTH]
    elif table.name == "listening_ports":
        transport = _TRANSPORTS.get(cells["protocol"], "")
        port = [Observable(Kind.PORT, f"{cells['port']}/{transport}")] if transport and cells["port"] != "0" else []
        found = [o for o in found if o.kind is not Kind.PORT] + port
    contacts = [o for o in found if o.kind is Kind.IP]
    if contacts:
        yield Meaning.SERVICE_USE, contacts
        found = [o for o in found if o.kind is not Kind.IP]
    if found:
        yield _meaning(table, cells, found), found


def _meaning(table: Table, cells: dict[str, str], found: list[Observable]) -> Meaning:
    """Give what a row says of its thing: whether it was left behind, is there, or is at work."""
    # dpkg keeps listing a package whose configuration was left behind
    if cells.get("status", "").endswith("config-files"):
        return _RESIDUE
    if table.name in _SERVICES and any(cells.get(name, "").lower() == "running" for name in _STATES):
        return _RUNNING
    if table.name == "listening_ports" and all(o.kind is Kind.PORT for o in found):
        return Meaning.INSTALLED  # something listens, which is not named
    return table.meaning


def package_url(kind: str, name: str) -> str:
    """Give a package URL; PyPI takes "_" for "-" and any case, a scope of npm begins with a sign of its own."""
    if kind == "pypi":
        name = name.lower().replace("_", "-")
    return f"pkg:{kind}/{name.replace('@', '%40')}"


def _image_url(tag: str) -> str:
    """Give the package URL of a container image without its version."""
    folder, slash, last = tag.partition(",")[0].partition("@")[0].rpartition("/")
    return f"pkg:docker/{folder}{slash}{last.partition(':')[0]}"
