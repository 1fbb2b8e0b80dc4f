# SPDX-License-Identifier: Apache-2.0
"""Files of a lake: named by what is in them, there whole or not at all, and never believed unseen."""

from __future__ import annotations

import hashlib
import os
import resource
from typing import TYPE_CHECKING

import pytest
import zstandard

from debar.errors import EvidenceError, StoreError
from debar.store import lake

if TYPE_CHECKING:
    from pathlib import Path


def test_a_report_comes_back_as_it_was(tmp_path: Path) -> None:
    """What is packed is named by its hash, and unpacked it is the same bytes; twice is once."""
    content = b"\x00report\xff" * 10_000
    one, two = lake.pack(tmp_path, lambda: [content]), lake.pack(tmp_path, lambda: [content[:7], content[7:]])
    assert one == two
    assert one.size < 1000
    file = lake.path(tmp_path, "reports", one.sha256)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == one.sha256
    assert file.stat().st_size == one.size
    assert lake.unpack(tmp_path, one.sha256) == content
    assert [file.name for file in (tmp_path / "reports").iterdir()] == [f"{one.sha256}.json.zst"]


def test_a_changed_or_missing_report_is_broken_proof(tmp_path: Path) -> None:
    """A byte that is another, or a file that is gone, is EvidenceError and names the file."""
    kept = lake.pack(tmp_path, lambda: [b"report"])
    file = lake.path(tmp_path, "reports", kept.sha256)
    packed = bytearray(file.read_bytes())
    packed[-1] ^= 1
    file.write_bytes(packed)
    with pytest.raises(EvidenceError, match=f"{kept.sha256}.*changed"):
        lake.unpack(tmp_path, kept.sha256)
    file.unlink()
    with pytest.raises(EvidenceError, match=f"{kept.sha256}.*gone"):
        lake.unpack(tmp_path, kept.sha256)


@pytest.mark.parametrize(
    "content",
    [b"no zstd at all", zstandard.compress(b"x" * 100)[:-3], (zstandard.ZstdCompressor(write_content_size=False)).compress(b"x")],
    ids=["no-zstd", "cut", "no-size"],
)  # fmt: skip
def test_a_file_that_was_never_a_report_is_told(tmp_path: Path, content: bytes) -> None:
    """Whoever puts a file there under its right hash is not believed either."""
    sha256 = hashlib.sha256(content).hexdigest()
    (tmp_path / "reports").mkdir()
    lake.path(tmp_path, "reports", sha256).write_bytes(content)
    with pytest.raises(StoreError, match=sha256):
        lake.unpack(tmp_path, sha256)


def test_a_report_that_would_grow_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A frame that says it holds more than a report may have is not unpacked."""
    kept = lake.pack(tmp_path, lambda: [bytes(5000)])
    monkeypatch.setattr(lake, "LARGEST", 4999)
    with pytest.raises(StoreError, match="no report"):
        lake.unpack(tmp_path, kept.sha256)


def test_a_report_that_could_not_be_read_back_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told that something was kept which no question would get."""
    monkeypatch.setattr(lake, "LARGEST", 4999)
    with pytest.raises(StoreError, match="5,000 bytes is not kept"):
        lake.pack(tmp_path, lambda: [bytes(5000)])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("kind", "name"), [("reports", "../../etc/passwd"), ("reports", "AB" * 32), ("reports", ""), ("../x", "ab" * 32)]
)
def test_a_name_that_is_no_hash_is_no_path(tmp_path: Path, kind: str, name: str) -> None:
    """A damaged ledger cannot lead out of the lake."""
    with pytest.raises(StoreError, match="there cannot be"):
        lake.path(tmp_path, kind, name)


def test_a_file_that_is_not_finished_is_gone(tmp_path: Path) -> None:
    """What was begun and not finished leaves nothing, also when something fails meanwhile."""
    with pytest.raises(RuntimeError), lake.partial(tmp_path, "findings") as file:
        file.write_bytes(b"half")
        raise RuntimeError
    assert list((tmp_path / "findings").iterdir()) == []


def test_strays_are_what_no_run_speaks_of(tmp_path: Path) -> None:
    """Files of killed runs and files with foreign names are told, in order; known ones are not."""
    known, other = lake.pack(tmp_path, lambda: [b"known"]), lake.pack(tmp_path, lambda: [b"other"])
    half = tmp_path / "findings" / ".partial-1-ab"
    half.parent.mkdir()
    half.write_bytes(b"")
    found = list(lake.strays(tmp_path, frozenset({("reports", known.sha256)})))
    assert found == [half, lake.path(tmp_path, "reports", other.sha256)]
    assert list(lake.strays(tmp_path / "nowhere", frozenset())) == []


def test_no_room_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    """A file that cannot grow as far as it must is StoreError; nothing of it is left, and what was there stays."""
    first = lake.pack(tmp_path, lambda: [b"first"])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(StoreError, match="File too large"):
            lake.pack(tmp_path, lambda: [os.urandom(10_000)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [file.name for file in (tmp_path / "reports").iterdir()] == [f"{first.sha256}.json.zst"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way of a folder, that is StoreError with the folder's name."""
    (tmp_path / "reports").write_bytes(b"")
    with pytest.raises(StoreError, match="reports"):
        lake.pack(tmp_path, lambda: [b"report"])


def test_the_digest_of_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    """A file that is not there has no hash."""
    assert lake.digest(tmp_path / "nothing") == ""
