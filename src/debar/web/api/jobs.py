# SPDX-License-Identifier: Apache-2.0
"""Jobs: work behind the pages, how far it is, and what it came to."""

from __future__ import annotations

import msgspec

from debar.model.portfolio import Job, Page
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import jobs
from debar.web import events
from debar.web.api.declared import Operations, Paging, Raw
from debar.web.here import Reading, Working


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of jobs is about."""

    kind: JobKind | None = None
    """What is worked on."""
    state: tuple[JobState, ...] = ()
    """How far they are."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/jobs", has_days=False)
    def list_jobs(here: Reading, asked: Filters, page: Paging) -> Page[Job]:
        """List jobs, the newest first."""
        return jobs.listed(here.portfolio, here.estate, kind=asked.kind, states=asked.state, **page.place)

    operations.get("/jobs/events", has_days=False, raw=Raw(gives="text/event-stream"), gives=Job)(events.follow_jobs)

    @operations.get("/jobs/{job}", has_days=False)
    def read_job(here: Reading, job: str) -> Job:
        """Give a job."""
        return jobs.one(here.portfolio, here.estate, job)

    @operations.post("/jobs/{job}/cancel", status=200)
    def cancel_job(here: Working, job: str) -> Job:
        """Give up a job that is not over."""
        return jobs.cancel(here.portfolio, here.estate, job)

    @operations.post("/jobs/{job}/again", status=200)
    def repeat_job(here: Working, job: str) -> Job:
        """Have a job that failed or was given up done after all."""
        return jobs.again(here.portfolio, here.estate, job)
