# SPDX-License-Identifier: Apache-2.0
"""The register as one JSON document: measures and parties with everything they refer to.

docs/reference/register.schema.json describes it; what it holds can be read back into the same structs.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import msgspec

from debar.model.measures import Authority, Calendar, Citation, Document, Measure, Noun, Party
from debar.release import SCHEMA
from debar.writers import Style, json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.writers.register import Part


class Whole(Noun, frozen=True, kw_only=True):
    """The register, or what of it was chosen; each part in the order of ids."""

    schema: int
    version: str
    """Of the register, CalVer."""
    sha256: str
    """Digest over the names and contents of all its files, also of those that were not chosen."""
    added: tuple[str, ...]
    """Names of the directories that an organisation added to it."""
    narrowed: dict[str, str]
    """What it was narrowed to: party, jurisdiction, on; empty for the whole register."""
    authorities: tuple[Authority, ...]
    calendars: tuple[Calendar, ...]
    parties: tuple[Party, ...]
    documents: tuple[Document, ...]
    """What is known about each source; the texts are not in it."""
    measures: tuple[Measure, ...]


def write(part: Part, out: IO[str]) -> None:
    """Write one indented document."""
    json.write_document(whole(part), out, Style())


def whole(part: Part) -> Whole:
    """Give the measures and parties that were chosen, and what they refer to."""
    register = part.register
    authorities = {m.authority for m in part.measures}
    if not part.narrowed:
        return _whole(part, set(register.authorities), set(register.calendars), set(register.documents))
    calendars = {register.authorities[id_].calendar for id_ in authorities}
    holidays = [calendar for id_, calendar in register.calendars.items() if id_ in calendars]
    documents = {d for m in part.measures for d in m.documents}
    documents |= {c.document for noun in (*part.measures, *part.parties, *holidays) for c in _citations(noun)}
    return _whole(part, authorities, calendars, documents)


def _whole(part: Part, authorities: set[str], calendars: set[str], documents: set[str]) -> Whole:
    register = part.register
    return Whole(
        schema=SCHEMA,
        version=register.version,
        sha256=register.sha256,
        added=register.added,
        narrowed=part.narrowed,
        authorities=tuple(a for id_, a in register.authorities.items() if id_ in authorities),
        calendars=tuple(c for id_, c in register.calendars.items() if id_ in calendars),
        parties=part.parties,
        documents=tuple(d for id_, d in register.documents.items() if id_ in documents),
        measures=part.measures,
    )


def _citations(noun: object) -> Iterator[Citation]:
    """Yield every citation in a noun, however deep."""
    if isinstance(noun, Citation):
        yield noun
    elif isinstance(noun, msgspec.Struct):
        for name in noun.__struct_fields__:
            yield from _citations(getattr(noun, name))
    elif isinstance(noun, tuple):
        for one in noun:
            yield from _citations(one)
