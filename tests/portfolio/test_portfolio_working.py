# SPDX-License-Identifier: Apache-2.0
"""What does a job may die of anything: the worker goes on, and says what it was."""

from __future__ import annotations

import gzip
import os
import signal
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

import archived
import composed
import staffed
import worked
from debar.errors import StoreError, UsageError
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import errands, estates, holding, jobs, readings, running, sweeping, uploads, working
from debar.portfolio.crew import Crew
from debar.portfolio.limits_of_work import Limits
from debar.store import runs
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from debar.model.portfolio import Job
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied, and have limits, on Linux")
WIDE, NARROW = Limits(memory=1 << 31, cpu=60, clock=60), Limits(memory=1 << 28, cpu=60, clock=60)


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a new portfolio."""
    with staffed.staffed(place(str(tmp_path / "portfolio"))) as found:
        yield found


@pytest.fixture
def alpha(portfolio: Portfolio) -> Estate:
    """Give an organisation."""
    return estates.behind(portfolio, "alpha")


def asleep(*_: object) -> tuple[str, str]:
    """Do nothing for longer than anybody waits."""
    time.sleep(60)
    return "", ""


def struck(number: int, *_: object) -> tuple[str, str]:
    """Die of a signal."""
    os.kill(os.getpid(), number)
    return "", ""


def until(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.05)


def done_by(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch, work: Callable[..., tuple[str, str]], limits: Limits = WIDE
) -> Job:
    """Have one job done by a function, in a copy of this process."""
    jobs.add(portfolio, estates.behind(portfolio, "alpha"), JobKind.PROOF, "x")
    monkeypatch.setattr(readings, "work", work)
    monkeypatch.setitem(errands.KINDS, JobKind.PROOF, errands.Work("debar.portfolio.readings", WIDE))
    return worked.copied(portfolio, limits)


def test_a_file_is_read_by_a_copy(portfolio: Portfolio, alpha: Estate) -> None:
    """It says what it came to, the upload as well, and a run follows."""
    (upload,) = worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    job = worked.copied(portfolio)
    assert (job.state, job.says) == (JobState.DONE, "5 observations")
    found = uploads.one(alpha, upload.id)
    assert (found.state, found.reader, found.observations, found.skips) == (JobState.DONE, "cyclonedx", 5, 0)
    (run,) = jobs.listed(portfolio, alpha, kind=JobKind.RUN).items
    assert run.state is JobState.QUEUED
    until(lambda: holding.take(portfolio, "other", [JobKind.RUN]) is not None)
    holding.release(portfolio, "other")
    over = worked.copied(portfolio)
    assert over.state is JobState.DONE
    assert over.result == runs.meant(alpha.ledger, "latest").id


def test_too_much_memory(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends at once, and says so; nobody tries it again."""
    job = done_by(portfolio, monkeypatch, lambda *_: (str(len(bytearray(1 << 30))), ""), NARROW)
    assert (job.state, job.fault) == (JobState.FAILED, "used more than 0.25 GB of memory")


