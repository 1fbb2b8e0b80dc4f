# SPDX-License-Identifier: Apache-2.0
"""`debar register export`: what is chosen, where it goes, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from debar.cli import main
from debar.release import register_directory
from debar.writers.register import FORMATS, is_address

if TYPE_CHECKING:
    from pathlib import Path

EXPORT = ("register", "export")


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the shipped register, without what the caller's environment says."""
    monkeypatch.delenv("DEBAR_OUTPUT", raising=False)
    monkeypatch.setenv("DEBAR_BASE_REGISTER", str(register_directory()))


def exported_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Give the JSON export with these options."""
    assert main([*EXPORT, *arguments, "-o", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def ids(found: dict[str, Any], what: str) -> set[str]:
    """Give the ids of one part of a document."""
    return {noun["id"] for noun in found[what]}


def test_every_format_at_once(tmp_path: Path) -> None:
    """Several outputs go to several files in one run."""
    wanted = [word for row in FORMATS for word in ("-o", f"{row.name}={tmp_path / row.name}")]
    assert main([*EXPORT, "--on", "2024-01-01", *wanted]) == 0
    calendar = (tmp_path / "ics").read_bytes()
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
    assert len(icalendar.Calendar.from_ical(calendar).walk("VEVENT")) > 10
    assert json.loads((tmp_path / "json").read_bytes())["measures"]
    assert json.loads((tmp_path / "odrl").read_bytes())["@graph"]
    assert list(csv.DictReader(io.StringIO((tmp_path / "csv").read_bytes().decode(), newline="")))
    assert all(json.loads(line)["id"] for line in (tmp_path / "ftm").read_text(encoding="utf-8").splitlines())


def test_twice_the_same_bytes(tmp_path: Path) -> None:
    """The same question gives the same bytes, in every format."""
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        wanted = [word for row in FORMATS for word in ("-o", f"{row.name}={tmp_path / folder / row.name}")]
        assert main([*EXPORT, "--on", "2024-09-01", *wanted]) == 0
    for row in FORMATS:
        assert (tmp_path / "a" / row.name).read_bytes() == (tmp_path / "b" / row.name).read_bytes()


def test_the_calendar_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a format, the calendar goes to standard output."""
    assert main([*EXPORT, "--on", "2024-01-01"]) == 0
    assert capsys.readouterr().out.startswith("BEGIN:VCALENDAR")


def test_a_party_brings_what_is_about_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Measures that reach a party and lists on which it stands are chosen, with those it is tied to; others are not."""
    found = exported_json(capsys, "--party", "kaspersky")
    assert found["narrowed"] == {"party": "kaspersky"}
    assert {"us-bis-icts-2021-002-kaspersky", "us-fcc-covered-kaspersky-2024"} <= ids(found, "measures")
    assert {"kaspersky", "kaspersky-executives"} <= ids(found, "parties")
    assert "hikvision" not in ids(found, "parties")
    assert exported_json(capsys, "--party", "Kaspersky Lab")["narrowed"] == {"party": "kaspersky"}


def test_a_jurisdiction(capsys: pytest.CaptureFixture[str]) -> None:
    """Only measures of a jurisdiction are chosen, with those whom they name."""
    found = exported_json(capsys, "--jurisdiction", "us")
    assert {measure["jurisdiction"] for measure in found["measures"]} == {"us"}
    assert "kaspersky" in ids(found, "parties")


def test_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """A day leaves the provisions that apply on it; in the calendar it is the day after which dates are to come."""
    assert main([*EXPORT, "--party", "kaspersky", "--on", "2024-09-28", "-o", "csv"]) == 0
    before = {row["provision"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert main([*EXPORT, "--party", "kaspersky", "--on", "2024-09-29", "-o", "csv"]) == 0
    after = {row["provision"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    resale = "us-bis-icts-2021-002-kaspersky#resale"
    assert (resale in before, resale in after) == (False, True)
    assert main([*EXPORT, "--party", "kaspersky", "--on", "2024-09-28", "-o", "ics"]) == 0
    calendar = icalendar.Calendar.from_ical(capsys.readouterr().out)
    assert any(f"[{resale}]" in str(event["DESCRIPTION"]) for event in calendar.walk("VEVENT"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "jsn"], "did you mean 'json'?"),
        (["--jurisdiction", "atlantis"], "'atlantis' is not known"),
        (["--party", "kasperski"], "did you mean 'kaspersky'?"),
        (["--on", "soon"], "neither a date nor an instant"),
        (["-o", "ics", "-o", "csv"], "two outputs on standard output"),
    ],
)
def test_what_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    """A wrong format, party, jurisdiction or day is a wrong usage, with a hint, and nothing is written."""
    assert main([*EXPORT, *arguments]) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert "hint: " in said.err
    assert said.out == ""


def test_every_format_has_its_module() -> None:
    """A row names a module with write(part, out), and titles and names are told in the help."""
    assert all(callable(import_module(row.module).write) for row in FORMATS)
    assert len({row.name for row in FORMATS}) == len(FORMATS)


def test_the_help_lists_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    """Each format stands in the help with its title."""
    with pytest.raises(SystemExit):
        main([*EXPORT, "--help"])
    said = capsys.readouterr().out
    assert all(f"{row.name:<6}{row.title}" in said for row in FORMATS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.com/a?b=1&c=%20", True),
        ("http://example.com", True),
        ("javascript:alert(1)", False),
        ("https://example.com/\r\nX:y", False),
        ("https://example.com/a b", False),
        ('https://example.com/"', False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(text: str, *, expected: bool) -> None:
    """What is no plain web address is never written as one."""
    assert is_address(text) is expected
