# SPDX-License-Identifier: Apache-2.0
"""Promises about who asks."""

from pathlib import Path

import pytest

from debar.errors import UsageError
from debar.model.vocab import AddresseeKind
from debar.obligations.organisation import DEFAULT, organisation


@pytest.mark.parametrize(
    ("text", "jurisdictions", "kinds"),
    [
        ("us/company", ("us",), (AddresseeKind.COMPANY,)),
        ("us/reseller+integrator", ("us",), (AddresseeKind.RESELLER, AddresseeKind.INTEGRATOR)),
        ("us+ca/federal-agency", ("us", "ca"), (AddresseeKind.FEDERAL_AGENCY,)),
        (DEFAULT, ("us",), (AddresseeKind.COMPANY,)),
    ],
)
def test_the_short_form_says_where_and_what(
    text: str, jurisdictions: tuple[str, ...], kinds: tuple[AddresseeKind, ...]
) -> None:
    """Jurisdictions, a slash, kinds; several are joined with a plus sign."""
    found = organisation(text)
    assert (text, jurisdictions, kinds, {}) == (found.name, found.jurisdictions, found.kinds, found.facts)


@pytest.mark.parametrize(
    "text",
    ["", "us", "company", "us/", "/company", "US/company", "usa/company", "us/company+", "us /company", "us/company\n"],
)
def test_what_describes_no_organisation_is_refused(text: str) -> None:
    """Anything else is an error that says what to write."""
    with pytest.raises(UsageError) as e:
        organisation(text)
    assert "us/company" in e.value.hint


def test_a_mistyped_kind_is_corrected() -> None:
    """The nearest kind is offered."""
    with pytest.raises(UsageError, match="did you mean 'federal-agency'"):
        organisation("us/federal-agancy")


@pytest.mark.parametrize("kind", ["anyone", "domestic-person"])
def test_words_of_the_law_are_no_organisations(kind: str) -> None:
    """Nobody asks as "anyone": that is whom a provision binds."""
    with pytest.raises(UsageError, match=kind):
        organisation(f"us/{kind}")


def test_a_file_says_more(tmp_path: Path) -> None:
    """A YAML file gives name, kinds and answers, read strictly: yes stays the word."""
    file = tmp_path / "us.yaml"
    file.write_text(
        "name: Bakery\njurisdictions: [us]\nkinds: [company, reseller]\nfacts:\n  purpose: no\n  identified_on: 2024-10-04\n"
    )
    found = organisation(str(file))
    assert ("Bakery", {"purpose": "no", "identified_on": "2024-10-04"}) == (found.name, found.facts)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: A\njurisdictions: [us]\nkinds: [baker]\n", ":3: Invalid enum value 'baker'"),
        ("name: A\njurisdictions: [us]\nkinds: [company]\nstaff: 3\n", ":4: Object contains unknown field `staff`"),
        ("name: A\n", ":1: Object missing required field"),
        ("", ":1: the file is empty"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    """A fault in the file names the file, the line and what is wrong."""
    file = tmp_path / "us.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as e:
        organisation(str(file))
    assert f"{file}{told}" in str(e.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is a wrong option."""
    with pytest.raises(UsageError, match=r"none\.yaml"):
        organisation(str(tmp_path / "none.yaml"))
