# SPDX-License-Identifier: Apache-2.0
"""How it stands on a day, by the runs that were known then: one read of the ledger, and the findings of the last run.

Two times are kept apart. A run is about a day (`as_of`): what was true. It was kept at an instant (`kept_at`): what was
known. A question about a past day with the knowledge of another leaves out what was kept later.
"""

from __future__ import annotations

import contextlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import StoreError
from debar.model.results import History, KeptDecision, KeptObligation, Program
from debar.model.vocab import Force, Presence, State, Status, Validity
from debar.release import SCHEMA, VERSION
from debar.store import asof, lake, runs
from debar.store.course import Known, Seen, Sighting, courses, pace
from debar.store.tables import DECISIONS, EXPOSURES, LOOKS, OBLIGATIONS, SIGHTINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.model.results import Course, Progress, Run, Standing
    from debar.store.ledger import Ledger
    from debar.store.runs import Numbered


class Asked(NamedTuple):
    """What is asked of a history."""

    on: str
    """Day or instant."""
    known_on: str = ""
    """With whose knowledge; empty for all that is kept now."""
    deadline: str = ""


def history(ledger: Ledger, asked: Asked) -> History:
    """Give how it stands; StoreError where the ledger holds what no debar has written."""
    with _believed(ledger), ledger.reading() as connection:
        every = runs.kept(ledger, connection)
        chosen = counting(every, asked)
        found, progress = passed(connection, chosen)
        last = chosen[-1].seq if chosen else 0
        decisions = tuple(_decisions(connection, last, asked.on))
        overdue = tuple(_overdue(connection, chosen[-1], asked.on)) if chosen else ()
    return History(
        schema=SCHEMA,
        program=Program(name="debar", version=VERSION),
        store=ledger.place.shown,
        on=asked.on,
        known_on=asked.known_on or None,
        deadline=asked.deadline or None,
        runs=tuple(one.run for one in chosen),
        progress=tuple(progress),
        pace=pace(progress, asked.deadline),
        exposures=tuple(found),
        standings=_standings(ledger, chosen, asked.on),
        decisions=decisions,
        overdue=overdue,
        notes=tuple(_notes(every, chosen, asked, found)),
    )


def counting(every: Iterable[Numbered], asked: Asked) -> list[Numbered]:
    """Give the runs that are about a day or an earlier one and were known, in the order of the days that they asked about."""
    return sorted((one for one in every if _counts(one.run, asked)), key=runs.moment)


def passed(connection: sa.Connection, chosen: Sequence[Numbered]) -> tuple[list[Course], list[Progress]]:
    """Give what became of each exposure over some runs, and how it stood after each of them."""
    known = {id_: Known(asset, name) for id_, asset, name in connection.execute(_KNOWN)}
    return courses(_seen(connection, chosen), known)


_KNOWN = sa.select(EXPOSURES.c.id, EXPOSURES.c.asset, EXPOSURES.c.name)


@contextlib.contextmanager
def _believed(ledger: Ledger) -> Iterator[None]:
    """Turn what a row gives that no debar has written into StoreError."""
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, msgspec.DecodeError) as e:
        raise StoreError(
            f"{ledger.place.shown}: a row is none of debar's: {type(e).__name__}: {e}",
            hint="debar status --check tells what is whole",
        ) from e


def _counts(run: Run, asked: Asked) -> bool:
    """Tell whether a run is about the day asked about or an earlier one, and was known by then."""
    if asked.known_on and dates.ends(run.kept_at, "UTC") > dates.ends(asked.known_on, "UTC"):
        return False
    return dates.ends(run.as_of, "UTC") <= dates.ends(asked.on, "UTC")


def _seen(connection: sa.Connection, chosen: Sequence[Numbered]) -> Iterator[Seen]:
    """Yield what each run met and where it looked; only one at a time is held."""
    sha256, looks = "", dict[str, frozenset[str]]()
    for one in chosen:
        if one.looks != sha256:
            rows = connection.execute(sa.select(LOOKS.c.asset, LOOKS.c.media).where(LOOKS.c.sha256 == one.looks))
            sha256, looks = one.looks, {asset: media(words) for asset, words in rows}
        met = connection.execute(
            sa.select(SIGHTINGS.c.exposure, SIGHTINGS.c.is_set_aside, SIGHTINGS.c.statuses, SIGHTINGS.c.media).where(
                SIGHTINGS.c.run == one.seq
            )
        )
        sightings = {
            exposure: Sighting(bool(aside), statuses(words), media(kinds)) for exposure, aside, words, kinds in met
        }
        yield Seen(one.run, sightings, looks if one.run.is_complete else {})


