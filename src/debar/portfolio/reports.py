# SPDX-License-Identifier: Apache-2.0
"""The whole report that a clock means: the run as it was kept, or what the law makes of it on the day, exposure by exposure.

Lists need none of it (`views`). Proofs and plans rest on the whole, and are made by workers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from debar import decisions as deciding
from debar.errors import NotThereError, UsageError
from debar.model.results import Exposure, Run, SetAside
from debar.obligations.background import brands
from debar.obligations.brief import briefs, names, release_of
from debar.obligations.fulfilled import recorded
from debar.obligations.plan import provisions_of
from debar.obligations.questions import questions
from debar.pipeline import Exposed
from debar.portfolio import columns, making, views
from debar.portfolio.blobs import unpack
from debar.portfolio.tables import EVIDENCE, HELD
from debar.release import VERSION
from debar.store import comparing, runs
from debar.store.tables import RUNS

if TYPE_CHECKING:
    from debar.model.portfolio import Clock
    from debar.model.results import Comparison, Report
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View


def report(estate: Estate, clock: Clock) -> Report:
    """Give the report; NotThereError where no run is about the day or an earlier one."""
    with estate.reading() as connection:
        view = views.seen(connection, estate, clock)
        if view.run is None:
            raise NotThereError("there is nothing yet to report on", hint="upload a source, or ask about a later day")
        body = connection.execute(sa.select(RUNS.c.body).where(RUNS.c.seq == view.seq)).scalar_one()
        kept = runs.report(estate.ledger, msgspec.json.decode(body, type=Run))
        if _is_same(kept, view):
            return kept
        exposed = _exposed(connection, view)
    return _told(kept, view, exposed)


def compared(estate: Estate, before: str, after: str) -> Comparison:
    """Give what is different between two runs, named as `debar diff` has it; UsageError for what names none."""
    first, second = sides(estate, before, after)
    return comparing.compare(first, second, runs.met_before(estate.ledger, runs.meant(estate.ledger, first.run)))


def sides(estate: Estate, before: str, after: str) -> tuple[comparing.Named, comparing.Named]:
    """Give two runs with their reports, named as `debar diff` has it; UsageError for what names none."""
    ledger = estate.ledger
    try:
        old, new = runs.meant(ledger, before), runs.meant(ledger, after)
    except UsageError as e:
        raise UsageError(e.message, hint="the list of runs names them") from e
    return (
        comparing.Named(runs.report(ledger, old), before, old.id),
        comparing.Named(runs.report(ledger, new), after, new.id),
    )


def _is_same(kept: Report, view: View) -> bool:
    """Tell whether everything that decides a report is what it was when it was kept."""
    question = view.question
    return (
        kept.program.version == VERSION
        and kept.register.sha256 == view.register.sha256
        and (kept.as_of, kept.known_on or "") == (question.as_of, question.known_on)
        and kept.organisation == question.organisation
        and {one.id for one in kept.decisions} == set(map(deciding.identity, view.asked.given.decisions))
        and {one.record for one in kept.records} == set(view.asked.given.records)
    )


def _exposed(connection: sa.Connection, view: View) -> Exposed:
    """Give what a run found, before anything that people decided, as it would have been found on the day."""
    query = sa.select(EVIDENCE.c.body, HELD.c.aside).join(HELD, HELD.c.row == EVIDENCE.c.row)
    found = Exposed([], [])
    for body, aside in connection.execute(query.where(columns.at(HELD, view.seq)).order_by(HELD.c.row)):
        exposure = unpack(body, Exposure)
        if exposure.party not in view.register.parties:  # nothing can be said of it
            continue
        if not exposure.identity.dated:
            exposure = replace(exposure, identity=replace(exposure.identity, on=view.question.as_of[:10]))
        if aside:
            found.set_aside.append(SetAside(exposure=exposure, reason=aside))
        else:
            found.exposures.append(exposure)
    found.exposures.sort(key=lambda e: (e.asset.casefold(), e.party, e.product))
    found.set_aside.sort(key=lambda s: (s.exposure.asset.casefold(), s.exposure.party, s.reason))
    return found


def _told(kept: Report, view: View, exposed: Exposed) -> Report:
    """Give a report with what the law makes of it on another day, or with other decisions."""
    register, question, day = view.register, view.question, view.question.as_of[:10]
    said, notes = making.answered(exposed, view.asked, {})
    parties = {one.party for one in said.exposures}
    noted = deciding.noted(said.decisions, said.exposures, day)
    return replace(
        kept,
        program=replace(kept.program, version=VERSION),
        register=release_of(register, question),
        as_of=question.as_of,
        known_on=question.known_on or None,
        organisation=question.organisation,
        assumed=question.is_default,
        measures=briefs(said.findings, register),
        names=names(register, parties | {one.exposure.party for one in said.set_aside}),
        brands=brands(parties, register, question),
        exposures=tuple(said.exposures),
        set_aside=tuple(said.set_aside),
        findings=tuple(said.findings),
        positions=said.positions,
        obligations=said.obligations,
        coverage=replace(kept.coverage, notes=tuple(dict.fromkeys((*kept.coverage.notes, *noted, *notes)))),
        questions=questions(said.findings, said.exposures, said.obligations, register, question.organisation),
        records=recorded(view.asked.given.records, said.obligations, provisions_of(register), day),
        decisions=said.decisions,
    )
