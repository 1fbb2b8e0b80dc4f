# SPDX-License-Identifier: Apache-2.0
"""Rows of tables by name: how many, what they sum up to by currency, and their first and last day.

A batch of rows is taken column by column, and most of it in loops of the interpreter's own: a ledger has a million rows.
"""

from __future__ import annotations

import decimal
from collections import Counter
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING, cast

from debar.readers.names import columns, days, money, numbers
from debar.screened.distinct import NUMBERS, Spent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from debar.readers.names.columns import Columns
    from debar.readers.names.tables import Batch, Table
    from debar.screened.distinct import Distinct

_EXACT = decimal.Context(prec=60)
"""Sums of a hundred million cells of forty characters are exact."""


def taken(found: Distinct, source: str, table: Table) -> Iterator[int]:
    """Take all rows of a table, and yield how many names there are after each batch."""
    place = f"{source} sheet {table.title}" if table.title else source
    rows, mark, order = _Rows(found, place, table.columns), "", ""
    try:
        for batch in table.batches:
            mark = mark or money.mark(batch.amounts or ())
            order = order or days.order(batch.days or ())
            rows.take(batch, mark or table.decimal, order)
            yield len(found.names)
    finally:  # also where the file breaks off, or somebody asks for the end
        rows.settle(order)


def told(table: Table) -> str:
    """Give which columns of a table were taken, in words."""
    said = columns.told(table.columns)
    return f"sheet {table.title}: {said}" if table.title else said


class _Rows:
    """The rows of one table."""

    def __init__(self, found: Distinct, place: str, taken: Columns) -> None:
        """Take where names are put, the file and sheet, and the columns of the table."""
        self._found, self._place, self._currency = found, place, taken.money
        self._kinds = [kind for _, kind in taken.numbers]
        self._nobody = Spent()
        """What the rows without a name come to."""
        self._open: dict[tuple[Spent, str], int] = {}
        """Rows by name and day, of which it is not known yet which number is the month."""

    def take(self, batch: Batch, decimal_mark: str, order: str) -> None:
        """Take some rows; whatever is looked up is looked up in a dictionary."""
        met = list(map(self._found.names.get, batch.names))
        new = zip(met, batch.names, strict=True) if None in met else ()
        every = [spent or self._found.spent(name) or self._nobody for spent, name in new] or cast("list[Spent]", met)
        for spent, count in Counter(every).items():
            spent.rows += count
        for at, spent in enumerate(every):
            if spent.left:
                spent.left -= 1
                spent.places.append((self._place, batch.rows[at]))
        for kind, cells in zip(self._kinds, batch.numbers, strict=True):
            self._numbered(kind, set(zip(every, cells, strict=True)))
        self._found.rows += len(every)
        if batch.days is not None:
            self._dated(every, batch.days, order)
        if batch.amounts is not None:
            self._summed(every, batch, decimal_mark)

    def _numbered(self, kind: str, pairs: Iterable[tuple[Spent, str]]) -> None:
        for spent, text in pairs:
            number = numbers.number(kind, text) if text else ""
            if number and spent is not self._nobody:
                spent.numbers = spent.numbers or set()
                if len(spent.numbers) < NUMBERS:
                    spent.numbers.add((kind, number))

    def _dated(self, every: Sequence[Spent], cells: Sequence[str], order: str) -> None:
        known = {text: days.day(text, order) for text in set(cells)}
        if not all(known.values()):
            every, cells = self._readable(every, cells, known, order)
        for spent, day in zip(every, map(known.__getitem__, cells), strict=True):
            if day < spent.begin:  # noqa: PLR1730 - two calls cost more than all else here
                spent.begin = day
            if day > spent.last:  # noqa: PLR1730
                spent.last = day

    def _readable(
        self, every: Sequence[Spent], cells: Sequence[str], known: Mapping[str, str], order: str
    ) -> tuple[Sequence[Spent], Sequence[str]]:
        """Give the rows that have a day, and note the others: a blank cell is no day, and another may become one later."""
        pairs = []
        for spent, text in zip(every, cells, strict=True):
            if known[text]:
                pairs.append((spent, text))
            elif not order and days.is_open(text):
                self._open[spent, text] = self._open.get((spent, text), 0) + 1
            elif spent is not self._nobody and text.strip(" -"):
                self._found.undated += 1
        return [spent for spent, _ in pairs], [text for _, text in pairs]

    def settle(self, order: str) -> None:
        """Read the days that were left open, by what the rest of the table said, and close its sums."""
        for (spent, text), count in self._open.items():
            if day := days.day(text, order):
                spent.seen(day)
            elif spent is not self._nobody:
                self._found.undated += count
        for spent in self._found.names.values():
            if spent.hundredths:
                self._add(spent, self._currency, Decimal(spent.hundredths).scaleb(-2, _EXACT))
                spent.hundredths = 0
        self._found.nameless += self._nobody.rows
        self._found.rows -= self._nobody.rows
        self._open, self._nobody = {}, Spent()

    def _summed(self, every: Sequence[Spent], batch: Batch, decimal_mark: str) -> None:
        cents = money.cents(batch.amounts or ()) if decimal_mark != "," and batch.currencies is None else None
        if cents is None:
            self._read(every, batch, decimal_mark)
            return
        for spent, amount in zip(every, cents, strict=True):
            spent.hundredths += amount

    def _read(self, every: Sequence[Spent], batch: Batch, decimal_mark: str) -> None:
        """Add the sum of each row, read cell by cell."""
        cells = batch.amounts or ()
        sums = {text: money.summed(text, decimal_mark) for text in set(cells)}
        said = {text: money.currency(text) for text in set(batch.currencies or ())}
        currencies = map(said.__getitem__, batch.currencies or ()) if said else repeat("", len(cells))
        for spent, text, currency in zip(every, cells, currencies, strict=True):
            found = sums[text]
            if found:
                self._add(spent, currency or found.currency or self._currency, found.amount)
            elif spent is not self._nobody:
                self._found.unsummed += bool(text.strip(" -"))

    @staticmethod
    def _add(spent: Spent, currency: str, amount: Decimal) -> None:
        amounts = spent.amounts
        amounts[currency] = _EXACT.add(amounts[currency], amount) if currency in amounts else amount
