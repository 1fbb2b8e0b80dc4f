# SPDX-License-Identifier: Apache-2.0
"""Promises over all samples: a row of the table of readers says what its reader gives."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debar.model.vocab import Kind, Medium
from debar.readers import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[1] / "data" / "readers"
ROWS = {reader.name: reader for reader in READERS}


def told() -> Iterator[tuple[str, Medium, set[Kind]]]:
    """Yield (reader, medium, kinds of its observables) of each observation of each sample."""
    for expected in sorted(DATA.rglob("*.expected.jsonl")):
        for line in expected.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            if "observables" in one:
                kinds = {Kind(o["kind"]) for o in one["observables"]}
                yield expected.relative_to(DATA).parts[1], Medium(one["medium"]), kinds


@pytest.fixture(scope="module")
def media() -> dict[str, set[Medium]]:
    """Give the media that each reader's samples have."""
    found: dict[str, set[Medium]] = defaultdict(set)
    for name, medium, _ in told():
        found[name].add(medium)
    return found


def test_observations_have_a_medium_of_their_row(media: dict[str, set[Medium]]) -> None:
    """What the list of formats says of a format's medium holds for each observation."""
    assert {} == {name: more for name, found in media.items() if (more := found - set(ROWS[name].media))}


def test_format_of_one_medium_gives_it(media: dict[str, set[Medium]]) -> None:
    """The medium of a row is no mere possibility where it is the only one."""
    rows = {name: set(ROWS[name].media) for name in media if len(ROWS[name].media) == 1}
    assert rows == {name: media[name] for name in rows}


def test_every_kind_comes_from_somewhere() -> None:
    """A kind that no reader gives would be a promise to whoever writes indicators."""
    assert set(Kind) == {kind for _, _, kinds in told() for kind in kinds}
