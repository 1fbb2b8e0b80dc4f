# SPDX-License-Identifier: Apache-2.0
"""What decisions of people come to on a day.

A decision moves an exposure or is shown beside it. It never loses one, and never changes what the law says:
every exposure that goes in comes out, as an exposure or set aside with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar.errors import UsageError
from debar.model.results import Decision, Exposure, SetAside
from debar.model.vocab import Meaning, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_PROVEN = 5
"""Level of what somebody has looked at."""
_SAYS = {
    Verdict.FALSE_POSITIVE: "a false positive",
    Verdict.REPLACED: "replaced",
}


class Decided(NamedTuple):
    """Exposures with what people decided about them."""

    exposures: list[Exposure]
    set_aside: list[SetAside]
    notes: list[str]
    """What a reader has to know of decisions that had no effect, or less than was meant; in the order of exposures."""


def decided(
    exposures: Iterable[Exposure], set_aside: Iterable[SetAside], decisions: Iterable[Decision], day: str
) -> Decided:
    """Give exposures and what is set aside as the decisions that hold on a day leave them; UsageError for two on one.

    1. What carries a decision already keeps it: the answer given back is the same answer.
    2. False positives and what was replaced are set aside, unless evidence is newer than the replacement.
    3. What is accepted or confirmed says so; confirmed is proven, and its probability stays the measured one.
    4. What was set aside and is confirmed counts, unless it is a mention, which is no exposure whoever looks.
    """
    exposures, set_aside, decisions = list(exposures), list(set_aside), list(decisions)
    holding = _holding(decisions, day)
    result = Decided([], [], [])
    # An id that counts, or that was decided on before, is what a decision on it is about.
    known = {exposure.id for exposure in exposures} | {a.exposure.id for a in set_aside if a.exposure.decision}
    for exposure in exposures:
        decision = None if exposure.decision else holding.get(exposure.id)  # 1.
        _place(exposure, decision, result)
    raised: dict[str, Exposure] = {}
    for aside in set_aside:
        one = aside.exposure
        decision = None if one.decision else holding.get(one.id)
        if decision is None or one.id in known:
            result.set_aside.append(aside)
        elif decision.verdict is Verdict.CONFIRMED and one.meaning is not Meaning.MENTION:
            raised[one.id] = _with_evidence_of(one, raised.get(one.id))  # 4.
        else:
            result.set_aside.append(replace(aside, exposure=replace(one, decision=decision)))
    result.exposures.extend(_confirmed(one, holding[one.id]) for one in raised.values())
    result.exposures.sort(key=lambda e: (e.asset.casefold(), e.party, e.product))
    result.set_aside.sort(key=lambda s: (s.exposure.asset.casefold(), s.exposure.party, s.reason))
    result.notes.extend(_unheeded(decisions, holding, known | {aside.exposure.id for aside in set_aside}, day))
    result.notes.sort()
    return result


def _place(exposure: Exposure, decision: Decision | None, result: Decided) -> None:
    """Put one exposure where its decision has it."""
    if decision is None:
        result.exposures.append(exposure)
    elif decision.verdict is Verdict.CONFIRMED:
        result.exposures.append(_confirmed(exposure, decision))  # 3.
    elif decision.verdict is Verdict.ACCEPTED:
        result.exposures.append(replace(exposure, decision=decision))
    elif decision.verdict is Verdict.REPLACED and exposure.last_seen[:10] > decision.on:
        result.exposures.append(exposure)  # 2.
        result.notes.append(
            f"{_who(decision)} said on {decision.on} that it was replaced, and it was seen on"
            f" {exposure.last_seen[:10]}: it is back"
        )
    else:
        result.set_aside.append(
            SetAside(exposure=replace(exposure, decision=decision), reason=_reason(exposure, decision))
        )


def _confirmed(exposure: Exposure, decision: Decision) -> Exposure:
    return replace(exposure, decision=decision, level=_PROVEN)


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
    return (
        f"{_SAYS[decision.verdict]}, as {decision.by} decided on {decision.on}, until {decision.until}:"
        f" {decision.reason}{' (no date tells whether the evidence is older)' if undated else ''}"
    )


def _holding(decisions: Sequence[Decision], day: str) -> dict[str, Decision]:
    """Give the decision that holds on each exposure on a day; UsageError where two do."""
    found: dict[str, Decision] = {}
    for decision in decisions:
        if state(decision, day) != "valid":
            continue
        if decision.exposure in found:
            raise UsageError(
                f"two decisions on {decision.exposure} hold on {day}", hint="let the older one end before the newer one"
            )
        found[decision.exposure] = decision
    return found


def _unheeded(
    decisions: Iterable[Decision], holding: Mapping[str, Decision], known: set[str], day: str
) -> Iterator[str]:
    """Yield what to say of decisions that found nothing, and of those that have ended on something that is there."""
    ended: dict[str, Decision] = {}
    for decision in decisions:
        if decision.exposure not in known:
            if state(decision, day) == "valid":
                yield f"{_who(decision)} had nothing to decide on: no such exposure was found"
        elif decision.exposure not in holding and state(decision, day) == "expired":
            ended[decision.exposure] = max(decision, ended.get(decision.exposure, decision), key=lambda d: d.until)
    yield from (f"{_who(last)} ended on {last.until}: it is {last.verdict} no more" for last in ended.values())


def _who(decision: Decision) -> str:
    about = f" ({decision.about})" if decision.about else ""
    return f"the decision of {decision.by} on {decision.exposure}{about}"


def state(decision: Decision, day: str) -> str:
    """Give "valid" from the first to the last day of a decision, "expired" after it, "not yet" before."""
    if day < decision.on:
        return "not yet"
    return "valid" if day <= decision.until else "expired"
