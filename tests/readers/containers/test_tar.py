# SPDX-License-Identifier: Apache-2.0
"""Promises of reading what lies in tar archives."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest
import zstandard

import composed
from archived import DPKG, tarred, zipped

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("compression", ["", "gz", "bz2", "xz"])
def test_members_are_read_whatever_the_compression(tmp_path: Path, compression: str) -> None:
    """A tar file, plain or compressed, is read member by member."""
    (tmp_path / "web01.tar").write_bytes(
        tarred({"var/lib/dpkg/status": DPKG, "bom.json": composed.CYCLONEDX}, compression)
    )
    report = composed.scanned(tmp_path / "web01.tar")
    assert {(s.path.rpartition("!")[2], s.reader) for s in report.sources if s.observations} == {
        ("var/lib/dpkg/status", "dpkg"),
        ("bom.json", "cyclonedx"),
    }
    assert report.skips == ()


def test_zstd_and_nested_zip(tmp_path: Path) -> None:
    """A tar file in zstd with a ZIP inside is read down to the last file."""
    packed = tarred({"hosts.zip": zipped({"web01/status": DPKG})})
    (tmp_path / "a.tar.zst").write_bytes(zstandard.ZstdCompressor().compress(packed))
    report = composed.scanned(tmp_path / "a.tar.zst")
    assert [s.path.rpartition("!")[2] for s in report.sources if s.reader == "dpkg"] == ["web01/status"]


def test_old_header_without_a_mark(tmp_path: Path) -> None:
    """A tar file from before POSIX is told by its checksum."""
    packed = bytearray(tarred({"web01/status": DPKG}))
    packed[257:265] = b"\0" * 8
    packed[148:156] = b" " * 8
    packed[148:156] = f"{sum(packed[:512]):06o}\0 ".encode()
    (tmp_path / "a").write_bytes(packed)
    assert "dpkg" in {s.reader for s in composed.scanned(tmp_path / "a").sources}


def test_links_are_passed_over(tmp_path: Path) -> None:
    """A link in an archive leads nowhere: neither to a file of this machine nor to another member."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            entry = tarfile.TarInfo(f"status-{kind!r}")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    (tmp_path / "a.tar").write_bytes(packed.getvalue())
    report = composed.scanned(tmp_path / "a.tar")
    assert [(s.reader, s.counts) for s in report.sources] == [("tar", {})]


def test_archive_that_breaks_off(tmp_path: Path) -> None:
    """A tar file that breaks off yields what stood before, and a skip that says where."""
    packed = tarred({"a/status": DPKG, "b/status": DPKG * 100})
    (tmp_path / "a.tar").write_bytes(packed[: len(packed) // 3])
    report = composed.scanned(tmp_path / "a.tar")
    assert any(s.path.endswith("!a/status") and s.observations == 1 for s in report.sources)
    assert any("breaks off" in s.reason or "unpacked" in s.reason for s in report.skips)


def test_giant_name_is_refused(tmp_path: Path) -> None:
    """A header that claims gigabytes for a name is refused before they are read."""
    entry = tarfile.TarInfo("././@LongLink")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    (tmp_path / "a.tar").write_bytes(tarred({"a/status": DPKG})[:1024] + entry.tobuf(tarfile.GNU_FORMAT) + b"x" * 4096)
    report = composed.scanned(tmp_path / "a.tar")
    assert [s.observations for s in report.sources if s.reader == "dpkg"] == [1]
