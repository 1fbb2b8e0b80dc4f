# SPDX-License-Identifier: Apache-2.0
"""One row for each provision, for spreadsheets.

RFC 4180, UTF-8. A spreadsheet runs a cell that begins like a formula, so such a cell gets an
apostrophe before it. Where a cell holds several values, they stand apart by "; ".
"""

from __future__ import annotations

import csv
import re
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.measures import Condition, Measure, Provision
    from debar.register import Register
    from debar.writers.register import Part

COLUMNS = (
    "measure", "provision", "title", "authority", "jurisdiction", "instrument", "status", "modality", "acts",
    "addressees", "parties", "lists", "origins", "ties", "categories", "applies_from", "applies_until", "known_from",
    "deadline", "conditions", "exemptions", "grade", "citation", "text",
)  # fmt: skip
FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet take a cell for a formula: OWASP's list, with the full-width forms."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def write(part: Part, out: IO[str]) -> None:
    """Write a header and a row for each provision that was chosen, in register order."""
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for measure in part.measures:
        for provision in part.chosen(measure):
            row = _row(part.register, measure, provision)
            rows.writerow([safe(row[column]) for column in COLUMNS])


def safe(cell: str) -> str:
    """Give a cell that no spreadsheet runs; control characters that no text needs are left out."""
    plain = _CONTROL.sub("", cell)
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def _row(register: Register, measure: Measure, provision: Provision) -> dict[str, str]:
    target = provision.targets
    return {
        "measure": measure.id,
        "provision": f"{measure.id}#{provision.id}",
        "title": measure.title,
        "authority": register.authorities[measure.authority].name,
        "jurisdiction": measure.jurisdiction,
        "instrument": measure.instrument,
        "status": measure.status,
        "modality": provision.modality,
        "acts": _several(provision.acts),
        "addressees": _several(provision.addressees),
        "parties": _several(target.parties),
        "lists": _several(target.lists),
        "origins": _several(f"{origin} ({target.origin_test})" for origin in target.origins),
        "ties": _several(target.extends_to),
        "categories": _several(target.categories),
        "applies_from": provision.applies_from,
        "applies_until": provision.applies_until,
        "known_from": provision.known_from,
        "deadline": _deadline(provision),
        "conditions": _several(map(_condition, provision.conditions)),
        "exemptions": _several(f"{exemption.id}: {exemption.text}" for exemption in provision.exemptions),
        "grade": provision.grade,
        "citation": _citation(register, measure, provision),
        "text": provision.text,
    }


def _several(values: Iterable[str]) -> str:
    return "; ".join(values)


def _deadline(provision: Provision) -> str:
    deadline = provision.deadline
    if not deadline:
        return ""
    again = ", again and again" if deadline.repeats else ""
    return f"{deadline.amount} {deadline.unit} after {deadline.after}{again}"


def _condition(condition: Condition) -> str:
    bounds = (("from", condition.not_before), ("before", condition.before), ("above", condition.above))
    limits = " ".join(f"{word} {limit}" for word, limit in bounds if limit)
    return f"{condition.fact} {limits or f'is {condition.equals}'}"


def _citation(register: Register, measure: Measure, provision: Provision) -> str:
    """Give the citation of the measure, and of each passage its document with the place in it."""
    cited = []
    for citation in provision.citations:
        document = register.documents.get(citation.document)
        name = (document.cite or document.url) if document else citation.document
        cited.append(f"{name}, {citation.at}" if citation.at else name)
    return _several(dict.fromkeys((measure.cite, *cited)))
