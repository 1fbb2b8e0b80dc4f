# SPDX-License-Identifier: Apache-2.0
"""The Consolidated Screening List of the United States as JSON: {"results": [...]}, or the list alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.lists import csl_entries
from debar.lists.csl_entries import Entry, parted
from debar.lists.gathered import Gathering
from debar.readers.records import UNREADABLE

if TYPE_CHECKING:
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input


class _Address(msgspec.Struct):
    country: str | None = None


class _Number(msgspec.Struct):
    type: str | None = None
    number: str | None = None


class _Row(msgspec.Struct):
    name: str
    source: str
    id: str = ""
    type: str | None = None
    alt_names: list[str] | str | None = None
    programs: list[str] | None = None
    addresses: list[_Address] | None = None
    nationalities: list[str] | None = None
    ids: list[_Number] | None = None
    start_date: str | None = None
    end_date: str | None = None
    federal_register_notice: str | None = None


class _Whole(msgspec.Struct):
    results: list[msgspec.Raw]


def read(source: Input) -> PartyList:
    """Give the list; entries that are not as they should be are lost, and told."""
    gathering = Gathering(source, csl_entries.TITLE)
    data = source.document()
    try:
        rows = msgspec.json.decode(data, type=list[msgspec.Raw] | _Whole)
    except UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e
    decoder = msgspec.json.Decoder(_Row)
    for number, raw in enumerate(rows.results if isinstance(rows, _Whole) else rows):
        try:
            csl_entries.add(gathering, _entry(decoder.decode(raw)))
        except UNREADABLE as e:
            source.lose(f"/results/{number}" if isinstance(rows, _Whole) else f"/{number}", str(e))
    return gathering.whole()


def _entry(row: _Row) -> Entry:
    others = parted(row.alt_names) if isinstance(row.alt_names, str) else tuple(row.alt_names or ())
    places = [address.country or "" for address in row.addresses or ()]
    return Entry(
        row.id,
        row.name,
        row.source,
        row.type or "",
        others,
        tuple(row.programs or ()),
        (*places, *(row.nationalities or ())),
        tuple((number.type or "", number.number or "") for number in row.ids or ()),
        row.start_date or "",
        row.end_date or "",
        row.federal_register_notice or "",
    )
