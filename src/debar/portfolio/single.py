# SPDX-License-Identifier: Apache-2.0
"""One exposure with everything that is known of it: the procedure of a scan, put to it alone."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from debar import decisions as deciding
from debar.errors import NotThereError
from debar.match.account import account
from debar.match.kept import load_index
from debar.model.inventory import Source
from debar.model.portfolio import Remark
from debar.model.results import Coverage, IndicatorBrief, Program, Report, SetAside
from debar.model.viewed import ExposureTold
from debar.obligations.background import brands, ties
from debar.obligations.brief import briefs, names, release_of
from debar.pipeline import Exposed
from debar.portfolio import columns, making, passing, shown
from debar.portfolio.blobs import unpack
from debar.portfolio.given import asked, is_known
from debar.portfolio.tables import ASKED, HELD, REMARKS, SOURCES, TOLD_BY_RUNS
from debar.portfolio.views import seen, whole
from debar.release import SCHEMA, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.match.compile import Index
    from debar.model.portfolio import Asked, Clock
    from debar.model.results import Exposure, Why
    from debar.pipeline import Said
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View
    from debar.register import Register


def one(estate: Estate, clock: Clock, id_: str) -> ExposureTold:
    """Give everything about one exposure; NotThereError where the run that is meant has none of that id."""
    with estate.reading() as connection:
        view = seen(connection, estate, clock)
        query = sa.select(HELD).where(HELD.c.exposure == id_, columns.at(HELD, view.seq)).order_by(HELD.c.number)
        held = connection.execute(query).all()
        if not held:
            raise NotThereError(f"there is no exposure {id_[:40]}", hint="the list of exposures shows those of the day")
        said = _said(connection, view, [row.row for row in held])
        exposure, aside = _meant(said, id_)
        places = columns.where(columns.among(view.rows.row, [row.row for row in held]))
        kinds = [view.alike[kind] for kind in view.rows.kind[places].tolist() if kind >= 0]
        own = next(kind for kind in kinds if kind.aside == aside) if len(kinds) > 1 else kinds[0]
        sources = _sources(connection, view, exposure)
        findings = tuple(finding for finding in said.findings if finding.exposure == id_)
        return ExposureTold(
            row=shown.row(held[0], own),
            exposure=exposure,
            organisation=view.question.organisation,
            register=release_of(view.register, view.question),
            sources=sources,
            why=_why(connection, view, exposure, aside, sources, said),
            positions=said.positions.get(id_, ()),
            findings=findings,
            obligations=tuple(owed for owed in view.law.owed if own.id in owed.kinds),
            measures=briefs(findings, view.register),
            names=names(view.register, _known([exposure.party], view.register)),
            brands=brands(_known([exposure.party], view.register), view.register, view.question).get(
                exposure.party, ()
            ),
            course=passing.course(connection, estate, clock, exposure),
            decisions=_decisions(connection, exposure, clock),
            remarks=_remarks(connection, id_, clock),
        )


def _known(parties: Iterable[str], register: Register) -> list[str]:
    return [party for party in parties if party in register.parties]


def _said(connection: sa.Connection, view: View, rows: Iterable[int]) -> Said:
    """Give what the law says of the rows of one id: what counts, and what was set aside."""
    found = Exposed([], [])
    for row in rows:
        exposure, aside = whole(connection, row)
        if not exposure.identity.dated:
            exposure = replace(exposure, identity=replace(exposure.identity, on=view.question.as_of[:10]))
        if exposure.party not in view.register.parties:
            aside = aside or making.unknown(exposure.party)
        if aside:
            found.set_aside.append(SetAside(exposure=exposure, reason=aside))
        else:
            found.exposures.append(exposure)
    gone = [one for one in found.set_aside if one.exposure.party not in view.register.parties]
    agreed = {ruling.id for ruling in view.law.rulings}  # what contradicts is left out here as well
    decisions = [one for one in view.asked.given.decisions if deciding.identity(one) in agreed]
    asked_by = view.asked._replace(given=view.asked.given._replace(decisions=decisions))
    said, _ = making.answered(Exposed(found.exposures, [a for a in found.set_aside if a not in gone]), asked_by, {})
    return said._replace(set_aside=[*said.set_aside, *gone])


def _meant(said: Said, id_: str) -> tuple[Exposure, str]:
    """Give the exposure, and why it does not count; what counts goes before what was set aside."""
    for exposure in said.exposures:
        if exposure.id == id_:
            return exposure, ""
    return said.set_aside[0].exposure, said.set_aside[0].reason


def _sources(connection: sa.Connection, view: View, exposure: Exposure) -> dict[str, Source]:
    """Give the sources of the matches of an exposure, by their ids."""
    ids = sorted({match.source for match in exposure.matches})
    query = sa.select(SOURCES.c.body).where(columns.at(SOURCES, view.seq), SOURCES.c.id.in_(ids))
    found = (msgspec.json.decode(body, type=Source) for body in connection.execute(query).scalars())
    return {source.id: source for source in found}


def _why(
    connection: sa.Connection, view: View, exposure: Exposure, aside: str, sources: Mapping[str, Source], said: Said
) -> Why:
    """Give the account of an exposure, by a report that is about it alone."""
    packed = connection.execute(sa.select(TOLD_BY_RUNS.c.indicators).where(TOLD_BY_RUNS.c.run == view.seq)).scalar()
    every = unpack(packed, dict[str, IndicatorBrief]) if packed else {}
    met = {match.indicator for match in exposure.matches}
    register, question = view.register, view.question
    report = Report(
        schema=SCHEMA,
        program=Program(name="debar", version=VERSION),
        register=release_of(register, question),
        as_of=question.as_of,
        known_on=question.known_on or None,
        organisation=question.organisation,
        assumed=False,
        measures={},
        names=names(register, _known([exposure.party], register)),
        brands={},
        sources=tuple(sources.values()),
        skips=(),
        indicators={id_: brief for id_, brief in every.items() if id_ in met},
        exposures=(),
        set_aside=(),
        findings=(),
        positions={},
        obligations=(),
        coverage=Coverage(kinds_seen=(), kinds_missing=(), notes=(), stale_after=0, assets=()),
    )
    notes = [state.text for state in said.decisions if exposure.id in state.exposures]
    return account(exposure, aside, report, register, _index(register), ties(exposure, register, question), notes)


_INDEXES: dict[str, Index] = {}
_GUARD = threading.Lock()


def _index(register: Register) -> Index:
    """Give the index of a register; the last one that was asked for stays at hand."""
    with _GUARD:
        if register.sha256 not in _INDEXES:
            _INDEXES.clear()
            _INDEXES[register.sha256] = load_index(register)
        return _INDEXES[register.sha256]


def _decisions(connection: sa.Connection, exposure: Exposure, clock: Clock) -> tuple[Asked, ...]:
    """Give the decisions in whose scope an exposure is, whatever became of them, the newest first."""
    found = []
    for row in connection.execute(sa.select(ASKED).order_by(ASKED.c.requested_at.desc(), ASKED.c.id)):
        one = asked(row, clock.known_on)
        if is_known(row.requested_at, clock.known_on) and deciding.reaches(one.decision, exposure):
            found.append(one)
    return tuple(found)


def _remarks(connection: sa.Connection, id_: str, clock: Clock) -> tuple[Remark, ...]:
    query = sa.select(REMARKS).where(REMARKS.c.exposure == id_).order_by(REMARKS.c.at, REMARKS.c.id)
    return tuple(
        Remark(id=row.id, exposure=row.exposure, by=row.by, at=row.at, text=row.text)
        for row in connection.execute(query)
        if is_known(row.at, clock.known_on)
    )
