# SPDX-License-Identifier: Apache-2.0
"""A truncated, mis-encoded or empty file becomes a skip, and the files beside it are still reported."""

from __future__ import annotations

import contextlib
import gzip
import sqlite3
from typing import TYPE_CHECKING

import pytest
import zstandard

import composed
from debar.cli.scan import exit_code

if TYPE_CHECKING:
    from pathlib import Path

NOISE = b"".join(
    f"{1719828001 + n}.000000\tC{n * 7919:x}\t192.0.2.{n % 251}\t53001\t192.0.2.1\t53\thost{n * 104729:x}.example.org\t-\n".encode()
    for n in range(20_000)
)
LONG_LOG = composed.ZEEK + NOISE


@pytest.mark.parametrize("name", ["bom.json", "image.spdx.json", "programs.json"])
@pytest.mark.parametrize("cut", [0.5, 0.9, 0.99])
def test_truncated_json(tmp_path: Path, name: str, cut: float) -> None:
    """A JSON document that breaks off is a skip, wherever it breaks off."""
    content = composed.FORMATS[name]
    bad = tmp_path / name
    bad.write_bytes(content[: int(len(content) * cut)])
    composed.expect_skip(bad)


def test_truncated_json_line_costs_that_line(tmp_path: Path) -> None:
    """A log whose last line breaks off keeps what stands before it, and the line is named."""
    bad = tmp_path / "dns.json"
    bad.write_bytes(composed.ZEEK_JSON[:-30])
    report = composed.expect_skip(bad, place="line 2")
    assert any(exposure.product == "security-network" for exposure in report.exposures)


def test_truncated_xml(tmp_path: Path) -> None:
    """An XML document that breaks off is a skip that names the line."""
    bad = tmp_path / "bom.xml"
    bad.write_bytes(composed.CYCLONEDX_XML[:-40])
    composed.expect_skip(bad, "not well-formed", place="line")


@pytest.mark.parametrize("kept", [6, 12, 200, -9, -4, -1])
def test_truncated_gzip(tmp_path: Path, kept: int) -> None:
    """A gzip stream that breaks off anywhere, even inside its trailer, is a skip."""
    bad = tmp_path / "dns.log.gz"
    bad.write_bytes(gzip.compress(LONG_LOG, mtime=0)[:kept])
    composed.expect_skip(bad)


@pytest.mark.parametrize("kept", [6, 20, 200, -500, -4, -1])
def test_truncated_zstd(tmp_path: Path, kept: int) -> None:
    """A zstd stream that breaks off anywhere is a skip; half a log must not pass for a whole one."""
    bad = tmp_path / "dns.log.zst"
    packed = zstandard.ZstdCompressor(write_checksum=True).compress(LONG_LOG)
    bad.write_bytes(packed[:kept])
    composed.expect_skip(bad)


def test_zstd_that_ends_between_two_blocks(tmp_path: Path) -> None:
    """A zstd stream that breaks off where a block and a line end together is a skip all the same."""
    packer = zstandard.ZstdCompressor().compressobj()
    head = packer.compress(composed.ZEEK) + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
    bad = tmp_path / "dns.log.zst"
    bad.write_bytes(head)
    composed.expect_skip(bad)


