# SPDX-License-Identifier: Apache-2.0
"""What became of every decision on a day: what it touches, and what a reader has to be told of it."""

from __future__ import annotations

from collections import defaultdict
from types import MappingProxyType
from typing import TYPE_CHECKING

from debar.decisions.effects import is_back, standing
from debar.decisions.scope import acts_on_findings, by_exposure, covers, reaches_whatever_was_found, same_scope
from debar.decisions.words import identity, scope_of, who
from debar.model.results import DecisionState
from debar.model.vocab import Validity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debar.model.results import Decision, Exposure, Finding, SetAside


def states(
    decisions: Sequence[Decision],
    day: str,
    exposures: Sequence[Exposure],
    set_aside: Iterable[SetAside],
    findings: Iterable[Finding],
    *,
    is_applied: bool = True,
    weights: Mapping[str, int] = MappingProxyType({}),
) -> tuple[DecisionState, ...]:
    """Give the state of every decision, the soonest to expire first.

    `weights` says of exposures, by their ids, how many each of them stands for.

    `is_applied` tells that the findings were made with these decisions: what none of them says then had no effect. Of a
    report that was written before, every finding in a decision's scope counts.
    """
    every = {e.id: e for e in (*(aside.exposure for aside in set_aside), *exposures)}
    by_id: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_id[finding.exposure or ""].append(finding)
    reached: dict[str, list[Exposure]] = {identity(one): [] for one in decisions}
    for exposure, found in by_exposure(every.values(), decisions):
        for id_ in {identity(one) for one in found}:
            reached[id_].append(exposure)
    told = {
        id_: _state(one, day, reached[id_], by_id, weights, is_applied=is_applied)
        for one in decisions
        for id_ in (identity(one),)
    }
    return tuple(sorted(told.values(), key=_order))


def unseen(decisions: Iterable[Decision], day: str) -> tuple[DecisionState, ...]:
    """Give the state of every decision where there is no report to look into, the soonest to expire first."""
    told = [
        DecisionState(
            id=identity(one),
            decision=one,
            state=standing(one, day),
            exposures=(),
            findings=(),
            text=f"{who(one)} on {scope_of(one)}: {one.verdict} from {one.created} until {one.expires}",
        )
        for one in decisions
    ]
    return tuple(sorted(told, key=_order))


def _order(one: DecisionState) -> tuple[str, str, str]:
    return one.decision.expires, one.decision.created, one.id


def _state(
    decision: Decision,
    day: str,
    exposures: list[Exposure],
    findings: Mapping[str, list[Finding]],
    weights: Mapping[str, int],
    *,
    is_applied: bool,
) -> DecisionState:
    state, id_ = standing(decision, day), identity(decision)
    touched: list[Finding] = []
    if acts_on_findings(decision):
        about = [exposure.id for exposure in exposures] + [""] * reaches_whatever_was_found(decision)
        here = (f for name in about for f in findings.get(name, ()) if covers(decision, f))
        touched = [f for f in here if state is not Validity.VALID or not is_applied or f.decision == id_]
    has_none = not touched if acts_on_findings(decision) else not exposures
    if state is Validity.VALID and has_none:
        state = Validity.UNUSED
    return DecisionState(
        id=id_,
        decision=decision,
        state=state,
        exposures=tuple(sorted(exposure.id for exposure in exposures)),
        findings=tuple(sorted(finding.id for finding in touched)),
        text=_text(decision, state, exposures, weights, sum(weights.get(f.exposure or "", 1) for f in touched)),
    )


def _text(
    decision: Decision, state: Validity, exposures: Sequence[Exposure], weights: Mapping[str, int], findings: int
) -> str:
    """Give what became of a decision in a sentence."""
    lead, of_law = f"{who(decision)} on {scope_of(decision)}", acts_on_findings(decision)
    how_many = _counted(findings, "finding") if of_law else _exposures(exposures, weights)
    if state is Validity.EXPIRED:
        back = f"; {how_many} in its scope" if not decision.exposure or of_law else ""
        return f"{lead} expired on {decision.expires}: it is {decision.verdict} no more{back}"
    if state is Validity.NOT_YET:
        return f"{lead} begins to hold on {decision.created}: it is not {decision.verdict} yet"
    if state is Validity.UNUSED:
        return f"{lead} ({decision.verdict}) had nothing to decide on: {_why_unused(decision, exposures)}"
    seen = [exposure for exposure in exposures if is_back(decision, exposure)]
    if seen:
        latest = max(exposure.last_seen[:10] for exposure in seen)
        more = f" ({_exposures(seen, weights)})" if not decision.exposure else ""
        return f"{lead} said on {decision.created} that it was replaced, and it was seen on {latest}: it is back{more}"
    return f"{lead} holds until {decision.expires}: {decision.verdict}, {how_many}"


def _exposures(exposures: Iterable[Exposure], weights: Mapping[str, int]) -> str:
    return _counted(sum(weights.get(one.id, 1) for one in exposures), "exposure")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"


def _why_unused(decision: Decision, exposures: Sequence[Exposure]) -> str:
    """Give why a decision that holds had no effect."""
    if not exposures and not reaches_whatever_was_found(decision):
        return "no such exposure was found"
    if decision.verdict is Verdict.EXEMPT:
        return "no finding is taken out by it, for a fact says otherwise, it is not for this case, or was set aside"
    return f"no finding of {decision.measure} is there to act on"


def noted(told: Sequence[DecisionState], exposures: Iterable[Exposure], day: str) -> tuple[str, ...]:
    """Give what a reader has to know: decisions that have expired, found nothing, or were overtaken, in order of the words.

    Of several that expired one after the other only the last is told, and none that another has taken the place of.
    """
    by_id = {exposure.id: exposure for exposure in exposures} if told else {}
    return tuple(sorted({one.text for one in told if _is_noted(one, told, by_id, day)}))


def _is_noted(one: DecisionState, told: Sequence[DecisionState], exposures: Mapping[str, Exposure], day: str) -> bool:
    if one.state is Validity.VALID:
        return any(is_back(one.decision, exposures[id_]) for id_ in one.exposures if id_ in exposures)
    if one.state is Validity.EXPIRED:
        touched = one.findings if acts_on_findings(one.decision) else one.exposures
        return bool(touched) and not any(_takes_its_place(other.decision, one.decision, day) for other in told)
    return one.state is Validity.UNUSED


def _takes_its_place(other: Decision, expired: Decision, day: str) -> bool:
    """Tell whether a decision on exactly the same came after one that has expired."""
    if other is expired or not same_scope(other, expired):
        return False
    if standing(other, day) is Validity.VALID:
        return True
    return standing(other, day) is Validity.EXPIRED and other.expires > expired.expires
