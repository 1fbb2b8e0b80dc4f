# SPDX-License-Identifier: Apache-2.0
"""`debar scan --store`, `debar status`, and the words that stand for a run."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

import composed
import kept
from debar.cli import main
from debar.model.results import History
from debar.store import keeping
from debar.store.places import place
from test_schema import faults

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = re.sub(rb"(?i)kaspersky|kesl|klcore", b"example", composed.CYCLONEDX)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder with a history of two runs: a BOM with the supplier's part, and a month later the same BOM and a table."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "bom.json").write_bytes(composed.CYCLONEDX)
    scan("2024-09-25")
    (tmp_path / "evidence" / "programs.csv").write_bytes(composed.TABLE)
    scan("2024-10-01", "-o", "json=report.json")
    return tmp_path


def scan(day: str, *more: str, store: str = "history") -> int:
    """Scan the evidence and keep the run; the exit status."""
    output = more or ("-o", "json=other.json")
    return main(
        ["scan", "evidence", "--on", day, "--fail-on", "none", "--store", store, "--stale-after", "9999", *output]
    )


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """Give how it stands, as JSON."""
    capsys.readouterr()
    assert main(["status", "--store", "history", *arguments, "-o", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_scan_says_that_its_run_was_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error, with the id; --quiet keeps the run and says nothing."""
    capsys.readouterr()
    assert scan("2024-10-02") == 0
    said = capsys.readouterr()
    assert re.fullmatch(r"debar: note: kept as run-[0-9a-f]{12} in history\n", said.err)
    assert scan("2024-10-03", "--quiet", "-o", "json=other.json") == 0
    assert capsys.readouterr().err == ""
    assert len(told(capsys)["runs"]) == 4


def test_every_observation_of_the_scan_is_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The columns of the run hold as many observations as its sources say."""
    run = told(capsys)["runs"][-1]
    report = json.loads((here / "report.json").read_text())
    table = pq.read_table(here / "history" / "observations" / f"{run['files']['observations']}.parquet")
    assert table.num_rows == sum(source["observations"] for source in report["sources"])
    assert set(table.column("source").to_pylist()) <= {source["id"] for source in report["sources"]}
    findings = pq.read_table(here / "history" / "findings" / f"{run['files']['findings']}.parquet")
    assert findings.num_rows == run["findings"] == len(report["findings"])


def test_a_scan_that_keeps_nothing_loads_no_store(here: Path) -> None:
    """Without --store nothing is made."""
    assert main(["scan", "evidence", "--on", "2024-10-01", "--fail-on", "none", "-o", "json=x.json"]) == 0
    assert sorted(path.name for path in here.iterdir()) == [
        "evidence",
        "history",
        "other.json",
        "report.json",
        "x.json",
    ]


def test_the_report_is_written_where_the_run_cannot_be_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The status is that of a store, and says so; the report is there."""
    (here / "full").mkdir()
    (here / "full" / "reports").write_bytes(b"")
    capsys.readouterr()
    assert scan("2024-10-01", "-o", "json=kept.json", store="full") == 4
    assert "the run was not kept" in capsys.readouterr().err
    assert json.loads((here / "kept.json").read_text())["exposures"]


