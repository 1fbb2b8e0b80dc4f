# SPDX-License-Identifier: Apache-2.0
"""Work behind the pages, as people see it: added, listed, given up, done again, and forgotten long after. Workers hold it (`holding`)."""

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

if TYPE_CHECKING:
    from collections.abc import Collection

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

_KEPT_DAYS = 90
"""How long it is known what became of a job."""
LARGEST_PAGE = 1000
OPEN = (JobState.QUEUED, JobState.RUNNING)
COLUMNS = [JOBS.c[name] for name in Job.__struct_fields__]


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
    if known := connection.execute(sa.select(*COLUMNS).where(same).limit(1)).first():
        return job_of(known)
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
    held = {"held_by": "", "held_until": within(after) if after else "", "order": order}
    connection.execute(sa.insert(JOBS), {**row, "kind": str(kind), "state": str(job.state), **held})
    return job


def cancel(portfolio: Portfolio, estate: Estate, id_: str) -> Job:
    """Give up a job that is not over; ConflictError where it is. Whoever works on it hears so."""
    return _changed(portfolio, estate, id_, OPEN, over({"state": str(JobState.CANCELLED)}))


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
    query = sa.select(*COLUMNS, JOBS.c.order).where(*wanted).order_by(JOBS.c.order.desc()).limit(size + 1)
    if page_token:
        query = query.where(JOBS.c.order < int(page_token))
    with portfolio.reading() as connection:
        rows = connection.execute(query).all()
        total = connection.execute(sa.select(sa.func.count()).select_from(JOBS).where(*wanted)).scalar_one()
    more = str(rows[size - 1].order) if len(rows) > size else ""
    return Page(items=tuple(map(job_of, rows[:size])), next_page_token=more, total=total)


def counts(portfolio: Portfolio) -> dict[tuple[JobKind, JobState], int]:
    """Give how many jobs of each kind are how far, in all organisations."""
    query = sa.select(JOBS.c.kind, JOBS.c.state, sa.func.count()).group_by(JOBS.c.kind, JOBS.c.state)
    with portfolio.reading() as connection:
        return {(JobKind(kind), JobState(state)): count for kind, state, count in connection.execute(query)}


def forget(portfolio: Portfolio) -> int:
    """Take out what was over long ago; give how many jobs that were."""
    before = dates.stamp(now() - timedelta(days=_KEPT_DAYS))
    is_old = sa.and_(JOBS.c.ended_at != "", JOBS.c.ended_at < before, JOBS.c.state.not_in(list(map(str, OPEN))))
    with portfolio.writing() as connection:
        return connection.execute(sa.delete(JOBS).where(is_old)).rowcount


def over(values: dict[str, Any]) -> dict[str, Any]:
    """Give what is written of a job that is over."""
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
    query = sa.select(*COLUMNS).where(JOBS.c.id == id_, JOBS.c.organisation == estate.organisation)
    row = connection.execute(query).first()
    if row is None:
        raise NotThereError("there is no such job")
    return job_of(row)


def job_of(row: Any) -> Job:  # noqa: ANN401 - a row of the table of jobs
    """Give a job from its row."""
    found = {name: getattr(row, name) for name in Job.__struct_fields__}
    return Job(**{**found, "kind": JobKind(row.kind), "state": JobState(row.state)})


def now() -> datetime:
    """Give the present, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def within(seconds: int) -> str:
    """Give the instant in so many seconds; to the second, so that instants compare as texts."""
    return dates.stamp(now() + timedelta(seconds=seconds))
