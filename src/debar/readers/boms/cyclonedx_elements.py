# SPDX-License-Identifier: Apache-2.0
"""The fields of a CycloneDX component or service as XML writes them, in the shapes of JSON."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from debar.readers.boms.cyclonedx_components import (
    Contact,
    Digest,
    Evidence,
    Fields,
    Flow,
    Identity,
    Method,
    Occurrence,
    Party,
    Property,
    Reference,
    Tag,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.readers.markup import Element

_NAMESPACE = re.compile(r"http://cyclonedx\.org/schema/bom/1\.\d")
_TEXTS = frozenset({"name", "group", "version", "purl", "cpe", "publisher", "author", "description", "copyright"})


@lru_cache(maxsize=1024)
def local(tag: object) -> str:
    """Give the local name of a tag in any CycloneDX namespace, else nothing: a comment's tag is no text."""
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag[1:].partition("}")
    return name if _NAMESPACE.fullmatch(namespace) else ""


def fields(element: Element) -> Fields:
    """Give the fields of a component or service; of those that may stand once the first."""
    found: dict[str, Any] = {"type": element.get("type", "")}
    for child in element:
        tag = local(child.tag)
        if tag in _TEXTS:
            if tag not in found:
                found[tag] = (child.text or "").strip()
        elif (part := _PARTS.get(tag)) and part[0] not in found:
            found[part[0]] = part[1](child)
    return Fields(**found)


def party(element: Element) -> Party:
    """Give an organisation or a person."""
    found = Party()
    urls, people = [], []
    for child in element:
        tag, text = local(child.tag), (child.text or "").strip()
        if tag == "name":
            found.name = text
        elif tag == "url":
            urls.append(text)
        elif tag == "email":
            found.email = text
        elif tag == "contact":
            people.append(Contact(_text(child, "email")))
    found.url, found.contact = urls, people
    return found


def _text(element: Element, name: str) -> str:
    """Give the text of the first child of a name, without white space around it."""
    for child in element:
        if local(child.tag) == name:
            return (child.text or "").strip()
    return ""


def _listed(element: Element, name: str) -> list[Element]:
    return [child for child in element if local(child.tag) == name]


def _parties(element: Element) -> list[Party]:
    return [party(child) for child in element]


def _references(element: Element) -> list[Reference]:
    return [Reference(_text(child, "url")) for child in _listed(element, "reference")]


def _digests(element: Element) -> list[Digest]:
    return [Digest((child.text or "").strip()) for child in _listed(element, "hash")]


def _properties(element: Element) -> list[Property]:
    return [Property(child.get("name", ""), (child.text or "").strip()) for child in _listed(element, "property")]


def _endpoints(element: Element) -> list[str]:
    return [(child.text or "").strip() for child in _listed(element, "endpoint")]


def _tag(element: Element) -> Tag:
    return Tag(element.get("tagId"), element.get("name"))


def _evidence(element: Element) -> Evidence:
    identities, places = [], []
    for child in element:
        if local(child.tag) == "identity":
            methods = [Method(_text(one, "value")) for part in _listed(child, "methods") for one in part]
            identities.append(Identity(_text(child, "field"), _text(child, "concludedValue"), methods))
        elif local(child.tag) == "occurrences":
            places += [Occurrence(_text(one, "location")) for one in child]
    return Evidence(list(identities), places)


def _flows(element: Element) -> list[Flow]:
    return [Flow(_ends(child, "source"), _ends(child, "destination")) for child in _listed(element, "dataflow")]


def _ends(flow: Element, name: str) -> list[str]:
    """Give the addresses at one end of a flow."""
    return [(url.text or "").strip() for end in _listed(flow, name) for url in _listed(end, "url")]


_PARTS: dict[str, tuple[str, Callable[[Element], object]]] = {
    "supplier": ("supplier", party),
    "manufacturer": ("manufacturer", party),
    "provider": ("provider", party),
    "authors": ("authors", _parties),
    "externalReferences": ("external_references", _references),
    "hashes": ("hashes", _digests),
    "properties": ("properties", _properties),
    "endpoints": ("endpoints", _endpoints),
    "swid": ("swid", _tag),
    "evidence": ("evidence", _evidence),
    "data": ("data", _flows),
}
"""Elements with parts of their own: the field that they fill, and how."""
