# SPDX-License-Identifier: Apache-2.0
"""Promises about views: what is said of kinds is what a scan says exposure by exposure, on every day and with all knowledge."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import filled
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import composed
from debar import pipeline
from debar.errors import UsageError
from debar.model.measures import Contract, Owner, System
from debar.model.portfolio import Clock
from debar.model.results import Decision, Record
from debar.model.vocab import State, Verdict
from debar.obligations.organisation import organisation
from debar.obligations.position import GRAVITY
from debar.obligations.question import Question
from debar.obligations.questions import questions
from debar.portfolio import views
from debar.portfolio.columns import lights

if TYPE_CHECKING:
    import pytest

    from debar.model.measures import Organisation
    from debar.pipeline import Exposed, Said
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View

LAW = "us-bis-icts-2021-002-kaspersky"
DAYS = ("2024-01-05", "2024-09-28", "2024-10-05", "2024-12-31", "2026-06-01")


def told(own: Estate, view: View) -> dict[tuple[str, str], dict[str, Any]]:
    """Give what a view says of each row: by id, and by the reason for which it does not count."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    with own.reading() as connection:
        by_row = lights(connection, view.seq)
    every = [by_row[row] for row in view.rows.row.tolist()]
    for light, place in zip(every, view.rows.kind.tolist(), strict=True):
        if place >= 0:
            one = view.alike[place]
            found[light.exposure, one.aside] = {
                "level": one.level,
                "status": one.status,
                "acts": [(act.act, act.status, act.since, act.until, act.becomes) for act in one.acts],
                "reached": [(r.provision, r.act, r.status, r.since, r.until) for r in one.reached],
                "due": one.due,
                "verdict": one.verdict,
            }
    return found