def test_too_much_calculation(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """What never ends is ended, and not begun again."""

    def work(*_: object) -> tuple[str, str]:
        while True:
            pass

    job = done_by(portfolio, monkeypatch, work, NARROW._replace(cpu=1))
    assert (job.state, job.fault) == (JobState.FAILED, "used the processor for more than 1 seconds")


def test_too_much_time(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for ever is ended by the clock; the machine may have been busy, so it is begun again."""
    job = done_by(portfolio, monkeypatch, asleep, NARROW._replace(clock=1))
    assert (job.state, job.fault, job.attempts) == (JobState.QUEUED, "took more than 1 seconds", 1)


@pytest.mark.parametrize(
    ("fault", "said", "state"),
    [
        (UsageError("no such fact", hint="name another"), "no such fact; name another", JobState.FAILED),
        (StoreError("the database is away"), "the database is away", JobState.QUEUED),
        (ZeroDivisionError("x\x1b[2J"), "the program failed: ZeroDivisionError: x", JobState.QUEUED),
        (SystemExit(3), "ended without a word (status 0)", JobState.QUEUED),
    ],
)
def test_what_goes_wrong_is_told(
    portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch, fault: BaseException, said: str, state: JobState
) -> None:
    """A refusal is final; what may go better another time is tried again. What is told can be shown."""

    def work(*_: object) -> tuple[str, str]:
        raise fault

    job = done_by(portfolio, monkeypatch, work)
    assert job.fault.startswith(said)
    assert "\x1b" not in job.fault
    assert job.state is state


@pytest.mark.parametrize(
    ("number", "said"),
    [(signal.SIGTERM, "was ended by signal 15 (SIGTERM)"), (signal.SIGKILL, "was killed by the system")],
)
def test_a_copy_that_dies(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    """The worker lives, and others may try."""
    job = done_by(portfolio, monkeypatch, partial(struck, number))
    assert job.fault.startswith(said)
    assert job.state is JobState.QUEUED


def test_the_last_attempt_is_told_where_the_file_is(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be read is known as such, and the next run says so."""
    monkeypatch.setattr(holding, "_PAUSE", 0)
    monkeypatch.setattr(readings, "work", asleep)
    (upload,) = worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    for attempt in range(1, holding.ATTEMPTS + 1):
        assert uploads.one(alpha, upload.id).state is JobState.QUEUED
        job = worked.copied(portfolio, WIDE._replace(clock=0))
        assert job.attempts == attempt
    assert job.state is JobState.FAILED
    found = uploads.one(alpha, upload.id)
    assert (found.state, found.fault) == (JobState.FAILED, "took more than 0 seconds")
    assert jobs.listed(portfolio, alpha, kind=JobKind.RUN).total == 1


def test_a_job_that_is_given_up_is_ended(portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gives up a job that is at work has its copy ended."""
    monkeypatch.setattr(working, "_WORD", 0.0)
    monkeypatch.setattr(working, "_TICK", 0.05)
    marks = alpha.place.lake / "marks"

    def work(*_: object) -> tuple[str, str]:
        marks.write_text(str(os.getpid()))
        time.sleep(60)
        return "", ""

    jobs.add(portfolio, alpha, JobKind.READ, "x")
    monkeypatch.setattr(readings, "work", work)
    job = holding.take(portfolio, "w")
    assert job

    def is_over() -> bool:
        if marks.exists() and marks.read_text():
            jobs.cancel(portfolio, alpha, job.id) if jobs.one(portfolio, alpha, job.id).state in jobs.OPEN else None
        return False

    assert working.do(portfolio, "w", job, is_over) is None
    assert jobs.one(portfolio, alpha, job.id).state is JobState.CANCELLED
    with pytest.raises(ProcessLookupError):
        os.kill(int(marks.read_text()), 0)


def test_a_worker_that_ends_puts_its_job_back(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for the hold, and no attempt is lost."""
    monkeypatch.setattr(readings, "work", asleep)
    monkeypatch.setattr(working, "_TICK", 0.05)
    jobs.add(portfolio, alpha, JobKind.READ, "x")
    job = holding.take(portfolio, "w")
    assert job
    assert working.do(portfolio, "w", job, lambda: True) is JobState.QUEUED
    again = holding.take(portfolio, "w2")
    assert again
    assert again.attempts == 1


def test_how_far_it_is(portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks sees what the copy said."""
    seen: list[tuple[int, int, str]] = []
    monkeypatch.setattr(errands, "_OFTEN", -1.0)
    monkeypatch.setattr(working, "_TICK", 0.05)
    held = holding.hold

    def hold(portfolio: Portfolio, job: Job, worker: str, *, done: int = 0, of: int = 0, says: str = "") -> bool:
        seen.append((done, of, says))
        return held(portfolio, job, worker, done=done, of=of, says=says)

    monkeypatch.setattr(holding, "hold", hold)

    def work(_p: object, _e: object, _a: object, told: Callable[[int, int, str], None]) -> tuple[str, str]:
        for number in (1, 2):
            told(number, 2, "part")
            time.sleep(0.5)
        return "x", "done"

    monkeypatch.setattr(readings, "work", work)
    jobs.add(portfolio, alpha, JobKind.READ, "x")
    assert worked.copied(portfolio).state is JobState.DONE
    assert seen == [(1, 2, "part"), (2, 2, "part")]


def test_what_a_kill_left_is_found(portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload without a job, one whose job was given up, and a run that nobody asked for."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(jobs, "add", killed)
        worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    (upload,) = uploads.listed(alpha).items
    assert jobs.listed(portfolio, alpha).total == 0
    sweeping.Sweeper(portfolio).sweep()
    assert worked.at_once(portfolio) == ["5 observations"]
    sweeper = sweeping.Sweeper(portfolio)
    sweeper.sweep()
    assert "exposure" in worked.at_once(portfolio)[0]
    sweeper.sweep(at_once=True)
    assert worked.at_once(portfolio) == []
    (other,) = worked.send(portfolio, alpha, {"spdx.json": composed.SPDX})
    (job,) = jobs.listed(portfolio, alpha, states=[JobState.QUEUED]).items
    jobs.cancel(portfolio, alpha, job.id)
    sweeper.sweep(at_once=True)
    assert uploads.one(alpha, other.id).state is JobState.CANCELLED
    assert running.due(alpha) == "" or worked.at_once(portfolio)
    assert uploads.one(alpha, upload.id).state is JobState.DONE


def test_a_run_that_waits_is_not_asked_for_again(portfolio: Portfolio, alpha: Estate) -> None:
    """Whoever looks for what is due sees that somebody has asked for it."""
    worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    worked.copied(portfolio)
    sweeping.Sweeper(portfolio).sweep()
    assert jobs.listed(portfolio, alpha, kind=JobKind.RUN).total == 1


def test_files_that_nobody_finished_are_removed(portfolio: Portfolio, alpha: Estate) -> None:
    """After a day; what somebody is still sending stays."""
    worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
    folder = alpha.place.lake / "uploads"
    old, new = folder / ".partial-1-a", folder / ".partial-2-b"
    for file in (old, new):
        file.write_bytes(b"x")
    os.utime(old, (1, 1))
    sweeping.Sweeper(portfolio).sweep()
    assert (old.exists(), new.exists()) == (False, True)


HOSTILE = {
    "bomb.gz": gzip.compress(gzip.compress(bytes(1 << 26), 9), 9),
    "bomb.json.gz": gzip.compress(composed.CYCLONEDX[:-1] + b', "x": "' + b"0" * (1 << 26), 9),
    "deep.json": b"[" * 200_000,
    "deep.xml": b"<?xml version='1.0'?><bom xmlns='http://cyclonedx.org/schema/bom/1.5'>" + b"<a>" * 100_000,
    "laughs.xml": b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9))
    + b']><bom xmlns="http://cyclonedx.org/schema/bom/1.5">&a8;</bom>',
    "up.zip": archived.zipped({"../../../../etc/cron.d/x": b"x", "/etc/passwd": composed.DPKG}),
    "cut.tar": archived.tarred({"var/lib/dpkg/status": composed.DPKG})[:700],
    "nul.csv": b"\0" * 100_000,
    "long.log": composed.ZEEK + b"x" * (1 << 23),
    "entity.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "numbers.json": composed.CYCLONEDX.replace(b'"version": 1,', b'"version": ' + b"9" * 100_000 + b","),
    "utf16.csv": b"\xff\xfe" + b"\xd8" * 9_999,
}


@pytest.mark.slow
def test_hostile_files_leave_the_workers_alive(portfolio: Portfolio, alpha: Estate) -> None:
    """Bombs, entities, paths that lead elsewhere, what is cut off: each is told, good ones are read, nobody dies."""
    with Crew(portfolio, 2) as crew:
        pids = crew.pids()
        worked.send(portfolio, alpha, {**HOSTILE, "good.json": composed.CYCLONEDX})
        until(lambda: not worked.states(portfolio, alpha).keys() & set(jobs.OPEN), 300)
        assert crew.pids() == pids
        assert crew.alive() == 2
    found = {one.name: one for one in uploads.current(alpha)}
    assert (found["good.json"].state, found["good.json"].observations) == (JobState.DONE, 5)
    report = runs.report(alpha.ledger, runs.meant(alpha.ledger, "latest"))
    told = {skip.source.partition("!")[0] for skip in report.skips}
    silent = {source.path for source in report.sources if not source.observations}
    assert set(HOSTILE) <= told | silent | {"numbers.json", "up.zip", "long.log"}
    assert not any("root:" in skip.reason for skip in report.skips)


@pytest.mark.slow
def test_a_crew_outlives_its_workers(portfolio: Portfolio, alpha: Estate) -> None:
    """A worker that is killed is followed by another, which takes its jobs at once: to read, to run, to look; none is left when the crew ends."""
    with Crew(portfolio, 1) as crew:
        (first,) = crew.pids()
        until(lambda: crew.alive() == 1)
        os.kill(first, signal.SIGKILL)
        until(lambda: crew.alive() == 1 and crew.pids() != [first])
        worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
        until(lambda: worked.states(portfolio, alpha) == {JobState.DONE: 3})
        pids = crew.pids()
    for pid in (first, *pids):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
