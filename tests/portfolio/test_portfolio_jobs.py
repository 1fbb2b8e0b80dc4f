# SPDX-License-Identifier: Apache-2.0
"""Jobs are held by one worker at a time, are taken from dead ones, and end once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import staffed
import worked
from debar import dates
from debar.errors import ConflictError, NotThereError, UsageError
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import estates, holding, jobs
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a new portfolio."""
    with staffed.staffed(place(str(tmp_path))) as found:
        yield found


@pytest.fixture
def alpha(portfolio: Portfolio) -> Estate:
    """Give an organisation."""
    return estates.behind(portfolio, "alpha")


def later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Let so many seconds pass."""
    now = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
    monkeypatch.setattr(jobs, "now", lambda: now)
    monkeypatch.setattr(dates, "present", lambda: dates.stamp(now))


def test_a_job_goes_from_hand_to_hand(portfolio: Portfolio, alpha: Estate) -> None:
    """It waits, is at work with what it says, and is over with what it came to."""
    job = jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    assert (job.state, job.created_by) == (JobState.QUEUED, "debar")
    taken = holding.take(portfolio, "w1")
    assert taken is not None
    assert (taken.id, taken.state, taken.attempts) == (job.id, JobState.RUNNING, 1)
    assert holding.take(portfolio, "w2") is None
    assert holding.hold(portfolio, taken, "w1", done=3, of=9, says="reading")
    seen = jobs.one(portfolio, alpha, job.id)
    assert (seen.done, seen.of, seen.says) == (3, 9, "reading")
    assert holding.end(portfolio, taken, "w1", result="x", says="done")
    over = jobs.one(portfolio, alpha, job.id)
    assert (over.state, over.result, over.says, bool(over.ended_at)) == (JobState.DONE, "x", "done", True)


def test_nobody_but_who_holds_it_ends_it(portfolio: Portfolio, alpha: Estate) -> None:
    """Another worker can neither say anything of a job nor end it, and a second end changes nothing."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    job = holding.take(portfolio, "w1")
    assert job is not None
    assert not holding.hold(portfolio, job, "w2")
    assert not holding.end(portfolio, job, "w2", result="wrong")
    assert holding.end(portfolio, job, "w1", result="right")
    assert not holding.end(portfolio, job, "w1", result="again")
    assert jobs.one(portfolio, alpha, job.id).result == "right"


