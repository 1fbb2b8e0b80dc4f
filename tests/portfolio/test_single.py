# SPDX-License-Identifier: Apache-2.0
"""Promises about one exposure: it is told as a scan tells it, with everything that was said and done about it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import filled
import pytest

import composed
from debar import pipeline
from debar.model.portfolio import Clock
from debar.model.results import Decision
from debar.model.vocab import Presence, Verdict
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.portfolio import exposures

if TYPE_CHECKING:
    from pathlib import Path


def decision(verdict: Verdict, exposure: str) -> Decision:
    """Give a decision about one exposure."""
    return Decision(
        exposure=exposure, verdict=verdict, reason="looked", requester="A. Meyer", approver="B. Kim",
        created="2024-10-01", expires="2024-12-31",
    )  # fmt: skip


@pytest.mark.parametrize("day", ["2024-10-05", "2024-06-30", "2025-03-01"])
def test_it_is_told_as_a_scan_tells_it(tmp_path: Path, day: str) -> None:
    """Findings, positions and evidence are those of the procedure over everything, to the ids."""
    report, _ = filled.scanned()
    found = filled.many(60, seed=11)
    decided = [decision(Verdict.ACCEPTED, found.exposures[0].id), decision(Verdict.CONFIRMED, found.exposures[1].id)]
    question = Question(organisation=organisation("us/reseller"), as_of=day, known_on="")
    said = pipeline.said(filled.stood(found, day), composed.shipped(), question, decided)
    with filled.estate(tmp_path) as own:
        filled.keep(own, report, found, day="2024-01-01")
        filled.decide(own, *decided)
        some = [*said.exposures[:2], *random.Random(1).sample(said.exposures, 8)]
        for exposure in some:
            told = exposures.one(own, Clock(as_of=day), exposure.id)
            assert told.exposure == exposure
            assert told.findings == tuple(f for f in said.findings if f.exposure == exposure.id)
            assert told.positions == said.positions[exposure.id]
            duties = {(o.id, o.state) for o in said.obligations if exposure.id in o.exposures}
            assert {(o.id, o.state) for o in told.obligations} == duties
            assert told.row == next(row for row in exposures.rows(own, Clock(as_of=day)) if row.id == exposure.id)
            assert set(told.measures) == {f.measure for f in told.findings}
            assert {match.source for match in exposure.matches} == set(told.sources)
            assert [one.match for one in told.why.evidence] == list(exposure.matches)
            assert [one.indicator is not None for one in told.why.evidence] == [True] * len(exposure.matches)


def test_what_was_set_aside_says_why(tmp_path: Path) -> None:
    """A false positive is told with its reason, in the words of who decided, and with the decision."""
    report, found = filled.scanned()
    with filled.estate(tmp_path) as own:
        filled.keep(own, report, found)
        filled.decide(own, decision(Verdict.FALSE_POSITIVE, found.exposures[0].id))
        told = exposures.one(own, Clock(as_of="2024-10-05"), found.exposures[0].id)
        assert "a false positive, as A. Meyer decided" in told.row.aside
        assert told.why.set_aside == told.row.aside
        assert [one.decision.verdict for one in told.decisions] == [Verdict.FALSE_POSITIVE]
        assert told.findings == ()
        before = exposures.one(own, Clock(as_of="2024-10-05", known_on="2024-10-05"), found.exposures[0].id)
        assert before.row.aside == told.row.aside
        expired = exposures.one(own, Clock(as_of="2025-06-01"), found.exposures[0].id)
        assert expired.row.aside == ""
        assert expired.findings


def test_its_course_goes_over_the_runs(tmp_path: Path) -> None:
    """First and last seen are days of runs, and a run that was not known then is left out."""
    report, found = filled.scanned()
    with filled.estate(tmp_path) as own:
        for day in ("05", "06", "08"):
            filled.keep(own, report, found, at=f"2024-10-{day}T12:00:00Z", day=f"2024-10-{day}")
        told = exposures.one(own, Clock(as_of="2024-12-31"), found.exposures[0].id).course
        assert told is not None
        assert (told.presence, told.first_seen, told.last_seen) == (Presence.OPEN, "2024-10-05", "2024-10-08")
        known = exposures.one(own, Clock(as_of="2024-12-31", known_on="2024-10-06"), found.exposures[0].id).course
        assert known is not None
        assert known.last_seen == "2024-10-06"
