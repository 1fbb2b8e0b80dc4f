# SPDX-License-Identifier: Apache-2.0
"""Whatever becomes of the bytes of a file, a scan ends with a report."""

from __future__ import annotations

import gzip
import random
import tempfile
from pathlib import Path

import msgspec
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

import composed
import damaged
from debar.errors import DebarError


def expect_survival(content: bytes, scheme: str = "", engine: str = "inline") -> None:
    """Scan the content; the report is whole, and every input is in it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "fuzzed")
        file.write_bytes(content)
        try:
            report = composed.scanned(f"{scheme}:{file}" if scheme else file, engine=engine)
        except DebarError:
            pytest.fail("a fault of an input ended the scan")
        assert report.sources or report.skips
        msgspec.json.encode(report)
        for source in report.sources:
            assert source.path == str(file)
            assert source.observations >= 0


@pytest.mark.parametrize("name", sorted(composed.FORMATS))
def test_damaged_files(name: str) -> None:
    """Dozens of damaged copies of every format are each read or skipped; the seed is the format's name."""
    chance = random.Random(name)
    for _ in range(40):
        expect_survival(damaged.copy(composed.FORMATS[name], chance))


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(composed.FORMATS))
def test_many_damaged_files(name: str) -> None:
    """Many damaged copies of every format."""
    chance = random.Random(f"slow {name}")
    for _ in range(600):
        expect_survival(damaged.copy(composed.FORMATS[name], chance))


@pytest.mark.parametrize("name", sorted(composed.FORMATS))
def test_every_cut(name: str) -> None:
    """A file that breaks off is read or skipped wherever it breaks off."""
    content = composed.FORMATS[name]
    for end in range(0, len(content), 11):
        expect_survival(content[:end])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", sorted(composed.FORMATS))
def test_damaged_files_in_other_encodings(name: str, encoding: str) -> None:
    """The same in every encoding that is told from the bytes."""
    chance = random.Random(f"{name} {encoding}")
    for _ in range(6):
        expect_survival(damaged.copy(composed.FORMATS[name].decode().encode(encoding), chance))


@pytest.mark.parametrize("packed", ["gz", "zst"])
def test_damaged_compression(packed: str) -> None:
    """Damaged gzip and zstd streams are each read or skipped."""
    chance = random.Random(packed)
    for content in composed.FORMATS.values():
        whole = gzip.compress(content, mtime=0) if packed == "gz" else zstandard.ZstdCompressor().compress(content)
        for _ in range(10):
            expect_survival(damaged.copy(whole, chance))


def test_damaged_files_in_columns() -> None:
    """The engine that works in columns takes what the other one takes."""
    chance = random.Random("columns")
    for content in composed.FORMATS.values():
        for _ in range(2):
            expect_survival(damaged.copy(content, chance), engine="duckdb")


@settings(max_examples=150, derandomize=True)
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    """Any bytes at all are read or skipped."""
    expect_survival(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
COMPONENT = st.dictionaries(
    st.sampled_from(
        ("name", "group", "version", "purl", "cpe", "publisher", "author", "description", "copyright", "supplier",
         "manufacturer", "authors", "externalReferences", "hashes", "properties", "components", "services", "endpoints",
         "versionInfo", "originator", "homepage", "downloadLocation", "externalRefs", "checksums", "hostIdentifier",
         "columns", "diffResults", "snapshot", "unixTime", "query", "answers", "ts", "id.orig_h", "host", "uri")
    ),
    JSON,
)  # fmt: skip


@settings(max_examples=100, derandomize=True)
@given(
    st.sampled_from(("cyclonedx", "spdx", "osquery", "zeek")),
    st.dictionaries(
        st.sampled_from(("metadata", "components", "services", "packages", "creationInfo", "name", "rows")),
        JSON | COMPONENT | st.lists(COMPONENT | JSON, max_size=3),
    )
    | COMPONENT
    | st.lists(COMPONENT | JSON, max_size=3),
)
def test_json_of_any_shape(scheme: str, document: object) -> None:
    """JSON in which any field has any type is read as far as it goes."""
    try:
        content = msgspec.json.encode(document)
    except UnicodeEncodeError:
        return
    expect_survival(content, scheme)
