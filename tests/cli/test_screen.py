# SPDX-License-Identifier: Apache-2.0
"""`debar screen`: names and files of names, what it answers, how it exits, and what somebody dismissed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import msgspec
import pytest

from debar.cli import main
from debar.cli.dismissing import USUAL
from debar.cli.screening_options import LEVELS
from debar.model.screened import Screening

if TYPE_CHECKING:
    from pathlib import Path

LIST = 'id,name,alias\nzorvex,"Zorvex Technologies Co., Ltd.",Zorvex\nquillon,Quillon Instruments GmbH,Quillon\n'
LEDGER = (
    'Date,Supplier Name,Amount (GBP)\n14/05/2024,ZORVEX TECHNOLOGIES LTD,"1,200.00"\n25/06/2024,Harbour Works,10.00\n'
    "26/06/2024,ZORVEX TECHNOLOGIES LTD,(200.00)\n"
)
OURS = ("--list", "ours.csv", "--on", "2024-10-01")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder with a list and a ledger."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    return tmp_path


def screened(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    """Give the answer as JSON."""
    capsys.readouterr()
    assert main(["screen", *arguments, *OURS, "-o", "json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A name as argument is answered at once; one without a hit has an empty list."""
    found = screened(capsys, "Zorvex", "Harbour Works", code=1)
    assert [(one["name"], [hit["party"] for hit in one["hits"]]) for one in found["names"]] == [
        ("Zorvex", ["zorvex"]),
        ("Harbour Works", []),
    ]
    assert found["list"]["name"]
    assert {"party", "listed_name", "relation", "score", "evidence", "unmatched", "because"} <= set(
        found["names"][0]["hits"][0]
    )
    assert set(found["names"][0]["hits"][0]["unmatched"]) == {"query", "listed"}


def test_a_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    """Distinct names are joined back to rows, sums, days and places, and the notes say which columns were taken."""
    found = screened(capsys, "ledger.csv", code=1)
    one = found["names"][0]
    assert (one["name"], one["rows"], one["amounts"]) == ("ZORVEX TECHNOLOGIES LTD", 2, {"GBP": "1000.00"})
    assert (one["first"], one["last"], one["places"]) == (
        "2024-05-14",
        "2024-06-26",
        ["ledger.csv row 2", "ledger.csv row 4"],
    )
    assert any("'Supplier Name' as name" in note for note in found["notes"])


def test_the_answer_fits_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """What is written is what the schema describes."""
    found = screened(capsys, "ledger.csv", "Quillon", code=1)
    validator = jsonschema_rs.validator_for(msgspec.json.schema(Screening))
    assert [e.message for e in validator.iter_errors(found)] == []
    assert msgspec.convert(found, Screening).names[0].rows == 2


def test_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Names may be piped in, with a header or without."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Zorvex\nHarbour Works\n")))
    assert [one["name"] for one in screened(capsys, "-", code=1)["names"]] == ["Zorvex", "Harbour Works"]