def expected(said: Said, day: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Give the same of what a scan says."""
    due: dict[str, str] = {}
    for duty in said.obligations:
        is_ahead = (duty.due or "")[:10] > day and duty.state in (State.OPEN, State.UPCOMING)
        for exposure in duty.exposures if duty.due and (is_ahead or duty.state is State.OVERDUE) else ():
            due[exposure] = min(duty.due or "", due.get(exposure, "9999"))
    findings = defaultdict(list)
    for finding in said.findings:
        findings[finding.exposure].append(finding)
    found: dict[tuple[str, str], dict[str, Any]] = {
        (one.id, ""): {
            "level": one.level,
            "status": min((p.status for p in said.positions[one.id]), key=GRAVITY.index, default=None),
            "acts": [(p.act, p.status, p.since or "", p.until or "", p.becomes) for p in said.positions[one.id]],
            "reached": [(f.provision, f.act, f.status, f.since, f.until or "") for f in findings[one.id]],
            "due": due.get(one.id, ""),
            "verdict": one.decision.verdict if one.decision else None,
        }
        for one in said.exposures
    }
    for aside in said.set_aside:
        one = aside.exposure
        found[one.id, aside.reason] = {
            "level": one.level,
            "status": None,
            "acts": [],
            "reached": [],
            "due": "",
            "verdict": one.decision.verdict if one.decision else None,
        }
    return found


def agree(own: Estate, exposed: Exposed, facts: Organisation, decisions: list[Decision], records: list[Record], day: str,
          known_on: str = "") -> None:  # fmt: skip
    """Assert that a view says what the procedure of a scan says of everything at once."""
    register = composed.shipped()
    question = Question(organisation=facts, as_of=day, known_on=known_on)
    said = pipeline.said(filled.stood(exposed, day), register, question, decisions, records)
    view = views.view(own, Clock(as_of=day, known_on=known_on))
    assert told(own, view) == expected(said, day)
    ids = defaultdict(set)
    with own.reading() as connection:
        by_row = lights(connection, view.seq)
    for row, place in zip(view.rows.row.tolist(), view.rows.kind.tolist(), strict=True):
        if place >= 0:
            ids[view.alike[place].id].add(by_row[row].exposure)
    mine = {
        one.id: (one.action, one.due, one.state, one.owner, one.provisions, one.includes, one.done, one.exposures,
                 set().union(*(ids[kind] for kind in one.kinds)))
        for one in view.law.owed
    }  # fmt: skip
    theirs = {
        one.id: (one.action, one.due or "", one.state, one.owner, one.provisions, one.includes, one.done,
                 len(one.exposures), set(one.exposures))
        for one in said.obligations
    }  # fmt: skip
    assert mine == theirs
    assert [one.id for one in view.law.owed] == [one.id for one in said.obligations]
    assert view.law.questions == questions(said.findings, said.exposures, said.obligations, register, facts)
    assert [(r.id, r.state.state, r.state.text, r.exposures, r.findings) for r in view.law.rulings] == [
        (s.id, s.state, s.text, len(s.exposures), len(s.findings)) for s in said.decisions
    ]
    assert view.law.counts.exposures == len(said.exposures)
    assert view.law.counts.set_aside == len({(a.exposure.id, a.reason) for a in said.set_aside})


def organisations(rng: random.Random) -> Organisation:
    """Give an organisation with systems, owners and contracts, as often as not."""
    facts = organisation(rng.choice(("us/reseller", "us/company", "us/federal-contractor", "de/carrier")))
    systems = (
        System(id="edge", assets=("edge-*",), facts={"supplies_it_to_others": rng.choice(("yes", "no"))}),
        System(id="mix", assets=("*-0000?", "Kiosk-*"), facts={"produced_in": "CN"}),
    )
    owners = (
        Owner(owner="edge team", assets=("edge-*", "srv-*1")),
        Owner(owner="everybody"),
    )
    return replace(
        facts,
        systems=systems[: rng.randrange(3)],
        owners=owners[: rng.randrange(3)],
        contracts=(Contract(id="c-1", facts={"awarded_on": "2021-05-01"}),)[: rng.randrange(2)],
    )


def decided(rng: random.Random, exposed: Exposed) -> list[Decision]:
    """Give decisions of every scope and verdict about some of what was found."""
    every = [*exposed.exposures, *(aside.exposure for aside in exposed.set_aside)]
    found = []
    for number in range(rng.randrange(6)):
        one = rng.choice(every)
        verdict = rng.choice((
            Verdict.ACCEPTED, Verdict.CONFIRMED, Verdict.FALSE_POSITIVE, Verdict.NOT_THE_PARTY, Verdict.REPLACED,
        ))  # fmt: skip
        scope: dict[str, Any] = rng.choice((
            {"exposure": one.id},
            {"assets": (f"{one.asset[:4]}*",)},
            {"party": one.party, "assets": (one.asset,)},
            {"party": f"{one.party}/{one.product}"} if one.product else {"party": one.party},
            {"purl": "pkg:*/*"},
        ))  # fmt: skip
        if rng.random() < 0.4:
            verdict = rng.choice((Verdict.ACCEPTED, Verdict.WAIVED, Verdict.EXEMPT))
            scope |= {"measure": LAW}
            scope |= {"granted_by": "BIS", "reference": "BIS 12/24"} if verdict is Verdict.WAIVED else {}
            scope |= {"measure": f"{LAW}#resale", "exemption": "security-training"} if verdict is Verdict.EXEMPT else {}
        found.append(
            Decision(
                verdict=verdict, reason=f"reason {number}", requester="A. Meyer", approver="B. Kim",
                created=rng.choice(("2024-09-01", "2024-09-20", "2024-11-01")), expires="2025-01-31", **scope,
            )
        )  # fmt: skip
    return found


def recorded(rng: random.Random, exposed: Exposed) -> list[Record]:
    """Give records about some exposures, and about a duty."""
    some = rng.sample(exposed.exposures, k=min(3, len(exposed.exposures)))
    found = [
        Record(on="2024-09-15", by="C. Roth", found="looked", exposures=tuple(one.id for one in some)),
        Record(on="2024-09-16", by="C. Roth", found="done", provisions=("us-bis-icts-2021-002-kaspersky#move-away",)),
    ]
    return found[: rng.randrange(3)]


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_a_view_says_of_each_exposure_what_a_scan_says(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    """Whatever an organisation states, decides and records: kinds are never coarser than the law."""
    rng = random.Random(seed)
    exposed, facts = filled.many(rng.choice((1, 20, 90)), seed), organisations(rng)
    decisions, records = decided(rng, exposed), recorded(rng, exposed)
    day = rng.choice(DAYS[2:])
    try:
        question = Question(organisation=facts, as_of=day, known_on="")
        pipeline.said(filled.stood(exposed, day), composed.shipped(), question, decisions)
    except UsageError:  # they contradict each other
        decisions = []
    with filled.estate(tmp_path_factory.mktemp("portfolio"), facts) as own:
        filled.keep(own, filled.scanned()[0], exposed)
        filled.decide(own, *decisions)
        filled.record(own, *records)
        agree(own, exposed, facts, decisions, records, day)
