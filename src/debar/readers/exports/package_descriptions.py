# SPDX-License-Identifier: Apache-2.0
"""Packages of Solaris: described by pkginfo -l and pkg info, listed by pkginfo, pkginfo -x and pkg list.

A description is a block of "NAME: value", names flush right; a list has a package in one line or two.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components
from debar.readers.machine import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_FIELD = re.compile(r" *([A-Za-z][A-Za-z ]{0,30}): ?(.*)")
_IMAGE = re.compile(r"NAME \(PUBLISHER\) +VERSION")
FIELD = 1 << 14
"""Characters kept of one field."""
_NAMES = ("PKGINST", "Name")
"""Fields with which a package begins: SVR4 and IPS."""
_GONE = ("Not installed", "Known", "partially installed")


_LISTED = re.compile(r"[A-Za-z]\S* +([A-Za-z0-9][\w.+-]*) +(\S.*)")
"""Category, package and name, of pkginfo."""
_NAMED = re.compile(r"([A-Za-z0-9][\w.+-]*) +(\S.*)")
_BUILT = re.compile(r" +\([^()]*\) (\S+).*")
"""Processor and version of the package in the line above, of pkginfo -x."""
_OF_IMAGE = re.compile(r"(\S+)(?: \(([^()]+)\))? +(\d\S*) +(?:([a-z]+) +)?([a-z-]{3,5})")
"""Name, publisher unless it is the usual one, version, state of older systems, and flags, of pkg list."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package, in file order."""
    for number, fields in _any(source):
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


def _any(source: Input) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, fields) of packages; the first two lines with text tell lists from descriptions."""
    first, second = (*islice((line for _, line in source.lines() if line.strip()), 2), "", "")[:2]
    if _IMAGE.match(first):
        return _of_image(source)
    if _FIELD.fullmatch(first):
        return _packages(source)
    return _listed(source, has_versions=_BUILT.fullmatch(second) is not None)


def _of_image(source: Input) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield packages of pkg list; what is not installed has no "i" among its flags."""
    for number, line in source.lines():
        if found := _OF_IMAGE.fullmatch(line[:FIELD].strip()):
            name, publisher, version, state, flags = found.groups()
            gone = state == "known" or (not state and not flags.startswith("i"))
            yield (
                number,
                {"Name": name, "Publisher": publisher or "", "Version": version, "State": "Known" if gone else ""},
            )


def _listed(source: Input, *, has_versions: bool) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield packages of pkginfo; with -x the version stands in the line below."""
    shape = _NAMED if has_versions else _LISTED
    for number, line, following in printed.pairs(source.lines()):
        if line[:1].isspace() or not (found := shape.fullmatch(line[:FIELD].rstrip())):
            continue
        built = _BUILT.fullmatch((following or "")[:FIELD]) if has_versions else None
        yield number, {"PKGINST": found[1], "NAME": found[2], "VERSION": built[1] if built else ""}


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
