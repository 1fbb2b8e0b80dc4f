# SPDX-License-Identifier: Apache-2.0
"""Promises about distinct names: rows, sums, days and places come to what the rows say."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from debar.readers.names import tables
from debar.screen.names import LONGEST
from debar.screened.distinct import Distinct
from debar.screened.rows import taken
from opened import opened


def distinct(content: bytes | str, path: str = "ledger.csv") -> Distinct:
    """Give the distinct names of a file."""
    found, source = Distinct(), opened(content, path)
    for table in tables.tables(source):
        list(taken(found, path, table))
    return found


def test_rows_come_together_by_name() -> None:
    """The exact name, without blanks around it, is one; its rows, sums, days and first places are kept."""
    found = distinct(
        'Date,Supplier,Amount\n14/05/2024,Acme Ltd,"1,234.56"\n25/06/2024, Acme Ltd ,(34.56)\n03/04/2024,Acme Ltd,1.00\n'
        "01/01/2024,ACME LTD,5\n02/01/2024,Acme Ltd,0.50\n"
    )
    acme = found.names["Acme Ltd"]
    assert (acme.rows, acme.written(), acme.first, acme.last) == (4, {"": "1201.50"}, "2024-01-02", "2024-06-25")
    assert acme.stands() == ("ledger.csv row 2", "ledger.csv row 3", "ledger.csv row 4")
    assert found.names["ACME LTD"].written() == {"": "5"}
    assert list(found.notes()) == []


def test_currencies_are_not_added_up() -> None:
    """Each currency has a sum of its own: from its column, from the cell, or from the header."""
    found = distinct("Payee,Net (EUR),Currency\nAcme,1.00,GBP\nAcme,2.00,\nAcme,$3.00,\nAcme,4.00,gbp\n")
    assert found.names["Acme"].written() == {"$": "3.00", "EUR": "2.00", "GBP": "5.00"}


def test_sums_are_exact() -> None:
    """Ten dimes are one, and large and small sums keep each other's digits."""
    rows = "".join(f"Acme,{amount}\n" for amount in ("0.1",) * 10 + ("99999999999999.01",))
    assert distinct(f"Payee,Amount\n{rows}").names["Acme"].written() == {"": "100000000000000.01"}


def test_what_cannot_be_read_is_told() -> None:
    """Rows without a name, and sums and days that say nothing, are counted."""
    found = distinct(
        "Date,Payee,Amount\n2024-01-01,,5.00\n03/04/2024,Acme,abc\nsoon 1,Bell,6.00\n,Bell,\n2024-01-02,Bell,7.00\n2024-01-03,Bell,8.00\n2024-01-04,Bell,8.00\n"
    )
    assert [note.partition(" ")[0] for note in found.notes()] == ["1", "1", "2"]
    assert found.names["Acme"].first == ""


def test_a_later_row_may_say_which_number_is_the_month() -> None:
    """Days that were open when they were met are read once a row of the table leaves no doubt, however far behind."""
    rows = "".join(f"03/04/2024,Name {number},1.00\n" for number in range(2 * tables.ROWS))
    found = distinct(f"Date,Payee,Amount\n{rows}25/04/2024,Last,1.00\n")
    assert found.names["Name 7"].first == "2024-04-03"
    assert found.undated == 0


def test_hostile_names() -> None:
    """A cell of a million characters is cut, and told; control characters and formulas stay what they are."""
    found = distinct(f'Payee,Amount\n"{"x" * 1_000_000}",1.00\n"=cmd|calc",2.00\nA\x1b[31mB,3.00\n')
    assert [len(name) for name in found.names] == [LONGEST, 9, 7]
    assert any("more than 400 characters" in note for note in found.notes())


def test_several_files_are_one_answer() -> None:
    """Names of another file join those that are known."""
    found = Distinct()
    for path in ("a.csv", "b.csv"):
        source = opened("Payee,Amount\nAcme,1.00\n", path)
        for table in tables.tables(source):
            list(taken(found, path, table))
    assert (found.names["Acme"].rows, found.names["Acme"].stands()) == (2, ("a.csv row 2", "b.csv row 2"))


ROWS = st.lists(
    st.tuples(
        st.dates(date(2000, 1, 1), date(2030, 12, 31)),
        st.sampled_from(["Acme Ltd", "Bell, Inc", 'The "Third"', "四川 公司", "Line\nBreak"]),
        st.decimals(min_value=-(10**9), max_value=10**9, places=2),
        st.sampled_from(["GBP", "EUR"]),
    ),
    min_size=3,
    max_size=60,
)


@given(ROWS, st.booleans())
def test_nothing_is_lost_in_between(rows: list[tuple[date, str, Decimal, str]], is_english: bool) -> None:
    """Whatever the writing, rows, sums and days of each name are those that went in."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Date", "Supplier", "Amount", "Currency"])
    for day, name, amount, currency in rows:
        text = f"{amount:,.2f}"
        writer.writerow([day, name, text if is_english else text.translate(str.maketrans(",.", ".,")), currency])
    found = distinct(out.getvalue())
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for _, name, amount, currency in rows:
        sums[name][currency] += int(amount * 100)
    assert {name: spent.rows for name, spent in found.names.items()} == Counter(name for _, name, _, _ in rows)
    for name, spent in found.names.items():
        assert {c: Decimal(a) * 100 for c, a in spent.written().items()} == dict(sums[name])
        own = sorted(str(day) for day, n, _, _ in rows if n == name)
        assert (spent.first, spent.last) == (own[0], own[-1])
