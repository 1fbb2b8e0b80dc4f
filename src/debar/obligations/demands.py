# SPDX-License-Identifier: Apache-2.0
"""What one finding demands: an action, by when, how strongly, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.vocab import LASTING, Act, Force, State, Status
from debar.obligations import fulfilled
from debar.obligations.deadlines import Due, due, interval
from debar.obligations.question import moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.model.measures import Provision
    from debar.model.results import Exposure, Finding
    from debar.obligations.fulfilled import Kept
    from debar.obligations.question import Question
    from debar.register import Register

FORCE = {
    Status.PROHIBITED: Force.MUST,
    Status.LICENCE_REQUIRED: Force.MUST,
    Status.REQUIRED: Force.MUST,
    Status.UNAVAILABLE: Force.SHOULD,
    Status.AT_RISK: Force.SHOULD,
    Status.ADVISED: Force.SHOULD,
    Status.UNDETERMINED: Force.SHOULD,
}
"""Proposed, suspended, exempt and permitted demand nothing."""
_ANSWER = "Answer: "
_FORBIDDEN = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED})


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """One action that a finding asks for."""

    action: str
    act: Act
    force: Force
    due: str
    """Instant in UTC, or nothing."""
    state: State
    provision: str
    since: str
    """Instants between which it holds; `until` is empty where no end is known."""
    until: str
    contract: str = ""
    """Only of duties: what one has to abstain from is the same under each."""
    repeats: str = ""
    done: str = ""
    is_owed: bool = False
    """Whatever was found."""


def demands(
    finding: Finding,
    exposure: Exposure | None,
    register: Register,
    question: Question,
    facts: Mapping[str, str],
    records: Kept,
    provision: Provision,
) -> list[Demand]:
    """Give what a finding demands; nothing for one that is over, or whose status asks nothing.

    An undetermined one demands the answer to each of its questions. `facts` are those that hold for the finding.
    """
    force, now = FORCE.get(finding.status), moment_of(finding, register, question)
    if force is None or (finding.until is not None and dates.key(finding.until) <= now):
        return []
    if finding.status is Status.UNDETERMINED:
        return [
            Demand(
                action=f"{_ANSWER}{asked}",
                act=finding.act,
                force=force,
                due="",
                state=State.OPEN,
                provision=finding.provision,
                since=finding.since,
                until=finding.until or "",
            )
            for asked in finding.questions
        ]
    if not provision.action:
        return []
    when = _due(finding, exposure, register, facts, records, provision)
    return [
        Demand(
            action=provision.action,
            act=finding.act,
            force=force,
            due=when.at,
            state=_state(finding, when, provision, now=dates.stamp(now)),
            provision=finding.provision,
            since=finding.since,
            until=finding.until or "",
            contract=_contract(finding, provision),
            repeats=interval(provision.deadline),
            done=when.done,
        )
    ]


def _due(
    finding: Finding,
    exposure: Exposure | None,
    register: Register,
    facts: Mapping[str, str],
    records: Kept,
    provision: Provision,
) -> Due:
    """Give when it is due, and when it was done.

    A deadline counts from its event; an event that has not been stated gives no date. Anything else is due when
    it begins to hold.
    """
    deadline, contract = provision.deadline, finding.contract or ""
    recurs = bool(deadline and deadline.repeats) and fulfilled.is_answerable(finding)
    once = "" if recurs else fulfilled.done(finding, exposure, records)
    if deadline is None:
        return Due(finding.since, once)
    measure = register.measures[finding.measure]
    first = [f"{measure.id}#{id_}" for id_ in deadline.follows]
    found = due(
        deadline,
        register.authorities[measure.authority],
        register,
        facts,
        finding.since,
        recorded=fulfilled.days(records, finding.provision, contract) if recurs else (),
        followed=(day for name in first for day in fulfilled.days_about(records, name, contract, exposure)),
    )
    return found if recurs else Due(found.at, once)


def _state(finding: Finding, when: Due, provision: Provision, *, now: str) -> State:
    """Give how far it is.

    1. what a record answers is done; what recurs, until it is due again
    2. what does not hold yet is upcoming
    3. what is forbidden stands, unless it goes on while the thing is there: then it is over the day it began
    4. a duty is overdue when its last instant has passed. Where no day was set, nobody can say so
    5. prudence is never overdue, and a duty before its day is open
    """
    moment = dates.key(now)
    has_passed = bool(when.at) and dates.key(when.at) < moment
    recurs = bool(provision.deadline and provision.deadline.repeats)
    if when.done and not (recurs and has_passed):
        return State.DONE  # 1.
    if dates.key(finding.since) > moment:
        return State.UPCOMING  # 2.
    if finding.status in _FORBIDDEN:
        return State.OVERDUE if finding.act in LASTING else State.STANDING  # 3.
    if finding.status is Status.REQUIRED and provision.deadline and has_passed:
        return State.OVERDUE  # 4.
    return State.OPEN  # 5.


def is_answer(demand: Demand) -> bool:
    """Tell whether a demand is a question to answer."""
    return demand.action.startswith(_ANSWER)


def _contract(finding: Finding, provision: Provision) -> str:
    """Give the contract under which something is owed; what one has to abstain from is the same under each."""
    return "" if finding.status in _FORBIDDEN and not provision.deadline else finding.contract or ""
