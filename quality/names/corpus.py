# SPDX-License-Identifier: Apache-2.0
"""Labelled names: supplier cases, lists, queries, names of a real ledger, and public pairs.

A corpus is a folder of tables, plain (`ledger_names.csv`) or compressed (`ledger_names.csv.xz`). What a folder does
not hold is not measured, and the table of figures says so.
"""

from __future__ import annotations

import csv
import io
import lzma
import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.model.listed import ListedName, ListedParty, PartyList
from debar.model.vocab.names import NameKind

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parents[1] / "labels" / "names"
"""What the project itself holds: names that everybody may pass on."""
VARIABLE = "DEBAR_NAMES_CORPUS"
"""The environment variable that names another folder."""
_ORGANISATIONS = frozenset({"Organization", "Company", "LegalEntity"})
_KINDS = {
    "primary": NameKind.NAME,
    "alias": NameKind.ALIAS,
    "former": NameKind.FORMER,
    "weak": NameKind.WEAK,
}
_HELD_OUT = ("held-out", "cross-script")
"""Beginnings of the kinds of queries that are names of the list itself, and are taken out of it first."""


class Case(NamedTuple):
    """A name as a ledger has it, and what it is to a party."""

    query: str
    party: str
    label: str
    """S: the party itself; A: carries its brand; O: owned, and nothing in the name tells it; D: somebody else."""
    category: str

    @property
    def is_script(self) -> bool:
        """Tell whether it is the party's name in another script."""
        return self.label == "S" and self.category == "script"


class Query(NamedTuple):
    """A name that means a party of the list, altered as ledgers alter names."""

    text: str
    party: str
    kind: str

    @property
    def is_held_out(self) -> bool:
        """Tell whether it is a name of the list, which must not be in it when it is asked for."""
        return self.kind.startswith(_HELD_OUT)

    @property
    def is_script(self) -> bool:
        """Tell whether it is in another script than what stays in the list."""
        return self.kind.startswith("cross-script")


class Pair(NamedTuple):
    """Two names of which somebody said whether they are one and the same."""

    group: str
    query: str
    listed: str
    is_match: bool
    is_person: bool


class Corpus(NamedTuple):
    """All tables of a folder; what is not there is empty."""

    name: str
    """Under which its floor is recorded: "shipped" or "other"."""
    cases: tuple[Case, ...]
    suppliers: PartyList
    """Parties of the cases."""
    listed: PartyList
    """Organisations of real lists."""
    queries: tuple[Query, ...]
    ledger: tuple[str, ...]
    """Distinct suppliers of real ledgers: nobody on a list, as far as anybody could tell."""
    pairs: tuple[Pair, ...]
    missing: tuple[str, ...]


_Rows = list[dict[str, str]]


def read(folder: Path | None = None) -> Corpus:
    """Give the corpus of a folder, by default the one that the environment names, else the project's own.

    ValueError for a table without a column that it needs, or with a label that nobody knows.
    """
    folder = folder or Path(os.environ.get(VARIABLE) or FOLDER)
    if not folder.is_dir():
        raise ValueError(f"{folder} is no folder; name one with --corpus, or leave {VARIABLE} unset")
    missing: list[str] = []
    return Corpus(
        name="shipped" if folder.resolve() == FOLDER.resolve() else "other",
        cases=tuple(map(_case, _table(folder, "supplier_cases_handmade", "query party label category", missing))),
        suppliers=_suppliers(_table(folder, "supplier_parties", "party name", missing)),
        listed=_listed(_table(folder, "list_names", "party_id schema name kind", missing)),
        queries=tuple(
            Query(row["query"], row["party_id"], row["kind"])
            for row in _table(folder, "list_retrieval_queries", "query party_id kind", missing)
        ),
        ledger=tuple(row["name"] for row in _table(folder, "ledger_names", "name", missing)),
        pairs=tuple(
            Pair(row["group"], row["query"], row["listed"], row["is_match"] == "true", row["schema"] == "Person")
            for row in _table(folder, "pairs_public", "group schema query listed is_match", missing)
            if row["is_match"] and row["schema"] in _ORGANISATIONS | {"Person"}
        ),
        missing=tuple(missing),
    )


def without(parties: PartyList, names: Iterable[str]) -> PartyList:
    """Give the list without some names, whoever bears them; a party keeps at least one name."""
    gone = frozenset(names)
    kept = []
    for party in parties.parties:
        left = tuple(name for name in party.names if name.text not in gone)
        kept.append(ListedParty(id=party.id, names=left or party.names[:1]))
    return PartyList(name=parties.name, version=f"{parties.version} without {len(gone)} names", parties=tuple(kept))


def clusters(parties: PartyList) -> dict[str, str]:
    """Give for each party the cluster that it is of: parties that share a name, in any case of letters, are one.

    Lists enter one and the same organisation several times. Names that the list calls weak join nobody.
    """
    leader: dict[str, str] = {party.id: party.id for party in parties.parties}

    def find(one: str) -> str:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    bearers: dict[str, str] = {}
    for party in parties.parties:
        for name in party.names:
            if name.kind is not NameKind.WEAK:
                leader[find(party.id)] = find(bearers.setdefault(name.text.casefold(), party.id))
    return {party: find(party) for party in leader}


def _table(folder: Path, name: str, columns: str, missing: list[str]) -> _Rows:
    plain, packed = folder / f"{name}.csv", folder / f"{name}.csv.xz"
    if plain.is_file():
        text = plain.read_text(encoding="utf-8-sig")
    elif packed.is_file():
        text = lzma.decompress(packed.read_bytes()).decode("utf-8-sig")
    else:
        missing.append(name)
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if lacking := set(columns.split()) - set(reader.fieldnames or ()):
        raise ValueError(f"{plain}: no column {', '.join(sorted(lacking))}")
    return list(reader)


def _case(row: dict[str, str]) -> Case:
    if row["label"] not in {"S", "A", "O", "D"}:
        raise ValueError(
            f"supplier_cases_handmade.csv: {row['query']!r} has the label {row['label']!r}, not S, A, O or D"
        )
    return Case(row["query"], row["party"], row["label"], row["category"])


def _suppliers(rows: _Rows) -> PartyList:
    """Give parties of which the first name is the one they are listed under."""
    names: dict[str, list[ListedName]] = defaultdict(list)
    for row in rows:
        kind = NameKind.ALIAS if names[row["party"]] else NameKind.NAME
        names[row["party"]].append(ListedName(row["name"], kind))
    return _as_list("suppliers", names)


def _listed(rows: _Rows) -> PartyList:
    names: dict[str, list[ListedName]] = defaultdict(list)
    for row in rows:
        if row["schema"] in _ORGANISATIONS:
            names[row["party_id"]].append(ListedName(row["name"], _KINDS[row["kind"]]))
    return _as_list("lists", names)


def _as_list(name: str, names: dict[str, list[ListedName]]) -> PartyList:
    parties = tuple(ListedParty(id=party, names=tuple(texts)) for party, texts in names.items())
    return PartyList(name=name, version="corpus", parties=parties)
