# SPDX-License-Identifier: Apache-2.0
"""Uploads: files are sent, read by workers while the page tells how far they are, and kept as runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from debar.model.covered import SourceRow
from debar.model.portfolio import Job, Upload
from debar.model.vocab.portfolio import JobState
from debar.portfolio import coverage, jobs, running, uploads
from debar.web.here import Reading, Working
from debar.web.kept import kept
from debar.web.pages import asked, chosen, showing
from debar.web.pages.sheets import every, sheet
from debar.web.security.frame import large

if TYPE_CHECKING:
    from collections.abc import Iterator

router = APIRouter(prefix="/o/{organisation}")
LARGEST_FORM = 4 << 30
"""Bytes of all files that are sent by one form; the API takes larger ones, one at a time."""
_JOBS = 6


@router.get("/uploads")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show what was sent, how far it was read, and the work behind it."""
    narrowed = _narrowed(request)
    found = uploads.listed(here.estate, **narrowed, page_token=asked.text(request, "page"), page_size=asked.SIZE)
    work = jobs.listed(here.portfolio, here.estate, page_size=_JOBS)
    is_busy = any(job.state in jobs.OPEN for job in work.items)
    return showing.page(
        request, here, "uploads.html", section="uploads", rows=found, jobs=work, is_busy=is_busy, states=list(JobState),
        state=narrowed["states"][0] if len(narrowed["states"]) == 1 else "", q=narrowed["words"], removed=narrowed["is_removed"],
    )  # fmt: skip


@router.get("/uploads.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the list as a file."""
    narrowed = _narrowed(request)
    found = every(
        lambda token: uploads.listed(here.estate, **narrowed, page_token=token, page_size=uploads.LARGEST_PAGE)
    )
    return sheet(here, "uploads", found, Upload)


def _narrowed(request: Request) -> dict[str, Any]:
    """Give what the list is about, as the portfolio takes it."""
    states = tuple(JobState(one) for one in asked.several(request, "state") if one in set(JobState))
    return {"words": asked.text(request, "q"), "states": states, "is_removed": asked.flag(request, "removed")}


@router.get("/jobs.csv")
def jobs_as_csv(here: Reading) -> Response:
    """Give all work that is known as a file."""
    rows = every(lambda token: jobs.listed(here.portfolio, here.estate, page_token=token))
    return sheet(here, "work", rows, Job)


@router.post("/uploads", max_body_size=LARGEST_FORM)
@large
async def send(request: Request, here: Working) -> Response:
    """Take the files of a form."""

    def take(name: str, blocks: Iterator[bytes]) -> Upload:
        return uploads.put(here.portfolio, here.estate, name, blocks, most=here.settings.largest_upload)

    await chosen.files(request, take, most=200, hint="choose one, or drop it on the page")
    return showing.back(request, here, "uploads", said="uploaded")


@router.get("/uploads/{upload}")
@kept
def one(request: Request, here: Reading, upload: str) -> HTMLResponse:
    """Show one upload: what it was taken for, and what of it could not be read."""
    row = uploads.one(here.estate, upload)
    sources = coverage.sources(here.estate, here.clock, coverage.Filters(words=row.name), page_size=asked.SIZE)
    return showing.page(request, here, "upload.html", section="uploads", row=row, sources=sources)


@router.get("/uploads/{upload}/sources.csv")
def sources_as_csv(here: Reading, upload: str) -> Response:
    """Give what the run made of an upload as a file."""
    about = coverage.Filters(words=uploads.one(here.estate, upload).name)
    return sheet(here, "sources", coverage.rows(here.estate, here.clock, about), SourceRow)


@router.post("/uploads/{upload}/remove")
def remove(request: Request, here: Working, upload: str) -> RedirectResponse:
    """Take an upload out of what counts."""
    uploads.remove(here.portfolio, here.estate, upload)
    return showing.back(request, here, "uploads", said="removed")


@router.post("/jobs/run")
def run(request: Request, here: Working) -> RedirectResponse:
    """Have everything worked out anew."""
    running.ask(here.portfolio, here.estate)
    return showing.back(request, here, "uploads", said="queued")


@router.post("/jobs/{job}/cancel")
def cancel(request: Request, here: Working, job: str) -> RedirectResponse:
    """Give up a job."""
    jobs.cancel(here.portfolio, here.estate, job)
    return showing.back(request, here, "uploads", said="stopped")


@router.post("/jobs/{job}/again")
def again(request: Request, here: Working, job: str) -> RedirectResponse:
    """Have a job that failed done again."""
    jobs.again(here.portfolio, here.estate, job)
    return showing.back(request, here, "uploads", said="queued")