@pytest.mark.parametrize("arguments", [("--name", "ledger.csv"), ("AC/DC Works",), ("Acme Inc.",), ("Sch.m.uck",)])
def test_what_is_a_name(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    """With --name everything is; else what is no file and is not called like one."""
    assert [one["name"] for one in screened(capsys, *arguments)["names"]] == [arguments[-1]]


@pytest.mark.parametrize("word", ["missing.csv", "MISSING.XLSX", "./ledger", "../ledger", "missing.parquet"])
def test_what_is_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str], word: str) -> None:
    """A mistyped file is no company without hits."""
    assert main(["screen", word, *OURS]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "no such file" in said.err


@pytest.mark.parametrize(
    ("name", "level", "code"),
    [
        ("Zorvex Technologies Ltd", "same", 1),
        ("Zorvex Technologies Ltd", "none", 0),
        ("Zorvex Bremen", "same", 0),
        ("Zorvex Bremen", "affiliate", 1),
        ("Harbour Works", "any", 0),
    ],
)
def test_the_exit_status(name: str, level: str, code: int) -> None:
    """A hit counts in its relation and every less sure level."""
    assert main(["screen", name, *OURS, "--fail-on", level]) == code


def test_every_level_is_a_level(capsys: pytest.CaptureFixture[str]) -> None:
    """Another word is wrong usage, and tells the words."""
    assert main(["screen", "Zorvex", *OURS, "--fail-on", "sames"]) == 2
    said = capsys.readouterr().err
    assert "did you mean 'same'?" in said
    assert all(level in said for level in LEVELS)


def test_what_a_scan_fails_on_is_another_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody always wants of scans neither stops this verb nor makes it strict."""
    monkeypatch.setenv("DEBAR_FAIL_ON", "at-risk")
    monkeypatch.setenv("DEBAR_STRICT", "1")
    assert main(["screen", "Zorvex Bremen", *OURS]) == 1
    assert main(["screen", "Zorvex Bremen", *OURS, "--strict"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("ledger.csv", "--column", "Suplier Name"), 2, "did you mean 'Supplier Name'?"),
        (("Zorvex", "--threshold", "high"), 2, "'high' is no score"),
        (("Zorvex", "--threshold", "nan"), 2, "is no score"),
        (("Zorvex", "--on", "soon"), 2, "--on"),
        (("  ",), 2, "is no name"),
        (("Zorvex", "--list", "none.csv"), 3, "none.csv"),
    ],
)
def test_what_is_wrong_is_said(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, said: str
) -> None:
    """Wrong usage is 2, what cannot be read 3, and nothing is answered."""
    assert main(["screen", "--list", "ours.csv", *arguments]) == code
    shown = capsys.readouterr()
    assert (shown.out, said in shown.err) == ("", True), shown.err


def test_a_file_that_cannot_be_read_costs_itself(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The other files are answered; the exit status is 3, and the answer names what was not read."""
    (here / "odd.csv").write_text("Nr,Kosten\n1,2.50\n2,3.50\n3,4.50\n", encoding="utf-8")
    found = screened(capsys, "ledger.csv", "odd.csv", code=3)
    assert found["names"][0]["hits"]
    assert any(note.startswith("not read: odd.csv: no column holds names") for note in found["notes"])


def test_a_broken_row_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was lost of a file makes the status 3, although the rest was read."""
    (here / "broken.csv").write_text(f'Supplier,Amount\nZorvex,1.00\nHuge,"{"x" * 1_100_000}\n', encoding="utf-8")
    found = screened(capsys, "broken.csv", code=3)
    assert found["names"][0]["name"] == "Zorvex"
    assert any("broken.csv, row" in note for note in found["notes"])


def test_all_formats_say_the_same(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, JSON and a table can be written at once; two on standard output cannot."""
    assert main(["screen", "ledger.csv", *OURS, "-o", "json=a.json", "-o", "csv=a.csv", "-o", "terminal"]) == 1
    shown = capsys.readouterr().out
    assert "SAME PARTY" in shown
    assert json.loads((here / "a.json").read_text())["names"][0]["rows"] == 2
    assert (here / "a.csv").read_bytes().startswith(b"name,rows,")
    assert main(["screen", "ledger.csv", *OURS, "-o", "json", "-o", "csv"]) == 2


DISMISS = ("--dismiss", "Zorvex Bremen=zorvex", "--reason", "a boatyard", "--by", "A. Meyer")


def test_a_dismissed_hit_is_set_aside(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is kept in the usual file, shown as dismissed, and does not count for the exit status."""
    assert main(["screen", "Zorvex Bremen", *OURS]) == 1
    assert main(["screen", *DISMISS, *OURS]) == 0
    assert (here / USUAL).is_file()
    found = screened(capsys, "Zorvex Bremen")
    (one,) = found["names"]
    assert one["hits"] == []
    assert one["dismissed"][0]["remarks"][0] == "dismissed on 2024-10-01 by A. Meyer: a boatyard"
    assert main(["screen", "Zorvex Bremen", *OURS]) == 0
    assert "a boatyard" in capsys.readouterr().out


def test_a_changed_list_brings_it_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another version of the list alone changes nothing; another entry does, and says what changed."""
    assert main(["screen", *DISMISS, *OURS]) == 0
    (here / "ours.csv").write_text(f"{LIST}other,Other Works,\n", encoding="utf-8")
    assert screened(capsys, "Zorvex Bremen")["names"][0]["hits"] == []
    (here / "ours.csv").write_text(
        LIST.replace(",Zorvex\n", ",Zorvex\nzorvex,Zorvex Bremen Boats,\n"), encoding="utf-8"
    )
    (hit, *_) = screened(capsys, "Zorvex Bremen", code=1)["names"][0]["hits"]
    assert hit["remarks"][0].endswith("since then the entry of the list changed: names")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--dismiss", "Zorvex Bremen=zorvex", "--by", "A"), "a dismissal needs --reason"),
        (("--dismiss", "Zorvex Bremen=zorvex", "--reason", "r"), "a dismissal needs --by"),
        (("--dismiss", "Zorvex Bremen", "--reason", "r", "--by", "A"), "is not NAME=PARTY"),
        (("--dismiss", "Zorvex Bremen=zorvix", "--reason", "r", "--by", "A"), "did you mean 'zorvex'?"),
        (("--dismiss", "Harbour Works=zorvex", "--reason", "r", "--by", "A"), "there is nothing to dismiss"),
        ((*DISMISS, "--until", "2024-01-01"), "lies before the day"),
    ],
)
def test_what_cannot_be_dismissed(
    here: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    """Nothing is written, and the complaint says why."""
    assert main(["screen", *arguments, *OURS]) == 2
    assert said in capsys.readouterr().err
    assert not (here / USUAL).exists()


def test_the_register_is_the_usual_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --list the parties of the register are asked, each hit with the passages behind it."""
    assert main(["screen", "AO Kaspersky Lab", "-o", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    hits = {hit["party"]: hit for hit in found["names"][0]["hits"]}
    assert hits["kaspersky"]["relation"] == "same"
    assert hits["kaspersky"]["because"]


def test_a_name_needs_no_readers() -> None:
    """For a name alone neither readers of files nor libraries of columns are loaded."""
    code = (
        "import sys\nfrom debar.cli import main\n"
        "main(['screen', 'Zorvex Bremen'])\n"
        "print([m for m in sys.modules if m.startswith(('pyarrow', 'duckdb', 'openpyxl', 'debar.pipeline', 'debar.readers.names'))], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "[]")


OWNED = (
    "id,name,owner,share\nalpha,Alfex Holding,,\nbeta,Bethor Works,Alfex Holding,60\nxenon,Xenvar GmbH,Bethor Works,25\n"
    "xenon,Xenvar GmbH,Alfex Holding,{}\n"
)


@pytest.mark.parametrize(("share", "status"), [("30", "met"), ("20", "not-met"), ("", "undetermined")])
def test_a_rule_of_ownership(here: Path, capsys: pytest.CaptureFixture[str], share: str, status: str) -> None:
    """What listed parties own directly and through others is added up in the open; an unknown share decides nothing."""
    (here / "owned.csv").write_text(OWNED.format(share), encoding="utf-8")
    asked = ["Xenvar GmbH", "--list", "owned.csv", "--rule", "us-ofac-50", "--blocked", "alpha", "--on", "2024-10-01"]
    assert main(["screen", *asked, "-o", "json=answer.json", "-o", "terminal"]) == 1
    (owned,) = json.loads((here / "answer.json").read_text(encoding="utf-8"))["owned"]
    assert (owned["party"], owned["rule"], owned["on"], owned["status"]) == (
        "xenon",
        "us-ofac-50",
        "2024-10-01",
        status,
    )
    assert bool(owned["missing"]) is (status == "undetermined")
    shown = capsys.readouterr().out
    assert f"us-ofac-50 on 2024-10-01: {status}" in shown
    assert "1 party counts as listed, as named" in shown


def test_who_counts_as_listed_is_somebody_of_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    """An owner that the list does not have, or one without a rule, is wrong usage, with what is meant perhaps."""
    assert main(["screen", "Zorvex", *OURS, "--rule", "us-ofac-50", "--blocked", "zorvx"]) == 2
    assert "did you mean 'zorvex'?" in capsys.readouterr().err
    assert main(["screen", "Zorvex", *OURS, "--blocked", "zorvex"]) == 2
    assert "add --rule" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--list", "owned.csv", "--rule", "us-ofac-50", "--blocked", "zorvx"), "--blocked: 'zorvx' is not known"),
        (("--list", "owned.csv", "--rule", "us-ofac-50"), "does not say whom it aims at"),
    ],
)
def test_whom_a_rule_is_about_is_settled_before_names_are_read(
    here: Path, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    """A slip in what is asked about owners costs no minutes of reading: the file of names is not even looked for."""
    (here / "owned.csv").write_text(OWNED.format("30"), encoding="utf-8")
    assert main(["screen", "./no-such-file.csv", *asked]) == 2
    assert said in capsys.readouterr().err


def test_numbers_beside_names(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column of numbers of a public register makes a party certain whatever its name; which was read is told."""
    (here / "numbered.csv").write_text("id,name,uei\nzorvex,Zorvex Ltd,ABCDEFGH1234\n", encoding="utf-8")
    ledger = "Supplier Name,Supplier UEI,Amount\nSome Trading House,abcdefgh1234,10\nOther House,,5\nOther House,no,5\n"
    (here / "names.csv").write_text(ledger, encoding="utf-8")
    assert main(["screen", "names.csv", "--list", "numbered.csv", "-o", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    (hit,) = next(one["hits"] for one in found["names"] if one["name"] == "Some Trading House")
    assert (hit["party"], hit["relation"], hit["score"]) == ("zorvex", "same", 1.0)
    assert [one["hits"] for one in found["names"] if one["name"] == "Other House"] == [[]]
    assert any("'Supplier UEI' as number (uei)" in note for note in found["notes"])


@pytest.mark.parametrize(
    "rows",
    ['Kantine,1\n"Nord Kantine,2\n' + "Other Works,3\n" * 300, 'Kantine,1\n"unterminated\nZTE\nZorvex', '"a\nb,2\n'],
)
def test_rows_that_a_quotation_mark_swallows_are_a_loss(
    here: Path, capsys: pytest.CaptureFixture[str], rows: str
) -> None:
    """Names within a cell that nobody closed were not looked at: the answer says so, and the command does not pass."""
    (here / "names.csv").write_text(f"Supplier Name,Amount\n{rows}", encoding="utf-8")
    assert main(["screen", "names.csv", *OURS]) == 3
    assert "a quotation mark may be missing" in " ".join(capsys.readouterr().out.split())


def test_a_column_is_named_by_its_number(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number is that of a column, also where cells hold the same number; one in a header is its title."""
    (here / "names.csv").write_text("Nr;Lieferant;Menge\n1;Zorvex;5\n2;Kantine;1\n3;Quillon;2\n", encoding="utf-8")
    found = screened(capsys, "names.csv", "--column", "2", code=1)
    assert sorted(one["name"] for one in found["names"]) == ["Kantine", "Quillon", "Zorvex"]


def test_a_table_of_names_aims_at_nobody(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who stands in a table of one's own is not listed by any measure: the rule asks who is, until a column tells it."""
    (here / "owned.csv").write_text(OWNED.format("30"), encoding="utf-8")
    asked = ["screen", "Xenvar GmbH", "--list", "owned.csv", "--rule", "us-ofac-50", "--on", "2024-10-01"]
    assert main(asked) == 2
    assert "--blocked PARTY" in capsys.readouterr().err
    told = OWNED.format("30").replace("share\n", "share,measure\n").replace("Holding,,\n", "Holding,,,Some List\n")
    (here / "owned.csv").write_text(told, encoding="utf-8")
    assert main([*asked, "-o", "json"]) == 1
    (owned,) = json.loads(capsys.readouterr().out)["owned"]
    assert owned["status"] == "met"


def test_only_targets_of_an_export_count_as_listed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of FollowTheMoney those are listed whom the data calls targets or names in a sanction; owners beside them are not."""
    entities = [
        {"id": "a", "schema": "Company", "properties": {"name": ["Alfex Holding"], "topics": ["sanction"]}},
        {"id": "x", "schema": "Company", "properties": {"name": ["Xenvar Works"]}},
        {"id": "o", "schema": "Ownership", "properties": {"owner": ["a"], "asset": ["x"], "percentage": ["51"]}},
    ]
    (here / "list.ftm.json").write_text("".join(f"{json.dumps(entity)}\n" for entity in entities), encoding="utf-8")
    assert main(["screen", "Xenvar Works", "--list", "list.ftm.json", "--rule", "us-ofac-50", "-o", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert [owned["status"] for owned in answer["owned"]] == ["met"]
    assert any("1 party counts as listed" in note for note in answer["notes"])
