# SPDX-License-Identifier: Apache-2.0
"""A run that was said to be kept is kept: killed at any step, on a full disk, beside another writer."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

import kept
from debar.errors import StoreError
from debar.store import checking, keeping, lake, ledger, runs, tables
from debar.store.places import place

if TYPE_CHECKING:
    from debar.model.results import Report, Run

AT = "2024-06-25T12:00:00Z"


def keep(folder: Path, report: Report, at: str = AT) -> Run:
    """Keep a report for which nothing was observed."""
    with keeping.keeping(place(str(folder))) as run:
        list(run.passing([]))
        return run.keep(report, at)


def whole(folder: Path) -> checking.Checked:
    """Give what a check finds."""
    with ledger.opened(place(str(folder))) as history:
        return checking.check(history)


def test_a_run_is_kept_whole(tmp_path: Path) -> None:
    """The run says what it is, its report comes back as it was, and a check finds nothing."""
    report = kept.report("2024-06-25", "ws-1", "ws-2", aside=["ws-3"], decided=(kept.decision(kept.exposure("ws-1")),))
    run = keep(tmp_path, report)
    assert (run.as_of, run.kept_at, run.exposures, run.set_aside, run.assets) == ("2024-06-25", AT, 2, 1, 3)
    assert (run.is_complete, run.findings, run.obligations, run.zones) == (True, 2, 2, ("America/New_York",))
    assert list(run.files) == ["findings", "observations", "reports"]
    with ledger.opened(place(str(tmp_path))) as history:
        assert runs.report(history, run) == report
        with history.reading() as connection:
            assert [one.run for one in runs.kept(history, connection)] == [run]
            counts = {
                table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar()
                for table in (*tables.OF_RUNS, tables.EXPOSURES, tables.LOOKS, tables.FILES, tables.LOG)
            }
    assert counts == {
        "sightings": 3, "decisions": 1, "obligations": 2, "exposures": 3, "looks": 3, "files": 3, "log": 1,
    }  # fmt: skip
    assert whole(tmp_path) == checking.Checked(1, 3, (), ())
    findings = lake.path(tmp_path, "findings", run.files["findings"])
    assert pq.read_table(findings).num_rows == 2


def test_the_same_report_is_the_same_run(tmp_path: Path) -> None:
    """A scan that is repeated is not kept twice, and keeps the instant at which it was first known."""
    first = keep(tmp_path, kept.report("2024-06-25", "ws-1"))
    again = keep(tmp_path, kept.report("2024-06-25", "ws-1"), "2024-07-01T00:00:00Z")
    assert first == again
    assert whole(tmp_path).runs == 1


@pytest.mark.parametrize("at_once", [1, 2, 10_000])
def test_a_report_in_pieces_is_the_report(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """However much of a list is written at a time, and where there is nothing in it, the bytes are those of the whole."""
    monkeypatch.setattr(keeping, "_AT_ONCE", at_once)
    for report in (kept.report("2024-06-25", "a", "b", "c"), kept.report("2024-06-25")):
        assert b"".join(keeping._pieces(report)) == msgspec.json.encode(report)


def test_runs_share_what_is_alike(tmp_path: Path) -> None:
    """Findings, exposures and looks that do not change from run to run lie there once."""
    one, two = (keep(tmp_path, kept.report(day, "ws-1")) for day in ("2024-06-25", "2024-06-26"))
    assert one.files["findings"] == two.files["findings"]
    with ledger.opened(place(str(tmp_path))) as history, history.reading() as connection:
        for table, count in ((tables.LOOKS, 1), (tables.EXPOSURES, 1), (tables.SIGHTINGS, 2), (tables.LOG, 2)):
            assert connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() == count, table.name
    assert whole(tmp_path) == checking.Checked(2, 5 - 1, (), ())


def test_many_rows_go_in_several_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost at the border of a part."""
    monkeypatch.setattr(keeping, "_AT_ONCE", 2)
    keep(tmp_path, kept.report("2024-06-25", *(f"ws-{n}" for n in range(5))))
    assert whole(tmp_path).faults == ()


