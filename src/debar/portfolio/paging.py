# SPDX-License-Identifier: Apache-2.0
"""Pages of a list: where the last one ended, told in a token that nobody has to understand and everybody may send back.

A view never changes, so a place in its order is a key. Where the view is another by now, for a run came in between, the
list goes on behind what was told last, as long as that is still there.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec

from debar.errors import UsageError, did_you_mean
from debar.model.portfolio import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Row = TypeVar("Row")
MOST = 500
"""Rows of a page."""
USUAL = 50
_SHORT = 16
_LONGEST = 400
"""Characters of a token."""


class After(NamedTuple):
    """Where a page ended."""

    list: str
    """Digest of what was asked for."""
    view: str
    place: int
    """In the order of the list; the next page begins there."""
    last: str
    """Id of the last row that was told."""


class Asked(NamedTuple):
    """One page of a list."""

    list: str
    view: str
    size: int
    after: After | None


def asked(what: Sequence[object], view: str, page_token: str, page_size: int) -> Asked:
    """Give which page is asked for; UsageError for a token that is of another list, or none, and for a size that is none."""
    if not 1 <= page_size <= MOST:
        raise UsageError(f"a page of {page_size} rows", hint=f"ask for 1 to {MOST}")
    digest = hashlib.sha256(msgspec.json.encode(what)).hexdigest()[:_SHORT]
    after = _read(page_token) if page_token else None
    if after and after.list != digest:
        raise UsageError("the token of the page is of another list", hint="ask for the first page again")
    return Asked(digest, view[:_SHORT], page_size, after)


def _read(token: str) -> After:
    try:
        content = urlsafe_b64decode(token[:_LONGEST].encode("ascii"))
        list_, view, place, last = msgspec.json.decode(content, type=tuple[str, str, int, str])
    except ValueError as e:
        raise UsageError("the token of the page is none", hint="ask for the first page again") from e
    if place < 0:
        raise UsageError("the token of the page is none", hint="ask for the first page again")
    return After(list_, view, place, last)


def page(
    wanted: Asked,
    total: int,
    told: Callable[[int, int], Iterable[Row]],
    id_of: Callable[[Row], str],
    again: Callable[[str], int | None] = lambda _: None,
) -> Page[Row]:
    """Give a page: `told` gives the rows from one place of the order to another.

    `again` gives the place of the row with an id in the order as it is now, or nothing where it is gone.
    """
    start = 0
    if after := wanted.after:
        start = after.place
        if after.view != wanted.view and (place := again(after.last)) is not None:
            start = place + 1
    end = min(start + wanted.size, total)
    items = tuple(told(start, end)) if start < end else ()
    token = ""
    if items and end < total:
        content = msgspec.json.encode((wanted.list, wanted.view, end, id_of(items[-1])))
        token = urlsafe_b64encode(content).decode()
    return Page(items=items, next_page_token=token, total=total)


def of(wanted: Asked, every: Sequence[Row], id_of: Callable[[Row], str]) -> Page[Row]:
    """Give a page of rows that are all there."""
    places = {id_of(row): place for place, row in enumerate(every)} if wanted.after else {}
    return page(wanted, len(every), lambda start, end: every[start:end], id_of, places.get)


def put_in_order(
    every: Iterable[Row],
    sort: str,
    keys: Mapping[str, Callable[[Row], Any]],
    name_of: Callable[[Row], str] | None = None,
) -> list[Row]:
    """Give rows in an order; "-" before its name turns it round. UsageError for an order that there is not.

    What is equal is in the order of names, or stays as it was.
    """
    name = sort.removeprefix("-")
    if name not in keys:
        raise UsageError(f"no order is called {name!r}{did_you_mean(name, keys)}", hint=f"one of: {', '.join(keys)}")
    found = sorted(every, key=name_of) if name_of else list(every)
    return sorted(found, key=keys[name], reverse=sort.startswith("-"))
