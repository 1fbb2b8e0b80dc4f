# SPDX-License-Identifier: Apache-2.0
"""A table as a file: the same rows as on the page, all of them, written while they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fastapi.responses import StreamingResponse

from debar.portfolio import sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import msgspec

    from debar.model.portfolio import Page
    from debar.web.here import Here

T = TypeVar("T")


def sheet(here: Here, what: str, rows: Iterable[msgspec.Struct], of: type[msgspec.Struct]) -> StreamingResponse:
    """Give a list of an organisation as CSV; its name says what it is, whose, and of which day."""
    return named(f"{what}-{here.estate.organisation}-{here.clock.as_of[:10]}", rows, of)


def named(name: str, rows: Iterable[msgspec.Struct], of: type[msgspec.Struct]) -> StreamingResponse:
    """Give a list as CSV, under a name."""
    return StreamingResponse(
        sheets.written(rows, of),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


def every(fetch: Callable[[str], Page[T]]) -> Iterator[T]:
    """Yield the rows of all pages of a list; `fetch` gives that of a token."""
    token = ""
    while True:
        found = fetch(token)
        yield from found.items
        token = found.next_page_token
        if not token:
            return
