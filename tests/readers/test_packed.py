# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of packages that are zip files."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from debar.errors import SourceError
from debar.readers.binary import packed, pieces
from debar.readers.binary.packed import Packed
from opened import opened
from signing import packed as made


def archive(content: bytes) -> Packed:
    """Open an archive."""
    return Packed(pieces.Pieces(io.BytesIO(content)))


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_given_unpacked(method: int) -> None:
    """Members that are packed or not come out as they went in."""
    found = archive(made({"a/b.txt": "text" * 100, "c": b""}, method))
    assert list(found.entries) == ["a/b.txt", "c"]
    assert found.content("a/b.txt") == b"text" * 100


def test_archive_behind_something_else_is_read() -> None:
    """What stands before the archive does not shift its members."""
    assert archive(b"#!/bin/sh\n" + made({"a": "text"})).content("a") == b"text"


def test_comment_at_the_end_is_passed_over() -> None:
    """The directory is found before a comment of any length."""
    content = made({"a": "text"})
    assert archive(content[:-2] + struct.pack("<H", 60000) + b"x" * 60000).content("a") == b"text"


def test_bomb_is_cut_at_its_limit() -> None:
    """A member that grows beyond what is asked for is refused."""
    with pytest.raises(SourceError, match="more than 1 MiB"):
        archive(made({"a": b"\0" * (1 << 22)})).content("a", 1 << 20)


def test_archive_of_bombs_is_cut_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """All members together have a limit as well."""
    monkeypatch.setattr(packed, "_TOTAL", 1 << 20)
    found = archive(made({"a": b"\0" * (1 << 19), "b": b"\0" * (1 << 19), "c": b"\0"}))
    assert [len(found.content(name)) for name in "ab"] == [1 << 19] * 2
    with pytest.raises(SourceError, match="grow to more"):
        found.content("c")


def test_unusual_packing_is_named() -> None:
    """A method that these packages do not use is told by its number."""
    with pytest.raises(SourceError, match="method 14"):
        archive(made({"a": "text"}, zipfile.ZIP_LZMA)).content("a")


@pytest.mark.parametrize("field", [12, 16])
def test_directory_of_a_wild_size_is_refused(field: int) -> None:
    """A directory that claims to lie elsewhere is not followed there."""
    content = bytearray(made({"a": "text"}))
    end = content.rindex(b"PK\5\6")
    content[end + field : end + field + 4] = b"\xf0\xff\xff\xff"
    with pytest.raises(SourceError):
        archive(bytes(content)).content("a")


def test_damaged_member_costs_itself() -> None:
    """A member that cannot be unpacked is told by its name."""
    content = bytearray(made({"a": bytes(range(256)) * 9, "b": "text"}))
    content[31:60] = b"\xff" * 29
    found = archive(bytes(content))
    with pytest.raises(SourceError, match="cannot be unpacked"):
        found.content("a")
    assert found.content("b") == b"text"


def test_file_without_directory_has_no_members() -> None:
    """A zip file that was cut off fits nothing."""
    assert not packed.fits(opened(made({"manifest.json": "{}"})[:-10]), rb"manifest")
    with pytest.raises(SourceError, match="cut off"):
        archive(made({"a": "text"})[:-10])
