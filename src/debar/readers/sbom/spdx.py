# SPDX-License-Identifier: Apache-2.0
"""SPDX 2.2 and 2.3 JSON: one observation for each package."""

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

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_CPE, _HASH, _NAME, _PATH, _PURL = Kind.CPE, Kind.HASH, Kind.NAME, Kind.PATH, Kind.PURL


class _Reference(msgspec.Struct, gc=False, rename="camel"):
    reference_type: str = ""
    reference_locator: str = ""


class _Checksum(msgspec.Struct, gc=False, rename="camel"):
    checksum_value: str = ""


class _Package(msgspec.Struct, gc=False, rename="camel"):
    """The fields of a package that tell what it is and who made it."""

    name: str = ""
    version_info: str = ""
    supplier: str = ""
    originator: str = ""
    homepage: str | None = None
    download_location: str = ""
    package_file_name: str = ""
    description: str | None = None
    summary: str | None = None
    comment: str | None = None
    copyright_text: str | None = None
    external_refs: list[_Reference] | None = None
    checksums: list[_Checksum] | None = None


class _Creation(msgspec.Struct, gc=False):
    created: str | None = None


class _Document(msgspec.Struct, gc=False, rename={"creation": "creationInfo"}):
    name: str | None = None
    creation: _Creation | None = None
    packages: list[msgspec.Raw] | None = None


_decode_document = msgspec.json.Decoder(_Document).decode


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package of an SPDX 2 JSON document, in its order."""
    try:
        document = _decode_document(source.document())
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
        raise SourceError(f"not a readable SPDX document: {e}") from e
    asset = document.name or source.path
    created = (document.creation.created if document.creation else None) or ""
    for number, raw in enumerate(document.packages or ()):
        source.tally["components"] += 1
        locator = f"/packages/{number}"
        package = components.decoded(source, raw, _Package, locator)
        if package is None:
            continue
        yield Observation(
            source=source.id,
            locator=locator,
            asset=asset,
            label=package.name,
            version=package.version_info,
            medium=Medium.SBOM,
            meaning=Meaning.COMPONENT,
            observables=tuple(_observables(package)),
            observed_at=created,
        )


def _observables(package: _Package) -> list[Observable]:
    """Give every value of a package that can betray its maker."""
    found = [Observable(_NAME, package.name)] if package.name else []
    found += components.maker(package.supplier)
    found += components.maker(package.originator)
    for link in package.external_refs or ():
        if link.reference_type == "purl":
            found.append(Observable(_PURL, link.reference_locator))
        elif link.reference_locator.startswith("cpe:"):
            found.append(Observable(_CPE, link.reference_locator))
    found += components.reference(package.homepage or "")
    found += components.reference(package.download_location.removeprefix("git+"))
    found += [Observable(_HASH, checksum.checksum_value) for checksum in package.checksums or ()]
    if package.package_file_name:
        found.append(Observable(_PATH, package.package_file_name))
    found += components.prose(
        package.description or "", package.summary or "", package.comment or "", package.copyright_text or ""
    )
    return found
