# SPDX-License-Identifier: Apache-2.0
"""What the law makes of a run: asked once for each kind, and told of all that are of the kind.

The procedure is that of a scan (`pipeline.said`), put to one exposure of each kind. What it says of that one holds for all
others, since kinds are never coarser than what it looks at (`kinds`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar import decisions as deciding
from debar.errors import UsageError
from debar.model.results import Exposure, SetAside
from debar.model.viewed import Alike, Law, OnAct, Reached
from debar.obligations.brief import names
from debar.obligations.position import GRAVITY
from debar.obligations.questions import questions
from debar.pipeline import Exposed, said
from debar.portfolio import summing
from debar.store.rows import named

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from debar.model.results import Decision, Finding, Position
    from debar.model.viewed import Counts
    from debar.obligations.question import Question
    from debar.pipeline import Said
    from debar.portfolio.given import Given
    from debar.portfolio.kinds import Light
    from debar.register import Register

NO_ACT = len(GRAVITY)
"""Rank of what puts no act at stake ..."""
ASIDE = NO_ACT + 1
"""... and of what does not count."""


class Stand(NamedTuple):
    """An exposure that stands for all of its kind."""

    kind: str
    light: Light
    exposure: Exposure
    aside: str


class Asked(NamedTuple):
    """By what the law is asked."""

    register: Register
    question: Question
    given: Given


def made(
    firsts: Mapping[str, Light],
    many: Mapping[str, int],
    whole: Callable[[int], tuple[Exposure, str]],
    asked: Asked,
    counts: Counts,
    assets: Callable[[Collection[str]], int],
) -> Law:
    """Give what the law makes of kinds, of each of which one row stands for as many as there are.

    `whole` gives a row with its evidence, and the reason for which it was set aside; `counts` says which run it is;
    `assets` tells on how many assets something of some kinds is.
    1. One row stands for each kind.
    2. The procedure of a scan is put to these.
    3. What it says is told of every kind, and counted as often as there are exposures of it.
    """
    register, question = asked.register, asked.question
    stands = [_stand(kind, light, whole, register, question) for kind, light in firsts.items()]  # 1.
    weights = _weights(stands, many)
    found, notes = answered(_exposed(stands, register), asked, weights)  # 2.
    alike = _alike(stands, found, many, register)  # 3.
    counting = {one.id for one in alike if not one.aside}
    of = {stand.exposure.id: stand.kind for stand in stands if stand.kind in counting}
    owed = summing.owed(found.obligations, of, many, assets)
    due = summing.due(owed, question.as_of)
    alike = sorted((replace(one, due=due.get(one.id, "")) for one in alike), key=order)
    open_ = questions(
        found.findings, found.exposures, found.obligations, register, question.organisation, weights=weights
    )
    summed = summing.counts(counts, alike, owed, assets, question.as_of)
    return Law(
        counts=replace(summed, questions=len(open_)),
        alike=tuple(alike),
        owed=tuple(owed),
        questions=open_,
        rulings=summing.rulings(found, weights),
        notes=notes,
    )


def order(one: Alike) -> tuple[object, ...]:
    """Give the place of a kind: the gravest first, then what is due first."""
    return one.rank, one.due or summing.LAST, one.party, one.product, one.id


def unknown(party: str) -> str:
    """Give why nothing is said of what a party is of."""
    return f"the register holds no party {party!r} any more: nothing is said about it"


def _stand(
    kind: str, light: Light, whole: Callable[[int], tuple[Exposure, str]], register: Register, question: Question
) -> Stand:
    """Give what stands for a kind; evidence without a date is taken to be there on the day asked about."""
    exposure, aside = whole(light.row)
    if not exposure.identity.dated:
        exposure = replace(exposure, identity=replace(exposure.identity, on=question.as_of[:10]))
    if exposure.party not in register.parties:
        aside = aside or unknown(exposure.party)
    return Stand(kind, light, exposure, aside)


def _weights(stands: Iterable[Stand], many: Mapping[str, int]) -> dict[str, int]:
    """Give for how many each exposure stands, by its id: of several rows with one id, for as many as the one that counts."""
    found: dict[str, int] = {}
    for stand in sorted(stands, key=lambda one: one.light.number):
        found.setdefault(stand.exposure.id, many[stand.kind])
    return found


def _exposed(stands: Sequence[Stand], register: Register) -> Exposed:
    """Give what stands for kinds as it was found; what is of a party that the register no longer holds is left out."""
    known = [one for one in stands if one.exposure.party in register.parties]
    return Exposed(
        [one.exposure for one in known if not one.aside],
        [SetAside(exposure=one.exposure, reason=one.aside) for one in known if one.aside],
    )


def answered(exposed: Exposed, asked: Asked, weights: Mapping[str, int]) -> tuple[Said, tuple[str, ...]]:
    """Give what the law and decisions say, and what to note about these.

    Decisions that contradict each other on something are refused by the procedure. Pages have to stand all the same: the
    later of them is left out, and that is told.
    """

    def ask(decisions: Sequence[Decision]) -> Said:
        return said(exposed, asked.register, asked.question, decisions, asked.given.records, weights=weights)

    try:
        return ask(asked.given.decisions), ()
    except UsageError:
        if not asked.given.decisions:
            raise
    agreed: list[Decision] = []
    notes: list[str] = []
    for decision in asked.given.decisions:
        try:
            ask([*agreed, decision])
        except UsageError as e:
            notes.append(f"left out: {e.message}")
        else:
            agreed.append(decision)
    return ask(agreed), tuple(notes)


def _alike(stands: Sequence[Stand], found: Said, many: Mapping[str, int], register: Register) -> list[Alike]:
    """Give what is said of each kind; what was put together with something else of the same id is told there."""
    counting = {exposure.id: exposure for exposure in found.exposures}
    plain = {stand.exposure.id for stand in stands if not stand.light.number}
    moved = _moved(stands, found)
    findings: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in found.findings:
        findings[finding.exposure].append(finding)
    called = names(register, {one.exposure.party for one in stands} & set(register.parties))
    alike: list[Alike] = []
    raised = set[str]()
    for stand in sorted(stands, key=lambda one: (one.exposure.id, one.light.number)):
        id_, number = stand.exposure.id, stand.light.number
        is_raised = bool(number) and id_ in counting and id_ not in plain
        if is_raised and id_ in raised:
            continue
        raised |= {id_} if is_raised else set()
        counts = is_raised or (not number and id_ in counting and not stand.aside)
        exposure, aside = (
            (counting[id_], "") if counts else moved.get((id_, stand.aside), (stand.exposure, stand.aside))
        )
        positions = found.positions.get(id_, ()) if counts else ()
        alike.append(_one(stand, exposure, aside, positions, findings[id_] if counts else (), many, called))
    return alike


def _moved(stands: Iterable[Stand], found: Said) -> dict[tuple[str, str], tuple[Exposure, str]]:
    """Give what does not count with the reason: by its id, and by the reason that it had before anybody decided."""
    before: dict[str, set[str]] = defaultdict(set)
    for stand in stands:
        before[stand.exposure.id].add(stand.aside)
    told = {}
    for aside in found.set_aside:
        id_ = aside.exposure.id
        told[id_, aside.reason if aside.reason in before[id_] else ""] = (aside.exposure, aside.reason)
    return told


def _one(
    stand: Stand,
    exposure: Exposure,
    aside: str,
    positions: Sequence[Position],
    findings: Sequence[Finding],
    many: Mapping[str, int],
    called: Mapping[str, str],
) -> Alike:
    status = min((position.status for position in positions), key=GRAVITY.index, default=None)
    return Alike(
        id=stand.kind,
        count=many[stand.kind],
        row=stand.light.row,
        party=exposure.party,
        product=exposure.product,
        name=named(exposure, called),
        meaning=exposure.meaning,
        level=exposure.level,
        aside=aside,
        decision=deciding.identity(exposure.decision) if exposure.decision else _of_law(findings),
        verdict=exposure.decision.verdict if exposure.decision else None,
        status=status,
        rank=ASIDE if aside else NO_ACT if status is None else GRAVITY.index(status),
        acts=tuple(
            OnAct(act=p.act, status=p.status, since=p.since or "", until=p.until or "", becomes=p.becomes)
            for p in positions
        ),
        reached=tuple(
            Reached(
                provision=f.provision,
                act=f.act,
                status=f.status,
                since=f.since,
                until=f.until or "",
                is_open=bool(f.missing),
            )
            for f in findings
        ),
    )


def _of_law(findings: Iterable[Finding]) -> str:
    """Give the decision that findings carry: an exemption, a waiver, an acceptance."""
    return next((finding.decision for finding in findings if finding.decision), "")
