# SPDX-License-Identifier: Apache-2.0
"""Promises about two runs side by side: everything that differs is a row once, each count is that of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import filled
import pytest
from msgspec.structs import replace

from debar.errors import NotThereError, UsageError
from debar.model.portfolio import Clock
from debar.model.vocab.portfolio import Moved
from debar.pipeline import Exposed
from debar.portfolio import compared, reports
from debar.portfolio.compared import Filters
from debar.portfolio.filling import fill
from debar.store.keeping import keeping_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy as sa

    from debar.model.results import Report, Run
    from debar.portfolio.estates import Estate

FIRST, SECOND = "2024-10-05T12:00:00Z", "2024-10-06T12:00:00Z"
TODAY = Clock(as_of="2024-10-06")


def keep(estate: Estate, report: Report, at: str) -> Run:
    """Keep a run with its files, as a worker does."""
    exposed = Exposed(list(report.exposures), list(report.set_aside))

    def beside(connection: sa.Connection, seq: int, _: object) -> None:
        fill(connection, seq, report, exposed)

    with keeping_in(estate.ledger) as keeper:
        for _ in keeper.passing(()):
            pass
        return keeper.keep(report, at, beside)


def later(report: Report) -> Report:
    """Give the report of the day after: the first exposure is gone, the second is surer, and one more is there."""
    gone, surer, *others = report.exposures
    new = replace(gone, id="exp-000000000new", asset="a new kiosk")
    found = (new, replace(surer, level=5 if surer.level < 5 else 4), *others)
    left = tuple(one for one in report.findings if one.exposure != gone.id)
    return replace(report, as_of="2024-10-06", exposures=found, findings=left)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Estate]:
    """Give an organisation with two runs."""
    with filled.estate(tmp_path_factory.mktemp("compared")) as estate:
        report = filled.scanned()[0]
        keep(estate, report, FIRST)
        keep(estate, later(report), SECOND)
        yield estate


def test_every_difference_is_a_row(own: Estate) -> None:
    """The rows are those of the comparison that the API gives, no more and no fewer, and the counts are theirs."""
    found = compared.compared(own, "latest~1", "latest")
    told = reports.compared(own, "latest~1", "latest")
    lists: dict[Moved, tuple[Any, ...]] = {
        Moved.NEW: told.new,
        Moved.CAME_BACK: told.came_back,
        Moved.COUNTS_AGAIN: told.restored,
        Moved.GONE: told.gone,
        Moved.NOT_LOOKED_AT: told.not_looked_at,
        Moved.CHANGED: told.changed,
        Moved.LAW: told.findings,
        Moved.DECISION_ENDED: told.expired,
    }
    assert {kind: len(some) for kind, some in lists.items()} == found.counts
    assert len(found.rows) == sum(found.counts.values())
    for kind, some in lists.items():
        rows = compared.rows(found, Filters(kind=kind))
        assert [row.exposure for row in rows] == [one.exposure for one in some]
        assert {row.kind for row in rows} <= {kind}


def test_what_came_and_went_is_told(own: Estate) -> None:
    """New with what the law says of it now, changed with what it was, gone or unknown with what was said before."""
    report = filled.scanned()[0]
    found = compared.compared(own, "latest~1", "latest")
    new = compared.rows(found, Filters(kind="new"))
    assert [(row.asset, row.before) for row in new] == [("a new kiosk", "")]
    (surer,) = compared.rows(found, Filters(kind="changed"))
    assert (surer.exposure, surer.what, surer.before) == (
        report.exposures[1].id,
        "level",
        str(report.exposures[1].level),
    )
    (gone,) = [row for row in found.rows if row.exposure == report.exposures[0].id]
    assert gone.kind in (Moved.GONE, Moved.NOT_LOOKED_AT)
    assert gone.after == ""


def test_pages_and_filters_are_of_one_list(own: Estate) -> None:
    """Page after page gives every row once; words narrow it; what is no kind, and the token of another list, are refused."""
    found = compared.compared(own, "latest~1", "latest")
    first = compared.listed(found, page_size=1)
    rest = compared.listed(found, page_token=first.next_page_token, page_size=500)
    assert [*first.items, *rest.items] == list(found.rows)
    assert first.total == len(found.rows)
    assert [row.kind for row in compared.rows(found, Filters(words="NEW kiosk"))] == [Moved.NEW]
    with pytest.raises(UsageError):
        compared.rows(found, Filters(kind="newer"))
    with pytest.raises(UsageError):
        compared.listed(found, Filters(kind="new"), page_token=first.next_page_token)


def test_runs_are_those_of_the_day(own: Estate) -> None:
    """Without a clock every run, the last first; with one those about its day or an earlier one that were known then."""
    second, first = compared.kept(own)
    assert (first.as_of, second.as_of) == ("2024-10-05", "2024-10-06")
    assert compared.kept(own, TODAY) == [second, first]
    assert compared.kept(own, Clock(as_of="2024-10-05")) == [first]
    assert compared.kept(own, replace(TODAY, known_on="2024-10-05")) == [first]
    assert compared.kept(own, Clock(as_of="2024-10-04")) == []
    assert compared.kept_one(own, first.id) == first
    with pytest.raises(NotThereError):
        compared.kept_one(own, "run-none")


def test_what_the_day_has_is_there(own: Estate) -> None:
    """Of what differs, the exposures that the run of the day holds: what is new on its day, and what is gone before it."""
    found = compared.compared(own, "latest~1", "latest")
    ids = [row.exposure for row in found.rows]
    gone, new = filled.scanned()[0].exposures[0].id, "exp-000000000new"
    assert new in compared.there(own, TODAY, ids)
    assert gone not in compared.there(own, TODAY, ids)
    assert gone in compared.there(own, Clock(as_of="2024-10-05"), ids)
    assert new not in compared.there(own, Clock(as_of="2024-10-05"), ids)
