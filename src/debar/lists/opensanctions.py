# SPDX-License-Identifier: Apache-2.0
"""Tables of OpenSanctions, targets.simple.csv: a row for each target, several values of a cell apart by semicolons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.lists.gathered import Gathering
from debar.model.vocab.names import NameKind

if TYPE_CHECKING:
    from debar.lists.tables import Table
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input

_PARTIES = frozenset({"LegalEntity", "Company", "Organization", "PublicBody", "Person"})
_KEPT_OUT = {"Vessel": "vessels", "Airplane": "aircraft"}


def read(source: Input, table: Table) -> PartyList:
    """Give the list; its identifiers are not told by kind there, and so are left out."""
    gathering = Gathering(source, f"OpenSanctions targets ({source.name})")
    id_, schema, name, aliases, places = (table.at(each) for each in ("id", "schema", "name", "aliases", "countries"))
    programmes, sanctions, dataset = (table.at(each) for each in ("program_ids", "sanctions", "dataset"))
    for locator, cells in table.rows:
        if cells[schema] not in _PARTIES:
            gathering.left_out[_KEPT_OUT.get(cells[schema], "entries that are no parties")] += 1
            continue
        if not cells[id_]:
            source.lose(locator, "a row without an id")
            continue
        party = gathering.party(cells[id_])
        party.is_person = cells[schema] == "Person"
        party.call(cells[name])
        for alias in cells[aliases].split(";"):
            party.call(alias, NameKind.ALIAS)
        for place in cells[places].split(";"):
            party.place(place)
        party.say(", ".join(filter(None, (cells[dataset], cells[programmes] or cells[sanctions]))))
    gathering.notes.append("numbers of companies are left out: the table does not say of which kind they are")
    return gathering.whole()
