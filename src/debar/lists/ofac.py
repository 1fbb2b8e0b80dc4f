# SPDX-License-Identifier: Apache-2.0
"""Lists of OFAC as CSV: SDN.CSV or CONS_PRIM.CSV, with the names and addresses that lie beside it.

Columns have places and no names, and "-0-" stands for nothing (OFAC, "SDN data specification"): number, name, type,
programme, title, call sign, kind of vessel, tonnage, gross tonnage, flag, owner, remarks. ALT.CSV has number, number of
the name, aka, fka or nka, and the name; ADD.CSV has number, number of the address, street, place and country. What does
not fit into the remarks goes on in SDN_COMMENTS.CSV. Names that are weak by the list's own word stand in the remarks.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from debar.lists import tables
from debar.lists.gathered import Gathering
from debar.lists.remarks import read_remarks
from debar.lists.tables import Header
from debar.model.vocab.names import NameKind
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.model.listed import PartyList

_COLUMNS = ("number", "name", "type", "programme", *("",) * 7, "remarks")
_TYPES = frozenset({"-0-", "individual", "vessel", "aircraft", "entity"})
_LOOKED_AT = 20
"""Lines by which the list is recognised."""
_KEPT_OUT = {"vessel": "vessels", "aircraft": "aircraft"}
_NAMES = {"aka": NameKind.ALIAS, "fka": NameKind.FORMER, "nka": NameKind.NAME}
_SDN, _OTHER = "OFAC Specially Designated Nationals (SDN)", "OFAC consolidated list (non-SDN)"
_NOT_SDN = ("NS-", "UKRAINE-EO13662", "CMIC-", "561-", "CAPTA", "FSE-", "SSI")
"""How programmes begin whose parties are on other lists than that of Specially Designated Nationals."""


def fits(text: str) -> bool:
    """Tell whether a text begins with rows of such a list; some among them may be broken."""
    lines = text.splitlines()[:_LOOKED_AT]
    rows = [row for row in csv.reader(lines) if any(row)]
    known = [_is_row(row) for row in rows]
    return any(known[:1]) and sum(known) * 2 >= len(known)


def _is_row(cells: list[str]) -> bool:
    return len(cells) == len(_COLUMNS) and cells[0].strip().isdecimal() and cells[2].strip().lower() in _TYPES


def read(source: Input) -> PartyList:
    """Give the list; without the files beside it, with the names and remarks of the first alone."""
    gathering = Gathering(source, _SDN)
    remarks: dict[str, str] = {}
    left_out: set[str] = set()
    programmes: Counter[bool] = Counter()
    for locator, cells in _rows(source, len(_COLUMNS)):
        number, name, kind, programme, remark = cells[0], cells[1], cells[2].lower(), cells[3], cells[11]
        if not number.isdecimal() or kind not in _TYPES:
            source.lose(locator, "no row of a party: a number comes first and the type third")
            continue
        if what := _KEPT_OUT.get(kind):
            gathering.left_out[what] += 1
            left_out.add(number)
            continue
        party = gathering.party(f"ofac-{number}")
        party.is_person = kind == "individual"
        party.call(name)
        for each in _told(programme).split("] [") if _told(programme) else ():
            party.say(f"OFAC programme {each.strip('[] ')}")
            programmes[each.startswith(_NOT_SDN)] += 1
        remarks[number] = _told(remark)
    gathering.name = _OTHER if programmes[True] > programmes[False] else _SDN
    digests = [source.sha256, *_beside(source, gathering, remarks, left_out)]
    for number, text in remarks.items():
        read_remarks(gathering.parties[f"ofac-{number}"], text)
    if len(digests) > 1:
        gathering.version = hashlib.sha256("".join(digests).encode()).hexdigest()[:12]
    return gathering.whole()


def _rows(source: Input, width: int) -> Iterator[tuple[str, list[str]]]:
    """Yield (locator, cells) of a file in which columns have places and no names."""
    columns = Header(("",) * width, 0, ",")
    for locator, cells in tables.opened(source, columns).rows:
        # Remarks, in the last column, may be cut between two words and go on elsewhere.
        yield locator, [cell.strip() if at != width - 1 else cell for at, cell in enumerate(cells)]


def _told(cell: str) -> str:
    return "" if cell.strip() == "-0-" else cell


def _beside(source: Input, gathering: Gathering, remarks: dict[str, str], left_out: set[str]) -> list[str]:
    """Read the files beside the list, and give their digests."""
    known = left_out | remarks.keys()
    digests = []
    for name, width in (("alt", 5), ("add", 6), ("comments", 2)):
        path = _path(source, name)
        if path is None:
            missing = {"alt": "other names", "add": "countries"}.get(name)
            gathering.notes += [f"no {name.upper()}.CSV lies beside it: {missing} are not known"] if missing else []
            continue
        there = Input(str(path), path)
        strangers = 0
        for _, cells in _rows(there, width):
            number = cells[0]
            if number in left_out:
                continue
            if number not in known:
                strangers += 1
            elif name == "comments":
                remarks[number] += cells[1]
            else:
                _add(gathering, name, cells)
        gathering.left_out[f"rows of {path.name} about parties that are not on the list"] += strangers
        gathering.notes += [f"{path.name}: {locator}: {reason}" for locator, reason in there.losses]
        digests.append(there.sha256)
    return digests


def _add(gathering: Gathering, name: str, cells: list[str]) -> None:
    """Add a row of a file beside the list to its party."""
    party = gathering.parties[f"ofac-{cells[0]}"]
    if name == "add":
        party.place(cells[4])
    else:
        party.call(cells[3], _NAMES.get(cells[2].lower(), NameKind.ALIAS))


def _path(source: Input, name: str) -> Path | None:
    """Give a file beside the list, in whatever case its name is: CONS_PRIM.CSV has CONS_ALT.CSV, any other ALT.CSV."""
    folder = source.folder
    if folder is None:
        return None
    is_other = source.name.lower().startswith("cons")
    wanted = {f"cons_{name}.csv"} if is_other else {f"{name}.csv", f"sdn_{name}.csv"}
    return next((path for path in sorted(folder.iterdir()) if path.name.lower() in wanted and path.is_file()), None)
