# SPDX-License-Identifier: Apache-2.0
"""False alerts: what real suppliers are taken for, at the shipped threshold.

Every hit against the register has to be explained: `explained.csv` names the supplier, the party, and what makes it
right or harmless. A hit that does not stand there is unexplained; a line that nothing needs any more is a fault.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quality.names.rates import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.listed import PartyList
    from quality.names.systems import Ranked, System

EXPLAINED = Path(__file__).parent / "explained.csv"
GOAL = 3.0
"""Of a thousand real suppliers, against a list of 30,000 names."""


class Alert(NamedTuple):
    """A real supplier, and the party that it is taken for."""

    name: str
    hit: Ranked


def alerts(system: System, parties: PartyList, names: Sequence[str]) -> list[Alert]:
    """Give every hit at the system's own threshold, in the order of the names."""
    found = system.prepare(parties)(names)
    return [
        Alert(name, hit)
        for name, hits in zip(names, found, strict=True)
        for hit in hits
        if hit.flag >= system.threshold
    ]


def explained(file: Path = EXPLAINED) -> dict[tuple[str, str], str]:
    """Give (supplier, party) -> what makes the hit right or harmless; ValueError for a line that says nothing."""
    told: dict[tuple[str, str], str] = {}
    with file.open(encoding="utf-8", newline="") as opened:
        for number, row in enumerate(csv.DictReader(opened), 2):
            if not (row.get("name") and row.get("party") and row.get("text")):
                raise ValueError(f"{file.name}:{number}: needs name, party and text")
            told[row["name"], row["party"]] = row["text"]
    return told


def of_register(found: Sequence[Alert], known: Mapping[tuple[str, str], str]) -> Iterator[Figure]:
    """Yield how many hits there are against the register's parties, and how many of them nobody explained."""
    open_ones = [alert for alert in found if (alert.name, alert.hit.party) not in known]
    yield Figure("alerts.register", "hits against the register's parties", float(len(found)), is_most=True)
    yield Figure("alerts.unexplained", "of these unexplained", float(len(open_ones)), 0.0, is_most=True)


def of_list(found: Sequence[Alert], names: Sequence[str]) -> Iterator[Figure]:
    """Yield how many of a thousand suppliers are flagged."""
    flagged = len({alert.name for alert in found})
    per_thousand = 1000 * flagged / len(names) if names else 0.0
    yield Figure("alerts.thousand", "flagged of 1,000, against the whole list", per_thousand, GOAL, is_most=True)


def stale(found: Sequence[Alert], known: Mapping[tuple[str, str], str], names: Sequence[str]) -> Iterator[str]:
    """Yield each explanation of a supplier of this corpus that is no longer flagged."""
    met, asked = {(alert.name, alert.hit.party) for alert in found}, frozenset(names)
    for name, party in known:
        if name in asked and (name, party) not in met:
            yield f"{EXPLAINED.name}: {name!r} is not taken for {party}: take the line out"
