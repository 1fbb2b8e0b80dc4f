# SPDX-License-Identifier: Apache-2.0
"""Lists of a real PostgreSQL are those of a directory, to the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import filled
import pytest

from debar.model.portfolio import Clock
from debar.model.results import Decision
from debar.model.vocab import Verdict
from debar.portfolio import assets, coverage, estates, exposures, measures, overview, owed, parties
from debar.portfolio.choosing import Filters

if TYPE_CHECKING:
    from pathlib import Path

    from debar.portfolio.estates import Estate
    from postgresql import Server

CLOCK = Clock(as_of="2024-10-06")


def told(own: Estate) -> list[object]:
    """Give everything that lists tell, over two runs and a decision."""
    report, found = filled.scanned()[0], filled.many(150, seed=9)
    filled.keep(own, report, found)
    fewer = found._replace(exposures=found.exposures[2:])
    filled.keep(own, report, fewer, at="2024-10-06T12:00:00Z", day="2024-10-06")
    decision = Decision(
        assets=("kiosk-*",), verdict=Verdict.FALSE_POSITIVE, reason="looked", requester="A", approver="B",
        created="2024-10-01", expires="2024-12-31",
    )  # fmt: skip
    filled.decide(own, decision)
    some: list[object] = [list(exposures.rows(own, CLOCK, sort=sort)) for sort in exposures.SORTS]
    some += [
        list(exposures.rows(own, CLOCK, filters))
        for filters in (
            Filters(aside=True),
            Filters(pattern="WS-*1"),
            Filters(words="kaspersky edge"),
            Filters(level=4),
        )
    ]
    some += [exposures.grouped(own, CLOCK, by=by).items for by in exposures.GROUPS]
    some += [list(assets.rows(own, CLOCK, assets.Filters(words="srv"))), parties.rows(own, CLOCK)]
    some += [list(assets.rows(own, CLOCK, assets.Filters(medium="network", looked="absent")))]
    some += [measures.rows(own, CLOCK), owed.rows(own, CLOCK), list(coverage.rows(own, CLOCK))]
    some += [exposures.one(own, CLOCK, fewer.exposures[0].id), coverage.told(own, CLOCK).media]
    stood = overview.overview(own, CLOCK)
    some += [stood.counts.statuses, stood.next, [one.open for one in stood.trend]]
    assert len(list(exposures.rows(own, Clock(as_of="2024-10-05", known_on="2024-10-05")))) > 0
    return some


@pytest.mark.slow
def test_lists_are_the_same(postgresql: Server, tmp_path: Path) -> None:
    """Order, filters, groups, totals and evidence do not depend on where they are kept."""
    there = postgresql.fresh("lists", tmp_path / "lake")
    with filled.portfolio(tmp_path, there=there) as portfolio:
        served = told(estates.behind(portfolio, "acme"))
    with filled.estate(tmp_path / "here") as own:
        assert told(own) == served