@lru_cache(maxsize=4096)
def statuses(words: str) -> frozenset[Status]:
    """Give the statuses that stand in a row."""
    return frozenset(map(Status, words.split()))


@lru_cache(maxsize=4096)
def media(words: str) -> frozenset[str]:
    """Give the kinds of evidence that stand in a row."""
    return frozenset(words.split())


def _decisions(connection: sa.Connection, run: int, on: str) -> Iterator[KeptDecision]:
    """Yield the decisions that a run knew, the soonest to expire first, each with its state on the day."""
    columns = (DECISIONS.c.id, DECISIONS.c.verdict, DECISIONS.c.state, DECISIONS.c.expires, DECISIONS.c.exposures)
    query = sa.select(*columns, DECISIONS.c.body).where(DECISIONS.c.run == run)
    for id_, verdict, state, expires, exposures, body in connection.execute(
        query.order_by(DECISIONS.c.expires, DECISIONS.c.id)
    ):
        dates.parse(expires)
        about = msgspec.json.decode(body, type=_About)
        yield msgspec.convert(
            {
                "id": id_,
                "about": about.about or about.exposure or about.party or about.measure or about.purl,
                "verdict": verdict,
                "expires": expires,
                "state": Validity.EXPIRED if expires < on[:10] else state,
                "exposures": exposures,
            },
            KeptDecision,
        )


class _About(msgspec.Struct):
    """What a decision says of its scope."""

    about: str = ""
    exposure: str = ""
    party: str = ""
    measure: str = ""
    purl: str = ""


def _overdue(connection: sa.Connection, last: Numbered, on: str) -> Iterator[KeptObligation]:
    """Yield the obligations of a run that are overdue on a day, the longest overdue first.

    1. What the run called overdue is.
    2. What it called open, and binds, is once a day has passed that was still to come. What only advises never is.
    """
    query = sa.select(OBLIGATIONS).where(OBLIGATIONS.c.run == last.seq, OBLIGATIONS.c.due.is_not(None))
    asked, today = dates.ends(last.run.as_of, "UTC"), dates.ends(on, "UTC")
    for row in connection.execute(query.order_by(OBLIGATIONS.c.due, OBLIGATIONS.c.id)).mappings():
        state, due = State(row["state"]), dates.ends(row["due"], "UTC")
        has_passed = state is State.OPEN and row["force"] == Force.MUST and asked <= due < today  # 2.
        if state is State.OVERDUE or has_passed:
            yield msgspec.convert({name: row[name] for name in KeptObligation.__struct_fields__}, KeptObligation)


def _standings(ledger: Ledger, chosen: Sequence[Numbered], on: str) -> tuple[Standing, ...]:
    """Give what the law says on the day of what the last run found."""
    if not chosen:
        return ()
    run = chosen[-1].run
    return asof.standings([lake.path(ledger.place.lake, "findings", run.files.get("findings", ""))], on, run.zones)


def _notes(
    every: Sequence[Numbered], chosen: Sequence[Numbered], asked: Asked, found: Sequence[Course]
) -> Iterator[str]:
    """Yield what to know of the answer."""
    if not chosen:
        yield "no run is about that day or an earlier one: nothing is known"
    if later := len(every) - len(chosen):
        yield f"runs left out, about a later day or kept later: {later}"
    if len(askers := sorted({one.run.organisation for one in chosen})) > 1:
        yield f"runs for several organisations: {', '.join(askers)}; the law and what is overdue are those of the last run"
    if cut := [one.run.id for one in chosen if not one.run.is_complete]:
        yield f"interrupted, so nothing is called gone by them: {', '.join(cut)}"
    if unread := chosen[-1].run.skips if chosen else 0:
        yield f"places that the last run could not read, so that nothing is known of them: {unread}"
    if unseen := sum(1 for one in found if one.presence is Presence.NOT_LOOKED_AT):
        yield f"exposures that nobody looked at again, and that count as remaining: {unseen}"
    if chosen and asked.on[:10] != chosen[-1].run.as_of[:10]:
        yield f"what is there is that of the last run, about {chosen[-1].run.as_of[:10]}; the law is that of {asked.on[:10]}"
