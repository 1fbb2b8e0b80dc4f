# SPDX-License-Identifier: Apache-2.0
"""Distinct names of tables: in how many rows each stands, what was spent, when, and where.

A ledger has ten rows for each name. Whatever is looked for in names is looked for once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.screen.names import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

PLACES = 3
"""Places of a name that are told."""
NUMBERS = 16
"""Numbers of public registers that are kept of a name."""
MOST = 5_000_000
"""Distinct names that are held."""


_NEVER = "9999-99-99"
"""Before every day."""


class Spent:
    """What the rows of one name come to. Of a million rows each adds to one of these, so that it has no more than it needs."""

    __slots__ = ("amounts", "begin", "hundredths", "last", "left", "numbers", "places", "rows")

    def __init__(self) -> None:
        """Begin without rows."""
        self.rows = 0
        self.begin, self.last = _NEVER, ""
        """First and last day."""
        self.places: list[tuple[str, int | str]] = []
        self.left = PLACES
        """How many more places are wanted."""
        self.numbers: set[tuple[str, str]] | None = None
        """Numbers of public registers that stand beside the name, each with its kind before it."""
        self.amounts: dict[str, Decimal] = {}
        self.hundredths = 0
        """Of the table that is being read, in its own currency."""

    @property
    def first(self) -> str:
        """Give the first day, nothing where no row had one."""
        return self.begin if self.last else ""

    def seen(self, day: str) -> None:
        """Take a day of a row."""
        self.begin, self.last = min(self.begin, day), max(self.last, day)

    def stands(self) -> tuple[str, ...]:
        """Give where it stands, in words: the file, and the row or what JSON calls the place."""
        told = ((file, f"row {row}" if isinstance(row, int) else row) for file, row in self.places)
        return tuple(f"{file} {place}" if place else file for file, place in told)

    def written(self) -> dict[str, str]:
        """Give the sums by currency, as decimal numbers."""
        return {currency: format(amount, "f") for currency, amount in sorted(self.amounts.items())}


class Distinct:
    """Distinct names in the order in which they were met."""

    def __init__(self) -> None:
        """Begin without names."""
        self.names: dict[str, Spent] = {}
        self.rows = self.nameless = self.cut = self.unsummed = self.undated = 0
        """Rows; those without a name; names that were cut; sums and days that could not be read."""

    def name(self, text: str) -> None:
        """Take one name that stands in no table."""
        spent = self.spent(text)
        if spent:
            spent.rows += 1
            self.rows += 1

    def notes(self) -> Iterator[str]:
        """Yield what was left out."""
        for count, said in (
            (self.nameless, "without a name were left out"),
            (self.unsummed, "had a sum that could not be read; it is in no total"),
            (self.undated, "had a day that could not be read, or of which nobody can say which number is the month"),
        ):
            if count:
                yield f"{count:,} {'row' if count == 1 else 'rows'} {said}"
        if self.cut:
            yield f"{self.cut:,} cells of more than {LONGEST} characters were looked at as far as that"

    def spent(self, text: str) -> Spent | None:
        """Give what is known of a name; nothing for a blank one."""
        name = text.strip()
        if len(name) > LONGEST:
            name = name[:LONGEST].rstrip()
            self.cut += 1
        if not name:
            return None
        spent = self.names.get(name)
        if spent is None:
            if len(self.names) >= MOST:
                raise SourceError(f"more than {MOST:,} distinct names", hint="screen the file in parts")
            spent = self.names[name] = Spent()
        return spent
