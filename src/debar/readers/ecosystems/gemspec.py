# SPDX-License-Identifier: Apache-2.0
"""Specifications of Ruby gems (*.gemspec): programs in Ruby, of which only plain assignments are read, none run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab import Meaning, Medium
from debar.readers import components, places
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_ASSIGNMENT = re.compile(r"\s*\w+\.(\w+)(?:\s*=\s*|\s+)(\S.*)")
_TEXT = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|%[qQ][{(\[<|]([^})\]>|]*)|%[wW][{(\[<|]([^})\]>|]*)")
"""Four ways in which Ruby writes text; the last is a list of words."""
_PAIR = re.compile(r"[\"']?([\w.-]+)[\"']?\s*=>\s*[\"']([^\"']*)[\"']")
_WANTED = frozenset({"name", "version", "authors", "author", "email", "homepage", "summary", "metadata"})
_COMPUTED = "#{"
"""What Ruby would fill in."""
_STUB = re.compile(r"# stub: (\S+) (\S+)")
"""Installed specifications begin with name and version, for RubyGems itself to read without Ruby."""


def read(source: Input) -> Iterator[Observation]:
    """Yield the gem that the specification is of."""
    fields: dict[str, list[str]] = {}
    is_stub = False
    for number, line in source.lines():
        if (stub := _STUB.match(line)) and number < 8:
            is_stub, fields["name"], fields["version"] = True, [stub[1]], [stub[2]]
        elif (found := _ASSIGNMENT.match(line[: dependencies.LONGEST * 4])) and found[1] in _WANTED:
            fields.setdefault(found[1], []).extend(_texts(found[1], found[2]))
        elif "_dependency" in line:
            source.tally["dependencies"] += 1
    name = next(iter(fields.get("name", ())), "")
    if not name:
        source.lose("line 1", "a gem whose name is computed")
        return
    source.tally["packages"] += 1
    is_installed = is_stub or "specifications" in places.parts(source.path)
    medium, meaning = (Medium.PACKAGES, Meaning.INSTALLED) if is_installed else (Medium.SBOM, Meaning.COMPONENT)
    listing = dependencies.Listing(source, source.asset, medium, meaning)
    version = next(iter(fields.get("version", ())), "")
    yield listing.package("line 1", name, version, [*dependencies.named("gem", name), *_makers(fields)])


def _texts(field: str, value: str) -> list[str]:
    """Give the literals of an assignment; of metadata only the addresses."""
    if field == "metadata":
        return [pair[2] for pair in _PAIR.finditer(value) if "://" in pair[2]]
    found: list[str] = []
    for text in _TEXT.finditer(value):
        found += text[4].split() if text[4] else [next(filter(None, text.groups()), "")]
    return [text for text in found if text and _COMPUTED not in text][: dependencies.PEOPLE]


def _makers(fields: dict[str, list[str]]) -> Iterator[Observable]:
    for author in (*fields.get("authors", ()), *fields.get("author", ())):
        yield from components.maker(author)
    for mail in fields.get("email", ()):
        yield from components.contact(mail)
    for address in (*fields.get("homepage", ())[:1], *fields.get("metadata", ())):
        yield from components.reference(address)
    yield from components.prose(*fields.get("summary", ())[:1])
