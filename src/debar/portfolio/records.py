# SPDX-License-Identifier: Apache-2.0
"""What somebody did for a duty, put on record: who did it, when, what was found, and the paper that shows it.

What a record may be about, and what it answers, is that of `debar record`; a duty that is answered in time is done, in every view.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from debar import dates
from debar.errors import ConflictError, UsageError, did_you_mean
from debar.model.deeds import Done
from debar.model.results import Obligation, Record
from debar.model.results.found import Result
from debar.model.vocab.portfolio import Permission
from debar.obligations.fulfilled import recorded
from debar.obligations.plan import provisions_of
from debar.obligations.recording import answered
from debar.portfolio import names, paging, running, views
from debar.portfolio.columns import at as during
from debar.portfolio.given import is_known
from debar.portfolio.tables import HELD, PAPERS, RECORDS
from debar.portfolio.wording import day
from debar.records.file import faults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from debar.model.deeds import Recording
    from debar.model.portfolio import Clock, Page
    from debar.model.viewed import Owed
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View


class Filters(Result, frozen=True, kw_only=True):
    """What a list is about; each part that is stated has to fit."""

    measure: str = ""
    """A measure, or measure#provision."""
    exposure: str = ""
    state: str = ""
    """"counts", "not yet" or "unused"."""
    words: str = ""
    """All of these stand somewhere in it."""


ALL = Filters()
STATES = ("counts", "not yet", "unused")


def add(portfolio: Portfolio, estate: Estate, clock: Clock, wanted: Recording, *, at: str = "") -> str:
    """Put on record what was done, and give the id of the record.

    1. What it is about is a duty: an obligation of the day that the clock means, or a provision.
    2. It was done today or before, by somebody, with a result.
    3. The very same is not on record yet.

    Raises UsageError for 1. and 2., ConflictError for 3.
    """
    estate.needs(Permission.WORK)
    at = at or dates.present()
    record = _record(estate, clock, wanted)
    said = [f"{field}: {text}" for field, text in faults(record)]
    if record.on > at[:10]:
        said.append(f"on: {record.on} lies ahead; what was done was done today or before")
    if said:
        raise UsageError("\n".join(said), hint="a record says who did it, when, and what came of it")
    id_, body = f"rec-{secrets.token_hex(8)}", msgspec.json.encode(record).decode()
    with estate.writing() as connection:
        if connection.execute(sa.select(RECORDS.c.id).where(RECORDS.c.body == body)).first():
            raise ConflictError("this very record is there already", hint="say what was found this time")
        connection.execute(sa.insert(RECORDS), {"id": id_, "by": estate.caller.id, "at": at, "body": body})
        about = {"provisions": record.provisions, "on": record.on, "by": record.by, "exposures": len(record.exposures)}
        estate.log(connection, "record.made", id_, about)
    running.ask(portfolio, estate)
    return id_


def listed(
    estate: Estate, clock: Clock, filters: Filters = ALL, *, page_token: str = "", page_size: int = paging.USUAL
) -> Page[Done]:
    """Give a page of records, the newest first, with what each comes to on the day."""
    found = list(rows(estate, clock, filters))
    wanted = paging.asked(("records", filters), clock.known_on, page_token, page_size)
    places = {one.id: place for place, one in enumerate(found)}
    return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda one: one.id, places.get)


def rows(estate: Estate, clock: Clock, filters: Filters = ALL) -> Iterator[Done]:
    """Yield every record of a list."""
    if filters.state and filters.state not in STATES:
        raise UsageError(
            f"{filters.state!r} is no state{did_you_mean(filters.state, STATES)}", hint=f"one of: {', '.join(STATES)}"
        )
    with estate.reading() as connection:
        view = views.seen(connection, estate, clock)
        there = [
            (row.id, row.by, row.at, msgspec.json.decode(row.body, type=Record))
            for row in connection.execute(sa.select(RECORDS).order_by(RECORDS.c.at.desc(), RECORDS.c.id))
            if is_known(row.at, clock.known_on)
        ]
        named = {id_ for *_, record in there for id_ in record.exposures}
        obligations = [_obligation(owed, _about(connection, view, owed, named)) for owed in view.law.owed if owed.done]
    told = recorded([record for *_, record in there], obligations, provisions_of(view.register), clock.as_of[:10])
    states = {msgspec.json.encode(one.record): one for one in told}
    for id_, by, at, record in there:
        one = states[msgspec.json.encode(record)]
        done = Done(id=id_, by=by, at=at, record=record, state=one.state, obligations=one.obligations)
        if _fits(done, filters):
            yield done


