# SPDX-License-Identifier: Apache-2.0
"""The API: everything that the pages can do, for programs.

request ──► here (who, where, which days) ──► declared operation ──► portfolio ──► answer
│
document (OpenAPI 3.1), made of the same declarations

declared.py what an operation is · sent.py what somebody sends · answering.py how it is answered, with etags.py and
idempotency.py · schemas.py and document.py describe it · the other modules are its operations, one for each part
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response

from debar.web.api.declared import Operations

if TYPE_CHECKING:
    from fastapi import FastAPI

    from debar.web.api.declared import Operation

BASE = "/api/v1"
_ABOUT = Path(__file__).parents[1] / "assets" / "llms.txt"
OF_ORGANISATION = f"{BASE}/organisations/{{organisation}}"
PARTS = (
    ("organisations", "Organisations", BASE),
    ("accounts", "Accounts", BASE),
    ("members", "Members and keys", OF_ORGANISATION),
    ("uploads", "Uploads", OF_ORGANISATION),
    ("jobs", "Jobs", OF_ORGANISATION),
    ("runs", "Runs", OF_ORGANISATION),
    ("views", "What is there", OF_ORGANISATION),
    ("decisions", "Decisions", OF_ORGANISATION),
    ("duties", "Duties", OF_ORGANISATION),
    ("plans", "Plans", OF_ORGANISATION),
    ("papers", "Papers", OF_ORGANISATION),
    ("register", "Register", OF_ORGANISATION),
    ("proofs", "Proofs", OF_ORGANISATION),
    ("settings", "Settings", OF_ORGANISATION),
    ("hooks", "Hooks", OF_ORGANISATION),
    ("matching", "Matching", OF_ORGANISATION),
    ("match", "Matching", ""),
)
"""Module, what its operations are about, and what their addresses begin with."""
router = APIRouter(include_in_schema=False)


def _operations() -> tuple[Operation, ...]:
    found: list[Operation] = []
    for name, tag, base in PARTS:
        operations = Operations(router, tag, base)
        import_module(f"{__name__}.{name}").declare(operations)
        found += operations.every
    return tuple(found)


OPERATIONS = _operations()
"""Every operation there is."""


@router.get("/llms.txt")
def about() -> Response:
    """Say what the API is for, to programs that read."""
    return FileResponse(_ABOUT, media_type="text/plain; charset=utf-8")


def joined(app: FastAPI) -> None:
    """Have the application describe itself by the operations that were declared.

    Anybody may ask for it, and making it takes longer than most answers: it is made once.
    """
    from debar.web.api import document

    app.openapi = cache(document.document)  # type: ignore[method-assign]  # as FastAPI's own documentation has it
