# SPDX-License-Identifier: Apache-2.0
"""Promises of telling what each file is, and of going through file trees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import composed
from archived import DPKG, tarred, zipped
from debar.cli import main
from debar.pipeline import Settings, scan

if TYPE_CHECKING:
    import pytest

PROGRAMS = Path(__file__).parent / "data" / "readers" / "files" / "elf"
ROOT = ("bin", "etc", "usr", "var", "opt", "proc")


def system(folder: Path, name: str = "") -> Path:
    """Make the root of an installed system with one package and files that tell nothing."""
    for step in ROOT:
        (folder / step).mkdir(parents=True)
    (folder / "var/lib/dpkg").mkdir(parents=True)
    (folder / "var/lib/dpkg/status").write_bytes(DPKG)
    (folder / "usr/notes.txt").write_text("nothing of interest\n")
    (folder / "usr/programs.csv").write_text("DisplayName,Publisher,DisplayVersion\nKaspersky,Kaspersky Lab,21\n")
    (folder / "proc/status").write_bytes(DPKG)
    if name:
        (folder / "etc/hostname").write_text(f"{name}\n")
    return folder


def test_root_of_a_system_is_a_file_tree(tmp_path: Path) -> None:
    """In a file tree only what an installed system carries is read; the rest is counted, and is no skip."""
    report = composed.scanned(system(tmp_path / "disk", "web01"))
    assert [(s.path.removeprefix(str(tmp_path)), s.reader) for s in report.sources] == [
        ("/disk/var/lib/dpkg/status", "dpkg")
    ]
    assert report.skips == ()
    assert any("file tree" in note and "4 files" in note for note in report.coverage.notes)
    assert [a.asset for a in report.coverage.assets] == ["web01"]


def test_tree_below_collected_evidence(tmp_path: Path) -> None:
    """A file tree among pieces of evidence is recognised as one; the pieces beside it are read as such."""
    system(tmp_path / "case" / "disk")
    (tmp_path / "case" / "bom.json").write_bytes(composed.CYCLONEDX)
    report = composed.scanned(tmp_path / "case")
    assert {s.reader for s in report.sources} == {"dpkg", "cyclonedx"}
    assert {a.asset for a in report.coverage.assets} >= {"disk", "shop@2"}


def test_scheme_makes_any_folder_a_tree(tmp_path: Path) -> None:
    """A folder that does not look like a system is read as a part of one when the user says so."""
    (tmp_path / "part/var/lib/dpkg").mkdir(parents=True)
    (tmp_path / "part/var/lib/dpkg/status").write_bytes(DPKG)
    (tmp_path / "part/var/other").write_text("text that no reader knows\n")
    report = composed.scanned(f"tree:{tmp_path / 'part'}")
    assert [s.reader for s in report.sources] == ["dpkg"]
    assert report.skips == ()


def test_links_of_a_tree_are_not_followed(tmp_path: Path) -> None:
    """A link in an unpacked system means that system's own path, never a file of this machine."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "status").write_bytes(DPKG.replace(b"klnagent64", b"other"))
    disk = system(tmp_path / "disk")
    (disk / "usr/status").symlink_to(tmp_path / "elsewhere" / "status")
    (disk / "usr/lib").symlink_to(tmp_path / "elsewhere")
    assert [s.path for s in composed.scanned(disk).sources] == [str(disk / "var/lib/dpkg/status")]


def test_copies_of_a_database_say_nothing_of_the_system(tmp_path: Path) -> None:
    """A package database counts where the system keeps it; in a project's tests or a layer of a container it does not."""
    disk = system(tmp_path / "disk", "web01")
    for copy in ("home/a/project/tests/data", "var/lib/docker/overlay2/abc/diff/var/lib/dpkg"):
        (disk / copy).mkdir(parents=True)
        (disk / copy / "status").write_bytes(DPKG)
    assert [s.path for s in composed.scanned(disk).sources] == [str(disk / "var/lib/dpkg/status")]


def test_system_inside_a_system_is_an_asset_of_its_own(tmp_path: Path) -> None:
    """A container or chroot that lies unpacked in a machine is not the machine."""
    disk = system(tmp_path / "disk", "web01")
    (disk / "var/lib/dpkg/status").write_bytes(b"Package: other\nStatus: install ok installed\nVersion: 1\n")
    system(disk / "srv/chroot")
    report = composed.scanned(disk)
    assert {a.asset for a in report.coverage.assets} == {"web01", "web01:/srv/chroot"}
    assert {e.asset for e in report.exposures} == {"web01:/srv/chroot"}


