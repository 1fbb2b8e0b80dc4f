# SPDX-License-Identifier: Apache-2.0
"""`debar prove`: making a proof, refusing to, checking it, and printing forms."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

import composed
import proving
import small
from debar.cli import main
from debar.cli.progress import Progress
from debar.proof import evidence, verify
from debar.proof.statement import opened
from debar.register import load

if TYPE_CHECKING:
    from debar.proof.held import Part


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Be in a folder with evidence, an organisation and keys, and with nobody's configuration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    proving.estate(tmp_path)
    return tmp_path


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    """Give exit code and JSON of a command."""
    code = main([*arguments, "-o", "json"])
    return code, json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Give exit code and complaint of a command that prints nothing."""
    capsys.readouterr()
    code = main([*arguments])
    said = capsys.readouterr()
    assert said.out == ""
    return code, said.err


def test_it_is_made_and_intact(capsys: pytest.CaptureFixture[str]) -> None:
    """A proof is made, says what is in it, and is intact to whoever trusts its key."""
    assert proving.prove() == 0
    said = capsys.readouterr().out
    assert "signed    with key 56475aa75463474c" in said
    assert "us-far-52.204-23-report-dec-2023: due, by 2024-10-04, contract W15QKN-24-C-0042" in said
    code, found = answered(capsys, "prove", "--verify", "proof", "--key", "private.pub")
    assert (code, found["intact"], found["series"]) == (0, True, [])
    assert found["proofs"][0]["signed"] == verify.TRUSTED


def test_same_evidence_time_and_key_give_the_same_bytes() -> None:
    """Two proofs are the same to the last byte, as folders and as zip files."""
    for out in ("one", "two", "one.zip", "two.zip"):
        assert proving.prove(out=out) == 0
    assert Path("one.zip").read_bytes() == Path("two.zip").read_bytes()
    ones, twos = list(proving.files(Path("one"))), list(proving.files(Path("two")))
    assert [file.relative_to("one") for file in ones] == [file.relative_to("two") for file in twos]
    assert [file.read_bytes() for file in ones] == [file.read_bytes() for file in twos]


def test_one_changed_byte_is_broken_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is 5, and the file is named on standard output."""
    assert proving.prove() == 0
    file = Path("proof/report.txt")
    file.write_bytes(file.read_bytes().replace(b"a", b"b", 1))
    capsys.readouterr()
    assert main(["prove", "--verify", "proof"]) == 5
    said = capsys.readouterr().out
    assert said.startswith("proof - BROKEN\n")
    assert "files: report.txt: was changed" in said


def test_without_a_key_it_is_unsigned_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Unsigned is intact with a note, and broken where a key is demanded."""
    assert main(["prove", "evidence", "--on", "2024-10-01", "--out", "proof"]) == 0
    assert "signed    no: --key FILE signs" in capsys.readouterr().out
    assert main(["prove", "--verify", "proof"]) == 0
    said = capsys.readouterr().out
    assert "signed    unsigned" in said
    assert "note: intact but unsigned" in said
    assert "by a trusted key" not in said
    assert main(["prove", "--verify", "proof", "--key", "private.pub"]) == 5
    assert "carries no signature" in capsys.readouterr().out


def test_keys_of_the_user_are_trusted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key in the user's folder is trusted without being named; only another one there makes the signer a stranger."""
    assert proving.prove() == 0
    folder = here / "config" / "debar" / "keys"
    folder.mkdir(parents=True)
    _, other = proving.keys(here, proving.OTHER, "other")
    shutil.copy(other, folder)
    assert answered_signed(capsys) == (5, verify.UNTRUSTED)
    shutil.copy("private.pub", folder)
    assert answered_signed(capsys) == (0, verify.TRUSTED)


