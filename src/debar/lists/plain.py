# SPDX-License-Identifier: Apache-2.0
"""Lists that anybody keeps: a table with a column of names, whatever else it has, told by the words in its header.

Rows of one id are one party; without a column of ids, rows of one name are. Several values of a cell stand apart with
semicolons, vertical bars or line breaks, never with commas: names have commas.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.identity import stable_id
from debar.lists.days import DAY_FIRST, MONTH_FIRST, day
from debar.lists.gathered import Gathering
from debar.lists.owners import owned_by
from debar.lists.plain_columns import NAME_KINDS, PARTIES, PERSONS, THINGS, columns, name_at
from debar.model.vocab.names import NameKind
from debar.text import header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.lists.gathered import Gathered
    from debar.lists.plain_columns import Columns
    from debar.lists.tables import Header, Table
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input

_WORD = 80
"""Characters of a word for a kind that are looked at."""
_folded = lru_cache(maxsize=4096)(header)
_PARTED = re.compile(r"[;|\n]")
_CLEAR = tuple(form for form in (*DAY_FIRST, *MONTH_FIRST) if "/" not in form)
"""Ways to write days that mean the same everywhere."""
_KNOWN = PARTIES | PERSONS | NAME_KINDS.keys()
_OF_PERSONS = frozenset({"tax", "registration", "inn"})


def is_header(begin: Header) -> bool:
    """Tell whether a row names a column of names, with no row as wide above it, and the word is none of the names."""
    at = name_at(begin.cells)
    word = _folded(begin.cells[at][:_WORD])
    return begin.is_widest and at >= 0 and all(_folded(row[at][:_WORD]) != word for row in begin.below if len(row) > at)


def read(source: Input, table: Table) -> PartyList:
    """Give the list, called like its file."""
    gathering = Gathering(source, source.name)
    at = columns(table)
    unknown: Counter[str] = Counter()
    owners: list[tuple[str, str, str]] = []
    aimed_at: set[str] = set()
    for _, cells in table.rows:
        kinds = [_folded(cells[place][:_WORD]) for place in at.kinds if cells[place]]
        if things := [THINGS[kind] for kind in kinds if kind in THINGS]:
            gathering.left_out[things[0]] += 1
            continue
        name = cells[at.name].strip()
        id_ = cells[at.id].strip() or (stable_id("party", name.casefold()) if name else "")
        if not id_:
            gathering.left_out["rows without a name"] += 1
            continue
        party = gathering.party(id_)
        party.is_person |= not PERSONS.isdisjoint(kinds)
        if any(cells[place].strip() for place in (*at.said, at.since)):
            aimed_at.add(id_)
        party.call(name, _kind_of(kinds, unknown))
        _add(party, cells, at)
        if cells[at.owner].strip():
            owners.append((id_, " ".join(cells[at.owner].split()), cells[at.share]))
    for id_, party in gathering.parties.items():
        # A table of names need not be a list of measures; where it has columns of them, they say whom it aims at.
        party.is_listed = id_ in aimed_at
    _tie(gathering, owners)
    gathering.notes += _remarks(at, unknown)
    return gathering.whole()


def _kind_of(kinds: Sequence[str], unknown: Counter[str]) -> NameKind:
    """Give what the name of a row is by its own words, else a full name; words that are not known are counted."""
    known = [NAME_KINDS[kind] for kind in kinds if kind in NAME_KINDS]
    if len(known) < len(kinds):
        unknown.update(kind for kind in kinds if kind not in _KNOWN)
    return known[0] if known else NameKind.NAME


def _add(party: Gathered, cells: Sequence[str], at: Columns) -> None:
    """Add what a row says beside its name."""
    for place, kind in at.others:
        for text in _PARTED.split(cells[place]) if cells[place] else ():
            party.call(text, kind)
    for place in at.countries:
        for text in _PARTED.split(cells[place]) if cells[place] else ():
            party.place(text)
    for place, number in at.numbers:
        for text in _PARTED.split(cells[place]) if not (party.is_person and number in _OF_PERSONS) else ():
            party.number(number, text)
    said = [text for place in at.said if (text := cells[place].strip())]
    since, until = cells[at.since].strip(), cells[at.until].strip()
    if not (said or since or until):
        return
    days = (since and f"from {day(since, _CLEAR) or since}", until and f"until {day(until, _CLEAR) or until}")
    party.say(", ".join(filter(None, (*said, *days))))


def _tie(gathering: Gathering, owners: Sequence[tuple[str, str, str]]) -> None:
    """Tie parties to those that the list names as owners, by their id or one of their names."""
    parties = gathering.parties
    called = {name.casefold(): id_ for id_, party in parties.items() for name in party.names} if owners else {}
    for id_, owner, share in owners:
        known = owner if owner in parties else called.get(owner.casefold(), "")
        if known and known != id_:
            parties[id_].ties += owned_by(known, (share,))
        else:
            parties[id_].say(f"owner as the list says: {owner}")
            gathering.left_out["ties to owners that are not in it"] += not known


def _remarks(at: Columns, unknown: Counter[str]) -> Iterator[str]:
    if unknown:
        told = ", ".join(word for word, _ in unknown.most_common(5))
        yield f"{unknown.total():,} words for kinds of names or parties are not known and were passed over: {told}"
    if at.unused:
        yield f"columns that were not used: {', '.join(at.unused)[:300]}"
