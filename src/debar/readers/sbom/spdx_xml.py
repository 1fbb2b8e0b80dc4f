# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 XML: the JSON form with an element for each key; a list is an element that stands several times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.readers import markup
from debar.readers.boms import spdx_packages
from debar.readers.boms.spdx_packages import TEXTS, Checksum, Package, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package; they wait where the document's name stands after them."""
    frame = spdx_packages.Frame(source)
    held: list[Observation] = []
    for locator, element in markup.elements(source, "packages", "Document"):
        if markup.local(element) == "packages":
            if not source.tally["components"]:
                _describe(frame, element.getparent())
            source.tally["components"] += 1
            observation = frame.observation(_package(element), locator)
            if not frame.asset:
                held.append(observation)
                continue
            yield observation
        elif held:
            _describe(frame, element)
            yield from (msgspec.structs.replace(o, asset=frame.asset or o.asset) for o in held)
            held.clear()
    yield from held


def _describe(frame: spdx_packages.Frame, document: markup.Element | None) -> None:
    """Take name and time from what there is of the document's element so far."""
    for child in document if document is not None else ():
        if markup.local(child) == "name":
            frame.asset = (child.text or "").strip()
        elif markup.local(child) == "creationInfo":
            frame.created = markup.fields(child).get("created", "")


def _package(element: markup.Element) -> Package:
    """Give the package that an element holds."""
    package = spdx_packages.package(
        (TEXTS[name], text) for name, text in markup.fields(element).items() if name in TEXTS
    )
    package.external_refs, package.checksums, package.attribution_texts = [], [], []
    for child in element:
        name = markup.local(child)
        if name == "externalRefs":
            parts = markup.fields(child)
            reference = Reference(parts.get("referenceType", ""), parts.get("referenceLocator", ""))
            package.external_refs.append(reference)
        elif name == "checksums":
            package.checksums.append(Checksum(markup.fields(child).get("checksumValue", "")))
        elif name == "attributionTexts" and child.text:
            package.attribution_texts.append(child.text)
    return package
