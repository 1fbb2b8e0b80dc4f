# SPDX-License-Identifier: Apache-2.0
"""Promises of the readers of the Consolidated Screening List, CSV and JSON."""

from pathlib import Path

import pytest
from listed_samples import DATA, names, parties, read

from debar.errors import SourceError
from debar.lists import open_list
from debar.lists.csl_entries import number_of
from debar.model.vocab.names import NameKind

HEADER = "source,entity_number,type,programs,name,addresses,start_date,source_list_url,alt_names,ids\n"


def test_row_of_a_real_list() -> None:
    """Names, the country of the address, numbers, and which list it is."""
    found = parties(open_list(DATA / "csl" / "consolidated.csv"))
    bank, trade = found["csl-18283"], found["csl-28603"]
    assert names(bank)[1] == ("JSC RUSSIAN BANK FOR SMALL AND MEDIUM ENTERPRISES SUPPORT", NameKind.ALIAS)
    assert len(bank.names) == 6
    assert (bank.country, bank.identifiers) == ("RU", {"registration": "1027739108649"})
    assert trade.identifiers == {"registration": "CH-660.0.559.011-2", "tax": "CHE-267.936.404"}
    assert bank.because == ("Sectoral Sanctions Identifications List (SSI) - Treasury Department, UKRAINE-EO13662",)


def test_whom_else_an_entry_means_is_no_part_of_the_name() -> None:
    """Words like "and any successor, sub-unit, or subsidiary thereof" are told beside the name."""
    found = open_list(DATA / "csl" / "consolidated.csv").parties[0]
    assert names(found) == [("Sinobright Import and Export Company", NameKind.NAME)]
    assert found.because[1] == "listed with any successor, sub-unit, or subsidiary thereof"


def test_last_of_several_names_loses_its_and() -> None:
    """A sentence that was cut into names left an "and" before the last one."""
    every = [name.text for party in open_list(DATA / "csl" / "consolidated.csv").parties for name in party.names]
    assert "CETC Research Institute 13" in every


def test_vessels_are_counted_and_persons_kept(tmp_path: Path) -> None:
    """What is no party is left out; a person is one, without the numbers of its own."""
    found = read(
        tmp_path,
        HEADER
        + 'SDN,1,Vessel,CUBA,A SHIP,,,u,,\nSDN,2,Individual,CUBA,"BODY, Some",CU,,u,,"IT, 123456789, Tax ID No."\n',
    )
    assert found.notes == ("left out: vessels (1)",)
    assert [(party.is_person, party.country, party.identifiers) for party in found.parties] == [(True, "CU", {})]


def test_rows_without_a_number_have_ids_of_their_own(tmp_path: Path) -> None:
    """Older releases number some lists only: same row, same id; other row, other id."""
    first = read(tmp_path, HEADER + "DPL,,,,One,,,u,,\nDPL,,,,Two,,,u,,\n")
    second = read(tmp_path, HEADER + "DPL,,,,Two,,,u,,\n")
    assert [party.id for party in first.parties][1:] == [party.id for party in second.parties]
    assert len({party.id for party in first.parties}) == 2


@pytest.mark.parametrize(
    "text",
    ["US, 80-0890696, Tax ID No.", "80-0890696, Tax ID No.", "Tax ID No., 80-0890696, US", "Tax ID No., 80-0890696"],
)
def test_number_is_found_in_any_order(text: str) -> None:
    """Releases put kind, number and country in different orders."""
    assert number_of(text) == ("Tax ID No.", "80-0890696")


def test_json_says_the_same() -> None:
    """Entries of the JSON have lists where the CSV has semicolons; one that is broken costs itself."""
    found = open_list(DATA / "csl" / "consolidated.json")
    assert names(found.parties[0]) == [
        ("Example Semiconductor Works", NameKind.NAME),
        ("ESW", NameKind.ALIAS),
        ("Example Semi", NameKind.ALIAS),
    ]
    assert (found.parties[0].country, found.parties[0].identifiers) == ("CN", {"registration": "C122790"})
    assert found.parties[0].because == (
        "Entity List (EL) - Bureau of Industry and Security, from 2020-12-23, 85 FR 83799",
    )
    assert found.notes == (
        "left out: vessels (1)",
        "not read: /results/2: Expected `str`, got `array` - at `$.name`",
    )


def test_json_that_is_cut_off_is_an_error(tmp_path: Path) -> None:
    """Half a document is no list."""
    with pytest.raises(SourceError, match="not readable as JSON"):
        read(tmp_path, (DATA / "csl" / "consolidated.json").read_bytes()[:-40])
