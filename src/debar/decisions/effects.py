# SPDX-License-Identifier: Apache-2.0
"""What decisions of people make of exposures on a day.

A decision moves an exposure or is shown beside it. It never loses one, and never changes what the law says:
every exposure that goes in comes out, as an exposure or set aside with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from debar.decisions.scope import acts_on_findings, by_exposure, contradict, stance
from debar.decisions.words import scope_of, who
from debar.errors import UsageError
from debar.model.results import Decision, Exposure, SetAside
from debar.model.vocab import Meaning, Validity, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PROVEN = 5
"""Level of what somebody has looked at."""
_SAYS = {
    Verdict.FALSE_POSITIVE: "a false positive",
    Verdict.NOT_THE_PARTY: "not the party's",
    Verdict.REPLACED: "replaced",
}


class Decided(NamedTuple):
    """Exposures with what people decided about them."""

    exposures: list[Exposure]
    set_aside: list[SetAside]


class _Held(NamedTuple):
    """What holds of one exposure on the day."""

    decision: Decision
    is_confirmed: bool
    """This decision, or another that agrees with it, says that somebody looked."""


def decided(
    exposures: Iterable[Exposure], set_aside: Iterable[SetAside], decisions: Iterable[Decision], day: str
) -> Decided:
    """Give exposures and what is set aside as the decisions that hold on a day leave them; UsageError for contradictions.

    1. What carries a decision already keeps it: the answer given back is the same answer.
    2. False positives, what is another's and what was replaced are set aside, unless evidence is newer than the replacement.
    3. What is accepted or confirmed says so; confirmed is proven, and its probability stays the measured one.
    4. What was set aside and is confirmed counts, unless it is a mention, which is no exposure whoever looks.
    """
    exposures, set_aside = list(exposures), list(set_aside)
    about_things = [one for one in decisions if standing(one, day) is Validity.VALID and not acts_on_findings(one)]
    holding = _holding([*exposures, *(aside.exposure for aside in set_aside)], about_things, day)
    result = Decided([], [])
    # An id that counts, or that was decided on before, is what a decision on it is about.
    known = {exposure.id for exposure in exposures} | {a.exposure.id for a in set_aside if a.exposure.decision}
    for exposure in exposures:
        held = None if exposure.decision else holding.get(id(exposure))  # 1.
        _place(exposure, held, result)
    raised: dict[str, tuple[Exposure, _Held]] = {}
    for aside in set_aside:
        one = aside.exposure
        held = None if one.decision else holding.get(id(one))
        if held is None or one.id in known:
            result.set_aside.append(aside)
        elif held.is_confirmed and one.meaning is not Meaning.MENTION:
            other = raised[one.id][0] if one.id in raised else None
            raised[one.id] = _with_evidence_of(one, other), held  # 4.
        else:
            result.set_aside.append(replace(aside, exposure=replace(one, decision=held.decision)))
    result.exposures.extend(_shown(one, held) for one, held in raised.values())
    result.exposures.sort(key=lambda e: (e.asset.casefold(), e.party, e.product))
    result.set_aside.sort(key=lambda s: (s.exposure.asset.casefold(), s.exposure.party, s.reason))
    return result


def _place(exposure: Exposure, held: _Held | None, result: Decided) -> None:
    """Put one exposure where its decision has it."""
    if held is None or is_back(held.decision, exposure):
        result.exposures.append(exposure)  # 2.
    elif held.decision.verdict in _SAYS:
        reason = _reason(exposure, held.decision)
        result.set_aside.append(SetAside(exposure=replace(exposure, decision=held.decision), reason=reason))
    else:
        result.exposures.append(_shown(exposure, held))  # 3.


def is_back(decision: Decision, exposure: Exposure) -> bool:
    """Tell whether something that was replaced was seen after the day on which that was decided."""
    return decision.verdict is Verdict.REPLACED and exposure.last_seen[:10] > decision.created


def _shown(exposure: Exposure, held: _Held) -> Exposure:
    return replace(exposure, decision=held.decision, level=_PROVEN if held.is_confirmed else exposure.level)


def _with_evidence_of(exposure: Exposure, other: Exposure | None) -> Exposure:
    """Give an exposure with the evidence of another of the same id, that was set aside for another reason."""
    if other is None:
        return exposure
    surer = max(exposure, other, key=lambda e: (e.level, e.confidence))
    return replace(
        surer,
        matches=tuple(dict.fromkeys((*surer.matches, *other.matches, *exposure.matches))),
        techniques=tuple(sorted({*exposure.techniques, *other.techniques})),
        first_seen=min((e.first_seen for e in (exposure, other) if e.first_seen), default=""),
        last_seen=max(exposure.last_seen, other.last_seen),
    )


def _reason(exposure: Exposure, decision: Decision) -> str:
    undated = decision.verdict is Verdict.REPLACED and not exposure.last_seen
    ticket = f" [{decision.ticket}]" if decision.ticket else ""
    return (
        f"{_SAYS[decision.verdict]}, as {decision.requester} decided on {decision.created} and {decision.approver}"
        f" approved, until {decision.expires}: {decision.reason}{ticket}"
        f"{' (no date tells whether the evidence is older)' if undated else ''}"
    )


def _holding(exposures: Sequence[Exposure], decisions: Sequence[Decision], day: str) -> dict[int, _Held]:
    """Give what holds of each exposure, by the object: what was set aside for two reasons stands there twice with one id."""
    return {id(exposure): _governing(exposure, found, day) for exposure, found in by_exposure(exposures, decisions)}


def _governing(exposure: Exposure, found: list[Decision], day: str) -> _Held:
    """Give the decision that counts among those that hold; UsageError where they contradict each other.

    1. What names the exposure goes before what is wider and contradicts it: the special before the general.
    2. Of the same width none may contradict another: nobody knows which was meant.
    3. Of those that agree an acceptance is shown before a confirmation, which shows in the level; then the newest.
    """
    special = {stance(one) for one in found if one.exposure}
    every = [one for one in found if one.exposure or special <= {stance(one)}]  # 1.
    one, other = (pick(every, key=lambda one: (stance(one), _weight(one))) for pick in (min, max))
    if contradict(one, other):  # 2.
        raise UsageError(
            f"decisions contradict each other about {exposure.id} on {day}: {who(one)} on {scope_of(one)} says"
            f" {one.verdict}, {who(other)} on {scope_of(other)} says {other.verdict}",
            hint="let the older one end before the newer one; a decision on the exposure itself goes before a wider one",
        )
    is_confirmed = any(one.verdict is Verdict.CONFIRMED for one in every)
    return _Held(max(every, key=_weight), is_confirmed)  # 3.


def _weight(decision: Decision) -> tuple[object, ...]:
    is_shown = decision.verdict is not Verdict.CONFIRMED
    return is_shown, bool(decision.exposure), decision.created, decision.expires, msgspec.json.encode(decision)


def standing(decision: Decision, day: str) -> Validity:
    """Give whether a decision is valid on a day, has expired, or is not yet in force; both its days count."""
    if day < decision.created:
        return Validity.NOT_YET
    return Validity.VALID if day <= decision.expires else Validity.EXPIRED
