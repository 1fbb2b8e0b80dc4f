# SPDX-License-Identifier: Apache-2.0
"""A list while it is read: parties put together from many rows, and what was left out of it and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.lists import countries
from debar.model.listed import ListedName, ListedParty, PartyList
from debar.model.vocab.names import NameKind
from debar.readers.names import numbers
from debar.text import STEERING

if TYPE_CHECKING:
    from debar.model.listed import ListedTie
    from debar.readers.inputs import Input

PARTIES = 1 << 22
"""Parties that a list may have; the largest public ones have two million."""
NAME = 1_000
"""Longest name, characters; the longest of public lists have four hundred."""
TEXT = 300
"""Characters of what a list says of a party that are kept, for each statement."""
TEXTS = 16
"""Statements that are kept of one party."""
NUMBERS = 16
"""Numbers of one kind that are kept of one party."""
_SUREST = (NameKind.NAME, NameKind.ALIAS, NameKind.FORMER, NameKind.WEAK)


def clean(text: str) -> str:
    """Give a text on one line, without signs that steer a terminal or hide what is written."""
    return " ".join(text.split()) if text.isascii() and text.isprintable() else " ".join(_visible(text).split())


def _visible(text: str) -> str:
    # A line break parts words; an invisible sign within one does not.
    return STEERING.sub(lambda found: " " if found.group() in "\t\n\r\x0b\x0c\x85\u2028\u2029" else "", text)


class Gathered:
    """One party, of which rows tell bit by bit."""

    __slots__ = ("because", "countries", "identifiers", "is_listed", "is_person", "names", "ties", "too_long")

    def __init__(self) -> None:
        self.names: dict[str, NameKind] = {}
        self.countries: set[str] = set()
        self.is_person, self.is_listed = False, True
        self.identifiers: dict[str, dict[str, None]] = {}
        self.ties: list[ListedTie] = []
        self.because: dict[str, None] = {}
        self.too_long = 0

    def call(self, text: str, kind: NameKind = NameKind.NAME) -> None:
        """Add a name; of a name that is given twice the surest kind counts."""
        name = clean(text)
        if len(name) > NAME:
            self.too_long += 1
        # What has neither a letter nor a digit in it is no name: "-", "n/a" has letters and is left out by its reader.
        elif any(map(str.isalnum, name)):
            known = self.names.setdefault(name, kind)
            if known is not kind:
                self.names[name] = min(kind, known, key=_SUREST.index)

    def place(self, text: str) -> None:
        """Add a country of the party, by name or code; what names none is passed over."""
        if (found := countries.code(text)) and len(self.countries) < 2:
            self.countries.add(found)

    def number(self, kind: str, text: str) -> None:
        """Add a number of a public register; what is none is passed over."""
        found = numbers.number(kind, text)
        known = self.identifiers.setdefault(kind, {}) if found else {}
        if found and len(known) < NUMBERS:
            known[found] = None

    def say(self, text: str) -> None:
        """Add what the list says of the party."""
        if text in self.because:
            return
        said = clean(text[: 2 * TEXT])
        if said and len(self.because) < TEXTS:
            self.because[said if len(said) <= TEXT else said[: TEXT - 1] + "…"] = None

    def listed(self, id_: str) -> ListedParty:
        """Give the party; the first of its full names comes first."""
        ordered = sorted(self.names.items(), key=lambda item: item[1] is not NameKind.NAME)
        return ListedParty(
            id=id_,
            names=tuple(ListedName(text, kind) for text, kind in ordered),
            # Who has addresses in several countries is of none of them for certain.
            country=min(self.countries) if len(self.countries) == 1 else "",
            is_person=self.is_person,
            is_listed=self.is_listed,
            identifiers={kind: " ".join(known) for kind, known in sorted(self.identifiers.items())},
            ties=tuple(self.ties),
            because=tuple(self.because),
        )


class Gathering:
    """A list that is being read."""

    def __init__(self, source: Input, name: str) -> None:
        """Take the file and what the list is called."""
        self.source, self.name = source, name
        self.version = ""
        """As the list says."""
        self.parties: dict[str, Gathered] = {}
        self.left_out: Counter[str] = Counter()
        """Counts by what was left out, in words for several of them."""
        self.notes: list[str] = []

    def party(self, id_: str) -> Gathered:
        """Give the party of an id, a new one where it is met for the first time."""
        found = self.parties.get(id_)
        if found is None:
            if len(self.parties) >= PARTIES:
                raise SourceError(f"more than {PARTIES:,} parties", hint="screen against a part of the list")
            found = self.parties[id_] = Gathered()
        return found

    def whole(self) -> PartyList:
        """Give the list once all of it was read; SourceError where nobody is on it."""
        parties: list[ListedParty] = []
        for id_ in list(self.parties):
            found = self.parties.pop(id_)  # the same party twice in memory is enough
            self.left_out[f"names of more than {NAME:,} characters"] += found.too_long
            self.left_out["parties without a name"] += not found.names
            if found.names:
                parties.append(found.listed(id_))
        if not parties:
            raise SourceError("names nobody", hint="; ".join(self._notes()) or "look whether the file is whole")
        version = self.version or self.source.sha256[:12]
        return PartyList(name=self.name, version=version, parties=tuple(parties), notes=tuple(self._notes()))

    def _notes(self) -> list[str]:
        left = ", ".join(f"{what} ({count:,})" for what, count in self.left_out.items() if count)
        lost = [f"not read: {locator}: {reason}".replace(": : ", ": ") for locator, reason in self.source.losses]
        return [*([f"left out: {left}"] if left else []), *self.notes, *self.source.remarks, *lost]
