# SPDX-License-Identifier: Apache-2.0
"""Damaged copies of every format's samples are read or skipped, and what is read can be reported."""

from __future__ import annotations

import io
import json
import random
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

import damaged
from debar.model.inventory import Observation
from debar.observe import Reading
from debar.readers import READERS, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.register import Register

DATA = Path(__file__).parents[1] / "data" / "readers"
SAMPLES: dict[str, list[Path]] = {reader.name: [] for reader in READERS}
for path in sorted(DATA.rglob("*")):
    if path.is_file() and not path.name.endswith(".expected.jsonl") and path.name != "ORIGINS.md":
        SAMPLES[path.relative_to(DATA).parts[1]].append(path)
SAMPLED = sorted(name for name, files in SAMPLES.items() if files)
FEW, MANY = 8, 80
"""Damaged copies of each sample."""
LARGE = 1 << 15
"""Bytes past which a sample is damaged a quarter as often in the fast suite."""
MISTAKES = "the reader failed:"
"""What a skip says of an exception that its reader did not foresee."""


def read(register: Register, name: str, content: bytes, scheme: str = "") -> Sequence[str]:
    """Read content as an input of this name; give the reasons of skips.

    Whatever is read is of the types that it should be of, and can be written into a report.
    """
    reading = Reading(register, stdin=io.BytesIO(content))
    observations = list(reading.observations([walk.Found(name, None, scheme, named=True)]))
    assert reading.sources or reading.skips or reading.passed_over, "an input that is neither a source nor a skip"
    msgspec.json.decode(msgspec.json.encode(observations), type=list[Observation])
    msgspec.json.encode((reading.sources, reading.skips))
    return [skip.reason for skip in reading.skips]


def expect_no_mistakes(register: Register, sample: Path, reader: str, times: int, seed: str) -> None:
    """Read damaged copies of a sample, recognised by content and with the reader forced."""
    chance = random.Random(f"{seed}{sample.relative_to(DATA)}")
    content = sample.read_bytes()
    for time in range(times):
        data = damaged.copy(content, chance)
        for scheme in ("", reader):
            mistakes = [reason for reason in read(register, sample.name, data, scheme) if MISTAKES in reason]
            assert mistakes == [], f"copy {time} of {sample.name} as {scheme or 'recognised'}"


@pytest.mark.parametrize("reader", SAMPLED)
def test_damaged_samples(register: Register, reader: str) -> None:
    """Some damaged copies of each sample of a reader."""
    for sample in SAMPLES[reader]:
        times = FEW if sample.stat().st_size < LARGE else FEW // 4
        expect_no_mistakes(register, sample, reader, times, "")


@pytest.mark.slow
@pytest.mark.parametrize("reader", SAMPLED)
def test_many_damaged_samples(register: Register, reader: str) -> None:
    """Many damaged copies of each sample of a reader."""
    for sample in SAMPLES[reader]:
        times = MANY if sample.stat().st_size < LARGE else MANY // 4
        expect_no_mistakes(register, sample, reader, times, "slow ")


def archives() -> dict[str, bytes]:
    """Give an archive of each kind that holds samples of small formats."""
    files = [path for name in ("dpkg", "arp", "requirements", "elf") for path in SAMPLES[name][:2]]
    packed, taped, layered = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for file in files:
            out.write(file, file.name)
    with tarfile.open(fileobj=taped, mode="w") as out_tar:
        for file in files:
            out_tar.add(file, file.name)
    manifest = json.dumps([{"Config": "c.json", "RepoTags": ["shop:2"], "Layers": ["l/layer.tar"]}]).encode()
    with tarfile.open(fileobj=layered, mode="w") as out_tar:
        for name, content in (("manifest.json", manifest), ("l/layer.tar", taped.getvalue())):
            about = tarfile.TarInfo(name)
            about.size = len(content)
            out_tar.addfile(about, io.BytesIO(content))
    return {"zip": packed.getvalue(), "tar": taped.getvalue(), "image": layered.getvalue()}


@pytest.mark.parametrize(("kind", "content"), archives().items(), ids=archives())
def test_damaged_archives(register: Register, kind: str, content: bytes) -> None:
    """Damaged copies of archives of samples, recognised and forced."""
    chance = random.Random(kind)
    for _ in range(30):
        data = damaged.copy(content, chance)
        for scheme in ("", kind):
            assert [reason for reason in read(register, f"a.{kind}", data, scheme) if MISTAKES in reason] == []


@pytest.mark.parametrize("reader", [row.name for row in READERS if row.name != walk.HOST])
def test_reader_of_what_is_of_another_kind(register: Register, reader: str) -> None:
    """A reader that is forced on other formats, on text, zeros and noise skips them or finds nothing of its own."""
    chance = random.Random(reader)
    others = [chance.choice(SAMPLES[name]) for name in chance.sample(SAMPLED, 3)]
    contents = [path.read_bytes() for path in others]
    for content in (*contents, b"\0" * 5000, b"a" * 5000, chance.randbytes(5000), b"\n" * 5000, b"{}", b"[]", b"<a/>"):
        mistakes = [reason for reason in read(register, "fuzzed", content, reader) if MISTAKES in reason]
        assert mistakes == [], content[:80]
