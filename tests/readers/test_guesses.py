# SPDX-License-Identifier: Apache-2.0
"""Promises of guessing what the columns of an unknown table carry."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Medium
from debar.readers.tables import guesses, table_columns
from opened import opened, values

LEDGER = [
    ["Zahlungsempfänger", "Verwendungszweck", "Buchungstag", "Betrag"],
    ["Bechtle GmbH", "Lizenz 250 Arbeitsplätze", "01.07.2024", "1.200,00"],
    ["Müller KG", "Büromaterial", "02.07.2024", "80,50"],
    ["Kamera Schmidt", "Kamera", "03.07.2024", "2.400,00"],
]
PROGRAMS = [
    ["Ordinateur", "Logiciel", "Éditeur", "Version"],
    ["PC-1", "7-Zip", "Igor Pavlov", "24.08"],
    ["PC-2", "Notepad++", "Notepad++ Team", "8.6.9"],
    ["PC-2", "Agent", "Somebody", "1.0.2"],
]
SANCTIONS = [
    ["name", "country", "list", "listed"],
    ["Some Company Co., Ltd.", "CN", "SDN", "2019-08-19"],
    ["Other Company Limited", "RU", "SDN", "2022-02-24"],
    ["Third Company AO", "RU", "SDN", "2022-02-24"],
]


def test_purchases_are_told_by_names_and_cells() -> None:
    """A booking list in German is a table of purchases: who was paid, what for, and when."""
    guess = guesses.guess(LEDGER)
    assert guess is not None
    assert guess.layout.medium is Medium.PURCHASES
    assert guess.layout.columns == {Kind.SUPPLIER: ("Zahlungsempfänger",), Kind.PURCHASE: ("Verwendungszweck",)}
    assert guess.layout.observed_at == ("Buchungstag",)


def test_software_is_told_by_versions_beside_names() -> None:
    """A list in French of programs with versions is an inventory, host by host."""
    guess = guesses.guess([["Inventaire du parc"], [], *PROGRAMS])
    assert guess is not None
    assert (guess.header, guess.layout.medium) == (3, Medium.INVENTORY)
    assert guess.layout.columns == {Kind.NAME: ("Logiciel",), Kind.PUBLISHER: ("Éditeur",)}
    assert (guess.layout.asset, guess.layout.version) == (("Ordinateur",), ("Version",))


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("ref", ["pkg:npm/left-pad@1.3.0", "pkg:pypi/x@1", "pkg:golang/github.com/a/b@v1"], Kind.PURL),
        ("id", ["cpe:2.3:a:kaspersky:agent:1:*:*:*:*:*:*:*", "cpe:/a:x:y", "cpe:2.3:o:z:z:1:*:*:*:*:*:*:*"], Kind.CPE),
    ],
)
def test_identifiers_need_no_name(header: str, cells: list[str], kind: Kind) -> None:
    """Package URLs and CPE names are told from themselves, whatever their column is called."""
    guess = guesses.guess([[header, "remark"], *([cell, "x"] for cell in cells)])
    assert guess is not None
    assert guess.layout.columns == {kind: (header,)}


def test_list_of_vendors() -> None:
    """A vendor master has no amounts; a column that is called so is enough."""
    guess = guesses.guess([["Vendor No", "Vendor", "City"], ["1", "A Ltd", "X"], ["2", "B Ltd", "Y"], ["3", "C", "Z"]])
    assert guess is not None
    assert guess.layout.columns == {Kind.SUPPLIER: ("Vendor",)}


@pytest.mark.parametrize(
    "rows",
    [
        SANCTIONS,
        LEDGER[:3],
        [["a", "b"], *(["1", "2"] for _ in range(5))],
        [["Supplier", "Supplier", "Supplier"], *(["x", "y", "z"] for _ in range(5))],
        [["Supplier", "Amount"], *(["123", "45.00"] for _ in range(5))],
        [["vendor", "code"], *([f"Maker {n}", f"{n:04x}"] for n in range(5))],
        [["name", "description"], *(["a word", "what it means"] for _ in range(5))],
        [],
        [[""]],
    ],
    ids=[
        "a list of sanctioned companies",
        "too few rows",
        "numbers",
        "one name thrice",
        "suppliers that are numbers",
        "a table of codes",
        "a glossary",
        "nothing",
        "blank",
    ],
)
def test_other_tables_are_not_guessed(rows: list[list[str]]) -> None:
    """Names alone make neither a purchase nor a program: such a table stays unread."""
    assert guesses.guess(rows) is None


def test_guess_is_told_in_words() -> None:
    """The user reads which column was taken for what, and how to correct it."""
    guess = guesses.guess(LEDGER)
    assert guess is not None
    assert guesses.told(guess) == (
        "columns were guessed: 'Verwendungszweck' as purchase, 'Zahlungsempfänger' as supplier, "
        "'Buchungstag' as observed_at; --columns ROLE=HEADER corrects it"
    )


def test_columns_that_were_not_used_are_told() -> None:
    """Columns of words that nothing was taken from are named, a few of them, and the others counted."""
    extra = [f"Spalte {n}" for n in range(guesses.TOLD + 2)]
    rows = [[*LEDGER[0], "Nummer", *extra], *([*row, "4711", *(["Wort"] * len(extra))] for row in LEDGER[1:])]
    guess = guesses.guess(rows)
    assert guess is not None
    assert f"; not used: 'Spalte 0', {', '.join(map(repr, extra[1 : guesses.TOLD]))}, 2 more; " in guesses.told(guess)
    assert "Nummer" not in guesses.told(guess)


def filled(names: list[str], cells: list[str]) -> list[list[str]]:
    """Give a table of the fewest rows."""
    return [names, *([cells] * guesses.FEWEST)]


@pytest.mark.parametrize(
    ("names", "cells", "expected"),
    [
        (
            ["Buchungstag", "Verwendungszweck", "Beguenstigter/Zahlungspflichtiger", "Betrag"],
            ["01.01.2023", "Rechnung", "Lab GmbH", "-39,99"],
            {Kind.SUPPLIER: ("Beguenstigter/Zahlungspflichtiger",), Kind.PURCHASE: ("Verwendungszweck",)},
        ),
        (
            ["Datum", "Auftraggeber", "Empfänger", "Betrag"],
            ["01.01.2023", "Amt", "Lab GmbH", "-39,99"],
            {Kind.SUPPLIER: ("Auftraggeber", "Empfänger")},
        ),
        (
            ["Datum", "Anbieter", "Verwendung", "Betrag"],
            ["01.01.2024", "Lab GmbH", "Lizenzen", "1.000,50"],
            {Kind.SUPPLIER: ("Anbieter",), Kind.PURCHASE: ("Verwendung",)},
        ),
        (
            ["postingDate", "supplierName", "supplierType", "supplierCountry", "netAmount"],
            ["2023-01-01", "Lab GmbH", "Trade", "DE", "10.50"],
            {Kind.SUPPLIER: ("supplierName",)},
        ),
        (
            ["Package", "Version", "Maintainer"],
            ["klnagent64", "13.2.2-1263", "Lab <support@lab.example>"],
            {Kind.NAME: ("Package",), Kind.PUBLISHER: ("Maintainer",)},
        ),
        (
            ["Anzeigename", "Herausgeber", "Version", "Installationsdatum"],
            ["7-Zip", "Igor Pavlov", "22.01", "01.02.2023"],
            {Kind.NAME: ("Anzeigename",), Kind.PUBLISHER: ("Herausgeber",)},
        ),
    ],
    ids=["both in one header", "payer and payee", "short words", "camel case", "maintainer", "german programs"],
)
def test_words_of_headers(names: list[str], cells: list[str], expected: dict[Kind, tuple[str, ...]]) -> None:
    """Headers are read word by word, umlauts spelt either way; every column of a party is taken, none about it."""
    guess = guesses.guess(filled(names, cells))
    assert guess is not None
    assert guess.layout.columns == expected


def test_a_maintainer_with_an_address_gives_name_and_domain() -> None:
    """Name and e-mail address in one cell are a maker's name and the domain of the maker."""
    rows = filled(["Package", "Version", "Maintainer"], ["klnagent64", "13.2.2-1263", "Lab <support@lab.example>"])
    guess = guesses.guess(rows)
    assert guess is not None
    found = table_columns.fit(rows[0], [guess.layout])
    assert found is not None
    said = table_columns.observation(opened("", "x.csv"), "row 2", rows[1], found, "x")
    assert said is not None
    assert (values(said, Kind.PUBLISHER), values(said, Kind.MAINTAINER_DOMAIN)) == (["Lab"], ["lab.example"])


def test_named_columns_go_before_every_layout() -> None:
    """What the user says of a table wins over layouts and guesses, for tables that have all those columns."""
    given = guesses.given([("supplier", "Verwendungszweck"), ("date", "Buchungstag")])
    guess = guesses.guess(LEDGER)
    assert guess is not None
    found = table_columns.fit(LEDGER[0], [guess.layout, given])
    assert found is not None
    assert (found.layout.id, found.values) == (table_columns.GIVEN, ((1, Kind.SUPPLIER),))
    assert table_columns.fit(PROGRAMS[0], [given]) is None
