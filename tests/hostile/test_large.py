# SPDX-License-Identifier: Apache-2.0
"""Files of a gigabyte, of one line or of millions, cost little memory in every reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import composed
from debar.readers import disk, lined

ROOT = Path(__file__).parents[2]
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
    monkeypatch.setattr(lined, "LINE", 1 << 16)
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


ROWS = 2_000_000
FEW_ROWS = ROWS // 10
LINES_OF_LOG = 1_000_000
CAPTURE = 200 << 20


def scanned_ledger(folder: Path, rows: int) -> int:
    """Scan a ledger of so many rows, of which the last is of the supplier; give the memory in MiB that it took."""
    file, told = folder / "ledger.csv", folder / "report.json"
    some = b"".join(b"2024-07-01;Vendor %03d Ltd;Stationery and other goods;%d.00\n" % (n, n) for n in range(1000))
    with file.open("wb") as out:
        out.write(b"Payment Date;Supplier Name;Narrative;Amount\n")
        for _ in range(rows // 1000):
            out.write(some)
        out.write(b"2024-07-01;Vendor Ltd;Kaspersky Endpoint Security;1200.00\n")
    code, size, errors = composed.peak("scan", file, "--fail-on", "none", "-o", f"json={told}", timeout=900)
    file.unlink()
    assert code == 0, errors
    assert json.loads(told.read_bytes())["exposures"], "the last row is of the supplier"
    return size


@pytest.mark.slow
def test_a_ledger_of_ten_times_the_rows_takes_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger of millions is read to its last row, in the memory that a small one takes: not five bytes for a row more."""
    # What a first run makes and keeps takes memory too, and tests that run beside this one may push it out again.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    scanned_ledger(tmp_path, 1000)
    few, many = scanned_ledger(tmp_path, FEW_ROWS), scanned_ledger(tmp_path, ROWS)
    assert many < 400, "MiB"
    assert many - few < 10, "MiB"


@pytest.mark.slow
def test_log_of_a_million_lines(tmp_path: Path) -> None:
    """A log of a million requests from a thousand hosts is read in bounded memory."""
    file = tmp_path / "access.log"
    line = b'192.0.2.%d - - [01/Jul/2024:10:00:00 +0000] "CONNECT host-%d.example.com:443 HTTP/1.1" 200 39 "-" "curl/8.1"\n'
    lines = b"".join(line % (n % 250, n) for n in range(1000))
    with file.open("wb") as out:
        for _ in range(LINES_OF_LOG // 1000):
            out.write(lines)
    code, size, errors = composed.peak("scan", file, "--fail-on", "none")
    assert code == 0, errors
    assert size < 400, "MiB"


@pytest.mark.slow
def test_capture_of_200_megabytes(tmp_path: Path) -> None:
    """A capture in which the same packets come again and again is read in bounded memory."""
    sample = next((ROOT / "tests" / "data" / "readers" / "network" / "pcap").glob("*.pcap"))
    content = sample.read_bytes()
    file = tmp_path / "long.pcap"
    with file.open("wb") as out:
        out.write(content[:24])
        for _ in range(CAPTURE // (len(content) - 24)):
            out.write(content[24:])
    code, size, errors = composed.peak("scan", file, "--fail-on", "none")
    assert code == 0, errors
    assert size < 400, "MiB"
