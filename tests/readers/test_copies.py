# SPDX-License-Identifier: Apache-2.0
"""Promises about copies of this process that look through a log: they change nothing but the time it takes."""

from __future__ import annotations

import gzip
import os
import random
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.readers import copies, inflating, sifting, splits
from debar.readers.copies import Copies
from debar.sieving import Wanted

if TYPE_CHECKING:
    from pathlib import Path

    from debar.readers.sifting import Lines
    from debar.readers.splits import File

HERE = os.getpid()


class Sevens:
    """Finds every 7, and may end the process that asks, unless that is the one of the test."""

    def __init__(self, *, dies: bool = False) -> None:
        self._dies = dies

    def ends(self, block: bytes | bytearray, most: int = 0) -> list[int]:
        """Give the end of each."""
        if self._dies and os.getpid() != HERE:
            os._exit(9)
        return [at + 1 for at, byte in enumerate(block) if byte == ord("7")]


@pytest.fixture(params=["plain", "packed"])
def log(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> File:
    """Give a log of many blocks and splits."""
    monkeypatch.setattr(sifting, "BLOCK", 512)
    monkeypatch.setattr(copies, "SPLIT", 2048)
    draw = random.Random(3)
    text = b"".join(b"%d\n" % draw.randrange(10 ** draw.randrange(1, 40)) for _ in range(4000))
    path = tmp_path / "log"
    path.write_bytes(text if request.param == "plain" else gzip.compress(text))
    return described(path, is_plain=request.param == "plain")


def described(path: Path, *, is_plain: bool) -> File:
    """Give a file that is looked through."""
    wanted = Wanted(frozenset())
    return splits.File(str(path), path.stat().st_size, "utf-8", wanted, is_plain, not is_plain, False)


def alone(file: File) -> tuple[list[tuple[Lines, bytes]], splits.End]:
    """Give what this process finds by itself: blocks with their texts, and the end."""
    (whole,) = splits.cut(file, 0, 1 << 40)
    part = splits.Part(file, whole)
    blocks: list[tuple[Lines, bytes]] = []
    fault = None
    try:
        for raw in part.blocks():
            lines = sifting.looked_through(raw, Sevens(), has_returns=False)
            blocks.append((lines._replace(text=b""), raw.text))
    except SourceError as e:
        fault = e.message, e.locator, e.hint
    return blocks, splits.End(part.size, part.sha256, fault)


def apart(file: File, *, dies: bool = False, begin: int = 0) -> tuple[list[tuple[Lines, bytes]], splits.End]:
    """Give what copies find."""
    there = Copies(file, Sevens(dies=dies), 2, begin)
    blocks: list[tuple[Lines, bytes]] = []
    fault = None
    try:
        blocks.extend((sifting.Lines(*lines), lines.text) for lines in there.lines())
    except SourceError as e:
        fault = e.message, e.locator, e.hint
    return blocks, splits.End(there.size, there.sha256, fault)


def test_copies_find_what_one_process_finds(log: File) -> None:
    """Blocks, their texts when they are asked for, the size and the digest are the same."""
    assert apart(log) == alone(log)
    assert len(alone(log)[0]) > 100


def test_a_copy_that_dies_is_done_without(log: File) -> None:
    """Nothing is lost and nothing counted twice when every copy dies over its first block."""
    assert apart(log, dies=True) == alone(log)


def test_what_decompresses_may_die(log: File, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy that decompresses ahead is done without as well."""
    monkeypatch.setattr(inflating, "_fill", lambda *_: os._exit(9))
    assert apart(log) == alone(log)


@pytest.mark.parametrize("log", ["plain"], indirect=True)
def test_copies_begin_where_an_earlier_scan_ended(log: File) -> None:
    """From a multiple of a block on, the blocks are those of the whole."""
    blocks, end = alone(log)
    rest = [(lines, text) for lines, text in blocks if lines.position > 512 * 7]
    assert apart(log, begin=512 * 7) == (rest, end)


def test_what_breaks_off_is_told_after_all_before_it(log: File, tmp_path: Path) -> None:
    """A compressed log that is cut off, and a plain one that is, give what they have and then the same fault."""
    file = tmp_path / "log"
    os.truncate(file, log.size // 2)
    broken = log if log.is_divisible else described(file, is_plain=False)
    expected = alone(broken)
    assert apart(broken) == expected
    assert len(expected[0]) > 20
    assert expected[1].fault is not None


def test_a_file_that_is_replaced_while_it_is_read_is_read_to_its_end(log: File, tmp_path: Path) -> None:
    """A log that is rotated keeps being read: the file that was opened counts, not its name."""
    path = tmp_path / "log"
    expected = alone(log)
    with path.open("rb") as opened:
        file = log._replace(place=f"/proc/self/fd/{opened.fileno()}")
        path.unlink()
        path.write_bytes(b"another\n")
        assert apart(file) == expected
