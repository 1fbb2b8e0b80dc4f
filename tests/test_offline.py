# SPDX-License-Identifier: Apache-2.0
"""debar opens no connection, and writes nothing but what it was told to write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import composed
from debar.release import register_directory

if TYPE_CHECKING:
    from pathlib import Path

WATCHED = """
import json, os, sys
seen, written = [], []
def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "ssl.", "subprocess.", "os.exec",
                         "os.posix_spawn", "os.spawn", "os.system", "os.fork", "webbrowser.", "pty.spawn")):
        seen.append(event)
    elif event == "open":
        path, mode, flags = arguments
        if isinstance(path, int):
            return
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            written.append(os.fsdecode(path))
    elif event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"):
        written.append(os.fsdecode(arguments[1] if event == "os.rename" else arguments[0]))
sys.addaudithook(watch)
from debar.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(json.dumps({"code": code, "seen": seen, "written": written}), file=sys.stderr)
"""


def watched(*arguments: str, **environment: str) -> tuple[int, list[str], list[str]]:
    """Run debar under watch; give exit code, connections and processes, and paths that were written."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DEBAR_")}
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED, *arguments], capture_output=True, check=True, env={**kept, **environment}
    )
    said = json.loads(done.stderr.splitlines()[-1])
    return said["code"], said["seen"], said["written"]


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """Give one file of every format, one of them compressed."""
    import gzip

    folder = tmp_path / "estate"
    folder.mkdir()
    for name, content in composed.FORMATS.items():
        (folder / name).write_bytes(content)
    (folder / "dns.log.gz").write_bytes(gzip.compress(composed.ZEEK, mtime=0))
    return folder


NOTICES = register_directory().parent / "examples" / "notices"
"""Pages among them: what finds their main text could fetch them as well."""
VERBS = (
    ("explain", "kaspersky", "--on", "2024-10-01"),
    ("register", "list"),
    ("register", "check"),
    ("register", "show", "kaspersky"),
    ("register", "show", "us-dhs-bod-17-01", "-o", "yaml"),
    ("register", "facts"),
    ("register", "status"),
    ("formats",),
    ("version",),
    ("--help",),
    ("completion", "bash"),
    ("read", str(NOTICES), "-o", "json"),
)


@pytest.mark.parametrize("engine", ["inline", "duckdb"])
def test_scan_is_offline(estate: Path, tmp_path: Path, engine: str) -> None:
    """A scan opens no socket, starts no process, and writes only the reports it was asked for and its cache."""
    cache, report = tmp_path / "cache", tmp_path / "report.json"
    arguments = (
        "scan",
        str(estate),
        "--engine",
        engine,
        "-o",
        f"json={report}",
        "-o",
        "terminal",
        "--on",
        "2024-10-01",
        "--as",
        "us/federal-agency",
    )
    code, seen, written = watched(*arguments, XDG_CACHE_HOME=str(cache))
    assert (code, seen) == (1, [])
    assert report.is_file()
    elsewhere = [
        path for path in written if not path.startswith((str(cache), str(tmp_path / ".report.json."), str(report)))
    ]
    assert elsewhere == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "estate", "report.json"]


@pytest.mark.parametrize("arguments", VERBS, ids=" ".join)
def test_every_other_verb_is_offline(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """No other verb opens a socket, starts a process, or writes anything but its cache."""
    code, seen, written = watched(*arguments, XDG_CACHE_HOME=str(tmp_path))
    assert (code, seen) == (0, [])
    assert [path for path in written if not path.startswith(str(tmp_path))] == []


def test_evidence_is_left_as_it_was(estate: Path) -> None:
    """A scan changes neither content nor times of what it reads."""
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in estate.iterdir()}
    composed.run("scan", str(estate))
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in estate.iterdir()} == before


def test_cache_is_private(tmp_path: Path) -> None:
    """The cache can be read and written by its owner only, and holds nothing of what was scanned."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX.replace(b"left-pad", b"only-in-the-evidence"))
    composed.run("scan", str(tmp_path / "bom.json"), variables={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    folder = tmp_path / "cache" / "debar"
    assert folder.stat().st_mode & 0o077 == 0
    kept = sorted(folder.iterdir())
    assert ["index", "register"] == [file.name.partition("-")[0] for file in kept]
    for file in kept:
        assert b"only-in-the-evidence" not in file.read_bytes()
        assert file.stat().st_size < 4 * sum(f.stat().st_size for f in register_directory().rglob("*.yaml"))
