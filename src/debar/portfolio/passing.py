# SPDX-License-Identifier: Apache-2.0
"""What became of things over runs: of one exposure, and of all of them after each run."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from debar.model.results import Progress
from debar.portfolio.tables import TRENDS
from debar.store import runs, standing
from debar.store.course import Known, Seen, Sighting, courses
from debar.store.tables import LOOKS, SIGHTINGS
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.portfolio import Clock
    from debar.model.results import Course, Exposure
    from debar.portfolio.estates import Estate
    from debar.store.runs import Numbered


def chosen(connection: sa.Connection, estate: Estate, clock: Clock) -> list[Numbered]:
    """Give the runs about the day or earlier ones that were known, in the order of the days that they asked about."""
    every = runs.kept(estate.ledger, connection)
    return standing.counting(every, standing.Asked(clock.as_of, clock.known_on))


def course(connection: sa.Connection, estate: Estate, clock: Clock, exposure: Exposure) -> Course | None:
    """Give what became of one exposure, by the runs that were known; nothing where none has met it."""
    counting = chosen(connection, estate, clock)
    met = {
        row.run: Sighting(row.is_set_aside, standing.statuses(row.statuses), standing.media(row.media))
        for row in connection.execute(sa.select(SIGHTINGS).where(SIGHTINGS.c.exposure == exposure.id))
    }
    asset = keepable(exposure.asset.casefold())
    looks = connection.execute(sa.select(LOOKS.c.sha256, LOOKS.c.media).where(LOOKS.c.asset == asset))
    looked = {sha256: standing.media(media) for sha256, media in looks}
    passed = [
        Seen(
            one.run,
            {exposure.id: met[one.seq]} if one.seq in met else {},
            {asset: looked[one.looks]} if one.run.is_complete and one.looks in looked else {},
        )
        for one in counting
    ]
    found, _ = courses(passed, {exposure.id: Known(exposure.asset, "")})
    return found[0] if found else None


def trend(connection: sa.Connection, estate: Estate, clock: Clock) -> tuple[Progress, ...]:
    """Give how it stood after each run that was known; worked out once for the same runs, and kept."""
    counting = chosen(connection, estate, clock)
    if not counting:
        return ()
    id_ = _id(counting)
    body = connection.execute(sa.select(TRENDS.c.body).where(TRENDS.c.id == id_)).scalar()
    if body is not None:
        return msgspec.json.decode(body, type=tuple[Progress, ...])
    _, found = standing.passed(connection, counting)
    _keep(estate, id_, found)
    return tuple(found)


def _id(counting: Sequence[Numbered]) -> str:
    return hashlib.sha256(msgspec.json.encode([one.run.id for one in counting])).hexdigest()


def _keep(estate: Estate, id_: str, found: Sequence[Progress]) -> None:
    with estate.writing() as connection:
        if not connection.execute(sa.select(TRENDS.c.id).where(TRENDS.c.id == id_)).first():
            connection.execute(sa.insert(TRENDS), {"id": id_, "body": msgspec.json.encode(found).decode()})
