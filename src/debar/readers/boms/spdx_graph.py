# SPDX-License-Identifier: Apache-2.0
"""SPDX 3 as JSON-LD: a graph of elements, in which packages point to the organisations that made and supplied them."""

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
_PACKAGES = {
    "software_Package": "components",
    "ai_AIPackage": "models and data sets",
    "dataset_DatasetPackage": "models and data sets",
}
"""Types of elements that are read, and what they are counted as."""
_AGENTS = frozenset({"Agent", "Organization", "Person", "SoftwareAgent"})
_ABOUT = frozenset(
    {"altDownloadLocation", "altWebPage", "binaryArtifact", "documentation", "issueTracker", "mailingList"}
    | {"productMetadata", "sourceArtifact", "support", "vcs"}
)
"""Types of references that lead to the maker; an advisory or a licence leads to others."""
AGENTS = 64
"""Agents of one package, and identifiers of one agent, that are followed: thousands of packages may share them."""
_CPE, _HASH, _NAME, _PURL = Kind.CPE, Kind.HASH, Kind.NAME, Kind.PURL
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class _Identifier(msgspec.Struct, gc=False, rename={"kind": "externalIdentifierType"}):
    """An identifier of an element elsewhere."""

    kind: str | None = None
    identifier: str | None = None


class _Link(msgspec.Struct, gc=False, rename={"kind": "externalRefType"}):
    """Where more is to be found: one address or several."""

    kind: str | None = None
    locator: list[str] | str | None = None


class _Digest(msgspec.Struct, gc=False, rename={"value": "hashValue"}):
    type: str | None = None
    value: str | None = None


class _Head(
    msgspec.Struct,
    gc=False,
    rename={
        "id": "spdxId",
        "node": "@id",
        "node_type": "@type",
        "external": "externalIdentifier",
        "roots": "rootElement",
    },
):
    """What every element has; of agents, documents and times nothing more is needed."""

    id: str | None = None
    node: str | None = None
    type: str | None = None
    node_type: str | None = None
    name: str | None = None
    created: str | None = None
    external: list[_Identifier] | None = None
    roots: list[str] | None = None


class _Package(
    msgspec.Struct,
    gc=False,
    rename={
        "version": "software_packageVersion",
        "purl": "software_packageUrl",
        "download": "software_downloadLocation",
        "homepage": "software_homePage",
        "copyright": "software_copyrightText",
        "about": "software_sourceInfo",
        "attributions": "software_attributionText",
        "purpose": "software_primaryPurpose",
        "supplied_by": "suppliedBy",
        "originated_by": "originatedBy",
        "external": "externalIdentifier",
        "links": "externalRef",
        "digests": "verifiedUsing",
    },
):
    """The fields of a package that tell what it is and who made it."""

    name: str = ""
    version: str = ""
    purl: str = ""
    download: str = ""
    homepage: str = ""
    supplied_by: Raw = Raw()
    originated_by: Raw = Raw()
    external: list[_Identifier] | None = None
    links: list[_Link] | None = None
    digests: list[_Digest] | None = None
    purpose: str = ""
    description: str = ""
    summary: str = ""
    comment: str = ""
    copyright: str = ""
    about: str = ""
    attributions: list[str] | None = None


class _Document(msgspec.Struct, gc=False, rename={"graph": "@graph"}):
    graph: list[Raw] | None = None


_decode_document = msgspec.json.Decoder(_Document).decode
_decode_head = msgspec.json.Decoder(_Head).decode


class _Type(msgspec.Struct, gc=False):
    type: str | None = None


def _kind(raw: Raw) -> str:
    """Give the type of an element of which other fields are wrong."""
    try:
        return msgspec.json.decode(raw, type=_Type).type or ""
    except _UNREADABLE:
        return ""


