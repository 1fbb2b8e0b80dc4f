# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 RDF/XML: packages wherever in the graph they are described.

RDF/XML writes one graph in many ways: a node may stand inside the property that points to it, or
elsewhere under its address; its type may be the element's name or a property. All of them are followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers import markup
from debar.readers.boms import spdx_packages
from debar.readers.boms.spdx_packages import Checksum, Package, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_NAMES = (f"{_RDF}about", f"{_RDF}nodeID", f"{_RDF}ID")
_POINTERS = (f"{_RDF}resource", f"{_RDF}nodeID")
_TEXTS = {
    "name": "name",
    "versionInfo": "version_info",
    "supplier": "supplier",
    "originator": "originator",
    "homepage": "homepage",
    "downloadLocation": "download_location",
    "packageFileName": "package_file_name",
    "sourceInfo": "source_info",
    "description": "description",
    "summary": "summary",
    "comment": "comment",
    "copyrightText": "copyright_text",
}
"""Properties of spdx, doap and rdfs by their local names, which do not collide."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package that is described, in document order."""
    root = markup.document(source)
    graph = _Graph(root)
    frame = spdx_packages.Frame(source)
    for document in graph.of_type("SpdxDocument"):
        frame.asset = frame.asset or graph.text(document, "name")
        for creation in graph.values(document, "creationInfo"):
            frame.created = frame.created or graph.text(creation, "created")
    seen: set[str] = set()
    for element in graph.of_type("Package"):
        name = graph.address(element)
        if name in seen or not len(element):
            continue  # described before, or only pointed to
        seen.update([name] if name else [])
        source.tally["components"] += 1
        yield frame.observation(_package(graph, element), f"line {element.sourceline}")


class _Graph:
    """The nodes of a document by their addresses, each as the element that describes it."""

    def __init__(self, root: markup.Element) -> None:
        self._root = root
        self._described: dict[str, markup.Element] = {}
        self._texts: dict[markup.Element, dict[str, str]] = {}
        for element in root.iter():
            if len(element) and (name := self.address(element)):
                self._described.setdefault(name, element)

    def address(self, element: markup.Element) -> str:
        """Give what a node is called; nothing for one without a name."""
        return next((value for key in _NAMES if (value := element.get(key))), "")

    def of_type(self, kind: str) -> Iterator[markup.Element]:
        """Yield nodes of a type, in document order."""
        for element in self._root.iter():
            name = markup.local(element)
            if name == kind or (name == "Description" and self._is(element, kind)):
                yield element

    def _is(self, element: markup.Element, kind: str) -> bool:
        return any(
            markup.local(child) == "type" and child.get(f"{_RDF}resource", "").endswith(f"#{kind}") for child in element
        )

    def values(self, element: markup.Element, name: str) -> Iterator[markup.Element]:
        """Yield the nodes that a property points to, whether they stand inside it or elsewhere."""
        for child in element:
            if markup.local(child) != name:
                continue
            yield from child
            pointer = next((value for key in _POINTERS if (value := child.get(key))), "")
            if pointer in self._described:
                yield self._described[pointer]

    def text(self, element: markup.Element, name: str) -> str:
        """Give the first text of a property, or the address it points to."""
        texts = self._texts.get(element)
        if texts is None:  # many properties may point to one node
            texts = self._texts[element] = {}
            for child in element:
                text = (child.text or "").strip() or child.get(f"{_RDF}resource", "")
                texts.setdefault(markup.local(child), text)
        return texts.get(name, "")


def _package(graph: _Graph, element: markup.Element) -> Package:
    """Give the package that a node is."""
    found = {}
    for name, field in _TEXTS.items():
        # "nobody says" and "there is none" are nodes of the vocabulary, not texts
        if (text := graph.text(element, name)) and not text.startswith("http://spdx.org/rdf/terms#"):
            found[field] = text
    package = spdx_packages.package(found.items())
    package.external_refs = [
        Reference(graph.text(one, "referenceType"), graph.text(one, "referenceLocator"))
        for one in graph.values(element, "externalRef")
    ]
    package.checksums = [Checksum(graph.text(one, "checksumValue")) for one in graph.values(element, "checksum")]
    if purpose := graph.text(element, "primaryPackagePurpose"):
        package.primary_package_purpose = purpose.rpartition("purpose_")[2].upper()
    package.attribution_texts = [
        child.text for child in element if markup.local(child) == "attributionText" and child.text
    ]
    return package
