# SPDX-License-Identifier: Apache-2.0
"""Promises of all readers of exports about damaged files: they end, and say where they stopped."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.readers import load, named
from opened import opened

if TYPE_CHECKING:
    from debar.model.inventory import Observation

DATA = Path(__file__).parents[2] / "data" / "readers" / "exports"
SAMPLES = sorted(
    path
    for path in DATA.rglob("*")
    if path.is_file() and path.name != "ORIGINS.md" and not path.name.endswith(".expected.jsonl")
)


def survived(sample: Path, content: bytes) -> list[Observation]:
    """Read what can be read; nothing but SourceError may be raised."""
    found: list[Observation] = []
    try:
        found.extend(load(named(sample.parent.name))(opened(content, str(sample))))
    except SourceError as e:
        assert e.message
    return found


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_cut_off_file_gives_what_stood_before_the_cut(sample: Path) -> None:
    """A file may end anywhere: no reader fails, and each observation names its place and what it saw."""
    content = sample.read_bytes()
    for cut in range(0, len(content), max(1, len(content) // 40)):
        for observation in survived(sample, content[:cut]):
            assert observation.label
            assert observation.observables


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_changed_bytes_are_survived(sample: Path) -> None:
    """Bytes that were overwritten, with whatever, cost what stood there and no more than that."""
    content = sample.read_bytes()
    chance = random.Random(sample.name)  # the same damage on every run
    for _ in range(30):
        damaged = bytearray(content)
        for _ in range(1 + len(content) // 200):
            damaged[chance.randrange(len(damaged))] = chance.choice((0, 0xFF, 0x22, 0x7B, chance.randrange(256)))
        for observation in survived(sample, bytes(damaged)):
            assert observation.observables


@pytest.mark.parametrize("reader", sorted({path.parent.name for path in SAMPLES}))
def test_rubbish_is_survived(reader: str) -> None:
    """Zeros, an endless line and single brackets are no listing of anything."""
    for content in (b"\0" * 9000, b"x" * 70_000, b"[" * 5000, b"{" * 5000, b": : :\n" * 500, b"=\n" * 500, b"\xff\xfe"):
        assert survived(DATA / reader / "rubbish", content) == []
