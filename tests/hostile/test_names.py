# SPDX-License-Identifier: Apache-2.0
"""Names that try to steer a terminal or a consumer of the report: nothing of them leaves raw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import composed
from debar.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ATTACKS = {
    "colour": "\x1b[31mred\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;https://evil.example/\x1b\\click\x1b]8;;\x1b\\",
    "clear": "\x1b[2J\x1b[H",
    "c1": "\x9b31m\x9d0;owned\x9c",
    "bidi": "\u202egnp.exe\u202c \u2066a\u2069 \u200f\u200e\u061c",
    "newline": "a\nEXIT 0: NOTHING FOUND\r\n",
    "return": "kesl\rclean",
    "tab": "a\tb\x0b\x0c",
    "delete": "a\x7f\x08\x08b",
    "separators": "a\u2028b\u2029c\x85d",
    "zero-width": "ke\u200bs\u200dl\ufeff",
    "tags": "a\U000e0041\U000e007f",
    "nul": "a\x00b",
}
BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def steering(text: str) -> set[str]:
    """Give the characters of an output that could steer a terminal; a newline ends a line."""
    return {
        f"U+{ord(c):04X}"
        for c in text
        if (c < " " and c != "\n") or 0x7F <= ord(c) < 0xA0 or ord(c) in BIDI or c in "\u2028\u2029\u200b\ufeff"
    }


def out(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command line in this process; give exit code, standard output and standard error."""
    code = main([str(a) for a in arguments])
    found = capfd.readouterr()
    return code, found.out, found.err


