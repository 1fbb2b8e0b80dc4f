# SPDX-License-Identifier: Apache-2.0
"""Retrieval from real lists: who is found by an altered name, while few real suppliers are flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quality.names.corpus import clusters, without
from quality.names.rates import Figure, above, below, cut, folds, share
from quality.names.systems import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quality.names.corpus import Corpus, Query
    from quality.names.systems import Ranked, System

RATES = (0.001, 0.005, 0.01)
"""Shares of clean suppliers that are flagged."""
GOAL = {0.005: 0.80}


class Retrieved(NamedTuple):
    """What came of all queries, and of all real suppliers."""

    queries: tuple[Query, ...]
    scores: tuple[float, ...]
    """How surely the right party was named for each, 0 where it is not among the hits that are shown."""
    is_first: tuple[bool, ...]
    ledger: tuple[str, ...]
    clean: tuple[float, ...]
    """How surely each real supplier was flagged."""


def retrieve(system: System, corpus: Corpus) -> Retrieved:
    """Ask a system for every query and every real supplier, against the list without the names that are held out."""
    cluster = clusters(corpus.listed)
    held_out = (query.text for query in corpus.queries if query.is_held_out)
    rank = system.prepare(without(corpus.listed, held_out))
    found = rank([query.text for query in corpus.queries])
    right = [_right(hits, cluster, cluster[query.party]) for query, hits in zip(corpus.queries, found, strict=True)]
    clean = tuple(max((hit.flag for hit in hits), default=0.0) for hits in rank(corpus.ledger))
    return Retrieved(corpus.queries, tuple(s for s, _ in right), tuple(f for _, f in right), corpus.ledger, clean)


def _right(hits: Sequence[Ranked], cluster: dict[str, str], own: str) -> tuple[float, bool]:
    """Give the score of the right party among the hits that somebody looks at, and whether it is the first."""
    shown = [hit for hit in hits if hit.flag][:SHOWN]
    score = max((hit.flag for hit in shown if cluster[hit.party] == own), default=0.0)
    return score, bool(shown) and cluster[shown[0].party] == own


def figures(system: System, found: Retrieved) -> Iterator[Figure]:
    """Yield recall by the share of real suppliers flagged, at the system's own threshold, and by kind of query."""
    yield Figure("retrieval.first", "the right party is named first", share(found.is_first))
    for rate in RATES:
        limit = cut(found.clean, rate)
        text = f"found, where {rate:.1%} of clean suppliers are flagged"
        yield Figure(f"retrieval.at{rate * 100:g}", text, above(found.scores, limit), GOAL.get(rate))
    shipped = below(system.threshold)
    yield Figure("retrieval.shipped", "found, at the shipped threshold", above(found.scores, shipped))
    yield Figure("retrieval.clean", "clean suppliers flagged there", above(found.clean, shipped), is_most=True)
    limit = cut(found.clean, 0.005)
    yield Figure("retrieval.threshold", "score above which 0.5 % of clean suppliers are", limit)
    plain = (score for score, query in zip(found.scores, found.queries, strict=True) if not query.is_held_out)
    yield Figure("retrieval.plain", "found at 0.5 %: altered names, no held-out ones", above(plain, limit))
    for kind in sorted({query.kind for query in found.queries}):
        some = [score for score, query in zip(found.scores, found.queries, strict=True) if query.kind == kind]
        yield Figure(f"retrieval.kind.{kind}", f"found at 0.5 %: {kind} ({len(some)})", above(some, limit))


def folded(found: Retrieved, rate: float = 0.005) -> Iterator[Figure]:
    """Yield recall, and clean suppliers flagged, in each fold at the threshold that the other folds choose."""
    parties, names = folds(query.party for query in found.queries), folds(found.ledger)
    recalled: list[bool] = []
    flagged: list[bool] = []
    for fold in sorted(set(names.values())):
        sides = list(zip(found.clean, found.ledger, strict=True))
        limit = max(0.0, cut([score for score, name in sides if names[name] != fold], rate))
        inside = [score > limit for score, name in sides if names[name] == fold]
        some = [s > limit for s, query in zip(found.scores, found.queries, strict=True) if parties[query.party] == fold]
        recalled, flagged = recalled + some, flagged + inside
        yield Figure(f"retrieval.fold-{fold + 1}", f"fold {fold + 1}: found", share(some))
        yield Figure(f"retrieval.fold-{fold + 1}.clean", f"fold {fold + 1}: clean flagged", share(inside), is_most=True)
    yield Figure("retrieval.folds", "all folds: found", share(recalled))
    yield Figure("retrieval.folds.clean", "all folds: clean flagged", share(flagged), is_most=True)
