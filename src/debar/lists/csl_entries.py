# SPDX-License-Identifier: Apache-2.0
"""What the Consolidated Screening List of the United States says in one entry, as CSV or as JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.identity import stable_id
from debar.model.vocab.names import NameKind
from debar.readers.names import numbers

if TYPE_CHECKING:
    from debar.lists.gathered import Gathering

TITLE = "US Consolidated Screening List"
_KEPT_OUT = {"vessel": "vessels", "aircraft": "aircraft"}
_REACH = re.compile(r"[;,]? and any (?:successor|sub-?unit|subsidiary)\b.*", re.IGNORECASE | re.DOTALL)
"""Lists of the Department of State say behind a name whom else it means."""


class Entry(NamedTuple):
    """One entry."""

    id: str
    name: str
    source: str
    """The list that it comes from."""
    kind: str = ""
    other_names: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    """Countries of addresses and nationality."""
    numbers: tuple[tuple[str, str], ...] = ()
    """(label, number)."""
    start: str = ""
    end: str = ""
    notice: str = ""
    """Where the Federal Register printed it."""


def parted(cell: str) -> tuple[str, ...]:
    """Give the values of a cell, which stand apart with semicolons."""
    return tuple(filter(None, (part.strip() for part in cell.split(";"))))


def country_of(address: str) -> str:
    """Give what stands last in an address, which is its country, as code or by name, where it tells one."""
    return address.rpartition(",")[2].strip()


def number_of(text: str) -> tuple[str, str]:
    """Give (label, number) of a number whose parts stand apart with commas: kind, number and country, in any order."""
    parts = [part.strip() for part in text.split(",")]
    label = next((part for part in parts if numbers.kind(part)), "")
    others = (part for part in parts if part != label and any(map(str.isdigit, part)))
    return label, next(others, "")


def add(gathering: Gathering, entry: Entry) -> None:
    """Add what an entry says to its party."""
    if what := _KEPT_OUT.get(entry.kind.lower()):
        gathering.left_out[what] += 1
        return
    # Older releases have numbers for some lists only, and several lists may use the same one.
    id_ = entry.id or stable_id("entry", entry.source, entry.name, entry.start)
    party = gathering.party(f"csl-{id_}")
    party.is_person = entry.kind.lower() == "individual"
    reach = _REACH.search(entry.name)
    party.call(entry.name[: reach.start()] if reach else entry.name)
    for name in entry.other_names:
        # The last of several names that were one sentence begins with "and".
        party.call(name.removeprefix("and "), NameKind.ALIAS)
    for place in entry.places:
        party.place(place)
    for label, number in entry.numbers:
        kind = numbers.kind(label)
        if kind and not (party.is_person and kind == "tax"):
            party.number(kind, number)
    days = (entry.start and f"from {entry.start}", entry.end and f"until {entry.end}")
    party.say(", ".join(filter(None, (entry.source, *entry.programmes, *days, entry.notice))))
    if reach:
        party.say(f"listed with{reach.group().lstrip(';,')[4:]}")
