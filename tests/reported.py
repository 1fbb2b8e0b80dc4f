# SPDX-License-Identifier: Apache-2.0
"""Reports to write: the demo estate for several askers, nothing found, and one in which every text is an attack."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

import composed
from debar import pipeline
from debar.model.inventory import Skip
from debar.model.results import Decision, DecisionState, Protection, Record, Recorded, Report
from debar.model.vocab import Health, Validity, Verdict
from debar.obligations.organisation import organisation
from debar.obligations.question import Question

ROOT = Path(__file__).parents[1]
ATTACK = '</script><script>alert(1)</script><!--"\'><img src=x onerror=alert(2)>#panic("x") *b* $x$ @y \u202eevil\u2028'
"""Ends a script element, opens others, and is markup of the typesetter too."""
_TEXTS = frozenset({
    "asset", "label", "value", "version", "text", "citation", "publisher", "reason", "path", "locator", "title", "cite",
    "authority", "action", "question", "why", "against", "remark", "falsepositives", "reached", "consequence", "name",
})  # fmt: skip
_LISTS = frozenset({"questions", "doubts", "notes"})


@lru_cache
def demo(asker: str = "us/reseller", day: str = "2024-10-05") -> Report:
    """Give the report on the demo estate."""
    question = Question(organisation=organisation(asker), as_of=day, known_on="")
    return pipeline.scan([str(ROOT / "examples/estate")], composed.shipped(), question)


@lru_cache
def nothing() -> Report:
    """Give the report on a file in which nothing is of anybody that a measure is about."""
    question = Question(organisation=organisation("us/company"), as_of="2024-10-05", known_on="")
    return pipeline.scan([str(ROOT / "examples/estate/README.md")], composed.shipped(), question)


@lru_cache
def hostile() -> Report:
    """Give the report on the demo estate with an attack at the end of every text, and addresses that are none."""
    return msgspec.convert(_hostile(msgspec.to_builtins(demo())), Report)


def _hostile(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _hostile(one, "text" if key == "names" else name) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_hostile(one, "text" if key in _LISTS else key) for one in value]
    if isinstance(value, str) and key in _TEXTS:
        return value + ATTACK
    if isinstance(value, str) and key in ("url", "references"):
        return "javascript:alert(3)//" + value
    return value


@lru_cache
def full() -> Report:
    """Give the report on the demo estate with one of everything that people add, and of what may be missing."""
    report = demo()
    decision = Decision(
        exposure=report.exposures[0].id, verdict=Verdict.ACCEPTED, reason="a reason", requester="A. Meyer",
        approver="B. Kim", created="2024-09-01", expires="2024-09-30",
    )  # fmt: skip
    states = [
        DecisionState(
            id=f"dec-{state}", decision=decision, state=state, exposures=(), findings=(), text=f"told {state}"
        )
        for state in Validity
    ]
    record = Record(
        on="2024-09-02",
        by="C. Roth",
        found="looked, found none",
        about="the look",
        evidence="look.png",
        sha256="ab" * 32,
    )
    shield = Protection(
        asset="kiosk-07", product="other", name="Other Shield", state=Health.UNHEALTHY, says=("state=off",),
        as_of="2024-09-19T00:00:00Z", source=report.sources[0].id, locator="row 7",
    )  # fmt: skip
    return replace(
        report,
        assumed=True,
        known_on="2024-10-04",
        register=replace(report.register, warning="400 days old"),
        exposures=(replace(report.exposures[0], decision=decision), *report.exposures[1:]),
        skips=(Skip(source="broken.json", locator="line 3", reason="no JSON"),),
        decisions=tuple(states),
        records=(Recorded(record=record, state="counts", obligations=()),),
        protection=(shield,),
    )


SAID = (
    "assumed: nobody said who asks", "as known on 2024-10-04", "400 days old", "no JSON", "line 3", "told valid",
    "told expired", "told not-yet", "told unused", "2024-09-02, C. Roth - the look: looked, found none", "ab" * 32,
    "Other Shield", "unhealthy", "state=off, on 2024-09-19", "row 7",
)  # fmt: skip
"""What every form of that report has to say."""
