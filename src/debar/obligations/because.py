# SPDX-License-Identifier: Apache-2.0
"""Why: the passages, doubts and open questions behind a finding, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.results import Because
from debar.obligations import conditions, reach

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.measures import Citation, Claim
    from debar.obligations.question import Matter
    from debar.obligations.reach import Link
    from debar.register import Register

QUESTIONS = {
    "subject-only-suspected": "Is this really the party's technology? The evidence is weak; one more look must settle it.",
    "provision-unverified": "Does the source really say so? No text that can be shown has been seen.",
    reach.MADE_WHERE: "In which country was it produced? The provision reaches it by its origin (fact produced_in).",
    reach.WHICH_PRODUCT: "Which product is it? The provision reaches only some of this supplier's, or leaves some out.",
}


def because(register: Register, citations: Iterable[Citation]) -> tuple[Because, ...]:
    """Give the passages behind a finding, in the order of their citations, each once."""
    found = []
    for citation in dict.fromkeys(citations):
        document = register.documents[citation.document]
        place = ", ".join(part for part in (document.cite or document.title, citation.at) if part)
        found.append(
            Because(
                citation=place,
                text=citation.quote or f"{document.publisher}: {document.title}",
                grade=document.grade,
                publisher=document.publisher,
                url=document.url,
            )
        )
    return tuple(found)


def doubts(matter: Matter) -> tuple[str, ...]:
    """Give what the sources of a provision leave open, each with its grade and with who says what."""
    return tuple(
        f"{doubt.about}: {doubt.text}{side_by_side(doubt.claims)} ({doubt.grade})"
        for doubt in matter.provision.doubts
        if matter.is_known(doubt.known_from)
    )


def words(matter: Matter, link: Link, missing: str) -> str:
    """Give the question behind a missing fact in words."""
    if missing == reach.DISPUTED:
        return f"Sources disagree: {link.text}{side_by_side(link.claims)}. Which of them is right?"
    if missing in QUESTIONS:
        return QUESTIONS[missing]
    asked = conditions.of_provision(matter.measure, matter.provision, matter.granted)
    return next(c.needs for c in asked if c.id == missing)


def side_by_side(claims: Iterable[Claim]) -> str:
    """Give what each source says, where they disagree; nothing where none is recorded."""
    said = "; ".join(f"{claim.by}: {claim.value}" for claim in claims)
    return f" [{said}]" if said else ""
