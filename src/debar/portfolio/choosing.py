# SPDX-License-Identifier: Apache-2.0
"""Which exposures of a view a list is about: what all of a kind share is looked up by kind, the rest by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar import dates
from debar.errors import UsageError, did_you_mean
from debar.model.results.found import Result
from debar.model.vocab import Act, Meaning, Status
from debar.obligations.position import GRAVITY
from debar.portfolio import columns
from debar.portfolio.columns import at
from debar.portfolio.tables import HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.viewed import Alike
    from debar.portfolio.columns import Chosen, Numbers
    from debar.portfolio.views import View

NO_ACT = "none"
"""Stands for the status of what puts no act at stake."""
LATER = "later"
"""Stands for the status of what a measure does not say yet, but will, or no longer says."""
_ESCAPE = "\\"
_ORDERS = 6
"""Orders of a view that are held at hand."""
_LONGEST = 200
"""Characters that a search may have."""


class Filters(Result, frozen=True, kw_only=True):
    """What a list is about; each part that is stated has to fit."""

    status: tuple[str, ...] = ()
    """One of these is the gravest on the day; "none" where no act is at stake. With `act` it is that of the act."""
    act: str = ""
    party: str = ""
    product: str = ""
    """party/product."""
    measure: str = ""
    """A measure, or measure#provision, says something of it."""
    measure_says: tuple[str, ...] = ()
    """With `measure`: one of these is the gravest that this measure says of it on the day; "later" where it only will, or did."""
    asset: str = ""
    """Id of an asset."""
    pattern: str = ""
    """Of names of assets, such as "kiosk-*"."""
    meaning: tuple[str, ...] = ()
    level: int = 0
    """At least this sure, 5 to 1."""
    due_before: str = ""
    """Something is due before this day or instant."""
    obligation: str = ""
    """Id of an obligation that is about it."""
    decision: str = ""
    """Id of the decision that holds of it; "any" for whatever one, "none" where there is none."""
    words: str = ""
    """All of these stand in its names, versions or ids."""
    aside: bool = False
    """What was set aside, instead of what counts."""


def check(filters: Filters) -> None:
    """Raise UsageError for words that can fit nothing."""
    for word in filters.status:
        known(word, (*map(str, Status), NO_ACT), "status")
    for word in filters.meaning:
        known(word, tuple(map(str, Meaning)), "meaning")
    for word in filters.measure_says:
        known(word, (*map(str, Status), LATER), "status")
    if filters.measure_says and not filters.measure:
        raise UsageError("what says it is not named", hint="name the measure as well")
    if filters.act:
        known(filters.act, tuple(map(str, Act)), "act")
    if max(len(filters.words), len(filters.pattern)) > _LONGEST:
        raise UsageError("the search is too long", hint=f"write at most {_LONGEST} characters")


def known(word: str, every: tuple[str, ...], what: str) -> None:
    """Raise UsageError for a word that is none of those there are."""
    if word not in every:
        raise UsageError(f"{word!r} is no {what}{did_you_mean(word, every)}", hint=f"one of: {', '.join(every)}")


def chosen(connection: sa.Connection, view: View, filters: Filters) -> Chosen:
    """Tell of each row of a view whether a list is about it."""
    check(filters)
    tests = tuple(_tests(view, filters))
    flags = [bool(one.aside) is filters.aside and all(test(one) for test in tests) for one in view.alike]
    found = columns.flagged(view.rows.kind, flags)
    if filters.asset:
        found &= view.rows.asset == columns.asset(connection, view.seq, view.assets, filters.asset)
    if conditions := tuple(_of_rows(connection, filters)):
        query = sa.select(HELD.c.row).where(at(HELD, view.seq), *conditions)
        found &= columns.among(view.rows.row, connection.execute(query).scalars().all())
    return found


