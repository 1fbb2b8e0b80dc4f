# SPDX-License-Identifier: Apache-2.0
"""Work behind the pages: each job is held by one worker at a time, and by another one where that worker died.

Whoever works says so every few seconds. A hold that runs out is taken by the next worker, and whoever held it hears that the
job is no longer theirs. What a job does is therefore done in one transaction, and done twice it comes to the same.

The clock may be put forward or back. What is held or waits for longer than anything can is of a clock that was put back, and
counts as over; whoever has seen the clock jump leaves what others hold alone for a while, until those who live have said so anew.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from debar import dates
from debar.errors import ConflictError, NotThereError, UsageError
from debar.identity import stable_id
from debar.model.portfolio import Job, Page
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio.tables import JOBS
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Collection

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

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
_KEPT_DAYS = 90
"""How long it is known what became of a job."""
_WORDS = 500
LARGEST_PAGE = 1000
OPEN = (JobState.QUEUED, JobState.RUNNING)
_COLUMNS = [JOBS.c[name] for name in Job.__struct_fields__]


def add(portfolio: Portfolio, estate: Estate, kind: JobKind, about: str, *, once: str = "", after: int = 0) -> Job:
    """Add a job; of those of a kind about the same that still wait, there is only one.

    With `once` there is only ever one job of that word, whatever became of it. It begins `after` so many seconds at the
    earliest. When this returns the job is on the disk.
    """
    with portfolio.writing() as connection:
        return added(connection, estate, kind, about, once=once, after=after)


def added(
    connection: sa.Connection, estate: Estate, kind: JobKind, about: str, *, once: str = "", after: int = 0
) -> Job:
    """Add a job within a transaction of what all share."""
    organisation = estate.organisation
    id_ = stable_id("job", organisation, kind, about, once) if once else f"job-{secrets.token_hex(8)}"
    same = JOBS.c.id == id_
    if not once:
        mine = (JOBS.c.organisation == organisation, JOBS.c.kind == str(kind), JOBS.c.about == about)
        same = sa.and_(*mine, JOBS.c.state == JobState.QUEUED)
    if known := connection.execute(sa.select(*_COLUMNS).where(same).limit(1)).first():
        return _job(known)
    job = Job(
        id=id_,
        organisation=organisation,
        kind=kind,
        about=about,
        state=JobState.QUEUED,
        created_by=estate.caller.id,
        created_at=dates.present(),
    )
    order = (connection.execute(sa.select(sa.func.max(JOBS.c.order))).scalar() or 0) + 1
    row = {name: getattr(job, name) for name in Job.__struct_fields__}
    held = {"held_by": "", "held_until": _in(after) if after else "", "order": order}
    connection.execute(sa.insert(JOBS), {**row, "kind": str(kind), "state": str(job.state), **held})
    return job


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
        now = dates.present()
        connection.execute(
            sa.update(JOBS)
            .where(JOBS.c.id == found.id)
            .values(
                state=str(JobState.RUNNING),
                held_by=worker,
                held_until=_in(HOLD),
                attempts=JOBS.c.attempts + 1,
                started_at=now,
                done=0,
                of=0,
                says="",
            )
        )
        return _job(connection.execute(sa.select(*_COLUMNS).where(JOBS.c.id == found.id)).one())


def hold(portfolio: Portfolio, job: Job, worker: str, *, done: int = 0, of: int = 0, says: str = "") -> bool:
    """Say that a worker still works, and how far it is; tell whether the job is still its own."""
    values = {"held_until": _in(HOLD), "done": done, "of": of, "says": keepable(says)[:_WORDS]}
    with portfolio.writing() as connection:
        return connection.execute(sa.update(JOBS).where(_held(job, worker)).values(values)).rowcount > 0


def end(portfolio: Portfolio, job: Job, worker: str, *, result: str = "", says: str = "") -> bool:
    """End a job that came to something; tell whether it was still this worker's. A second end changes nothing."""
    with portfolio.writing() as connection:
        return ended(connection, job, worker, result=result, says=says)


def ended(connection: sa.Connection, job: Job, worker: str, *, result: str = "", says: str = "") -> bool:
    """End a job within a transaction of what all share."""
    values = {"state": str(JobState.DONE), "result": result, "says": keepable(says)[:_WORDS], "fault": ""}
    query = sa.update(JOBS).where(_held(job, worker)).values(_over(values))
    return connection.execute(query).rowcount > 0


def fail(portfolio: Portfolio, job: Job, worker: str, fault: str, *, is_final: bool) -> JobState:
    """End an attempt that came to nothing; give FAILED where there is no other, and QUEUED where there will be one."""
    is_over = is_final or job.attempts >= ATTEMPTS
    values: dict[str, Any] = {"fault": keepable(fault)[:_WORDS]}
    if is_over:
        values = _over({**values, "state": str(JobState.FAILED)})
    else:
        values |= {"state": str(JobState.QUEUED), "held_by": "", "held_until": _in(_PAUSE * job.attempts)}
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


def cancel(portfolio: Portfolio, estate: Estate, id_: str) -> Job:
    """Give up a job that is not over; ConflictError where it is. Whoever works on it hears so."""
    return _changed(portfolio, estate, id_, OPEN, _over({"state": str(JobState.CANCELLED)}))