@pytest.mark.parametrize("packed", ["gz", "zst"])
def test_truncated_log_keeps_what_stands_before(tmp_path: Path, packed: str) -> None:
    """Evidence in the first half of a log is reported although its second half is missing."""
    whole = gzip.compress(LONG_LOG, mtime=0) if packed == "gz" else zstandard.ZstdCompressor().compress(LONG_LOG)
    bad = tmp_path / f"dns.log.{packed}"
    bad.write_bytes(whole[: len(whole) * 3 // 4])
    report = composed.expect_skip(bad)
    assert any(exposure.product == "security-network" for exposure in report.exposures)


@pytest.mark.parametrize("packed", ["gz", "zst"])
def test_flipped_bytes_in_compression(tmp_path: Path, packed: str) -> None:
    """A compressed stream whose content was damaged on the way is a skip, not other content."""
    whole = bytearray(
        gzip.compress(LONG_LOG, mtime=0)
        if packed == "gz"
        else zstandard.ZstdCompressor(write_checksum=True).compress(LONG_LOG)
    )
    middle = len(whole) // 2
    whole[middle : middle + 4] = b"\x00\xff\x00\xff"
    bad = tmp_path / f"dns.log.{packed}"
    bad.write_bytes(whole)
    composed.expect_skip(bad)


def test_rubbish_behind_a_gzip_stream(tmp_path: Path) -> None:
    """What stands behind a gzip stream and is none is either told or harmless, never the end of the scan."""
    odd = tmp_path / "dns.log.gz"
    odd.write_bytes(gzip.compress(composed.ZEEK, mtime=0) + b"rubbish that is no gzip member")
    report = composed.scanned(composed.beside(odd))
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)


@pytest.mark.parametrize("packed", ["gz", "zst"])
def test_several_compressed_members_are_one_file(tmp_path: Path, packed: str) -> None:
    """Logs that were packed piece by piece are read to the last piece."""
    pack = gzip.compress if packed == "gz" else zstandard.ZstdCompressor().compress
    head, tail = composed.ZEEK.splitlines(keepends=True)[:-2], composed.ZEEK.splitlines(keepends=True)[-2:]
    good = tmp_path / f"dns.log.{packed}"
    good.write_bytes(pack(b"".join(head)) + b"".join(pack(line) for line in tail))
    report = composed.scanned(good)
    assert [(s.reader, s.observations) for s in report.sources] == [("zeek", 2)]
    assert not report.skips


@pytest.mark.parametrize("name", ["bom.json", "image.spdx.json"])
def test_bytes_that_are_not_utf8(tmp_path: Path, name: str) -> None:
    """Bytes that are no UTF-8 in a JSON document are told with their place, wherever they stand."""
    bad = tmp_path / name
    bad.write_bytes(composed.FORMATS[name].replace(b"kesl", b"k\xff\xfesl", 1))
    composed.expect_skip(bad)


def test_bytes_that_are_not_utf8_beside_a_field_of_a_wrong_type(tmp_path: Path) -> None:
    """Two faults in one component are still only a skip."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(composed.CYCLONEDX.replace(b'"version": "1.3.0"', b'"version": 5, "description": "\xff\xfe"'))
    composed.expect_skip(bad, place="/components/0")


def test_bytes_that_are_not_utf8_in_the_metadata(tmp_path: Path) -> None:
    """A subject that cannot be decoded costs the subject, not the components."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(composed.CYCLONEDX.replace(b'"name": "shop"', b'"name": "\xff\xfe"'))
    report = composed.expect_skip(bad, place="/metadata")
    assert any(e.asset == str(bad) for e in report.exposures)


def test_bytes_that_are_not_utf8_in_xml(tmp_path: Path) -> None:
    """Bytes that are not in the declared encoding end that document with a skip."""
    bad = tmp_path / "bom.xml"
    bad.write_bytes(composed.CYCLONEDX_XML.replace(b"kesl<", b"k\xff\xfesl<"))
    composed.expect_skip(bad, place="line")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_half_a_character_of_utf16(tmp_path: Path, encoding: str) -> None:
    """A UTF-16 document that ends within a character is a skip with its byte."""
    mark = b"\xff\xfe" if encoding.endswith("le") else b"\xfe\xff"
    bad = tmp_path / "bom.json"
    bad.write_bytes(mark + composed.CYCLONEDX.decode().encode(encoding)[:-1])
    composed.expect_skip(bad)


def test_lone_surrogates_of_utf16(tmp_path: Path) -> None:
    """A UTF-16 document with half a surrogate pair is a skip with its byte."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(
        b"\xff\xfe" + composed.CYCLONEDX.decode().replace("left", "\ud800").encode("utf-16-le", "surrogatepass")
    )
    composed.expect_skip(bad, place="byte")


def test_xml_that_lies_about_its_encoding(tmp_path: Path) -> None:
    """An XML declaration that names another encoding than the bytes have is a skip."""
    bad = tmp_path / "bom.xml"
    bad.write_bytes(composed.CYCLONEDX_XML.replace(b'"UTF-8"', b'"UTF-16"').replace(b"AO Kas", b"A\xc3 Kas"))
    composed.expect_skip(bad)


def test_unknown_encoding_of_xml(tmp_path: Path) -> None:
    """An encoding that nobody knows is a skip, not an exception."""
    bad = tmp_path / "bom.xml"
    bad.write_bytes(composed.CYCLONEDX_XML.replace(b'"UTF-8"', b'"x-nobody-knows"'))
    composed.expect_skip(bad)


def test_escaped_lone_surrogates_in_json(tmp_path: Path) -> None:
    r"""A JSON escape of half a character (\ud800) is a skip or a character, never an exception."""
    odd = tmp_path / "bom.json"
    odd.write_bytes(composed.CYCLONEDX.replace(b'"left-pad"', b'"left\\ud800pad"', 1))
    report = composed.scanned(composed.beside(odd))
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n \t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", gzip.compress(b"", mtime=0)],
    ids=["zero", "blank", "mark8", "mark16", "gzip"],
)
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    """A file that says nothing is a skip: silence is not the same as clean."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(content)
    composed.expect_skip(bad)


def test_empty_file_says_so(tmp_path: Path) -> None:
    """The reason for an empty file is that it is empty."""
    bad = tmp_path / "bom.json"
    bad.touch()
    composed.expect_skip(bad, "empty")


def test_directory_with_nothing_to_read(tmp_path: Path) -> None:
    """An empty directory, or one with documentation only, is never a clean answer: exit code 3."""
    assert exit_code(composed.scanned(tmp_path), "none") == 3
    (tmp_path / "README.md").write_text("# Evidence\n\nKaspersky was here.\n")
    (tmp_path / "LICENSE").write_text("All rights reserved.\n")
    report = composed.scanned(tmp_path)
    assert exit_code(report, "none") == 3
    assert not report.exposures
    assert any("README.md" in note for note in report.coverage.notes)


@pytest.mark.parametrize("name", sorted(composed.FORMATS))
def test_nul_bytes_everywhere(tmp_path: Path, name: str) -> None:
    """A file that is riddled or padded with NUL bytes does not end the scan."""
    content = composed.FORMATS[name]
    for at, bad in enumerate(
        (content.replace(b"k", b"\x00"), content + b"\x00" * 4096, b"\x00".join(content.split(b" ")))
    ):
        (tmp_path / f"{at}-{name}").write_bytes(bad)
    report = composed.scanned(composed.beside(tmp_path / name))
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)


