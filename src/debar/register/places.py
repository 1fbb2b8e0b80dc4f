# SPDX-License-Identifier: Apache-2.0
"""Where the nouns of a register stand, so that each fault can name its file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.register import folders

if TYPE_CHECKING:
    from pathlib import Path

    from debar.register.folders import Folder
    from debar.register.shape import Where
    from debar.register.yamlfile import Lines


class Place(NamedTuple):
    """Where one noun stands."""

    folder: Folder
    file: Path
    at: Where
    """Empty, or its number where a file holds many."""

    @property
    def name(self) -> str:
        """Its file as messages name it."""
        return self.folder.named(self.file)


class Places:
    """The places of all nouns, filled while the register is read; files are read again only for a fault's line."""

    def __init__(self) -> None:
        """Begin with none."""
        self._places: dict[tuple[str, str], Place] = {}
        self._lines: dict[Path, Lines] = {}

    def add(self, part: str, id_: str, place: Place) -> Place | None:
        """Note where a noun stands; give where another one stands that has its id already, which stays."""
        kept = self._places.setdefault((part, id_), place)
        return kept if kept is not place else None

    def by_id(self) -> dict[str, list[Place]]:
        """Give the places of each id, whatever it names; the lexicon's ids are for its own messages and never shown."""
        found: dict[str, list[Place]] = {}
        for (part, id_), place in self._places.items():
            if part in folders.LEXICON:
                continue
            found.setdefault(id_, []).append(place)
        return found

    def of(self, part: str, id_: str) -> Place:
        """Give where a noun stands."""
        return self._places[part, id_]

    def line(self, place: Place, at: Where) -> int:
        """Give the line of a place in a noun."""
        if place.file not in self._lines:
            from debar.register import yamlfile  # only on the way to a message

            self._lines[place.file] = yamlfile.lines(place.file)
        return self._lines[place.file].line((*place.at, *at))

    def fault(self, place: Place, at: Where, said: str) -> str:
        """Give "file:line: what" for a place in a noun."""
        return f"{place.name}:{self.line(place, at)}: {said}"
