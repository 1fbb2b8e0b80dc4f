# SPDX-License-Identifier: Apache-2.0
"""Where what the register says can be read, for whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.results.found import Result
from debar.model.vocab import Grade

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.measures import Citation
    from debar.register import Register


class Source(Result, frozen=True, kw_only=True):
    """A passage of a document."""

    cite: str
    """The document and the place in it."""
    quote: str
    """Empty where the text may not be stored."""
    publisher: str
    url: str
    grade: Grade


def sources(register: Register, citations: Iterable[Citation]) -> tuple[Source, ...]:
    """Give the passages that some citations name, in their order, each once."""
    found = []
    for citation in dict.fromkeys(citations):
        document = register.documents[citation.document]
        found.append(
            Source(
                cite=", ".join(part for part in (document.cite or document.title, citation.at) if part),
                quote=citation.quote,
                publisher=document.publisher,
                url=document.url,
                grade=document.grade,
            )
        )
    return tuple(found)


def cited(register: Register) -> dict[str, tuple[Citation, ...]]:
    """Give the citations of whatever has a day, by its words: provisions, exemptions, events, ties ..."""
    found: dict[str, tuple[Citation, ...]] = {}
    for text, citations in _dated(register):
        found[text] = (*found.get(text, ()), *citations)
    return found


def _dated(register: Register) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    for measure in register.measures.values():
        yield from ((event.text, event.citations) for event in measure.history)
        yield from ((waiver.text, waiver.citations) for waiver in measure.waivers)
        for provision in measure.provisions:
            yield provision.text, provision.citations
            yield from ((exemption.text, exemption.citations) for exemption in provision.exemptions)
    for party in register.parties.values():
        yield from ((relation.text, relation.citations) for relation in party.relations)
