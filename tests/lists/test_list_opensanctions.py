# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of tables of OpenSanctions."""

from listed_samples import DATA, names, parties

from debar.lists import open_list
from debar.model.vocab.names import NameKind

SAMPLE = DATA / "opensanctions" / "targets.simple.csv"


def test_row_is_a_party_with_its_other_names() -> None:
    """Several values of a cell stand apart with semicolons; commas belong to names."""
    found = parties(open_list(SAMPLE))["NK-1"]
    assert names(found) == [
        ("Example Works, JSC", NameKind.NAME),
        ("Example Plant", NameKind.ALIAS),
        ("Пример Завод", NameKind.ALIAS),
    ]
    assert (found.country, found.is_person, found.because) == ("RU", False, ("Some List, XX-SOME",))


def test_person_of_two_countries_is_of_none_for_certain() -> None:
    """Which of several countries is meant, the table does not say."""
    found = parties(open_list(SAMPLE))["NK-2"]
    assert (found.is_person, found.country) == (True, "")


def test_what_is_left_out_is_told() -> None:
    """Vessels are counted, and so is told that numbers have no kind there."""
    assert open_list(SAMPLE).notes == (
        "left out: vessels (1)",
        "numbers of companies are left out: the table does not say of which kind they are",
    )
