# SPDX-License-Identifier: Apache-2.0
"""Promises about the options that ask a question: on which day, and for which organisation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from debar.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "when",
    ["2024-13-01", "2024-02-30", "yesterday", "2024", "2024-07-19T10:00", "19.07.2024", "2024-07-19 24:00Z", "12:00"],
)
@pytest.mark.parametrize("option", ["--on", "--known-on"])
def test_bad_dates(capsys: pytest.CaptureFixture[str], option: str, when: str) -> None:
    """What is no date, or a time without a zone, is wrong usage with a hint that shows both forms."""
    assert main(["explain", "kaspersky", option, when]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert option in said.err
    assert "hint:" in said.err
    assert "2024-07-19" in said.err


@pytest.mark.parametrize(
    "when",
    [
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:59-12:00",
        "1582-10-04",
        "2024-07-19T10:00+23:59",
    ],
)
@pytest.mark.parametrize("option", ["--on", "--known-on"])
def test_ends_of_the_calendar(capsys: pytest.CaptureFixture[str], option: str, when: str) -> None:
    """The first and last days that a calendar has are answered or refused as usage, in both verbs."""
    assert main(["explain", "kaspersky", option, when]) in (0, 2)
    assert "Traceback" not in capsys.readouterr().err


def test_date_and_instant(capsys: pytest.CaptureFixture[str]) -> None:
    """A date is kept as a date and means its last instant; an instant is kept in UTC."""
    found = {}
    for when in ("2024-07-19", "2024-07-19T23:59:59-04:00", "2024-07-20T04:00Z", "2024-07-20"):
        assert main(["explain", "kaspersky", "--act", "contract", "--on", when, "-o", "json"]) == 0
        said = json.loads(capsys.readouterr().out)
        found[when] = (said["as_of"], [(p["status"], p["since"]) for p in said["positions"]])
    assert [as_of for as_of, _ in found.values()] == [
        "2024-07-19", "2024-07-20T03:59:59Z", "2024-07-20T04:00:00Z", "2024-07-20",
    ]  # fmt: skip
    assert found["2024-07-19"][1] == found["2024-07-19T23:59:59-04:00"][1]
    assert found["2024-07-20T04:00Z"][1] == found["2024-07-20"][1]
    assert found["2024-07-19"][1] != found["2024-07-20"][1]


@pytest.mark.parametrize(
    "organisation",
    ["us/company", "us/individual", "us/reseller+integrator", "us/federal-agency", "us/federal-contractor",
     "us/equipment-maker", "us/fund-recipient", "us/supplier", "us+gb/company+reseller"],
)  # fmt: skip
def test_short_forms_of_an_organisation(capsys: pytest.CaptureFixture[str], organisation: str) -> None:
    """JURISDICTION/KIND[+KIND] is understood and stands in the answer."""
    assert main(["explain", "kaspersky", "--as", organisation, "-o", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    places, kinds = organisation.split("/")
    assert said["organisation"]["jurisdictions"] == places.split("+")
    assert said["organisation"]["kinds"] == kinds.split("+")
    assert said["assumed"] is False


def test_default_organisation_is_said_to_be_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --as it is a company in the United States, and the answer says that this was assumed."""
    assert main(["explain", "kaspersky"]) == 0
    assert "us/company" in (said := capsys.readouterr().out)
    assert "assumed" in said


@pytest.mark.parametrize(
    ("organisation", "meant"),
    [("us/federal-agncy", "federal-agency"), ("us/resellr", "reseller"), ("us/company+integratr", "integrator")],
)
def test_unknown_kind_of_organisation(capsys: pytest.CaptureFixture[str], organisation: str, meant: str) -> None:
    """A mistyped kind is wrong usage with the nearest known one."""
    assert main(["explain", "kaspersky", "--as", organisation]) == 2
    assert f"did you mean {meant!r}?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "organisation",
    ["company", "us", "us/", "/company", "US/company", "us/company/x", "us/anyone", "us/domestic-person"],
)
def test_what_is_no_organisation(capsys: pytest.CaptureFixture[str], organisation: str) -> None:
    """What has not the form of an organisation is wrong usage with a hint that shows it."""
    assert main(["explain", "kaspersky", "--as", organisation]) == 2
    assert "us/company" in capsys.readouterr().err


def test_organisation_from_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A YAML file gives name, jurisdictions, kinds and facts."""
    file = tmp_path / "city.yaml"
    file.write_text(
        "name: City Works\njurisdictions: [us]\nkinds: [federal-contractor]\nfacts:\n  develops_deliverables_with_it: 'yes'\n"
    )
    assert main(["explain", "kaspersky", "--as", str(file), "-o", "json"]) == 0
    said = json.loads(capsys.readouterr().out)["organisation"]
    assert said == {
        "name": "City Works", "jurisdictions": ["us"], "kinds": ["federal-contractor"], "facts": {"develops_deliverables_with_it": "yes"},
        "systems": [], "contracts": [], "waivers": [],
        "owners": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name: X\njurisdictions: [us]\nkinds: [compny]\n", 3),
        ("name: X\nkinds: [company]\n", 1),
        ("name: X\njurisdictions: [us]\nkinds: [company]\nfact: {}\n", 4),
        ("name: X\nname: Y\n", 2),
        ("name: [unclosed\n", 2),
        ("", 1),
        ("- a\n", 1),
        ("name: X\njurisdictions: us\nkinds: [company]\n", 2),
    ],
)
def test_faults_of_an_organisation_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, line: int
) -> None:
    """A fault in an organisation's file is wrong usage with file and line."""
    file = tmp_path / "city.yaml"
    file.write_text(text)
    assert main(["explain", "kaspersky", "--as", str(file)]) == 2
    assert f"city.yaml:{line}:" in capsys.readouterr().err


def test_organisation_file_that_is_missing_or_binary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, a directory, or bytes that are no text: wrong usage with the name."""
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "control.yaml").write_bytes(b"name: a\x00b\n")
    for name in ("missing.yaml", "folder.yaml", "binary.yaml", "control.yaml"):
        assert main(["explain", "kaspersky", "--as", str(tmp_path / name)]) == 2
        assert name in capsys.readouterr().err
