# SPDX-License-Identifier: Apache-2.0
"""Findings to obligations: what to do, by when, and how strongly that binds."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debar import dates
from debar.errors import UsageError
from debar.identity import stable_id
from debar.model.results import Obligation
from debar.model.vocab import Force, Meaning, Status
from debar.obligations.question import facts_about, moment_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debar.model.measures import Provision
    from debar.model.results import Exposure, Finding
    from debar.obligations.question import Question
    from debar.register import Register

_FORCE = {
    Status.PROHIBITED: Force.MUST,
    Status.LICENCE_REQUIRED: Force.MUST,
    Status.REQUIRED: Force.MUST,
    Status.UNAVAILABLE: Force.SHOULD,
    Status.AT_RISK: Force.SHOULD,
    Status.ADVISED: Force.SHOULD,
    Status.UNDETERMINED: Force.SHOULD,
}
"""Proposed, suspended, exempt and permitted demand nothing."""
_CHECKS = {
    Meaning.RESIDUE: "Check what was left behind ({product}) and remove it, or confirm that nothing of it runs.",
    Meaning.CLIENT: "Ask whether software of others that can talk to it does use {product}; it contains nothing of it.",
}
"""What to look at where something is no act of anybody's yet."""
_ANSWER = "Answer: {question}"


def plan(
    findings: Sequence[Finding], exposures: Iterable[Exposure], register: Register, question: Question
) -> list[Obligation]:
    """Give obligations in order of force, due date and action; one action answers many findings.

    An undetermined finding becomes the question to answer. Findings that already ended demand nothing.
    """
    exposures = tuple(exposures)
    assets = {exposure.id: exposure.asset for exposure in exposures}
    grouped: dict[tuple[Force, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        force = _FORCE.get(finding.status)
        if force is None or _is_over(finding, register, question):
            continue
        provision = _provision(register, finding)
        due = _due(register, finding, provision, _facts(finding, question, assets))
        for action in _actions(finding, provision):
            grouped[force, due, action].append(finding)
    obligations = [
        Obligation(
            id=stable_id("obl", action, *sorted(f.id for f in group)),
            exposures=tuple(dict.fromkeys(f.exposure for f in group if f.exposure)),
            action=action,
            due=due or None,
            force=force,
            findings=tuple(f.id for f in group),
        )
        for (force, due, action), group in grouped.items()
    ]
    obligations += _checks(exposures, register)
    return sorted(obligations, key=lambda o: (o.force is not Force.MUST, o.due or "9999", o.action))


def _actions(finding: Finding, provision: Provision) -> list[str]:
    if finding.status is Status.UNDETERMINED:
        return [_ANSWER.format(question=question) for question in finding.questions]
    return [provision.action] if provision.action else []


def _provision(register: Register, finding: Finding) -> Provision:
    measure = register.measures[finding.measure]
    return next(p for p in measure.provisions if finding.provision == f"{measure.id}#{p.id}")


def _is_over(finding: Finding, register: Register, question: Question) -> bool:
    return finding.until is not None and dates.key(finding.until) <= moment_of(finding, register, question)


def _due(register: Register, finding: Finding, provision: Provision, facts: Mapping[str, str]) -> str:
    """Give the instant by which an action is due, or nothing when no date is known.

    A deadline counts from its event; an event that has not been stated gives no date. Anything
    else is due when it begins to hold.
    """
    if finding.status is Status.UNDETERMINED:
        return ""
    deadline = provision.deadline
    if deadline is None:
        return finding.since
    authority = register.authorities[register.measures[finding.measure].authority]
    after = deadline.after if dates.is_date(deadline.after) else facts.get(deadline.after, "")
    if not after:
        return ""
    try:
        days_off = register.days_off(authority)
        return dates.stamp(dates.due(after, deadline.amount, deadline.unit, authority.zone, days_off))
    except ValueError as e:
        raise UsageError(f"fact {deadline.after}: {e}", hint="write it as a date: 2024-10-01") from e


def _facts(finding: Finding, question: Question, assets: Mapping[str, str]) -> Mapping[str, str]:
    """Give the facts that hold for a finding: the organisation's, its systems', those of the contract it is about."""
    asker = question.organisation
    asset = assets.get(finding.exposure or "")
    facts = asker.facts if asset is None else facts_about(asker, asset)
    return {**facts, **next((c.facts for c in asker.contracts if c.id == finding.contract), {})}


def _checks(exposures: Iterable[Exposure], register: Register) -> list[Obligation]:
    """Give one check for each product that something was left behind of, or that software of others can talk to."""
    by_product: dict[tuple[str, str, Meaning], list[str]] = defaultdict(list)
    for exposure in exposures:
        if exposure.meaning in _CHECKS:
            by_product[exposure.party, exposure.product, exposure.meaning].append(exposure.id)
    found = []
    for (party, product, meaning), ids in sorted(by_product.items()):
        names = {p.id: p.name for p in register.parties[party].products}
        action = _CHECKS[meaning].format(product=names.get(product, register.parties[party].name))
        found.append(
            Obligation(
                id=stable_id("obl", action, *sorted(ids)),
                exposures=tuple(ids),
                action=action,
                due=None,
                force=Force.SHOULD,
                findings=(),
            )
        )
    return found
