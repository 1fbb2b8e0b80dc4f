# SPDX-License-Identifier: Apache-2.0
"""A worker: takes one job after the other, has each done by a copy of itself, and looks after what nobody asked for.

    python -m debar.portfolio.working

It hears on standard input for which portfolio it works, and ends when that ends: a worker without a server works for nobody.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.errors import DebarError
from debar.model.telling import Means
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import databases, estates, holding, jobs, prepared, readings, running, sweeping
from debar.portfolio.clocks import Clocks
from debar.portfolio.errands import Came, Errand
from debar.portfolio.register_of import register_of
from debar.store.places import Place
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from debar.model.portfolio import Job
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.limits_of_work import Limits

_IDLE = 0.5
"""Seconds after which a worker that has nothing to do looks again."""
_WORD = 10.0
"""Seconds after which the hold is renewed where nothing else is to be told."""
_TICK = 1.0
_AWAY = 2.0
"""Seconds that a worker waits whose database is away."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """For which portfolio a worker works, and as whom."""

    server: str
    lake: str
    shown: str
    worker: str
    roots: tuple[str, ...] = ()
    """Folders below which those lie that may be looked through again and again."""
    means: Means = Means()
    """By which people are told."""

    @property
    def place(self) -> Place:
        """Give where the portfolio lies."""
        return Place(self.server, Path(self.lake), self.shown)


def work(
    portfolio: Portfolio,
    worker: str,
    is_over: Callable[[], bool],
    *,
    roots: tuple[str, ...] = (),
    limits: Mapping[JobKind, Limits] | None = None,
    complain: Callable[[str], None] = lambda _: None,
) -> None:
    """Work until it is over; a database that is away for a while ends nothing, and is complained of."""
    sweeper, clocks = sweeping.Sweeper(portfolio, roots, complain), Clocks()
    while not is_over():
        try:
            sweeper.sweep()
            job = holding.take(portfolio, worker, spares=clocks.has_jumped())
            if job is None:
                time.sleep(_IDLE)
            else:
                do(portfolio, worker, job, is_over, limits=(limits or {}).get(job.kind))
        except DebarError as e:
            complain(e.message)
            time.sleep(_AWAY)


def do(
    portfolio: Portfolio, worker: str, job: Job, is_over: Callable[[], bool], *, limits: Limits | None = None
) -> JobState | None:
    """Have a job done; give how far it is then, or nothing where it was no longer this worker's.

    1. The copy works; who looks at the job hears how far it is, and the hold is renewed.
    2. Whoever gave the job up, or ends the worker, ends the copy.
    3. What it came to is written down, with the job that follows, in one transaction.
    """
    if job.kind is JobKind.READ:
        prepared.sifting(register_of(estates.behind(portfolio, job.organisation)))
    errand = Errand(portfolio, job, limits)
    told, last = errand.said, time.monotonic()
    is_mine, is_whole = True, True
    try:
        while not errand.listen(_TICK):  # 1.
            now = time.monotonic()
            if errand.said != told or now - last > _WORD:
                told, last = errand.said, now
                is_mine = holding.hold(portfolio, job, worker, done=told.done, of=told.of, says=told.says)
            if not is_mine or is_over():  # 2.
                is_whole = False
                errand.kill()
                break
    except BaseException:
        errand.kill()
        errand.end()
        raise
    came = errand.end()
    if not is_mine:
        return None
    if not is_whole:
        holding.put_back(portfolio, job, worker)
        return JobState.QUEUED
    return _settle(portfolio, worker, job, came)  # 3.


def _settle(portfolio: Portfolio, worker: str, job: Job, came: Came) -> JobState:
    """Write down what a job came to. What was read, or cannot be, is followed by a run, and a run by a view of it today."""
    estate = estates.behind(portfolio, job.organisation)
    if not came.fault:
        if job.kind is JobKind.READ:
            readings.prepare(estate, job.about)
        with portfolio.writing() as connection:
            is_mine = holding.ended(connection, job, worker, result=came.result, says=came.says)
            if is_mine and job.kind is JobKind.READ:
                jobs.added(connection, estate, JobKind.RUN, "", after=running.SETTLES)
            if is_mine and job.kind is JobKind.RUN and came.result:
                # Whoever looks first finds the law asked, and the lists in every order.
                jobs.added(connection, estate, JobKind.VIEW, dates.present()[:10])
        return JobState.DONE
    is_last = came.is_final or job.attempts >= holding.ATTEMPTS
    if is_last and job.kind is JobKind.READ:
        readings.give_up(estate, job.about, came.fault)
    state = holding.fail(portfolio, job, worker, came.fault, is_final=came.is_final)
    if state is JobState.FAILED and job.kind is JobKind.READ:
        running.ask(portfolio, estate)
    return state


def main() -> int:
    """Work for whom standard input says, until it ends or somebody asks for the end."""
    asked = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: asked.append(number))
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # what is lost is complained of once, in words
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)

    def is_over() -> bool:
        return bool(asked) or bool(select.select([0], [], [], 0)[0] and not os.read(0, 1))

    def complain(text: str) -> None:
        sys.stderr.write(f"debar: {order.worker}: {printable(text)}\n")
        sys.stderr.flush()

    try:
        with databases.opened(order.place) as portfolio:
            portfolio.means = order.means
            work(portfolio, order.worker, is_over, roots=order.roots, complain=complain)
    except DebarError as e:
        complain(e.message)
        return e.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
