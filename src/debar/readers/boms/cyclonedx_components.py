# SPDX-License-Identifier: Apache-2.0
"""The fields of a CycloneDX component or service, and what each tells about a maker.

The shapes are those of JSON; the readers of protocol buffers give the same ones.
"""

from __future__ import annotations

import msgspec

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers import components

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_CODE, _CPE, _HASH, _NAME, _PATH, _PURL, _MODEL = (
    Kind.CODE,
    Kind.CPE,
    Kind.HASH,
    Kind.NAME,
    Kind.PATH,
    Kind.PURL,
    Kind.MODEL,
)


class Contact(msgspec.Struct, gc=False):
    """A person at an organisation: the person is no maker, the domain of the address is the organisation's."""

    email: str | None = None


class Party(msgspec.Struct, gc=False):
    """An organisation or a person."""

    name: str = ""
    email: str = ""
    url: list[str] | str = ""
    contact: list[Contact] | None = None


class Reference(msgspec.Struct, gc=False):
    """Where more is to be found."""

    url: str = ""


class Digest(msgspec.Struct, gc=False):
    """A digest of the component's file."""

    content: str = ""


class Property(msgspec.Struct, gc=False):
    """A name and a value that the standard does not know."""

    name: str = ""
    value: str = ""


class Tag(msgspec.Struct, gc=False, rename={"tag_id": "tagId"}):
    """The SWID tag of a component."""

    tag_id: str | None = None
    name: str | None = None


class Method(msgspec.Struct, gc=False):
    """How an identity was found: a value, or the file in which it stood."""

    value: str | None = None


class Identity(msgspec.Struct, gc=False, rename={"concluded": "concludedValue"}):
    """What the tool that made the BOM took a component for."""

    field: str | None = None
    concluded: str | None = None
    methods: list[Method] | None = None


class Occurrence(msgspec.Struct, gc=False):
    """Where a component was found."""

    location: str | None = None


class Evidence(msgspec.Struct, gc=False):
    """Why a component was declared."""

    identity: list[Identity] | Identity | None = None
    occurrences: list[Occurrence] | None = None


class Flow(msgspec.Struct, gc=False):
    """Data that a service takes and gives."""

    source: list[str] | None = None
    destination: list[str] | None = None


class Fields(msgspec.Struct, gc=False, rename={"external_references": "externalReferences"}):
    """The fields of a component or service that tell what it is and who made it."""

    type: str = ""
    name: str = ""
    group: str = ""
    version: str = ""
    purl: str = ""
    cpe: str = ""
    publisher: str = ""
    author: str = ""
    description: str = ""
    copyright: str = ""
    supplier: Party | None = None
    manufacturer: Party | None = None
    provider: Party | None = None
    authors: list[Party] | None = None
    external_references: list[Reference] | None = None
    hashes: list[Digest] | None = None
    properties: list[Property] | None = None
    endpoints: list[str] | None = None
    swid: Tag | None = None
    evidence: Evidence | None = None
    data: list[Flow] | None = None


def label(component: Fields) -> str:
    """Give what a person would call a component."""
    return f"{component.group}/{component.name}" if component.group else component.name


def observables(component: Fields) -> list[Observable]:
    """Give every value of a component that can betray its maker; some of them may come twice."""
    found: list[Observable] = []
    if name := component.name:
        found.append(Observable(_NAME, name))
        if component.type == "device":
            found.append(Observable(_MODEL, name))
    group = component.group
    if component.purl:
        found.append(Observable(_PURL, component.purl))
    elif group:
        found += components.coordinates(group, name)
    if "." in group:
        found.append(Observable(_CODE, group))
    if component.cpe:
        found.append(Observable(_CPE, component.cpe))
    _add_makers(component, found)
    _add_listed(component, found)
    if component.swid or component.evidence or component.data:
        _add_rare(component, found)
    if component.description or component.copyright:
        found += components.prose(component.description, component.copyright)
    return found


def _add_makers(component: Fields, found: list[Observable]) -> None:
    """Add organisations and persons, whichever part they have in the component."""
    if component.publisher:
        found += components.maker(component.publisher)
    if component.author:
        found += components.maker(component.author)
    if component.supplier:
        found += party(component.supplier)
    if component.manufacturer:
        found += party(component.manufacturer)
    if component.provider:
        found += party(component.provider)
    for author in component.authors or ():
        found += party(author)


def _add_listed(component: Fields, found: list[Observable]) -> None:
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


def _add_rare(component: Fields, found: list[Observable]) -> None:
    """Add what the SWID tag, the evidence and the data of a service tell."""
    more: list[Observable] = []
    if component.swid:
        more += [Observable(_NAME, name) for name in (component.swid.name, component.swid.tag_id) if name]
    if evidence := component.evidence:
        several = evidence.identity if isinstance(evidence.identity, list) else [evidence.identity]
        for identity in several:
            if identity:
                values = [identity.concluded, *(method.value for method in identity.methods or ())]
                more += identified(identity.field or "", values)
        more += [Observable(_PATH, found_at.location) for found_at in evidence.occurrences or () if found_at.location]
    for flow in component.data or ():
        for place in (*(flow.source or ()), *(flow.destination or ())):
            more += components.reference(place)
    found += more


def identified(field: str, values: list[str | None]) -> list[Observable]:
    """Give what a tool took a component for; of a method's value only what can be nothing else than an identity."""
    found = []
    for number, value in enumerate(values):
        if not value:
            continue
        if value.startswith("pkg:"):
            found.append(Observable(_PURL, value))
        elif value.startswith("cpe:"):
            found.append(Observable(_CPE, value))
        elif number == 0 and field == "name":
            found.append(Observable(_NAME, value))
    return found


def party(one: Party) -> list[Observable]:
    """Give name, domain of the e-mail address, and homepages of an organisation or a person."""
    found = components.maker(one.name)
    if one.email:
        found += components.contact(one.email)
    for url in [one.url] if isinstance(one.url, str) else one.url:
        found += components.reference(url)
    for person in one.contact or ():
        if person.email:
            found += components.contact(person.email)
    return found
