# SPDX-License-Identifier: Apache-2.0
"""Packages of Solaris as pkginfo -l and pkg info describe them: blocks of "NAME: value", names flush right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_FIELD = re.compile(r" *([A-Za-z][A-Za-z ]{0,30}): ?(.*)")
FIELD = 1 << 14
"""Characters kept of one field."""
_NAMES = ("PKGINST", "Name")
"""Fields with which a package begins: SVR4 and IPS."""
_GONE = ("Not installed", "Known", "partially installed")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package, in file order."""
    for number, fields in _packages(source):
        source.tally["packages"] += 1
        state = fields.get("State") or fields.get("STATUS", "")
        if state.startswith(_GONE[:2]):
            source.tally["packages not installed"] += 1
            continue
        name = fields.get("PKGINST") or fields.get("Name", "")
        yield Observation(
            source=source.id,
            locator=f"line {number}",
            asset=source.asset,
            label=fields.get("NAME") or name,
            version=fields.get("VERSION") or fields.get("Version", ""),
            medium=Medium.PACKAGES,
            meaning=Meaning.RESIDUE if state.startswith(_GONE) else Meaning.INSTALLED,
            observables=tuple(dict.fromkeys(_observables(name, fields))),
        )


def _packages(source: Input) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the first line, fields) for each package."""
    fields: dict[str, str] = {}
    first, last = 0, ""
    for number, line in source.lines():
        found = _FIELD.fullmatch(line)
        if not found:
            # A line without a name goes on with the value above it.
            if last and line.strip() and len(fields[last]) < FIELD:
                fields[last] += " " + line.strip()[:FIELD]
            continue
        if found[1] in _NAMES:
            if fields:
                yield first, fields
            fields, first = {}, number
        if first:
            last = found[1]
            fields.setdefault(last, found[2].strip()[:FIELD])
    if fields:
        yield first, fields


def _observables(name: str, fields: dict[str, str]) -> Iterator[Observable]:
    yield Observable(Kind.PACKAGE, name)
    if title := fields.get("NAME", ""):
        yield Observable(Kind.NAME, title)
    yield from components.maker(fields.get("VENDOR", ""))
    # IPS calls the repository a publisher, under the domain of who runs it.
    publisher = fields.get("Publisher", "").partition(" ")[0]
    if "." in publisher:
        yield Observable(Kind.REFERENCE_DOMAIN, publisher)
    elif publisher:
        yield Observable(Kind.PUBLISHER, publisher)
    yield from components.contact(fields.get("EMAIL", ""))
    basedir = fields.get("BASEDIR", "")
    if basedir.strip("/").partition("/")[0] not in {"", "usr"}:
        yield Observable(Kind.PATH, basedir)
    yield from components.prose(fields.get("Summary", ""), fields.get("DESC") or fields.get("Description", ""))
