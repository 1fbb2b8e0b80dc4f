# SPDX-License-Identifier: Apache-2.0
"""CycloneDX XML 1.0 to 1.7, element by element: the tree never stands in memory as a whole.

No entity is resolved, nothing is fetched, and a document that declares its own type is refused: no
CycloneDX file needs one, and it is how expansion and inclusion attacks begin.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from lxml import etree

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_NAMESPACE = re.compile(r"http://cyclonedx\.org/schema/bom/1\.\d")
_FOLLOWED = frozenset({"component", "service"})
_SKIPPED = frozenset({"ancestors", "descendants", "variants", "tools", "evidence", "formulation", "declarations"})
"""Elements whose components are not parts of the subject: relatives, and tools that made the BOM."""


class _Open:
    """A component whose element has begun and not ended."""

    __slots__ = ("counts", "locator", "service")

    def __init__(self, locator: str, *, service: bool) -> None:
        self.locator, self.service = locator, service
        self.counts = {"component": 0, "service": 0}


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each component, service and subject of a CycloneDX XML BOM.

    A component comes after those nested in it, because it is complete only when it ends.
    """
    with source.stream() as stream:
        events = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            yield from _walk(source, events)
        except etree.XMLSyntaxError as e:
            raise SourceError(f"not well-formed XML: {e.msg}", locator=f"line {e.lineno}") from e


def _walk(source: Input, events: etree.iterparse) -> Iterator[Observation]:
    """Follow the document; the stack holds the components that are open."""
    stack: list[_Open] = [_Open("", service=False)]
    frame = _Frame(source)
    passed = 0
    for event, element in events:
        tag = _tag(element)
        if event == "start" and element.getparent() is None and element.getroottree().docinfo.doctype:
            raise SourceError("declares a document type, which a CycloneDX document never needs", locator="line 1")
        if tag in _SKIPPED:
            passed += 1 if event == "start" else -1
            if event == "end":
                element.clear()
            continue
        if passed:
            source.tally["components of relatives and tools"] += event == "start" and tag == "component"
            continue
        if event == "start":
            if tag in _FOLLOWED:
                stack.append(_begin(stack[-1], element, tag))
        elif tag == "timestamp" and _tag(element.getparent()) == "metadata":
            frame.seen_at = element.text or ""
        elif tag in _FOLLOWED:
            opened = stack.pop()
            yield from frame.closed(element, opened, _counted(opened, stack))
            element.clear()
            # The parent keeps an empty shell of each child; drop those already passed.
            while element.getprevious() is not None:
                del element.getparent()[0]


class _Frame:
    """What all components of one BOM share; it is known once the subject has ended."""

    def __init__(self, source: Input) -> None:
        self.source, self.asset, self.seen_at = source, source.path, ""
        self.held: list[Observation] = []
        """Components below the subject, which end before it does."""

    def closed(self, element: etree._Element, opened: _Open, what: str) -> Iterator[Observation]:
        """Yield the component that just ended, and after the subject those that waited for its name."""
        self.source.tally[what] += 1
        observation = _observation(self.source, element, opened, self.asset, self.seen_at)
        if what.endswith("below the subject"):
            self.held.append(observation)
            return
        if what == "subjects":
            self.asset = f"{observation.label}@{observation.version}".rstrip("@") or self.asset
            yield msgspec.structs.replace(observation, asset=self.asset)
            yield from (msgspec.structs.replace(one, asset=self.asset) for one in self.held)
            self.held.clear()
            return
        yield observation


def _begin(parent: _Open, element: etree._Element, tag: str) -> _Open:
    holder = _tag(element.getparent())
    if holder == "metadata":
        return _Open("/metadata/component", service=False)
    number = parent.counts[tag]
    parent.counts[tag] += 1
    return _Open(f"{parent.locator}/{tag}s/{number}", service=tag == "service")


def _counted(opened: _Open, stack: list[_Open]) -> str:
    kind = "services" if opened.service else "components"
    if opened.locator == "/metadata/component":
        return "subjects"
    if opened.locator.startswith("/metadata"):
        return f"{kind} below the subject"
    return kind if len(stack) == 1 else f"nested {kind}"


def _tag(element: etree._Element | None) -> str:
    """Give the local name of an element in any CycloneDX namespace, else nothing."""
    if element is None or not isinstance(element.tag, str):
        return ""
    namespace, _, name = element.tag[1:].partition("}")
    return name if _NAMESPACE.fullmatch(namespace) else ""


def _observation(source: Input, element: etree._Element, opened: _Open, asset: str, seen_at: str) -> Observation:
    name, group = _text(element, "name"), _text(element, "group")
    return Observation(
        source=source.id,
        locator=opened.locator,
        asset=asset,
        label=f"{group}/{name}" if group else name,
        version=_text(element, "version"),
        medium=Medium.SBOM,
        meaning=Meaning.SERVICE_USE if opened.service else Meaning.COMPONENT,
        observables=tuple(_observables(element, name, group)),
        observed_at=seen_at,
    )


def _observables(element: etree._Element, name: str, group: str) -> Iterator[Observable]:
    """Yield every value of a component that can betray its maker."""
    if name:
        yield Observable(Kind.NAME, name)
    if purl := _text(element, "purl"):
        yield Observable(Kind.PURL, purl)
    elif group:
        yield from components.coordinates(group, name)
    if "." in group:
        yield Observable(Kind.CODE, group)
    if cpe := _text(element, "cpe"):
        yield Observable(Kind.CPE, cpe)
    for child in element:
        tag = _tag(child)
        if tag in ("publisher", "author"):
            yield from components.maker((child.text or "").strip())
        elif tag in ("supplier", "manufacturer", "provider"):
            yield from _party(child)
        elif tag == "authors":
            for author in child:
                yield from _party(author)
        elif tag in ("description", "copyright"):
            yield from components.prose(child.text or "")
        elif tag in ("externalReferences", "endpoints", "hashes", "properties"):
            yield from _listed(child)


def _listed(holder: etree._Element) -> Iterator[Observable]:
    """Yield what references, endpoints, hashes and properties tell."""
    for child in holder:
        tag, text = _tag(child), (child.text or "").strip()
        if tag == "reference":
            yield from components.reference(_text(child, "url"))
        elif tag == "endpoint":
            yield from components.reference(text)
        elif tag == "hash":
            yield Observable(Kind.HASH, text)
        elif tag == "property":
            if text.startswith("cpe:"):
                yield Observable(Kind.CPE, text)
            elif child.get("name", "").lower().endswith("path"):
                yield Observable(Kind.PATH, text)


def _party(element: etree._Element) -> Iterator[Observable]:
    for child in element:
        tag, text = _tag(child), (child.text or "").strip()
        if tag == "name":
            yield from components.maker(text)
        elif tag == "url":
            yield from components.reference(text)
        elif tag == "email":
            yield from (o for o in components.maker(text) if o.kind is Kind.MAINTAINER_DOMAIN)
        elif tag == "contact":
            yield from _party(child)


def _text(element: etree._Element, name: str) -> str:
    """Give the text of the first child of a name, without white space around it."""
    for child in element:
        if _tag(child) == name:
            return (child.text or "").strip()
    return ""