STEPS = ("writing", "findings", "reports", "begun", "before commit", "committed")
KILLED = """
import os, signal, sys
sys.path[:0] = {paths!r}
import kept
from debar.store import keeping, lake, ledger
from debar.store.places import place
step, folder = sys.argv[1:]

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

finish = lake.finish
def finished(home, kind, file, rows):
    if step == "writing":
        die()
    found = finish(home, kind, file, rows)
    if kind == step:
        die()
    return found
lake.finish = finished
keep = keeping._keep
def kept_(connection, *rest):
    if step == "begun":
        die()
    found = keep(connection, *rest)
    if step == "before commit":
        die()
    return found
keeping._keep = kept_
with keeping.keeping(place(folder)) as run:
    list(run.passing([]))
    found = run.keep(kept.report("2024-07-25", "ws-2"), "2024-07-25T00:00:00Z")
    print(found.id, flush=True)
    if step == "committed":
        die()
"""


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_writer_that_is_killed_loses_nothing_that_was_acknowledged(tmp_path: Path, step: str) -> None:
    """Killed with -9 after any step: what was kept before is whole, and so is the run if its id was printed."""
    keep(tmp_path, kept.report("2024-06-25", "ws-1"))
    code = KILLED.format(paths=[str(Path(__file__).parents[1])])
    done = subprocess.run(
        [sys.executable, "-c", code, step, str(tmp_path)], capture_output=True, check=False, text=True, timeout=60
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert bool(done.stdout) == (step == "committed")
    found = whole(tmp_path)
    assert (found.runs, found.faults) == (2 if step == "committed" else 1, ())
    assert bool(found.strays) == (step != "committed")
    # The next writer is not in the way of what the killed one left, and takes the files that are whole.
    keep(tmp_path, kept.report("2024-07-25", "ws-2"), "2024-07-25T00:00:00Z")
    found = whole(tmp_path)
    assert (found.runs, found.faults) == (2, ())
    assert all(file.name.startswith(".partial-") for file in found.strays)


@pytest.mark.slow
def test_writers_at_once_all_keep_their_runs(tmp_path: Path) -> None:
    """Four processes that keep five runs each into a new history: twenty runs, one chain, nothing else."""
    code = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parents[1])!r}]\n"
        "import kept\nfrom debar.store import keeping\nfrom debar.store.places import place\n"
        "for n in range(5):\n"
        "    with keeping.keeping(place(sys.argv[1])) as run:\n"
        "        list(run.passing([]))\n"
        "        print(run.keep(kept.report('2024-06-25', f'ws-{sys.argv[2]}-{n}')).id)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)], stdout=subprocess.PIPE, text=True)
        for n in range(4)
    ]
    said = [writer.communicate(timeout=120)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    found = whole(tmp_path)
    assert (found.runs, found.faults, found.strays) == (20, (), ())
    with ledger.opened(place(str(tmp_path))) as history, history.reading() as connection:
        assert {one.run.id for one in runs.kept(history, connection)} == {id_ for ids in said for id_ in ids}


@pytest.mark.parametrize("room", [200, 2_000, 5_000, 20_000, 60_000])
def test_a_full_disk_keeps_nothing_of_a_run_and_all_of_those_before(tmp_path: Path, room: int) -> None:
    """Wherever the room ends: the run is not kept, that is said, and the history is as it was."""
    first = keep(tmp_path, kept.report("2024-06-25", "ws-1"))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(StoreError):
            keep(tmp_path, kept.report("2024-07-25", *(f"{os.urandom(40).hex()}-{n}" for n in range(600))))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handled)
    found = whole(tmp_path)
    assert (found.runs, found.faults) == (1, ())
    with ledger.opened(place(str(tmp_path))) as history:
        assert runs.report(history, first).as_of == "2024-06-25"
    keep(tmp_path, kept.report("2024-07-25", "ws-1"))
    assert whole(tmp_path).runs == 2


def test_a_scan_that_fails_leaves_no_run(tmp_path: Path) -> None:
    """What raises while a run is on its way is not swallowed, and leaves no half file."""
    with pytest.raises(BrokenPipeError), keeping.keeping(place(str(tmp_path))) as run:
        list(run.passing([]))
        raise BrokenPipeError
    assert whole(tmp_path) == checking.Checked(0, 0, (), ())
