# SPDX-License-Identifier: Apache-2.0
"""CycloneDX XML 1.0 to 1.7.

A small document is parsed at once and walked from component to component. A large one, and one that
breaks off, is followed element by element, and its tree never stands in memory as a whole.

No entity is resolved, nothing is fetched, and a document that declares its own type is refused: no
CycloneDX file needs one, and it is how expansion and inclusion attacks begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from lxml import etree

from debar.errors import SourceError
from debar.model.vocab import Meaning
from debar.readers import components, markup
from debar.readers.boms import cyclonedx_components, cyclonedx_elements, cyclonedx_frame, cyclonedx_machines
from debar.readers.boms.cyclonedx_frame import RELATIVES, SUBJECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.boms.cyclonedx_components import Fields
    from debar.readers.inputs import Input

_FOLLOWED = frozenset({"component", "service"})
_SKIPPED = frozenset({"descendants", "variants", "tools", "formulation", "declarations"})
"""Elements whose components are not parts of the subject: relatives, and tools that made the BOM."""
_MAKERS = frozenset({"supplier", "manufacture", "manufacturer"})
_KEPT = _FOLLOWED | _MAKERS
"""Elements whose parts are needed when they end."""
_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_TAGS = (
    *(f"{{*}}{name}" for name in sorted({*_FOLLOWED, *_SKIPPED, *_MAKERS, "metadata", "timestamp", "vulnerability"})),
    _SIGNATURE,
)


class _Open:
    """A component whose element has begun and not ended."""

    __slots__ = ("counts", "is_relative", "locator", "service")

    def __init__(self, locator: str, *, service: bool, is_relative: bool = False) -> None:
        self.locator, self.service, self.is_relative = locator, service, is_relative
        self.counts = {"components": 0, "services": 0, "pedigree/ancestors": 0}


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
            yield from _walk(source, _passing(etree.iterparse(stream, events=("start", "end"), **markup.SAFE)))
        except etree.XMLSyntaxError as e:
            raise SourceError(f"not well-formed XML: {e.msg}", locator=f"line {e.lineno}") from e


def _tree(source: Input) -> markup.Element | None:
    """Give the root of a small, well-formed document; of another, what can be read is read in passing."""
    document = source.small()
    try:
        return (
            None if document is None else etree.fromstring(document, etree.XMLParser(collect_ids=False, **markup.SAFE))
        )
    except etree.XMLSyntaxError:
        return None


def _refuse_doctype(root: markup.Element) -> None:
    if root.getroottree().docinfo.doctype:
        raise SourceError("declares a document type, which a CycloneDX document never needs", locator="line 1")


def _passing(events: Iterable[tuple[str, markup.Element]]) -> Iterator[tuple[str, markup.Element]]:
    """Yield events and let go of every element that is not part of an open component once it has ended."""
    followed = skipped = 0
    for event, element in events:
        if event == "start" and element.getparent() is None:
            _refuse_doctype(element)
        tag = _tag(element)
        step = 1 if event == "start" else -1
        skipped += step * (tag in _SKIPPED)
        followed += step * (tag in _KEPT and not skipped)
        yield event, element
        if event == "start" or (followed and not skipped and tag not in _FOLLOWED and tag not in _SKIPPED):
            continue
        element.clear()
        # The parent keeps an empty shell of each child; drop those already passed, but not the fields
        # of an open component that stand before its pedigree or evidence.
        while (skipped or not followed or tag in _FOLLOWED) and element.getprevious() is not None:
            del element.getparent()[0]


def _walk(source: Input, events: Iterable[tuple[str, markup.Element]]) -> Iterator[Observation]:
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
                source.tally[RELATIVES] += 1
            continue
        if event == "start":
            if tag in _FOLLOWED:
                stack.append(_begin(stack[-1], element, tag))
        elif tag in _FOLLOWED:
            opened = stack.pop()
            yield from frame.closed(element, opened, _counted(opened, stack))
        elif tag == "metadata":
            yield from frame.described()
        else:
            frame.noted(element, tag)
    components.note_hollow(source)


class _Frame(cyclonedx_frame.Frame):
    """What all components of one BOM share; it is known once its metadata have ended."""

    def __init__(self, source: Input) -> None:
        super().__init__(source, source.path)
        self.subject: Fields | None = None
        self.makers: dict[str, list[Observable]] = {}
        self.held: list[Observation] = []
        """Components below the subject, which end before it does."""

    def noted(self, element: markup.Element, tag: str) -> None:
        """Note what the BOM says of itself, and count what says nothing about its contents."""
        if tag == "vulnerability":
            self.source.tally["vulnerabilities"] += 1
        elif element.tag == _SIGNATURE:
            self.source.tally["signatures"] += 1
        elif _tag(element.getparent()) != "metadata":
            return
        elif tag == "timestamp":
            self.seen_at = element.text or ""
        elif tag in _MAKERS:
            self.makers[tag] = cyclonedx_components.party(cyclonedx_elements.party(element))

    def closed(self, element: markup.Element, opened: _Open, what: str) -> Iterator[Observation]:
        """Yield the component that just ended, unless it waits for the subject's name."""
        self.source.tally[what] += 1
        component = cyclonedx_elements.fields(element)
        if what == "subjects":
            self.subject = component
            return
        self.has_rows = any(one.name == cyclonedx_machines.OPERATIONS for one in component.properties or ())
        meaning = Meaning.SERVICE_USE if opened.service else Meaning.COMPONENT
        observation = self.observation(component, opened.locator, Meaning.RESIDUE if opened.is_relative else meaning)
        if opened.locator.startswith("/metadata"):
            self.held.append(observation)
            return
        yield observation
        if self.has_rows:
            yield from self.contacts(observation, component)

    def described(self) -> Iterator[Observation]:
        """Yield the subject, what waited for it, and who made the BOM, now that the metadata are over."""
        self.asset = cyclonedx_frame.named(self.subject) or self.asset
        makers = [*self.makers.get("supplier", ()), *self.makers.get("manufacture", ())]
        if self.subject:
            yield self.observation(self.subject, SUBJECT, Meaning.COMPONENT, makers)
        elif makers:
            place = "supplier" if self.makers.get("supplier") else "manufacture"
            yield self.organisation(f"/metadata/{place}", Meaning.COMPONENT, makers)
        for one in self.held:
            yield msgspec.structs.replace(one, asset=self.asset, observed_at=self.seen_at)
        self.held.clear()
        if found := self.makers.get("manufacturer"):
            yield self.organisation("/metadata/manufacturer", Meaning.MENTION, found)


def _begin(parent: _Open, element: markup.Element, tag: str) -> _Open:
    """Give the place of a component that begins."""
    holder = _tag(element.getparent())
    if holder == "metadata":
        return _Open(SUBJECT, service=False)
    below = "pedigree/ancestors" if holder == "ancestors" else f"{tag}s"
    number = parent.counts[below]
    parent.counts[below] += 1
    is_relative = parent.is_relative or holder == "ancestors"
    return _Open(f"{parent.locator}/{below}/{number}", service=tag == "service", is_relative=is_relative)


def _counted(opened: _Open, stack: list[_Open]) -> str:
    """Give what a component is counted as."""
    if opened.is_relative:
        return RELATIVES
    kind = "services" if opened.service else "components"
    if opened.locator == SUBJECT:
        return "subjects"
    if opened.locator.startswith("/metadata"):
        return f"{kind} below the subject"
    return kind if len(stack) == 1 else f"nested {kind}"


def _tag(element: markup.Element | None) -> str:
    """Give the local name of an element in any CycloneDX namespace, else nothing."""
    return "" if element is None else cyclonedx_elements.local(element.tag)
