# SPDX-License-Identifier: Apache-2.0
"""Metadata of Python packages, as pip and setuptools leave it beside each that is installed: METADATA and PKG-INFO."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab import Meaning, Medium
from debar.readers import components
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

HEADER = 1 << 18
"""Characters of the header that are looked at; some old packages carry their whole manual in it."""
LINES = 20_000
"""Lines of the header that are looked at."""
_MAKERS = ("author", "maintainer")
_MAILS = ("author-email", "maintainer-email")
_URLS = ("home-page", "download-url")
_NAMED_URL = "project-url"
_WANTED = frozenset({"name", "version", "summary", _NAMED_URL, *_MAKERS, *_MAILS, *_URLS})
_BETWEEN_PEOPLE = re.compile(r"[,;]\s*(?=[^,;<>@]*<|[^,;<>@\s]+@)")
"""Several people stand in one field, each with an address of mail; a name may have a comma of its own."""
_UNKNOWN = "UNKNOWN"
"""What old setuptools write for a field that was not given."""


def read(source: Input) -> Iterator[Observation]:
    """Yield the package that the metadata is of."""
    header = bytes(source.document()[: HEADER * 4]).decode(errors="replace")[:HEADER]
    fields = _fields(header)
    source.tally["packages"] += 1
    name = dependencies.scalar(next(iter(fields.get("name", ())), ""))
    if not name:
        source.lose("line 1", "a package without a name")
        return
    listing = dependencies.Listing(source, source.asset, Medium.PACKAGES, Meaning.INSTALLED)
    version = dependencies.scalar(next(iter(fields.get("version", ())), ""))
    yield listing.package("line 1", name, version, [*dependencies.python(name), *_makers(fields)])


def _fields(header: str) -> dict[str, list[str]]:
    """Give the wanted fields by their names in small letters; the description after the blank line is no field."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    lines = header.lstrip("\ufeff\r\n").split("\n", LINES)[:LINES]
    for line in lines:
        if not line or line == "\r":
            break
        if line[0] in " \t":
            if values:
                values[-1] += " " + line.strip().removeprefix("|").strip()
            continue
        name, _, value = line.partition(":")
        name = name.lower()
        values = fields.setdefault(name, []) if name in _WANTED else []
        value = value.strip()
        if name in _WANTED and value != _UNKNOWN:
            values.append(value)
    return fields


def _makers(fields: dict[str, list[str]]) -> Iterator[Observable]:
    """Yield every value besides the name that can betray the package's maker."""
    for field in _MAKERS:
        for value in fields.get(field, ()):
            yield from components.maker(value)
    for field in _MAILS:
        for value in fields.get(field, ()):
            for person in _BETWEEN_PEOPLE.split(value[: dependencies.LONGEST])[: dependencies.PEOPLE]:
                yield from dependencies.people(person) if "<" in person else components.contact(person)
    for field in _URLS:
        for value in fields.get(field, ()):
            yield from components.reference(value[: dependencies.LONGEST])
    for value in fields.get(_NAMED_URL, ())[: dependencies.PEOPLE]:
        yield from components.reference(
            value[: dependencies.LONGEST].rpartition(",")[2].strip()
        )  # "Homepage, https://..."
    for value in fields.get("summary", ())[:1]:
        yield from components.prose(value[: dependencies.LONGEST])
