# SPDX-License-Identifier: Apache-2.0
"""Package files of RPM: lead, signature and header."""

from __future__ import annotations

from struct import unpack_from
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.binary import pieces, programs
from debar.readers.databases import rpm_headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.binary.pieces import Pieces
    from debar.readers.inputs import Input

_LEAD = 96
_MAGIC = b"\x8e\xad\xe8\x01"
"""Begins both headers; eight bytes later their numbers of entries and of bytes stand."""


def read(source: Input) -> Iterator[Observation]:
    """Yield the package that a file holds."""
    with pieces.opened(source) as file:
        try:
            header = rpm_headers.header(_header(file))
        except rpm_headers.FaultyHeaderError as e:
            raise SourceError(f"the header cannot be read: {e}", locator=f"byte {_LEAD}") from e
        fields = {name: texts[0] for name, texts in header.items() if texts and texts[0] not in {"", "(none)"}}
        name = fields.get("name", "")
        if not name:
            raise SourceError("a header without the name of the package", locator=f"byte {_LEAD}")
        source.tally["package files"] += 1
        observables = [
            Observable(Kind.FILE, source.name),
            Observable(Kind.PACKAGE, name),
            *(o for field in ("vendor", "packager") for o in components.maker(fields.get(field, ""))),
            *(o for field in ("url", "bugs", "repository") for o in components.reference(fields.get(field, ""))),
            *components.prose(*(fields[field] for field in ("summary", "description") if field in fields)),
        ]
        epoch = f"{fields['epoch']}:" if fields.get("epoch", "0") != "0" else ""
        version = epoch + "-".join(fields[key] for key in ("version", "release") if key in fields)
        # The file lies there; whether it was ever installed, the package database says.
        yield programs.about(source, observables, meaning=Meaning.RESIDUE, label=name, version=version)


def _header(file: Pieces) -> bytes:
    """Give the header without its first bytes, as a database keeps it; it follows the signature, at a multiple of 8."""
    at = _LEAD
    for is_last in (False, True):
        start = file.at(at, 16)
        if start[:4] != _MAGIC:
            raise SourceError("no header stands where one must", locator=f"byte {at}")
        entries, size = unpack_from(">II", start, 8)
        length = 16 + 16 * entries + size
        if is_last:
            return file.at(at + 8, min(length - 8, rpm_headers.LARGEST))
        at += length + 7 & ~7
    raise AssertionError("unreachable")
