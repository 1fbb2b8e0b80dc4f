# SPDX-License-Identifier: Apache-2.0
"""Promises about what runs leave behind: what does not change is written once, and every run can be looked at as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import filled
import sqlalchemy as sa
from msgspec.structs import replace

from debar.model.portfolio import Caller, Clock
from debar.model.vocab.portfolio import Role
from debar.portfolio import across, coverage, estates, exposures, membership, overview, people, tenants, views
from debar.portfolio.tables import ASSETS, EVIDENCE, HELD, SOURCES, VIEWS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from debar.portfolio.estates import Estate


def counted(own: Estate, table: sa.Table) -> int:
    """Give how many rows a table has."""
    with own.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0


def ids(own: Estate, clock: Clock) -> set[str]:
    """Give the exposures of a day."""
    return {row.id for row in exposures.rows(own, clock)}


def test_what_does_not_change_is_written_once(tmp_path: Path) -> None:
    """A second run that finds the same adds no row; one that finds a little less or more adds that."""
    report, found = filled.scanned()[0], filled.many(60, seed=1)
    with filled.estate(tmp_path) as own:
        filled.keep(own, report, found)
        before = [counted(own, table) for table in (HELD, EVIDENCE, ASSETS, SOURCES)]
        filled.keep(own, report, found, at="2024-10-06T12:00:00Z", day="2024-10-06")
        assert [counted(own, table) for table in (HELD, EVIDENCE, ASSETS, SOURCES)] == before
        changed = [replace(found.exposures[0], version="99"), *found.exposures[2:]]
        filled.keep(own, report, found._replace(exposures=changed), at="2024-10-07T12:00:00Z", day="2024-10-07")
        assert counted(own, HELD) == before[0] + 1


def test_every_run_can_be_looked_at_as_it_was(tmp_path: Path) -> None:
    """A past day shows what the run about it found; a day before every run shows nothing, and says so."""
    report, found = filled.scanned()[0], filled.many(60, seed=2)
    later = found._replace(exposures=found.exposures[5:])
    again = found._replace(exposures=found.exposures[3:])
    with filled.estate(tmp_path) as own:
        for number, one in enumerate((found, later, again)):
            filled.keep(own, report, one, at=f"2024-10-{10 + number}T12:00:00Z", day=f"2024-10-{10 + number}")
        assert ids(own, Clock(as_of="2024-10-10")) == {one.id for one in found.exposures}
        assert ids(own, Clock(as_of="2024-10-11")) == {one.id for one in later.exposures}
        assert ids(own, Clock(as_of="2024-12-31")) == {one.id for one in again.exposures}
        assert ids(own, Clock(as_of="2024-12-31", known_on="2024-10-11")) == {one.id for one in later.exposures}
        assert ids(own, Clock(as_of="2024-10-09")) == set()
        assert "nothing is known" in coverage.told(own, Clock(as_of="2024-10-09")).notes[0]
        assert overview.overview(own, Clock(as_of="2024-10-09")).counts.run == ""


def test_a_run_about_an_earlier_day_that_is_kept_later_finds_its_place(tmp_path: Path) -> None:
    """The newest run is the one about the newest day, not the one that was kept last."""
    report, found = filled.scanned()[0], filled.many(30, seed=2)
    with filled.estate(tmp_path) as own:
        filled.keep(own, report, found, at="2024-10-12T12:00:00Z", day="2024-10-12")
        filled.keep(
            own, report, found._replace(exposures=found.exposures[:4]), at="2024-10-13T12:00:00Z", day="2024-10-01"
        )
        assert len(ids(own, Clock(as_of="2024-10-20"))) == len(found.exposures)
        assert len(ids(own, Clock(as_of="2024-10-05"))) == 4


def test_a_view_is_never_out_of_date(tmp_path: Path) -> None:
    """What changes anything makes another view at once; asked again, a view that was kept is not made again."""
    report, found = filled.scanned()[0], filled.many(30, seed=4)
    with filled.estate(tmp_path) as own:
        filled.keep(own, report, found)
        clock = Clock(as_of="2024-10-05")
        first = views.view(own, clock)
        assert views.view(own, clock) is first
        filled.keep(own, report, found._replace(exposures=found.exposures[:-1]), at="2024-10-05T13:00:00Z")
        second = views.view(own, clock)
        assert second.id != first.id
        assert second.law.counts.exposures == first.law.counts.exposures - 1
        assert counted(own, VIEWS) == 2
        assert views.view(own, Clock(as_of="2024-10-05", known_on="2024-10-04")).run is None


def test_few_views_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that nobody asked for the longest make room."""
    monkeypatch.setattr(views, "KEPT", 3)
    with filled.estate(tmp_path) as own:
        filled.keep(own, filled.scanned()[0], filled.many(5, seed=4))
        for day in range(10, 18):
            views.view(own, Clock(as_of=f"2024-10-{day}"))
        assert counted(own, VIEWS) == 3


