# SPDX-License-Identifier: Apache-2.0
"""What tests of lists share: the samples, and parties by id."""

from pathlib import Path

from debar.lists import open_list
from debar.model.listed import ListedParty, PartyList
from debar.model.vocab.names import NameKind

DATA = Path(__file__).parents[1] / "data" / "lists"


def parties(found: PartyList) -> dict[str, ListedParty]:
    """Give the parties of a list by id."""
    return {party.id: party for party in found.parties}


def names(party: ListedParty) -> list[tuple[str, NameKind]]:
    """Give the names of a party with their kinds."""
    return [(name.text, name.kind) for name in party.names]


def written(folder: Path, text: str | bytes, name: str = "list.txt") -> Path:
    """Write a file, and give its path."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, text: str | bytes, name: str = "list.txt") -> PartyList:
    """Give the list in a text."""
    return open_list(written(folder, text, name))
