# SPDX-License-Identifier: Apache-2.0
"""Whether the service lives, and whether it is ready to answer: for whatever starts it, watches it and stands in front of it.

Anybody may ask, and as often as they like: the answers say which part is not in order, and nothing of why, and no more than one of them a
second is worked out.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from debar.errors import DebarError
from debar.portfolio import migrating
from debar.web.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

ROOM = 256 << 20
"""Bytes that have to be free on the disk: less, and soon nothing can be kept."""
router = APIRouter(include_in_schema=False)


@router.get("/healthz")
async def alive() -> JSONResponse:
    """Say that the process answers; whatever does not hear this starts it again."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz")
def ready(request: Request) -> JSONResponse:
    """Say whether requests should be sent here: 503 names what is not in order."""
    found = request.app.state.in_order.get()
    is_ready = all(found.values())
    said = {name: "ready" if holds else "not ready" for name, holds in found.items()}
    return JSONResponse({"status": "ready" if is_ready else "not ready", **said}, 200 if is_ready else 503)


def joined(app: FastAPI) -> None:
    """Have the application remember for a moment what is in order; nothing is before it was looked at."""
    app.state.in_order = Recent(
        lambda: {name: _holds(check, app) for name, check in _CHECKS.items()}, dict.fromkeys(_CHECKS, False)
    )


def room(app: FastAPI) -> int:
    """Give how many bytes are free where files are kept."""
    return shutil.disk_usage(app.state.portfolio.place.lake).free


def _database(app: FastAPI) -> bool:
    with app.state.portfolio.reading() as connection:
        return bool(migrating.revision(connection))


def _tables(app: FastAPI) -> bool:
    with app.state.portfolio.reading() as connection:
        return migrating.revision(connection) == migrating.COMMON.newest


def _workers(app: FastAPI) -> bool:
    return app.state.crew is not None and app.state.crew.alive() > 0


_CHECKS: dict[str, Callable[[FastAPI], bool]] = {
    "database": _database,
    "tables": _tables,
    "disk": lambda app: room(app) >= ROOM,
    "workers": _workers,
}


def _holds(check: Callable[[FastAPI], bool], app: FastAPI) -> bool:
    try:
        return check(app)
    except (DebarError, OSError):
        return False
