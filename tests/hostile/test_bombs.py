# SPDX-License-Identifier: Apache-2.0
"""Files that are small and want to become large, and documents that nest without end, become skips."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
import zstandard

import composed
from debar.readers import disk, inflated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEVELS = 100_000


def inflating(head: bytes, size: int) -> Iterator[bytes]:
    """Yield a head and then zeros of this size."""
    yield head
    block = b"0" * (1 << 20)
    for _ in range(size >> 20):
        yield block


def gzip_bomb(file: Path, head: bytes, size: int) -> None:
    """Write a gzip file that grows about a thousand times."""
    with gzip.open(file, "wb", compresslevel=9) as out:
        for block in inflating(head, size):
            out.write(block)


def zstd_bomb(file: Path, head: bytes, size: int) -> None:
    """Write a zstd file that grows about ten thousand times."""
    with file.open("wb") as raw, zstandard.ZstdCompressor(level=9).stream_writer(raw) as out:
        for block in inflating(head, size):
            out.write(block)


BOMBS = {"gz": gzip_bomb, "zst": zstd_bomb}
HEADS = {
    "zeek": composed.ZEEK,
    "dpkg": composed.DPKG + b"Package: big\nDescription: ",
    "table": composed.TABLE + b"ws-8,",
    "cyclonedx": composed.CYCLONEDX[:-1] + b', "x": "',
    "spdx": composed.SPDX[:-1] + b', "x": "',
    "osquery": composed.OSQUERY[:-1] + b', {"name": "',
    "xml": composed.CYCLONEDX_XML[:-7] + b"<x>",
}


@pytest.mark.parametrize("packed", sorted(BOMBS))
@pytest.mark.parametrize("name", sorted(HEADS))
def test_decompression_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: str, name: str) -> None:
    """A stream that grows out of all proportion is refused in every reader, with the reason."""
    monkeypatch.setattr(inflated, "BOMB_FLOOR", 1 << 21)
    bad = tmp_path / f"bomb.{packed}"
    BOMBS[packed](bad, HEADS[name], 16 << 20)
    composed.expect_skip(bad, "decompressed")


@pytest.mark.slow
@pytest.mark.parametrize("packed", sorted(BOMBS))
@pytest.mark.parametrize("name", ["zeek", "cyclonedx", "xml"])
def test_bomb_of_a_gigabyte_costs_little_memory(tmp_path: Path, packed: str, name: str) -> None:
    """A bomb of 1 GiB is refused before it costs more than a large file would."""
    bad = tmp_path / f"bomb.{packed}"
    BOMBS[packed](bad, HEADS[name], 1 << 30)
    code, size, _ = composed.peak("scan", composed.beside(bad))
    assert code == 3
    assert size < 700, "MiB; the floor is 256 MiB and a document is held once"


def test_bomb_within_the_ratio_still_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that grows slowly enough for the ratio ends at the limit for documents."""
    monkeypatch.setattr(disk, "DOCUMENT", 1 << 20)
    bad = tmp_path / "bom.json.gz"
    gzip_bomb(bad, HEADS["cyclonedx"], 4 << 20)
    composed.expect_skip(bad, "too large")


@pytest.mark.parametrize(
    "content",
    [
        b"[" * LEVELS,
        b"[" * LEVELS + b"]" * LEVELS,
        b'{"a":' * LEVELS + b"1" + b"}" * LEVELS,
        composed.CYCLONEDX[:-1] + b', "x": ' + b"[" * LEVELS + b"]" * LEVELS + b"}",
        b'{"bomFormat": "CycloneDX", "components": [' + b'{"name": "a", "components": [' * LEVELS + b"]}" * LEVELS + b"]}",
        b'{"bomFormat": "CycloneDX", "components": [{"name": ' + b"[" * LEVELS + b"]" * LEVELS + b"}]}",
        b'{"bomFormat": "CycloneDX", "metadata": {"component": ' + b'{"components": [' * LEVELS + b"]}" * LEVELS + b"}}",
        b'{"spdxVersion": "SPDX-2.3", "packages": [{"name": ' + b'{"a":' * LEVELS + b"1" + b"}" * LEVELS + b"}]}",
        b'[{"name": "a", "version": "1", "columns": ' + b"[" * LEVELS + b"]" * LEVELS + b"}]",
        b'{"hostIdentifier": "h", "columns": ' + b'{"a":' * LEVELS + b"1" + b"}" * LEVELS + b"}\n",
        b'{"_path": "dns", "id.orig_h": "192.0.2.1", "query": ' + b'{"a":' * LEVELS + b"1" + b"}" * LEVELS + b"}\n",
    ],
    ids=[
        "open-arrays", "arrays", "objects", "behind-a-bom", "components", "in-a-component", "in-the-subject",
        "in-a-package", "in-osquery-rows", "in-an-osquery-log", "in-zeek",
    ],
)  # fmt: skip
def test_json_that_nests_without_end(tmp_path: Path, content: bytes) -> None:
    """JSON of a hundred thousand levels is a skip, in whatever part of a document it stands."""
    bad = tmp_path / "deep.json"
    bad.write_bytes(content)
    composed.expect_skip(bad)


