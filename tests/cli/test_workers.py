# SPDX-License-Identifier: Apache-2.0
"""The number of processes changes how long a scan takes, and nothing of what it reports."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import composed

if TYPE_CHECKING:
    from pathlib import Path

ASKED = ("--on", "2024-10-01", "--as", "us/federal-agency", "--fail-on", "none", "--quiet")


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with large logs, plain and compressed, and a file tree."""
    folder = tmp_path_factory.mktemp("evidence")
    rows = composed.ZEEK.splitlines(keepends=True)
    idle = rows[-1].replace(b"kaspersky", b"elsewhere")
    log = b"".join([*rows, *[*[idle] * 4_000, *rows[-2:]] * 40])
    (folder / "logs").mkdir()
    (folder / "logs" / "plain.log").write_bytes(log)
    (folder / "logs" / "packed.log.gz").write_bytes(gzip.compress(log, 0))
    (folder / "tree" / "etc").mkdir(parents=True)
    (folder / "tree" / "etc" / "os-release").write_text("ID=debian\n")
    for number in range(300):
        (folder / "tree" / f"program{number}").write_bytes(number.to_bytes(4) * 50)
    return folder


def scanned(evidence: Path, out: Path, *options: str) -> bytes:
    """Give the report of a scan by a process of its own."""
    command = [
        sys.executable,
        "-m",
        "debar",
        "scan",
        str(evidence / "logs"),
        f"tree:{evidence / 'tree'}",
        *ASKED,
        "-o",
        f"json={out}",
        *options,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return out.read_bytes()


def test_reports_are_identical_for_any_number_of_workers(tmp_path: Path, evidence: Path) -> None:
    """To the byte, with one, two and five processes; and what is found is what reading every line finds."""
    alone = scanned(evidence, tmp_path / "one.json", "--workers", "1")
    assert scanned(evidence, tmp_path / "two.json", "--workers", "2") == alone
    assert scanned(evidence, tmp_path / "five.json", "--workers", "5") == alone
    every = json.loads(scanned(evidence, tmp_path / "every.json", "--every-line"))
    assert json.loads(alone)["exposures"] == every["exposures"] != []
    whole = {s["path"].rpartition("/")[2] for s in every["sources"] if "lines looked through" not in s["counts"]}
    looked = {
        s["path"].rpartition("/")[2] for s in json.loads(alone)["sources"] if "lines looked through" in s["counts"]
    }
    assert looked == whole == {"packed.log.gz", "plain.log"}
