# SPDX-License-Identifier: Apache-2.0
"""The Consolidated Screening List of the United States as CSV (consolidated.csv of trade.gov)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.lists import csl_entries
from debar.lists.csl_entries import Entry, country_of, number_of, parted
from debar.lists.gathered import Gathering

if TYPE_CHECKING:
    from debar.lists.tables import Table
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input


def read(source: Input, table: Table) -> PartyList:
    """Give the list."""
    gathering = Gathering(source, csl_entries.TITLE)
    names = ("_id", "name", "source", "type", "alt_names", "programs", "addresses", "nationalities", "ids")
    id_, name, list_, kind, others, programmes, addresses, nations, ids = (table.at(each) for each in names)
    start, end, notice = (table.at(each) for each in ("start_date", "end_date", "federal_register_notice"))
    for _, cells in table.rows:
        entry = Entry(
            cells[id_],
            cells[name],
            cells[list_],
            cells[kind],
            parted(cells[others]),
            parted(cells[programmes]),
            (*map(country_of, parted(cells[addresses])), *parted(cells[nations])),
            tuple(number_of(each) for each in parted(cells[ids])),
            cells[start],
            cells[end],
            cells[notice],
        )
        csl_entries.add(gathering, entry)
    return gathering.whole()