def test_components_nested_deeper_than_any_real_bom(tmp_path: Path) -> None:
    """Nesting is followed to the limit that the reader states, and what lies deeper is a skip with its place."""
    levels = 230
    inner = b'{"name": "kesl", "components": [' * levels + b"]}" * levels
    bad = tmp_path / "deep.json"
    bad.write_bytes(b'{"bomFormat": "CycloneDX", "components": [' + inner + b"]}")
    report = composed.expect_skip(bad, "deeper", place="/components/0/components/0")
    (read,) = (source for source in report.sources if source.path == str(bad))
    assert read.observations > 100


@pytest.mark.parametrize(
    "number",
    [b"9" * 20_000, b"-" + b"9" * 5000, b"1e999999", b"0." + b"3" * 20_000, b"1" + b"0" * 400],
    ids=["digits", "negative", "exponent", "fraction", "beyond-float"],
)
@pytest.mark.parametrize("name", ["bom.json", "image.spdx.json", "programs.json", "osquery.log", "dns.json"])
def test_huge_numbers(tmp_path: Path, name: str, number: bytes) -> None:
    """A number that no machine holds costs at most the place it stands in."""
    content = composed.FORMATS[name]
    places = (b'"1.3.0"', b'"12.1.0"', b'"12.1.0.506"', b'"12.1"', b"1719828000.125", b"1719828000")
    for at, place in enumerate(p for p in places if p in content):
        (tmp_path / f"{at}-{name}").write_bytes(content.replace(place, number, 1))
    report = composed.scanned(composed.beside(tmp_path / name))
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)


def test_huge_numbers_in_text_formats(tmp_path: Path) -> None:
    """Times, dates and lease lengths of any number of digits do not end the scan."""
    for digits in (20, 400, 5000):
        many = b"9" * digits
        (tmp_path / f"{digits}.log").write_bytes(composed.ZEEK.replace(b"1719828000", many))
        (tmp_path / f"{digits}.kea").write_bytes(
            composed.LEASES_KEA.replace(b"1719870000", many).replace(b"43200", many)
        )
        (tmp_path / f"{digits}.isc").write_bytes(composed.LEASES.replace(b"1 2024/07/01 10:00:00", b"epoch " + many))
        (tmp_path / f"{digits}.csv").write_bytes(composed.LEDGER.replace(b"2024-07-01", many))
    report = composed.scanned(composed.beside(tmp_path / "x"))
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "0000-00-00T00:00:00Z",
        "99999-01-01T00:00:00Z",
        "2024-02-30",
        "2024-07-01T10:00:00+99:99",
        "\uff12\uff10\uff12\uff14-\uff10\uff17-\uff10\uff11",
        "20240230",
    ],
)
def test_times_that_no_calendar_has(tmp_path: Path, moment: str) -> None:
    """A time at or over the end of the calendar is left out; the component with it stays."""
    odd = tmp_path / "bom.json"
    odd.write_bytes(composed.CYCLONEDX.replace(b"2024-07-01T10:00:00Z", moment.encode()))
    report = composed.scanned(odd)
    assert [exposure.product for exposure in report.exposures] == ["endpoint-security"]


def test_huge_strings(tmp_path: Path) -> None:
    """A name of 20 MB is read like any other and does not end the scan."""
    odd = tmp_path / "bom.json"
    odd.write_bytes(composed.CYCLONEDX.replace(b'"left-pad"', b'"' + b"left-pad " * 2_300_000 + b'"', 1))
    report = composed.scanned(composed.beside(odd))
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)
