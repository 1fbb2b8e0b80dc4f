# SPDX-License-Identifier: Apache-2.0
"""`debar scan`: exit codes, keys, outputs, and what goes to which stream."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import composed
from debar import pipeline
from debar.cli import main
from debar.cli.scan import LEVELS
from debar.model.vocab import Status
from debar.writers import json as json_writer

if TYPE_CHECKING:
    from pathlib import Path

DAY = ("--on", "2024-10-01")
AGENCY = (*DAY, "--as", "us/federal-agency")
COMPANY = (*DAY, "--as", "us/company")
CLEAN = composed.CYCLONEDX.replace(b"kesl", b"kex").replace(b"Kaspersky", b"Karpov")


@pytest.fixture
def bom(tmp_path: Path) -> Path:
    """Give a BOM with one exposure, alone in its directory."""
    file = tmp_path / "evidence" / "bom.json"
    file.parent.mkdir()
    file.write_bytes(composed.CYCLONEDX)
    return file


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """Give a BOM without any exposure."""
    file = tmp_path / "clean.json"
    file.write_bytes(CLEAN)
    return file


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """Give a BOM that cannot be read."""
    file = tmp_path / "bad.json"
    file.write_bytes(composed.CYCLONEDX[:-30])
    return file


def test_exit_0_nothing_due(clean: Path) -> None:
    """Nothing found and everything read is 0."""
    assert main(["scan", str(clean), *AGENCY]) == 0


def test_exit_1_something_due(bom: Path) -> None:
    """Something prohibited or required on that day is 1, without any option."""
    assert main(["scan", str(bom), *AGENCY]) == 1


def test_exit_0_before_the_day(bom: Path) -> None:
    """What becomes due only later is not due on the day asked about."""
    assert main(["scan", str(bom), "--as", "us/federal-agency", "--on", "2016-01-01"]) == 0


def test_exit_3_nothing_there(tmp_path: Path, bom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source that is not there is an input that could not be read; the others are reported."""
    assert main(["scan", str(tmp_path / "nothing"), *AGENCY]) == 3
    assert "nothing: no such file" in capsys.readouterr().err
    assert main(["scan", str(tmp_path / "nothing"), str(bom), *AGENCY]) == 3
    assert "such file or directory" in " ".join(capsys.readouterr().out.split())


def test_exit_2_wrong_usage(tmp_path: Path, bom: Path) -> None:
    """An unknown level and an unwritable output are 2."""
    assert main(["scan", str(bom), "--fail-on", "everything"]) == 2
    assert main(["scan", str(bom), "-o", f"json={tmp_path / 'no' / 'such' / 'folder.json'}"]) == 2


def test_exit_3_unread(bad: Path, bom: Path, tmp_path: Path) -> None:
    """An input that could not be read is 3, even beside something that is due."""
    assert main(["scan", str(bad), *AGENCY]) == 3
    assert main(["scan", str(bad), str(bom), *AGENCY]) == 3
    assert main(["scan", str(bad), str(bom), *AGENCY, "--fail-on", "none"]) == 3
    (tmp_path / "empty").mkdir()
    assert main(["scan", str(tmp_path / "empty"), *AGENCY]) == 3


