# SPDX-License-Identifier: Apache-2.0
"""Runs that were kept, and two of them side by side as one list: what came, went, changed, and what the law says otherwise."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from debar import dates
from debar.errors import NotThereError
from debar.model.covered import RunChange
from debar.model.results.found import Result
from debar.model.vocab.portfolio import Moved
from debar.portfolio import choosing, columns, paging, reports
from debar.portfolio.given import is_known
from debar.portfolio.hand import Hand
from debar.portfolio.tables import HELD
from debar.portfolio.views import seen
from debar.store import comparing, runs
from debar.store.rows import named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from debar.model.portfolio import Clock, Page
    from debar.model.results import Comparison, Met, Run, Side
    from debar.portfolio.estates import Estate


class Filters(Result, frozen=True, kw_only=True):
    """What a list of changes is about; each part that is stated has to fit."""

    kind: str = ""
    """What became of an exposure."""
    words: str = ""
    """All of these stand in the asset, in what is on it, or in what is different."""


class Compared(NamedTuple):
    """Two runs side by side."""

    before: Side
    after: Side
    counts: Mapping[Moved, int]
    notes: tuple[str, ...]
    rows: tuple[RunChange, ...]


ALL = Filters()
_HELD: Hand[Compared] = Hand(lambda one: 100 + len(one.rows), 20_000)


def kept(estate: Estate, clock: Clock | None = None) -> list[Run]:
    """Give the runs that were kept, the last first; with a clock those about its day or an earlier one that were known then."""
    with estate.reading() as connection:
        every = [numbered.run for numbered in reversed(runs.kept(estate.ledger, connection))]
    if clock is None:
        return every
    day = dates.ends(clock.as_of, "UTC")
    return [one for one in every if dates.ends(one.as_of, "UTC") <= day and is_known(one.kept_at, clock.known_on)]


def kept_one(estate: Estate, id_: str) -> Run:
    """Give a run by its id; NotThereError for none."""
    found = next((run for run in kept(estate) if run.id == id_), None)
    if found is None:
        raise NotThereError("there is no such run", hint="the list of runs names them")
    return found


def compared(estate: Estate, before: str, after: str) -> Compared:
    """Give what is different between two runs, named as `debar diff` has it; UsageError for what names none."""
    every = len(kept(estate))  # what was met before depends on the others
    return _HELD.get((str(estate.place), before, after, every), lambda: _compared(estate, before, after))


def listed(
    found: Compared, filters: Filters = ALL, *, page_token: str = "", page_size: int = paging.USUAL
) -> Page[RunChange]:
    """Give a page of what is different; UsageError for a token, size or kind that is none."""
    view = f"{found.before.run}{found.after.run}"
    wanted = paging.asked(("run changes", view, filters), view, page_token, page_size)
    return paging.of(wanted, rows(found, filters), lambda row: f"{row.kind}{row.exposure}{row.what}")


def rows(found: Compared, filters: Filters = ALL) -> list[RunChange]:
    """Give everything that is different, as far as a list is about it."""
    choosing.check(choosing.Filters(words=filters.words))
    if filters.kind:
        choosing.known(filters.kind, tuple(map(str, Moved)), "change")
    words = filters.words.casefold().split()
    return [
        row
        for row in found.rows
        if filters.kind in ("", row.kind)
        and all(word in f"{row.asset}\n{row.name}\n{row.what}".casefold() for word in words)
    ]


def there(estate: Estate, clock: Clock, ids: Collection[str]) -> frozenset[str]:
    """Give those of some exposures that the run which a clock means has."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        query = sa.select(HELD.c.exposure).where(columns.at(HELD, view.seq), HELD.c.exposure.in_(ids))
        return frozenset(connection.execute(query).scalars())


def _compared(estate: Estate, before: str, after: str) -> Compared:
    old, new = reports.sides(estate, before, after)
    found = comparing.compare(old, new, runs.met_before(estate.ledger, runs.meant(estate.ledger, old.run)))
    names = {one.id: named(one, new.report.names) for one in new.report.exposures}
    every = tuple(chain(_met(found), _changed(found, names)))
    counts = Counter(row.kind for row in every)
    return Compared(found.before, found.after, {kind: counts[kind] for kind in Moved}, found.notes, every)


def _met(found: Comparison) -> Iterator[RunChange]:
    """Yield what one side has and the other has not, or only set aside."""
    for kind, some in (
        (Moved.NEW, found.new),
        (Moved.CAME_BACK, found.came_back),
        (Moved.COUNTS_AGAIN, found.restored),
        (Moved.GONE, found.gone),
        (Moved.NOT_LOOKED_AT, found.not_looked_at),
    ):
        is_old = kind in (Moved.GONE, Moved.NOT_LOOKED_AT)
        for one in some:
            said = _statuses(one)
            yield RunChange(
                kind=kind,
                exposure=one.exposure,
                asset=one.asset,
                name=one.name,
                what="",
                before=said if is_old else "",
                after="" if is_old else said,
            )


def _statuses(one: Met) -> str:
    return ", ".join(map(str, one.statuses))


def _changed(found: Comparison, names: Mapping[str, str]) -> Iterator[RunChange]:
    """Yield what is another on both sides: of the exposure itself, in law, and decisions that ended."""
    for one in found.changed:
        yield RunChange(
            kind=Moved.CHANGED,
            exposure=one.exposure,
            asset=one.asset,
            name=one.name,
            what=one.what,
            before=one.before,
            after=one.after,
        )
    for law in found.findings:
        contract = f", contract {law.contract}" if law.contract else ""
        yield RunChange(
            kind=Moved.LAW,
            exposure=law.exposure,
            asset=law.asset,
            name=names.get(law.exposure, ""),
            what=f"{law.act} by {law.provision}{contract} ({law.cause})",
            before=str(law.before or ""),
            after=str(law.after or ""),
        )
    for decision in found.expired:
        yield RunChange(
            kind=Moved.DECISION_ENDED,
            exposure=decision.exposure,
            asset=" ".join(decision.assets),
            name=decision.about,
            what=str(decision.verdict),
            before=f"until {decision.expires}",
            after="",
        )
