# SPDX-License-Identifier: Apache-2.0
"""The ledger: safe by its settings, made by its migrations, and nothing that is none of debar's is believed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from debar.errors import DependencyMissing, StoreError, UsageError
from debar.store import lake, ledger, migrating, tables
from debar.store.places import place

if TYPE_CHECKING:
    from pathlib import Path


def test_a_commit_is_on_the_disk(tmp_path: Path) -> None:
    """WAL, every commit synchronised, a minute of patience, keys that hold, and no code of the file is run."""
    with ledger.opened(place(str(tmp_path)), makes=True) as history, history.reading() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "trusted_schema")
        }
    assert values == {
        "journal_mode": "wal", "synchronous": 2, "busy_timeout": 60_000, "foreign_keys": 1, "trusted_schema": 0,
    }  # fmt: skip


def test_the_migrations_make_the_tables_that_statements_speak_of(tmp_path: Path) -> None:
    """What the steps make and what the program expects do not differ in any column, key or index."""
    with ledger.opened(place(str(tmp_path)), makes=True) as history, history.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.RUNS.metadata) == []
    assert tables.REVISION == max(migrating.known())


def test_the_names_of_new_folders_reach_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A history in a folder whose name is lost when the power goes would be lost with it."""
    synced: list[Path] = []
    monkeypatch.setattr(lake, "sync", synced.append)
    with ledger.opened(place(str(tmp_path / "a" / "b")), makes=True):
        assert set(synced) == {tmp_path, tmp_path / "a"}


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    """A ledger of today is opened without a write, and without loading what migrates."""
    with ledger.opened(place(str(tmp_path)), makes=True):
        pass
    before = (tmp_path / "history.db").read_bytes()
    with ledger.opened(place(str(tmp_path))) as history, history.reading() as connection:
        assert connection.execute(sa.select(tables.RUNS)).all() == []
    assert (tmp_path / "history.db").read_bytes() == before


