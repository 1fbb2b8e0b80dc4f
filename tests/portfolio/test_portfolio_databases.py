# SPDX-License-Identifier: Apache-2.0
"""The databases of a portfolio: made by their steps, kept at hand, safe with many at once."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

import staffed
from debar.errors import StoreError, UsageError
from debar.portfolio import databases, estates, migrating, people, tenants, uploads
from debar.portfolio.tables import COMMON, OWN, TENANTS
from debar.store import tables
from debar.store.migrating import known
from debar.store.places import place

if TYPE_CHECKING:
    from pathlib import Path


def test_the_steps_make_the_tables_that_statements_speak_of(tmp_path: Path) -> None:
    """What the steps make and what the program expects differ in no column, key or index."""
    ours = {*OWN.tables, *COMMON.tables}

    def of_it(_thing: object, name: str | None, kind: str, *_rest: object) -> bool:
        return kind != "table" or name in ours

    with staffed.staffed(place(str(tmp_path))) as portfolio:
        for ledger, metadata in ((portfolio.common, COMMON), (staffed.estate(portfolio).ledger, OWN)):
            with ledger.reading() as connection:
                options = {"compare_type": True, "include_object": of_it, "version_table": "portfolio_version"}
                context = MigrationContext.configure(connection, opts=options)
                assert compare_metadata(context, metadata) == []
    for kind in (migrating.COMMON, migrating.OWN):
        assert kind.newest == max(known(kind.steps))


def test_the_steps_of_organisations_stand_beside_those_of_histories() -> None:
    """No table of an organisation is called like one of its history."""
    assert not OWN.tables.keys() & tables.RUNS.metadata.tables.keys()


def test_a_portfolio_is_opened_again(tmp_path: Path) -> None:
    """What was there is there; nothing is made by looking."""
    at = place(str(tmp_path / "new"))
    with pytest.raises(UsageError, match="no portfolio"), databases.opened(at):
        pass
    assert not (tmp_path / "new").exists()
    with staffed.staffed(at) as portfolio:
        staffed.remark(staffed.estate(portfolio), "kept")
    with databases.opened(at) as portfolio:
        assert staffed.remarks(staffed.estate(portfolio)) == ["kept"]


@pytest.mark.parametrize("file", ["portfolio.db", "organisations/alpha/history.db"])
def test_a_newer_portfolio_is_refused(tmp_path: Path, file: str) -> None:
    """A schema that is not known is told, and nothing is changed."""
    with staffed.staffed(place(str(tmp_path))):
        pass
    with contextlib.closing(sqlite3.connect(tmp_path / file)) as connection, connection:
        connection.execute("UPDATE portfolio_version SET version_num = '9999'")
    for makes in (True, False):
        with pytest.raises(StoreError, match=r"newer debar.*9999"), databases.opened(place(str(tmp_path)), makes=makes):
            pass


def test_who_reads_writes_nothing(tmp_path: Path) -> None:
    """A connection for reading refuses to write, and one for writing can be had after it."""
    with staffed.staffed(place(str(tmp_path))) as portfolio:
        for _ in range(5):
            with pytest.raises(StoreError, match="readonly"), portfolio.reading() as connection:
                connection.execute(sa.update(TENANTS).values(name="x"))
            tenants.rename(portfolio, staffed.estate(portfolio), "Alpha Ltd.")


def test_a_transaction_is_whole_or_not_there(tmp_path: Path) -> None:
    """What fails on the way leaves no row and no entry of the log."""
    with staffed.staffed(place(str(tmp_path))) as portfolio:
        estate = staffed.estate(portfolio)
        with pytest.raises(ZeroDivisionError), estate.writing() as connection:
            estate.log(connection, "x", "y")
            raise ZeroDivisionError
        with estate.reading() as connection:
            assert connection.execute(sa.select(tables.LOG)).all() == []


def test_few_databases_are_open_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More organisations than may be open: those asked for last are, and each still answers with what is its own."""
    monkeypatch.setattr(databases, "_FILES", 3)
    with databases.opened(place(str(tmp_path)), makes=True) as portfolio:
        for number in range(8):
            tenants.add(portfolio, estates.PROGRAM, name=f"o{number}")
            staffed.remark(estates.behind(portfolio, f"o{number}"), str(number))
        for number in range(8):
            assert staffed.remarks(estates.behind(portfolio, f"o{number}")) == [str(number)]
        assert list(portfolio._open) == ["o5", "o6", "o7"]


