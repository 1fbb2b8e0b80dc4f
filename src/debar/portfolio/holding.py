# SPDX-License-Identifier: Apache-2.0
"""Work behind the pages, as workers see it: each job is held by one at a time, and by another one where that one died.

Whoever works says so every few seconds. A hold that runs out is taken by the next worker, and whoever held it hears that the
job is no longer theirs. What a job does is therefore done in one transaction, and done twice it comes to the same.

The clock may be put forward or back. What is held or waits for longer than anything can is of a clock that was put back, and
counts as over; whoever has seen the clock jump leaves what others hold alone for a while, until those who live have said so anew.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from debar import dates
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import jobs
from debar.portfolio.jobs import COLUMNS, OPEN, job_of, over, within
from debar.portfolio.tables import JOBS
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Collection

    from debar.model.portfolio import Job
    from debar.portfolio.databases import Portfolio

HOLD = 60
"""Seconds after which a worker that says nothing counts as dead."""
ATTEMPTS = 3
"""How often a job is begun before it fails for good."""
_FAR = 2 * HOLD
"""Seconds ahead at which no hold or wait can end."""
_PAUSE = 5
"""Seconds before a job is begun again, for each time that it was."""
_LONGEST_WAIT = 20
"""Seconds after which a run no longer waits for files that are still being read."""
_WORDS = 500


def take(
    portfolio: Portfolio, worker: str, kinds: Collection[JobKind] = tuple(JobKind), *, spares: bool = False
) -> Job | None:
    """Give the next job to a worker, who holds it from now on; nothing where none waits.

    Whoever `spares` takes nothing that another holds, though its hold may have run out.

    1. What was begun too often is given up.
    2. A job waits, or its hold ran out; and its time has come.
    3. An organisation with fewer jobs at work comes first, then the older job.
    4. One run of an organisation at a time, and after the files that wait to be read, unless it waited for long.
    """
    with portfolio.reading() as connection:  # most of the time there is nothing, and nobody has to wait for that
        if connection.execute(_waiting(kinds, spares=spares)).first() is None:
            return None
    with portfolio.writing() as connection:
        if not spares:
            _give_up(connection)  # 1.
        found = connection.execute(_waiting(kinds, spares=spares)).first()
        if found is None:
            return None
        connection.execute(
            sa.update(JOBS)
            .where(JOBS.c.id == found.id)
            .values(
                state=str(JobState.RUNNING),
                held_by=worker,
                held_until=within(HOLD),
                attempts=JOBS.c.attempts + 1,
                started_at=dates.present(),
                done=0,
                of=0,
                says="",
            )
        )
        return job_of(connection.execute(sa.select(*COLUMNS).where(JOBS.c.id == found.id)).one())


def hold(portfolio: Portfolio, job: Job, worker: str, *, done: int = 0, of: int = 0, says: str = "") -> bool:
    """Say that a worker still works, and how far it is; tell whether the job is still its own."""
    values = {"held_until": within(HOLD), "done": done, "of": of, "says": keepable(says)[:_WORDS]}
    with portfolio.writing() as connection:
        return connection.execute(sa.update(JOBS).where(_held(job, worker)).values(values)).rowcount > 0


def end(portfolio: Portfolio, job: Job, worker: str, *, result: str = "", says: str = "") -> bool:
    """End a job that came to something; tell whether it was still this worker's. A second end changes nothing."""
    with portfolio.writing() as connection:
        return ended(connection, job, worker, result=result, says=says)


def ended(connection: sa.Connection, job: Job, worker: str, *, result: str = "", says: str = "") -> bool:
    """End a job within a transaction of what all share."""
    values = {"state": str(JobState.DONE), "result": result, "says": keepable(says)[:_WORDS], "fault": ""}
    query = sa.update(JOBS).where(_held(job, worker)).values(over(values))
    return connection.execute(query).rowcount > 0


def fail(portfolio: Portfolio, job: Job, worker: str, fault: str, *, is_final: bool) -> JobState:
    """End an attempt that came to nothing; give FAILED where there is no other, and QUEUED where there will be one."""
    is_over = is_final or job.attempts >= ATTEMPTS
    values: dict[str, Any] = {"fault": keepable(fault)[:_WORDS]}
    if is_over:
        values = over({**values, "state": str(JobState.FAILED)})
    else:
        values |= {"state": str(JobState.QUEUED), "held_by": "", "held_until": within(_PAUSE * job.attempts)}
    with portfolio.writing() as connection:
        connection.execute(sa.update(JOBS).where(_held(job, worker)).values(values))
    return JobState.FAILED if is_over else JobState.QUEUED


