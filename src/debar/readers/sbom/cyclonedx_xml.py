# SPDX-License-Identifier: Apache-2.0
"""CycloneDX XML 1.0 to 1.7.

A small document is parsed at once and walked from component to component. A large one, and one that
breaks off, is followed element by element, and its tree never stands in memory as a whole.

No entity is resolved, nothing is fetched, and a document that declares its own type is refused: no
CycloneDX file needs one, and it is how expansion and inclusion attacks begin.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from lxml import etree

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.readers.inputs import Input

_NAMESPACE = re.compile(r"http://cyclonedx\.org/schema/bom/1\.\d")
_FOLLOWED = frozenset({"component", "service"})
_SKIPPED = frozenset({"ancestors", "descendants", "variants", "tools", "evidence", "formulation", "declarations"})
"""Elements whose components are not parts of the subject: relatives, and tools that made the BOM."""


_ONCE = frozenset({"name", "group", "version", "purl", "cpe"})
_TAGS = tuple(f"{{*}}{name}" for name in sorted({*_FOLLOWED, *_SKIPPED, "timestamp"}))
_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_CODE, _CPE, _HASH, _NAME, _PATH, _PURL = Kind.CODE, Kind.CPE, Kind.HASH, Kind.NAME, Kind.PATH, Kind.PURL


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
    if (root := _tree(source)) is not None:
        _refuse_doctype(root)
        yield from _walk(source, etree.iterwalk(root, events=("start", "end"), tag=_TAGS))
        return
    with source.stream() as stream:
        try:
            yield from _walk(source, _passing(etree.iterparse(stream, events=("start", "end"), **_SAFE)))
        except etree.XMLSyntaxError as e:
            raise SourceError(f"not well-formed XML: {e.msg}", locator=f"line {e.lineno}") from e


def _tree(source: Input) -> etree._Element | None:
    """Give the root of a small, well-formed document; of another, what can be read is read in passing."""
    document = source.small()
    try:
        return None if document is None else etree.fromstring(document, etree.XMLParser(collect_ids=False, **_SAFE))
    except etree.XMLSyntaxError:
        return None


def _refuse_doctype(root: etree._Element) -> None:
    if root.getroottree().docinfo.doctype:
        raise SourceError("declares a document type, which a CycloneDX document never needs", locator="line 1")


def _passing(events: Iterable[tuple[str, etree._Element]]) -> Iterator[tuple[str, etree._Element]]:
    """Yield events and let go of every element that is not part of an open component once it has ended."""
    followed = skipped = 0
    for event, element in events:
        if event == "start" and element.getparent() is None:
            _refuse_doctype(element)
        tag = _tag(element)
        step = 1 if event == "start" else -1
        skipped += step * (tag in _SKIPPED)
        followed += step * (tag in _FOLLOWED and not skipped)
        yield event, element
        if event == "start" or (followed and not skipped and tag not in _FOLLOWED and tag not in _SKIPPED):
            continue
        element.clear()
        # The parent keeps an empty shell of each child; drop those already passed, but not the fields
        # of an open component that stand before its pedigree or evidence.
        while (skipped or not followed or tag in _FOLLOWED) and element.getprevious() is not None:
            del element.getparent()[0]


def _walk(source: Input, events: Iterable[tuple[str, etree._Element]]) -> Iterator[Observation]:
    """Follow the document; the stack holds the components that are open."""
    stack: list[_Open] = [_Open("", service=False)]
    frame = _Frame(source)
    passed = 0
    for event, element in events:
        tag = _tag(element)
        if tag in _SKIPPED:
            passed += 1 if event == "start" else -1
            continue
        if passed:
            if event == "start" and tag == "component":
                source.tally["components of relatives and tools"] += 1
            continue
        if event == "start":
            if tag in _FOLLOWED:
                stack.append(_begin(stack[-1], element, tag))
        elif tag == "timestamp" and _tag(element.getparent()) == "metadata":
            frame.seen_at = element.text or ""
        elif tag in _FOLLOWED:
            opened = stack.pop()
            yield from frame.closed(element, opened, _counted(opened, stack))


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
    return "" if element is None else _local(element.tag)


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    """Give the local name of a tag, which is no text for what is no element."""
    if not isinstance(tag, str):
        return ""
    namespace, _, name = tag[1:].partition("}")
    return name if _NAMESPACE.fullmatch(namespace) else ""


def _observation(source: Input, element: etree._Element, opened: _Open, asset: str, seen_at: str) -> Observation:
    children = [(_local(child.tag), child) for child in element]
    first = _first(children)
    name, group = first.get("name", ""), first.get("group", "")
    return Observation(
        source=source.id,
        locator=opened.locator,
        asset=asset,
        label=f"{group}/{name}" if group else name,
        version=first.get("version", ""),
        medium=Medium.SBOM,
        meaning=Meaning.SERVICE_USE if opened.service else Meaning.COMPONENT,
        observables=tuple(_observables(children, first)),
        observed_at=seen_at,
    )


def _first(children: list[tuple[str, etree._Element]]) -> dict[str, str]:
    """Give the text of the first child of each name that stands once, without white space around it."""
    first: dict[str, str] = {}
    for tag, child in children:
        if tag in _ONCE and tag not in first:
            first[tag] = (child.text or "").strip()
    return first


def _observables(children: list[tuple[str, etree._Element]], first: dict[str, str]) -> list[Observable]:
    """Give every value of a component that can betray its maker."""
    found: list[Observable] = []
    name, group = first.get("name", ""), first.get("group", "")
    if name:
        found.append(Observable(_NAME, name))
    if purl := first.get("purl"):
        found.append(Observable(_PURL, purl))
    elif group:
        found += components.coordinates(group, name)
    if "." in group:
        found.append(Observable(_CODE, group))
    if cpe := first.get("cpe"):
        found.append(Observable(_CPE, cpe))
    for tag, child in children:
        if tag in ("publisher", "author"):
            found += components.maker((child.text or "").strip())
        elif tag in ("supplier", "manufacturer", "provider"):
            found += _party(child)
        elif tag == "authors":
            for author in child:
                found += _party(author)
        elif tag in ("description", "copyright"):
            found += components.prose(child.text or "")
        elif tag in ("externalReferences", "endpoints", "hashes", "properties"):
            found += _listed(child)
    return found


def _listed(holder: etree._Element) -> list[Observable]:
    """Give what references, endpoints, hashes and properties tell."""
    found: list[Observable] = []
    for child in holder:
        tag = _local(child.tag)
        if tag == "property":
            text = (child.text or "").strip()
            if text.startswith("cpe:"):
                found.append(Observable(_CPE, text))
            elif child.get("name", "")[-4:].lower() == "path":
                found.append(Observable(_PATH, text))
        elif tag == "reference":
            found += components.reference(_text(child, "url"))
        elif tag == "endpoint":
            found += components.reference((child.text or "").strip())
        elif tag == "hash":
            found.append(Observable(_HASH, (child.text or "").strip()))
    return found


def _party(element: etree._Element) -> list[Observable]:
    found: list[Observable] = []
    for child in element:
        tag, text = _local(child.tag), (child.text or "").strip()
        if tag == "name":
            found += components.maker(text)
        elif tag == "url":
            found += components.reference(text)
        elif tag == "email":
            found += components.contact(text)
        elif tag == "contact":
            found += _party(child)
    return found


def _text(element: etree._Element, name: str) -> str:
    """Give the text of the first child of a name, without white space around it."""
    for child in element:
        if _local(child.tag) == name:
            return (child.text or "").strip()
    return ""
