# SPDX-License-Identifier: Apache-2.0
"""What nobody asks for, and must be done all the same: what a kill has left, what is due, and what is over long ago.

Whoever sends something is told so when it is on the disk; the job that reads it is written down after that, in another database.
A kill between the two leaves an upload without a job. It is found here, as is a run that is due and that nobody has asked for.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.errors import DebarError
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import estates, folders, jobs, papers, proofs, readings, running, telling, uploads
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import JOBS, TENANTS, UPLOADS
from debar.store import lake
from debar.store.tables import LOG

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

_EACH = 30.0
"""Seconds between two looks."""
_SELDOM = 3600.0
_OLD = 24 * 3600
"""Seconds after which a file that nobody finished is left over."""


class Sweeper:
    """Looks after a portfolio now and then; it remembers what it found in order, so that a look costs little."""

    def __init__(
        self, portfolio: Portfolio, roots: tuple[str, ...] = (), complain: Callable[[str], None] = lambda _: None
    ) -> None:
        """Take the portfolio, below which folders those may lie that are looked through, and who hears what went wrong."""
        self._portfolio, self._roots, self._complain = portfolio, roots, complain
        self._next = self._next_tidying = 0.0
        self._in_order: dict[str, tuple[int, str]] = {}
        """By organisation: the last entry of its log, and the register, by which nothing was due."""

    def sweep(self, *, at_once: bool = False) -> None:
        """Look after every organisation, where it is time."""
        now = time.monotonic()
        if now < self._next and not at_once:
            return
        self._next = now + _EACH
        is_tidying = now >= self._next_tidying
        if is_tidying:
            self._next_tidying = now + _SELDOM
            jobs.forget(self._portfolio)
        with self._portfolio.reading() as connection:
            organisations = connection.execute(sa.select(TENANTS.c.id).order_by(TENANTS.c.id)).scalars().all()
        for id_ in organisations:
            try:
                estate = estates.behind(self._portfolio, id_)
                folders.look(self._portfolio, estate, self._roots)
                self._see_to(estate)
                if telling.due(self._portfolio, estate):
                    jobs.add(self._portfolio, estate, JobKind.TELL, "")
                if is_tidying:
                    _tidy(estate)
                    telling.forget(estate)
            except DebarError as e:  # that of one organisation keeps nobody from looking after the others
                self._complain(f"{id_}: {e.message}")

    def _see_to(self, estate: Estate) -> None:
        """Ask for what is missing, unless nothing has changed since it was not."""
        register = register_of(estate)
        with estate.reading() as connection:
            last = connection.execute(sa.select(sa.func.max(LOG.c.seq))).scalar() or 0
        if self._in_order.get(estate.organisation) == (last, register.sha256):
            return
        _mend(self._portfolio, estate)
        papers.see_to(self._portfolio, estate)
        every = readings.gathered(estate, register)
        if readings.ask(self._portfolio, estate, every, register):
            return
        if state := running.due(estate):
            if not jobs.listed(self._portfolio, estate, kind=JobKind.RUN, states=jobs.OPEN, page_size=1).total:
                jobs.add(self._portfolio, estate, JobKind.RUN, "", once=state)
        else:
            self._in_order[estate.organisation] = (last, register.sha256)


def _mend(portfolio: Portfolio, estate: Estate) -> None:
    """Note of uploads whose jobs were given up that they were: their workers died each time."""
    with estate.reading() as connection:
        query = sa.select(UPLOADS.c.id).where(UPLOADS.c.state == JobState.QUEUED, UPLOADS.c.removed_at == "")
        waiting = set(connection.execute(query).scalars())
    if not waiting:
        return
    over = (JOBS.c.kind == JobKind.READ, JOBS.c.state.in_([str(JobState.FAILED), str(JobState.CANCELLED)]))
    with portfolio.reading() as connection:
        given_up = connection.execute(
            sa.select(JOBS.c.about, JOBS.c.fault, JOBS.c.state)
            .where(JOBS.c.organisation == estate.organisation, *over)
            .order_by(JOBS.c.order)
        ).all()
    for about, fault, state in given_up:
        if about in waiting:
            readings.give_up(estate, about, fault, is_cancelled=state == JobState.CANCELLED)


def _tidy(estate: Estate) -> None:
    """Remove files that nobody finished."""
    for kind in (uploads.KIND, readings.KIND, papers.KIND, proofs.KIND):
        for file in lake.unfinished(estate.place.lake, kind):
            with contextlib.suppress(OSError):
                if time.time() - file.stat().st_mtime > _OLD:
                    file.unlink()
    proofs.tidy(estate, time.time() - _OLD)
