# SPDX-License-Identifier: Apache-2.0
"""What goes wrong between a program and a service, as errors that hold the problem which the service tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from debar.errors import DebarError
from debar.model.exchanged import Problem

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")
_CODES = {401: 4, 403: 4, 404: 4, 409: 4, 412: 4, 413: 3, 415: 3, 422: 3}
"""Exit codes of what somebody can mend; anything else is 4 as well."""


class ProblemError(DebarError):
    """The service says that something went wrong, or does not answer."""

    def __init__(self, problem: Problem) -> None:
        """Take what it says."""
        super().__init__(f"{problem.status} {problem.title}: {problem.detail}", problem.hint)
        self.problem, self.status = problem, problem.status
        self.exit_code = _CODES.get(problem.status, 4)


def decoded(response: httpx2.Response, kind: type[T]) -> T:
    """Give what an answer says; ProblemError for what no service of debar says."""
    try:
        return msgspec.json.decode(response.content, type=kind)
    except msgspec.MsgspecError as e:
        detail = f"the answer is not what this release knows: {e}"
        raise ProblemError(own(502, "Strange answer", detail, "debar version tells yours")) from e


def problem(response: httpx2.Response) -> ProblemError:
    """Give what went wrong, as the service tells it in a response that was read, or as far as it can be told."""
    try:
        return ProblemError(msgspec.json.decode(response.content, type=Problem))
    except msgspec.MsgspecError:
        status = response.status_code
        return ProblemError(own(status, response.reason_phrase or "Error", "whoever answers is no service of debar"))


def away(raised: Exception) -> ProblemError:
    """Give that nobody answers."""
    detail = f"nobody answers: {str(raised) or type(raised).__name__}"
    return ProblemError(own(503, "Not reached", detail, "look whether the service runs, and at its address"))


def own(status: int, title: str, detail: str, hint: str = "") -> Problem:
    """Give a problem of our own, told as a service tells its own."""
    return Problem(type="about:blank", title=title, status=status, detail=detail, instance="", hint=hint)
