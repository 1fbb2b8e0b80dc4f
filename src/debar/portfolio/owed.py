# SPDX-License-Identifier: Apache-2.0
"""Lists of obligations: what is to be done, by when, by whom, about how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import NotThereError
from debar.model.results.found import Result
from debar.model.vocab import Force, State
from debar.portfolio import choosing, summing
from debar.portfolio.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from debar.model.viewed import Owed
    from debar.portfolio.views import View


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


def _chosen(view: View, filters: Filters) -> list[Owed]:
    choosing.check(choosing.Filters(words=filters.words))
    for state in filters.state:
        choosing.known(state, tuple(map(str, State)), "state")
    if filters.force:
        choosing.known(filters.force, tuple(map(str, Force)), "force")
    words = filters.words.casefold().split()
    return [
        row
        for row in view.law.owed
        if (not filters.state or row.state in filters.state)
        and (not filters.force or row.force == filters.force)
        and (not filters.owner or (row.owner or "none") == filters.owner)
        and (not filters.measure or filters.measure in (*row.measures, *row.provisions))
        and (not filters.due_before or (row.due and row.due < filters.due_before))
        and all(word in row.action.casefold() for word in words)
    ]


_KEYS: Mapping[str, Callable[[Owed], object]] = {
    "force": lambda row: row.force is not Force.MUST,
    "due": lambda row: row.due or summing.LAST,
    "exposures": lambda row: row.exposures,
    "owner": lambda row: row.owner.casefold(),
    "action": lambda row: row.action.casefold(),
}
SORTS = tuple(_KEYS)
"""Orders of a list; "-" before one turns it round."""
_OWED = Whole(
    "owed",
    _chosen,
    Filters(),
    keys=_KEYS,
    id_of=lambda row: row.id,
    missing=lambda id_: NotThereError(
        f"there is no obligation {id_[:40]}", hint="the list of obligations shows those of the day"
    ),
    is_in_order=True,
)
listed, rows, one = _OWED.listed, _OWED.rows, _OWED.one