class _Graph:
    """What packages refer to: agents by their addresses, the document's name, and when it was made."""

    def __init__(self, elements: list[Raw]) -> None:
        self.agents: dict[str, list[Observable]] = {}
        self.packages: list[tuple[int, str, Raw]] = []
        self.faults: list[tuple[int, str]] = []
        self.created = self.name = ""
        self.files = 0
        names: dict[str, str] = {}
        roots: list[str] = []
        for number, raw in enumerate(elements):
            try:
                head = _decode_head(raw)
            except _UNREADABLE as e:
                if (kind := _kind(raw)) in _PACKAGES:  # whose own fields are decoded one by one
                    self.packages.append((number, _PACKAGES[kind], raw))
                else:
                    self.faults.append((number, str(e)))
                continue
            kind, address = head.type or head.node_type or "", head.id or head.node or ""
            names[address] = head.name or ""
            if kind in _PACKAGES:
                self.packages.append((number, _PACKAGES[kind], raw))
            elif kind in _AGENTS:
                self.agents[address] = _agent(head)
            elif kind == "SpdxDocument":
                self.name = self.name or head.name or ""
                roots += head.roots or ()
            elif kind == "software_File":
                self.files += 1
            elif kind == "CreationInfo":
                self.created = self.created or head.created or ""
        self.name = self.name or next((names[root] for root in roots if names.get(root)), "")

    def makers(self, raw: Raw) -> list[Observable]:
        """Give what is known of the agents that a field points to or holds, one or several."""
        if not bytes(raw):
            return []
        found: list[Observable] = []
        try:
            value = msgspec.json.decode(raw)
            for one in value[:AGENTS] if isinstance(value, list) else [value]:
                if isinstance(one, str):
                    found += self.agents.get(one, ())
                elif isinstance(one, dict):
                    found += _agent(msgspec.convert(one, _Head))
        except _UNREADABLE:
            pass  # neither an address nor an agent: nobody is named
        return found


def told(source: Input, document: bytes | bytearray, at: str = "", home: str = "") -> Iterator[Observation]:
    """Yield one observation for each package, in the order of the graph; SourceError when it is no JSON.

    Pointers are into the document, after `at`. `home` is the asset of a document without a name.
    """
    try:
        found = _decode_document(document).graph
    except _UNREADABLE as e:
        raise SourceError(f"not a readable SPDX document: {e}") from e
    # A document of one element may do without a graph.
    graph = _Graph([Raw(bytes(document))] if found is None else found)
    prefix = at if found is None else f"{at}/@graph"
    for number, reason in graph.faults:
        source.lose(f"{prefix}/{number}", reason)
    if graph.files:
        source.tally["files"] += graph.files
    for number, what, raw in graph.packages:
        source.tally[what] += 1
        locator = prefix if found is None else f"{prefix}/{number}"
        package = components.decoded(source, raw, _Package, locator)
        if package is None:
            continue
        yield Observation(
            source=source.id,
            locator=locator,
            asset=graph.name or home or source.path,
            label=package.name,
            version=package.version,
            medium=Medium.SBOM,
            meaning=Meaning.HARDWARE if package.purpose == "device" else Meaning.COMPONENT,
            observables=tuple(_observables(package, graph)),
            observed_at=graph.created,
        )


def _agent(head: _Head) -> list[Observable]:
    """Give name and e-mail domain of an organisation or a person."""
    found = components.maker(head.name or "")
    for one in (head.external or ())[:AGENTS]:
        if one.kind == "email" and one.identifier:
            found += components.contact(one.identifier)
    return found


def _observables(package: _Package, graph: _Graph) -> list[Observable]:
    """Give every value of a package that can betray its maker, each once."""
    found = [Observable(_NAME, package.name)] if package.name else []
    if package.purpose == "device" and package.name:
        found.append(Observable(Kind.MODEL, package.name))
    if package.purl:
        found.append(Observable(_PURL, package.purl))
    for one in package.external or ():
        identifier = one.identifier or ""
        if one.kind == "packageUrl" and identifier:
            found.append(Observable(_PURL, identifier))
        elif identifier.startswith("cpe:"):
            found.append(Observable(_CPE, identifier))
    found += graph.makers(package.supplied_by)
    found += graph.makers(package.originated_by)
    found += components.reference(package.homepage)
    found += components.reference(package.download.removeprefix("git+"))
    for link in package.links or ():
        places = [link.locator] if isinstance(link.locator, str) else link.locator or ()
        for place in places if link.kind in _ABOUT else ():
            found += components.reference(place)
    # A verification code is a digest of digests, which no file has.
    found += [Observable(_HASH, one.value) for one in package.digests or () if one.value and one.type == "Hash"]
    found += components.prose(package.description, package.summary, package.comment, package.copyright, package.about)
    found += components.prose(*(package.attributions or ()))
    return list(dict.fromkeys(found))
