# SPDX-License-Identifier: Apache-2.0
"""All that an organisation's sources say becomes a run: the same report that a scan of these files would give.

A run is made where something that decides it has changed: sources, readers, register, facts, decisions, records. What the law
makes of it on other days needs no other run (`views`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates, pipeline
from debar.model.results import Run
from debar.model.vocab.portfolio import JobKind
from debar.obligations.question import Question
from debar.portfolio import filling, jobs, newly, readings
from debar.portfolio.given import Given, given
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import RAN
from debar.release import VERSION
from debar.store import keeping
from debar.store.tables import RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from debar.model.inventory import Observation
    from debar.model.portfolio import Job, Upload
    from debar.pipeline import Exposed
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.portfolio.readings import Reading
    from debar.register import Register

SETTLES = 2
"""Seconds that a run waits, so that what is sent together becomes one."""
_TOLD_EACH = 10_000
"""Observations after which somebody hears how far it is."""


class Sources(NamedTuple):
    """What decides a run."""

    register: Register
    every: list[tuple[Upload, Reading | None]]
    given: Given
    state: str
    """Digest of all of it."""


def sources(estate: Estate, on: str = "") -> Sources:
    """Give what decides the run that would be made now; `on` is a day that somebody asked for."""
    register = register_of(estate)
    every = readings.gathered(estate, register)
    with estate.reading() as connection:
        people = given(connection)
    files = [(one.id, one.name, one.sha256, one.fault, reading.file if reading else "") for one, reading in every]
    law = (VERSION, register.sha256, register.added)
    about = (law, estate.tenant.facts, people.decisions, people.records, files, on)
    return Sources(register, every, people, hashlib.sha256(msgspec.json.encode(about)).hexdigest())


def run(
    portfolio: Portfolio,
    estate: Estate,
    *,
    on: str = "",
    at: str = "",
    told: Callable[[int, int, str], None] = lambda *_: None,
) -> Run | None:
    """Make the run that is due, keep it, and give it; nothing where files are still to be read, or there never were any.

    1. What was not read yet is asked for; the run comes when it was.
    2. A run of the same sources is there already.
    3. What the files said goes the way of a scan.
    4. One transaction: the run, the rows that lists are made of, and what it was made from.

    It is about the day `on`, which is today unless it is given, and kept at the instant `at`, which is now.
    """
    found = sources(estate, on)
    if readings.ask(portfolio, estate, found.every, found.register):  # 1.
        return None
    if known := _made(estate, found.state):  # 2.
        return known
    if not found.every and not _is_any(estate):
        return None
    day = on or dates.present()[:10]
    question = Question(organisation=estate.tenant.facts, as_of=day, known_on="")
    settings = pipeline.Settings(decisions=tuple(found.given.decisions), records=tuple(found.given.records))
    exposed: list[Exposed] = []
    total = sum(reading.heard.observations for _, reading in found.every if reading)
    with keeping.keeping_in(estate.ledger) as keeper:
        report = pipeline.retell(  # 3.
            readings.retold(estate, found.every),
            found.register,
            question,
            settings,
            passing=lambda observations: _counted(keeper.passing(observations), total, told),
            exposing=exposed.append,
        )
        told(total, total, "keeping the run")

        def beside(connection: sa.Connection, seq: int, is_new: bool) -> None:  # noqa: FBT001 - as `keeping` calls it
            if is_new:
                filling.fill(connection, seq, report, exposed[0])
            _note(connection, seq, found)

        return keeper.keep(report, at, beside)  # 4.


def work(portfolio: Portfolio, estate: Estate, about: str, told: Callable[[int, int, str], None]) -> tuple[str, str]:
    """Make the run that is due, about a day or today; give (its id, what it came to)."""
    made = run(portfolio, estate, on=about, told=told)
    if made is None:
        return "", "nothing to do before the files are read"
    hit = newly.look(estate)
    says = f"{made.exposures:,} exposures on what {made.sources:,} sources say"
    return made.id, says + (f"; of {hit.exposures:,} the register says something else now" if hit else "")


def ask(portfolio: Portfolio, estate: Estate) -> Job:
    """Have a run made soon; whatever changes until it begins goes into the same one."""
    return jobs.add(portfolio, estate, JobKind.RUN, "", after=SETTLES)


def due(estate: Estate) -> str:
    """Give the digest of what decides the run that is due; nothing where the last one was made from the same."""
    found = sources(estate)
    is_made = _made(estate, found.state) or not (found.every or _is_any(estate))
    return "" if is_made else found.state


def _counted(
    observations: Iterable[Observation], total: int, told: Callable[[int, int, str], None]
) -> Iterator[Observation]:
    for number, observation in enumerate(observations):
        if not number % _TOLD_EACH:
            told(number, total, "matching what the files say")
        yield observation


def _made(estate: Estate, state: str) -> Run | None:
    """Give the run that was made from the same."""
    query = sa.select(RUNS.c.body).join(RAN, RAN.c.run == RUNS.c.seq).where(RAN.c.state == state)
    with estate.reading() as connection:
        body = connection.execute(query).scalar()
    return msgspec.json.decode(body, type=Run) if body else None


def _is_any(estate: Estate) -> bool:
    with estate.reading() as connection:
        return connection.execute(sa.select(RUNS.c.seq).limit(1)).first() is not None


def _note(connection: sa.Connection, seq: int, found: Sources) -> None:
    """Note what a run was made from."""
    if connection.execute(sa.select(RAN.c.run).where(RAN.c.state == found.state)).first():
        return
    body = msgspec.json.encode([one.id for one, _ in found.every]).decode()
    connection.execute(sa.insert(RAN), {"state": found.state, "run": seq, "at": dates.present(), "body": body})
