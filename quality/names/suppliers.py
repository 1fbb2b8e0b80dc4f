# SPDX-License-Identifier: Apache-2.0
"""Supplier cases: who is found, and who is taken for somebody else, against a short list and against the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab.names import NameRelation
from quality.names.rates import Figure, above, below, cut, folds, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from debar.model.listed import PartyList
    from quality.names.corpus import Case
    from quality.names.systems import Ranked, System

SHORT = "suppliers"
"""Key of the list that holds the parties of the cases with a few names each, and nothing else."""
FLAGGED = 0.05
"""Share of names of others that may be flagged where systems are compared."""
IN_REGISTER = {
    "chinamobile": "china-mobile",
    "chinatelecom": "china-telecom",
    "chinaunicom": "china-unicom",
    "pacificnet": "pacific-networks",
}
"""Parties that have another id in the register."""
SORTS: dict[str, tuple[str, Callable[[Case], bool]]] = {
    "same": ("same party found", lambda case: case.label == "S"),
    "affiliate": ("affiliates found", lambda case: case.label == "A"),
    "script": ("same party in other scripts found", lambda case: case.is_script),
    "different": ("others flagged", lambda case: case.label == "D"),
}
"""What cases are counted by."""
_GOALS = {"same": 0.92, "affiliate": 0.80, "script": 0.85}
_SAID = {"S": NameRelation.SAME, "A": NameRelation.AFFILIATE}


class Asked(NamedTuple):
    """A case, and what its name found of its party."""

    case: Case
    hits: tuple[Ranked, ...]
    kin: tuple[Ranked, ...]
    """Hits of parties that the list ties to it."""

    @property
    def counted(self) -> tuple[Ranked, ...]:
        """Give the hits by which its name is flagged; of one known by ownership alone, those of its kin are right."""
        return self.hits if self.case.label == "O" else self.hits + self.kin

    @property
    def score(self) -> float:
        """Give how surely its name is flagged."""
        return max((hit.flag for hit in self.counted), default=0.0)


def ask(
    system: System, parties: PartyList, cases: Sequence[Case], renamed: dict[str, str] | None = None
) -> list[Asked]:
    """Ask a system for the names of all cases whose party is on the list, in their order."""
    kin, renamed = _kin(parties), renamed or {}
    some = [(case, renamed.get(case.party, case.party)) for case in cases]
    some = [(case, own) for case, own in some if own in kin]
    found = system.prepare(parties)([case.query for case, _ in some])
    return [
        Asked(case, tuple(h for h in hits if h.party == own), tuple(h for h in hits if h.party in kin[own]))
        for (case, own), hits in zip(some, found, strict=True)
    ]


def figures(system: System, asked: Sequence[Asked], key: str) -> Iterator[Figure]:
    """Yield the figures of one list: at the system's own threshold, and at the one where few others are flagged."""
    shipped = below(system.threshold)
    limit = cut([a.score for a in asked if a.case.label == "D"], FLAGGED)
    for sort in ("different", "same", "affiliate", "script"):
        goal = FLAGGED if sort == "different" else None
        yield _flagged(asked, key, sort, shipped, goal, ", at the shipped threshold")
    for sort, goal in _GOALS.items():
        yield _flagged(asked, f"{key}.at5", sort, limit, goal, ", at most 5 % of others flagged")
    yield Figure(f"{key}.at5.threshold", "score above which at most 5 % of others are", limit)
    yield from _owned(system, asked, key, shipped)
    if system.is_exact and key == SHORT:
        yield from _relations(asked, key, shipped)


def _flagged(asked: Sequence[Asked], key: str, sort: str, limit: float, goal: float | None, when: str) -> Figure:
    text, is_of = SORTS[sort]
    found = above((a.score for a in asked if is_of(a.case)), limit)
    return Figure(f"{key}.{sort}", text + when, found, goal, is_most=sort == "different")


def _owned(system: System, asked: Sequence[Asked], key: str, limit: float) -> Iterator[Figure]:
    """Yield what becomes of those whose names tell nothing; a register may give its party a name that others lack."""
    owned = [a for a in asked if a.case.label == "O"]
    by_name = above((a.score for a in owned), limit)
    goal = 0.0 if key == SHORT else None
    yield Figure(
        f"{key}.ownership", "known by ownership alone, flagged by a name of the owner", by_name, goal, is_most=True
    )
    if system.is_exact and key != SHORT:
        told = (bool(a.kin) or any(hit.relation is NameRelation.OWNERSHIP for hit in a.hits) for a in owned)
        yield Figure(f"{key}.told-ownership", "known by ownership alone, told by a tie of the list", share(told))


def _relations(asked: Sequence[Asked], key: str, limit: float) -> Iterator[Figure]:
    """Yield how often that is said of what is found which it is."""
    for label, relation in _SAID.items():
        best = (max(a.counted, key=lambda hit: hit.flag) for a in asked if a.case.label == label and a.score > limit)
        said = share(hit.relation is relation for hit in best)
        yield Figure(f"{key}.said-{relation}", f"said to be {relation}, of those found", said)


def folded(asked: Sequence[Asked], key: str) -> Iterator[Figure]:
    """Yield the figures of each fold at the threshold that the other folds choose, then of all folds together.

    Folds are made of parties first, and then of names.
    """
    ways: tuple[tuple[str, Callable[[Case], str]], ...] = (("party", lambda c: c.party), ("name", lambda c: c.query))
    for way, by in ways:
        dealt = folds(by(a.case) for a in asked)
        limits = {
            fold: cut([a.score for a in asked if a.case.label == "D" and dealt[by(a.case)] != fold], FLAGGED)
            for fold in sorted(set(dealt.values()))
        }
        flagged = [(a.case, a.score > max(0.0, limits[dealt[by(a.case)]])) for a in asked]
        for fold in limits:
            inside = [(case, is_flagged) for case, is_flagged in flagged if dealt[by(case)] == fold]
            yield from _fold(inside, f"{key}.{way}-fold-{fold + 1}", f"fold {fold + 1} by {way}")
        yield from _fold(flagged, f"{key}.{way}-folds", f"all folds by {way}")


def _fold(flagged: Sequence[tuple[Case, bool]], key: str, text: str) -> Iterator[Figure]:
    for sort, (what, is_of) in SORTS.items():
        found = [is_flagged for case, is_flagged in flagged if is_of(case)]
        if found:
            yield Figure(f"{key}.{sort}", f"{text}: {what}", share(found), is_most=sort == "different")


def misses(system: System, asked: Sequence[Asked]) -> Iterator[str]:
    """Yield each case that is not found, or is wrongly flagged, at the system's own threshold."""
    for a in asked:
        is_flagged = a.score >= system.threshold
        if is_flagged != (a.case.label in "SA"):
            best = max(a.counted, key=lambda hit: hit.flag, default=None)
            seen = f"{best.relation} {best.score:.3f} {best.listed}" if best else "no hit"
            yield f"{'wrong' if is_flagged else 'missed'}: {a.case.label} {a.case.query} ({a.case.party}): {seen}"


def _kin(parties: PartyList) -> dict[str, frozenset[str]]:
    """Give the parties that each party of a list is tied to, either way."""
    tied: dict[str, set[str]] = {party.id: set() for party in parties.parties}
    for party in parties.parties:
        for tie in party.ties:
            if tie.to in tied:
                tied[party.id].add(tie.to)
                tied[tie.to].add(party.id)
    return {party: frozenset(others) for party, others in tied.items()}
