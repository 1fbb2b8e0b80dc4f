# SPDX-License-Identifier: Apache-2.0
"""Sources: they are there, say what is quoted, and carry the grade of what rests on them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from debar.errors import did_you_mean
from debar.model.vocab import Grade
from debar.register import folders
from debar.register.checks.faults import Fault, under
from debar.register.checks.names import missing, repeated
from debar.register.checks.times import ANY_ZONE, days, order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from debar.model.measures import Citation, Claim, Document
    from debar.register import Register
    from debar.register.folders import Folder

LARGEST = 16 << 20
"""Bytes of the largest text that is kept of a document."""
_MARKER = re.compile(r"^\[([a-z0-9.-]+)\]$", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?")
_ORDER = list(Grade)
_QUOTE_WORDS = 60


def texts(every: Sequence[Folder]) -> tuple[dict[str, str], list[str]]:
    """Give the stored texts by document id, and the faults of those that are none."""
    found: dict[str, str] = {}
    faults: list[str] = []
    for folder in every:
        for file in folders.files(folder, ("documents",))[0]:
            if file.suffix != ".txt":
                continue
            text, fault = _text(file)
            found.setdefault(file.stem, text)
            faults += [f"{folder.named(file)}:{fault}"] if fault else []
            if not file.with_suffix(".yaml").is_file():
                faults.append(f"{folder.named(file)}:1: the text of no document: {file.stem}.yaml is missing")
    return found, faults


def _text(file: Path) -> tuple[str, str]:
    """Give the text of a file, and the fault of one that is none as "line: what"."""
    try:
        with file.open("rb") as opened:
            found = opened.read(LARGEST + 1)
    except OSError as e:
        return "", f"1: {e.strerror}"
    if len(found) > LARGEST:
        return "", f"1: larger than {LARGEST >> 20} MiB"
    try:
        return found.decode("utf-8"), ""
    except UnicodeDecodeError as e:
        line = found.count(b"\n", 0, e.start) + 1
        return "", f"{line}: not UTF-8: {e.reason}"


def document_faults(document: Document, stored: Mapping[str, str], cited_ones: frozenset[str]) -> Iterator[Fault]:
    """Yield the faults of a document: a text that is not the one that was stored, an address that is none."""
    text = stored.get(document.id)
    if document.sha256 and text is None:
        yield Fault(("sha256",), f"a digest is given, but {document.id}.txt is missing")
    elif text is not None and hashlib.sha256(text.encode()).hexdigest() != document.sha256:
        yield Fault(("sha256",), f"the digest is not that of {document.id}.txt")
    marks = _MARKER.findall(text or "")
    yield from (Fault((), f"place [{mark}] stands twice in {document.id}.txt") for mark in repeated(marks))
    yield from days({"published": document.published, "retrieved": document.retrieved})
    yield from order(("published", document.published), ("retrieved", document.retrieved), ANY_ZONE)
    if not _ADDRESS.fullmatch(document.url):
        yield Fault(("url",), f"{document.url!r} is no address of a page")
    if document.id not in cited_ones:
        yield Fault((), "nothing in the register rests on this document")


def cited(
    citations: Iterable[Citation], register: Register, stored: Mapping[str, str], grade: Grade | None = None
) -> Iterator[Fault]:
    """Yield a fault for each citation that leads nowhere or misquotes, and for a grade better than its best source."""
    best, is_known = len(_ORDER) - 1, True
    for number, citation in enumerate(citations):
        document = register.documents.get(citation.document)
        if document is None:
            yield missing(("citations", number, "document"), "document", citation.document, register.documents)
            is_known = False
            continue
        best = min(best, _ORDER.index(document.grade))
        yield from under(("citations", number), _quoted(citation, document, stored))
    if grade and is_known and _ORDER.index(grade) < best:
        yield Fault(("grade",), f"graded {grade}, but its best source is {_ORDER[best]}")


def claimed(claims: Iterable[Claim], register: Register, stored: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the faults of what single sources say where they disagree."""
    for number, claim in enumerate(claims):
        # A claim may name its source in words; where it cites one, it can be no better than that.
        grade = claim.grade if claim.citations else None
        yield from under(("claims", number), cited(claim.citations, register, stored, grade))


def _quoted(citation: Citation, document: Document, stored: Mapping[str, str]) -> Iterator[Fault]:
    if document.id not in stored:
        if citation.quote:
            yield Fault(("quote",), f"quotes {document.id}, whose text is not stored")
        elif citation.at:
            yield Fault(("at",), f"names a place in {document.id}, whose text is not stored")
        return
    blocks = _MARKER.split(stored[document.id])
    places = dict(zip(blocks[1::2], blocks[2::2], strict=False))
    if citation.at and citation.at not in places:
        yield Fault(("at",), f"{document.id} has no place [{citation.at}]{did_you_mean(citation.at, places)}")
        return
    if " ".join(citation.quote.split()) not in " ".join(places.get(citation.at, stored[document.id]).split()):
        said = f"the quote {citation.quote[:60]!r} does not stand in {document.id} at [{citation.at}]"
        yield Fault(("quote",), said)
    if len(citation.quote.split()) > _QUOTE_WORDS:
        yield Fault(("quote",), f"a quote of more than {_QUOTE_WORDS} words; cite the sentence that proves the fact")
