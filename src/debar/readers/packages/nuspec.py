# SPDX-License-Identifier: Apache-2.0
"""What a package of NuGet or Chocolatey says of itself (.nuspec): both use one format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import components, markup, places
from debar.readers.databases.installations import FIELD, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input
    from debar.readers.markup import Element

_OF_CHOCOLATEY = ("packageSourceUrl", "projectSourceUrl", "docsUrl", "bugTrackerUrl", "mailingListUrl")
"""Elements that Chocolatey added to the format."""
_ADDRESSES = ("projectUrl", "licenseUrl", *_OF_CHOCOLATEY)
_OF_NUGET = ("https://licenses.nuget.org/", "https://aka.ms/")
"""Addresses that NuGet puts in place of a licence's own."""
_PROSE = ("copyright", "summary", "description")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation: a program that Chocolatey installed, or a component that NuGet fetched."""
    root = markup.document(source)
    metadata = next((child for child in root if markup.local(child) == "metadata"), None)
    if metadata is None:
        raise SourceError("a nuspec without metadata", locator=f"line {root.sourceline}")
    fields = {name: value[:FIELD] for name, value in markup.fields(metadata).items()}
    name = fields.get("id") or fields.get("title", "")
    if not name:
        raise SourceError("a nuspec without an id", locator=f"line {metadata.sourceline}")
    is_program = any(field in fields for field in _OF_CHOCOLATEY) or _is_in_chocolatey(source.path)
    source.tally["packages"] += 1
    found = _observables(metadata, fields, is_program=is_program)
    meaning = Meaning.INSTALLED if is_program else Meaning.COMPONENT
    yield Shelf(source).installed(
        f"line {metadata.sourceline}", fields.get("title") or name, fields.get("version", ""), found, meaning
    )


def _is_in_chocolatey(path: str) -> bool:
    return any(step.lower() == "chocolatey" for step in places.parts(path))


def _observables(metadata: Element, fields: dict[str, str], *, is_program: bool) -> Iterator[Observable]:
    """Yield every value of a package that can betray its maker."""
    if identifier := fields.get("id"):
        kind, value = (Kind.PACKAGE, identifier) if is_program else (Kind.PURL, f"pkg:nuget/{identifier}")
        yield Observable(kind, value)
    if title := fields.get("title"):
        yield Observable(Kind.NAME, title)
    for field in ("authors", "owners"):
        for maker in fields.get(field, "").split(","):
            yield from components.maker(maker.strip())
    for field in _ADDRESSES:
        address = fields.get(field, "")
        yield from components.reference("" if address.startswith(_OF_NUGET) else address)
    for child in metadata:
        if markup.local(child) == "repository":
            yield from components.reference(child.get("url") or "")
    yield from components.prose(*(fields[field] for field in _PROSE if field in fields))
