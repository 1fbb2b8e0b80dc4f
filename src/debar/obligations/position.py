# SPDX-License-Identifier: Apache-2.0
"""What all findings on an act come to on the day asked about, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debar import dates
from debar.model.results import Position
from debar.model.vocab import Act, Status
from debar.obligations.question import moment_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from debar.model.results import Exposure, Finding
    from debar.obligations.question import Question
    from debar.register import Register

GRAVITY = (
    Status.PROHIBITED,
    Status.LICENCE_REQUIRED,
    Status.REQUIRED,
    Status.UNDETERMINED,
    Status.UNAVAILABLE,
    Status.AT_RISK,
    Status.ADVISED,
    Status.PROPOSED,
    Status.SUSPENDED,
    Status.EXEMPT,
    Status.PERMITTED,
)
"""The gravest finding in force decides; an exemption from one measure never lifts another."""


_FREE = frozenset({Status.PROPOSED, Status.SUSPENDED, Status.EXEMPT, Status.PERMITTED})
"""Going from one of these to the other changes nothing for anybody."""


def in_force(finding: Finding, register: Register, question: Question) -> bool:
    """Tell whether a finding holds at the moment asked about: since <= moment < until."""
    moment = moment_of(finding, register, question)
    return dates.key(finding.since) <= moment and (finding.until is None or moment < dates.key(finding.until))


def positions(
    findings: Iterable[Finding], register: Register, question: Question, acts: Collection[Act] = ()
) -> tuple[Position, ...]:
    """Give the position of each act asked about, or that any finding is about, in vocabulary order."""
    by_act: dict[Act, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_act[finding.act].append(finding)
    return tuple(_position(act, by_act[act], register, question) for act in Act if act in by_act or act in acts)


def by_exposure(
    exposures: Iterable[Exposure], findings: Iterable[Finding], register: Register, question: Question
) -> dict[str, tuple[Position, ...]]:
    """Give the positions of each exposure, by its id."""
    own: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        own[finding.exposure].append(finding)
    return {exposure.id: positions(own[exposure.id], register, question) for exposure in exposures}


def _without_echoes(findings: list[Finding], register: Register) -> list[Finding]:
    """Leave out the open questions of provisions that only restate one which has an answer of its own.

    A renumbering makes nothing worse than the text that it renumbers.
    """
    answered = {finding.provision for finding in findings}
    return [
        finding
        for finding in findings
        if finding.status is not Status.UNDETERMINED or answered.isdisjoint(_restated(finding, register))
    ]


def _restated(finding: Finding, register: Register) -> tuple[str, ...]:
    measure = register.measures[finding.measure]
    return next((p.restates for p in measure.provisions if finding.provision == f"{measure.id}#{p.id}"), ())


def _position(act: Act, findings: list[Finding], register: Register, question: Question) -> Position:
    now = _without_echoes([f for f in findings if in_force(f, register, question)], register)
    status = min((f.status for f in now), key=GRAVITY.index, default=Status.PERMITTED)
    deciding = [f for f in now if f.status is status]
    # The next change is the first later beginning or end at which another status would decide.
    later = sorted(
        {
            at
            for finding in findings
            for at in (finding.since, finding.until)
            if at and dates.key(at) > moment_of(finding, register, question)
        }
    )
    until, becomes = None, None
    for moment in later:
        then = [f for f in findings if f.since <= moment and (f.until is None or moment < f.until)]
        then = _without_echoes(then, register)
        next_status = min((f.status for f in then), key=GRAVITY.index, default=Status.PERMITTED)
        if next_status is not status and not {next_status, status} <= _FREE:
            until, becomes = moment, next_status
            break
    return Position(
        act=act,
        status=status,
        since=min((f.since for f in deciding), default=None),
        until=until,
        becomes=becomes,
        findings=tuple(f.id for f in deciding),
    )