def test_a_dead_worker_loses_its_job(portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a hold has run out another worker takes the job, and the first one hears that it is no longer its own."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    first = holding.take(portfolio, "w1")
    assert first is not None
    later(monkeypatch, holding.HOLD - 10)
    assert holding.take(portfolio, "w2") is None
    later(monkeypatch, holding.HOLD + 1)
    second = holding.take(portfolio, "w2")
    assert second is not None
    assert (second.id, second.attempts) == (first.id, 2)
    assert not holding.hold(portfolio, first, "w1")
    assert not holding.end(portfolio, first, "w1")
    assert holding.end(portfolio, second, "w2")


def test_a_worker_that_comes_back_under_its_name_has_lost_it_as_well(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attempt that was given up cannot end the next one, though the worker is called the same."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    first = holding.take(portfolio, "w1")
    later(monkeypatch, holding.HOLD + 1)
    second = holding.take(portfolio, "w1")
    assert first is not None and second is not None
    assert not holding.end(portfolio, first, "w1")
    assert holding.end(portfolio, second, "w1")


def test_a_job_whose_workers_die_is_given_up(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After three dead workers nobody begins it again, and it says why."""
    job = jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    for attempt in range(holding.ATTEMPTS):
        later(monkeypatch, attempt * (holding.HOLD + 1))
        assert holding.take(portfolio, f"w{attempt}")
    later(monkeypatch, holding.ATTEMPTS * (holding.HOLD + 1))
    assert holding.take(portfolio, "w9") is None
    over = jobs.one(portfolio, alpha, job.id)
    assert (over.state, over.fault) == (JobState.FAILED, "its worker died 3 times")


def test_a_known_death_costs_no_time(portfolio: Portfolio, alpha: Estate) -> None:
    """Whoever sees a worker die lets others have its job at once; those of other workers stay theirs."""
    for number in range(2):
        jobs.add(portfolio, alpha, JobKind.READ, f"upl-{number}")
    mine, other = holding.take(portfolio, "w1"), holding.take(portfolio, "w2")
    assert mine is not None and other is not None
    assert holding.release(portfolio, "w1") == 1
    again = holding.take(portfolio, "w3")
    assert again is not None
    assert again.id == mine.id
    assert holding.hold(portfolio, other, "w2")


def test_a_job_that_is_put_back_was_not_begun(portfolio: Portfolio, alpha: Estate) -> None:
    """A worker that ends in order costs a job no attempt."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    job = holding.take(portfolio, "w1")
    assert job is not None
    holding.put_back(portfolio, job, "w1")
    again = holding.take(portfolio, "w2")
    assert again is not None
    assert again.attempts == 1


def test_faults_that_may_pass_are_tried_again(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three attempts, each a little later; the last fault is told. One that would not pass is told at once."""
    job = jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    for attempt in range(holding.ATTEMPTS):
        taken = holding.take(portfolio, "w")
        assert taken is not None, attempt
        state = holding.fail(portfolio, taken, "w", f"fault {attempt}", is_final=False)
        assert holding.take(portfolio, "w") is None
        later(monkeypatch, 60 * (attempt + 1))
    assert state is JobState.FAILED
    assert jobs.one(portfolio, alpha, job.id).fault == "fault 2"
    jobs.add(portfolio, alpha, JobKind.READ, "upl-2")
    taken = holding.take(portfolio, "w")
    assert taken is not None
    assert holding.fail(portfolio, taken, "w", "never", is_final=True) is JobState.FAILED


def test_what_waits_is_added_once(portfolio: Portfolio, alpha: Estate) -> None:
    """A job about the same that still waits is the same job; one that is at work is not."""
    first = jobs.add(portfolio, alpha, JobKind.RUN, "")
    assert jobs.add(portfolio, alpha, JobKind.RUN, "").id == first.id
    taken = holding.take(portfolio, "w")
    assert taken is not None
    second = jobs.add(portfolio, alpha, JobKind.RUN, "")
    assert second.id != first.id
    assert holding.take(portfolio, "w2") is None, "one run of an organisation at a time"
    assert holding.end(portfolio, taken, "w")
    after = holding.take(portfolio, "w2")
    assert after is not None
    assert after.id == second.id


def test_what_is_to_be_done_once_is(portfolio: Portfolio, alpha: Estate) -> None:
    """Whatever became of it, a job with a word of its own is not added again."""
    first = jobs.add(portfolio, alpha, JobKind.READ, "upl-1", once="first")
    taken = holding.take(portfolio, "w")
    assert taken is not None
    assert holding.end(portfolio, taken, "w")
    again = jobs.add(portfolio, alpha, JobKind.READ, "upl-1", once="first")
    assert (again.id, again.state) == (first.id, JobState.DONE)
    assert jobs.add(portfolio, alpha, JobKind.READ, "upl-1", once="second").state is JobState.QUEUED


def test_a_run_waits_for_what_is_to_be_read(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent together goes into one run; but nobody who sends all the time keeps it away for ever."""
    for number in range(3):
        jobs.add(portfolio, alpha, JobKind.READ, f"upl-{number}")
    jobs.add(portfolio, alpha, JobKind.RUN, "")
    reading = holding.take(portfolio, "w1")
    assert reading is not None
    assert reading.kind is JobKind.READ
    assert holding.take(portfolio, "w2", [JobKind.RUN]) is None
    later(monkeypatch, 61)
    holding.hold(portfolio, reading, "w1")
    run = holding.take(portfolio, "w2")
    assert run is not None
    assert run.kind is JobKind.RUN


def test_a_run_does_not_wait_for_other_organisations(portfolio: Portfolio, alpha: Estate) -> None:
    """Files of one organisation keep no other from its run."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    jobs.add(portfolio, estates.behind(portfolio, "beta-2"), JobKind.RUN, "")
    kinds = [job.kind for _ in range(2) if (job := holding.take(portfolio, "w"))]
    assert sorted(kinds) == [JobKind.READ, JobKind.RUN]


def test_whoever_sends_much_keeps_nobody_waiting(portfolio: Portfolio, alpha: Estate) -> None:
    """An organisation with less at work comes first, though it came later."""
    for number in range(5):
        jobs.add(portfolio, alpha, JobKind.READ, f"upl-{number}")
    beta = estates.behind(portfolio, "beta-2")
    jobs.add(portfolio, beta, JobKind.READ, "upl-b")
    took = [job.organisation for _ in range(3) if (job := holding.take(portfolio, "w"))]
    assert took == ["alpha", "beta-2", "alpha"]


def test_jobs_are_those_of_the_organisation(portfolio: Portfolio, alpha: Estate) -> None:
    """A job of another organisation is not there, whatever is asked of it."""
    job = jobs.add(portfolio, estates.behind(portfolio, "beta-2"), JobKind.READ, "upl-1")
    assert jobs.listed(portfolio, alpha).total == 0
    for ask in (jobs.one, jobs.cancel, jobs.again):
        with pytest.raises(NotThereError):
            ask(portfolio, alpha, job.id)


def test_a_list_has_every_job_once(portfolio: Portfolio, alpha: Estate) -> None:
    """Page by page, the newest first; what is no token is refused."""
    ids = [jobs.add(portfolio, alpha, JobKind.READ, f"upl-{number}").id for number in range(7)]
    found, token = [], ""
    while True:
        page = jobs.listed(portfolio, alpha, page_token=token, page_size=3)
        assert page.total == 7
        found += [job.id for job in page.items]
        if not (token := page.next_page_token):
            break
    assert found == ids[::-1]
    assert jobs.listed(portfolio, alpha, kind=JobKind.RUN).total == 0
    assert jobs.listed(portfolio, alpha, states=[JobState.QUEUED]).total == 7
    for wrong in ("x", "-1", "1' OR 1=1", "9" * 30, "²"):
        with pytest.raises(UsageError):
            jobs.listed(portfolio, alpha, page_token=wrong)


def test_giving_up_and_taking_up(portfolio: Portfolio, alpha: Estate) -> None:
    """What was given up is done by nobody until somebody asks for it again; what is over is not given up."""
    job = jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    taken = holding.take(portfolio, "w")
    assert taken is not None
    assert jobs.cancel(portfolio, alpha, job.id).state is JobState.CANCELLED
    assert not holding.hold(portfolio, taken, "w")
    with pytest.raises(ConflictError):
        jobs.cancel(portfolio, alpha, job.id)
    assert jobs.again(portfolio, alpha, job.id).state is JobState.QUEUED
    taken = holding.take(portfolio, "w")
    assert taken is not None
    assert taken.attempts == 1
    with pytest.raises(ConflictError):
        jobs.again(portfolio, alpha, job.id)


def test_what_was_over_long_ago_is_forgotten(
    portfolio: Portfolio, alpha: Estate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is open stays, however old it is."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    taken = holding.take(portfolio, "w")
    assert taken is not None
    assert holding.end(portfolio, taken, "w")
    jobs.add(portfolio, alpha, JobKind.READ, "upl-2")
    assert jobs.forget(portfolio) == 0
    later(monkeypatch, 91 * 24 * 3600)
    assert jobs.forget(portfolio) == 1
    assert worked.states(portfolio, alpha) == {JobState.QUEUED: 1}


def test_counts_are_those_of_all(portfolio: Portfolio, alpha: Estate) -> None:
    """What is told of the whole portfolio counts every organisation."""
    for estate in (alpha, estates.behind(portfolio, "beta-2")):
        jobs.add(portfolio, estate, JobKind.READ, "upl-1")
    assert jobs.counts(portfolio) == {(JobKind.READ, JobState.QUEUED): 2}


def test_many_workers_take_each_job_once(portfolio: Portfolio, alpha: Estate) -> None:
    """Eight workers at once: no job is taken twice, and none is left."""
    ids = {jobs.add(portfolio, alpha, JobKind.READ, f"upl-{number}").id for number in range(40)}
    took: list[str] = []

    def work(name: str) -> None:
        while job := holding.take(portfolio, name):
            took.append(job.id)
            assert holding.end(portfolio, job, name)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(took) == sorted(ids)
