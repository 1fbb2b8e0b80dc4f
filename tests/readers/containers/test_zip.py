# SPDX-License-Identifier: Apache-2.0
"""Promises of reading what lies in ZIP archives."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import composed
from archived import DPKG, zipped
from debar.readers import members

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_members_are_read_as_if_they_lay_beside(tmp_path: Path) -> None:
    """Each file of an archive is recognised and read, and the report says in which archive it lay."""
    (tmp_path / "fleet.zip").write_bytes(zipped({"web01/bom.json": composed.CYCLONEDX, "web01/status": DPKG}))
    report = composed.scanned(tmp_path / "fleet.zip")
    assert [(s.path.removeprefix(str(tmp_path)), s.reader) for s in report.sources] == [
        ("/fleet.zip", "zip"),
        ("/fleet.zip!web01/bom.json", "cyclonedx"),
        ("/fleet.zip!web01/status", "dpkg"),
    ]
    assert report.skips == ()
    assert {e.asset for e in report.exposures} == {"shop@2", "web01"}


def test_archives_in_archives_end(tmp_path: Path) -> None:
    """Archives are opened down to a depth; below it the place is a skip, and what lies above was read."""
    inner = zipped({"status": DPKG})
    for _ in range(members.DEPTH + 2):
        inner = zipped({"status": DPKG, "inner.zip": inner})
    (tmp_path / "deep.zip").write_bytes(inner)
    report = composed.scanned(tmp_path / "deep.zip")
    assert len([s for s in report.sources if s.reader == "dpkg"]) == members.DEPTH
    (skip,) = report.skips
    assert "nested" in skip.reason


def test_broken_member_costs_itself(tmp_path: Path) -> None:
    """A member whose bytes are damaged is told, and the one after it is read."""
    packed = bytearray(zipped({"a/status": DPKG * 40, "b/status": DPKG}))
    packed[45:60] = b"\xff" * 15
    (tmp_path / "a.zip").write_bytes(packed)
    report = composed.scanned(tmp_path / "a.zip")
    assert {s.path.rpartition("!")[2] for s in report.sources if s.reader == "dpkg" and s.observations} == {"b/status"}
    assert any("a.zip" in s.source and "unpacked" in s.reason for s in report.skips)


def test_encrypted_member_is_told(tmp_path: Path) -> None:
    """An encrypted member is a skip that says so."""
    packed = bytearray(zipped({"status": DPKG}))
    struct.pack_into("<H", packed, 6, 1)
    struct.pack_into("<H", packed, packed.index(b"PK\x01\x02") + 8, 1)
    (tmp_path / "a.zip").write_bytes(packed)
    assert any("encrypted" in s.reason for s in composed.scanned(tmp_path / "a.zip").skips)


def test_names_lead_nowhere(tmp_path: Path) -> None:
    """A member whose name climbs out of the archive is read under that name, and nothing is written anywhere."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "slip.zip").write_bytes(zipped({"../../evil/status": DPKG, "/etc/status": DPKG}))
    report = composed.scanned(tmp_path / "a")
    assert len([s for s in report.sources if s.reader == "dpkg"]) == 2
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*")) == ["a", "a/slip.zip"]


def test_bomb_of_members_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Members that together grow out of proportion end the archive, whatever each of them claims."""
    monkeypatch.setattr(members, "FLOOR", 1 << 20)
    monkeypatch.setattr(members, "BOMB_RATIO", 2)
    (tmp_path / "bomb.zip").write_bytes(zipped({f"{n}/status": DPKG * 5000 for n in range(8)}))
    report = composed.scanned(tmp_path / "bomb.zip")
    assert any("grow to more than" in s.reason for s in report.skips)


def test_too_many_members_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive with more files than any real one ends at the limit."""
    monkeypatch.setattr(members, "COUNT", 3)
    (tmp_path / "many.zip").write_bytes(zipped({f"{n}/status": DPKG for n in range(5)}))
    report = composed.scanned(tmp_path / "many.zip")
    assert len([s for s in report.sources if s.reader == "dpkg"]) == 3
    assert any("more than 3 files" in s.reason for s in report.skips)
