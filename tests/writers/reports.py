# SPDX-License-Identifier: Apache-2.0
"""Reports that every form is tried on: the demo estate, one full of attacks, one without anything."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

import composed
from debar import pipeline
from debar.model.inventory import Skip
from debar.model.results import Decision, Report
from debar.model.vocab import Verdict
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.writers import WRITERS, Style, load

if TYPE_CHECKING:
    from debar.model.results import Exposure, Match

DAY = "2024-10-05"
ATTACK = "=cmd|'/c calc'!A1\x1b[31m \u202e</script><img src=x onerror=alert(1)> [a](https://evil.example) `x` | @team #1 ::error::%0A {0} & \"'\x00\x07\ud7ff"
"""Formula, terminal, HTML, Markdown, workflow command, placeholder, XML: whatever a form could take it for."""
ACCEPTED = Decision(
    verdict=Verdict.ACCEPTED,
    reason="replaced in spring",
    requester="A. Meyer",
    approver="B. Kim",
    created="2024-10-01",
    expires="2025-03-31",
)


@cache
def demo(kind: str = "us/federal-contractor", day: str = DAY) -> Report:
    """Give the report on the demo estate."""
    question = Question(organisation=organisation(kind), as_of=day, known_on="")
    return pipeline.scan(["examples/estate"], composed.shipped(), question)


@cache
def attacked() -> Report:
    """Give the same with an attack in every text that comes from an input, a decision, and inputs that are unread."""
    report = demo()
    first, *others = (_hostile(exposure, n) for n, exposure in enumerate(report.exposures))
    return replace(
        report,
        exposures=(replace(first, decision=replace(ACCEPTED, reason=ATTACK)), *others),
        sources=tuple(replace(source, path=f"evil {ATTACK}/{source.path}") for source in report.sources),
        skips=(Skip(source=f"unread {ATTACK}", locator=f"line 7 {ATTACK}", reason=f"broken {ATTACK}"),),
        organisation=replace(report.organisation, name=f"Us {ATTACK}"),
    )


def _hostile(exposure: Exposure, n: int) -> Exposure:
    return replace(
        exposure,
        asset=f"host-{n} {ATTACK}",
        version=f"1 {ATTACK}",
        matches=tuple(_hostile_match(match) for match in exposure.matches),
    )


def _hostile_match(match: Match) -> Match:
    observable = type(match.observable)(match.observable.kind, f"{match.observable.value} {ATTACK}")
    return replace(match, label=ATTACK, locator=f"{match.locator} {ATTACK}", observable=observable)


@cache
def blank() -> Report:
    """Give a report that found nothing, because nothing could be read."""
    skip = Skip(source="broken.json", locator="byte 7", reason="not JSON")
    nothing = {name: () for name in ("sources", "exposures", "set_aside", "findings", "obligations")}
    return replace(demo(), **nothing, positions={}, questions=(), decisions=(), skips=(skip,))


def written(form: str, report: Report, template: str = "") -> str:
    """Give what a form of text is for a report, with its line ends as they are."""
    out = io.StringIO(newline="")
    load(form).write_report(report, out, Style(template=template))
    return out.getvalue()


def bytes_of(form: str, report: Report) -> bytes:
    """Give what a form of bytes is for a report."""
    out = io.BytesIO()
    load(form).write_report(report, out, Style())
    return out.getvalue()


TEXTS = [
    writer.name
    for writer in WRITERS
    if not writer.is_binary and writer.name not in ("terminal", "json", "html", "template")
]
"""Forms for machines that are text and need nothing else."""


def assets(report: Report) -> set[str]:
    """Give the assets on which something was found."""
    return {exposure.asset for exposure in report.exposures}


def copied(report: Report) -> Report:
    """Give the same report with everything in it made anew: no form may depend on what is the very same object."""
    return msgspec.json.decode(msgspec.json.encode(report), type=Report)
