# SPDX-License-Identifier: Apache-2.0
"""Lists of which a view holds every row at once: measures, parties, what has to be done. Page, rows and one are the same of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from debar.portfolio import paging
from debar.portfolio.views import view as viewed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from debar.errors import NotThereError
    from debar.model.portfolio import Clock, Page
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View

Narrowed = TypeVar("Narrowed")
Row = TypeVar("Row")


class Whole(Generic[Narrowed, Row]):
    """A list; what has a lifetime is what it is a list of."""

    def __init__(
        self,
        name: str,
        chosen: Callable[[View, Narrowed], list[Row]],
        every: Narrowed,
        *,
        keys: Mapping[str, Callable[[Row], Any]],
        id_of: Callable[[Row], str],
        missing: Callable[[str], NotThereError],
        is_in_order: bool = False,
    ) -> None:
        """Take what chooses the rows of a view, the filters that leave every one, by what they are sorted, and their ids.

        The first of the keys is the order where none is named; what is equal in it is in the order of ids, or as `is_in_order` has it
        already. `missing` gives what is raised for an id that there is not.
        """
        self._name, self._chosen, self._every, self._keys, self._id_of = name, chosen, every, keys, id_of
        self._missing, self._sort, self._name_of = missing, next(iter(keys)), None if is_in_order else id_of

    def listed(
        self,
        estate: Estate,
        clock: Clock,
        filters: Narrowed | None = None,
        *,
        sort: str = "",
        page_token: str = "",
        page_size: int = paging.USUAL,
    ) -> Page[Row]:
        """Give a page; UsageError for an order, token, size or word that is none."""
        view = viewed(estate, clock)
        wanted = paging.asked((self._name, filters or self._every, sort or self._sort), view.id, page_token, page_size)
        return paging.of(wanted, self._rows(view, filters, sort), self._id_of)

    def rows(self, estate: Estate, clock: Clock, filters: Narrowed | None = None, *, sort: str = "") -> list[Row]:
        """Give every row of a list; UsageError for an order or a word that is none."""
        return self._rows(viewed(estate, clock), filters, sort)

    def one(self, estate: Estate, clock: Clock, id_: str) -> Row:
        """Give one by its id; NotThereError where the view has none of it."""
        every = self._chosen(viewed(estate, clock), self._every)
        found = next((row for row in every if self._id_of(row) == id_), None)
        if found is None:
            raise self._missing(id_)
        return found

    def _rows(self, view: View, filters: Narrowed | None, sort: str) -> list[Row]:
        found = self._chosen(view, filters or self._every)
        return paging.put_in_order(found, sort or self._sort, self._keys, self._name_of)
