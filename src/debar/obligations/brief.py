# SPDX-License-Identifier: Apache-2.0
"""What a reader needs beside the findings: which register answers, what its measures and parties are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.results import Brief, RegisterVersion
from debar.register.age import age, warning

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from debar.model.results import Finding
    from debar.obligations.question import Question
    from debar.register import Register


def release_of(register: Register, question: Question) -> RegisterVersion:
    """Give which register answers, and how old it is on the day asked about."""
    try:
        days = age(register.version, question.as_of)
    except ValueError:
        days = None
    return RegisterVersion(
        version=register.version,
        sha256=register.sha256,
        added=register.added,
        age=days,
        warning=warning(days) if days is not None else "",
    )


def briefs(findings: Iterable[Finding], register: Register) -> dict[str, Brief]:
    """Give what a reader needs to know of the measures behind some findings."""
    found = {}
    for measure in (register.measures[id_] for id_ in sorted({f.measure for f in findings})):
        authority = register.authorities[measure.authority]
        found[measure.id] = Brief(
            title=measure.title,
            cite=measure.cite,
            authority=authority.name,
            instrument=measure.instrument,
            status=measure.status,
            zone=authority.zone,
        )
    return found


def names(register: Register, parties: Collection[str]) -> dict[str, str]:
    """Give what people call some parties and their products."""
    found = {}
    for party in (register.parties[id_] for id_ in sorted(parties)):
        found[party.id] = party.name
        found |= {f"{party.id}/{product.id}": product.name for product in party.products}
    return found