def test_program_is_known_by_its_place(tmp_path: Path) -> None:
    """A program that no package lists is recognised by where it lies in the system, wherever the disk is mounted."""
    disk = system(tmp_path / "mnt/disk", "web01")
    (disk / "var/lib/dpkg/status").unlink()
    (disk / "opt/kaspersky/kesl/bin").mkdir(parents=True)
    (disk / "opt/kaspersky/kesl/bin/kesl").write_bytes((PROGRAMS / "vendor_sensor.ko").read_bytes())
    for named in (disk, f"tree:{disk}/opt"):
        (found,) = composed.scanned(named).exposures
        assert any(m.observable.value == "/opt/kaspersky/kesl/bin/kesl" for m in found.matches)


def test_exported_system_is_a_tree(tmp_path: Path) -> None:
    """The tar file of a whole system is read like its disk: what tells nothing is no skip."""
    files = {"bin/sh": b"#!", "etc/hostname": b"web01\n", "usr/notes.txt": b"nothing\n", "var/lib/dpkg/status": DPKG}
    (tmp_path / "web01.tar.gz").write_bytes(tarred(files, "gz"))
    report = composed.scanned(tmp_path / "web01.tar.gz")
    assert [s.reader for s in report.sources] == ["tar", "dpkg"]
    assert report.skips == ()
    assert [a.asset for a in report.coverage.assets] == ["web01.tar"] or [a.asset for a in report.coverage.assets] == [
        "web01"
    ]


def test_link_out_of_what_was_named_is_a_skip(tmp_path: Path) -> None:
    """A link among evidence that leads elsewhere is told, not followed; naming its target as well reads it."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "bom.json").write_bytes(composed.CYCLONEDX)
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "link.json").symlink_to(tmp_path / "elsewhere" / "bom.json")
    report = composed.scanned(tmp_path / "case")
    assert report.sources == ()
    assert ["outside what was named" in skip.reason for skip in report.skips] == [True]
    assert len(composed.scanned(tmp_path / "case", tmp_path / "elsewhere").sources) == 1


def test_identify_says_what_each_file_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every file and every member of an archive has a line; what no reader knows says what it looks like."""
    (tmp_path / "a.zip").write_bytes(zipped({"bom.json": composed.CYCLONEDX, "x.pdf": b"%PDF-1.7 "}))
    assert main(["identify", str(tmp_path), "-o", "json"]) == 3
    told = {
        row["path"].removeprefix(f"{tmp_path}/"): (row["reader"], row["why"])
        for row in json.loads(capsys.readouterr().out)
    }
    assert told["a.zip!bom.json"] == ("cyclonedx", "its format mark in the first bytes")
    assert told["a.zip!x.pdf"] == ("", "recognised as PDF, which this version does not read")
    assert told["a.zip"][0] == "zip"


def test_documentation_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A README beside the evidence is named, and changes nothing about the exit status; named itself, it is unknown."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    (tmp_path / "README").write_text("about this folder\n")
    assert main(["identify", str(tmp_path)]) == 0
    assert "passes over" in capsys.readouterr().out
    assert main(["identify", str(tmp_path / "README")]) == 3


def test_identify_ends_well_when_all_is_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit status is 0 when every file was recognised, and the page counts them."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    assert main(["identify", str(tmp_path / "bom.json")]) == 0
    assert "cyclonedx" in capsys.readouterr().out


def test_identify_shows_a_tree_as_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a file tree the files that tell a maker are listed, and how many there are in all."""
    assert main(["identify", str(system(tmp_path / "disk")), "-o", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["reader"] for row in rows] == ["dpkg", "tree"]
    assert rows[1]["why"] == "3 files, 1 looked at"


def test_strings_of_engines_are_found_in_programs(tmp_path: Path) -> None:
    """A program that the user names is searched for strings of embedded engines; those of a tree only on demand."""
    program = b"\x7fELF\x02\x01\x01" + b"\0" * 200 + b"/opt/kaspersky/ScanEngine\0" + b"\0" * 200
    (tmp_path / "agent").write_bytes(program)
    (found,) = composed.scanned(tmp_path / "agent").exposures
    assert (found.party, found.meaning, found.matches[0].locator) == ("kaspersky", "embedded", "byte 207")
    disk = system(tmp_path / "disk")
    (disk / "opt" / "agent").write_bytes(program)
    report = composed.scanned(disk)
    assert not any(e.meaning == "embedded" for e in report.exposures)
    assert any("--strings" in note for note in report.coverage.notes)
    report = scan([str(disk)], composed.shipped(), composed.QUESTION, Settings(strings=True))
    assert any(e.meaning == "embedded" for e in report.exposures)
