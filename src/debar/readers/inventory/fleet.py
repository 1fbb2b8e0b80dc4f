# SPDX-License-Identifier: Apache-2.0
"""Fleet's software and hosts: answers of its API, and what fleetctl prints as JSON or YAML.

A software title without a host is on some machine of the fleet; Fleet names its sources of software
after the tables of osquery.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import encodings, records, yamltext
from debar.readers.machine import machines, osquery_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from debar.readers.inputs import Input

    Frame: TypeAlias = dict[str, Any]

VERSIONS = 4096
"""Versions of one title that are told apart; titles of large fleets have some hundred."""
_SOFTWARE = {
    "name": Kind.NAME,
    "display_name": Kind.NAME,
    "vendor": Kind.PUBLISHER,
    "bundle_identifier": Kind.BUNDLE,
    "application_id": Kind.APP_ID,
    "extension_id": Kind.EXTENSION,
    "upgrade_code": Kind.PRODUCT_CODE,
    "generated_cpe": Kind.CPE,
    "team_identifier": Kind.TEAM_ID,
    "installed_path": Kind.PATH,
    "executable_path": Kind.PATH,
    "hash_sha256": Kind.HASH,
    "executable_sha256": Kind.HASH,
}
_SYSTEM = {"os_version": Kind.NAME, "name": Kind.NAME, "name_only": Kind.NAME}
_HOST = {
    "hostname": Kind.HOSTNAME,
    "hardware_serial": Kind.SERIAL,
    "uuid": Kind.SERIAL,
    "primary_mac": Kind.MAC,
    "primary_ip": Kind.ADDRESS,
    "hardware_vendor": Kind.PUBLISHER,
    "hardware_model": Kind.MODEL,
}
_NAMES = ("hostname", "display_name", "computer_name", "display_text", "hardware_serial", "uuid")
_PACKAGES = frozenset({"deb_packages", "rpm_packages", "portage_packages", "pacman_packages"})
_LISTS = ("software", "software_titles", "software_title")
"""Where answers have software without its host."""
_NEVER = "0001"
"""Year that Fleet writes for a time that never was."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each version of a software on each host, each system, and at last each host."""
    known = machines.Machines()
    for locator, frame in _frames(source):
        yield from _framed(source, known, locator, frame)
    yield from known.told(source)


def _frames(source: Input) -> Iterator[tuple[str, Frame]]:
    """Yield the documents of the input; those of YAML are counted from 1."""
    head = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")
    if head.startswith(("{", "[")):
        yield from records.objects(source)
        return
    documents = yamltext.documents(bytes(source.document()).decode(errors="replace"))
    for number, document in enumerate(documents, 1):
        if isinstance(document, dict):
            yield f"document {number}", document
        elif document:
            source.lose(f"document {number}", f"an object was expected, found {type(document).__name__}")


def _framed(source: Input, known: machines.Machines, locator: str, frame: Frame) -> Iterator[Observation]:
    """Yield what one document tells, whichever answer it is."""
    within = f"{locator} " if locator and not locator.startswith("/") else locator
    spec, kind = frame.get("spec"), frame.get("kind")
    hosts = [(f"{within}/spec", spec)] if kind == "host" else []
    hosts += [(locator, frame)] if "hostname" in frame else []
    hosts += [(f"{within}/host", frame["host"])] if "host" in frame else []
    hosts += [(f"{within}/hosts/{at}", host) for at, host in enumerate(records.listed(frame.get("hosts")))]
    for place, host in hosts:
        if isinstance(host, dict):
            yield from _host(source, known, place, host)
        else:
            source.lose(place, f"a host was expected, found {type(host).__name__}")
    software = [(f"{within}/spec", spec)] if kind == "software" else []
    software += [(f"{within}/{name}", frame[name]) for name in _LISTS if name in frame and "hostname" not in frame]
    for place, value in software:
        yield from _all_software(source, place, value, source.asset)
    for at, system in enumerate(records.listed(frame.get("os_versions"))):
        yield from _system(source, f"{within}/os_versions/{at}", records.texts(system), source.asset)


