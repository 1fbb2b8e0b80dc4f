# SPDX-License-Identifier: Apache-2.0
"""The file "release" in the folder of a Java run-time: which one it is, and who built it (JEP 223, JEP 322)."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

LINES = 1_000
"""Lines that are looked at; real files have about 30."""
_FIELD = re.compile(r"""([A-Z_]{1,40})\s*=\s*"?([^"]*)"?""")
_VERSIONS = ("JAVA_RUNTIME_VERSION", "FULL_VERSION", "JVM_VERSION", "JAVA_VERSION")
"""Fields of the version, the most exact first."""
_SOURCES = ("SOURCE_REPO", "BUILD_SOURCE_REPO")
_OPEN, _GRAAL = "openjdk", "GRAALVM_VERSION"


def read(source: Input) -> Iterator[Observation]:
    """Yield the run-time; all of them are built from OpenJDK, whoever built them."""
    fields = _fields(source)
    version = next((fields[name] for name in _VERSIONS if fields.get(name)), "")
    implementor, product = fields.get("IMPLEMENTOR", ""), fields.get("IMPLEMENTOR_VERSION", "")
    source.tally["run-times"] += 1
    found = [Observable(Kind.PURL, f"pkg:generic/{_OPEN}")]
    found += components.maker(implementor) if implementor != "N/A" else []
    found += [Observable(Kind.NAME, name) for name in (product, "GraalVM" if _GRAAL in fields else "") if name]
    for name in _SOURCES:
        found += components.reference(fields.get(name, ""))
    listing = dependencies.Listing(source, source.asset, Medium.FILES, Meaning.INSTALLED)
    yield listing.package("", _OPEN, version, found)


def _fields(source: Input) -> dict[str, str]:
    fields = {}
    for _, line in islice(source.lines(), LINES):
        if found := _FIELD.match(line.strip()[: dependencies.LONGEST]):
            fields[found[1]] = found[2].strip()
    return fields
