# SPDX-License-Identifier: Apache-2.0
"""Findings to obligations: what to do, by when, how strongly that binds, who does it, and how far it is.

One action answers many findings: those on one exposure of which it settles what they demand (`settling.py`), and the
same on every other exposure where it is due by the same day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar.identity import stable_id
from debar.model.results import Obligation
from debar.model.vocab import Force, Meaning, State
from debar.obligations import fulfilled, owners
from debar.obligations.demands import Demand, demands
from debar.obligations.question import facts_about
from debar.obligations.settling import LAST, URGENCY, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from debar.model.measures import Owner, Provision
    from debar.model.results import Exposure, Finding, Record
    from debar.obligations.fulfilled import Kept
    from debar.obligations.question import Question
    from debar.obligations.settling import Settled
    from debar.register import Register

_CHECKS = {
    Meaning.RESIDUE: "Check what was left behind ({product}) and remove it, or confirm that nothing of it runs.",
    Meaning.CLIENT: "Ask whether software of others that can talk to it does use {product}; it contains nothing of it.",
}
"""What to look at where something is no act of anybody's yet."""


class _Key(NamedTuple):
    """What makes two demands one obligation."""

    force: Force
    due: str
    action: str
    contract: str
    repeats: str
    owner: str
    done: str


class _Group(msgspec.Struct):
    """An obligation that grows."""

    state: State
    exposures: dict[str, None] = msgspec.field(default_factory=dict)
    findings: list[str] = msgspec.field(default_factory=list)
    provisions: dict[str, None] = msgspec.field(default_factory=dict)
    includes: dict[str, None] = msgspec.field(default_factory=dict)


class _Place(NamedTuple):
    """What tells the demands on an asset from those on another: which facts hold, and who may own them."""

    facts: tuple[tuple[str, str], ...]
    owners: tuple[Owner, ...]


class _Asked(NamedTuple):
    """What does not change from exposure to exposure."""

    register: Register
    question: Question
    records: Kept
    provisions: Mapping[str, Provision]
    contracts: Mapping[str, Mapping[str, str]]
    """Their facts."""
    owed: dict[tuple[str, str], Demand]
    """What is demanded whatever was found, by provision and contract; told first, and not again of what is found."""


def plan(
    findings: Sequence[Finding],
    exposures: Iterable[Exposure],
    register: Register,
    question: Question,
    records: Iterable[Record] = (),
) -> list[Obligation]:
    """Give obligations in order of force, due date and action; no finding that demands something is lost.

    An undetermined finding becomes the question to answer. Findings that already ended demand nothing.
    """
    by_id = {exposure.id: exposure for exposure in exposures}
    kept = fulfilled.kept(records, question.as_of[:10])
    contracts = {contract.id: contract.facts for contract in question.organisation.contracts}
    asked = _Asked(register, question, kept, provisions_of(register), contracts, {})
    groups: dict[_Key, _Group] = {}
    settled: dict[object, tuple[tuple[_Key, Settled], ...]] = {}
    places: dict[str | None, _Place] = {}
    for id_, own in _by_exposure(findings, by_id):
        exposure = by_id.get(id_ or "")
        asset = exposure.asset if exposure else None
        place = places.get(asset) or places.setdefault(asset, _place(question, asset))
        alike = (place, _seen(exposure, kept), *map(_pattern, own))
        if (known := settled.get(alike)) is None:
            known = tuple((_key(s.demand, place), s) for s in settle(_demanded(own, exposure, place, asked)))
            settled[alike] = known
        for key, one in known:
            _join(groups, key, one, own, id_)
    found = [*_obligations(groups), *_checks(by_id.values(), register, question, kept)]
    return sorted(found, key=lambda o: (o.force is not Force.MUST, o.due or LAST, o.action, o.contract, o.id))


def _by_exposure(
    findings: Iterable[Finding], exposures: Mapping[str, Exposure]
) -> Iterator[tuple[str | None, list[Finding]]]:
    """Yield the findings of each exposure: first of none, which are owed whatever was found, then by asset."""
    own: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        own[finding.exposure].append(finding)

    def order(id_: str | None) -> tuple[bool, str, str]:
        exposure = exposures.get(id_ or "")
        return (id_ is not None, exposure.asset.casefold() if exposure else "", id_ or "")

    yield from ((id_, own[id_]) for id_ in sorted(own, key=order))


def provisions_of(register: Register) -> dict[str, Provision]:
    """Give every provision by measure#provision."""
    return {f"{m.id}#{p.id}": p for m in register.measures.values() for p in m.provisions}


