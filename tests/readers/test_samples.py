# SPDX-License-Identifier: Apache-2.0
"""Each format's samples: recognised by content, read, and compared observation by observation.

tests/data/readers/FAMILY/READER/SAMPLE has its observations beside it in SAMPLE.expected.jsonl;
`make accept` writes them anew. ORIGINS.md of a family says where its samples come from.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from debar.readers import READERS, load, sniff
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.register import Register

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data" / "readers"
EXPECTED = ".expected.jsonl"
SAMPLES = sorted(
    path
    for path in DATA.rglob("*")
    if path.is_file() and not path.name.endswith(EXPECTED) and path.name != "ORIGINS.md"
)


def reader_of(sample: Path) -> str:
    """Give the reader that a sample is for: the second folder of its place."""
    return sample.relative_to(DATA).parts[1]


def told(source: Input, observations: list[Observation]) -> bytes:
    """Give what is compared: a line for each observation, then one for counts and losses."""
    lines = [msgspec.json.encode({**msgspec.structs.asdict(o), "source": ""}) for o in observations]
    lines.append(msgspec.json.encode({"counts": dict(sorted(source.tally.items())), "losses": source.losses}))
    return b"\n".join(lines) + b"\n"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: str(path.relative_to(DATA)))
def test_sample_is_recognised_and_read(sample: Path, register: Register, request: pytest.FixtureRequest) -> None:
    """A sample is recognised as its format and yields exactly the expected observations, counts and losses."""
    source = Input(
        str(sample.relative_to(DATA / sample.relative_to(DATA).parts[0])),
        sample,
        register.layouts,
        log_layouts=register.log_layouts,
    )
    reader, why = sniff.find_reader(source)
    assert (reader.name if reader else why) == reader_of(sample)
    assert reader is not None
    actual = told(source, list(load(reader)(source)))
    expected = sample.with_name(sample.name + EXPECTED)
    if request.config.getoption("--accept"):
        expected.write_bytes(actual)
    assert actual.decode() == expected.read_text(encoding="utf-8")


def test_no_expectation_without_its_sample() -> None:
    """Expected observations stand beside the sample that they are of."""
    samples = {str(path) for path in SAMPLES}
    alone = [str(path) for path in DATA.rglob(f"*{EXPECTED}") if str(path).removesuffix(EXPECTED) not in samples]
    assert [] == alone


def test_samples_belong_to_a_reader() -> None:
    """Each folder of samples is named after a reader in the family of its module."""
    families = {reader.name: reader.module.split(".")[2] for reader in READERS}
    wrong = [str(path) for path in SAMPLES if families.get(reader_of(path)) != path.relative_to(DATA).parts[0]]
    assert [] == wrong
