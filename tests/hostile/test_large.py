# SPDX-License-Identifier: Apache-2.0
"""A file that is one line of a gigabyte costs little memory in every reader, and is a skip with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import composed
from debar.readers import disk, inputs

if TYPE_CHECKING:
    from pathlib import Path

GIGABYTE = 1 << 30
LIMIT = 300
"""MiB of memory at most, of which the program itself takes about 60."""
LINES = {
    "zeek": composed.ZEEK,
    "zeek-json": composed.ZEEK_JSON + b'{"_path": "dns", "query": "',
    "osquery-log": composed.OSQUERY_LOG + b'{"hostIdentifier": "',
    "table": composed.TABLE + b"ws-8,",
    "table-quoted": composed.TABLE + b'ws-8,"',
    "dpkg": composed.DPKG + b"Package: big\nDescription: ",
    "leases": composed.LEASES + b"lease ",
    "kea": composed.LEASES_KEA,
    "unknown": b"",
}


def one_line(file: Path, head: bytes, size: int, filling: bytes = b"a") -> None:
    """Write a head and then one line of this size; zeros take no room on the disk, letters do."""
    with file.open("wb") as out:
        out.write(head)
        if filling == b"\x00":
            out.truncate(size)
            return
        block = filling * (1 << 20)
        for _ in range(size >> 20):
            out.write(block)


@pytest.mark.slow
@pytest.mark.parametrize("filling", [b"a", b"\x00"], ids=["letters", "zeros"])
@pytest.mark.parametrize("name", sorted(LINES))
def test_line_of_a_gigabyte(tmp_path: Path, name: str, filling: bytes) -> None:
    """One line of 1 GiB is a skip, and the memory stays below 300 MiB."""
    bad = tmp_path / "big"
    one_line(bad, LINES[name], GIGABYTE, filling)
    code, size, errors = composed.peak("scan", composed.beside(bad))
    bad.unlink()
    assert code == 3, errors
    assert size < LIMIT


@pytest.mark.slow
@pytest.mark.parametrize(
    "head", [b'{"bomFormat": "CycloneDX", "x": "', b'{"x": "', b'["', b'{"spdxVersion": "SPDX-2.3", "x": "']
)
def test_document_beyond_the_limit_is_not_even_begun(tmp_path: Path, head: bytes) -> None:
    """A JSON document larger than the limit is a skip that costs no memory."""
    bad = tmp_path / "big.json"
    one_line(bad, head, disk.DOCUMENT + (1 << 20), b"\x00")
    code, size, _ = composed.peak("scan", composed.beside(bad))
    assert code == 3
    assert size < LIMIT


@pytest.mark.slow
@pytest.mark.parametrize("head", [b'{"bomFormat": "CycloneDX", "x": "', b'{"x": "'])
def test_document_of_one_long_text_costs_its_size_and_little_more(tmp_path: Path, head: bytes) -> None:
    """A JSON document of 500 MiB that is one line takes less than twice its size."""
    bad = tmp_path / "big.json"
    one_line(bad, head, 500 << 20)
    code, size, _ = composed.peak("scan", composed.beside(bad))
    bad.unlink()
    assert code == 3
    assert size < 2 * 500


@pytest.mark.parametrize("name", sorted(LINES))
def test_line_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The same in small: a line beyond the limit is a skip with its number, and what stands before it stays."""
    monkeypatch.setattr(inputs, "LINE", 1 << 16)
    bad = tmp_path / "big"
    one_line(bad, LINES[name], 1 << 20)
    report = composed.expect_skip(bad, place="line" if name != "unknown" else "")
    if name not in ("leases", "kea", "unknown"):
        assert len(report.exposures) == 2


def test_log_of_a_million_broken_lines_gives_few_skips(tmp_path: Path) -> None:
    """A log in which nothing fits fills neither the memory nor the report."""
    bad = tmp_path / "dns.log"
    bad.write_bytes(composed.ZEEK + b"x\n" * 1_000_000)
    assert len(composed.expect_skip(bad).skips) < 20


@pytest.mark.parametrize(
    "content",
    [
        composed.CYCLONEDX[:-1] + b', "services": [' + b"1," * 200_000 + b"1]}",
        composed.SPDX.replace(b'"packages": [', b'"packages": [' + b"1," * 200_000),
        composed.OSQUERY[:-1] + b",1" * 200_000 + b"]",
        composed.DPKG + b"neither field nor continuation\n" * 200_000,
        composed.LEASES + b"}\n" * 200_000,
    ],
    ids=["cyclonedx", "spdx", "osquery", "dpkg", "leases"],
)
def test_document_of_many_broken_places_gives_few_skips(tmp_path: Path, content: bytes) -> None:
    """A document in which hundreds of thousands of places are broken does not fill the report with them."""
    bad = tmp_path / "broken"
    bad.write_bytes(content)
    assert len(composed.expect_skip(bad).skips) < 1000