def put_back(portfolio: Portfolio, job: Job, worker: str) -> None:
    """Leave a job to others, as if it had not been begun: whoever worked on it has to end."""
    values = {"state": str(JobState.QUEUED), "held_by": "", "held_until": "", "attempts": JOBS.c.attempts - 1}
    with portfolio.writing() as connection:
        connection.execute(sa.update(JOBS).where(_held(job, worker)).values(values))


def release(portfolio: Portfolio, worker: str) -> int:
    """Let others have the jobs of a worker that is known to be dead, without waiting; give how many there were."""
    query = sa.update(JOBS).where(JOBS.c.state == JobState.RUNNING, JOBS.c.held_by == worker)
    with portfolio.writing() as connection:
        return connection.execute(query.values(held_until="")).rowcount


def _waiting(kinds: Collection[JobKind], *, spares: bool = False) -> sa.Select[Any]:
    """Give the question for the job that comes next: steps 2 to 4 of `take`."""
    other, rival = JOBS.alias(), JOBS.alias()
    waits = sa.and_(JOBS.c.state == JobState.QUEUED, _ran_out(JOBS))
    is_free = sa.or_(waits, sa.and_(JOBS.c.state == JobState.RUNNING, ~_is_held(JOBS, spares=spares)))  # 2.
    at_work = (  # 3.
        sa.select(sa.func.count())
        .where(other.c.organisation == JOBS.c.organisation, _is_held(other, spares=spares))
        .scalar_subquery()
    )
    is_run = JOBS.c.kind == JobKind.RUN
    patient = JOBS.c.created_at > dates.stamp(jobs.now() - timedelta(seconds=_LONGEST_WAIT))
    is_before = sa.or_(  # 4.
        sa.and_(rival.c.kind == JobKind.RUN, _is_held(rival, spares=spares)),
        sa.and_(rival.c.kind == JobKind.READ, rival.c.state.in_(list(map(str, OPEN))), patient),
    )
    must_wait = sa.exists().where(rival.c.organisation == JOBS.c.organisation, rival.c.id != JOBS.c.id, is_before)
    query = sa.select(JOBS.c.id).where(JOBS.c.kind.in_(list(map(str, kinds))), is_free, ~sa.and_(is_run, must_wait))
    # A run that may begin goes before files that came while it waited: there may always be more of them.
    return query.order_by(at_work, sa.case((is_run, 0), else_=1), JOBS.c.order).limit(1)


def _give_up(connection: sa.Connection) -> None:
    """Fail what was begun as often as it may be, and whose worker is dead each time."""
    dead = (JOBS.c.state == JobState.RUNNING, _ran_out(JOBS), JOBS.c.attempts >= ATTEMPTS)
    fault = f"its worker died {ATTEMPTS} times"
    connection.execute(sa.update(JOBS).where(*dead).values(over({"state": str(JobState.FAILED), "fault": fault})))


def _ran_out(jobs: sa.FromClause) -> sa.ColumnElement[bool]:
    """Give what holds of jobs whose hold or wait is over."""
    return sa.or_(jobs.c.held_until <= dates.present(), jobs.c.held_until > within(_FAR))


def _is_held(jobs: sa.FromClause, *, spares: bool) -> sa.ColumnElement[bool]:
    """Give what holds of jobs that somebody works on; whoever spares others believes all of them but those known to be dead."""
    is_alive = jobs.c.held_until != "" if spares else ~_ran_out(jobs)
    return sa.and_(jobs.c.state == JobState.RUNNING, is_alive)


def _held(job: Job, worker: str) -> sa.ColumnElement[bool]:
    """Give what holds of a job while a worker has it, at the attempt that it knows of."""
    is_same = sa.and_(JOBS.c.id == job.id, JOBS.c.held_by == worker, JOBS.c.attempts == job.attempts)
    return sa.and_(is_same, JOBS.c.state == JobState.RUNNING)