def _host(source: Input, known: machines.Machines, locator: str, host: Frame) -> Iterator[Observation]:
    """Yield a host's system and software, and keep what identifies it."""
    source.tally["hosts"] += 1
    cells = records.texts(host)
    asset = machines.first(cells, _NAMES) or source.asset
    seen_at = _time(cells, ("detail_updated_at", "seen_time"))
    known.note(asset, locator, machines.observables(_HOST, cells), seen_at)
    if "os_version" in cells:
        yield from _system(source, locator, {"os_version": cells["os_version"]}, asset)
    if host.get("software") is not None:
        installed_at = _time(cells, ("software_updated_at", "detail_updated_at"))
        yield from _all_software(source, f"{locator}/software", host["software"], asset, installed_at)


def _system(source: Input, locator: str, cells: dict[str, str], asset: str) -> Iterator[Observation]:
    """Yield an operating system."""
    if found := machines.observables(_SYSTEM, cells):
        source.tally["systems"] += 1
        yield _observation(source, locator, asset, found, cells.get("version", ""), "")


def _all_software(source: Input, locator: str, value: object, asset: str, seen_at: str = "") -> Iterator[Observation]:
    """Yield each version of each software of a list; nothing for one that waits for its installation."""
    for at, software in enumerate(records.listed(value)):
        place = f"{locator}/{at}" if isinstance(value, list) else locator
        if not isinstance(software, dict):
            source.lose(place, f"an object was expected, found {type(software).__name__}")
            continue
        source.tally["software"] += 1
        cells = records.texts(software)
        versions = software.get("versions", software.get("installed_versions"))
        if cells.get("hosts_count") == "0" or versions == [] or (versions is None and "version" not in cells):
            source.tally["software on no host"] += 1
            continue
        for number, version in enumerate(records.listed(versions)[:VERSIONS] or [{}]):
            own = {**cells, **records.texts(version)}
            found = [*_observables(own, [software, version])]
            if found:
                name = f"{place}/versions/{number}" if versions else place
                yield _observation(source, name, asset, found, own.get("version", ""), seen_at)


def _observables(cells: dict[str, str], owners: list[Any]) -> Iterator[Observable]:
    """Yield every value of a software, or of one version of it, that can betray a maker."""
    found: dict[Observable, None] = {}
    origin, name = cells.get("source", ""), cells.get("name", "")
    for observable in machines.observables(_SOFTWARE, cells):
        is_package = observable.kind is Kind.NAME and origin in _PACKAGES
        found[Observable(Kind.PACKAGE, observable.value) if is_package else observable] = None
    if origin in osquery_tables.PURLS and name:
        found[Observable(Kind.PURL, osquery_tables.package_url(osquery_tables.PURLS[origin], name))] = None
    for owner in owners:
        if not isinstance(owner, dict):
            continue
        for signature in records.listed(owner.get("signature_information")):
            found |= dict.fromkeys(machines.observables(_SOFTWARE, records.texts(signature)))
        paths = owner.get("installed_paths")
        for path in paths if isinstance(paths, list) else []:
            if isinstance(path, str) and path.strip():
                found[Observable(Kind.PATH, path[: machines.VALUE])] = None
    yield from found


def _observation(
    source: Input, locator: str, asset: str, found: list[Observable], version: str, seen_at: str
) -> Observation:
    return Observation(
        source=source.id,
        locator=locator,
        asset=asset,
        label=found[0].value,
        version=version,
        medium=Medium.INVENTORY,
        meaning=Meaning.INSTALLED,
        observables=tuple(found),
        observed_at=seen_at,
    )


def _time(cells: dict[str, str], names: tuple[str, ...]) -> str:
    """Give the first time of these that ever was."""
    return next((cells[name] for name in names if name in cells and not cells[name].startswith(_NEVER)), "")