def test_threads_share_the_databases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many threads read and write two organisations while databases are closed and opened again: nothing is lost or mixed."""
    monkeypatch.setattr(databases, "_FILES", 1)
    with staffed.staffed(place(str(tmp_path))) as portfolio:

        def work(number: int) -> None:
            estate = estates.behind(portfolio, staffed.ORGANISATIONS[number % 2])
            staffed.remark(estate, f"{number:02}")
            assert f"{number:02}" in staffed.remarks(estate)

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(40)))
        for number, organisation in enumerate(staffed.ORGANISATIONS):
            found = staffed.remarks(staffed.estate(portfolio, organisation))
            assert found == [f"{n:02}" for n in range(number, 40, 2)]
    assert threading.active_count() < 40


def test_processes_make_one_portfolio(tmp_path: Path) -> None:
    """Two processes that begin at once on an empty directory: one portfolio, every account."""
    code = (
        "import sys\nfrom debar.portfolio import databases, estates, people\nfrom debar.store.places import place\n"
        "with databases.opened(place(sys.argv[1]), makes=True) as portfolio:\n"
        "    for n in range(5):\n"
        "        people.add(portfolio, estates.PROGRAM, email=f'{sys.argv[2]}-{n}@example.org', name='x')\n"
    )
    makers = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)]) for n in range(2)]
    assert [maker.wait(120) for maker in makers] == [0, 0]
    with databases.opened(place(str(tmp_path))) as portfolio:
        assert len(people.listed(portfolio)) == 10


def test_an_organisation_that_was_being_made_can_be_made(tmp_path: Path) -> None:
    """A kill between its database and its row leaves a folder, and the next attempt takes it up."""
    with staffed.staffed(place(str(tmp_path))) as portfolio:
        portfolio.inside("gamma", makes=True)
    with databases.opened(place(str(tmp_path))) as portfolio:
        tenants.add(portfolio, estates.PROGRAM, name="Gamma")
        assert estates.behind(portfolio, "gamma").tenant.name == "Gamma"


def test_an_organisation_whose_files_are_gone_is_told(tmp_path: Path) -> None:
    """No new, empty database takes the place of one that is lost."""
    with staffed.staffed(place(str(tmp_path))):
        pass
    (tmp_path / "organisations/alpha/history.db").unlink()
    with pytest.raises((StoreError, UsageError), match="organisation alpha"), databases.opened(place(str(tmp_path))):
        pass


@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_nobody_else_looks_into_a_directory_that_was_there(tmp_path: Path, mask: int) -> None:
    """What others may see of a directory they may, and nothing of the portfolio in it: neither files nor organisations."""
    folder = tmp_path / "there"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "organisations").mkdir()
    (folder / "organisations").chmod(0o755)
    before = os.umask(mask)
    try:
        with staffed.staffed(place(str(folder))) as portfolio:
            uploads.put(portfolio, staffed.estate(portfolio), "a.csv", [b"a\n"])
            open_ = [file.name for file in folder.iterdir() if file.stat().st_mode & 0o077]
            assert open_ == []
    finally:
        os.umask(before)
    for file in folder.iterdir():
        assert not file.stat().st_mode & 0o077, file
    assert folder.stat().st_mode & 0o777 == 0o755


def test_a_portfolio_that_others_could_look_into_is_closed(tmp_path: Path) -> None:
    """One that an older debar left open is closed as it is opened; what cannot be closed keeps nobody from working."""
    with staffed.staffed(place(str(tmp_path))):
        pass
    for file in (tmp_path / "portfolio.db", tmp_path / "organisations"):
        file.chmod(0o755)
    with databases.opened(place(str(tmp_path))):
        assert not (tmp_path / "portfolio.db").stat().st_mode & 0o077
        assert not (tmp_path / "organisations").stat().st_mode & 0o077
