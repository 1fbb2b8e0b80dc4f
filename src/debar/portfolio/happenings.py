# SPDX-License-Identifier: Apache-2.0
"""What happened that somebody may want to hear of: read off the log of an organisation, its jobs, and the days that come near.

Whatever is done stands in the log by the transaction that did it. What is told is read off that log, so nothing that was done is
forgotten, and nothing is told that was not done.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from debar.model.portfolio import Clock
from debar.model.results import Run
from debar.model.vocab import State
from debar.model.vocab.portfolio import JobKind, JobState
from debar.model.vocab.telling import Event
from debar.portfolio import audit, views
from debar.portfolio.asking import approved
from debar.portfolio.tables import JOBS
from debar.store.tables import EXPOSURES, LOG, RUNS, SIGHTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

DAYS = (1, 7, 30)
"""How near a day is when it is told of, the nearest first."""
_SOME = 20
"""Exposures that a message names; how many there are it says."""


class Happening(NamedTuple):
    """Something that happened."""

    event: Event
    key: str
    """By which it is the same, however often it is looked for."""
    at: str
    says: dict[str, Any]
    """What is told: `about` an id, `text` a line for people, `path` where to look, and what else a program may need."""


class _Change(msgspec.Struct, frozen=True):
    """An entry of the audit log."""

    action: str
    about: str
    name: str
    detail: dict[str, Any]


def logged(connection: sa.Connection, after: int, last: int) -> Iterator[Happening]:
    """Yield what the log says happened, behind an entry of it and up to another."""
    wanted = sa.and_(LOG.c.seq > after, LOG.c.seq <= last, LOG.c.kind.in_(["run", audit.KIND]))
    for entry in connection.execute(sa.select(LOG).where(wanted).order_by(LOG.c.seq)).all():
        if entry.kind == "run":
            yield from _of_run(connection, msgspec.json.decode(entry.body, type=Run), entry.at)
        else:
            change = msgspec.json.decode(entry.body, type=_Change)
            if change.action in _TOLD:
                event, text, page = _TOLD[change.action]
                known = {name: change.detail[name] for name in _SHOWN if name in change.detail}
                says = {"about": change.about, "by": change.name, "action": change.action, **known}
                line = text.format(name=change.name, **{"scope": "", "exposures": 0, **known})
                yield Happening(
                    event, str(entry.seq), entry.at, {**says, "text": line, "path": f"{page}{change.about}"}
                )


_SHOWN = (
    "verdict",
    "scope",
    "created",
    "expires",
    "reason",
    "answer",
    "as_of",
    "sha256",
    "head",
    "exposures",
    "measures",
)
"""Details of an entry that are told."""
_TOLD: Mapping[str, tuple[Event, str, str]] = {
    "decision.asked": (Event.DECISION_ASKED, "{name} asks for a decision on {scope}.", "decisions/"),
    "decision.approved": (Event.DECISION_ANSWERED, "{name} approved a decision on {scope}.", "decisions/"),
    "decision.refused": (Event.DECISION_ANSWERED, "{name} refused a decision.", "decisions/"),
    "proof.made": (Event.PROOF_MADE, "A proof was made.", "evidence/"),
    "register.hits": (
        Event.MEASURE_NEW,
        "The register changed, and says something else of {exposures} exposures.",
        "register?newly=",
    ),
}
"""By action of the audit log: what happened, in words, and where to look."""


def _of_run(connection: sa.Connection, run: Run, at: str) -> Iterator[Happening]:
    figures = {"as_of": run.as_of, "exposures": run.exposures, "assets": run.assets, "findings": run.findings}
    text = f"A run as of {run.as_of}: {run.exposures:,} exposures on {run.assets:,} assets that were looked at."
    says = {"about": run.id, **figures, "obligations": run.obligations, "skips": run.skips, "text": text, "path": ""}
    yield Happening(Event.RUN_FINISHED, run.id, at, says)
    earlier = SIGHTINGS.alias()
    seq = connection.execute(sa.select(RUNS.c.seq).where(RUNS.c.id == run.id)).scalar()
    is_old = sa.exists().where(earlier.c.exposure == SIGHTINGS.c.exposure, earlier.c.run < SIGHTINGS.c.run)
    is_new = sa.and_(SIGHTINGS.c.run == seq, SIGHTINGS.c.is_set_aside.is_(False), ~is_old)
    count = connection.execute(sa.select(sa.func.count()).select_from(SIGHTINGS).where(is_new)).scalar_one()
    if not count:
        return
    query = sa.select(EXPOSURES).join(SIGHTINGS, SIGHTINGS.c.exposure == EXPOSURES.c.id).where(is_new)
    some = [
        {"id": one.id, "asset": one.asset, "party": one.party, "name": one.name}
        for one in connection.execute(query.order_by(EXPOSURES.c.asset, EXPOSURES.c.id).limit(_SOME))
    ]
    text = f"{count:,} exposures that no run had found before."
    yield Happening(
        Event.EXPOSURE_NEW,
        run.id,
        at,
        {"about": run.id, "count": count, "first": some, "text": text, "path": "exposures?sort=-first_seen"},
    )


def near(estate: Estate, day: str) -> Iterator[Happening]:
    """Yield the obligations that are due soon, and what was decided and soon holds no more."""
    today = date.fromisoformat(day)
    for one in views.view(estate, Clock(as_of=day)).law.owed:
        if one.state is State.DONE or not one.due or (within := _within(today, one.due)) is None:
            continue
        says = {"about": one.id, "due": one.due, "force": str(one.force), "days": within, "exposures": one.exposures}
        text = f"Due on {one.due[:10]}: {one.action}, for {one.exposures:,} exposures."
        yield Happening(
            Event.DEADLINE_NEAR,
            f"{one.id} {one.due} {within}",
            f"{day}T00:00:00Z",
            {**says, "owner": one.owner, "measures": list(one.measures), "text": text, "path": "duties"},
        )
    with estate.reading() as connection:
        every = approved(connection)
    ends = {(one.request, one.decision.expires): one for one in every}
    for (request, expires), asked in sorted(ends.items()):
        if (within := _within(today, expires)) is None:
            continue
        its = asked.decision
        text = f"Until {expires} holds what {its.requester} asked for and {its.approver} approved: {its.reason}"
        says = {"about": request, "verdict": str(its.verdict), "expires": expires, "days": within, "reason": its.reason}
        yield Happening(
            Event.WAIVER_EXPIRING,
            f"{request} {expires} {within}",
            f"{day}T00:00:00Z",
            {**says, "text": text, "path": f"decisions/{request}"},
        )


def failed(portfolio: Portfolio, estate: Estate, since: str) -> list[Happening]:
    """Give the jobs that came to nothing at an instant or after it; but not those that tell: who hears of that hears nothing."""
    mine = (JOBS.c.organisation == estate.organisation, JOBS.c.state == JobState.FAILED, JOBS.c.ended_at >= since)
    query = sa.select(JOBS).where(*mine, JOBS.c.kind != JobKind.TELL).order_by(JOBS.c.order)
    with portfolio.reading() as connection:
        rows = connection.execute(query).all()
    return [
        Happening(
            Event.JOB_FAILED,
            f"{row.id} {row.ended_at}",
            row.ended_at,
            {
                "about": row.id,
                "kind": row.kind,
                "fault": row.fault,
                "text": f"A job to {row.kind} failed: {row.fault}",
                "path": "uploads",
            },
        )
        for row in rows
    ]


def _within(today: date, when: str) -> int | None:
    """Give which of the distances a day has come to; nothing for one that is past, or further away."""
    left = (date.fromisoformat(when[:10]) - today).days
    return next((days for days in DAYS if 0 <= left <= days), None)