def test_exit_4_fault_of_the_program(
    bom: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault of the program is 4, never 1, which would mean that something is due."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("odd")

    monkeypatch.setattr(pipeline, "scan", fail)
    try:
        code = main(["scan", str(bom)])
    except RuntimeError:
        pytest.fail("an unexpected error leaves main, and the interpreter makes it exit code 1")
    assert code == 4
    assert "odd" in capsys.readouterr().err


THRESHOLD = {
    "prohibited": {Status.PROHIBITED},
    "required": {Status.PROHIBITED, Status.REQUIRED},
    "at-risk": {Status.PROHIBITED, Status.REQUIRED, Status.AT_RISK},
    "undetermined": {Status.PROHIBITED, Status.REQUIRED, Status.AT_RISK, Status.UNDETERMINED},
    "none": set[Status](),
}


@pytest.mark.parametrize("organisation", ["us/company", "us/federal-agency", "us/federal-contractor", "us/reseller"])
@pytest.mark.parametrize("level", LEVELS)
def test_fail_on(tmp_path: Path, capsys: pytest.CaptureFixture[str], level: str, organisation: str) -> None:
    """Each level is 1 exactly when a position of that gravity, or a graver one, holds on the day."""
    (tmp_path / "programs.csv").write_bytes(composed.TABLE)
    arguments = ["scan", str(tmp_path), *DAY, "--as", organisation, "--fail-on", level, "-o", "json"]
    code = main(arguments)
    said = json.loads(capsys.readouterr().out)
    statuses = {position["status"] for many in said["positions"].values() for position in many}
    assert statuses
    wanted = THRESHOLD[level]
    if Status.AT_RISK in wanted and Status.UNAVAILABLE in statuses:
        # Between "at-risk" and "required" lies what the supplier may no longer do; it counts with "at-risk".
        wanted = wanted | {Status.UNAVAILABLE}
    assert code == int(bool(statuses & wanted))


def test_fail_on_default_is_prohibited_or_required(bom: Path) -> None:
    """Without --fail-on it is as with "required"."""
    for organisation in ("us/company", "us/federal-agency", "us/reseller"):
        arguments = ["scan", str(bom), *DAY, "--as", organisation]
        assert main(arguments) == main([*arguments, "--fail-on", "required"])


def keys(noun: object) -> set[str]:
    """Give the keys of an object."""
    assert isinstance(noun, dict)
    return set(noun)


def test_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every key of the contract is there, at every depth."""
    for name, content in composed.FORMATS.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "bad.json").write_bytes(composed.CYCLONEDX[:-20])
    assert main(["scan", str(tmp_path), *AGENCY, "-o", "json"]) == 3
    said = json.loads(capsys.readouterr().out)
    assert keys(said) >= {
        "schema", "program", "register", "as_of", "known_on", "organisation", "sources", "skips", "exposures", "set_aside",
        "findings", "obligations", "coverage",
    }  # fmt: skip
    assert keys(said["register"]) >= {"version", "sha256"}
    assert keys(said["coverage"]) >= {"kinds_seen", "kinds_missing", "notes"}
    wanted = {
        "sources": {"id", "path", "reader", "sha256", "size", "observations"},
        "skips": {"source", "locator", "reason"},
        "exposures": {
            "id", "asset", "party", "product", "version", "meaning", "level", "confidence", "techniques", "matches",
            "first_seen", "last_seen",
        },
        "findings": {
            "id", "exposure", "measure", "provision", "act", "status", "since", "until", "exemption", "missing", "grade",
            "because",
            "questions",
        },
        "obligations": {"id", "exposures", "action", "due", "force", "findings"},
    }  # fmt: skip
    for part, names in wanted.items():
        assert said[part], part
        for row in said[part]:
            assert keys(row) >= names, part
    for exposure in said["exposures"]:
        for match in exposure["matches"]:
            assert keys(match) >= {"indicator", "observable", "source", "locator", "technique", "confidence"}
            assert keys(match["observable"]) == {"kind", "value"}
    for finding in said["findings"]:
        assert all(keys(passage) >= {"citation", "text"} for passage in finding["because"])


def test_ids_refer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every id that one part of the report uses stands in the part that it points to, and none stands twice."""
    for name, content in composed.FORMATS.items():
        (tmp_path / name).write_bytes(content)
    main(["scan", str(tmp_path), *AGENCY, "-o", "json"])
    said = json.loads(capsys.readouterr().out)
    ids = {part: [row["id"] for row in said[part]] for part in ("sources", "exposures", "findings", "obligations")}
    assert all(len(many) == len(set(many)) for many in ids.values())
    assert {m["source"] for e in said["exposures"] for m in e["matches"]} <= set(ids["sources"])
    assert {f["exposure"] for f in said["findings"]} <= set(ids["exposures"])
    assert {f["measure"] for f in said["findings"]} <= set(said["measures"])
    for obligation in said["obligations"]:
        assert set(obligation["exposures"]) <= set(ids["exposures"])
        assert set(obligation["findings"]) <= set(ids["findings"])


def test_same_input_same_bytes(tmp_path: Path) -> None:
    """Two processes give the same bytes, whatever the order of hashes and with either engine."""
    for name, content in composed.FORMATS.items():
        (tmp_path / name).write_bytes(content)
    arguments = ("scan", str(tmp_path), *AGENCY, "-o", "json")
    first = composed.run(*arguments, variables={"PYTHONHASHSEED": "1"})
    assert first.returncode == 1
    assert composed.run(*arguments, variables={"PYTHONHASHSEED": "2"}).stdout == first.stdout
    assert composed.run(*arguments, "--engine", "duckdb").stdout == first.stdout


def test_file_alone_and_in_its_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An exposure has the same id whether its file is named or met below the directory."""
    (tmp_path / "programs.csv").write_bytes(composed.TABLE)
    found = []
    for source in (tmp_path, tmp_path / "programs.csv"):
        main(["scan", str(source), *AGENCY, "-o", "json"])
        found.append([exposure["id"] for exposure in json.loads(capsys.readouterr().out)["exposures"]])
    assert found[0] == found[1]


def test_json_into_a_file_and_text_on_the_screen(bom: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Several outputs come from one scan; a file gets what standard output would."""
    file = tmp_path / "report.json"
    main(["scan", str(bom), *AGENCY, "-o", f"json={file}", "-o", "terminal"])
    said = capsys.readouterr()
    assert "WHAT WAS FOUND" in said.out
    main(["scan", str(bom), *AGENCY, "-o", "json"])
    assert capsys.readouterr().out == file.read_text()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["evidence", "report.json"]


def test_two_outputs_on_standard_output(bom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two outputs cannot share standard output."""
    assert main(["scan", str(bom), "-o", "json", "-o", "terminal"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "standard output" in said.err


def test_failed_write_leaves_the_old_file(
    bom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A write that fails in the middle leaves the old report whole, and nothing else behind."""
    file = tmp_path / "report.json"
    file.write_text("the old report")
    for error, code in (
        (OSError(28, "No space left on device"), 3),
        (UnicodeEncodeError("utf-8", "a", 0, 1, "odd"), 4),
    ):

        def fail(*arguments: object, error: Exception = error) -> None:
            arguments[1].write("half a rep")  # type: ignore[attr-defined]
            raise error

        monkeypatch.setattr(json_writer, "write_report", fail)
        try:
            assert main(["scan", str(bom), *AGENCY, "-o", f"json={file}"]) == code
        except UnicodeError:
            pytest.fail("an error of the writer leaves main")
        finally:
            assert file.read_text() == "the old report"
            assert sorted(p.name for p in tmp_path.iterdir()) == ["evidence", "report.json"]
        assert "report.json" in capsys.readouterr().err


@pytest.mark.parametrize("target", ["bom.json/x", ".", "/", "..", "evidence", "/dev/full/x", "no/such/place"])
def test_output_that_cannot_be_written(
    bom: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    """An output that cannot be a file is wrong usage with its name, before or after the scan, and leaves nothing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    before = sorted(tmp_path.rglob("*"))
    assert main(["scan", str(bom), *AGENCY, "-o", f"json={target}"]) == 2
    assert target in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_output_without_a_name(bom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-o json=` names no file and is wrong usage."""
    assert main(["scan", str(bom), "-o", "json="]) == 2
    assert "-o json=report.json" in capsys.readouterr().err


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`-`, and no source at all, read standard input; a scheme goes with it."""
    for sources in (["-"], [], ["cyclonedx:-"]):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(composed.CYCLONEDX)))
        assert main(["scan", *sources, *AGENCY, "-o", "json"]) == 1
        said = json.loads(capsys.readouterr().out)
        assert [(s["path"], s["reader"], s["size"]) for s in said["sources"]] == [
            ("-", "cyclonedx", len(composed.CYCLONEDX))
        ]


@pytest.mark.parametrize("name", sorted(composed.FORMATS))
def test_piped(name: str) -> None:
    """Every format can be piped, compressed or not, and gives what the file gives."""
    import gzip

    for content in (composed.FORMATS[name], gzip.compress(composed.FORMATS[name])):
        done = composed.run("scan", "-", *AGENCY, "-o", "json", stdin=content)
        said = json.loads(done.stdout)
        assert done.returncode == int(name in composed.TRACE), done.stderr
        assert len(said["sources"]) == 1
        assert said["skips"] == []
        assert done.stderr == b""


def test_empty_standard_input() -> None:
    """Nothing on standard input is 3."""
    assert composed.run("scan", "-").returncode == 3
    assert composed.run("scan").returncode == 3


@pytest.mark.parametrize(
    ("scheme", "name"), [("cyclonedx", "bom.json"), ("zeek", "dns.log"), ("table", "programs.csv"), ("dpkg", "status")]
)
def test_scheme_forces_the_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str], scheme: str, name: str) -> None:
    """SCHEME:FILE reads with that reader, and the report names the file without the scheme."""
    file = tmp_path / name
    file.write_bytes(composed.FORMATS[name])
    assert main(["scan", f"{scheme}:{file}", *AGENCY, "-o", "json"]) == 1
    (source,) = json.loads(capsys.readouterr().out)["sources"]
    assert (source["reader"], source["path"]) == (scheme, str(file))


def test_unknown_scheme(bom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped scheme is wrong usage that names the nearest reader."""
    assert main(["scan", f"cyclonedxx:{bom}"]) == 2
    assert "cyclonedx" in capsys.readouterr().err.replace("cyclonedxx", "")


def test_strict_names_the_file(bad: Path, bom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under --strict nothing is reported after the first bad file, whose name and fault are told."""
    assert main(["scan", str(bad), str(bom), "--strict", *AGENCY]) == 3
    said = capsys.readouterr()
    assert said.out == ""
    assert "bad.json" in said.err


def test_exclude_is_said(bom: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was left out as asked stands in the report."""
    (bom.parent / "other.log").write_bytes(composed.ZEEK)
    assert main(["scan", str(bom.parent), "--exclude", "*.log", *AGENCY, "-o", "json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert len(said["sources"]) == 1
    assert any("*.log" in note for note in said["coverage"]["notes"])


def test_streams(bom: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Results go to standard output and nothing else does; without a terminal there is no progress."""
    main(["scan", str(bom), str(bad), *AGENCY])
    said = capsys.readouterr()
    assert said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("options", "variables", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {}, False),
        ((), {"DEBAR_COLOR": "always"}, True),
        (("--color", "never"), {"DEBAR_COLOR": "always"}, False),
    ],
)
def test_colour(bom: Path, options: tuple[str, ...], variables: dict[str, str], *, coloured: bool) -> None:
    """Into a pipe there is no colour unless it is asked for; what is said is the same."""
    done = composed.run("scan", str(bom), *AGENCY, *options, variables=variables)
    assert (b"\x1b[" in done.stdout) is coloured


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_colour_on_a_terminal(bom: Path, variables: dict[str, str], *, coloured: bool) -> None:
    """On a terminal there is colour, except with NO_COLOR or a dumb terminal."""
    code = (
        "import os, pty, sys\nreader, writer = pty.openpty()\nos.dup2(writer, 1)\nfrom debar.cli import main\n"
        "main(sys.argv[1:])\nsys.stdout.flush()\nos.write(2, os.read(reader, 65536))\n"
    )
    kept = {k: v for k, v in os.environ.items() if k != "NO_COLOR" and not k.startswith("DEBAR_")}
    done = subprocess.run(
        [sys.executable, "-c", code, "explain", "kaspersky", "--act", "use", *COMPANY],
        capture_output=True, check=True, env={**kept, "TERM": "xterm", **variables},
    )  # fmt: skip
    assert done.stderr
    assert (b"\x1b[" in done.stderr) is coloured


def test_reader_that_went_away(bom: Path) -> None:
    """`debar scan ... | head -1` ends without a word."""
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m debar scan '{bom}' -o json | head -1"], capture_output=True, check=True
    )
    assert done.stdout == b"{\n"
    assert done.stderr == b""


def test_reader_that_went_away_from_a_long_report(tmp_path: Path) -> None:
    """The same with a report that is longer than a pipe holds."""
    rows = b"".join(b"ws-%d,Kaspersky Endpoint Security,12,AO Kaspersky Lab,\r\n" % n for n in range(500))
    (tmp_path / "programs.csv").write_bytes(composed.TABLE + rows)
    for writing in ("json", "terminal"):
        done = subprocess.run(
            ["sh", "-c", f"'{sys.executable}' -m debar scan '{tmp_path}' -o {writing} | head -1"],
            capture_output=True, check=True,
        )  # fmt: skip
        assert done.stderr == b""
