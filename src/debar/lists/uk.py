# SPDX-License-Identifier: Apache-2.0
"""Lists of the United Kingdom as CSV: the UK Sanctions List, and the Consolidated List of OFSI until January 2026.

A party has a row for each of its names, and for each of its addresses; rows of the same Unique ID or Group ID belong to
one. A name stands in six columns, of which the sixth holds that of a company, or the family name. The day of the list
stands in a row above the header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.lists.days import DAY_FIRST, day
from debar.lists.gathered import Gathering
from debar.model.vocab.names import NameKind
from debar.readers.names import numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.lists.gathered import Gathered
    from debar.lists.tables import Table
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input

_ISSUED = re.compile(r"(?:Report Date|Last Updated)\W*(\d{1,2}[-/]\w{2,3}[-/]\d{4}|\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_PARTED = re.compile(r"[;,|\n]|\(\d+\)")
_KINDS = {
    "primary name": NameKind.NAME,
    "primary name variation": NameKind.ALIAS,
    "alias": NameKind.ALIAS,
    "aka": NameKind.ALIAS,
    "a.k.a": NameKind.ALIAS,
    "fka": NameKind.FORMER,
    "f.k.a": NameKind.FORMER,
    "previous name": NameKind.FORMER,
}
_SHIPS = frozenset({"ship", "ships", "vessel"})


def read(source: Input, table: Table) -> PartyList:
    """Give the list."""
    is_new = "Unique ID" in table.header
    gathering = Gathering(source, "UK Sanctions List" if is_new else "UK Consolidated List of OFSI")
    issued = next(filter(None, map(_ISSUED.search, table.above)), None)
    gathering.version = day(issued[1], DAY_FIRST) if issued else ""
    id_, kind = (
        table.at("Unique ID", "Group ID"),
        table.at("Designation Type", "Group Type", "Individual, Entity, Ship"),
    )
    add = _rows_of(table)
    ships: set[str] = set()
    unknown: set[str] = set()
    for locator, cells in table.rows:
        if not cells[id_].strip():
            source.lose(locator, "a row without the number of a party")
        elif cells[kind].strip().lower() in _SHIPS:
            ships.add(cells[id_])
        else:
            party = gathering.party(f"uk-{cells[id_].strip()}")
            party.is_person = cells[kind].strip().lower() == "individual"
            unknown |= add(party, cells)
    gathering.left_out["ships"] += len(ships)
    if unknown:
        gathering.notes.append(
            f"kinds of names that are not known were taken for aliases: {', '.join(sorted(unknown))[:200]}"
        )
    return gathering.whole()


def _rows_of(table: Table) -> Callable[[Gathered, Sequence[str]], set[str]]:
    """Give what adds a row to its party, and tells kinds of names that are not known."""
    parts = [table.at(f"Name {number}") for number in range(1, 7)]
    kind, strength = table.at("Name type", "Alias Type"), table.at("Alias strength", "Alias Quality")
    native, place = table.at("Name non-latin script"), table.at("Address Country", "Country")
    number, parent = (
        table.at("Business registration number (s)", "Business registration number"),
        table.at("Parent company"),
    )
    regime, imposed = table.at("Regime Name", "Regime"), table.at("Sanctions Imposed")
    since = table.at("Date Designated", "Listed On")

    def add(party: Gathered, cells: Sequence[str]) -> set[str]:
        said = cells[kind].strip().lower().rstrip(".")
        found = _KINDS.get(said, NameKind.ALIAS)
        is_weak = "low" in cells[strength].lower()
        # Empty parts of a name are "0" in some releases.
        name = " ".join(part for at in parts if (part := cells[at].strip()) not in ("", "0"))
        party.call(name, NameKind.WEAK if is_weak else found)
        party.call(cells[native], NameKind.ALIAS)
        party.place(cells[place])
        for written in _PARTED.split(cells[number]) if cells[number] and not party.is_person else ():
            label, colon, rest = written.rpartition(":")
            party.number(numbers.kind(label) or "registration", rest if colon else written)
        days = f"designated {day(cells[since], DAY_FIRST) or cells[since].strip()}" if cells[since].strip() else ""
        party.say(", ".join(filter(None, (cells[regime].strip(), cells[imposed].strip().replace("|", " and "), days))))
        if cells[parent].strip():
            party.say(f"parent company as the list says: {cells[parent]}")
        return set() if said in _KINDS or not said else {said[:50]}

    return add