def test_nothing_but_nul_bytes(tmp_path: Path) -> None:
    """A file of NUL bytes is a skip."""
    bad = tmp_path / "zeros"
    bad.write_bytes(b"\x00" * 200_000)
    composed.expect_skip(bad)


def test_database_is_recognised_and_not_read(tmp_path: Path) -> None:
    """An SQLite database is called one."""
    bad = tmp_path / "a.db"
    with contextlib.closing(sqlite3.connect(bad)) as database:
        database.execute("CREATE TABLE programs (name TEXT)")
        database.commit()
    composed.expect_skip(bad, "recognised as")


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\x89PNG\r\n\x1a\n",
        b"7z\xbc\xaf\x27\x1c\x00\x04",
        b"Rar!\x1a\x07\x01\x00",
    ],
)
def test_known_and_not_read(tmp_path: Path, content: bytes) -> None:
    """A format that debar knows and does not read is named in the skip."""
    bad = tmp_path / "a.bin"
    bad.write_bytes(content)
    composed.expect_skip(bad, "recognised as")


@pytest.mark.parametrize("content", [b"PK\x03\x04" + b"\x00" * 60, b"\xfd7zXZ\x00\x00\x04", b"BZh91AY&SY"])
def test_container_that_breaks_off(tmp_path: Path, content: bytes) -> None:
    """An archive or a compressed file of which only the beginning is there is a skip that says so."""
    bad = tmp_path / "a.bin"
    bad.write_bytes(content)
    report = composed.scanned(composed.beside(bad))
    assert [
        (skip.source, "not a readable ZIP" in skip.reason or "broken compression" in skip.reason)
        for skip in report.skips
    ] == [(str(bad), True)]


def test_what_was_lost_before_a_fault_is_told_too(tmp_path: Path) -> None:
    """A file with a broken place that later cannot be read at all yields both as skips."""
    bad = tmp_path / "dns.log"
    bad.write_bytes(gzip.compress(composed.ZEEK + b"one cell only\n" + b"#close\n" * 200_000, mtime=0)[:-12])
    report = composed.scanned(bad)
    reasons = [skip.reason for skip in report.skips]
    assert any("columns where the header has" in reason for reason in reasons)
    assert any("broken compression" in reason for reason in reasons)
