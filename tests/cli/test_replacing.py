# SPDX-License-Identifier: Apache-2.0
"""Files under version control are replaced whole, and by one process at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

from debar.cli.replacing import alone, replace_file

if TYPE_CHECKING:
    from pathlib import Path


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    """Who comes second reads what the first has written, and not what was there before it."""
    file, has_read, text = tmp_path / "list", Event(), "first"
    file.write_text("")

    def add(word: str) -> None:
        with alone(file):
            text = file.read_text()
            has_read.set()
            Event().wait(0.05)  # time enough for the other to read as well, if nothing kept it from that
            replace_file(file, f"{text}{word}")

    with ThreadPoolExecutor() as pool:
        first = pool.submit(add, text)
        has_read.wait()
        pool.submit(add, " second").result()
        first.result()
    assert file.read_text() == "first second"


def test_where_there_is_no_folder_nobody_is_kept_out(tmp_path: Path) -> None:
    """The fault is told by whoever then writes, in words that name the file."""
    with alone(tmp_path / "gone" / "list"):
        assert not (tmp_path / "gone").exists()