def test_a_ledger_of_a_newer_debar_is_refused(tmp_path: Path) -> None:
    """A schema that is not known is told, and nothing is changed."""
    with ledger.opened(place(str(tmp_path)), makes=True):
        pass
    with sqlite3.connect(tmp_path / "history.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for makes in (True, False):
        with pytest.raises(StoreError, match=r"newer debar.*9999"), ledger.opened(place(str(tmp_path)), makes=makes):
            pass


def test_nothing_is_made_by_a_question(tmp_path: Path) -> None:
    """Where there is no history, asking is wrong usage and leaves no file."""
    with pytest.raises(UsageError, match="no history"), ledger.opened(place(str(tmp_path / "none"))):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a ledger that may be read and not written, whoever runs the tests."""
    with ledger.opened(place(str(tmp_path)), makes=True):
        pass
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    return tmp_path


def test_a_ledger_that_may_not_be_written_is_read(sealed: Path) -> None:
    """An auditor's copy on a medium that takes no write answers, and no file appears beside it."""
    there = sorted(sealed.iterdir())
    with ledger.opened(place(str(sealed))) as history, history.reading() as connection:
        assert connection.execute(sa.select(tables.RUNS)).all() == []
        assert sorted(sealed.iterdir()) == there
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            connection.execute(sa.delete(tables.RUNS))


def test_a_sealed_ledger_hides_no_run_that_was_acknowledged(sealed: Path) -> None:
    """Runs that lie in the file beside the ledger would not be seen, so that is told instead of an answer."""
    (sealed / "history.db-wal").write_bytes(b"")
    with ledger.opened(place(str(sealed))):
        pass
    (sealed / "history.db-wal").write_bytes(b"runs")
    with (
        pytest.raises(StoreError, match=r"history\.db-wal are not in history\.db yet"),
        ledger.opened(place(str(sealed))),
    ):
        pass


def test_a_sealed_ledger_that_changes_while_it_is_read_is_no_answer(sealed: Path) -> None:
    """It is read without locks: what somebody else writes meanwhile could be seen half."""
    with (
        pytest.raises(StoreError, match="written to while it was read"),
        ledger.opened(place(str(sealed))),
        (sealed / "history.db").open("ab") as file,
    ):
        file.write(b"more")


def test_a_run_for_a_directory_that_may_not_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wants to keep a run there hears what to do."""
    with contextlib.closing(sqlite3.connect(tmp_path / "history.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    url = sa.URL.create("sqlite", database=f"file:{tmp_path}/history.db", query={"mode": "ro", "uri": "true"})
    make = sa.create_engine
    monkeypatch.setattr(sa, "create_engine", lambda _, **rest: make(url, **rest))
    with pytest.raises(StoreError, match="readonly") as told, ledger.opened(place(str(tmp_path)), makes=True):
        pass
    assert "can be written" in told.value.hint


def test_a_database_of_somebody_else_is_no_history(tmp_path: Path) -> None:
    """A question does not turn any SQLite file into a history."""
    with sqlite3.connect(tmp_path / "history.db") as connection:
        connection.execute("CREATE TABLE films (title TEXT)")
    with pytest.raises(StoreError, match="no history of debar"), ledger.opened(place(str(tmp_path))):
        pass


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_told(tmp_path: Path, content: bytes) -> None:
    """Noise in place of the ledger is StoreError."""
    (tmp_path / "history.db").write_bytes(content)
    with pytest.raises(StoreError), ledger.opened(place(str(tmp_path))):
        pass


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file in the way is StoreError with its path."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError, match="file/sub"), ledger.opened(place(str(tmp_path / "file" / "sub")), makes=True):
        pass


def test_what_fails_in_a_transaction_leaves_nothing(tmp_path: Path) -> None:
    """All of a transaction is kept or none of it, and an error of the database is StoreError."""
    row = {"kind": "reports", "sha256": "ab" * 32, "size": 1, "rows": 1}
    with ledger.opened(place(str(tmp_path)), makes=True) as history:
        with pytest.raises(StoreError, match="UNIQUE"), history.writing() as connection:
            connection.execute(sa.insert(tables.FILES), row)
            connection.execute(sa.insert(tables.FILES), row)
        with history.reading() as connection:
            assert connection.execute(sa.select(tables.FILES)).all() == []


def test_a_reader_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    """What is committed after a read began does not show in it."""
    row = {"kind": "reports", "sha256": "ab" * 32, "size": 1, "rows": 1}
    with ledger.opened(place(str(tmp_path)), makes=True) as history, history.reading() as connection:
        assert connection.execute(sa.select(tables.FILES)).all() == []
        with history.writing() as other:
            other.execute(sa.insert(tables.FILES), row)
        assert connection.execute(sa.select(tables.FILES)).all() == []
    with ledger.opened(place(str(tmp_path))) as history, history.reading() as connection:
        assert len(connection.execute(sa.select(tables.FILES)).all()) == 1


def test_a_writer_waits_for_the_one_before(tmp_path: Path) -> None:
    """Two writers that overlap both keep what they write."""
    begun, rows = threading.Event(), [{"kind": "reports", "sha256": f"{n}b" * 32, "size": 1, "rows": 1} for n in (1, 2)]

    def second() -> None:
        begun.wait()
        with ledger.opened(place(str(tmp_path))) as history, history.writing() as connection:
            connection.execute(sa.insert(tables.FILES), rows[1])

    with ledger.opened(place(str(tmp_path)), makes=True) as history:
        thread = threading.Thread(target=second)
        thread.start()
        with history.writing() as connection:
            begun.set()
            connection.execute(sa.insert(tables.FILES), rows[0])
            thread.join(0.2)
            assert thread.is_alive()
        thread.join()
        with history.reading() as connection:
            assert len(connection.execute(sa.select(tables.FILES)).all()) == 2


def test_a_writer_that_waits_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience ends, and the message says that another run writes."""
    monkeypatch.setattr(ledger, "_ON_OPEN", ("PRAGMA busy_timeout = 50", "PRAGMA journal_mode = WAL"))
    with ledger.opened(place(str(tmp_path)), makes=True) as history, history.writing():
        other = ledger.opened(place(str(tmp_path)))
        with pytest.raises(StoreError, match="another run"), other as second, second.writing():
            pass


def test_an_address_that_is_none_is_wrong_usage() -> None:
    """A port that is no number is told without the password."""
    with pytest.raises(UsageError, match=r"me:\*\*\*@"):
        ledger.connected(place("postgresql://me:s3cret@db:port/x", "/srv/lake"))


def test_the_library_of_a_server_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pg8000 the message names the extra to install."""
    monkeypatch.setitem(__import__("sys").modules, "pg8000", None)
    with pytest.raises(DependencyMissing, match="pg8000") as caught:
        ledger.connected(place("postgresql://me@db/x", "/srv/lake"))
    assert "debar[postgresql]" in caught.value.hint
