# SPDX-License-Identifier: Apache-2.0
"""The consolidated list of financial sanctions of the European Union as CSV (version 1.1).

A party has rows for each of its names, addresses and numbers; those of one Entity_LogicalId belong together. Cells
stand apart with semicolons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.lists import eu_entries
from debar.lists.days import DAY_FIRST, day
from debar.lists.gathered import Gathering

if TYPE_CHECKING:
    from debar.lists.tables import Table
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input


def read(source: Input, table: Table) -> PartyList:
    """Give the list."""
    gathering = Gathering(source, eu_entries.TITLE)
    id_, subject = table.at("Entity_LogicalId"), table.at("Entity_SubjectType_ClassificationCode")
    short, issued = table.at("Entity_SubjectType"), table.at("fileGenerationDate")
    whole, remark = table.at("NameAlias_WholeName"), table.at("NameAlias_Remark")
    parts = [table.at(f"NameAlias_{part}Name") for part in ("First", "Middle", "Last")]
    places = [table.at(name) for name in ("Address_CountryIso2Code", "Citizenship_CountryIso2Code")]
    number, number_kind = table.at("Identification_Number"), table.at("Identification_TypeCode")
    programme, title = table.at("Entity_Regulation_Programme"), table.at("Entity_Regulation_NumberTitle")
    since = table.at("Entity_DesignationDate")
    for locator, cells in table.rows:
        if not cells[id_].isdecimal():
            source.lose(locator, "a row without the number of a party")
            continue
        gathering.version = gathering.version or day(cells[issued], DAY_FIRST)
        party = gathering.party(f"eu-{cells[id_]}")
        party.is_person = eu_entries.is_person(cells[subject]) or eu_entries.is_person(cells[short])
        name = cells[whole] or " ".join(filter(None, (cells[part] for part in parts)))
        party.call(name, eu_entries.kind(cells[remark], first=not party.names))
        for at in places:
            party.place(cells[at])
        eu_entries.number(party, cells[number_kind], cells[number])
        eu_entries.say(party, cells[programme], cells[title], day(cells[since], DAY_FIRST))
    return gathering.whole()
