# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of lists of the United Kingdom."""

from pathlib import Path

from listed_samples import DATA, names, parties, read

from debar.lists import open_list
from debar.model.vocab.names import NameKind

NEW, OLD = DATA / "uk" / "UK-Sanctions-List.csv", DATA / "uk" / "ConList.csv"


def test_rows_of_one_id_are_one_party() -> None:
    """Names come row by row; a name in another script stands beside one of them."""
    found = parties(open_list(NEW))["uk-XXX0001"]
    assert names(found) == [
        ("EXAMPLE WORKS LIMITED LIABILITY COMPANY", NameKind.NAME),
        ("EXAMPLE WORKS LLC", NameKind.ALIAS),
        ("EW", NameKind.WEAK),
        ("EXAMPLE PLANT", NameKind.ALIAS),
        ("Пример Завод", NameKind.ALIAS),
    ]


def test_party_has_its_country_numbers_and_reasons() -> None:
    """Numbers say of which kind they are; what is imposed and since when is kept."""
    found = parties(open_list(NEW))["uk-XXX0001"]
    assert (found.country, found.identifiers) == ("RU", {"inn": "7707083893", "ogrn": "1027700132195"})
    assert found.because == (
        "The Example Regulations 2020, Asset freeze and Trust services sanctions, designated 2022-06-29",
        "parent company as the list says: Example Holding",
    )


def test_name_of_a_person_is_put_in_order() -> None:
    """The sixth column holds the family name, which comes last; "0" stands for nothing."""
    assert names(parties(open_list(NEW))["uk-XXX0002"]) == [("SOME OTHER BODY", NameKind.NAME)]
    assert names(parties(open_list(OLD))["uk-12704"]) == [("Some BODY", NameKind.ALIAS)]


def test_older_list_has_other_columns_for_the_same() -> None:
    """Groups, former names and names of low quality of the list of OFSI."""
    found = open_list(OLD)
    assert names(parties(found)["uk-12703"]) == [
        ("EXAMPLE WORKS LLC", NameKind.NAME),
        ("MODEL WORKS", NameKind.FORMER),
        ("EW", NameKind.WEAK),
    ]
    assert parties(found)["uk-12703"].because == ("Russia, designated 2022-06-29",)


def test_what_is_unknown_or_left_out_is_told(tmp_path: Path) -> None:
    """Ships are counted once each, kinds of names that are not known are named, and rows of nobody are lost."""
    assert open_list(NEW).notes == ("left out: ships (1)",)
    assert open_list(OLD).notes == ("kinds of names that are not known were taken for aliases: nickname",)
    rows = (
        "Unique ID,Name 6,Name 1,Name type,Designation Type\nA1,ONE,,Primary Name,Entity\n,TWO,,Primary Name,Entity\n"
    )
    assert read(tmp_path, rows).notes == ("not read: line 3: a row without the number of a party",)