def test_the_trend_tells_each_run(tmp_path: Path) -> None:
    """An exposure that a later look no longer meets is gone, and one whose asset nobody looked at again remains."""
    report, found = filled.scanned()
    with filled.estate(tmp_path) as own:
        filled.keep(own, report, found, at="2024-10-05T12:00:00Z")
        less = found._replace(exposures=found.exposures[1:])
        filled.keep(own, report, less, at="2024-10-06T12:00:00Z", day="2024-10-06")
        told = overview.overview(own, Clock(as_of="2024-10-06"))
        assert [one.open for one in told.trend] == [len(found.exposures), len(less.exposures)]
        assert told.trend[1].gone + told.trend[1].not_looked_at == 1
        assert overview.overview(own, Clock(as_of="2024-10-06")) == told
        assert sum(told.counts.statuses.values()) == told.counts.exposures == len(less.exposures)


def test_coverage_is_that_of_the_run(tmp_path: Path) -> None:
    """What was looked at is told as the run told it, with every kind of evidence that is missing and every input."""
    report, found = filled.scanned()
    with filled.estate(tmp_path) as own:
        filled.keep(own, report, found)
        told = coverage.told(own, Clock(as_of="2024-10-05"))
        assert told.notes == report.coverage.notes
        assert told.assets == len(report.coverage.assets)
        assert {row.medium for row in told.media if row.missed} == set(report.coverage.kinds_missing)
        listed = list(coverage.rows(own, Clock(as_of="2024-10-05")))
        assert len(listed) == len(report.sources) + len(report.skips)
        assert {row.path for row in listed if not row.fault} == {source.path for source in report.sources}
        later = coverage.told(own, Clock(as_of="2024-11-05"))
        assert "2024-10-05" in later.notes[0]


def test_a_row_for_each_organisation_of_a_caller(tmp_path: Path) -> None:
    """Whoever is a member of some sees these, and nothing of the others."""
    with filled.portfolio(tmp_path, ids=("acme", "bolt", "coil")) as portfolio:
        person = people.add(
            portfolio, estates.PROGRAM, email="a@example.org", name="A", password="a long pass phrase 1"
        )
        for id_, role in (("acme", Role.VIEWER), ("bolt", Role.ANALYST)):
            own = estates.behind(portfolio, id_)
            membership.join(portfolio, own, email="a@example.org", name="A", role=role)
            filled.keep(own, filled.scanned()[0], filled.many(20, seed=5))
        caller = people.caller(portfolio, person.id)
        assert caller is not None
        clock = Clock(as_of="2024-10-05")
        cold = across.summaries(portfolio, caller, clock, patience=-1.0)
        assert [(row.organisation, row.counts) for row in cold] == [("acme", None), ("bolt", None)]
        found = across.summaries(portfolio, caller, clock)
        assert [(row.organisation, row.role, row.is_current) for row in found] == [
            ("acme", "viewer", True),
            ("bolt", "analyst", True),
        ]
        assert found[0].counts == views.view(estates.behind(portfolio, "acme"), clock).law.counts
        assert across.summaries(portfolio, Caller(id="nobody", name="N"), clock) == []
        assert len(tenants.listed(portfolio)) == 3
