# SPDX-License-Identifier: Apache-2.0
"""Lists of parties of which something is there, with their products."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debar.errors import NotThereError
from debar.model.results.found import Result
from debar.model.viewed import PartyRow, ProductRow
from debar.portfolio import choosing, columns, shown, summing
from debar.portfolio.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from debar.model.viewed import Alike
    from debar.portfolio.views import View


class Filters(Result, frozen=True, kw_only=True):
    """What a list is about; each part that is stated has to fit."""

    words: str = ""
    """All of these stand in its names, or in those of its products."""
    status: tuple[str, ...] = ()
    """One of these is the gravest of what is there of it."""
    measure: str = ""


def _chosen(view: View, filters: Filters) -> list[PartyRow]:
    choosing.check(choosing.Filters(status=filters.status, words=filters.words))
    words = filters.words.casefold().split()
    return [
        row
        for row in view.put_together("parties", _every)
        if (not filters.status or str(row.status or choosing.NO_ACT) in filters.status)
        and (not filters.measure or filters.measure in row.measures)
        and all(word in _words(row) for word in words)
    ]


def _words(row: PartyRow) -> str:
    return "\n".join((row.name, row.party, *(product.name for product in row.products))).casefold()


def _every(view: View) -> list[PartyRow]:
    groups: dict[str, list[Alike]] = defaultdict(list)
    for kind in view.alike:
        if not kind.aside:
            groups[kind.party].append(kind)
    return [_row(view, party, kinds) for party, kinds in groups.items()]


def _row(view: View, id_: str, kinds: Sequence[Alike]) -> PartyRow:
    party = view.register.parties.get(id_)
    products: dict[str, list[Alike]] = defaultdict(list)
    for kind in kinds:
        products[kind.product].append(kind)
    on = view.rows.asset[columns.among(view.rows.kind, [view.places[kind.id] for kind in kinds])]
    return PartyRow(
        party=id_,
        name=party.name if party else id_,
        country=party.country if party else "",
        exposures=sum(kind.count for kind in kinds),
        assets=columns.distinct(on),
        status=min(kinds, key=lambda kind: kind.rank).status,
        statuses=summing.by_status(kinds),
        due=min((kind.due for kind in kinds if kind.due), default=""),
        measures=tuple(sorted({measure for kind in kinds for measure in shown.measures(kind)})),
        products=tuple(
            ProductRow(
                product=product,
                name=some[0].name,
                exposures=sum(kind.count for kind in some),
                statuses=summing.by_status(some),
            )
            for product, some in sorted(products.items())
        ),
    )


_RANKS = {status: place for place, status in enumerate(summing.ORDER)}
_KEYS: Mapping[str, Callable[[PartyRow], object]] = {
    "status": lambda row: _RANKS[str(row.status or "")],
    "party": lambda row: row.name.casefold(),
    "exposures": lambda row: row.exposures,
    "assets": lambda row: row.assets,
    "due": lambda row: row.due or summing.LAST,
}
SORTS = tuple(_KEYS)
"""Orders of a list; "-" before one turns it round."""
_PARTIES = Whole(
    "parties",
    _chosen,
    Filters(),
    keys=_KEYS,
    id_of=lambda row: row.party,
    missing=lambda id_: NotThereError(
        f"nothing is there of {id_[:40]!r}", hint="the list of parties shows those of the day"
    ),
)
listed, rows, one = _PARTIES.listed, _PARTIES.rows, _PARTIES.one
