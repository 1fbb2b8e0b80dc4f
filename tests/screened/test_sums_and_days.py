# SPDX-License-Identifier: Apache-2.0
"""Promises about sums and days in cells of ledgers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.readers.names import days, money

AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("1234.56", "1234.56", ""),
        ("1,234.56", "1234.56", ""),
        ("1.234,56", "1234.56", ""),
        ("1 234,56", "1234.56", ""),
        ("1\u00a0234,56", "1234.56", ""),
        ("1'234.50", "1234.50", ""),
        ("1,23,456.00", "123456.00", ""),
        ("(12.00)", "-12.00", ""),
        ("-12", "-12", ""),
        ("12-", "-12", ""),
        ("\u22127,00", "-7.00", ""),
        ("£1,234", "1234", "GBP"),
        ("-£5.00", "-5.00", "GBP"),
        ("(£5.00)", "-5.00", "GBP"),
        ("12,5 €", "12.5", "EUR"),
        ("US$5", "5", "USD"),
        ("$5", "5", "$"),
        ("GBP 1,000.00", "1000.00", "GBP"),
        ("1.000.000", "1000000", ""),
        ("0.125", "0.125", ""),
        ("1234.567", "1234.567", ""),
        (".5", "0.5", ""),
    ],
)
def test_a_sum_is_read(cell: str, amount: str, currency: str) -> None:
    """A sum is read in every usual writing, exactly, with its sign and its currency."""
    found = money.summed(cell)
    assert found == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "n/a",
        "1.2.3",
        "--5",
        "(5",
        "5)",
        "(-5)",
        "1,23,4.5.6",
        "12 apples",
        "5" * 41,
        "\uff11\uff12",
        "EUR 5 GBP",
        "-",
    ],
)
def test_what_is_no_sum_is_none(cell: str) -> None:
    """A cell that says two things, or nothing, is no sum."""
    assert money.summed(cell) is None


@pytest.mark.parametrize(("decimal", "amount"), [("", "1234"), (".", "1.234"), (",", "1234")])
def test_the_column_decides_what_a_cell_leaves_open(decimal: str, amount: str) -> None:
    """1.234 is thousands, unless the rest of the column has decimal points."""
    assert money.summed("1.234", decimal) == (Decimal(amount), "")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234", "5,50"], ","),
        (["1,234", "5.50"], "."),
        (["1.234,00"], ","),
        (["1.234", "12"], ""),
        ([], ""),
        (["1.000.000"], ","),
    ],
)
def test_the_decimal_mark_is_told_from_cells_without_doubt(cells: list[str], mark: str) -> None:
    """One cell that can be read in one way only is enough."""
    assert money.mark(cells) == mark


@given(amount=AMOUNTS)
def test_every_way_of_writing_means_the_same(amount: Decimal) -> None:
    """English and continental writing of one amount are the same sum."""
    english = f"{amount:,.2f}"
    continental = english.translate(str.maketrans(",.", ".,"))
    assert money.summed(english) == money.summed(continental) == (amount, "")


@given(st.lists(AMOUNTS, max_size=20))
def test_a_column_at_once_is_its_cells_one_by_one(amounts: list[Decimal]) -> None:
    """Hundredths of a whole column are those of its cells."""
    cells = [f"{amount:,.2f}" for amount in amounts]
    assert money.cents(cells) == [int(amount * 100) for amount in amounts]


@pytest.mark.parametrize("cell", ["12", "1.234,56", "£5.00", "", "1,2.00", "5.00\n6.00"])
def test_another_column_is_read_cell_by_cell(cell: str) -> None:
    """One cell of another writing, and the column is not taken at once."""
    assert money.cents(["5.00", cell]) is None


@given(st.text(max_size=60))
def test_no_cell_is_too_odd(cell: str) -> None:
    """Any text is a sum or none, and never an error."""
    found = money.summed(cell)
    assert found is None or found.amount.is_finite()


@pytest.mark.parametrize(
    ("header", "currency"),
    [("Amount (GBP)", "GBP"), ("Net £", "GBP"), ("Betrag in EUR", "EUR"), ("NET AMOUNT", ""), ("VAT", ""), ("$", "")],
)
def test_the_header_may_name_the_currency(header: str, currency: str) -> None:
    """A code or sign in the header holds for the column; words of three letters are no codes."""
    assert money.of_header(header) == currency


def test_one_cell_tells_the_order_of_all() -> None:
    """25/04 can only be a day before a month, and then 03/04 is the third of April."""
    assert days.order(["03/04/2024", "25/04/2024"]) == days.DAY_FIRST
    assert days.day("03/04/2024", days.DAY_FIRST) == "2024-04-03"
    assert days.order(["03/04/2024", "04/25/2024"]) == days.MONTH_FIRST
    assert days.day("03/04/2024", days.MONTH_FIRST) == "2024-03-04"


def test_a_column_at_odds_with_itself_has_no_order() -> None:
    """Where cells contradict each other, and where none says anything, nothing is guessed."""
    assert days.order(["25/04/2024", "04/25/2024"]) == ""
    assert days.order(["03/04/2024"]) == ""
    assert days.day("03/04/2024") == ""
    assert days.day("31/02/2024", days.DAY_FIRST) == ""
