# SPDX-License-Identifier: Apache-2.0
"""The register in open formats: one file for each, one row for each.

The module of a format has `write(part, out)`; `out` is a text stream that leaves line ends as they are.
"""

from __future__ import annotations

from importlib import import_module
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol, cast

from debar.model.vocab import Instrument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.measures import Citation, Measure, Party, Provision
    from debar.register import Register

WITHOUT_FORCE = frozenset({Instrument.WARNING, Instrument.ADVICE, Instrument.RESOLUTION, Instrument.PROPOSAL})
"""Instruments that bind nobody, whatever their text says."""


class Part(NamedTuple):
    """What of the register is written: all of it, or what was chosen."""

    register: Register
    measures: tuple[Measure, ...]
    provisions: frozenset[str]
    """measure#provision of each that was chosen."""
    parties: tuple[Party, ...]
    on: str
    """The day or instant that was asked about."""
    narrowed: dict[str, str]
    """Which options chose, with their values; empty for the whole register."""

    def chosen(self, measure: Measure) -> list[Provision]:
        """Give the provisions of a measure that were chosen."""
        return [p for p in measure.provisions if f"{measure.id}#{p.id}" in self.provisions]


class Format(NamedTuple):
    """One row of the table."""

    name: str
    """Shown to users, used with -o."""
    module: str
    """Loaded on first use."""
    title: str


class FormatModule(Protocol):
    """What the module of a format offers."""

    def write(self, part: Part, out: IO[str]) -> None:
        """Write the part of the register."""


FORMATS = (
    Format("ics", "debar.writers.register.ics", "calendar of coming dates (RFC 5545)"),
    Format(
        "json", "debar.writers.register.whole", "one JSON document, described by docs/reference/register.schema.json"
    ),
    Format("csv", "debar.writers.register.table", "one row for each provision (RFC 4180)"),
    Format("odrl", "debar.writers.register.odrl", "policies in ODRL 2.2 (JSON-LD)"),
    Format("stix", "debar.writers.register.stix", "indicators of what was chosen, as a STIX 2.1 bundle (JSON)"),
    Format("ftm", "debar.writers.register.ftm", "parties, ties and listings in FollowTheMoney (JSON lines)"),
)


def load(name: str) -> FormatModule:
    """Give the module of a format; the name must be one of the table."""
    module = next(row.module for row in FORMATS if row.name == name)
    return cast("FormatModule", import_module(module))


def addresses(register: Register, citations: Iterable[Citation]) -> list[str]:
    """Give the web addresses of what is cited, each once and in order; anything else that a document names is left out."""
    urls = (register.documents[c.document].url for c in citations if c.document in register.documents)
    return list(dict.fromkeys(url for url in urls if is_address(url)))


def is_address(text: str) -> bool:
    """Tell whether a text is a web address and nothing more: no blanks, quotes, or characters that would have to be escaped."""
    plain = text.isascii() and text.isprintable() and not set(text) & set(' "<>\\^`{|}')
    return plain and text.startswith(("https://", "http://"))
