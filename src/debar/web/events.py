# SPDX-License-Identifier: Apache-2.0
"""How far jobs are, told while they are worked on: server-sent events, for pages and programs alike.

1. First every job that is not over, and those that came to their end a moment ago; then each as it changes.
2. Who asks is looked at again and again: a session that ends, or a key that is revoked, ends the events too.
3. There are only so many at once for each caller, and none lasts for ever: browsers ask again by themselves.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from debar.errors import DebarError, LimitError, StoreError
from debar.model.portfolio import Job
from debar.model.vocab.portfolio import Permission
from debar.portfolio import estates, jobs
from debar.web.here import Here, Reading
from debar.web.security import callers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

EVERY = 1.0
"""Seconds between two looks."""
QUIET = 15.0
"""Seconds after which a line is sent that says nothing, so that nobody takes the connection for dead."""
LASTS = 15 * 60.0
"""Seconds after which events end."""
MOST = 6
"""Of one caller at once."""
_CHECKED = 30.0
"""Seconds between two looks at who asks."""
_NEWEST = 50
"""Jobs that are looked at."""
_open: Counter[str] = Counter()
router = APIRouter(include_in_schema=False)


@router.get("/o/{organisation}/events")
async def follow_jobs(request: Request, here: Reading) -> StreamingResponse:
    """Follow the jobs of an organisation as they are worked on, by server-sent events."""
    if _open[here.caller.id] >= MOST:
        raise LimitError(f"events are followed {MOST} times already", hint="close a page that follows them", after=5)
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_counted(request, here), media_type="text/event-stream", headers=headers)


async def _counted(request: Request, here: Here) -> AsyncIterator[str]:
    who = here.caller.id
    _open[who] += 1
    try:
        async for text in _events(request, here):
            yield text
    finally:
        _open[who] -= 1
        if not _open[who]:
            del _open[who]


async def _events(request: Request, here: Here) -> AsyncIterator[str]:
    """Yield the events until nobody listens, or whoever asks may no longer."""
    told: dict[str, Job] = {}
    begun = checked = spoken = time.monotonic()
    yield "retry: 3000\n\n"
    while time.monotonic() - begun < LASTS and not await request.is_disconnected():
        now = time.monotonic()
        try:
            if now - checked >= _CHECKED:  # 2.
                checked = now
                await run_in_threadpool(_look_again, request, here)
            text = "".join(map(event, await run_in_threadpool(_news, here, told)))
        except StoreError:
            text = ": the database does not answer\n\n"
        except DebarError:
            return
        if text or now - spoken >= QUIET:
            spoken = now
            yield text or ": nothing new\n\n"
        await asyncio.sleep(EVERY)


def _look_again(request: Request, here: Here) -> None:
    """Raise what whoever asks would hear, if they asked now."""
    known = callers.known(request, here.portfolio, here.settings)
    estates.entered(here.portfolio, known.caller, here.estate.organisation, Permission.READ)


def _news(here: Here, told: dict[str, Job]) -> list[Job]:
    """Give the jobs that have changed since they were told, the oldest first."""
    newest: Iterable[Job] = jobs.listed(here.portfolio, here.estate, page_size=_NEWEST).items
    found = [job for job in reversed(tuple(newest)) if told.get(job.id) != job]
    told |= {job.id: job for job in found}
    return found


def event(job: Job) -> str:
    """Give a job as an event: its name is how far it is, its data the job itself."""
    return f"id: {job.id}\nevent: {job.state.value}\ndata: {msgspec.json.encode(job).decode()}\n\n"
