# SPDX-License-Identifier: Apache-2.0
"""Promises of all readers of files about damage: reading ends, with what is left or with a reason."""

from __future__ import annotations

import random

import pytest

from debar.errors import SourceError
from debar.readers import load, named
from opened import opened
from signing import SAMPLES

PLACES = sorted(
    str(path.relative_to(SAMPLES))
    for path in SAMPLES.rglob("*")
    if path.is_file() and path.suffix not in {".jsonl", ".md"}
)
ROUNDS = 60


@pytest.mark.parametrize("place", PLACES)
def test_damaged_file_is_read_or_refused(place: str) -> None:
    """Bytes that are cut off, zeroed, set or made up never end in anything but observations or a reason."""
    content = (SAMPLES / place).read_bytes()
    read = load(named(place.partition("/")[0]))
    chance = random.Random(place)
    for _ in range(ROUNDS):
        try:
            found = list(read(opened(damaged(content, chance), f"web01/{place}")))
        except SourceError as e:
            assert e.message
        else:
            assert all(observation.label for observation in found)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Give a file with damage: at its beginning, where the structure stands, or anywhere."""
    damage = bytearray(content)
    if chance.random() < 0.25:
        return bytes(damage[: chance.randrange(len(damage))])
    for _ in range(chance.choice((1, 3, 20))):
        size = chance.choice((1, 2, 4))
        at = chance.randrange(min(len(damage), chance.choice((600, 4000, len(damage)))))
        damage[at : at + size] = chance.choice((b"\xff" * size, b"\0" * size, chance.randbytes(size)))
    return bytes(damage)
