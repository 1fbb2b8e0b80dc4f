# SPDX-License-Identifier: Apache-2.0
"""Promises about knowing whether a database has changed: no change is missed, and what is the same is known to be."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from debar.store import ledger, watching
from debar.store.places import Place, place
from debar.store.tables import LOG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.store.ledger import Ledger
    from postgresql import Server


@contextlib.contextmanager
def two(where: Place) -> Iterator[tuple[Ledger, Ledger]]:
    """Give the same history opened twice, as two processes have it."""
    with ledger.opened(where, makes=True) as one, ledger.opened(where) as other:
        yield one, other


def write(into: Ledger, seq: int) -> None:
    """Add an entry to the log."""
    row = {"seq": seq, "at": "2026-01-01T00:00:00Z", "kind": "note", "body": "{}", "previous": "", "hash": str(seq)}
    with into.writing() as connection:
        connection.execute(sa.insert(LOG), row)


def count(of: Ledger) -> int:
    """Give how many entries there are."""
    with of.reading() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(LOG)).scalar_one()


def test_every_change_of_others_and_of_its_own_is_another_state(tmp_path: Path) -> None:
    """Whoever commits, the state of the database is another; who reads or gives up a change leaves it as it was."""
    with two(place(str(tmp_path))) as (one, other):
        seen = {one.state()}
        for seq in range(1, 6):
            write(one if seq % 2 else other, seq)
            seen.add(one.state())
        assert len(seen) == 6
        before = one.state()
        count(one)
        with contextlib.suppress(ZeroDivisionError), other.writing() as connection:
            connection.execute(sa.delete(LOG))
            raise ZeroDivisionError
        assert one.state() == before
        assert count(one) == 5


def test_a_change_of_another_process_is_seen(tmp_path: Path) -> None:
    """A process that has nothing in common with this one but the file changes the state."""
    with ledger.opened(place(str(tmp_path)), makes=True) as one:
        before = one.state()
        program = f"import sqlite3; c = sqlite3.connect({str(one.place.ledger)!r}); c.execute('CREATE TABLE x (y)'); c.commit()"
        subprocess.run([sys.executable, "-c", program], check=True)
        assert one.state() != before


def test_a_state_is_never_that_of_another_connection(tmp_path: Path) -> None:
    """What SQLite counts begins anew with each connection: nothing is taken for unchanged that was looked at by another."""
    with ledger.opened(place(str(tmp_path)), makes=True) as one:
        before = one.state()
        one.close()
        assert one.state() != before
        with ledger.opened(place(str(tmp_path))) as other:
            assert other.state() != one.state()


def test_what_cannot_be_told_has_changed(tmp_path: Path) -> None:
    """A file that is not there, or is none of SQLite's, is never as it was."""
    (tmp_path / "text").write_text("this is no database, and it is longer than a header would be " * 20)
    for name in ("none", "text"):
        watch = watching.Watch(tmp_path / name)
        with contextlib.suppress(sqlite3.Error):
            assert watch.state() != watch.state() or name == "text"
        watch.close()
    assert not (tmp_path / "none").exists()


def test_an_answer_rests_on_all_that_was_read_for_it(tmp_path: Path) -> None:
    """Each database that was read is noted as it was before, and one of them is enough for the answer to be over."""
    with two(place(str(tmp_path / "a"))) as (a, also_a), two(place(str(tmp_path / "b"))) as (b, also_b):
        for changing in (also_a, also_b):
            with watching.resting() as grounds:
                count(a)
                count(b)
            assert grounds.hold()
            write(changing, 1)
            assert not grounds.hold()


def test_what_changed_while_an_answer_was_made_ends_it(tmp_path: Path) -> None:
    """A change between the first look and the last is no ground to stand on."""
    with two(place(str(tmp_path))) as (one, other):
        with watching.resting() as grounds:
            count(one)
            write(other, 1)
            count(one)
        assert not grounds.hold()


def test_an_answer_that_changes_something_is_for_nobody_else(tmp_path: Path) -> None:
    """Whoever writes has no grounds, even where nothing changes afterwards."""
    with two(place(str(tmp_path))) as (one, other):
        with watching.resting() as grounds:
            write(other, 1)
        assert not grounds.hold()
        with watching.resting() as grounds:
            assert count(one) == 1
        assert grounds.hold()


@given(steps=st.lists(st.sampled_from(["ask", "ask b", "own", "other"]), max_size=12))
def test_what_is_recalled_is_what_would_be_read(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    """Whatever happens between, an answer is that of the database as it is, and it is read once for as long as that is so."""
    with two(place(str(tmp_path_factory.mktemp("recalled")))) as (one, other):
        looks, seq, changes = [0], 0, 0
        known: set[str] = set()

        def look() -> int:
            looks[0] += 1
            return count(one)

        for step in steps:
            if step.startswith("ask"):
                before = looks[0]
                assert one.recalled(step, look) == seq
                assert looks[0] - before == (step not in known)
                known.add(step)
            else:
                seq, changes = seq + 1, changes + 1
                write(one if step == "own" else other, seq)
                known.clear()


def test_nothing_is_not_recalled(tmp_path: Path) -> None:
    """Whoever asks for what is not there fills no memory, and is answered anew."""
    with ledger.opened(place(str(tmp_path)), makes=True) as one:
        looks: list[int] = []
        assert [one.recalled("x", lambda: looks.append(1)) for _ in range(3)] == [None] * 3
        assert len(looks) == 3


def test_where_nothing_may_be_waited_for_nothing_is_read(tmp_path: Path) -> None:
    """What was read before is at hand; what would have to be read or written raises."""
    with ledger.opened(place(str(tmp_path)), makes=True) as one:
        assert one.recalled("count", lambda: count(one)) == 0
        with watching.at_hand():
            assert one.recalled("count", lambda: count(one)) == 0
            with pytest.raises(watching.NotAtHandError):
                one.recalled("other", lambda: count(one))
            with pytest.raises(watching.NotAtHandError):
                write(one, 1)
        write(one, 1)
        with watching.at_hand(), pytest.raises(watching.NotAtHandError):
            one.recalled("count", lambda: count(one))
        assert one.recalled("count", lambda: count(one)) == 1


@pytest.mark.slow
def test_a_server_tells_as_a_file_does(postgresql: Server, tmp_path: Path) -> None:
    """On PostgreSQL a commit of anybody is another state, and reading is none."""
    where = postgresql.fresh("watched", tmp_path)
    with two(where) as (one, other):
        before = one.state()
        assert count(one) == 0
        assert one.state() == before
        with watching.resting() as grounds:
            count(one)
        assert grounds.hold()
        write(other, 1)
        assert one.state() != before
        assert not grounds.hold()
        with watching.at_hand(), pytest.raises(watching.NotAtHandError):
            one.state()
