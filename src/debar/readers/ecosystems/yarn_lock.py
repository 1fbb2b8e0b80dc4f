# SPDX-License-Identifier: Apache-2.0
"""yarn.lock, of Yarn 1 and of Yarn 2 and later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_FIELD = re.compile(r'  "?(version|resolved|resolution)"?:? "?([^"\n]*)')
"""Yarn 1 writes version "1.0", later ones version: 1.0; what is deeper belongs to lists of dependencies."""
_ALIAS = "npm:"
_OWN = ("workspace:", "link:", "portal:", "file:")


class _Entry(NamedTuple):
    """One entry: the requirements that it answers, and its fields."""

    number: int
    heading: str
    fields: dict[str, str]


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package; folders of the project itself are counted only."""
    listing = dependencies.Listing(source, source.asset)
    for number, heading, fields in _entries(source):
        wanted = fields.get("resolution") or heading.strip('"').partition(",")[0].strip('" ')
        at = wanted.find("@", 1)
        name, condition = (wanted[:at], wanted[at + 1 :]) if at > 0 else (wanted, "")
        if condition.startswith(_OWN):
            source.tally["own packages"] += 1
            continue
        if condition.startswith(_ALIAS) and "@" in condition[len(_ALIAS) + 1 :]:
            name = condition.removeprefix(_ALIAS).rpartition("@")[0]
        source.tally["packages"] += 1
        found = dependencies.named("npm", name)
        address = fields.get("resolved") or ("" if condition.startswith((_ALIAS, "patch:")) else condition)
        if "/" in address:
            found += dependencies.origin(address)
        yield listing.package(f"line {number}", name, fields.get("version", ""), found)


def _entries(source: Input) -> Iterator[_Entry]:
    """Yield the entries one by one."""
    entry: _Entry | None = None
    for number, line in source.lines():
        if not line or line[0] == "#":
            continue
        if line[0] not in " \t\r":
            if entry:
                yield entry
            heading = line.rstrip().removesuffix(":").removeprefix("? ")[: dependencies.LONGEST]
            entry = _Entry(number, heading, {}) if heading != "__metadata" and "@" in heading else None
        elif entry and (found := _FIELD.match(line)):
            entry.fields.setdefault(found[1], found[2].strip()[: dependencies.LONGEST])
    if entry:
        yield entry
