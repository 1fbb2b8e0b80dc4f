# SPDX-License-Identifier: Apache-2.0
"""Promises about files that somebody made to break things: an answer or a complaint, and never a fault of the program."""

from __future__ import annotations

import io
import threading
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.readers.names import columns, tables
from debar.screened import files
from debar.screened.distinct import MOST, Distinct
from debar.watched import Interrupted, Watch

if TYPE_CHECKING:
    from pathlib import Path


def read(folder: Path, content: bytes, wanted: str = "", watch: Watch | None = None) -> tuple[Distinct, files.Read]:
    """Read one file of names."""
    file = folder / "names.bin"
    file.write_bytes(content)
    found = Distinct()
    return found, files.read([str(file)], found, wanted, watch=watch or Watch())


@given(content=st.binary(max_size=400), wanted=st.sampled_from(["", "1", "Supplier"]))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes, wanted: str) -> None:
    """Any bytes are names or a fault, never both none and silent."""
    found, result = read(tmp_path_factory.mktemp("any"), content, wanted)
    assert found.names or result.faults or result.notes


@given(text=st.text(st.sampled_from('abc ,;\t|"\n\r\ufeff0.1£=\x00é名'), max_size=120))
def test_any_table(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Delimiters, quotation marks and line ends in any order come to rows that add up."""
    found, _ = read(tmp_path_factory.mktemp("any"), f"Supplier,Amount\nAcme,1.00\n{text}".encode())
    assert found.rows == sum(spent.rows for spent in found.names.values())
    assert all(spent.rows >= len(spent.places) > 0 for spent in found.names.values())


def test_a_line_that_never_ends(tmp_path: Path) -> None:
    """It is told, and what stands before it is kept."""
    found, result = read(tmp_path, b"Supplier,Amount\nAcme,1.00\n" + b"x" * (20 << 20))
    assert "Acme" in found.names
    assert "a line of more than" in result.faults[0].message


def test_a_quotation_mark_without_an_end(tmp_path: Path) -> None:
    """What it swallows is lost and told; a row of a million lines is none."""
    found, result = read(tmp_path, b'Supplier,Amount\nAcme,1.00\n"Bell,2.00\n' + b"Third,3.00\n" * 200_000)
    assert "Acme" in found.names
    assert result.faults


def test_a_workbook_that_lies(tmp_path: Path) -> None:
    """A damaged workbook is a fault that says so."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Supplier"])
    book.save(out)
    _, result = read(tmp_path, out.getvalue()[:-300])
    assert result.faults


@pytest.mark.parametrize("magic", [b"PAR1", b"ARROW1\0\0", b"FEA1", b"ORC", b"\xff\xff\xff\xff\x10\0\0\0"])
def test_columns_that_are_none(tmp_path: Path, magic: bytes) -> None:
    """A file that only begins like columns is a fault that says so."""
    _, result = read(tmp_path, magic + b"rubbish" * 100 + magic)
    assert len(result.faults) == 1


def test_too_many_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """There is an end to what is held, and it is told."""
    monkeypatch.setattr("debar.screened.distinct.MOST", 2)
    _, result = read(tmp_path, b"Supplier,Amount\na,1.00\nb,1.00\nc,1.00\n")
    assert result.faults[0].message == "more than 2 distinct names"
    assert MOST > 10**6


def test_a_list_of_columns_is_short() -> None:
    """A table of ten thousand columns is not told in whole."""
    assert len(columns.listed([[f"column {n}" for n in range(10_000)]])) < 2000


def test_the_end_may_be_asked_for(tmp_path: Path) -> None:
    """What was read stays; the file is told as not read to its end, and later ones as not read."""
    asked = threading.Event()

    def check() -> None:
        if asked.is_set():
            raise Interrupted("SIGINT")
        asked.set()

    rows = b"".join(b"Name %d,1.00\n" % number for number in range(3 * tables.ROWS))
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"Supplier,Amount\n" + rows)
    found = Distinct()
    result = files.read([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], found, watch=Watch(check))
    assert 0 < len(found.names) < 3 * tables.ROWS
    assert [fault.message for fault in result.faults] == ["not read: interrupted (SIGINT)"] * 2
