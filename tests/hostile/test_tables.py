# SPDX-License-Identifier: Apache-2.0
"""Tables whose cells, rows or quotation marks are out of all proportion cost their row, not the scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import composed

if TYPE_CHECKING:
    from pathlib import Path


def products(bad: Path) -> set[str]:
    """Give the products found in one file among others."""
    report = composed.scanned(bad)
    return {exposure.product for exposure in report.exposures}


def test_hundred_thousand_columns(tmp_path: Path) -> None:
    """A table of a hundred thousand columns is read by the few that are known."""
    more = b"," + b",".join(b"c%d" % n for n in range(100_000))
    rows = [b"DisplayName,Publisher" + more, b"Kaspersky Endpoint Security,AO Kaspersky Lab" + b"," * 100_000]
    odd = tmp_path / "wide.csv"
    odd.write_bytes(b"\n".join(rows))
    assert products(odd) == {"endpoint-security"}


def test_cell_of_twenty_megabytes(tmp_path: Path) -> None:
    """A cell of 20 MB is a skip with its line, and the rows before it stay."""
    bad = tmp_path / "big.csv"
    bad.write_bytes(composed.TABLE + b'ws-8,"' + b"x" * (20 << 20) + b'",1,Nobody,\r\n')
    report = composed.expect_skip(bad, place="line 4")
    assert any(exposure.asset == "ws-7" for exposure in report.exposures)


def test_cell_of_two_megabytes_costs_its_row(tmp_path: Path) -> None:
    """A cell beyond the limit costs its row; the rows after it are read."""
    bad = tmp_path / "big.csv"
    head, *rows = composed.TABLE.splitlines(keepends=True)
    bad.write_bytes(head + b'ws-8,"' + b"x" * (2 << 20) + b'",1,Nobody,\r\n' + b"".join(rows))
    report = composed.expect_skip(bad, "field larger", place="row 2")
    assert any(exposure.asset == "ws-7" for exposure in report.exposures)


def test_quotation_mark_without_end(tmp_path: Path) -> None:
    """A quotation mark that is never closed is told, and does not swallow the table in silence."""
    bad = tmp_path / "open.csv"
    bad.write_bytes(composed.TABLE + b'ws-8,"never closed,1,Nobody,\r\n' + b"ws-9,7-Zip,23.01,Igor Pavlov,\r\n" * 1000)
    report = composed.expect_skip(bad, "quotation mark")
    assert any(exposure.asset == "ws-7" for exposure in report.exposures)


def test_quotation_mark_without_end_in_a_large_table(tmp_path: Path) -> None:
    """The same where the swallowed rest is longer than a cell may be: what follows the limit is read again."""
    bad = tmp_path / "open.csv"
    rest = b"ws-9,7-Zip,23.01,Igor Pavlov,\r\n" * 100_000
    bad.write_bytes(composed.TABLE + b'ws-8,"never closed,1,Nobody,\r\n' + rest + composed.TABLE.splitlines()[-1])
    composed.expect_skip(bad, "quotation mark")


def test_short_rows_are_counted_not_listed(tmp_path: Path) -> None:
    """A table of a hundred thousand broken rows gives a handful of skips."""
    bad = tmp_path / "short.csv"
    bad.write_bytes(composed.LEDGER + b"2024-07-01\n" * 100_000)
    report = composed.expect_skip(bad)
    assert len(report.skips) < 20


@pytest.mark.parametrize(
    "content", [b'"', b'"\n' * 50, b",,,,\n" * 50, b"\x00,\x00\n" * 50, b"sep=\n\n", b"sep=,", b'sep="'], ids=range(7)
)
def test_rubbish_that_looks_like_a_table(tmp_path: Path, content: bytes) -> None:
    """Rubbish with the delimiters of a table is a skip."""
    bad = tmp_path / "odd.csv"
    bad.write_bytes(content)
    composed.expect_skip(bad)
    assert composed.scanned(f"table:{bad}").skips


@pytest.mark.parametrize("scheme", ["cyclonedx", "cyclonedx-xml", "spdx", "dpkg", "osquery", "zeek", "leases", "table"])
@pytest.mark.parametrize("name", sorted(composed.FORMATS))
def test_reader_that_is_forced_on_another_format(tmp_path: Path, scheme: str, name: str) -> None:
    """Any reader that is forced on any other format gives skips or nothing, and never ends the scan."""
    odd = tmp_path / name
    odd.write_bytes(composed.FORMATS[name])
    good = tmp_path / "good.json"
    good.write_bytes(composed.CYCLONEDX)
    report = composed.scanned(f"{scheme}:{odd}", good)
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)
