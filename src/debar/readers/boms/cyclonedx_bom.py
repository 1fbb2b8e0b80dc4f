# SPDX-License-Identifier: Apache-2.0
"""A CycloneDX BOM as JSON: components at every depth, services, and the subject itself.

A small document is decoded in one go. Of a large one, and of one in which any field has a wrong
type, the frame is decoded first and each component only when its turn comes: a large BOM costs its
own size in memory and little more, and a fault costs the field it stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.vocab import Meaning, Medium
from debar.readers import components
from debar.readers.boms import cyclonedx_components, cyclonedx_frame, cyclonedx_machines
from debar.readers.boms.cyclonedx_components import Fields, Party
from debar.readers.boms.cyclonedx_frame import RELATIVES, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

Raw = msgspec.Raw

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_COMPONENT, _SERVICE_USE, _RESIDUE = Meaning.COMPONENT, Meaning.SERVICE_USE, Meaning.RESIDUE
AT_ONCE = 1 << 22
"""Largest document that is decoded in one go, bytes; decoded it takes several times its size."""
DEPTH = 200
"""Deepest nesting of components that is followed; real BOMs nest below 10."""


class _WholePedigree(msgspec.Struct, gc=False):
    ancestors: list[_Whole] | None = None


class _Whole(Fields, gc=False):
    """A component or service together with all that is nested in it."""

    components: list[_Whole] | None = None
    services: list[_Whole] | None = None
    pedigree: _WholePedigree | None = None


class _Pedigree(msgspec.Struct, gc=False):
    ancestors: list[Raw] | None = None


class _Component(Fields, gc=False):
    """A component or service alone; what is nested in it waits for its turn."""

    components: list[Raw] | None = None
    services: list[Raw] | None = None
    pedigree: _Pedigree | None = None


class _Makers(msgspec.Struct, gc=False):
    """Who made and supplied the subject, and since 1.6 who made the BOM: "manufacturer" in place of "manufacture"."""

    timestamp: str | None = None
    supplier: Party | None = None
    manufacture: Party | None = None
    manufacturer: Party | None = None


class _Metadata(_Makers, gc=False):
    component: Raw = Raw()


class _WholeMetadata(_Makers, gc=False):
    component: _Whole | None = None


class _Counted(msgspec.Struct, gc=False):
    """Parts of a BOM that say nothing about its contents."""

    vulnerabilities: Raw = Raw()
    signature: Raw = Raw()


class _Bom(_Counted, gc=False):
    metadata: Raw = Raw()
    components: list[Raw] | None = None
    services: list[Raw] | None = None


class _WholeBom(_Counted, gc=False):
    metadata: _WholeMetadata | None = None
    components: list[_Whole] | None = None
    services: list[_Whole] | None = None


_decode_bom = msgspec.json.Decoder(_Bom).decode
_decode_whole = msgspec.json.Decoder(_WholeBom).decode
_decode_list = msgspec.json.Decoder(list[Raw]).decode


def told(source: Input, document: bytes | bytearray, at: str = "", home: str = "") -> Iterator[Observation]:
    """Yield one observation for each component, service and subject of a BOM; SourceError when it is no JSON.

    Pointers are into the document, after `at`. `home` is the asset of a BOM without a subject.
    """
    bom: _WholeBom | _Bom | None = _whole(document) if len(document) <= AT_ONCE else None
    metadata: _WholeMetadata | _Metadata | None
    subject: _Whole | _Component | None
    if isinstance(bom, _WholeBom):
        metadata = bom.metadata
        subject = metadata.component if metadata else None
    else:
        try:
            bom = _decode_bom(document)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
            raise SourceError(f"not a readable CycloneDX document: {e}") from e
        metadata, subject = _subject(source, bom.metadata, at)
    makers = metadata or _Makers()
    frame = _Frame(source, cyclonedx_frame.named(subject) or home or source.path, makers.timestamp or "")
    frame.has_rows = cyclonedx_machines.OPERATIONS.encode() in document
    _count(source, bom)
    yield from frame.about(subject, makers, at)
    if bom.components:
        yield from frame.walk(bom.components, f"{at}/components", "components")
    if bom.services:
        yield from frame.walk(bom.services, f"{at}/services", "services")
    components.note_hollow(source)


def _whole(document: bytes | bytearray) -> _WholeBom | None:
    """Decode a document in one go; nothing if there is any fault in it."""
    try:
        return _decode_whole(document)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _subject(source: Input, raw: Raw, at: str) -> tuple[_Metadata | None, _Component | None]:
    """Give what the BOM says of itself, and what it is about."""
    metadata = components.decoded(source, raw, _Metadata, f"{at}/metadata") if _is_there(raw) else None
    if metadata is None or not _is_there(metadata.component):
        return metadata, None
    return metadata, components.decoded(source, metadata.component, _Component, f"{at}{SUBJECT}")


def _is_there(raw: Raw) -> bool:
    text = memoryview(raw)
    return len(text) > 4 or text.tobytes() not in (b"", b"null")


def _count(source: Input, bom: _Counted) -> None:
    """Count vulnerabilities and signatures: neither says what is in the product."""
    if _is_there(bom.signature):
        source.tally["signatures"] += 1
    if _is_there(bom.vulnerabilities):
        try:
            source.tally["vulnerabilities"] += len(_decode_list(bom.vulnerabilities))
        except (msgspec.MsgspecError, RecursionError) as e:
            source.lose("/vulnerabilities", str(e))


class _Frame(cyclonedx_frame.Frame):
    """The frame of a BOM in JSON."""

    def about(self, subject: _Whole | _Component | None, makers: _Makers, at: str) -> Iterator[Observation]:
        """Yield the subject with its makers, what lies below it, and a mention of who made the BOM."""
        of_subject = [
            o for one in (makers.supplier, makers.manufacture) if one for o in cyclonedx_components.party(one)
        ]
        if subject:
            self.source.tally["subjects"] += 1
            yield self.observation(subject, f"{at}{SUBJECT}", _COMPONENT, of_subject)
            if subject.pedigree and subject.pedigree.ancestors:
                place = f"{at}{SUBJECT}/pedigree/ancestors"
                yield from self.walk(subject.pedigree.ancestors, place, RELATIVES)
            if subject.components:
                place = f"{at}{SUBJECT}/components"
                yield from self.walk(subject.components, place, "components below the subject")
        elif of_subject:
            place = "supplier" if makers.supplier and makers.supplier.name else "manufacture"
            yield self.organisation(f"{at}/metadata/{place}", _COMPONENT, of_subject)
        if makers.manufacturer and (found := cyclonedx_components.party(makers.manufacturer)):
            yield self.organisation(f"{at}/metadata/manufacturer", Meaning.MENTION, found)

    def walk(self, parts: Sequence[_Whole | Raw], pointer: str, what: str, depth: int = 0) -> Iterator[Observation]:
        """Yield components in document order, each before the ones nested in it."""
        if depth > DEPTH:
            self.source.lose(pointer, f"nested deeper than {DEPTH}")
            return
        is_relative = what is RELATIVES
        meaning = _SERVICE_USE if what.endswith("services") else _RESIDUE if is_relative else _COMPONENT
        inner = RELATIVES if is_relative else "nested components"
        for number, part in enumerate(parts):
            locator = f"{pointer}/{number}"
            self.source.tally[what] += 1
            component: _Whole | _Component | None = (
                part if isinstance(part, _Whole) else components.decoded(self.source, part, _Component, locator)
            )
            if component is None:
                continue
            one = self.observation(component, locator, meaning)
            yield one
            if one.medium is Medium.INVENTORY:
                yield from self.contacts(one, component)
            if component.pedigree and component.pedigree.ancestors:
                yield from self.walk(
                    component.pedigree.ancestors, f"{locator}/pedigree/ancestors", RELATIVES, depth + 1
                )
            if component.components:
                yield from self.walk(component.components, f"{locator}/components", inner, depth + 1)
            if component.services:
                yield from self.walk(component.services, f"{locator}/services", "nested services", depth + 1)
