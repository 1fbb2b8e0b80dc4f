# SPDX-License-Identifier: Apache-2.0
"""File trees with loops, pipes, devices and very many files are gone through once, and end."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from typing import TYPE_CHECKING

import composed

if TYPE_CHECKING:
    from pathlib import Path

FILES = 20_000


def tree(folder: Path) -> Path:
    """Make the file tree of a system with one package of the supplier."""
    for name in ("bin", "etc", "lib", "var/lib/dpkg", "usr/bin"):
        (folder / name).mkdir(parents=True)
    (folder / "etc" / "hostname").write_text("web01\n")
    (folder / "var" / "lib" / "dpkg" / "status").write_bytes(composed.DPKG)
    return folder


def test_links_in_a_circle(tmp_path: Path) -> None:
    """Links to folders above, to themselves and out of a tree are passed over, and each file is read once."""
    top = tree(tmp_path / "root")
    (top / "usr" / "up").symlink_to("..")
    (top / "usr" / "same").symlink_to(".")
    (top / "usr" / "self").symlink_to("self")
    (top / "usr" / "lib").symlink_to("/usr/lib")
    (top / "var" / "lib" / "again").symlink_to("dpkg/status")
    report = composed.scanned(f"tree:{top}")
    assert [(source.reader, source.path.removeprefix(str(top))) for source in report.sources] == [
        ("dpkg", "/var/lib/dpkg/status")
    ]
    assert {exposure.asset for exposure in report.exposures} == {"web01"}


def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    """A pipe and a device under names that are always read are passed over, as files of a tree and as a host's name."""
    top = tree(tmp_path / "root")
    (top / "etc" / "hostname").unlink()
    for name in ("etc/hostname", "etc/os-release", "usr/bin/agent", "usr/requirements.txt", "usr/METADATA"):
        os.mkfifo(top / name)
    if os.geteuid() == 0:
        with contextlib.suppress(PermissionError):
            os.mknod(top / "usr" / "bin" / "zero", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    done = composed.run("scan", f"tree:{top}", "--fail-on", "none", timeout=30)
    assert done.returncode in (0, 3), done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Endpoint Security" in done.stdout


def test_many_files_take_seconds(tmp_path: Path) -> None:
    """A tree of twenty thousand files is gone through in the time that listing them takes, and a few looks."""
    top = tree(tmp_path / "root")
    for folder in range(FILES // 500):
        below = top / "usr" / f"d{folder}"
        below.mkdir()
        for number in range(500):
            (below / f"f{number}").write_bytes(b"")
    began = time.monotonic()
    report = composed.scanned(f"tree:{top}")
    assert time.monotonic() - began < 30
    assert {exposure.asset for exposure in report.exposures} == {"web01"}


def test_folders_that_nest_without_end(tmp_path: Path) -> None:
    """Folders nested as deep as the system allows a path are walked without recursion."""
    top = tree(tmp_path / "root")
    deep = top / "usr"
    while len(str(deep)) < 3800:
        deep /= "d" * 20
    deep.mkdir(parents=True)
    assert {exposure.asset for exposure in composed.scanned(f"tree:{top}").exposures} == {"web01"}
