# SPDX-License-Identifier: Apache-2.0
"""What went wrong, as a page: in words, with what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.web.pages import showing

if TYPE_CHECKING:
    from fastapi import Request
    from starlette.responses import Response

    from debar.web.errors_shown import Fault

_TITLES = {
    401: "Sign in first",
    403: "Not allowed",
    404: "Not here",
    405: "Not done this way",
    409: "Somebody was quicker",
    412: "Somebody was quicker",
    413: "Too large",
    422: "Not understood",
    429: "Too often",
    500: "A fault of the program",
    501: "Not installed",
    503: "Away for a moment",
}


def fault(request: Request, told: Fault) -> Response:
    """Give the page of something that went wrong."""
    title = _TITLES.get(told.status, told.title)
    message = f"{told.detail[:1].upper()}{told.detail[1:]}."
    found = showing.alone(
        request, "error.html", status=told.status, title=title, message=message, hint=told.hint, faults=told.faults
    )
    found.headers.update(told.headers or {})
    return found
