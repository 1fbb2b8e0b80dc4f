# SPDX-License-Identifier: Apache-2.0
"""Lists of measures that reach something or ask something, with the stages of each and how much each stage reaches."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debar import dates
from debar.errors import NotThereError
from debar.model.results.found import Result
from debar.model.viewed import MeasureRow, StageRow
from debar.obligations.position import GRAVITY
from debar.portfolio import choosing, columns, summing
from debar.portfolio.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from debar.model.measures import Authority, Measure
    from debar.model.viewed import Alike, Owed
    from debar.portfolio.views import View


class Filters(Result, frozen=True, kw_only=True):
    """What a list is about; each part that is stated has to fit."""

    words: str = ""
    """All of these stand in its id, title or citation, or in the name of its authority."""
    status: tuple[str, ...] = ()
    """One of these is the gravest that it says itself."""
    jurisdiction: str = ""
    party: str = ""
    """Something of this party is reached."""


def _chosen(view: View, filters: Filters) -> list[MeasureRow]:
    choosing.check(choosing.Filters(status=filters.status, words=filters.words))
    words = filters.words.casefold().split()
    return [
        row
        for row in (_every(view, filters.party) if filters.party else view.put_together("measures", _every))
        if (not filters.status or str(row.gravest or choosing.NO_ACT) in filters.status)
        and (not filters.jurisdiction or row.jurisdiction == filters.jurisdiction)
        and all(word in f"{row.id}\n{row.title}\n{row.cite}\n{row.authority}".casefold() for word in words)
    ]


def _every(view: View, party: str = "") -> list[MeasureRow]:
    reached: dict[str, list[Alike]] = defaultdict(list)
    for kind in view.alike:
        for measure in dict.fromkeys(one.provision.partition("#")[0] for one in kind.reached):
            if not kind.aside and party in ("", kind.party):
                reached[measure].append(kind)
    asking: dict[str, list[Owed]] = defaultdict(list)
    for owed in view.law.owed:
        for measure in owed.measures:
            asking[measure].append(owed)
    ids = set(reached) if party else {*reached, *asking}
    return [_row(view, view.register.measures[id_], reached[id_], asking[id_]) for id_ in ids]


def _row(view: View, measure: Measure, kinds: Sequence[Alike], asking: Sequence[Owed]) -> MeasureRow:
    authority = view.register.authorities[measure.authority]
    says = {kind.id: choosing.said(view, kind, measure.id) for kind in kinds}
    counts: dict[str, int] = defaultdict(int)
    now = summing.moment(view.question.as_of)
    for kind in kinds:
        counts[str(says[kind.id] or choosing.LATER)] += kind.count
    on = view.rows.asset[columns.among(view.rows.kind, [view.places[kind.id] for kind in kinds])]
    return MeasureRow(
        id=measure.id,
        title=measure.title,
        cite=measure.cite,
        authority=authority.name,
        jurisdiction=measure.jurisdiction,
        instrument=measure.instrument,
        status=measure.status,
        zone=authority.zone,
        issued=measure.issued,
        exposures=sum(kind.count for kind in kinds),
        assets=columns.distinct(on),
        gravest=min((one for one in says.values() if one), key=GRAVITY.index, default=None),
        statuses={status: counts[status] for status in (*summing.ORDER, choosing.LATER) if counts.get(status)},
        due=min((one.due for one in asking if summing.is_due(one.state, one.due, now)), default=""),
        obligations=len(asking),
        stages=tuple(sorted(_stages(view, measure, authority, kinds), key=lambda stage: (stage.day, stage.provision))),
    )


def _stages(view: View, measure: Measure, authority: Authority, kinds: Iterable[Alike]) -> Iterator[StageRow]:
    """Yield the provisions of a measure as its stages, as far as they could be known."""
    many = _by_provision(kinds)
    now = view.question.moment(authority)
    for provision in measure.provisions:
        if not view.question.knows(provision.known_from, authority):
            continue
        name, begins = f"{measure.id}#{provision.id}", dates.begins(provision.applies_from, authority.zone)
        ends = provision.applies_until and view.question.knows(provision.until_known_from, authority)
        yield StageRow(
            day=dates.stamp(begins),
            until=dates.stamp(dates.begins(provision.applies_until, authority.zone)) if ends else "",
            provision=name,
            text=provision.text,
            modality=provision.modality,
            acts=provision.acts,
            is_past=begins <= now,
            exposures=many.get(name, 0),
            grade=provision.grade,
        )


def _by_provision(kinds: Iterable[Alike]) -> Mapping[str, int]:
    found: dict[str, int] = defaultdict(int)
    for kind in kinds:
        for provision in {one.provision for one in kind.reached}:
            found[provision] += kind.count
    return found


_RANKS = {status: place for place, status in enumerate(summing.ORDER)}
_KEYS: Mapping[str, Callable[[MeasureRow], object]] = {
    "status": lambda row: (_RANKS[str(row.gravest or "")], -row.exposures),
    "due": lambda row: row.due or summing.LAST,
    "exposures": lambda row: row.exposures,
    "title": lambda row: row.title.casefold(),
    "issued": lambda row: row.issued,
    "jurisdiction": lambda row: row.jurisdiction,
}
SORTS = tuple(_KEYS)
"""Orders of a list; "-" before one turns it round."""
_MEASURES = Whole(
    "measures",
    _chosen,
    Filters(),
    keys=_KEYS,
    id_of=lambda row: row.id,
    missing=lambda id_: NotThereError(
        f"{id_[:60]!r} reaches nothing here", hint="the list of measures shows those that do"
    ),
)
listed, rows, one = _MEASURES.listed, _MEASURES.rows, _MEASURES.one
