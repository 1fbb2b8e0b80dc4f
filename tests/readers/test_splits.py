# SPDX-License-Identifier: Apache-2.0
"""Promises about splits: wherever a log is cut, its parts give the blocks of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.readers import sifting
from debar.readers.disk import Disk
from debar.readers.splits import End, File, Part, Split, cut, looked, opened
from debar.sieving import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.readers.sifting import Raw

PIECES = st.lists(
    st.sampled_from(
        [b"\n", b"\r\n", b"\r", b"a", b"row", b"\xef\xbb\xbf", b"\xef", b"\xc3\xa4", b"x" * 15, b"y" * 16, b"z" * 33]
    ),
    max_size=40,
)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp1252"])
BLOCK, LINE = 16, 48


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make blocks and the longest line so small that a few bytes have many."""
    monkeypatch.setattr(sifting, "BLOCK", BLOCK)
    monkeypatch.setattr(sifting, "LINE", LINE)


def file(path: Path, encoding: str = "utf-8", *, is_divisible: bool = True) -> File:
    """Give a file that is looked through."""
    return File(str(path), path.stat().st_size, encoding, Wanted(frozenset()), is_divisible, False, True)


def blocks(raws: Iterator[Raw]) -> tuple[list[Raw], str]:
    """Give blocks, and the fault that ended them."""
    found: list[Raw] = []
    try:
        found.extend(raws)
    except SourceError as e:
        return found, e.message
    return found, ""


def whole(log: File) -> tuple[list[Raw], str]:
    """Give the blocks that reading from the beginning gives."""
    with opened(log.place) as raw:
        disk = Disk(raw, is_digested=False)
        return blocks(sifting.blocks(disk, lambda: disk.size, log.encoding))


def in_parts(log: File, size: int) -> tuple[list[Raw], str]:
    """Give those of all splits, up to the first fault."""
    found: list[Raw] = []
    for split in cut(log, 0, size):
        more, fault = blocks(Part(log, split).blocks())
        found += more
        if fault:
            return found, fault
    return found, ""


@pytest.mark.usefixtures("small")
@settings(max_examples=600)
@given(PIECES, ENCODINGS, st.integers(1, 6))
def test_parts_give_the_blocks_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], encoding: str, steps: int
) -> None:
    """Text, lines and positions are the same for any cut, any ends of lines and any faults, lines across cuts included."""
    path = tmp_path_factory.mktemp("log") / "log"
    path.write_bytes(b"".join(pieces))
    log = file(path, encoding)
    assert in_parts(log, steps * BLOCK) == whole(log)


@pytest.mark.usefixtures("small")
def test_what_is_packed_or_wide_is_one_split(tmp_path: Path) -> None:
    """A file that can only be read from its beginning is not cut; any other is, at multiples of a block."""
    path = tmp_path / "log"
    path.write_bytes(b"a line\n" * 10)
    assert cut(file(path, is_divisible=False), 3, BLOCK) == [Split(3, 0, 70)]
    assert cut(file(path), 3, BLOCK * 2) == [Split(3, 0, 32), Split(3, 32, 64), Split(3, 64, 70)]


class Everything:
    """Finds a place in every line."""

    def ends(self, block: bytes | bytearray, most: int = 0) -> list[int]:
        """Give the end of each line."""
        return [at + 1 for at, byte in enumerate(block) if byte == 10 and at]


def test_a_file_that_was_cut_off_is_told(tmp_path: Path) -> None:
    """A split ends with what is wrong with its file and raises nothing: the fault is told where the log is read."""
    path = tmp_path / "log"
    path.write_bytes(b"a line\n" * 20_000)
    log = file(path)
    path.write_bytes(b"a line\n")
    *_, end = looked(log, cut(log, 0, 1 << 20)[0], Everything())
    assert isinstance(end, End)
    assert end.fault is not None
    assert end.fault[0].startswith("was cut off while it was read")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A machine that does not see the file says so."""
    log = File(str(tmp_path / "none"), 10, "utf-8", Wanted(frozenset()), True, False, False)
    assert list(looked(log, Split(0, 0, 10), Everything())) == [End(0, "", ("No such file or directory", "", ""))]
