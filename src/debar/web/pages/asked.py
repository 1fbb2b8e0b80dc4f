# SPDX-License-Identifier: Apache-2.0
"""What a list is asked for: the parameters of its address, read strictly, as the queries of the portfolio take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.errors import UsageError

if TYPE_CHECKING:
    from fastapi import Request

SIZE = 50
_LONGEST = 400


class Paged(NamedTuple):
    """Which rows of a list, in which order."""

    sort: str
    page_token: str
    page_size: int = SIZE


def paged(request: Request, sort: str) -> Paged:
    """Give which rows are asked for; `sort` is the order where none is named."""
    return Paged(text(request, "sort") or sort, text(request, "page"))


def text(request: Request, name: str) -> str:
    """Give a parameter, or nothing; UsageError for one that nobody would write."""
    value = request.query_params.get(name, "").strip()
    if len(value) > _LONGEST:
        raise UsageError(f"{name}: has more than {_LONGEST} characters", hint="write less")
    return value


def several(request: Request, name: str) -> tuple[str, ...]:
    """Give every value of a parameter, each once."""
    return tuple(dict.fromkeys(value for value in request.query_params.getlist(name) if value))


def number(request: Request, name: str) -> int:
    """Give a parameter that is a small number; 0 for none."""
    value = text(request, name)
    if value and not (value.isascii() and value.isdecimal() and len(value) <= 4):
        raise UsageError(f"{name}: {value[:40]!r} is no number", hint="write digits")
    return int(value or 0)


def flag(request: Request, name: str) -> bool:
    """Tell whether a box is ticked."""
    return bool(text(request, name))


def perhaps(request: Request, name: str) -> bool | None:
    """Give what is wanted of something that may be so, may not, or may be either."""
    return {"yes": True, "no": False}.get(text(request, name))