def test_a_wrong_store_ends_no_long_scan(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told before anything is read."""
    (here / "file").write_bytes(b"")
    for store, said in (("file", "no directory"), ("mysql://x/y", "mysql"), ("postgresql://me@db/x", "--lake")):
        capsys.readouterr()
        assert scan("2024-10-01", "-o", f"json={store[:3]}.json", store=store) == 2
        assert said in capsys.readouterr().err
    assert main(["scan", "evidence", "--lake", "x"]) == 2


@pytest.mark.parametrize("word", ["latest", "latest~1"])
def test_words_stand_for_runs_wherever_a_report_is_taken(
    here: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    """The report of the run is the one that was written."""
    capsys.readouterr()
    assert main(["report", word, "--store", "history", "-o", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found == json.loads((here / "report.json").read_text())) == (word == "latest")
    exposure = found["exposures"][0]["id"]
    assert main(["why", exposure, word, "--store", "history"]) == 0
    assert exposure in capsys.readouterr().out


def test_an_id_stands_for_its_run(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole id, or a beginning that is one run's."""
    ids = [run["id"] for run in told(capsys)["runs"]]
    for word in (ids[0], ids[0][:12]):
        assert main(["report", word, "--store", "history", "-o", "json"]) == 0
        assert json.loads(capsys.readouterr().out)["as_of"] == "2024-09-25"


def test_a_run_without_a_history_is_wrong_usage(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The message says what to name; a file of that name is the file, and among others a run stands alone."""
    assert main(["report", "latest"]) == 2
    assert "latest: no history is named" in capsys.readouterr().err
    (here / "latest").write_bytes((here / "report.json").read_bytes())
    assert main(["report", "latest", "-o", "json"]) == 0
    assert main(["report", "latest", "evidence", "--store", "history"]) == 2
    assert "stands alone" in capsys.readouterr().err


def test_a_report_that_was_changed_is_not_answered(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its words would be believed."""
    for file in (here / "history" / "reports").iterdir():
        file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert main(["report", "latest", "--store", "history"]) == 5
    assert "was changed" in capsys.readouterr().err


def test_status_tells_how_it_stands(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON fits its schema; what was met is open, and the runs stand in order."""
    found = told(capsys, "--deadline", "2024-12-31", "--on", "2024-10-01")
    assert faults(History, found) == []
    assert [run["as_of"] for run in found["runs"]] == ["2024-09-25", "2024-10-01"]
    assert [point["remaining"] for point in found["progress"]] == [1, found["runs"][-1]["exposures"]]
    assert {one["presence"] for one in found["exposures"]} <= {"open", "set-aside"}
    assert (found["on"], found["deadline"], found["known_on"]) == ("2024-10-01", "2024-12-31", None)
    assert told(capsys, "--known-on", "2024-10-01")["runs"] == []


def test_status_says_in_words_what_the_json_says(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Gone, what remains, the deadline, the bars, and that it is no legal advice."""
    (here / "evidence" / "bom.json").write_bytes(CLEAN)
    (here / "evidence" / "programs.csv").unlink()
    scan("2024-10-11")
    found = told(capsys, "--on", "2024-10-11")
    assert {one["presence"] for one in found["exposures"]} == {"gone", "not-looked-at"}
    assert main(["status", "--store", "history", "--on", "2024-10-11", "--deadline", "2024-10-01"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "the deadline, 2024-10-01, passed 10 days ago" in page
    assert "gone since 2024-10-11" in page
    assert "nobody looked at again, and that count as remaining" in page
    assert "########" in page
    assert "not legal advice" in page
    remaining = found["progress"][-1]["remaining"]
    assert f"{remaining} exposure" in page


def test_nothing_remains_only_in_what_was_looked_at(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clean answer says so; where something was not read, it does not."""
    (here / "evidence" / "programs.csv").unlink()
    scan("2024-06-01", store="other")
    (here / "evidence" / "bom.json").write_bytes(CLEAN)
    scan("2024-06-02", store="other")
    capsys.readouterr()
    assert main(["status", "--store", "other", "--on", "2024-06-02"]) == 0
    assert "nothing remains in what was looked at" in capsys.readouterr().out
    (here / "evidence" / "noise.bin").write_bytes(b"\x00\x01noise" * 50)
    assert scan("2024-06-03", store="other") == 3
    capsys.readouterr()
    assert main(["status", "--store", "other", "--on", "2024-06-03"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "did not read everything" in said
    assert "could not read, so that nothing is known of them: 1" in said


def test_status_without_a_history_is_wrong_usage(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """None is named, or there is none where it is said to be; and a deadline is a day."""
    for arguments, said in (
        ([], "no history is named"),
        (["--store", "nowhere"], "no history is kept there"),
        (["--store", "history", "--deadline", "2024-07-20T03:30Z"], "no day"),
        (["--store", "history", "--on", "soon"], "--on"),
    ):
        assert main(["status", *arguments]) == 2
        assert said in capsys.readouterr().err
    assert not (here / "nowhere").exists()


def test_check_names_what_is_not_as_it_was_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole is 0; a stray is told and is 0; a changed byte is 5 and names the file."""
    capsys.readouterr()
    assert main(["status", "--store", "history", "--check"]) == 0
    assert "history: whole: 2 runs, 6 files" in capsys.readouterr().out
    (here / "history" / "findings" / ".partial-1-ab").write_bytes(b"half")
    assert main(["status", "--store", "history", "--check"]) == 0
    said = capsys.readouterr()
    assert "no run speaks of history/findings/.partial-1-ab" in said.err
    assert "files that no run speaks of: 1" in said.out
    file = next(iter((here / "history" / "observations").glob("*.parquet")))
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert main(["status", "--store", "history", "--check"]) == 5
    assert f"{file.name}: was changed" in capsys.readouterr().err


def test_hostile_names_do_not_reach_the_terminal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An asset whose name steers a terminal is shown with escapes."""
    bom = composed.CYCLONEDX.replace(b'"metadata"', b'"metadata"', 1)
    name = re.search(rb'"component": ?\{[^}]*"name": ?"([^"]+)"', bom)
    assert name
    (here / "evidence" / "bom.json").write_bytes(bom.replace(name.group(1), b"ws\\u001b[2J", 1))
    scan("2024-10-05")
    capsys.readouterr()
    assert main(["status", "--store", "history", "--on", "2024-10-05"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_the_page_tells_pace_decisions_and_what_is_overdue(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An estimate is called one; a decision that ends soon, or has ended, and an obligation whose day has passed are told."""
    met = kept.exposure("a")
    decided = (kept.decision(met, "2024-07-05"), kept.decision(met, "2024-10-20"), kept.decision(met, "2025-12-31"))
    for report in (
        kept.report("2024-06-01", "a", "b", "c"),
        kept.report("2024-07-01", "a", looked=list("abc"), decided=decided),
    ):
        with keeping.keeping(place("other")) as run:
            run.keep(report)
    capsys.readouterr()

    def page(*more: str) -> str:
        assert main(["status", "--store", "other", *more]) == 0
        return " ".join(capsys.readouterr().out.split())

    said = page("--on", "2024-10-05", "--deadline", "2024-07-10")
    assert "An estimate, not a promise: since 2024-06-01 they became fewer by 0.0667 a day" in said
    assert "at that rate none would remain on 2024-07-16, after the deadline 2024-07-10." in said
    assert "the deadline, 2024-07-10, passed 87 days ago" in said
    assert "DECISIONS: 1 expired, 2 valid" in said
    assert "expired: accepted, ended, 2024-07-05: a" in said
    assert "valid: accepted, ends in 15 days, 2024-10-20: a" in said
    assert "valid: accepted, until, 2025-12-31: a" in said
    assert "OVERDUE: 1 obligation 2024-09-30 must: Remove it." in said
    assert "us-a-2024: 1 prohibited" in said
    assert "2 gone" in said
    assert ", by the deadline 2024-12-31." in page("--on", "2024-07-01", "--deadline", "2024-12-31")
    assert "none would remain on 2024-07-16." in page("--on", "2024-07-01")
    assert "OVERDUE" not in page("--on", "2024-07-01")
