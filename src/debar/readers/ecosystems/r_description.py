# SPDX-License-Identifier: Apache-2.0
"""DESCRIPTION of an R package."""

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

LINES = 5_000
"""Lines that are looked at; descriptions have below 200."""
_ROLES = re.compile(r"\[[^\]]*\]|\((?:<?https?:)?[^()]*\)")
"""Hadley Wickham [aut, cre] (<https://orcid.org/...>)"""
_BETWEEN = re.compile(r",(?![^\[(]*[\])])|\band\b|;")
_WEB = re.compile(r"https?://[^\s,<>\"]+")
_USUAL = "CRAN"


def read(source: Input) -> Iterator[Observation]:
    """Yield the package that the description is of."""
    fields = _fields(bytes(source.document()).decode(errors="replace"))
    name = dependencies.scalar(fields.get("package"))
    source.tally["packages"] += 1
    if not name:
        source.lose("line 1", "a package without a name")
        return
    # R writes Built when it installs a package.
    medium, meaning = (Medium.PACKAGES, Meaning.INSTALLED) if "built" in fields else (Medium.SBOM, Meaning.COMPONENT)
    listing = dependencies.Listing(source, source.asset, medium, meaning)
    ecosystem = "bioconductor" if "biocviews" in fields else "cran"
    found = [*dependencies.named(ecosystem, name), *_makers(fields)]
    published = dependencies.scalar(fields.get("date/publication")).partition(" ")[0]
    yield listing.package("line 1", name, dependencies.scalar(fields.get("version")), found, seen_at=published)


def _fields(text: str) -> dict[str, str]:
    """Give the fields by their names in small letters."""
    fields: dict[str, str] = {}
    name = ""
    for line in text.lstrip("\ufeff\r\n").split("\n", LINES)[:LINES]:
        if line[:1] in (" ", "\t"):
            if name and len(fields[name]) < dependencies.LONGEST * 4:
                fields[name] += " " + line.strip()
            continue
        head, colon, value = line.partition(":")
        name = head.strip().lower() if colon else ""
        if name:
            fields[name] = value.strip()
    return fields


def _makers(fields: dict[str, str]) -> Iterator[Observable]:
    yield from components.maker(fields.get("maintainer", ""))
    for person in _BETWEEN.split(_ROLES.sub("", fields.get("author", "")[: dependencies.LONGEST]))[
        : dependencies.PEOPLE
    ]:
        yield from components.maker(person.strip())
    for key in ("url", "bugreports"):
        for address in _WEB.findall(fields.get(key, ""))[: dependencies.PEOPLE]:
            yield from components.reference(address)
    yield from components.prose(fields.get("title", ""))