def _place(question: Question, asset: str | None) -> _Place:
    asker = question.organisation
    facts = asker.facts if asset is None else facts_about(asker, asset)
    return _Place(tuple(facts.items()), owners.of_asset(asker.owners, asset))


def _pattern(finding: Finding) -> tuple[object, ...]:
    """Give everything of a finding that what it demands depends on.

    As plain texts: there may be millions, and a member of an enumeration takes long to hash.
    """
    return (
        finding.provision,
        finding.act._value_,
        finding.status._value_,
        finding.since,
        finding.until,
        finding.contract,
        finding.questions,
    )


def _seen(exposure: Exposure | None, kept: Kept) -> tuple[object, ...]:
    """Give what tells an exposure that records are about from others."""
    if exposure is None or exposure.id not in kept.by_exposure:
        return (exposure is None,)
    return (exposure.id,)


def _demanded(
    findings: Sequence[Finding], exposure: Exposure | None, place: _Place, asked: _Asked
) -> Iterator[tuple[Demand, int]]:
    """Yield what the findings of one exposure demand, each with the place of its finding."""
    for number, finding in enumerate(findings):
        provision, name = asked.provisions[finding.provision], (finding.provision, finding.contract or "")
        facts = {**dict(place.facts), **asked.contracts.get(finding.contract or "", {})}
        for demand in demands(finding, exposure, asked.register, asked.question, facts, asked.records, provision):
            if finding.exposure is None and provision.owed:
                asked.owed[name] = msgspec.structs.replace(demand, is_owed=True)
            owed = asked.owed.get(name)
            yield owed if owed and (owed.action, owed.force) == (demand.action, demand.force) else demand, number


def _key(demand: Demand, place: _Place) -> _Key:
    owner = owners.owner(place.owners, demand.act, demand.provision)
    return _Key(demand.force, demand.due, demand.action, demand.contract, demand.repeats, owner, demand.done)


def _join(
    groups: dict[_Key, _Group], key: _Key, one: Settled, findings: Sequence[Finding], exposure: str | None
) -> None:
    """Put what was settled for one exposure to the obligation that it is of."""
    group = groups.setdefault(key, _Group(one.state))
    group.state = min(group.state, one.state, key=URGENCY.index)
    if exposure:
        group.exposures[exposure] = None
    group.findings += [findings[number].id for number in one.findings]
    group.provisions |= dict.fromkeys(one.provisions)
    group.includes |= dict.fromkeys(one.includes)


def _obligations(groups: Mapping[_Key, _Group]) -> Iterator[Obligation]:
    """Yield the obligations of groups.

    An id tells what is to be done and nothing that changes on the way. Where several would be called the same,
    what is first to be done has that name, and the others are told apart by day, owner and record.
    """
    taken: set[str] = set()
    for key in sorted(groups, key=lambda one: (bool(one.done), one.due or LAST, *one)):
        group = groups[key]
        parts = ("obl", key.force, key.action, key.contract)
        id_ = stable_id(*parts)
        if id_ in taken:
            id_ = stable_id(*parts, key.due, key.repeats, key.owner, key.done)
        taken.add(id_)
        yield Obligation(
            id=id_,
            exposures=tuple(group.exposures),
            action=key.action,
            due=key.due or None,
            force=key.force,
            findings=tuple(group.findings),
            state=group.state,
            owner=key.owner,
            repeats=key.repeats,
            provisions=tuple(sorted(group.provisions)),
            contract=key.contract,
            includes=tuple(sorted(group.includes)),
            done=key.done,
        )


def _checks(exposures: Iterable[Exposure], register: Register, question: Question, kept: Kept) -> Iterator[Obligation]:
    """Yield one check for each product that something was left behind of, or that software of others can talk to."""
    groups: dict[_Key, _Group] = {}
    for exposure in sorted(exposures, key=lambda one: (one.asset.casefold(), one.id)):
        if exposure.meaning not in _CHECKS:
            continue
        party = register.parties[exposure.party]
        named = next((p.name for p in party.products if p.id == exposure.product), party.name)
        looked = fulfilled.looked(exposure, kept)
        done = looked if exposure.last_seen[:10] <= looked else ""
        owner = owners.owner(owners.of_asset(question.organisation.owners, exposure.asset), None, "")
        action = _CHECKS[exposure.meaning].format(product=named)
        group = groups.setdefault(
            _Key(Force.SHOULD, "", action, "", "", owner, done), _Group(State.DONE if done else State.OPEN)
        )
        group.exposures[exposure.id] = None
    return _obligations(groups)
