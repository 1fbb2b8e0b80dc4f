# SPDX-License-Identifier: Apache-2.0
"""Promises of the readers of the list of the European Union, CSV and XML."""

from pathlib import Path

import pytest
from listed_samples import DATA, names, parties, read

from debar.lists import open_list
from debar.lists.eu_entries import kind
from debar.model.vocab.names import NameKind

CSV, XML = DATA / "eu" / "list.csv", DATA / "eu-xml" / "list.xml"


def test_rows_of_one_entity_are_one_party() -> None:
    """Names, addresses and numbers come in rows of their own."""
    found = parties(open_list(CSV))["eu-42"]
    assert names(found) == [
        ('Example Works; "Plant One"', NameKind.NAME),
        ("Пример Завод", NameKind.ALIAS),
        ("EW", NameKind.WEAK),
        ("Model Works", NameKind.FORMER),
    ]
    assert (found.country, found.identifiers) == ("RU", {"registration": "1027700132195"})


def test_xml_says_the_same() -> None:
    """The elements of an entity hold what the rows of the table do; a weak name is marked as one."""
    found = parties(open_list(XML))["eu-42"]
    assert names(found) == [
        ('Example Works "Plant One"', NameKind.NAME),
        ("EW", NameKind.WEAK),
        ("Model Works", NameKind.FORMER),
    ]
    assert (found.country, found.identifiers) == ("RU", {"registration": "1027700132195"})
    assert found.because == parties(open_list(CSV))["eu-42"].because


@pytest.mark.parametrize("sample", [CSV, XML])
def test_person_is_put_together_from_parts(sample: Path) -> None:
    """Where the whole name is not told, its parts are; the citizenship gives the country."""
    found = parties(open_list(sample))["eu-43"]
    assert (names(found), found.is_person, found.country) == ([("Some Body", NameKind.NAME)], True, "BY")


def test_what_has_no_number_is_told(tmp_path: Path) -> None:
    """A row or element that belongs to nobody is lost with its line."""
    assert open_list(XML).notes == ("not read: line 17: an entity without a number",)
    found = read(tmp_path, "Entity_LogicalId;NameAlias_WholeName\n1;Example Works\n;Nobody\n")
    assert found.notes == ("not read: line 3: a row without the number of a party",)


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("low quality alias", NameKind.WEAK),
        ("Formerly known as", NameKind.FORMER),
        ("f.k.a.", NameKind.FORMER),
        ("Good quality a.k.a.", NameKind.ALIAS),
        ("merged with a company formerly known as X", NameKind.ALIAS),
        ("", NameKind.ALIAS),
    ],
)
def test_kind_of_a_name_is_what_its_remark_begins_with(remark: str, expected: NameKind) -> None:
    """A remark that tells something else further on says nothing of the name."""
    assert kind(remark, first=False) is expected
