# SPDX-License-Identifier: Apache-2.0
"""All figures of one system on one corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quality.names import alerts, pairs, retrieval, suppliers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.listed import PartyList
    from quality.names.corpus import Corpus
    from quality.names.rates import Figure
    from quality.names.systems import System


class Measured(NamedTuple):
    """What came out for one system."""

    system: System
    figures: tuple[Figure, ...]
    alerts: tuple[alerts.Alert, ...] = ()
    """Hits of real suppliers against the register's parties."""
    remarks: tuple[str, ...] = ()
    """Each case that was missed or wrongly flagged."""
    stale: tuple[str, ...] = ()
    """Explanations that nothing needs."""


def measure(system: System, corpus: Corpus, register: PartyList) -> Measured:
    """Measure what the corpus allows; a system that is not made for thousands of names is not asked for them."""
    figures: list[Figure] = []
    remarks: list[str] = []
    for key, parties, renamed in (
        ("suppliers", corpus.suppliers, {}),
        ("register", register, suppliers.IN_REGISTER),
    ):
        asked = suppliers.ask(system, parties, corpus.cases, renamed)
        if asked:
            figures += [*suppliers.figures(system, asked, key), *suppliers.folded(asked, key)]
            remarks += (f"{key} - {miss}" for miss in suppliers.misses(system, asked))
    if system.is_bulk:
        figures += _bulk(system, corpus)
    against = alerts.alerts(system, register, corpus.ledger) if system.is_bulk else []
    known = alerts.explained()
    figures += alerts.of_register(against, known) if corpus.ledger and system.is_bulk else ()
    scored = pairs.score(system, corpus.pairs)
    figures += pairs.figures(system, scored)
    remarks += pairs.misses(scored)
    stale = tuple(alerts.stale(against, known, corpus.ledger))
    return Measured(system, tuple(figures), tuple(against), tuple(remarks), stale)


def _bulk(system: System, corpus: Corpus) -> Iterator[Figure]:
    if corpus.queries and corpus.listed.parties and corpus.ledger:
        found = retrieval.retrieve(system, corpus)
        yield from retrieval.figures(system, found)
        yield from retrieval.folded(found)
    if corpus.listed.parties and corpus.ledger:
        yield from alerts.of_list(alerts.alerts(system, corpus.listed, corpus.ledger), corpus.ledger)