def _tests(view: View, filters: Filters) -> Iterator[Callable[[Alike], bool]]:
    """Yield what a kind has to fulfil."""
    if filters.status and not filters.act:
        yield lambda one: str(one.status or NO_ACT) in filters.status
    if filters.act:
        wanted = frozenset(filters.status)
        yield lambda one: any(a.act == filters.act and (not wanted or a.status in wanted) for a in one.acts)
    if filters.party:
        yield lambda one: one.party == filters.party
    if filters.product:
        yield lambda one: f"{one.party}/{one.product}" == filters.product
    if filters.measure:
        yield lambda one: any(filters.measure in (r.provision, r.provision.partition("#")[0]) for r in one.reached)
    if filters.measure_says:
        measure = filters.measure.partition("#")[0]
        yield lambda one: str(said(view, one, measure) or LATER) in filters.measure_says
    if filters.meaning:
        yield lambda one: one.meaning in filters.meaning
    if filters.level:
        yield lambda one: one.level >= filters.level
    if filters.due_before:
        yield lambda one: bool(one.due) and one.due < filters.due_before
    if filters.obligation:
        kinds = {kind for owed in view.law.owed if owed.id == filters.obligation for kind in owed.kinds}
        yield lambda one: one.id in kinds
    if filters.decision:
        yield lambda one: {"any": bool(one.decision), "none": not one.decision}.get(
            filters.decision, one.decision == filters.decision
        )


def said(view: View, kind: Alike, measure: str) -> Status | None:
    """Give the gravest that a measure says of a kind on the day; nothing where it only will, or did."""
    law = view.register.measures.get(measure)
    if law is None:
        return None
    now = view.question.moment(view.register.authorities[law.authority])
    holding = (
        one.status
        for one in kind.reached
        if one.provision.startswith(f"{measure}#")
        and dates.key(one.since) <= now
        and (not one.until or now < dates.key(one.until))
    )
    return min(holding, key=GRAVITY.index, default=None)


def _of_rows(connection: sa.Connection, filters: Filters) -> Iterator[sa.ColumnElement[bool]]:
    """Yield what a row has to fulfil."""
    if filters.pattern:
        yield fits(HELD.c.asset, filters.pattern)
    yield from searched(connection, HELD.c.words, filters.words)


def fits(column: sa.ColumnElement[str], pattern: str) -> sa.ColumnElement[bool]:
    """Give the condition that a name fits a pattern with * and ?, whatever the case of its letters."""
    escaped = pattern.lower().replace(_ESCAPE, _ESCAPE * 2).replace("%", f"{_ESCAPE}%").replace("_", f"{_ESCAPE}_")
    return sa.func.lower(column).like(escaped.replace("*", "%").replace("?", "_"), escape=_ESCAPE)


def searched(connection: sa.Connection, column: sa.ColumnElement[str], words: str) -> Iterator[sa.ColumnElement[bool]]:
    """Yield that each of some words stands in a column of folded text."""
    for word in words.casefold().split():
        yield from holds(connection, column, word)


def holds(connection: sa.Connection, column: sa.ColumnElement[str], text: str) -> Iterator[sa.ColumnElement[bool]]:
    """Yield that a text stands in a column."""
    place = sa.func.strpos if connection.dialect.name == "postgresql" else sa.func.instr
    yield place(column, text) > 0


def order(connection: sa.Connection, view: View, sort: str, keys: dict[str, Callable[[], Numbers]]) -> Numbers:
    """Give all rows of a view in an order; "-" before its name turns it round. UsageError for an order that there is not."""
    name = sort.removeprefix("-")
    if name not in keys and name not in columns.RANKED:
        every = (*keys, *columns.RANKED)
        raise UsageError(f"no order is called {name!r}{did_you_mean(name, every)}", hint=f"one of: {', '.join(every)}")
    if (found := view.orders.get(sort)) is not None:
        return found
    key = keys[name]() if name in keys else view.ranks(connection, name)
    found = columns.sorted_by(columns.every(len(view.rows.row)), [-key if sort.startswith("-") else key])
    if len(view.orders) >= _ORDERS:
        view.orders.clear()
    view.orders[sort] = found
    return found
