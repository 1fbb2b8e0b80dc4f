# SPDX-License-Identifier: Apache-2.0
"""Figures for Prometheus: requests by route, jobs, messages, workers, room and memory.

They tell nothing of what an organisation has, and yet are nobody's business: who asks brings a token, or asks from this machine and
not through a proxy.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from starlette.exceptions import HTTPException

from debar.errors import DebarError
from debar.portfolio import jobs
from debar.release import VERSION
from debar.web import health
from debar.web.recent import Recent
from debar.web.settings import LOOPBACK, digest
from debar.web.timings import BOUNDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fastapi import FastAPI

    from debar.model.vocab.portfolio import JobKind, JobState
    from debar.web.timings import Timings
    from debar.web.together import Hands

MEDIA = "text/plain; version=0.0.4; charset=utf-8"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""What a proxy adds: then the machine that asks is another one, wherever the proxy runs."""
_STARTED = time.time()
router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(request: Request) -> PlainTextResponse:
    """Give the figures, in the text format of Prometheus."""
    if not _may(request):
        raise HTTPException(404)
    return PlainTextResponse("".join(f"{line}\n" for line in _lines(request.app)), media_type=MEDIA)


def _may(request: Request) -> bool:
    """Tell whether these figures are for whoever asks."""
    wanted = request.app.state.settings.metrics
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.casefold() == "bearer" and wanted:
        return hmac.compare_digest(wanted, digest(token.strip()))
    host = request.client.host if request.client else ""
    # The name that was asked is looked at too: a page elsewhere can have a name of its own mean this machine.
    asked = request.url.hostname or ""
    return not wanted and {host, asked} <= LOOPBACK and not any(name in request.headers for name in _FORWARDED)


def _lines(app: FastAPI) -> Iterator[str]:
    yield from _family("debar_build_info", "gauge", "Which debar this is.", [({"version": VERSION}, 1)])
    yield from _family("process_start_time_seconds", "gauge", "When it began.", [({}, _STARTED)])
    yield from _requests(app.state.together.timings(app.state.timings))
    crew: Hands | None = app.state.crew
    yield from _family(
        "debar_workers", "gauge", "Worker processes that are alive.", [({}, crew.alive() if crew else 0)]
    )
    pids = {"server": app.state.together.servers(), "worker": crew.pids() if crew else []}
    sizes = [({"process": name}, sum(map(_memory, some))) for name, some in pids.items() if some]
    yield from _family("debar_resident_memory_bytes", "gauge", "Memory that is in use.", sizes)
    free: list[tuple[dict[str, str], int]] = []
    with contextlib.suppress(OSError):
        free.append(({}, health.room(app)))
    yield from _family("debar_disk_free_bytes", "gauge", "Room where files are kept.", free)
    counted = app.state.counted_jobs.get()
    found = [
        ({"kind": kind.value, "state": state.value}, count) for (kind, state), count in sorted((counted or {}).items())
    ]
    yield from _family("debar_jobs", "gauge", "Jobs that are known, by kind and state.", found)
    is_up = int(counted is not None)
    yield from _family("debar_database_up", "gauge", "Whether the database answers.", [({}, is_up)])


def joined(app: FastAPI) -> None:
    """Have the application remember for a moment what the database says."""
    app.state.counted_jobs = Recent(lambda: _jobs(app), None)


def _jobs(app: FastAPI) -> dict[tuple[JobKind, JobState], int] | None:
    """Give the jobs that are known; nothing where the database does not answer."""
    try:
        return jobs.counts(app.state.portfolio)
    except DebarError:
        return None


def _requests(timings: Timings) -> Iterator[str]:
    answered = [
        ({"method": method, "route": route, "status": str(status)}, count)
        for (method, route, status), count in sorted(timings.answered.items())
    ]
    yield from _family("debar_requests_total", "counter", "Requests that were answered.", answered)
    name = "debar_request_duration_seconds"
    yield f"# HELP {name} Time from the request to the end of the answer."
    yield f"# TYPE {name} histogram"
    for route, (buckets, total) in sorted(timings.lasted.items()):
        count = 0
        for bound, more in zip([*map(str, BOUNDS), "+Inf"], buckets, strict=True):
            count += more
            yield _line(f"{name}_bucket", {"route": route, "le": bound}, count)
        yield _line(f"{name}_sum", {"route": route}, total[0])
        yield _line(f"{name}_count", {"route": route}, count)


def _family(name: str, kind: str, says: str, found: Iterable[tuple[Mapping[str, str], float]]) -> Iterator[str]:
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} {kind}"
    for labels, value in found:
        yield _line(name, labels, value)


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    inside = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"{name}{{{inside}}} {value:.9g}" if inside else f"{name} {value:.15g}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _memory(pid: int) -> int:
    """Give the bytes of memory that a process has; what it shares is counted in each."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