def bom(value: str) -> bytes:
    """Give a BOM that has a value in every place that a report may show."""
    component = {
        "name": f"Kaspersky Endpoint Security {value}",
        "version": f"12 {value}",
        "publisher": f"AO Kaspersky Lab {value}",
        "purl": f"pkg:deb/kesl@{value}",
    }
    subject = {"component": {"name": f"shop {value}", "version": value}, "timestamp": value}
    return json.dumps({"bomFormat": "CycloneDX", "metadata": subject, "components": [component]}).encode()


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_names_in_an_sbom(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    """Names, versions, publishers and assets of an SBOM leave the terminal report escaped."""
    file = tmp_path / "bom.json"
    file.write_bytes(bom(ATTACKS[name]))
    _, text, errors = out(capfd, "scan", file, "--color", "never")
    assert "Kaspersky Endpoint Security" in text
    assert steering(text) == set()
    assert steering(errors) == set()


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_names_in_json_output(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    """JSON that is printed to a terminal holds no raw control character, C1 included; the values are kept."""
    file = tmp_path / "bom.json"
    file.write_bytes(bom(ATTACKS[name]))
    _, text, _ = out(capfd, "scan", file, "-o", "json")
    assert {c for c in text if (c < " " and c != "\n") or 0x7F <= ord(c) < 0xA0} == set()
    (exposure,) = json.loads(text)["exposures"]
    assert exposure["version"] == f"12 {ATTACKS[name]}"


@pytest.mark.parametrize("name", sorted(set(ATTACKS) - {"newline", "return", "separators", "tab"}))
def test_hosts_in_tables_and_logs(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    """Hosts and programs of tables and logs leave the terminal report escaped."""
    attack = ATTACKS[name].encode()
    (tmp_path / "programs.csv").write_bytes(composed.TABLE.replace(b"ws-7", attack))
    (tmp_path / "dns.log").write_bytes(composed.ZEEK.replace(b"192.0.2.9", attack))
    (tmp_path / "dhcpd.leases").write_bytes(composed.LEASES.replace(b"ws-9", attack))
    (tmp_path / "osquery.log").write_bytes(composed.OSQUERY_LOG.replace(b'"ws-5"', json.dumps(ATTACKS[name]).encode()))
    _, text, _ = out(capfd, "scan", tmp_path, "--color", "never")
    assert "Endpoint Security" in text
    assert steering(text) == set()


def test_colour_is_the_only_escape(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With colour the report's own escape sequences are there, and still none of the input's."""
    file = tmp_path / "bom.json"
    file.write_bytes(bom(ATTACKS["link"] + ATTACKS["colour"]))
    _, text, _ = out(capfd, "scan", file, "--color", "always")
    assert "\x1b[" in text
    assert "\x1b]" not in text
    assert "\x1b[31mred" not in text


@pytest.mark.parametrize("name", ["colour", "link", "newline", "bidi", "delete", "c1"])
@pytest.mark.parametrize("content", [composed.CYCLONEDX, b"not anything known"], ids=["read", "skipped"])
def test_file_names(tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, content: bytes) -> None:
    """A file name with control characters is read, and leaves the report escaped, read or skipped."""
    bad = ATTACKS[name].replace("/", "").replace("\x00", "")
    (tmp_path / bad).write_bytes(content)
    code, text, errors = out(capfd, "scan", tmp_path, "--color", "never", "--fail-on", "none")
    assert code == (0 if content == composed.CYCLONEDX else 3)
    assert steering(text) == set()
    assert steering(errors) == set()


def test_file_name_in_a_complaint(capfd: pytest.CaptureFixture[str]) -> None:
    """A name that the user gave and that is not there is escaped in the error, on standard error."""
    code, text, errors = out(capfd, "scan", "no\x1b[31msuch\nfile\u202e")
    assert (code, text) == (3, "")
    assert steering(errors) == set()


ODD = b"bom-\xff\xfe.json"


def odd_directory(parent: Path, content: bytes = composed.CYCLONEDX) -> Path:
    """Give a directory with a file and a folder whose names are not UTF-8."""
    folder = parent / os.fsdecode(b"f\xe9")
    folder.mkdir()
    for above in (parent, folder):
        (above / os.fsdecode(ODD)).write_bytes(content)
    return parent


@pytest.mark.parametrize("content", [composed.CYCLONEDX, composed.DPKG, b"unknown"], ids=["bom", "host", "skip"])
@pytest.mark.parametrize("writing", ["terminal", "json"])
def test_file_names_that_are_not_utf8(tmp_path: Path, content: bytes, writing: str) -> None:
    """Files whose names are not UTF-8 are read or skipped like others, in every output."""
    odd_directory(tmp_path, content)
    done = composed.run("scan", str(tmp_path), "-o", writing, "--fail-on", "none")
    assert b"Traceback" not in done.stderr, done.stderr[-500:]
    assert done.returncode == (3 if content == b"unknown" else 0)
    done.stdout.decode("utf-8")
    if writing == "json":
        said = json.loads(done.stdout)
        assert len(said["sources"]) + len(said["skips"]) == 2


@pytest.mark.parametrize("writing", ["terminal", "json"])
def test_file_names_that_are_not_utf8_into_a_file(tmp_path: Path, writing: str) -> None:
    """The same when the report goes to a file; no half-written file stays behind."""
    evidence, reports = tmp_path / "evidence", tmp_path / "reports"
    evidence.mkdir()
    reports.mkdir()
    odd_directory(evidence, composed.DPKG)
    done = composed.run("scan", str(evidence), "-o", f"{writing}={reports / 'report'}", "--fail-on", "none")
    assert b"Traceback" not in done.stderr, done.stderr[-500:]
    assert done.returncode == 0
    assert [file.name for file in reports.iterdir()] == ["report"]


def test_file_name_that_is_not_utf8_on_the_command_line(tmp_path: Path) -> None:
    """A name that is not UTF-8 can be named."""
    odd_directory(tmp_path)
    named = os.fsencode(tmp_path / os.fsdecode(ODD))
    done = composed.run("scan", named, "--fail-on", "none")
    assert done.returncode == 0, done.stderr[-500:]
    missing = composed.run("scan", named + b"x")
    assert missing.returncode == 3
    assert b"Traceback" not in missing.stderr


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_any_name_in_the_plainest_locale(tmp_path: Path, variables: dict[str, str]) -> None:
    """Where the locale knows only ASCII, a report with any names is still printed."""
    (tmp_path / "bom.json").write_bytes(bom("Ünïcode 漢字 \U0001f600"))
    odd_directory(tmp_path)
    for writing in ("terminal", "json"):
        done = composed.run("scan", str(tmp_path), "-o", writing, "--fail-on", "none", variables=variables)
        assert b"Traceback" not in done.stderr, done.stderr[-500:]
        assert done.returncode == 0


def test_progress_is_escaped(tmp_path: Path) -> None:
    """On a terminal, the line that names the input being read is escaped too, and ends wiped."""
    (tmp_path / "a\x1b]0;owned\x07\u202e").write_bytes(composed.CYCLONEDX)
    odd_directory(tmp_path)
    code = (
        "import os, pty, sys\nfrom debar.cli import main\nreader, writer = pty.openpty()\nos.dup2(writer, 2)\n"
        "code = main(sys.argv[1:])\nsys.stderr.flush()\nsys.stdout.flush()\n"
        "os.write(1, b'@@' + os.read(reader, 65536))\nsys.exit(code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "scan", str(tmp_path), "--fail-on", "none"], capture_output=True, check=False
    )
    progress = done.stdout.partition(b"@@")[2]
    assert b"\r\x1b[K1 of " in progress, done.stderr
    assert b"\x1b]" not in progress
    assert b"\x07" not in progress
    assert "\u202e".encode() not in progress
    assert progress.endswith(b"\r\x1b[K")


def test_longest_names(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A file name as long as the system allows is read."""
    (tmp_path / ("n" * 255)).write_bytes(composed.CYCLONEDX)
    code, _, _ = out(capfd, "scan", tmp_path, "--fail-on", "none")
    assert code == 0
    code, _, errors = out(capfd, "scan", "n" * 5000)
    assert code == 3
    assert "Traceback" not in errors


def arguments_that_reach_messages() -> Sequence[tuple[str, ...]]:
    """Give calls whose error repeats what the user wrote."""
    evil = ATTACKS["link"] + "\n" + ATTACKS["bidi"]
    return (
        (evil,), ("explain", evil), ("explain", f"kaspersky/{evil}"), ("explain", "kaspersky", "--on", evil),
        ("explain", "kaspersky", "--as", evil), ("explain", "kaspersky", "--act", evil), ("register", "show", evil),
        ("scan", "--fail-on", evil, "x"), ("scan", "-o", evil, "x"), ("scan", f"--{evil}"), ("version", evil),
        ("completion", evil), ("register", "check", evil),
    )  # fmt: skip


@pytest.mark.parametrize("arguments", arguments_that_reach_messages(), ids=lambda a: f"{a[0][:8].strip()}-{len(a)}")
def test_complaints_are_escaped(capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    """Whatever the user wrote is escaped where an error repeats it."""
    code, text, errors = out(capfd, *arguments)
    assert code in (2, 3, 4)
    assert text == ""
    assert steering(errors) == set()
