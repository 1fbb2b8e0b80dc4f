# SPDX-License-Identifier: Apache-2.0
"""Promises that all readers of programming languages keep, tried on every sample of theirs."""

from __future__ import annotations

import codecs
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from debar.errors import SourceError
from debar.model.vocab import Medium
from debar.readers import ecosystems, load, named, sniff
from opened import opened

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

DATA = Path(__file__).parents[2] / "data" / "readers" / "ecosystems"
SAMPLES = sorted(
    path for path in DATA.rglob("*") if path.is_file() and not path.name.endswith((".expected.jsonl", "ORIGINS.md"))
)
TEXTS = [path for path in SAMPLES if path.parent.name != "jar"]
DOCUMENTS = [path for path in TEXTS if path.name != "modules.json" and path.read_bytes().lstrip()[:1] in (b"{", b"[")]
DOCUMENTS = [path for path in DOCUMENTS if path.suffix in (".json", ".lock", ".resolved") and "bun" not in path.name]
DOCUMENTS = [path for path in DOCUMENTS if not path.read_bytes().startswith(b"[[")]
JUNK: tuple[Any, ...] = (
    None,
    [],
    {},
    "",
    0,
    -1,
    1e300,
    True,
    "x" * 5000,
    [[]],
    [None],
    {"": None},
    {"name": []},
    [{"name": {}}],
    "\0",
)


def ids(path: Path) -> str:
    """Give a short name of a sample."""
    return f"{path.parent.name}-{path.name}"


def read(content: bytes, sample: Path) -> tuple[list[Observation], Input]:
    """Read a text as if it were the sample."""
    source = opened(content, f"projects/till/{sample.name}")
    return list(load(named(sample.parent.name))(source)), source


def said(observations: list[Observation]) -> list[tuple[Any, ...]]:
    """Give what is compared of observations."""
    return [(o.label, o.version, o.meaning, o.medium, o.observables) for o in observations]


def damaged(value: Any) -> list[Any]:
    """Give a document with each of its values in turn replaced by each piece of junk."""
    found: list[Any] = list(JUNK)
    pairs = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for key, below in pairs[:6]:
        for other in damaged(below):
            whole = dict(value) if isinstance(value, dict) else list(value)
            whole[key] = other
            found.append(whole)
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=ids)
def test_every_observation_can_be_told(sample: Path) -> None:
    """Each observation has a label, an asset, and observables that are not blank and stand once."""
    for observation in read(sample.read_bytes(), sample)[0]:
        assert observation.label
        assert observation.asset
        assert observation.observables
        assert all(o.value.strip() for o in observation.observables)
        assert len(set(observation.observables)) == len(observation.observables)
        assert observation.medium in named(sample.parent.name).media


@pytest.mark.parametrize("sample", TEXTS, ids=ids)
def test_windows_lines_and_a_mark_change_nothing(sample: Path) -> None:
    """Lines that end in CR LF and a byte-order mark give the same observations, and the same reader."""
    plain, _ = read(sample.read_bytes(), sample)
    windows = codecs.BOM_UTF8 + sample.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    found, source = read(windows, sample)
    assert said(plain) == said(found)
    reader, _ = sniff.find_reader(source)
    assert reader == named(sample.parent.name)


@pytest.mark.parametrize(
    "sample", [path for path in TEXTS if b'encoding="utf-8"' not in path.read_bytes().lower()], ids=ids
)
def test_sixteen_bits_change_nothing(sample: Path) -> None:
    """A text in UTF-16 gives the same observations, and the same reader."""
    plain, _ = read(sample.read_bytes(), sample)
    found, source = read(sample.read_text(encoding="utf-8").encode("utf-16"), sample)
    assert said(plain) == said(found)
    reader, _ = sniff.find_reader(source)
    assert reader == named(sample.parent.name)


@pytest.mark.parametrize("sample", SAMPLES, ids=ids)
def test_truncated_sample_ends_in_words(sample: Path) -> None:
    """Wherever a file is cut off, reading ends with what stood before, or with an error that says so."""
    content = sample.read_bytes()
    for end in range(0, len(content), max(1, len(content) // 60)):
        try:
            read(content[:end], sample)
        except SourceError as e:
            assert e.message


@pytest.mark.parametrize("sample", DOCUMENTS, ids=ids)
def test_values_of_wrong_types_cost_only_themselves(sample: Path) -> None:
    """A document with junk in the place of any value is read, or refused in words."""
    for document in damaged(json.loads(sample.read_bytes())):
        try:
            for observation in read(msgspec.json.encode(document), sample)[0]:
                assert all(isinstance(o.value, str) for o in observation.observables)
                assert isinstance(observation.version, str)
        except SourceError as e:
            assert e.message


@pytest.mark.parametrize("sample", TEXTS, ids=ids)
def test_noise_after_a_sample_is_survived(sample: Path) -> None:
    """Bytes of no text after a file cost what they stand in, and never a crash."""
    for noise in (bytes(range(256)) * 4, b"\0" * 4096, b"\xff\xfe\xfd" * 500, b"[" * 5000, b"{" * 5000, b"- " * 5000):
        try:
            read(sample.read_bytes() + noise, sample)
        except SourceError as e:
            assert e.message


def test_rows_are_found_by_their_modules() -> None:
    """Each row names a module that can read, media that it gives, and what it leaves out."""
    for row in ecosystems.ROWS:
        assert callable(load(row))
        assert row.media
        assert set(row.media) <= {Medium.SBOM, Medium.PACKAGES, Medium.FILES}
        assert row.limits
        assert row.marks


def test_every_row_has_a_sample() -> None:
    """No format is without a sample."""
    assert {row.name for row in ecosystems.ROWS} == {path.parent.name for path in SAMPLES}
