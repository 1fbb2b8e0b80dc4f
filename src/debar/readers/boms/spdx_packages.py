# SPDX-License-Identifier: Apache-2.0
"""A package of SPDX 2, whichever of the format's six forms it is written in, and what it tells about its maker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.readers.inputs import Input

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_CPE, _HASH, _NAME, _PATH, _PURL = Kind.CPE, Kind.HASH, Kind.NAME, Kind.PATH, Kind.PURL
_SBOM, _COMPONENT = Medium.SBOM, Meaning.COMPONENT


class Reference(msgspec.Struct, gc=False, rename="camel"):
    """An identifier of the package elsewhere."""

    reference_type: str = ""
    reference_locator: str = ""


class Checksum(msgspec.Struct, gc=False, rename="camel"):
    """A digest of the package's file."""

    checksum_value: str = ""


class Package(msgspec.Struct, gc=False, rename="camel"):
    """The fields of a package that tell what it is and who made it."""

    name: str = ""
    version_info: str = ""
    supplier: str = ""
    originator: str = ""
    homepage: str | None = None
    download_location: str = ""
    package_file_name: str = ""
    primary_package_purpose: str | None = None
    source_info: str | None = None
    description: str | None = None
    summary: str | None = None
    comment: str | None = None
    copyright_text: str | None = None
    attribution_texts: list[str] | None = None
    external_refs: list[Reference] | None = None
    checksums: list[Checksum] | None = None


TEXTS = {
    "name": "name",
    "versionInfo": "version_info",
    "supplier": "supplier",
    "originator": "originator",
    "homepage": "homepage",
    "downloadLocation": "download_location",
    "packageFileName": "package_file_name",
    "primaryPackagePurpose": "primary_package_purpose",
    "sourceInfo": "source_info",
    "description": "description",
    "summary": "summary",
    "comment": "comment",
    "copyrightText": "copyright_text",
}
"""Fields that hold one text, by their names in JSON, YAML and XML."""


def package(texts: Iterable[tuple[str, str]]) -> Package:
    """Give a package with these texts, by the names of their fields here."""
    made = Package()
    for field, value in texts:
        setattr(made, field, value)
    return made


class _Creation(msgspec.Struct, gc=False):
    created: str | None = None


class _Document(msgspec.Struct, gc=False, rename={"creation": "creationInfo", "document": "Document"}):
    name: str | None = None
    creation: _Creation | None = None
    packages: list[msgspec.Raw] | None = None
    sbom: msgspec.Raw = msgspec.Raw()
    """Where the interface of GitHub's dependency graph puts the document."""
    document: msgspec.Raw = msgspec.Raw()
    """Where converters from XML put it."""


_decode_document = msgspec.json.Decoder(_Document).decode


class Frame:
    """What all packages of one document share."""

    def __init__(self, source: Input, asset: str = "", created: str = "") -> None:
        """Take the source, the document's name, and when it was made."""
        self.source, self.asset, self.created = source, asset, created

    def observation(self, package: Package, locator: str) -> Observation:
        """Give what a package is and who may have made it."""
        is_device = package.primary_package_purpose == "DEVICE"
        return Observation(
            source=self.source.id,
            locator=locator,
            asset=self.asset or self.source.path,
            label=package.name,
            version=package.version_info,
            medium=_SBOM,
            meaning=Meaning.HARDWARE if is_device else _COMPONENT,
            observables=components.each_once(_observables(package)),
            observed_at=self.created,
        )


def told(source: Input, document: bytes | bytearray, at: str = "", home: str = "") -> Iterator[Observation]:
    """Yield one observation for each package of a JSON document, in its order; SourceError when it is no JSON.

    Pointers are into the document, after `at`. `home` is the asset of a document without a name.
    """
    try:
        found = _decode_document(document)
        for key, inner in (("sbom", found.sbom), ("Document", found.document)):
            if found.packages is None and bytes(inner).startswith(b"{"):
                found, at = _decode_document(inner), f"{at}/{key}"
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as e:
        raise SourceError(f"not a readable SPDX document: {e}") from e
    frame = Frame(source, found.name or home, (found.creation.created if found.creation else None) or "")
    for number, raw in enumerate(found.packages or ()):
        source.tally["components"] += 1
        locator = f"{at}/packages/{number}"
        package = components.decoded(source, raw, Package, locator)
        if package is not None:
            yield frame.observation(package, locator)


def _observables(package: Package) -> list[Observable]:
    """Give every value of a package that can betray its maker."""
    found = [Observable(_NAME, package.name)] if package.name else []
    if package.primary_package_purpose == "DEVICE" and package.name:
        found.append(Observable(Kind.MODEL, package.name))
    found += components.maker(package.supplier)
    found += components.maker(package.originator)
    for link in package.external_refs or ():
        if link.reference_type == "purl":
            found.append(Observable(_PURL, link.reference_locator))
        elif link.reference_locator.startswith("cpe:"):
            found.append(Observable(_CPE, link.reference_locator))
        elif purl := _purl(link):
            found.append(Observable(_PURL, purl))
    found += components.reference(package.homepage or "")
    found += components.reference(package.download_location.removeprefix("git+"))
    found += [Observable(_HASH, checksum.checksum_value) for checksum in package.checksums or ()]
    if package.package_file_name:
        found.append(Observable(_PATH, package.package_file_name))
    prose = (package.description, package.summary, package.comment, package.copyright_text, package.source_info)
    found += components.prose(*(text for text in prose if text), *(package.attribution_texts or ()))
    return found


def _purl(link: Reference) -> str:
    """Give the package URL that a reference to a package manager amounts to; SPDX 2 Annex F writes each its own way.

    RDF gives the type as an address that ends in its name.
    """
    manager, locator = link.reference_type.rpartition("/")[2], link.reference_locator
    if manager == "purl" or locator.startswith("pkg:"):
        return locator
    if manager == "maven-central" and locator.count(":") >= 1:  # group:artifact[:version]
        group, name = locator.split(":")[:2]
        return f"pkg:maven/{group}/{name}"
    if manager == "npm":  # name@version, and the name of a scope begins with @ as well
        at = locator.rfind("@")
        return f"pkg:npm/{locator[:at] if at > 0 else locator}"
    if manager == "nuget":  # name/version
        return f"pkg:nuget/{locator.partition('/')[0]}"
    if manager == "bower":  # name#version
        return f"pkg:bower/{locator.partition('#')[0]}"
    return ""
