# SPDX-License-Identifier: Apache-2.0
"""CycloneDX JSON 1.2 to 1.7: components at every depth, services, and the subject itself.

The document's frame is decoded first and each component only when its turn comes, so a large BOM
costs its own size in memory and little more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

Raw = msgspec.Raw

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_CODE, _CPE, _HASH, _NAME, _PATH, _PURL = Kind.CODE, Kind.CPE, Kind.HASH, Kind.NAME, Kind.PATH, Kind.PURL


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


class _Component(msgspec.Struct, gc=False, rename={"external_references": "externalReferences"}):
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
    components: list[Raw] | None = None
    services: list[Raw] | None = None


class _Metadata(msgspec.Struct, gc=False):
    component: Raw = Raw()
    timestamp: str | None = None


class _Bom(msgspec.Struct, gc=False):
    metadata: Raw = Raw()
    components: list[Raw] | None = None
    services: list[Raw] | None = None


_decode_bom = msgspec.json.Decoder(_Bom).decode
DEPTH = 200
"""Deepest nesting of components that is followed; real BOMs nest below 10."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each component, service and subject of a CycloneDX JSON BOM."""
    try:
        bom = _decode_bom(source.document())
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
        raise SourceError(f"not a readable CycloneDX document: {e}") from e
    subject, seen_at = _subject(source, bom.metadata)
    asset = f"{_label(subject)}@{subject.version}".rstrip("@") if subject and subject.name else source.path
    frame = _Frame(source, asset, seen_at)
    if subject:
        source.tally["subjects"] += 1
        yield frame.observation(subject, "/metadata/component")
        yield from frame.walk(subject.components, "/metadata/component/components", "components below the subject")
    yield from frame.walk(bom.components, "/components", "components")
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

    def walk(self, raws: list[Raw] | None, pointer: str, what: str, depth: int = 0) -> Iterator[Observation]:
        """Yield components in document order, each before the ones nested in it."""
        if raws and depth > DEPTH:
            self.source.lose(pointer, f"nested deeper than {DEPTH}")
            return
        tally = self.source.tally
        for number, raw in enumerate(raws or ()):
            locator = f"{pointer}/{number}"
            component = components.decoded(self.source, raw, _Component, locator)
            tally[what] += 1
            if component is None:
                continue
            yield self.observation(component, locator, service=what.endswith("services"))
            if component.components:
                yield from self.walk(component.components, f"{locator}/components", "nested components", depth + 1)
            if component.services:
                yield from self.walk(component.services, f"{locator}/services", "nested services", depth + 1)

    def observation(self, component: _Component, locator: str, *, service: bool = False) -> Observation:
        """Give what a component is and who may have made it."""
        return Observation(
            source=self.source.id,
            locator=locator,
            asset=self.asset,
            label=_label(component),
            version=component.version,
            medium=Medium.SBOM,
            meaning=Meaning.SERVICE_USE if service else Meaning.COMPONENT,
            observables=tuple(_observables(component)),
            observed_at=self.seen_at,
        )


def _label(component: _Component) -> str:
    return f"{component.group}/{component.name}" if component.group else component.name


def _observables(component: _Component) -> Iterator[Observable]:
    """Yield every value of a component that can betray its maker."""
    if component.name:
        yield Observable(_NAME, component.name)
    if component.purl:
        yield Observable(_PURL, component.purl)
    elif component.group:
        yield from components.coordinates(component.group, component.name)
    if "." in component.group:
        yield Observable(_CODE, component.group)
    if component.cpe:
        yield Observable(_CPE, component.cpe)
    for name in (component.publisher, component.author):
        if name:
            yield from components.maker(name)
    for party in (component.supplier, component.manufacturer, component.provider, *(component.authors or ())):
        if party:
            yield from _party(party)
    yield from _listed(component)
    if component.description or component.copyright:
        yield from components.prose(component.description, component.copyright)


def _listed(component: _Component) -> Iterator[Observable]:
    """Yield what references, endpoints, hashes and properties tell."""
    for link in component.external_references or ():
        yield from components.reference(link.url)
    for endpoint in component.endpoints or ():
        yield from components.reference(endpoint)
    for digest in component.hashes or ():
        yield Observable(_HASH, digest.content)
    for entry in component.properties or ():
        if entry.value.startswith("cpe:"):
            yield Observable(_CPE, entry.value)
        elif entry.name.lower().endswith("path"):
            yield Observable(_PATH, entry.value)


def _party(party: _Party) -> Iterator[Observable]:
    yield from components.maker(party.name)
    if party.email:
        yield from (o for o in components.maker(party.email) if o.kind is Kind.MAINTAINER_DOMAIN)
    for url in [party.url] if isinstance(party.url, str) else party.url:
        yield from components.reference(url)
