# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of OFAC's lists as XML."""

from pathlib import Path

import pytest
from listed_samples import DATA, names, parties, read

from debar.errors import SourceError
from debar.lists import open_list
from debar.model.vocab.names import NameKind


def test_entry_says_all_of_its_party() -> None:
    """Names with their kinds, the country, numbers and programmes stand in the entry."""
    found = parties(open_list(DATA / "ofac-xml" / "SDN.XML"))
    assert names(found["ofac-306"]) == [
        ("BANCO NACIONAL DE CUBA", NameKind.NAME),
        ("BNC", NameKind.WEAK),
        ("NATIONAL BANK OF CUBA", NameKind.ALIAS),
    ]
    assert names(found["ofac-23171"])[1] == ("DANDONG DONGYUAN INDUSTRY CO., LTD.", NameKind.FORMER)
    assert (found["ofac-23171"].country, found["ofac-23171"].identifiers) == ("CN", {"duns": "542957624"})
    assert found["ofac-23171"].because == ("OFAC programme DPRK4",)


def test_person_is_called_as_in_the_csv_and_has_no_numbers() -> None:
    """The family name comes first, and the tax number of a person is not kept."""
    found = parties(open_list(DATA / "ofac-xml" / "SDN.XML"))["ofac-90001"]
    assert (found.is_person, names(found), found.identifiers) == (True, [("BODY, Some", NameKind.NAME)], {})


def test_vessels_are_counted() -> None:
    """What is no party is left out, and told."""
    assert open_list(DATA / "ofac-xml" / "SDN.XML").notes == ("left out: vessels (1)",)


def test_file_that_is_cut_off_is_an_error_with_its_line(tmp_path: Path) -> None:
    """Half a list is no list: what is missing from it would look like not being listed."""
    text = (DATA / "ofac-xml" / "SDN.XML").read_text()
    with pytest.raises(SourceError) as raised:
        read(tmp_path, text[: text.index("<uid>90001")])
    assert (raised.value.message.partition(":")[0], raised.value.locator) == ("not well-formed XML", "line 36")
