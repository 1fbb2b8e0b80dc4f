# SPDX-License-Identifier: Apache-2.0
"""XML element by element: no entity is resolved, nothing is fetched, and the tree never stands in memory as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from debar.readers.inputs import Input

    Element: TypeAlias = etree._Element  # noqa: SLF001 - the library's only name for its type

SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def elements(source: Input, *tags: str) -> Iterator[tuple[str, Element]]:
    """Yield (locator "line N", element) at the end of each element with one of these local names, in order.

    Namespaces are left aside. An element and all before it are emptied once the caller goes on, so keep no element.
    An element inside another of these tags is yielded on its own, before the outer one, and is empty in it.
    A document type declaration is read past; one that declares entities is refused.
    SourceError where the text is not well-formed; what stood before was yielded.
    """
    wanted = tuple(f"{{*}}{tag}" for tag in tags)
    with source.stream() as stream:
        try:
            is_checked = False
            for _, element in etree.iterparse(stream, events=("end",), tag=wanted, **SAFE):
                if not is_checked:
                    _refuse_entities(element)
                    is_checked = True
                yield f"line {element.sourceline}", element
                element.clear(keep_tail=False)
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:
                    del parent[0]
        except etree.XMLSyntaxError as e:
            raise SourceError(f"not well-formed XML: {e.msg}", locator=f"line {e.lineno}") from e


def document(source: Input) -> Element:
    """Give the root of a document that is read as a whole; SourceError when it is not well-formed."""
    try:
        root = etree.fromstring(bytes(source.document()), etree.XMLParser(collect_ids=False, **SAFE))
    except etree.XMLSyntaxError as e:
        raise SourceError(f"not well-formed XML: {e.msg}", locator=f"line {e.lineno}") from e
    _refuse_entities(root)
    return root


def _refuse_entities(element: Element) -> None:
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise SourceError("declares entities, which no export needs", locator="line 1")


def local(element: Element) -> str:
    """Give an element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def fields(element: Element) -> dict[str, str]:
    """Give the text of an element's children by local name, the first of each name; blank ones left out."""
    found: dict[str, str] = {}
    for child in element:
        if (text := (child.text or "").strip()) and (name := local(child)):
            found.setdefault(name, text)
    return found
