# SPDX-License-Identifier: Apache-2.0
"""Lists of obligations: what is to be done, by when, by whom, about how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import NotThereError
from debar.model.results.found import Result
from debar.model.vocab import Force, State
from debar.portfolio import choosing, paging, summing
from debar.portfolio.views import view as viewed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.portfolio import Clock, Page
    from debar.model.viewed import Owed
    from debar.portfolio.estates import Estate

SORTS = ("force", "due", "exposures", "owner", "action")
"""Orders of a list; "-" before one turns it round."""


class Filters(Result, frozen=True, kw_only=True):
    """What a list is about; each part that is stated has to fit."""

    state: tuple[str, ...] = ()
    force: str = ""
    owner: str = ""
    """Who does it; "none" where nobody is named."""
    measure: str = ""
    """A measure, or measure#provision, demands it."""
    due_before: str = ""
    words: str = ""
    """All of these stand in what is to be done."""


ALL = Filters()


def listed(
    estate: Estate,
    clock: Clock,
    filters: Filters = ALL,
    *,
    sort: str = "force",
    page_token: str = "",
    page_size: int = paging.USUAL,
) -> Page[Owed]:
    """Give a page of obligations; UsageError for an order, token, size or word that is none."""
    view = viewed(estate, clock)
    wanted = paging.asked(("owed", filters, sort), view.id, page_token, page_size)
    return paging.of(wanted, chosen(view.law.owed, filters, sort), lambda row: row.id)


def rows(estate: Estate, clock: Clock, filters: Filters = ALL, *, sort: str = "force") -> Sequence[Owed]:
    """Give every obligation of a list."""
    return chosen(viewed(estate, clock).law.owed, filters, sort)


def one(estate: Estate, clock: Clock, id_: str) -> Owed:
    """Give one obligation; NotThereError where there is none of that id on the day."""
    found = next((row for row in viewed(estate, clock).law.owed if row.id == id_), None)
    if found is None:
        raise NotThereError(f"there is no obligation {id_[:40]}", hint="the list of obligations shows those of the day")
    return found


def chosen(every: Sequence[Owed], filters: Filters, sort: str) -> list[Owed]:
    """Give the obligations that a list is about, in its order."""
    choosing.check(choosing.Filters(words=filters.words))
    for state in filters.state:
        choosing.known(state, tuple(map(str, State)), "state")
    if filters.force:
        choosing.known(filters.force, tuple(map(str, Force)), "force")
    words = filters.words.casefold().split()
    found = [
        row
        for row in every
        if (not filters.state or row.state in filters.state)
        and (not filters.force or row.force == filters.force)
        and (not filters.owner or (row.owner or "none") == filters.owner)
        and (not filters.measure or filters.measure in (*row.measures, *row.provisions))
        and (not filters.due_before or (row.due and row.due < filters.due_before))
        and all(word in row.action.casefold() for word in words)
    ]
    keys = {
        "force": lambda row: row.force is not Force.MUST,
        "due": lambda row: row.due or summing.LAST,
        "exposures": lambda row: row.exposures,
        "owner": lambda row: row.owner.casefold(),
        "action": lambda row: row.action.casefold(),
    }
    return paging.put_in_order(found, sort, keys)
