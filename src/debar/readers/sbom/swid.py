# SPDX-License-Identifier: Apache-2.0
"""SWID tags, ISO/IEC 19770-2 of 2009 and 2015: what the installer of a product leaves behind to identify it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components, markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

FILES = 4096
"""Files kept of one payload."""
_MAKERS = frozenset({"softwarecreator", "licensor", "distributor", "aggregator", "maintainer", "publisher"})
"""Roles of 2015 that say who is behind the software; who made the tag alone may be a scanner."""
_OLD_MAKERS = frozenset({"software_creator", "software_licensor"})
_REGID = re.compile(r"regid\.\d{4}-\d{2}\.([\w.-]+)(?:,.*)?")
"""The form of 2009: a domain from its end, after the month in which it belonged to the maker."""
_META = {
    "product": Kind.NAME,
    "productFamily": Kind.NAME,
    "summary": Kind.TEXT,
    "description": Kind.TEXT,
}


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each tag, then one for each component that it links to."""
    for locator, element in markup.elements(source, "SoftwareIdentity", "software_identification_tag"):
        source.tally["tags"] += 1
        if markup.local(element) == "SoftwareIdentity":
            yield from _identity(source, locator, element)
        else:
            yield _old(source, locator, element)


def _identity(source: Input, locator: str, element: markup.Element) -> Iterator[Observation]:
    """Yield what a tag of 2015 says; one for media that are not installed yet is a component."""
    name, version = element.get("name", ""), element.get("version", "")
    found = [Observable(Kind.NAME, text) for text in (name, element.get("tagId", "")) if text]
    parts: list[str] = []
    host = ""
    for child in element:
        tag = markup.local(child)
        if tag == "Entity":
            found += _entity(child)
        elif tag == "Meta":
            found += [Observable(kind, child.get(key, "")) for key, kind in _META.items() if child.get(key)]
        elif tag == "Link" and child.get("rel") == "component":
            parts.append(unquote(child.get("href", "").removeprefix("swid:").strip()))
        elif tag in ("Payload", "Evidence"):
            host = host or child.get("deviceId", "")
            found += _files(child)
    meaning = Meaning.COMPONENT if element.get("corpus") == "true" else Meaning.INSTALLED
    asset = host or source.asset
    yield _observation(source, (locator, asset), (name, version), meaning, found)
    for number, part in enumerate(filter(None, parts)):
        source.tally["components"] += 1
        place = f"{locator} component {number}"
        yield _observation(source, (place, asset), (part, ""), Meaning.COMPONENT, [Observable(Kind.NAME, part)])


def _old(source: Input, locator: str, element: markup.Element) -> Observation:
    """Give what a tag of 2009 says."""
    fields = markup.fields(element)
    name, version = fields.get("product_title", ""), ""
    found = [Observable(Kind.NAME, name)] if name else []
    for child in element:
        tag, parts = markup.local(child), markup.fields(child)
        if tag == "product_version":
            version = parts.get("name", "")
        elif tag == "software_id" and parts.get("unique_id"):
            found.append(Observable(Kind.NAME, parts["unique_id"]))
        elif tag in _OLD_MAKERS:
            found += components.maker(parts.get("name", ""))
            found += _domain(parts.get("regid", ""))
    return _observation(source, (locator, source.asset), (name, version), Meaning.INSTALLED, found)


def _observation(
    source: Input, place: tuple[str, str], label: tuple[str, str], meaning: Meaning, found: list[Observable]
) -> Observation:
    """Give the observation of (locator, asset) and (label, version)."""
    return Observation(
        source=source.id,
        locator=place[0],
        asset=place[1],
        label=label[0],
        version=label[1],
        medium=Medium.FILES,
        meaning=meaning,
        observables=tuple(dict.fromkeys(found)),
    )


def _entity(element: markup.Element) -> list[Observable]:
    """Give name and domain of who is behind the software; of who only made the tag a mention."""
    name = element.get("name", "")
    if not _MAKERS.isdisjoint(element.get("role", "").lower().split()):
        return [*components.maker(name), *_domain(element.get("regid", ""))]
    return components.prose(name)


def _domain(regid: str) -> list[Observable]:
    """Give the domain that a registration id is: "maker.example", an address, or "regid.2010-04.example.maker"."""
    if old := _REGID.fullmatch(regid):
        regid = ".".join(reversed(old[1].split(".")))
    if "." not in regid or regid.endswith("unavailable"):  # "invalid.unavailable" stands for none
        return []
    return components.reference(regid if "//" in regid else f"https://{regid}")


def _files(payload: markup.Element) -> Iterator[Observable]:
    """Yield files, programs and folders that belong to the product, FILES at most."""
    for number, part in enumerate(payload.iter("{*}File", "{*}Process", "{*}Directory")):
        name = part.get("name", "")
        if number >= FILES:
            return
        if not name:
            continue
        kind = markup.local(part)
        if kind == "Process":
            yield Observable(Kind.PROCESS, name)
        elif kind == "File":
            yield Observable(Kind.FILE, re.split(r"[/\\]", name)[-1])
            yield from _hashes(part)
        if root := part.get("root", ""):
            separator = "\\" if "\\" in root else "/"
            yield Observable(Kind.PATH, f"{root.rstrip(separator)}{separator}{name}")


def _hashes(part: markup.Element) -> Iterator[Observable]:
    """Yield digests, which are attributes named "hash" in a namespace for each algorithm."""
    for key, value in part.items():
        if key.endswith("}hash"):
            yield Observable(Kind.HASH, value)
