# SPDX-License-Identifier: Apache-2.0
"""Promises of the column layouts of contracts, vendors and leases, and of columns that a user names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import composed
from debar.errors import SourceError
from debar.model.vocab import Kind, Medium
from debar.pipeline import Settings, scan
from debar.readers import load, sniff
from debar.readers.tables import guesses
from opened import opened, values

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.register import Register

LEDGER = "Date,Supplier Name,Amount\n2024-01-01,AO Kaspersky Lab,5.00\n"


def read(register: Register, content: str, name: str = "export.csv") -> list[Observation]:
    """Recognise a table and read it."""
    source = opened(content, name)
    source.layouts = register.layouts
    reader, why = sniff.find_reader(source)
    assert reader is not None, why
    return list(load(reader)(source))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "Contract ID,Counterparty,Subject,Start Date,End Date,Owner\nC-1,Lab Ltd,Licences,2023-01-01,2025-12-31,IT\n",
            ("Lab Ltd", "Licences", "2023-01-01"),
        ),
        (
            (
                "Contract Number,Vendor Name,Description,Effective Date,Expiration Date,Total Value\n"
                '7,Lab Ltd,Licences,1/31/2023,12/31/2025,"1,000.00"\n'
            ),
            ("Lab Ltd", "Licences", "2023-01-31"),
        ),
        (
            "Vertragsnummer;Vertragspartner;Gegenstand;Vertragsbeginn;Vertragsende\nV-1;Lab Ltd;Licences;01.02.2023;31.12.2027\n",
            ("Lab Ltd", "Licences", "2023-02-01"),
        ),
    ],
    ids=["english", "american", "german"],
)
def test_contract_is_a_purchase(register: Register, content: str, expected: tuple[str, str, str]) -> None:
    """Who the other party is, what about, and since when; the day it ends is no day on which it was seen."""
    (found,) = read(register, content)
    assert found.medium is Medium.PURCHASES
    assert (*values(found, Kind.SUPPLIER), *values(found, Kind.PURCHASE), found.observed_at) == expected


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("LIFNR;NAME1;LAND1;ORT01\n10001;Lab Ltd;DE;Ulm\n", "lfa1.csv"),
        ("Lieferant;Name 1;Land\n10001;Lab Ltd;DE\n", "vendors.csv"),
        ('[{"vendorId": 1, "vendorName": "Lab Ltd", "country": "RU"}]', "vendors.json"),
        ('{"d": {"results": [{"Supplier": "1", "SupplierName": "Lab Ltd", "Country": "RU"}]}}', "odata.json"),
    ],
    ids=["sap fields", "sap headings", "json", "odata"],
)
def test_vendor_master_names_sellers(register: Register, content: str, name: str) -> None:
    """The name is the seller, never the number beside it."""
    (found,) = read(register, content, name)
    assert [(o.kind, o.value) for o in found.observables] == [(Kind.SUPPLIER, "Lab Ltd")]


def test_ledger_with_countries_stays_a_ledger(register: Register) -> None:
    """A ledger that also has the vendor's number and country keeps what was bought, and when."""
    (found,) = read(
        register,
        "Supplier ID,Supplier Name,Country,Description,Amount,Date\n7,Lab Ltd,RU,Licences,5.00,2024-01-31\n",
    )
    assert (values(found, Kind.PURCHASE), found.observed_at) == (["Licences"], "2024-01-31")


def test_leases_join_the_logs_of_a_host(register: Register, tmp_path: Path) -> None:
    """A list of leases says which host had which address and hardware address, so that they are one asset."""
    leases = Path(__file__).parents[2] / "data/readers/business/table/leases.csv"
    first, second = read(register, leases.read_text(encoding="utf-8"))
    assert [(o.kind, o.value) for o in first.observables if o.kind is not Kind.TEXT] == [
        (Kind.ADDRESS, "10.0.0.7"),
        (Kind.MAC, "00:50:56:ab:cd:ef"),
        (Kind.HOSTNAME, "pc7.example.com"),
    ]
    assert (second.asset, values(second, Kind.MAC)) == ("10.0.0.8", [])
    (tmp_path / "leases.csv").write_bytes(leases.read_bytes())
    (tmp_path / "programs.csv").write_text("Computer,DisplayName,Publisher\npc7.example.com,Tray,Lab Ltd\n")
    report = scan([str(tmp_path)], composed.shipped(), composed.QUESTION, Settings(stale_after=9999))
    (asset,) = [a for a in report.coverage.assets if a.asset == "pc7.example.com"]
    assert {"10.0.0.7", "00:50:56:ab:cd:ef"} <= set(asset.also)


@pytest.mark.parametrize(("column", "is_told"), [("Nix", True), ("Supplier Name", False)])
def test_named_column_that_no_table_has_is_told(tmp_path: Path, column: str, *, is_told: bool) -> None:
    """Columns that the user names and no table has are a skip, so that the scan is not taken for whole."""
    (tmp_path / "ledger.csv").write_text(LEDGER)
    settings = Settings(layouts=(guesses.given([("supplier", column)]),))
    report = scan([str(tmp_path)], composed.shipped(), composed.QUESTION, settings)
    expected = [("--columns", f"no table that was read has all of these columns: {column}")] if is_told else []
    assert [(skip.source, skip.reason) for skip in report.skips] == expected


def test_named_column_that_no_table_has_ends_a_strict_scan(tmp_path: Path) -> None:
    """Under strict it is an error like any other fault."""
    (tmp_path / "ledger.csv").write_text(LEDGER)
    settings = Settings(layouts=(guesses.given([("supplier", "Nix")]),), strict=True)
    with pytest.raises(SourceError, match="Nix"):
        scan([str(tmp_path)], composed.shipped(), composed.QUESTION, settings)