def answered_signed(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Give exit code of a check, and how the proof is said to be signed."""
    capsys.readouterr()
    code, found = answered(capsys, "prove", "--verify", "proof")
    return code, found["proofs"][0]["signed"]


def test_a_new_key_signs(capsys: pytest.CaptureFixture[str]) -> None:
    """--new-key makes a pair that signs and verifies, readable by its owner alone, and never overwrites one."""
    assert main(["prove", "--new-key", "mine.pem"]) == 0
    assert "keep mine.pem secret" in capsys.readouterr().out
    assert Path("mine.pem").stat().st_mode & 0o077 == 0
    assert main(["prove", "evidence", "--key", "mine.pem", "--on", "2024-10-01", "--out", "proof"]) == 0
    capsys.readouterr()
    assert answered(capsys, "prove", "--verify", "proof", "--key", "mine.pub")[0] == 0
    code, said = refused(capsys, "prove", "--new-key", "mine.pem")
    assert (code, "is there already" in said) == (2, True)


@pytest.mark.parametrize("out", ["full", "file.zip", "file"])
def test_nothing_is_ever_overwritten(capsys: pytest.CaptureFixture[str], out: str) -> None:
    """A folder with something in it and a file are refused before anything is read, and stay as they are."""
    Path("full").mkdir()
    for name in ("full/kept.txt", "file.zip", "file"):
        Path(name).write_text("kept")
    code, said = refused(capsys, "prove", "evidence", "--on", "2024-10-01", "--out", out)
    assert (code, "never overwritten" in said) == (2, True)
    assert Path("full/kept.txt").read_text() == Path("file.zip").read_text() == Path("file").read_text() == "kept"


def test_an_empty_folder_is_filled_and_a_missing_one_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder may be named; a folder that is not there holds no proof."""
    Path("empty").mkdir()
    assert proving.prove(out="empty") == 0
    code, said = refused(capsys, "prove", "evidence", "--on", "2024-10-01", "--out", "nowhere/proof")
    assert (code, "there is no folder nowhere" in said) == (2, True)


def test_what_fails_leaves_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A disk that is full in the middle leaves neither a proof nor a part of one."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    main(["scan", "evidence", "--fail-on", "none"])
    before = sorted(here.rglob("*"))
    monkeypatch.setattr("debar.proof.placed.chunks", full)
    monkeypatch.setattr("debar.proof.stored.chunks", full)
    capsys.readouterr()
    for out in ("proof", "proof.zip"):
        code, said = refused(capsys, "prove", "evidence", "--on", "2024-10-01", "--out", out)
        assert (code, "No space left" in said) == (2, True)
    assert sorted(here.rglob("*")) == before


def test_a_stale_register_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A register of more than 100 days proves nothing, unless that is allowed, and then the proof says so."""
    asked = ("prove", "evidence/bom.json", "--on", "2027-03-03", "--out", "proof")
    code, said = refused(capsys, *asked)
    assert (code, "101 days old on the day asked about" in said) == (2, True)
    assert not Path("proof").exists()
    code, found = answered(capsys, *asked, "--allow-stale")
    assert code == 0
    assert found["stale"].endswith("is 101 days old on the day asked about")
    begun = json.loads(Path("proof/log.jsonl").read_bytes().splitlines()[0])
    assert begun["body"]["stale_register"] == found["stale"]
    assert main(["prove", "evidence/bom.json", "--on", "2027-03-02", "--out", "younger"]) == 0


def test_a_series_cannot_lose_a_member(capsys: pytest.CaptureFixture[str]) -> None:
    """Each proof goes on from the one before; one that is left out is told, and a broken one cannot be built on."""
    assert proving.prove(out="1.zip") == 0
    assert proving.prove("--after", "1.zip", out="2", day="2024-10-02") == 0
    assert proving.prove("--after", "2", out="3.zip", day="2024-10-03") == 0
    capsys.readouterr()
    assert answered(capsys, "prove", "--verify", "1.zip", "2", "3.zip")[0] == 0
    code, found = answered(capsys, "prove", "--verify", "1.zip", "3.zip")
    assert (code, found["series"][0]["name"]) == (5, "3.zip")
    assert main(["prove", "--verify", "2", "1.zip"]) == 5
    assert "does not follow" in capsys.readouterr().out
    Path("2/report.txt").write_text("nothing")
    code, said = refused(capsys, "prove", "evidence", "--on", "2024-10-04", "--after", "2", "--out", "4")
    assert (code, "report.txt: was changed" in said) == (5, True)


def test_inputs_are_looked_at_again(capsys: pytest.CaptureFixture[str]) -> None:
    """--inputs names the inputs that changed or went away since; without it the proof alone is looked at."""
    assert proving.prove() == 0
    Path("evidence/bom.json").write_bytes(composed.CYCLONEDX + b" ")
    Path("evidence/programs.csv").unlink()
    capsys.readouterr()
    assert answered(capsys, "prove", "--verify", "proof")[0] == 0
    code, found = answered(capsys, "prove", "--verify", "proof", "--inputs")
    said = {fault["name"]: fault["what"] for fault in found["proofs"][0]["faults"]}
    assert code == 5
    assert said["evidence/bom.json"].startswith("changed since the proof was made: ")
    assert said["evidence/programs.csv"] == "is not there"


def test_inputs_are_copied_where_asked_for() -> None:
    """With --with-inputs the bytes of each input stand in the proof under their digest, whatever the input is called."""
    Path("evidence/.. $(x)\n.json").write_bytes(composed.CYCLONEDX.replace(b"1.5", b"1.6"))
    assert proving.prove("--with-inputs") == 0
    listed = {one["path"]: one for one in json.loads(Path("proof/inputs.json").read_bytes())}
    assert len(listed) == 3
    for one in listed.values():
        copy = Path("proof", one["copy"])
        assert copy.name == one["sha256"]
        assert copy.stat().st_size == one["size"]
    assert Path("proof", listed["evidence/bom.json"]["copy"]).read_bytes() == composed.CYCLONEDX


def test_a_report_is_proven_while_its_inputs_are_what_they_were(capsys: pytest.CaptureFixture[str]) -> None:
    """A report that was written before is proven as it is; not with changed inputs, nor with another question."""
    day = ("--on", "2024-10-01")
    assert main(["scan", "evidence", *day, "--fail-on", "none", "-o", "json=report.json"]) == 0
    assert main(["prove", "report.json", "--out", "proof"]) == 0
    assert json.loads(Path("proof/report.json").read_bytes()) == json.loads(Path("report.json").read_bytes())
    code, said = refused(capsys, "prove", "report.json", *day, "--out", "other")
    assert (code, "a report has its own question" in said) == (2, True)
    Path("evidence/bom.json").write_bytes(composed.CYCLONEDX + b" ")
    code, said = refused(capsys, "prove", "report.json", "--out", "other")
    assert (code, "evidence/bom.json: changed since it was read" in said) == (3, True)
    Path("evidence/bom.json").unlink()
    code, said = refused(capsys, "prove", "report.json", "--out", "other")
    assert (code, "evidence/bom.json: is not there any more" in said) == (3, True)


def test_a_report_of_another_register_is_not_proven(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The register of a proof is the one that the report rests on, or there is no proof."""
    assert main(["scan", "evidence", "--on", "2024-10-01", "--fail-on", "none", "-o", "json=report.json"]) == 0
    added = small.write(here / "added")
    (added / "VERSION").unlink()
    code, said = refused(capsys, "prove", "report.json", "--register", str(added), "--out", "proof")
    assert (code, "another one is in use" in said) == (2, True)


def test_what_was_added_to_the_register_is_in_the_proof(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Added directories and own indicators are held, and come to the digest that the report names."""
    added = small.write(here / "added")
    (added / "VERSION").unlink()
    own = here / "own.yaml"
    own.write_text(
        "- {id: maker-own, party: maker, kind: name, operator: phrase, patterns: [Maker Shield Own], level: 3, grade: primary,"
        " examples: [Maker Shield Own 2], counterexamples: [Shield], falsepositives: none known, references: [https://example.com]}\n"
    )
    assert proving.prove("--register", "added", "--indicators", "own.yaml") == 0
    names = {file.relative_to("proof").as_posix() for file in proving.files(Path("proof"))}
    assert {"register/added-1.zip", "register/indicators-1.yaml"} <= names
    held = json.loads(Path("proof/register.json").read_bytes())
    assert held["register"]["added"] == ["added", "own.yaml"]
    assert load.digest(Path(__file__).parents[2] / "register", added) != held["register"]["sha256"]
    capsys.readouterr()
    assert answered(capsys, "prove", "--verify", "proof")[0] == 0


def test_unread_inputs_are_told_by_the_exit_code() -> None:
    """A proof of a scan that could not read everything is made, lists the skip, and gives 3."""
    Path("evidence/broken.json").write_bytes(b'{"bomFormat": "CycloneDX", "components": [')
    assert proving.prove() == 3
    assert "broken.json" in Path("proof/coverage.json").read_text()
    assert verify.verify(Path("proof")).intact


def test_standard_input_is_told_by_its_digest(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was piped in has no file to hash again: the digest is the one that the scan took."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(composed.CYCLONEDX)))
    assert main(["prove", "--on", "2024-10-01", "--out", "proof"]) == 0
    (one,) = json.loads(Path("proof/inputs.json").read_bytes())
    assert (one["path"], one["state"], len(one["sha256"])) == ("-", "told by the scan", 64)


def test_what_people_decided_and_recorded_is_in_the_proof() -> None:
    """The file of decisions is held byte for byte."""
    Path(".debar-decisions.yaml").write_text("[]\n")
    assert proving.prove() == 0
    assert Path("proof/decisions.yaml").read_text() == "[]\n"
    assert Path("proof/organisation.yaml").read_text() == proving.ORGANISATION


def test_a_form_is_printed_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --out a form is printed, as Markdown or JSON, and nothing is written."""
    before = sorted(Path().iterdir())
    asked = (
        "prove",
        "evidence",
        "--as",
        "northwind.yaml",
        "--on",
        "2024-10-01",
        "--form",
        "us-far-52.204-23-report-dec-2023",
    )
    assert main([*asked]) == 0
    said = capsys.readouterr().out
    assert said.startswith("# FAR 52.204-23(c)(2)(i) (Dec 2023): report of a Kaspersky covered article\n")
    assert "- W15QKN-24-C-0042 \\[organisation.contracts\\]" in said
    assert main([*asked, "-o", "json"]) == 0
    (form,) = json.loads(capsys.readouterr().out)
    assert form["state"] == "due"
    assert sorted(Path().iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evidence"], "there is no place for the proof"),
        (["--verify"], "no proof is named"),
        (["--verify", "nowhere.zip"], "no such file or directory"),
        (["--verify", "evidence", "--out", "x"], "--verify reads a proof"),
        (["evidence", "--inputs", "--out", "x"], "--inputs goes with --verify"),
        (["evidence", "--form", "us-far-52.204-25-report-frist"], "did you mean 'us-far-52.204-25-report-first'"),
        (["evidence", "--out", "x", "--time", "2024-10-01"], "is a date, not an instant"),
        (["evidence", "--out", "x", "--time", "soon"], "--time"),
        (["evidence", "--out", "x", "--key", "private.pub"], "is no private key"),
        (["evidence", "--out", "x", "--key", "private.pem", "--key", "private.pem"], "signed with one key"),
        (["evidence", "--out", "x", "--after", "nowhere"], "no such file or directory"),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """What was asked wrongly is told, and nothing is written."""
    code, complaint = refused(capsys, "prove", *arguments)
    assert (code, said in complaint) == (2, True), complaint
    assert not Path("x").exists()


def test_the_time_is_said_to_be_whose_word_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A time that was named is told apart from one that the clock told; SOURCE_DATE_EPOCH names one as well."""
    assert proving.prove() == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1727856000")
    assert main(["prove", "evidence", "--on", "2024-10-01", "--out", "epoch"]) == 0
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert main(["prove", "evidence", "--on", "2024-10-01", "--out", "clock"]) == 0
    begun = {
        out: json.loads(Path(out, "log.jsonl").read_bytes().splitlines()[0]) for out in ("proof", "epoch", "clock")
    }
    assert {out: one["body"]["clock"].split()[0] for out, one in begun.items()} == {
        "proof": "named",
        "epoch": "named",
        "clock": "told",
    }
    assert begun["epoch"]["time"] == "2024-10-02T08:00:00Z"
    assert opened(Path("clock/statement.dsse.json").read_bytes()).statement.predicate.time == begun["clock"]["time"]


def test_a_run_that_was_kept_is_proven(capsys: pytest.CaptureFixture[str]) -> None:
    """A word for a run stands for its report, as in other verbs."""
    assert main(["scan", "evidence", "--on", "2024-10-01", "--fail-on", "none", "--store", "history", "--quiet"]) == 0
    assert main(["prove", "latest", "--store", "history", "--out", "proof"]) == 0
    capsys.readouterr()
    assert answered(capsys, "prove", "--verify", "proof")[0] == 0


def test_the_json_of_both_fits_its_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """What is said of a proof, made or checked, is described by a schema that is published."""
    folder = Path(__file__).parents[2] / "docs" / "reference"
    asked = ("--as", "northwind.yaml", "--on", "2024-10-01", "--form", "us-dhs-bod-17-01-plan")
    _, made = answered(capsys, "prove", "evidence", *asked, "--out", "proof")
    Path("proof/report.txt").write_text("changed")
    _, checked = answered(capsys, "prove", "--verify", "proof")
    for name, document in (("proof", made), ("verdict", checked)):
        schema = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert [str(fault) for fault in jsonschema_rs.validator_for(schema).iter_errors(document)] == []
    assert made["forms"]
    assert checked["proofs"][0]["faults"]


def test_the_key_that_signs_is_never_copied(capsys: pytest.CaptureFixture[str]) -> None:
    """A key that lies among the inputs, also under another name, is listed, and its bytes stand nowhere in the proof."""
    Path("evidence/private.pem").write_bytes(Path("private.pem").read_bytes())
    Path("evidence/spare").write_bytes(Path("private.pem").read_bytes())
    assert proving.prove("--with-inputs") == 3  # no reader knows what it is
    listed = {one["path"]: one["copy"] for one in json.loads(Path("proof/inputs.json").read_bytes())}
    assert (listed["evidence/private.pem"], listed["evidence/spare"]) == ("", "")
    assert listed["evidence/bom.json"]
    secret = Path("private.pem").read_bytes().split(b"\n")[1]
    assert [file for file in proving.files(Path("proof")) if secret in file.read_bytes()] == []
    capsys.readouterr()
    assert answered(capsys, "prove", "--verify", "proof")[0] == 0


def test_a_report_cannot_have_files_copied_that_it_was_not_made_from(capsys: pytest.CaptureFixture[str]) -> None:
    """A source without a digest, in a report of whoever wrote it, is hashed, said to be hashed later, and not copied."""
    assert main(["scan", "evidence", "--on", "2024-10-01", "--fail-on", "none", "-o", "json=report.json"]) == 0
    Path("secret").write_text("of somebody")
    report = json.loads(Path("report.json").read_bytes())
    report["sources"].append(report["sources"][0] | {"id": "src-x", "path": "secret", "sha256": ""})
    Path("report.json").write_text(json.dumps(report))
    code, made = answered(capsys, "prove", "report.json", "--with-inputs", "--out", "proof")
    assert (code, made["later"]) == (0, 1)
    (one,) = (one for one in json.loads(Path("proof/inputs.json").read_bytes()) if one["path"] == "secret")
    assert (one["copy"], one["state"]) == ("", "hashed when it was proven, not when it was read")
    assert main(["prove", "report.json", "--out", "again"]) == 0
    assert "nobody can tell whether they were changed" in capsys.readouterr().out.replace("\n  ", " ")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_no_proof(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody waits for what will never be written."""
    os.mkfifo("pipe")
    code, said = refused(capsys, "prove", "--verify", "pipe")
    assert (code, "is neither a file nor a folder" in said) == (2, True)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="this system names no open files")
def test_what_is_no_file_is_told_as_unread() -> None:
    """The output of a command that a shell names as a file is not waited for a second time."""
    reading, writing = os.pipe()
    os.write(writing, composed.CYCLONEDX)
    os.close(writing)
    assert main(["prove", f"/dev/fd/{reading}", "--on", "2024-10-01", "--out", "proof"]) == 3
    os.close(reading)
    assert json.loads(Path("proof/inputs.json").read_bytes()) == []
    assert "not a regular file" in Path("proof/coverage.json").read_text()


def test_no_proof_is_put_into_another(capsys: pytest.CaptureFixture[str]) -> None:
    """A file more would break the one that is there."""
    assert proving.prove() == 0
    for out in ("proof/inner", "proof/forms/inner.zip"):
        code, said = refused(capsys, "prove", "evidence", "--on", "2024-10-01", "--out", out)
        assert (code, "lies in the proof" in said) == (2, True)
    assert verify.verify(Path("proof")).intact


def test_a_zip_file_may_be_named_in_capitals() -> None:
    """The end of the name decides, as systems write it."""
    assert proving.prove(out="PROOF.ZIP") == 0
    assert Path("PROOF.ZIP").is_file()
    assert verify.verify(Path("PROOF.ZIP")).intact


def test_a_series_does_not_go_back_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    """A proof that says it is older than the one it follows is not made."""
    assert proving.prove(out="1.zip") == 0
    earlier = ("--time", "2024-10-02T07:59:59Z")
    code, said = refused(capsys, "prove", "evidence", "--on", "2024-10-01", *earlier, "--after", "1.zip", "--out", "2")
    assert (code, "a proof follows one that is older" in said) == (2, True)


def test_options_of_a_scan_hold_here_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Progress, workers, engines and what may be left unread are asked for as of debar scan, and the proof is the same."""
    assert proving.prove(out="plain") == 0
    capsys.readouterr()
    more = ("--engine", "duckdb", "--workers", "2", "--incremental", "--every-line", "--digest", "--progress", "json")
    assert proving.prove(*more) == 0
    assert '"all_files": 2' in capsys.readouterr().err
    assert Path("proof/SHA256SUMS").read_bytes() == Path("plain/SHA256SUMS").read_bytes()
    code, said = refused(capsys, "prove", "evidence", "--workers", "none", "--out", "other")
    assert (code, "no number of workers" in said) == (2, True)


def test_what_is_due_ends_it_with_1_where_asked(capsys: pytest.CaptureFixture[str]) -> None:
    """--fail-on is that of debar scan; without it a proof that was made gives 0."""
    assert proving.prove("--fail-on", "required") == 1
    assert verify.verify(Path("proof")).intact
    code, said = refused(capsys, "prove", "evidence", "--fail-on", "requird", "--out", "other")
    assert (code, "did you mean 'required'" in said) == (2, True)


def test_half_a_scan_is_not_proven(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """After a signal nothing is written, and it is said why."""
    real = Progress.reading

    def reading(self: Progress, path: str) -> None:
        real(self, path)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Progress, "reading", reading)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        code, said = refused(capsys, "prove", "evidence", "--on", "2024-10-01", "--out", "proof")
    finally:
        signal.signal(signal.SIGINT, before)
    assert (code, "interrupted: half of what there is proves nothing" in said) == (3, True)
    assert not Path("proof").exists()


def test_a_stale_register_is_refused_before_anything_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends no scan of hours."""
    monkeypatch.setattr(Progress, "found", lambda *_: pytest.fail("something was read"))
    code, said = refused(capsys, "prove", "evidence", "--on", "2030-10-01", "--out", "proof")
    assert (code, "nothing is proven with it" in said) == (2, True)


def test_an_input_that_changes_while_it_is_copied_leaves_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof is checked before it is put in its place: one that is not what was meant never comes to be."""
    real = evidence.parts

    def parts(*given: Any) -> dict[str, Part]:
        found = real(*given)
        Path("evidence/bom.json").write_bytes(composed.CYCLONEDX[::-1])
        return found

    monkeypatch.setattr(evidence, "parts", parts)
    before = sorted(Path().iterdir())
    for out in ("proof", "proof.zip"):
        Path("evidence/bom.json").write_bytes(composed.CYCLONEDX)
        assert proving.prove("--with-inputs", out=out) == 5
        assert "was changed" in capsys.readouterr().err
        assert sorted(Path().iterdir()) == before
