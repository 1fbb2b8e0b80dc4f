# SPDX-License-Identifier: Apache-2.0
"""How it stands: what is due next, exposures by status, the trend to the deadline, what was not looked at, what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.model.viewed import NewlyRow, Overview
from debar.model.vocab import Force, State
from debar.model.vocab.portfolio import Asking
from debar.portfolio import coverage, passing, summing
from debar.portfolio.given import asked, is_known
from debar.portfolio.tables import ASKED, HITS
from debar.portfolio.views import seen
from debar.store.course import pace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.portfolio import Clock
    from debar.model.viewed import Owed
    from debar.portfolio.estates import Estate

_NEXT = 8
"""Obligations that are shown of those that are due next,"""
_QUESTIONS = 5
"""questions of those that nobody has answered,"""
_NEWLY = 5
"""and changes of the law of those that hit something."""


def overview(estate: Estate, clock: Clock) -> Overview:
    """Give how an organisation stands on a day, by what was known."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        deadline = view.law.counts.due[:10]
        trend = passing.trend(connection, estate, clock)
        told = coverage.of(connection, view)
        return Overview(
            counts=view.law.counts,
            next=tuple(next_due(view.law.owed, clock.as_of)[:_NEXT]),
            trend=trend,
            pace=pace(trend, deadline),
            deadline=deadline,
            gaps=told,
            newly=_newly(connection, clock),
            waiting=waiting(connection, clock),
            questions=view.law.questions[:_QUESTIONS],
            notes=view.law.notes,
        )


def next_due(every: Iterable[Owed], as_of: str) -> list[Owed]:
    """Give what is due next: what is overdue, then what is still to come, what binds first on the same day."""
    now = summing.moment(as_of)
    open_ = [one for one in every if summing.is_due(one.state, one.due, now)]
    return sorted(open_, key=lambda one: (one.state is not State.OVERDUE, one.due, one.force is not Force.MUST))


def waiting(connection: sa.Connection, clock: Clock) -> int:
    """Give how many requests for decisions nobody had answered."""
    query = sa.select(ASKED)
    if not clock.known_on:
        query = query.where(ASKED.c.state == Asking.ASKED.value)
    known = (row for row in connection.execute(query) if is_known(row.requested_at, clock.known_on))
    every = (asked(row, clock.known_on) for row in known)
    return len({one.request for one in every if one.state is Asking.ASKED})


def _newly(connection: sa.Connection, clock: Clock) -> tuple[NewlyRow, ...]:
    query = sa.select(HITS.c.id, HITS.c.at, HITS.c.why, HITS.c.exposures).order_by(HITS.c.at.desc(), HITS.c.id)
    found = (row for row in connection.execute(query.limit(_NEWLY * 10)) if is_known(row.at, clock.known_on))
    return tuple(NewlyRow(id=row.id, at=row.at, why=row.why, exposures=row.exposures) for row in found)[:_NEWLY]
