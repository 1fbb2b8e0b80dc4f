# SPDX-License-Identifier: Apache-2.0
"""Sources: they are there, say what is quoted, and carry the grade of what rests on them."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from debar.errors import did_you_mean
from debar.model.vocab import Grade
from debar.register.checks.names import missing
from debar.register.checks.times import days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from debar.model.measures import Citation, Document
    from debar.register import Register

_MARKER = re.compile(r"^\[([a-z0-9.-]+)\]$", re.MULTILINE)
_ORDER = list(Grade)
_QUOTE_WORDS = 60


def texts(directories: Sequence[Path], register: Register) -> dict[str, str]:
    """Give the stored texts by document id."""
    files = ((id_, one / "documents" / f"{id_}.txt") for one in directories for id_ in register.documents)
    return {id_: file.read_text(encoding="utf-8") for id_, file in files if file.is_file()}


def documents(register: Register, stored: dict[str, str]) -> Iterator[str]:
    """Yield a fault for each stored text that is not the text that was stored."""
    for document in register.documents.values():
        place = f"register/documents/{document.id}.yaml:1"
        text = stored.get(document.id)
        if document.sha256 and text is None:
            yield f"{place}: a digest is given, but {document.id}.txt is missing"
        elif text is not None and hashlib.sha256(text.encode()).hexdigest() != document.sha256:
            yield f"{place}: the digest is not that of {document.id}.txt"
        named = {"published": document.published, "retrieved": document.retrieved}
        yield from (f"{place}: {fault}" for fault in days(named))


def cited(citations: Iterable[Citation], grade: Grade, register: Register, stored: dict[str, str]) -> Iterator[str]:
    """Yield a fault for each citation that leads nowhere or misquotes, and for a grade better than its best source."""
    best = len(_ORDER) - 1
    for citation in citations:
        document = register.documents.get(citation.document)
        if document is None:
            yield missing("document", citation.document, register.documents)
            continue
        best = min(best, _ORDER.index(document.grade))
        yield from _quoted(citation, document, stored)
    if _ORDER.index(grade) < best:
        yield f"graded {grade}, but its best source is {_ORDER[best]}"


def _quoted(citation: Citation, document: Document, stored: dict[str, str]) -> Iterator[str]:
    if not citation.quote:
        return
    if document.id not in stored:
        yield f"quotes {document.id}, whose text is not stored"
        return
    blocks = _MARKER.split(stored[document.id])
    places = dict(zip(blocks[1::2], blocks[2::2], strict=False))
    if citation.at and citation.at not in places:
        yield f"{document.id} has no place [{citation.at}]{did_you_mean(citation.at, places)}"
        return
    if " ".join(citation.quote.split()) not in " ".join(places.get(citation.at, stored[document.id]).split()):
        yield f"the quote {citation.quote[:60]!r} does not stand in {document.id} at [{citation.at}]"
    if len(citation.quote.split()) > _QUOTE_WORDS:
        yield f"a quote of more than {_QUOTE_WORDS} words; cite the sentence that proves the fact"
