# SPDX-License-Identifier: Apache-2.0
"""Details of packages as package managers print them: rpm -qi, dnf info, zypper info and pacman -Qi."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.databases.installations import Shelf, made_by, source_package
from debar.readers.databases.stanzas import stanzas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_BLANK = frozenset({"", "(none)", "None", "Unknown Packager"})
_SOURCES = ("source rpm", "source", "source package")
_MAKERS = ("vendor", "packager")
_ADDRESSES = ("url", "bug url", "vcs")
_PROSE = ("summary", "description")
# rpm before 4.8 prints two fields on a line.
_SECOND = re.compile(r"[ \t]{2,}(Relocations|Vendor|Build Date|Build Host|Source RPM|License)[ \t]*: ?(.*)")
_KEY = "gpg-pubkey"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package that is installed, in file order."""
    shelf = Shelf(source)
    for number, printed in stanzas(source, "name"):
        fields = _fields(printed)
        name = fields.get("name", "")
        if not name:
            source.lose(f"line {number}", "a package without a name")
        elif not _is_installed(fields):
            source.tally["packages not installed"] += 1
        else:
            is_key = name == _KEY
            source.tally["keys" if is_key else "packages"] += 1
            meaning = Meaning.RESIDUE if is_key else Meaning.INSTALLED
            yield shelf.installed(f"line {number}", name, _version(fields), _observables(name, fields), meaning)


def _fields(printed: dict[str, str]) -> dict[str, str]:
    """Give the fields that hold something, those that stand second on a line among them."""
    fields = dict[str, str]()
    for name, value in printed.items():
        second = _SECOND.search(value)
        if second:
            fields.setdefault(second[1].lower(), second[2].strip())
        fields[name] = value[: second.start()].strip() if second else value
    return {name: value for name, value in fields.items() if value not in _BLANK}


def _is_installed(fields: dict[str, str]) -> bool:
    """Tell by what zypper, dnf and yum say of where a package is; rpm and pacman are only asked for what is installed."""
    if "installed" in fields:
        return not fields["installed"].lower().startswith("no")
    if "from repo" in fields or "from repository" in fields:
        return True
    place = fields.get("repository") or fields.get("repo") or "@"
    return place.startswith("@") or place == "installed"


def _version(fields: dict[str, str]) -> str:
    epoch = f"{fields['epoch']}:" if fields.get("epoch", "0") != "0" else ""
    return epoch + "-".join(fields[key] for key in ("version", "release") if key in fields)


def _observables(name: str, fields: dict[str, str]) -> Iterator[Observable]:
    """Yield every value of a package that can betray its maker."""
    yield Observable(Kind.PACKAGE, name)
    for key in _SOURCES:
        yield from source_package(fields.get(key, ""))
    for key in _MAKERS:
        yield from made_by(fields.get(key, ""))
    for key in _ADDRESSES:
        yield from components.reference(fields.get(key, ""))
    yield from components.prose(*(fields[key] for key in _PROSE if key in fields))
