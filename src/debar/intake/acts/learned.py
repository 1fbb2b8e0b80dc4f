# SPDX-License-Identifier: Apache-2.0
"""Which act a date dates, by the weights of clues that were learned from annotated papers.

`python -m quality.intake.train` learns them; they are plain numbers in `weights.json`: each clue with what it says for or
against each part of an act. A clue speaks for a whole act (prohibit.sell), for its first word (prohibit), and for what it
is about (sell), so that what was learned of one act serves its likes.
"""

from __future__ import annotations

import math
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FILE = Path(__file__).with_name("weights.json")
NONE = "none"
"""What a date dates that dates no act."""
_ABOUT = {
    "supplier.stop_sales": "sell", "supplier.stop_updates": "update", "require.replace": "remove", "recommend.replace": "replace",
    "supplier.contest": "court", "challenge": "court", "court_ruling": "court", "suspend": "court", "revoke": "undo",
    "delist": "undo", "extend": "time", "comply_deadline": "time", "effective": "time", "issue": "make", "announce": "make",
    "vote": "make", "propose": "make", "list": "make", "sanction": "make", "initial_notice": "make",
}  # fmt: skip
"""What acts are about that do not say it in their second word."""


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """What was learned."""

    acts: tuple[str, ...]
    parts: tuple[str, ...]
    clues: dict[str, tuple[tuple[int, float], ...]]
    """By clue, what it says for parts, by their numbers."""
    learned_from: str = ""
    """Digest of the lessons, papers and code from which they were learned: what else is there today needs other weights."""


class Likely(NamedTuple):
    """An act, and how likely it is the one that a date dates, of 1."""

    share: float
    act: str


def parts_of(act: str) -> tuple[str, str, str]:
    """Give the parts of an act for which clues speak."""
    first, _, second = act.partition(".")
    return f"act:{act}", f"first:{first}", f"about:{_ABOUT.get(act) or second or first}"


@lru_cache(maxsize=1)
def weights(file: Path = FILE) -> Weights:
    """Give what was learned."""
    return msgspec.json.decode(file.read_bytes(), type=Weights)


def likely(clues: Mapping[str, float], learned: Weights) -> list[Likely]:
    """Give every act with how likely it is, the likeliest first."""
    spoken = [0.0] * len(learned.parts)
    said_by = learned.clues.get
    for clue, counts in clues.items():
        for part, weight in said_by(clue, ()):
            spoken[part] += counts * weight
    sums = [spoken[act] + spoken[first] + spoken[about] for act, first, about in numbers(learned.acts, learned.parts)]
    return ranked(sums, learned.acts)


@lru_cache(maxsize=4)
def numbers(acts: tuple[str, ...], parts: tuple[str, ...]) -> tuple[tuple[int, int, int], ...]:
    """Give the numbers of the parts of each act."""
    place = {part: number for number, part in enumerate(parts)}
    return tuple((place[act], place[first], place[about]) for act, first, about in map(parts_of, acts))


def ranked(sums: Sequence[float], acts: Iterable[str]) -> list[Likely]:
    """Give what is said for each act as shares of one, the likeliest first."""
    most = max(sums)
    powers = [math.exp(one - most) for one in sums]
    whole = math.fsum(powers)
    shares = [Likely(power / whole, act) for power, act in zip(powers, acts, strict=True)]
    return sorted(shares, key=lambda one: (-one.share, one.act))


def speaking(clues: Mapping[str, float], act: str, learned: Weights) -> list[tuple[str, float]]:
    """Give the clues that speak for an act, with how much each says, the most first."""
    numbers = {learned.parts.index(part) for part in parts_of(act)}
    said = {
        clue: math.fsum(counts * weight for part, weight in learned.clues.get(clue, ()) if part in numbers)
        for clue, counts in clues.items()
    }
    return sorted(((clue, says) for clue, says in said.items() if says > 0), key=lambda one: (-one[1], one[0]))
