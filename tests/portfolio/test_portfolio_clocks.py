# SPDX-License-Identifier: Apache-2.0
"""Promises about the clock of the machine: put an hour forward or back, no job stalls and none is taken from who works on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import staffed
from debar import dates
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import answers, estates, holding, jobs
from debar.portfolio.clocks import Clocks
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

HOUR = 3600


class Machine:
    """A machine whose clock can be put forward and back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Begin now."""
        self.passed, self.put = 0.0, 0.0
        self._begun = datetime.now(UTC).replace(microsecond=0)
        monkeypatch.setattr(jobs, "now", self.now)
        monkeypatch.setattr(dates, "present", lambda: dates.stamp(self.now()))
        self.clocks = Clocks(lambda: self.now().timestamp(), lambda: self.passed)

    def now(self) -> datetime:
        """Give what the clock says."""
        return self._begun + timedelta(seconds=self.passed + self.put)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Give a machine."""
    return Machine(monkeypatch)


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a new portfolio."""
    with staffed.staffed(place(str(tmp_path))) as found:
        yield found


@pytest.fixture
def alpha(portfolio: Portfolio) -> Estate:
    """Give an organisation."""
    return estates.behind(portfolio, "alpha")


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -30 * HOUR, 30 * HOUR])
def test_a_job_at_work_stays_whose_it_is(portfolio: Portfolio, alpha: Estate, machine: Machine, jump: int) -> None:
    """Who has seen the clock jump takes nothing that others hold, and who lives has said so anew by then."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    mine = holding.take(portfolio, "w1")
    assert mine is not None
    machine.put = jump
    for second in range(3 * holding.HOLD):
        machine.passed += 1
        if second % 10 == 9:  # as a worker does
            assert holding.hold(portfolio, mine, "w1")
        assert holding.take(portfolio, "w2", spares=machine.clocks.has_jumped()) is None
    assert holding.end(portfolio, mine, "w1")


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -30 * HOUR, 30 * HOUR])
def test_a_dead_worker_loses_its_job_all_the_same(
    portfolio: Portfolio, alpha: Estate, machine: Machine, jump: int
) -> None:
    """Nobody waits for the clock to come to where it was: some minutes after the jump another has the job."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    assert holding.take(portfolio, "w1")
    machine.put = jump
    waited = 0
    while (taken := holding.take(portfolio, "w2", spares=machine.clocks.has_jumped())) is None:
        machine.passed, waited = machine.passed + 1, waited + 1
        assert waited <= 2 * holding.HOLD
    assert taken.attempts == 2


@pytest.mark.parametrize("jump", [-HOUR, HOUR])
def test_what_waits_for_its_time_does_not_wait_longer(
    portfolio: Portfolio, alpha: Estate, machine: Machine, jump: int
) -> None:
    """A job that begins in some seconds, or again after a pause, begins, and a run does not wait for one that is dead."""
    jobs.add(portfolio, alpha, JobKind.RUN, "", after=5)
    machine.put = jump
    machine.passed += 5
    first = holding.take(portfolio, "w1", spares=machine.clocks.has_jumped())
    assert first is not None
    assert holding.fail(portfolio, first, "w1", "away", is_final=False) is JobState.QUEUED
    machine.put = 0
    machine.passed += 10
    assert holding.take(portfolio, "w1", spares=machine.clocks.has_jumped()) is not None
    machine.put = jump
    jobs.add(portfolio, alpha, JobKind.RUN, "", once="another")
    machine.passed += 3 * holding.HOLD
    machine.clocks.has_jumped()
    machine.passed += 3 * holding.HOLD
    assert holding.take(portfolio, "w2", spares=machine.clocks.has_jumped()) is not None


def test_a_job_whose_workers_seem_dead_is_not_given_up(portfolio: Portfolio, alpha: Estate, machine: Machine) -> None:
    """The third attempt goes on though the clock was put forward beyond its hold."""
    jobs.add(portfolio, alpha, JobKind.READ, "upl-1")
    for attempt in range(holding.ATTEMPTS):
        mine = holding.take(portfolio, f"w{attempt}")
        machine.passed += holding.HOLD + 1
    assert mine is not None
    machine.clocks.has_jumped()
    assert holding.hold(portfolio, mine, "w2")
    machine.put = HOUR
    assert holding.take(portfolio, "w9", spares=machine.clocks.has_jumped()) is None
    assert holding.hold(portfolio, mine, "w2")
    machine.passed += holding.HOLD + 1
    assert not machine.clocks.has_jumped()
    assert jobs.one(portfolio, alpha, mine.id).state is JobState.RUNNING


def test_a_request_that_never_ended_is_free_again(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of a request that was killed is not taken for an hour because the clock was put back."""
    assert answers.begun(portfolio, "a", "x") is None
    known = answers.begun(portfolio, "a", "x")
    assert known is not None and known.status == answers.OPEN

    class Back(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # one zone is enough here
            return datetime.now(UTC) - timedelta(hours=1)

    monkeypatch.setattr(answers, "datetime", Back)
    assert answers.begun(portfolio, "a", "x") is None


def test_time_that_passes_is_no_jump() -> None:
    """Neither waiting nor mending the clock little by little counts."""
    told, steady = [0.0], [0.0]
    clocks = Clocks(lambda: told[0], lambda: steady[0])
    for _ in range(1000):
        told[0] += 63.0
        steady[0] += 60.0
        assert not clocks.has_jumped()
    told[0] += 6.0
    assert clocks.has_jumped()
    steady[0] += holding.HOLD - 1
    told[0] += holding.HOLD - 1
    assert clocks.has_jumped()
    steady[0] += 1
    told[0] += 1
    assert not clocks.has_jumped()
