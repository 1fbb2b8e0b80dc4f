# SPDX-License-Identifier: Apache-2.0
"""Public pairs: how well scores tell two names of one company from names of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quality.names.rates import Figure, above, below, curve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.names.corpus import Pair
    from quality.names.systems import System

_BENCH = frozenset({"cluster_align", "cust_cases", "nk_checks", "nk_unit_tests", "synth_companies", "synth_people"})
"""Groups of nomenklatura's name_bench."""
SETS: tuple[tuple[str, str, frozenset[str], float | None], ...] = (
    ("name_bench", "name_bench", _BENCH, 0.92),
    ("emm", "EMM, Dutch companies", frozenset({"emm_kvk"}), 0.99),
    ("issues", "public issues", frozenset({"public_issues"}), 0.97),
)
"""Key, title, groups, goal for organisations."""


class Scored(NamedTuple):
    """A pair, and what a system says of it."""

    pair: Pair
    score: float


def score(system: System, pairs: Sequence[Pair]) -> list[Scored]:
    """Give what a system says of each pair, in their order."""
    return [Scored(pair, system.pair(pair.query, pair.listed)) for pair in pairs]


def figures(system: System, scored: Sequence[Scored]) -> Iterator[Figure]:
    """Yield the area under the curve by set, organisations first, and recall where a set has only what matches."""
    for key, title, groups, goal in SETS:
        yield from _curve([s for s in scored if s.pair.group in groups and not s.pair.is_person], key, title, goal)
    yield from _curve([s for s in scored if not s.pair.is_person], "organisations", "all organisations", None)
    persons = [s for s in scored if s.pair.group in _BENCH and s.pair.is_person]
    yield from _curve(persons, "persons", "name_bench, persons (for information)", None)
    for group in sorted({s.pair.group for s in scored}):
        some = [s for s in scored if s.pair.group == group]
        if all(s.pair.is_match for s in some):
            found = above((s.score for s in some), below(system.threshold))
            yield Figure(f"pairs.{group}", f"{group}: found, of {len(some)} that all match", found)


def _curve(some: Sequence[Scored], key: str, title: str, goal: float | None) -> Iterator[Figure]:
    same = [s.score for s in some if s.pair.is_match]
    other = [s.score for s in some if not s.pair.is_match]
    if same and other:
        yield Figure(f"pairs.{key}", f"AUC, {title} ({len(same)} of {len(some)} match)", curve(same, other), goal)


def misses(scored: Sequence[Scored]) -> Iterator[str]:
    """Yield pairs of organisations in the wrong order: others that score above the middle of those that match."""
    same = sorted(s.score for s in scored if s.pair.is_match and not s.pair.is_person)
    middle = same[len(same) // 2] if same else 0.0
    for s in sorted(scored, key=lambda s: -s.score):
        if not s.pair.is_person and not s.pair.is_match and s.score >= middle:
            yield f"pair: {s.pair.query} | {s.pair.listed}: {s.score:.3f}, and another company ({s.pair.group})"
