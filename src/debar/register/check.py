# SPDX-License-Identifier: Apache-2.0
"""Whether a register holds together; every fault is found, with its file, before anything is said.

  1. shape      every file is exactly its struct (load.read)
  2. names      ids have the form of ids, every reference resolves
  3. sources    every provision is cited, every quote stands in the stored text, at its place
  4. grades     no fact is graded better than its best source
  5. dates      they are dates, times have a zone, intervals are in order
  6. indicators patterns compile, levels follow grades, domains are domains
  7. freshness  a review that is long overdue
Examples of indicators and worked cases need the matching and the procedure; `pipeline.check` adds them.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from debar import dates
from debar.errors import did_you_mean
from debar.model.vocab import Grade, Operator
from debar.register import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from debar.model.inventory import Indicator
    from debar.model.measures import Citation, Document, Measure, Party, Provision
    from debar.register import Register

_ID = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*")
_MARKER = re.compile(r"^\[([a-z0-9.-]+)\]$", re.MULTILINE)
_ORDER = {Grade.PRIMARY: 0, Grade.SECONDARY: 1, Grade.UNVERIFIED: 2}
_LEVEL_CAP = {Grade.PRIMARY: 5, Grade.SECONDARY: 5, Grade.UNVERIFIED: 2}
_QUOTE_WORDS = 60


def faults(directory: Path, today: date) -> tuple[Register, list[str]]:
    """Give the register and each fault of it as "file:line: what"; `today` decides what is overdue."""
    register, found = load.read(directory)
    texts = _texts(directory, register)
    found += list(_authorities(register))
    found += list(_names(register))
    found += list(_documents(register, texts))
    for measure in register.measures.values():
        place = _Place(directory / "measures", measure.id)
        found += [place.fault(needle, fault) for needle, fault in _measure(measure, register, texts, today)]
    for party in register.parties.values():
        place = _Place(directory / "parties", party.id)
        found += [place.fault("", fault) for fault in _party(party, register, texts)]
    for file in sorted((directory / "indicators").rglob("*.yaml")):
        place = _Place(directory / "indicators", file.stem)
        own = [i for i in register.indicators if place.has(f"id: {i.id}")]
        found += [place.fault(f"id: {i.id}", fault) for i in own for fault in _indicator(i, register)]
    return register, found


class _Place:
    """A file of the register, in which a fault is to be given its line."""

    def __init__(self, folder: Path, stem: str) -> None:
        file = next(iter(sorted(folder.rglob(f"{stem}.yaml"))), None)
        self.lines = file.read_text(encoding="utf-8").splitlines() if file else []
        self.name = f"register/{file.relative_to(folder.parent).as_posix()}" if file else f"register/{folder.name}"

    def has(self, needle: str) -> bool:
        """Tell whether a line ends with the needle."""
        return any(line.rstrip().endswith(needle) for line in self.lines)

    def fault(self, needle: str, message: str) -> str:
        """Give "file:line: message" for the first line that ends with the needle."""
        ends = (needle, f'"{needle.removeprefix("id: ")}"')
        line = next((n for n, text in enumerate(self.lines, 1) if needle and text.rstrip().endswith(ends)), 1)
        return f"{self.name}:{line}: {message}"


def _texts(directory: Path, register: Register) -> dict[str, str]:
    """Give the stored texts by document id."""
    found = {}
    for id_ in register.documents:
        file = directory / "documents" / f"{id_}.txt"
        if file.is_file():
            found[id_] = file.read_text(encoding="utf-8")
    return found


def _names(register: Register) -> Iterator[str]:
    """2. ids have the form of ids, and none is used twice."""
    groups: dict[str, Iterable[str]] = {
        "authority": register.authorities,
        "party": register.parties,
        "document": register.documents,
        "measure": register.measures,
        "indicator": [i.id for i in register.indicators],
        "layout": [layout.id for layout in register.layouts],
    }
    for what, ids in groups.items():
        seen: set[str] = set()
        for id_ in ids:
            if not _ID.fullmatch(id_):
                yield f"{what} {id_!r}: an id is lower-case words joined by - or ."
            if id_ in seen:
                yield f"{what} {id_!r} stands twice"
            seen.add(id_)


def _authorities(register: Register) -> Iterator[str]:
    """5. an authority sits in a time zone that exists."""
    for authority in register.authorities.values():
        try:
            dates.zone(authority.zone)
        except ValueError as e:
            yield f"register/authorities/{authority.id}.yaml:1: {e}"


def _documents(register: Register, texts: dict[str, str]) -> Iterator[str]:
    """3. a stored text is the text that was stored."""
    for document in register.documents.values():
        place = f"register/documents/{document.id}.yaml"
        text = texts.get(document.id)
        if document.sha256 and text is None:
            yield f"{place}: a digest is given, but {document.id}.txt is missing"
        elif text is not None and hashlib.sha256(text.encode()).hexdigest() != document.sha256:
            yield f"{place}: the digest is not that of {document.id}.txt"
        yield from (
            f"{place}: {fault}" for fault in _days({"published": document.published, "retrieved": document.retrieved})
        )


def _measure(measure: Measure, register: Register, texts: dict[str, str], today: date) -> Iterator[tuple[str, str]]:
    """Yield (line to point at, fault) for a measure and its provisions."""
    yield from (("", fault) for fault in _frame(measure, register, today))
    for provision in measure.provisions:
        faults = _provision(provision, measure, register, texts)
        yield from ((f"id: {provision.id}", f"#{provision.id}: {fault}") for fault in faults)


def _frame(measure: Measure, register: Register, today: date) -> Iterator[str]:
    if measure.authority not in register.authorities:
        yield f"authority {measure.authority!r} is not in the register{did_you_mean(measure.authority, register.authorities)}"
    for id_ in measure.documents:
        if id_ not in register.documents:
            yield f"document {id_!r} is not in the register{did_you_mean(id_, register.documents)}"
    for relation in measure.relations:
        # Legal bases outside the register may be named in words; an id must resolve.
        if _ID.fullmatch(relation.to) and relation.to not in register.measures:
            yield f"relation {relation.kind} to {relation.to!r}, which is not in the register"
    yield from _days({"issued": measure.issued, "published": measure.published, "review.last": measure.review.last})
    yield from _freshness(measure, today)
    ids = [p.id for p in measure.provisions]
    yield from (f"provision {id_!r} stands twice" for id_ in sorted({i for i in ids if ids.count(i) > 1}))


def _provision(provision: Provision, measure: Measure, register: Register, texts: dict[str, str]) -> Iterator[str]:
    for party in provision.targets.parties:
        if party not in register.parties:
            yield f"party {party!r} is not in the register{did_you_mean(party, register.parties)}"
    if not _ID.fullmatch(provision.id):
        yield "an id is lower-case words joined by - or ."
    if not provision.citations:
        yield "no citation"
    yield from _cited(provision.citations, provision.grade, measure, register, texts)
    for exemption in provision.exemptions:
        cited = _cited(exemption.citations, exemption.grade, measure, register, texts)
        yield from (f"exemption {exemption.id}: {fault}" for fault in cited)
    times = {
        "applies_from": provision.applies_from,
        "applies_until": provision.applies_until,
        "known_from": provision.known_from,
    }
    bad = list(_days(times))
    yield from bad
    if bad or not provision.applies_until or measure.authority not in register.authorities:
        return
    with contextlib.suppress(ValueError):  # an unknown zone is a fault of the authority
        zone = register.authorities[measure.authority].zone
        if dates.begins(provision.applies_until, zone) <= dates.begins(provision.applies_from, zone):
            yield "applies_until is not after applies_from"


def _cited(
    citations: tuple[Citation, ...], grade: Grade, measure: Measure, register: Register, texts: dict[str, str]
) -> Iterator[str]:
    """3. and 4.: the sources are there, say what is quoted, and carry the grade."""
    best = 2
    for citation in citations:
        document = register.documents.get(citation.document)
        if document is None:
            yield f"document {citation.document!r} is not in the register{did_you_mean(citation.document, register.documents)}"
            continue
        if citation.document not in measure.documents:
            yield f"document {citation.document!r} is cited but not among the measure's documents"
        best = min(best, _ORDER[document.grade])
        yield from _quoted(citation, document, texts)
    if _ORDER[grade] < best:
        yield f"graded {grade}, but its best source is {list(_ORDER)[best]}"


def _quoted(citation: Citation, document: Document, texts: dict[str, str]) -> Iterator[str]:
    if not citation.quote:
        return
    if document.id not in texts:
        yield f"quotes {document.id}, whose text is not stored"
        return
    blocks = _MARKER.split(texts[document.id])
    places = dict(zip(blocks[1::2], blocks[2::2], strict=False))
    if citation.at and citation.at not in places:
        yield f"{document.id} has no place [{citation.at}]{did_you_mean(citation.at, places)}"
        return
    if " ".join(citation.quote.split()) not in " ".join(places.get(citation.at, texts[document.id]).split()):
        yield f"the quote {citation.quote[:60]!r} does not stand in {document.id} at [{citation.at}]"
    if len(citation.quote.split()) > _QUOTE_WORDS:
        yield f"a quote of more than {_QUOTE_WORDS} words; cite the sentence that proves the fact"


def _days(named: dict[str, str]) -> Iterator[str]:
    """5. a date is a date, and a time has a zone."""
    for name, text in named.items():
        if not text:
            continue
        try:
            dates.parse(text)
        except ValueError as e:
            yield f"{name}: {e}"


def _freshness(measure: Measure, today: date) -> Iterator[str]:
    """7. a review that is overdue by as much again as its period."""
    try:
        last = date.fromisoformat(measure.review.last)
    except ValueError:
        return
    if measure.review.every and today > last + timedelta(days=2 * measure.review.every):
        yield f"last reviewed on {last}, due every {measure.review.every} days: reread the sources"


def _party(party: Party, register: Register, texts: dict[str, str]) -> Iterator[str]:
    ids = [product.id for product in party.products]
    yield from (f"product {id_!r} stands twice" for id_ in sorted({i for i in ids if ids.count(i) > 1}))
    for relation in party.relations:
        if relation.to not in register.parties:
            yield f"relation {relation.kind} to {relation.to!r}, which is not in the register"
        yield from _days({"valid_from": relation.valid_from, "valid_until": relation.valid_until})
    for citation in (*party.citations, *(c for r in party.relations for c in r.citations)):
        document = register.documents.get(citation.document)
        if document is None:
            yield f"document {citation.document!r} is not in the register{did_you_mean(citation.document, register.documents)}"
        else:
            yield from _quoted(citation, document, texts)


def _indicator(indicator: Indicator, register: Register) -> Iterator[str]:
    """6. what can be told of an indicator without matching it."""
    party = register.parties.get(indicator.party)
    if party is None:
        yield f"party {indicator.party!r} is not in the register{did_you_mean(indicator.party, register.parties)}"
    elif indicator.product and indicator.product not in (known := [p.id for p in party.products]):
        yield f"product {indicator.product!r} of {party.id} is not in the register{did_you_mean(indicator.product, known)}"
    if not 1 <= indicator.level <= _LEVEL_CAP[indicator.grade]:
        yield f"level {indicator.level} is not allowed for a fact graded {indicator.grade}"
    if not indicator.examples or not indicator.patterns or not indicator.references:
        yield "needs at least one pattern, one example and one reference"
    if indicator.operator is Operator.REGEX:
        for pattern in indicator.patterns:
            try:
                re.compile(pattern)
            except re.error as e:
                yield f"pattern {pattern!r} is no regular expression: {e}"
    elif any(not pattern.strip() for pattern in indicator.patterns):
        yield "an empty pattern fits everything"
    yield from _days({"valid_from": indicator.valid_from, "valid_until": indicator.valid_until})
