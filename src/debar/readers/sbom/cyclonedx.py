# SPDX-License-Identifier: Apache-2.0
"""CycloneDX JSON 1.2 to 1.7: components at every depth, services, and the subject itself.

A small document is decoded in one go. Of a large one, and of one in which any field has a wrong
type, the frame is decoded first and each component only when its turn comes: a large BOM costs its
own size in memory and little more, and a fault costs the field it stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.readers.inputs import Input

Raw = msgspec.Raw

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_CODE, _CPE, _HASH, _NAME, _PATH, _PURL = Kind.CODE, Kind.CPE, Kind.HASH, Kind.NAME, Kind.PATH, Kind.PURL
_SBOM, _COMPONENT, _SERVICE_USE = Medium.SBOM, Meaning.COMPONENT, Meaning.SERVICE_USE
AT_ONCE = 1 << 22
"""Largest document that is decoded in one go, bytes; decoded it takes several times its size."""


class _Party(msgspec.Struct, gc=False):
    """An organisation or a person."""

    name: str = ""
    email: str = ""
    url: list[str] | str = ""


class _Reference(msgspec.Struct, gc=False):
    url: str = ""


class _Digest(msgspec.Struct, gc=False):
    content: str = ""


class _Property(msgspec.Struct, gc=False):
    name: str = ""
    value: str = ""


class _Fields(msgspec.Struct, gc=False, rename={"external_references": "externalReferences"}):
    """The fields of a component or service that tell what it is and who made it."""

    name: str = ""
    group: str = ""
    version: str = ""
    purl: str = ""
    cpe: str = ""
    publisher: str = ""
    author: str = ""
    description: str = ""
    copyright: str = ""
    supplier: _Party | None = None
    manufacturer: _Party | None = None
    provider: _Party | None = None
    authors: list[_Party] | None = None
    external_references: list[_Reference] | None = None
    hashes: list[_Digest] | None = None
    properties: list[_Property] | None = None
    endpoints: list[str] | None = None


class _Whole(_Fields, gc=False):
    """A component or service together with all that is nested in it."""

    components: list[_Whole] | None = None
    services: list[_Whole] | None = None


class _Component(_Fields, gc=False):
    """A component or service alone; what is nested in it waits for its turn."""

    components: list[Raw] | None = None
    services: list[Raw] | None = None


class _Metadata(msgspec.Struct, gc=False):
    component: Raw = Raw()
    timestamp: str | None = None


class _Bom(msgspec.Struct, gc=False):
    metadata: Raw = Raw()
    components: list[Raw] | None = None
    services: list[Raw] | None = None


class _WholeMetadata(msgspec.Struct, gc=False):
    component: _Whole | None = None
    timestamp: str | None = None


class _WholeBom(msgspec.Struct, gc=False):
    metadata: _WholeMetadata | None = None
    components: list[_Whole] | None = None
    services: list[_Whole] | None = None


_decode_bom = msgspec.json.Decoder(_Bom).decode
_decode_whole = msgspec.json.Decoder(_WholeBom).decode
DEPTH = 200
"""Deepest nesting of components that is followed; real BOMs nest below 10."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each component, service and subject of a CycloneDX JSON BOM."""
    document = source.document()
    bom = _whole(document) if len(document) <= AT_ONCE else None
    if bom is not None:
        metadata = bom.metadata or _WholeMetadata()
        yield from _told(source, bom, metadata.component, metadata.timestamp or "")
        return
    try:
        frame = _decode_bom(document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
        raise SourceError(f"not a readable CycloneDX document: {e}") from e
    yield from _told(source, frame, *_subject(source, frame.metadata))


def _whole(document: bytes | bytearray) -> _WholeBom | None:
    """Decode a document in one go; nothing if there is any fault in it."""
    try:
        return _decode_whole(document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _told(
    source: Input, bom: _Bom | _WholeBom, subject: _Component | _Whole | None, seen_at: str
) -> Iterator[Observation]:
    """Yield the subject and what lies below it, then components, then services."""
    asset = f"{_label(subject)}@{subject.version}".rstrip("@") if subject and subject.name else source.path
    frame = _Frame(source, asset, seen_at)
    if subject:
        source.tally["subjects"] += 1
        yield frame.observation(subject, "/metadata/component", _COMPONENT)
        if subject.components:
            yield from frame.walk(subject.components, "/metadata/component/components", "components below the subject")
    if bom.components:
        yield from frame.walk(bom.components, "/components", "components")
    if bom.services:
        yield from frame.walk(bom.services, "/services", "services")


def _subject(source: Input, raw: Raw) -> tuple[_Component | None, str]:
    """Give what the BOM is about, and when it was made."""
    metadata = components.decoded(source, raw, _Metadata, "/metadata") if _is_there(raw) else None
    if metadata is None:
        return None, ""
    component = None
    if _is_there(metadata.component):
        component = components.decoded(source, metadata.component, _Component, "/metadata/component")
    return component, metadata.timestamp or ""


def _is_there(raw: Raw) -> bool:
    return bytes(raw) not in (b"", b"null")


class _Frame:
    """What all components of one BOM share."""

    def __init__(self, source: Input, asset: str, seen_at: str) -> None:
        self.source, self.asset, self.seen_at = source, asset, seen_at

    def walk(self, parts: Sequence[_Whole | Raw], pointer: str, what: str, depth: int = 0) -> Iterator[Observation]:
        """Yield components in document order, each before the ones nested in it."""
        if depth > DEPTH:
            self.source.lose(pointer, f"nested deeper than {DEPTH}")
            return
        meaning = _SERVICE_USE if what.endswith("services") else _COMPONENT
        for number, part in enumerate(parts):
            locator = f"{pointer}/{number}"
            self.source.tally[what] += 1
            component: _Whole | _Component | None = (
                part if isinstance(part, _Whole) else components.decoded(self.source, part, _Component, locator)
            )
            if component is None:
                continue
            yield self.observation(component, locator, meaning)
            if component.components:
                yield from self.walk(component.components, f"{locator}/components", "nested components", depth + 1)
            if component.services:
                yield from self.walk(component.services, f"{locator}/services", "nested services", depth + 1)

    def observation(self, component: _Fields, locator: str, meaning: Meaning) -> Observation:
        """Give what a component is and who may have made it."""
        return Observation(
            source=self.source.id,
            locator=locator,
            asset=self.asset,
            label=_label(component),
            version=component.version,
            medium=_SBOM,
            meaning=meaning,
            observables=tuple(_observables(component)),
            observed_at=self.seen_at,
        )


def _label(component: _Fields) -> str:
    return f"{component.group}/{component.name}" if component.group else component.name


def _observables(component: _Fields) -> list[Observable]:
    """Give every value of a component that can betray its maker."""
    found: list[Observable] = []
    if name := component.name:
        found.append(Observable(_NAME, name))
    group = component.group
    if component.purl:
        found.append(Observable(_PURL, component.purl))
    elif group:
        found += components.coordinates(group, name)
    if "." in group:
        found.append(Observable(_CODE, group))
    if component.cpe:
        found.append(Observable(_CPE, component.cpe))
    if component.publisher:
        found += components.maker(component.publisher)
    if component.author:
        found += components.maker(component.author)
    if component.supplier:
        found += _party(component.supplier)
    if component.manufacturer:
        found += _party(component.manufacturer)
    if component.provider:
        found += _party(component.provider)
    for author in component.authors or ():
        found += _party(author)
    _add_listed(component, found)
    if component.description or component.copyright:
        found += components.prose(component.description, component.copyright)
    return found


def _add_listed(component: _Fields, found: list[Observable]) -> None:
    """Add what references, endpoints, hashes and properties tell."""
    for link in component.external_references or ():
        found += components.reference(link.url)
    for endpoint in component.endpoints or ():
        found += components.reference(endpoint)
    for digest in component.hashes or ():
        found.append(Observable(_HASH, digest.content))
    for entry in component.properties or ():
        if entry.value[:4] == "cpe:":  # a slice costs half of a call
            found.append(Observable(_CPE, entry.value))
        elif entry.name[-4:].lower() == "path":
            found.append(Observable(_PATH, entry.value))


def _party(party: _Party) -> list[Observable]:
    found = components.maker(party.name)
    if party.email:
        found += components.contact(party.email)
    for url in [party.url] if isinstance(party.url, str) else party.url:
        found += components.reference(url)
    return found
