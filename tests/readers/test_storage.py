# SPDX-License-Identifier: Apache-2.0
"""Promises about files in storage that is no folder, tried with addresses of this machine's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.readers import storage

if TYPE_CHECKING:
    from pathlib import Path


def test_an_address_is_no_path() -> None:
    """Only a scheme with two slashes makes an address; schemes of readers, drive letters and paths do not."""
    told = {
        word: storage.is_address(word) for word in ("s3://b/k", "file:///a", "zeek:dns.log", "C:/logs", "a//b", "-")
    }
    assert told == {
        "s3://b/k": True,
        "file:///a": True,
        "zeek:dns.log": False,
        "C:/logs": False,
        "a//b": False,
        "-": False,
    }


def test_secrets_in_an_address_are_not_shown() -> None:
    """Whoever connects, and how, is left out of what is printed."""
    assert storage.shown("s3://key:secret@logs/a%20b.log?endpoint_override=host:9000") == "s3://logs/a b.log"


def test_files_below_an_address_are_listed_in_order_and_can_be_read(tmp_path: Path) -> None:
    """A folder gives the addresses and sizes of its files, a file its own; each address opens that file."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two words#1.log").write_bytes(b"two")
    (tmp_path / "a.log").write_bytes(b"one.")
    listed = list(storage.listed(tmp_path.as_uri()))
    assert [(storage.shown(address), size) for address, size in listed] == [
        (f"file://{tmp_path}/a.log", 4),
        (f"file://{tmp_path}/b/two words#1.log", 3),
    ]
    assert list(storage.listed(listed[1][0])) == [listed[1]]
    with storage.stored(listed[1][0]) as file:
        assert file.read() == b"two"


def test_nothing_there_is_a_fault(tmp_path: Path) -> None:
    """An address of nothing, or of a storage that nobody knows, says so."""
    with pytest.raises(SourceError, match="not readable in storage"):
        list(storage.listed((tmp_path / "none").as_uri()))
    with pytest.raises(SourceError, match="not readable in storage"):
        storage.stored("nowhere://bucket/key")
