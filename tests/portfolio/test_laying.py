# SPDX-License-Identifier: Apache-2.0
"""Promises about runs that are kept as columns: they are what the tables say, whoever made them, and the newest are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import filled
import numpy as np
import pytest
import sqlalchemy as sa

from debar.errors import StoreError
from debar.model.portfolio import Clock
from debar.portfolio import columns, databases, estates, exposures, laying, migrating, views
from debar.portfolio.tables import LAID
from debar.store import migrating as store_migrating
from debar.store.places import Place

if TYPE_CHECKING:
    from pathlib import Path

    from debar.portfolio.estates import Estate

CLOCK = Clock(as_of="2024-10-06")


def parts(own: Estate) -> set[tuple[int, str]]:
    """Give what is kept."""
    with own.reading() as connection:
        return {(row.run, row.part) for row in connection.execute(sa.select(LAID.c.run, LAID.c.part))}


def same(one: columns.Laid, other: columns.Laid) -> bool:
    """Tell whether two are the same to the last number."""
    pairs = zip((*one.rows, *one.assets), (*other.rows, *other.assets), strict=True)
    return one.kinds == other.kinds and all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in pairs)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_is_what_the_tables_say(tmp_path: Path, seed: int) -> None:
    """The first look lays a run, the next takes what was laid: both see the same, in every order."""
    with filled.estate(tmp_path) as own:
        report, found = filled.scanned()[0], filled.many(120, seed=seed)
        filled.keep(own, report, found)
        filled.keep(
            own, report, found._replace(exposures=found.exposures[5:]), at="2024-10-06T12:00:00Z", day="2024-10-06"
        )
        for run in (1, 2):
            with own.reading() as connection:
                first, again = (laying.laid(connection, own, run) for _ in range(2))
                plain = columns.laid(connection, run)
                assert same(first, plain)
                assert same(again, plain)
                before = [laying.ranks(connection, run, name, plain.rows).tolist() for name in columns.RANKED]
            laying.lay(own, run)
            laying.lay(own, run)
            with own.reading() as connection:
                assert [laying.ranks(connection, run, name, plain.rows).tolist() for name in columns.RANKED] == before
        assert parts(own) == {(run, part) for run in (1, 2) for part in ("rows", *columns.RANKED)}


def test_lists_are_the_same_from_what_was_laid(tmp_path: Path) -> None:
    """Another process, which takes what a worker laid, gives the lists that were given before."""
    with filled.portfolio(tmp_path) as portfolio:
        own = estates.behind(portfolio, "acme")
        filled.keep(own, filled.scanned()[0], filled.many(80, seed=4))
        before = {sort: [row.id for row in exposures.rows(own, CLOCK, sort=sort)] for sort in exposures.SORTS}
        assert views.work(portfolio, own, CLOCK.as_of)[0] == views.view(own, CLOCK).id
        assert (1, "last_seen") in parts(own)
        views._LAID.__init__(views._LAID._size, views._LAID._room)  # type: ignore[misc]  # as in another process
        views._HAND.__init__(views._HAND._size, views._HAND._room)  # type: ignore[misc]
        with databases.opened(Place("", tmp_path, "test")) as other:
            own = estates.behind(other, "acme")
            assert {
                sort: [row.id for row in exposures.rows(own, CLOCK, sort=sort)] for sort in exposures.SORTS
            } == before


def test_old_runs_are_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the newest runs it is kept; what was let go is laid again for whoever asks."""
    monkeypatch.setattr(laying, "KEPT", 2)
    with filled.estate(tmp_path) as own:
        report, found = filled.scanned()[0], filled.many(10, seed=1)
        for day in range(1, 5):
            filled.keep(own, report, found, at=f"2024-10-0{day}T12:00:00Z", day=f"2024-10-0{day}")
            laying.lay(own, day)
        assert {run for run, _ in parts(own)} == {3, 4}
        with own.reading() as connection:
            assert same(laying.laid(connection, own, 1), columns.laid(connection, 1))
        assert {run for run, _ in parts(own)} == {3, 4}


def test_nothing_is_kept_of_no_run(tmp_path: Path) -> None:
    """An organisation without a run has a view of nothing."""
    with filled.estate(tmp_path) as own:
        assert len(views.view(own, CLOCK).rows.row) == 0
        assert parts(own) == set()


def test_a_disk_that_is_full_keeps_nobody_from_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be kept is made again."""
    with filled.estate(tmp_path) as own:
        filled.keep(own, filled.scanned()[0], filled.many(10, seed=1))

        def full() -> None:
            raise StoreError("no room")

        monkeypatch.setattr(own, "writing", full)
        with own.reading() as connection:
            assert same(laying.laid(connection, own, 1), columns.laid(connection, 1))


def test_an_older_portfolio_gets_the_table(tmp_path: Path) -> None:
    """A portfolio of the first schema is brought up to date when it is opened, and shows what it has shown."""
    with filled.portfolio(tmp_path) as portfolio:
        own = estates.behind(portfolio, "acme")
        filled.keep(own, filled.scanned()[0], filled.many(10, seed=1))
        before = [row.id for row in exposures.rows(own, CLOCK)]
        with own.writing() as connection:
            LAID.drop(connection)
            connection.execute(sa.text("UPDATE portfolio_version SET version_num = '0001'"))
    assert "0001" in store_migrating.known(migrating.OWN.steps)
    with databases.opened(Place("", tmp_path, "test")) as portfolio:
        own = estates.behind(portfolio, "acme")
        assert parts(own) == set()
        assert [row.id for row in exposures.rows(own, CLOCK)] == before
