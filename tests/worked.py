# SPDX-License-Identifier: Apache-2.0
"""Work of a portfolio, done at once: in this process where it is quick, by copies of it where limits matter."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from debar.model.vocab.portfolio import JobState
from debar.portfolio import errands, estates, holding, jobs, uploads, working

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.model.portfolio import Job, Upload
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.portfolio.limits_of_work import Limits

WORKER = "worker-of-tests"


def send(portfolio: Portfolio, estate: Estate, files: Mapping[str, bytes]) -> list[Upload]:
    """Upload some files."""
    return [uploads.put(portfolio, estate, name, [content]) for name, content in files.items()]


def at_once(portfolio: Portfolio) -> list[str]:
    """Do what waits in this process, but for runs, which wait a little; give what each job came to."""
    said = []
    while job := holding.take(portfolio, WORKER):
        estate = estates.behind(portfolio, job.organisation)
        work = import_module(errands.KINDS[job.kind].module).work
        result, says = work(portfolio, estate, job.about, lambda *_: None)
        assert holding.end(portfolio, job, WORKER, result=result, says=says)
        said.append(says)
    return said


def copied(portfolio: Portfolio, limits: Limits | None = None) -> Job:
    """Have the next job done by a copy of this process; give it as it is then."""
    job = holding.take(portfolio, WORKER)
    assert job
    working.do(portfolio, WORKER, job, lambda: False, limits=limits)
    return jobs.one(portfolio, estates.behind(portfolio, job.organisation), job.id)


def states(portfolio: Portfolio, estate: Estate) -> dict[JobState, int]:
    """Give how many jobs of an organisation are how far."""
    every = [job.state for job in jobs.listed(portfolio, estate, page_size=1000).items]
    return {state: every.count(state) for state in JobState if state in every}
