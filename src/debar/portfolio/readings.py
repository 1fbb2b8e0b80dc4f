# SPDX-License-Identifier: Apache-2.0
"""What files said: read once, kept by their digest, and told again to every run.

What a file says is decided by its content, by how readers and layouts are, and sometimes by its name. A log that was only looked
through is decided by the register as well. All of that is in the state under which a reading is kept, so none is out of date.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.identity import stable_id
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import heard, jobs, listening, uploads
from debar.portfolio.listening import Heard
from debar.portfolio.prepared import states
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import READINGS, UPLOADS
from debar.readers import load, named, walk
from debar.store import keeping, lake
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.identify import Identified
    from debar.model.portfolio import Upload
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.register import Register
    from debar.store.lake import Kept

KIND = "readings"
_WORDS = 500


class Reading(NamedTuple):
    """What is kept of a file."""

    file: str
    """Its digest in the lake."""
    heard: Heard


def found(estate: Estate, register: Register, sha256: str = "") -> Callable[[Upload], Reading | None]:
    """Give what gives what an upload said: where its content was read before, under this name or one that tells the same.

    With the digest of a content it knows only that one.
    """
    by_content = defaultdict[str, list[Reading]](list)
    query = sa.select(READINGS.c.sha256, READINGS.c.file, READINGS.c.told).where(READINGS.c.state.in_(states(register)))
    if sha256:
        query = query.where(READINGS.c.sha256 == sha256)
    with estate.reading() as connection:
        for content, file, told in connection.execute(query.order_by(READINGS.c.id)):
            by_content[content].append(Reading(file, msgspec.json.decode(told, type=Heard)))
    return lambda upload: next((r for r in by_content.get(upload.sha256, ()) if r.heard.holds_for(upload.name)), None)


def work(portfolio: Portfolio, estate: Estate, about: str, told: Callable[[int, int, str], None]) -> tuple[str, str]:
    """Read an upload, and give (the reading, what it came to); one that was read before is not read again.

    1. What was taken out meanwhile is left.
    2. The file is read, and what it says goes to a file of the lake as it is said.
    3. One transaction: the reading, and what the upload came to.
    """
    del portfolio
    upload = uploads.one(estate, about)
    if upload.removed_at:  # 1.
        return "", "it was taken out"
    register = register_of(estate)
    if known := found(estate, register, upload.sha256)(upload):
        with estate.writing() as connection:
            _settle(connection, upload, known.heard)
        return known.file, f"{said(known.heard)}; it was read before"
    with lake.partial(estate.place.lake, KIND) as file:  # 2.
        with file.open("wb") as out:
            one = listening.listen(
                uploads.content(estate, upload),
                upload.name,
                upload.sha256,
                register,
                out,
                lambda at: told(max(at, 0), upload.size, upload.name) if at >= 0 else None,
            )
        kept = lake.finish(estate.place.lake, KIND, file, one.observations)
    with estate.writing() as connection:  # 3.
        _keep(connection, upload, register, kept, one)
        _settle(connection, upload, one)
    return kept.sha256, said(one)


def prepare(estate: Estate, about: str) -> None:
    """Have at hand what read an upload, so that a copy of this process that reads the next one has not to load it."""
    with estate.reading() as connection:
        reader = connection.execute(sa.select(UPLOADS.c.reader).where(UPLOADS.c.id == about)).scalar()
    if reader and not named(reader).holds:
        load(named(reader))


def give_up(estate: Estate, about: str, fault: str, *, is_cancelled: bool = False) -> None:
    """Note of an upload that it cannot be read, and why; unless it was: a copy may have died when it had done its work."""
    upload = uploads.one(estate, about)
    if found(estate, register_of(estate), upload.sha256)(upload):
        return
    state = JobState.CANCELLED if is_cancelled else JobState.FAILED
    values = {"state": str(state), "fault": keepable(fault)[:_WORDS]}
    with estate.writing() as connection:
        connection.execute(sa.update(UPLOADS).where(UPLOADS.c.id == about).values(values))


def gathered(estate: Estate, register: Register) -> list[tuple[Upload, Reading | None]]:
    """Give every upload that counts, with what it said; nothing for one that is still to be read, or cannot be."""
    reading = found(estate, register)
    return [(one, None if is_lost(one) else reading(one)) for one in uploads.current(estate)]


def is_lost(upload: Upload) -> bool:
    """Tell whether somebody has found that an upload cannot be read."""
    return upload.state in (JobState.FAILED, JobState.CANCELLED)


def ask(portfolio: Portfolio, estate: Estate, every: list[tuple[Upload, Reading | None]], register: Register) -> int:
    """Have read what is still to be read, each upload once for a state; give how many are waited for."""
    state = states(register).sifted
    waiting = 0
    for one, reading in every:
        if reading is None and not is_lost(one):
            once = uploads.FIRST if one.state is JobState.QUEUED else state
            waiting += jobs.add(portfolio, estate, JobKind.READ, one.id, once=once).state in jobs.OPEN
    return waiting


def retold(estate: Estate, every: list[tuple[Upload, Reading | None]]) -> Iterator[Identified | walk.Fault]:
    """Yield the inputs of uploads, each with what it said; of those that could not be read, that."""
    for upload, reading in every:
        if reading is None:
            yield walk.Fault(upload.name, upload.fault or "it could not be read anew")
            continue
        yield from heard.retold(lake.path(estate.place.lake, KIND, reading.file), reading.file, upload.name)


def said(one: Heard) -> str:
    """Give in words what a file came to."""
    if one.fault:
        return one.fault
    more = f", {one.skips:,} places could not be read" if one.skips else ""
    return f"{one.observations:,} observations{more}"


def _keep(connection: sa.Connection, upload: Upload, register: Register, kept: Kept, one: Heard) -> None:
    """Note a reading; the same may have been made by another worker, whose hold ran out."""
    state = states(register)[one.is_sifted]
    id_ = stable_id("rdg", upload.sha256, state, one.name)
    if connection.execute(sa.select(READINGS.c.id).where(READINGS.c.id == id_)).first():
        return
    keeping.add_files(connection, [kept])
    row = {"id": id_, "sha256": upload.sha256, "state": state, "file": kept.sha256, "at": dates.present()}
    connection.execute(sa.insert(READINGS), {**row, "told": keepable(msgspec.json.encode(one).decode())})


def _settle(connection: sa.Connection, upload: Upload, one: Heard) -> None:
    """Note of an upload what it came to."""
    values = {"reader": one.reader, "observations": one.observations, "skips": one.skips}
    fault = {"state": str(JobState.DONE), "fault": keepable(one.fault)[:_WORDS]}
    connection.execute(sa.update(UPLOADS).where(UPLOADS.c.id == upload.id).values({**values, **fault}))
