# SPDX-License-Identifier: Apache-2.0
"""Files of columns while they are read: how far the reading is, and how it is ended inside a file."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from columns_of import Stub, shipped, write

from debar.observe import Reading
from debar.readers import walk
from debar.readers.batches import parquet_files, reading
from debar.readers.inputs import Input
from debar.readers.lined import Sifting
from debar.watched import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ENDINGS = ("parquet", "feather", "arrows", "orc")
COUNT, PART = 3000, 500
REASON = "not read: interrupted (SIGTERM)"


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make batches and slices so small that a file has several."""
    monkeypatch.setattr(reading, "BATCH", PART)
    monkeypatch.setattr(parquet_files, "BATCH", PART)
    monkeypatch.setattr(reading, "SLICE", 100)


def lookups(count: int = COUNT) -> pa.Table:
    """Give a log of look-ups of which every hundredth names something."""
    return pa.table(
        {
            "timestamp": [f"2026-09-01T10:{n // 60 % 60:02}:{n % 60:02}Z" for n in range(count)],
            "client": [f"10.0.0.{n % 9}" for n in range(count)],
            "query": [f"www{n}.{'kaspersky' if n % 100 == 0 else 'example'}.com" for n in range(count)],
            "qtype": ["A"] * count,
        }
    )


def read(path: Path, told: Callable[[int], None], sieve: Stub | None = None) -> tuple[Reading, list[str]]:
    """Read a file or folder; give the reading, and the places of what it says."""
    there = Reading(shipped(), sifting=Sifting(sieve=sieve, size=0, told=told))
    return there, [o.locator for o in there.observations(walk.find([str(path)]))]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("sieve", [None, Stub("kaspersky")], ids=["every row", "sifted"])
def test_progress_inside_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, sieve: Stub | None
) -> None:
    """Bytes of the file are told part by part, never fewer than before, and all of them in the end."""
    path = write(lookups(), tmp_path / f"dns.{ending}", PART)
    told: list[int] = []
    monkeypatch.setattr(Input, "come_to", lambda _, position: told.append(position))
    read(path, lambda _: None, sieve)
    assert told == sorted(told)
    assert told[-1] == path.stat().st_size
    assert len(told) >= COUNT // PART


def test_progress_of_a_lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a table of several files the bytes of those that are done with count as well."""
    adds: list[object] = [{"metaData": {"id": "x", "configuration": {}}}]
    for name in "ab":
        write(lookups(), tmp_path / f"{name}.parquet", PART)
        adds.append({"add": {"path": f"{name}.parquet", "partitionValues": {}}})
    (tmp_path / "_delta_log").mkdir()
    (tmp_path / "_delta_log" / f"{0:020}.json").write_text("\n".join(map(json.dumps, adds)))
    told: list[int] = []
    monkeypatch.setattr(Input, "come_to", lambda _, position: told.append(position))
    read(tmp_path, lambda _: None, Stub("kaspersky"))
    assert told == sorted(told)
    assert told[-1] == sum((tmp_path / f"{name}.parquet").stat().st_size for name in "ab")


class Ended:
    """Asks for the end once rows were told so often."""

    def __init__(self, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left, self._real = after, Input.come_to
        self.is_in_rows = False
        monkeypatch.setattr(Input, "come_to", self._counted())

    def __call__(self, _: int) -> None:
        """Take how far the reading is; only what is told of rows counts."""
        self.left -= self.is_in_rows
        if self.left <= 0:
            raise Interrupted("SIGTERM")

    def _counted(self) -> Callable[[Input, int], None]:
        def come_to(source: Input, position: int) -> None:
            self.is_in_rows = True
            try:
                self._real(source, position)
            finally:
                self.is_in_rows = False

        return come_to


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_end_inside_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """What was read stays in the report, the file is named with how many rows were, and nothing goes on reading it."""
    path = write(lookups(), tmp_path / f"a.{ending}", PART)
    (tmp_path / "b.parquet").write_bytes(path.read_bytes())
    whole, every = read(path, lambda _: None)
    there, some = read(tmp_path, Ended(7, monkeypatch))
    assert some == every[:600]
    assert [(s.source, s.locator, s.reason) for s in there.skips] == [
        (str(path), "after 600 rows", REASON),
        (str(tmp_path / "b.parquet"), "", REASON),
    ]
    assert [source.counts for source in there.sources] == [{"rows": 600}]
    assert not [thread for thread in threading.enumerate() if thread.name == "ahead"]
    assert whole.skips == []


def test_the_end_while_nothing_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in which nothing is found is left at a batch."""
    path = write(lookups(), tmp_path / "dns.parquet", PART)
    there, some = read(path, Ended(3, monkeypatch), Stub("nothing of that"))
    # In the first batch is who is there: how far the reading is, is told once behind them, and once behind each batch.
    assert some == [f"row {n}" for n in range(1, 10)]
    assert [(s.locator, s.reason) for s in there.skips] == [(f"after {2 * PART} rows", REASON)]
