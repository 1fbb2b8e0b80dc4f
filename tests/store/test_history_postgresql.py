# SPDX-License-Identifier: Apache-2.0
"""The same promises with a real PostgreSQL, started for these tests and thrown away after them."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

import kept
from debar.cli import main
from debar.errors import StoreError
from debar.store import checking, keeping, ledger, runs, standing, tables

if TYPE_CHECKING:
    from debar.model.results import Report
    from debar.store.places import Place
    from postgresql import Server

AT = "2024-12-01T00:00:00Z"
pytestmark = pytest.mark.slow


@pytest.fixture
def there(postgresql: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """Give a database of its own for a test, with a lake."""
    return postgresql.fresh(f"t{abs(hash(request.node.name)):x}", tmp_path / "lake")


def keep(at: Place, report: Report) -> str:
    """Keep a report for which nothing was observed."""
    with keeping.keeping(at) as run:
        return run.keep(report, AT).id


def whole(at: Place) -> checking.Checked:
    """Give what a check finds."""
    with ledger.opened(at) as history:
        return checking.check(history)


def test_runs_are_kept_and_told(there: Place) -> None:
    """Kept, listed, looked up, compared with their reports: as with SQLite, also with text that PostgreSQL refuses."""
    decided = (kept.decision(kept.exposure("a\0b")),)
    first = keep(there, kept.report("2024-06-25", "a\0b", "Müller", decided=decided))
    second = keep(there, kept.report("2024-07-25", looked=["Müller"]))
    assert whole(there) == checking.Checked(2, 5, (), ())
    with ledger.opened(there) as history:
        assert runs.meant(history, "latest").id == second
        assert runs.meant(history, first[:9]).id == first
        found = standing.history(history, standing.Asked("2024-12-31"))
    assert [(one.asset, str(one.presence)) for one in found.exposures] == [
        ("Müller", "gone"), ("a\\x00b", "not-looked-at"),
    ]  # fmt: skip


def test_a_name_without_end_keeps_no_run_from_being_kept(there: Place) -> None:
    """An index of PostgreSQL takes no row of more than some kilobytes; what evidence calls an asset may be longer."""
    name = "".join(random.Random(1).choices("0123456789abcdef-.äß", k=9_000))
    keep(there, kept.report("2024-06-25", name))
    assert whole(there).faults == ()


def test_a_question_makes_no_tables(there: Place) -> None:
    """Asking a server that keeps no history changes nothing there."""
    there.lake.mkdir()
    for _ in range(2):
        with pytest.raises(StoreError, match="no history of debar"), ledger.opened(there):
            pass


def test_writers_at_once_all_keep_their_runs(there: Place) -> None:
    """Four processes into one new database: one chain, every run."""
    code = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parents[1])!r}]\n"
        "import kept\nfrom debar.store import keeping\nfrom debar.store.places import place\n"
        "for n in range(5):\n"
        "    with keeping.keeping(place(sys.argv[1], sys.argv[2])) as run:\n"
        "        list(run.passing([]))\n"
        "        print(run.keep(kept.report('2024-06-25', f'ws-{sys.argv[3]}-{n}')).id)\n"
    )
    where = there.server.replace("+pg8000", "")
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", code, where, str(there.lake), str(n)], stdout=subprocess.PIPE, text=True
        )
        for n in range(4)
    ]
    said = [writer.communicate(timeout=120)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    found = whole(there)
    assert (found.runs, found.faults, found.strays) == (20, (), ())
    with ledger.opened(there) as history, history.reading() as connection:
        assert {one.run.id for one in runs.kept(history, connection)} == {id_ for ids in said for id_ in ids}


def test_a_writer_that_is_killed_loses_nothing_that_was_acknowledged(there: Place) -> None:
    """Killed with -9 before its commit: the lock goes with it, what was kept is whole, the next one writes."""
    keep(there, kept.report("2024-06-25", "a"))
    code = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parents[1])!r}]\n"
        "import time, kept\nfrom debar.store import keeping\nfrom debar.store.places import place\n"
        "keep = keeping._keep\n"
        "def slow(*rest):\n    keep(*rest)\n    print('inside', flush=True)\n    time.sleep(60)\n"
        "keeping._keep = slow\n"
        "with keeping.keeping(place(sys.argv[1], sys.argv[2])) as run:\n    run.keep(kept.report('2024-07-25', 'b'))\n"
    )
    where = there.server.replace("+pg8000", "")
    with subprocess.Popen(
        [sys.executable, "-c", code, where, str(there.lake)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "inside\n"
        writer.send_signal(signal.SIGKILL)
        writer.wait(60)
    assert (whole(there).runs, whole(there).faults) == (1, ())
    assert whole(there).strays
    keep(there, kept.report("2024-08-25", "c"))
    assert (whole(there).runs, whole(there).faults) == (2, ())


def test_a_reader_sees_one_state_while_another_writes(there: Place) -> None:
    """What is committed after a read began does not show in it."""
    row = {"kind": "reports", "sha256": "ab" * 32, "size": 1, "rows": 1}
    with ledger.opened(there, makes=True) as history, history.reading() as connection:
        assert connection.execute(sa.select(tables.FILES)).all() == []
        with history.writing() as other:
            other.execute(sa.insert(tables.FILES), row)
        assert connection.execute(sa.select(tables.FILES)).all() == []


def test_a_writer_that_waits_too_long_is_told_so(there: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Patience ends, and the message says that another run writes."""
    with ledger.opened(there, makes=True) as history, history.writing():
        monkeypatch.setattr(ledger, "WAIT", 1)
        began = time.monotonic()
        with pytest.raises(StoreError, match="another run"), ledger.opened(there) as second, second.writing():
            pass
        assert time.monotonic() - began < 30


def test_a_server_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The password is in no message, and the exit status is that of a store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        where = f"postgresql://me:s3cret@127.0.0.1:{port}/debar"
        assert main(["status", "--store", where, "--lake", str(tmp_path)]) == 4
    said = capsys.readouterr().err
    assert "me:***@127.0.0.1" in said
    assert "s3cret" not in said