def _record(estate: Estate, clock: Clock, wanted: Recording) -> Record:
    """Give the record: what it is about from the view, the rest as it was said."""
    with estate.reading() as connection:
        view = views.seen(connection, estate, clock)
        evidence = _evidence(connection, wanted.evidence)
        if wanted.duty:
            found = _of_duty(connection, view, wanted)
        else:
            found = Record(on="", by="", found="", exposures=_there(connection, view, wanted.exposures))
    return replace(
        found,
        on=day(wanted.on or dates.present()[:10], "on"),
        by=names.text(wanted.by or estate.caller.name, "by", 200),
        found=names.text(wanted.found, "found"),
        **evidence,
    )


def _of_duty(connection: sa.Connection, view: View, wanted: Recording) -> Record:
    """Give what a record of a duty is about; narrowed to the exposures that are named."""
    some = [owed for owed in view.law.owed if wanted.duty == owed.id or wanted.duty in owed.provisions]
    obligations = [_obligation(owed, _about(connection, view, owed)) for owed in some]
    known = [contract.id for contract in view.question.organisation.contracts]
    if wanted.contract and wanted.contract not in known:
        raise UsageError(f"no contract is called {wanted.contract[:40]!r}{did_you_mean(wanted.contract, known)}")
    found = answered(wanted.duty, obligations, view.register, wanted.contract, has_report=True)
    if not wanted.exposures or not found.exposures:
        return found
    if strange := set(wanted.exposures) - set(found.exposures):
        raise UsageError(f"{min(strange)[:40]}: the duty is not about it", hint="choose from those that it is about")
    return replace(found, exposures=tuple(dict.fromkeys(wanted.exposures)))


def _obligation(owed: Owed, exposures: tuple[str, ...]) -> Obligation:
    """Give an obligation with the exposures that it is about."""
    return Obligation(
        id=owed.id,
        exposures=exposures,
        action=owed.action,
        due=owed.due or None,
        force=owed.force,
        findings=(),
        state=owed.state,
        owner=owed.owner,
        repeats=owed.repeats,
        provisions=owed.provisions,
        contract=owed.contract,
        includes=owed.includes,
        done=owed.done,
    )


def _about(connection: sa.Connection, view: View, owed: Owed, some: Collection[str] | None = None) -> tuple[str, ...]:
    """Give the ids of the exposures that an obligation is about, or of those of them that matter."""
    if not owed.kinds or (some is not None and not some):
        return ()
    kinds = {view.places[kind] for kind in owed.kinds}
    rows = {row for row, kind in zip(view.rows.row.tolist(), view.rows.kind.tolist(), strict=True) if kind in kinds}
    query = sa.select(HELD.c.row, HELD.c.exposure).where(during(HELD, view.seq)).order_by(HELD.c.row)
    found = (id_ for row, id_ in connection.execute(query) if row in rows)
    return tuple(dict.fromkeys(id_ for id_ in found if some is None or id_ in some))


def _there(connection: sa.Connection, view: View, exposures: Sequence[str]) -> tuple[str, ...]:
    """Give exposures that somebody looked at; UsageError for one that the run does not have."""
    query = sa.select(HELD.c.exposure).where(during(HELD, view.seq), HELD.c.exposure.in_(exposures))
    found = set(connection.execute(query).scalars()) if exposures else set()
    if missing := [id_ for id_ in exposures if id_ not in found]:
        raise UsageError(f"no exposure is called {missing[0][:40]!r}", hint="choose from the list of exposures")
    return tuple(dict.fromkeys(exposures))


def _evidence(connection: sa.Connection, sha256: str) -> dict[str, str]:
    if not sha256:
        return {}
    name = connection.execute(sa.select(PAPERS.c.name).where(PAPERS.c.sha256 == sha256)).scalar()
    if name is None:
        raise UsageError("evidence: no such paper is here", hint="upload it first")
    return {"evidence": name, "sha256": sha256}


def _fits(one: Done, filters: Filters) -> bool:
    """Tell whether a list is about a record."""
    record = one.record
    return (
        (not filters.measure or _names(record.provisions, filters.measure))
        and (not filters.exposure or filters.exposure in record.exposures)
        and (not filters.state or one.state == filters.state)
        and all(
            word in f"{record.about} {record.found} {record.by} {' '.join(record.provisions)}".casefold()
            for word in filters.words.casefold().split()
        )
    )


def _names(provisions: Iterable[str], measure: str) -> bool:
    return any(measure in (name, name.partition("#")[0]) for name in provisions)
