# SPDX-License-Identifier: Apache-2.0
"""What was found, counted by status and by asset."""

from __future__ import annotations

from array import array
from heapq import nsmallest
from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Status
from debar.text import printable
from debar.writers import words
from debar.writers.outline.reasons import GRAVEST_FIRST
from debar.writers.terminal import MEANINGS, decision_in_words, evidence, sure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.results import Exposure, Report
    from debar.writers.outline.law import Law

_ASSETS = 12
_RANKS = len(GRAVEST_FIRST) + 1
_EMPTY = array("L", [0]) * _RANKS
SILENT = "no provision known"


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """How many exposures have one status, which is the gravest of each."""

    status: str
    """Empty where no provision speaks."""
    text: str
    count: int


class AssetTally(msgspec.Struct, frozen=True, kw_only=True):
    """The exposures of one asset."""

    asset: str
    counts: tuple[Count, ...]
    total: int


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, in numbers."""

    exposures: int
    assets: int
    parties: tuple[str, ...]
    """By their names."""
    statuses: tuple[Count, ...]
    """The gravest first."""
    worst: tuple[AssetTally, ...]
    """Assets with the gravest and the most, first."""
    more: int
    """How many assets are not among the worst."""


def tallied(report: Report, law: Law) -> Tally:
    """Give the numbers of a report."""
    ranks = [_rank(group.status) for group in law.groups]
    # A row of counts for each asset, in one array: there may be as many assets as exposures.
    rows: dict[str, int] = {}
    table = array("L")
    for exposure in report.exposures:
        if (row := rows.setdefault(exposure.asset, len(rows))) * _RANKS == len(table):
            table.extend(_EMPTY)
        table[row * _RANKS + ranks[law.of[exposure.id]]] += 1
    worst = nsmallest(_ASSETS, rows, key=lambda asset: (*_gravity(_row(table, rows[asset])), asset))
    return Tally(
        exposures=len(report.exposures),
        assets=len(rows),
        parties=tuple(sorted({printable(report.names.get(e.party, e.party)) for e in report.exposures})),
        statuses=_counts([sum(table[rank::_RANKS]) for rank in range(_RANKS)]),
        worst=tuple(
            AssetTally(
                asset=printable(asset),
                counts=_counts(_row(table, rows[asset])),
                total=sum(_row(table, rows[asset])),
            )
            for asset in worst
        ),
        more=len(rows) - len(worst),
    )


def _rank(status: str) -> int:
    """Give the place of a status among all; the last is that of what no provision speaks of."""
    return GRAVEST_FIRST.index(Status(status)) if status else len(GRAVEST_FIRST)


def _row(table: array[int], row: int) -> Sequence[int]:
    return table[row * _RANKS : (row + 1) * _RANKS]


def _gravity(counts: Sequence[int]) -> tuple[int, int]:
    return next(rank for rank, count in enumerate(counts) if count), -sum(counts)


def _counts(counts: Sequence[int]) -> tuple[Count, ...]:
    statuses = [*map(str, GRAVEST_FIRST), ""]
    return tuple(
        Count(status=status, text=worded(status), count=count)
        for status, count in zip(statuses, counts, strict=True)
        if count
    )


def product(report: Report, exposure: Exposure) -> str:
    """Give what an exposure is of, in words."""
    party = report.names.get(exposure.party, exposure.party)
    name = report.names.get(f"{exposure.party}/{exposure.product}") or f"{party}, product not known"
    return printable(f"{name} {exposure.version}".rstrip())


def what(exposure: Exposure) -> str:
    """Give what it is to the organisation."""
    return MEANINGS[exposure.meaning]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An exposure in words."""

    id: str
    asset: str
    thing: str
    means: str
    sure: str
    status: str
    text: str
    """The status in words."""
    changes: str
    seen: str
    evidence: tuple[str, ...]
    """The first few pieces."""
    more: int
    """How many further pieces."""
    decision: str


def rows(report: Report, law: Law, most: int, pieces: int) -> Iterator[Row]:
    """Yield exposures as the report has them, or the gravest of more, each with its first pieces of evidence."""
    paths = {source.id: source.path for source in report.sources}
    listed: Sequence[Exposure] = report.exposures
    if len(listed) > most:
        ranks = [_rank(group.status) for group in law.groups]
        listed = nsmallest(most, listed, key=lambda exposure: ranks[law.of[exposure.id]])
    for exposure in listed:
        group = law.groups[law.of[exposure.id]]
        told = list(dict.fromkeys(evidence(match, paths) for match in exposure.matches[: pieces * 2]))
        days = dict.fromkeys(day for day in (exposure.first_seen[:10], exposure.last_seen[:10]) if day)
        yield Row(
            id=printable(exposure.id),
            asset=printable(exposure.asset),
            thing=product(report, exposure),
            means=what(exposure),
            sure=sure(exposure),
            status=group.status,
            text=worded(group.status),
            changes=group.changes,
            seen=" to ".join(days),
            evidence=tuple(printable(text) for text in told[:pieces]),
            more=max(len(exposure.matches) - pieces, 0),
            decision=printable(decision_in_words(exposure.decision)) if exposure.decision else "",
        )


def worded(status: str) -> str:
    """Give a status in words."""
    return words.STATUSES[Status(status)] if status else SILENT