def again(portfolio: Portfolio, estate: Estate, id_: str) -> Job:
    """Have a job that failed or was given up done after all; ConflictError for any other."""
    values = {
        "state": str(JobState.QUEUED),
        "attempts": 0,
        "held_by": "",
        "held_until": "",
        "ended_at": "",
        "fault": "",
    }
    return _changed(portfolio, estate, id_, (JobState.FAILED, JobState.CANCELLED), values)


def one(portfolio: Portfolio, estate: Estate, id_: str) -> Job:
    """Give a job of an organisation; NotThereError for none."""
    with portfolio.reading() as connection:
        return _one(connection, estate, id_)


def listed(
    portfolio: Portfolio,
    estate: Estate,
    *,
    kind: JobKind | None = None,
    states: Collection[JobState] = (),
    page_token: str = "",
    page_size: int = 50,
) -> Page[Job]:
    """Give the jobs of an organisation, the newest first."""
    wanted = [JOBS.c.organisation == estate.organisation]
    wanted += [JOBS.c.kind == str(kind)] if kind else []
    wanted += [JOBS.c.state.in_([str(state) for state in states])] if states else []
    if page_token and not (page_token.isascii() and page_token.isdecimal() and len(page_token) <= 18):
        raise UsageError("the page token is none of this list", hint="leave it out to begin at the first page")
    size = max(1, min(page_size, LARGEST_PAGE))
    query = sa.select(*_COLUMNS, JOBS.c.order).where(*wanted).order_by(JOBS.c.order.desc()).limit(size + 1)
    if page_token:
        query = query.where(JOBS.c.order < int(page_token))
    with portfolio.reading() as connection:
        rows = connection.execute(query).all()
        total = connection.execute(sa.select(sa.func.count()).select_from(JOBS).where(*wanted)).scalar_one()
    more = str(rows[size - 1].order) if len(rows) > size else ""
    return Page(items=tuple(map(_job, rows[:size])), next_page_token=more, total=total)


def counts(portfolio: Portfolio) -> dict[tuple[JobKind, JobState], int]:
    """Give how many jobs of each kind are how far, in all organisations."""
    query = sa.select(JOBS.c.kind, JOBS.c.state, sa.func.count()).group_by(JOBS.c.kind, JOBS.c.state)
    with portfolio.reading() as connection:
        return {(JobKind(kind), JobState(state)): count for kind, state, count in connection.execute(query)}


def forget(portfolio: Portfolio) -> int:
    """Take out what was over long ago; give how many jobs that were."""
    before = dates.stamp(_now() - timedelta(days=_KEPT_DAYS))
    is_old = sa.and_(JOBS.c.ended_at != "", JOBS.c.ended_at < before, JOBS.c.state.not_in(list(map(str, OPEN))))
    with portfolio.writing() as connection:
        return connection.execute(sa.delete(JOBS).where(is_old)).rowcount


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
    patient = JOBS.c.created_at > dates.stamp(_now() - timedelta(seconds=_LONGEST_WAIT))
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
    connection.execute(sa.update(JOBS).where(*dead).values(_over({"state": str(JobState.FAILED), "fault": fault})))


def _ran_out(jobs: sa.FromClause) -> sa.ColumnElement[bool]:
    """Give what holds of jobs whose hold or wait is over."""
    return sa.or_(jobs.c.held_until <= dates.present(), jobs.c.held_until > _in(_FAR))


def _is_held(jobs: sa.FromClause, *, spares: bool) -> sa.ColumnElement[bool]:
    """Give what holds of jobs that somebody works on; whoever spares others believes all of them but those known to be dead."""
    is_alive = jobs.c.held_until != "" if spares else ~_ran_out(jobs)
    return sa.and_(jobs.c.state == JobState.RUNNING, is_alive)


def _held(job: Job, worker: str) -> sa.ColumnElement[bool]:
    """Give what holds of a job while a worker has it, at the attempt that it knows of."""
    is_same = sa.and_(JOBS.c.id == job.id, JOBS.c.held_by == worker, JOBS.c.attempts == job.attempts)
    return sa.and_(is_same, JOBS.c.state == JobState.RUNNING)


def _over(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "held_by": "", "held_until": "", "ended_at": dates.present()}


def _changed(
    portfolio: Portfolio, estate: Estate, id_: str, before: Collection[JobState], values: dict[str, Any]
) -> Job:
    with portfolio.writing() as connection:
        job = _one(connection, estate, id_)
        if job.state not in before:
            raise ConflictError(f"the job is {job.state.value}", hint="look at it again")
        connection.execute(sa.update(JOBS).where(JOBS.c.id == id_).values(values))
        return _one(connection, estate, id_)


def _one(connection: sa.Connection, estate: Estate, id_: str) -> Job:
    query = sa.select(*_COLUMNS).where(JOBS.c.id == id_, JOBS.c.organisation == estate.organisation)
    row = connection.execute(query).first()
    if row is None:
        raise NotThereError("there is no such job")
    return _job(row)


def _job(row: Any) -> Job:  # noqa: ANN401 - a row of the table of jobs
    found = {name: getattr(row, name) for name in Job.__struct_fields__}
    return Job(**{**found, "kind": JobKind(row.kind), "state": JobState(row.state)})


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _in(seconds: int) -> str:
    """Give the instant in so many seconds; to the second, so that instants compare as texts."""
    return dates.stamp(_now() + timedelta(seconds=seconds))
