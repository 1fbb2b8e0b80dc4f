# SPDX-License-Identifier: Apache-2.0
"""`debar report`: any forms of one report, from a scan or from what a scan wrote, without looking again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from debar.cli import main
from debar.writers import WRITERS

if TYPE_CHECKING:
    from pathlib import Path

ESTATE = "examples/estate"
ASKED = ("--as", "us/reseller", "--on", "2024-09-29")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a report that a scan wrote."""
    file = tmp_path_factory.mktemp("report") / "report.json"
    assert main(["scan", ESTATE, *ASKED, "--fail-on", "none", "-o", f"json={file}", "--quiet"]) == 0
    return file


def test_every_form_at_once(report: Path, tmp_path: Path) -> None:
    """One call writes any number of forms, and what the report held it still holds."""
    template = tmp_path / "t.j2"
    template.write_text("{{ answer }}")
    forms = [writer.name for writer in WRITERS if writer.name != "pdf"]
    wanted = [word for form in forms for word in ("-o", f"{form}={tmp_path / form}.out")]
    assert main(["report", str(report), *wanted, "--template", str(template)]) == 0
    assert [form for form in forms if not (tmp_path / f"{form}.out").stat().st_size] == []
    assert (tmp_path / "json.out").read_bytes() == report.read_bytes()
    assert json.loads((tmp_path / "sarif.out").read_text())["version"] == "2.1.0"
    assert (tmp_path / "csv.out").read_bytes().count(b"\r\n") > 100
    assert (tmp_path / "parquet.out").read_bytes()[:4] == b"PAR1"


def test_what_a_scan_writes_is_the_same(report: Path, tmp_path: Path) -> None:
    """`scan -o sarif` and `report -o sarif` give the same bytes."""
    one, other = tmp_path / "one.sarif", tmp_path / "other.sarif"
    assert main(["report", str(report), "-o", f"sarif={one}"]) == 0
    assert main(["scan", ESTATE, *ASKED, "--fail-on", "none", "-o", f"sarif={other}", "--quiet"]) == 0
    assert one.read_bytes() == other.read_bytes()


def test_sources_are_scanned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sources instead of a report are scanned, for the question that is asked; what is unread makes the code 3."""
    assert main(["report", ESTATE, *ASKED, "-o", "gitlab"]) == 0
    assert json.loads(capsys.readouterr().out)
    (tmp_path / "broken.cdx.json").write_text('{"bomFormat": "CycloneDX", ')
    assert main(["report", str(tmp_path), "-o", "github"]) == 3
    assert "::error file=" in capsys.readouterr().out


def test_codes(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Writing is enough for 0; at a threshold that is named the code is that of a scan."""
    codes = [
        main(["report", str(report), "-o", "csv", *more])
        for more in ((), ("--fail-on", "prohibited"), ("--fail-on", "none"))
    ]
    assert codes == [0, 1, 0]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "sarf"], "'sarf' is not known; did you mean 'sarif'?"),
        (["-o", "template=x"], "no template is named"),
        (["-o", "template=x", "--template", "nowhere.j2"], "--template: nowhere.j2: no such file"),
        (["-o", "csv", "--template", "x.j2"], "--template: nothing is written with it"),
        (["-o", "csv", "--on", "2024-01-01"], "a report has its own question"),
        (["-o", "csv", "--fail-on", "prohibitted"], "did you mean 'prohibited'?"),
        (["-o", "csv", "-o", "md"], "two outputs on standard output"),
        (["-o", "csv=one", "-o", "md=./one"], "two outputs in one file"),
    ],
)
def test_wrong_usage(report: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    """A wrong word ends with 2, with what is wrong and nothing written."""
    assert main(["report", str(report), *words]) == 2
    found = capsys.readouterr()
    assert said in found.err
    assert found.out == ""


def test_a_faulty_template_leaves_the_old_file(
    report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A template that fails in the middle replaces nothing."""
    out, template = tmp_path / "letter.txt", tmp_path / "t.j2"
    out.write_text("old")
    template.write_text("new {{ nothing }}")
    assert main(["report", str(report), "-o", f"template={out}", "-t", str(template)]) == 2
    assert f"{template}:1: 'nothing' is undefined" in capsys.readouterr().err
    assert out.read_text() == "old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["letter.txt", "t.j2"]


def test_the_list_of_forms_says_what_each_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    """`debar formats` names every form with its title and by what it is checked, for people and for programs."""
    assert main(["formats"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert main(["formats", "-o", "json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out) if row["direction"] == "out"}
    for writer in WRITERS:
        assert writer.title in text
        assert f"checked with {writer.checked}" in text or not writer.checked
        assert rows[writer.name]["checked"] == writer.checked
