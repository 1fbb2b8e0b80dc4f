# SPDX-License-Identifier: Apache-2.0
"""The law for many at once: findings of each kind of exposure for each kind of asker, as rows of an interval table.

Thousands of exposures differ only in where they are, and hundreds of organisations only in their
names. The procedure is asked once for each combination that it could tell apart; an interval join
(`engine.intervals`) then says which of its findings are in force for whom on which day.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar import dates
from debar.obligations.findings import assess_one
from debar.obligations.question import facts_about

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from debar.model.measures import Exemption, Waiver
    from debar.model.results import Finding
    from debar.model.vocab import Meaning
    from debar.obligations.question import Question
    from debar.register import Register

FOREVER = 2**62
"""End of what has none, in microseconds since 1970; beyond every instant of law."""
_MICRO = 1_000_000
_FARTHEST = ("Etc/GMT-14", "Etc/GMT+12")
"""The zones in which a day ends first and last; between them lies every authority's."""


class Kind(NamedTuple):
    """What the law can tell of an exposure."""

    party: str
    product: str
    meaning: Meaning
    level: int
    asset: str
    """Only where an asker has systems with facts of their own; else empty."""


class Rule(NamedTuple):
    """A finding for a kind of exposure and a kind of asker; times in microseconds since 1970, UTC."""

    kind: int
    asker: int
    zone: str
    since: int
    until: int


class Moment(NamedTuple):
    """The instant that a question means in a zone."""

    question: int
    asker: int
    zone: str
    at: int


def askers(questions: Sequence[Question], register: Register) -> tuple[list[Question], list[int]]:
    """Give one question for each kind of asker, and for each question the position of its kind.

    Askers are of one kind when the procedure cannot tell them apart: it looks at a name only where a waiver
    goes by it, and at the day only for what may still be claimed on it.
    """
    edges, holders = _edges(register), {w.holder for m in register.measures.values() for w in m.waivers}
    found: dict[bytes, int] = {}
    firsts: list[Question] = []
    kinds: list[int] = []
    for question in questions:
        alike = _alike(question, edges, holders)
        if alike not in found:
            found[alike] = len(firsts)
            firsts.append(question)
        kinds.append(found[alike])
    return firsts, kinds


def _edges(register: Register) -> list[datetime]:
    """Give the instants at which an exemption or waiver that asks something begins or ends."""
    found: set[datetime] = set()
    for measure in register.measures.values():
        zone = register.authorities[measure.authority].zone
        claims: list[Exemption | Waiver] = [*measure.waivers, *(e for p in measure.provisions for e in p.exemptions)]
        for claim in claims:
            days = (claim.applies_from, claim.applies_until) if claim.conditions else ()
            found |= {dates.begins(day, zone) for day in days if day}
    return sorted(found)


def _alike(question: Question, edges: Sequence[datetime], holders: Collection[str]) -> bytes:
    asker = question.organisation
    first, last = (bisect_right(edges, dates.ends(question.as_of, zone)) for zone in _FARTHEST)
    # A day on which something begins or ends somewhere is a kind of its own, and so is one with own waivers.
    day = str(first) if first == last and not asker.waivers else question.as_of
    name = asker.name if asker.waivers or asker.name in holders else ""
    return msgspec.msgpack.encode((msgspec.structs.replace(asker, name=name), question.known_on, day))


def rules(register: Register, kinds: Sequence[Kind], asking: Sequence[Question]) -> tuple[list[Rule], list[Finding]]:
    """Give the rules for every kind of exposure and asker, and the finding behind each, in the same order."""
    found: list[Rule] = []
    findings: list[Finding] = []
    for asker, question in enumerate(asking):
        for position, kind in enumerate(kinds):
            facts = facts_about(question.organisation, kind.asset)
            for finding in assess_one(kind.party, kind.product, kind.meaning, kind.level, register, question, facts):
                zone = register.authorities[register.measures[finding.measure].authority].zone
                until = micros(finding.until) if finding.until else FOREVER
                found.append(Rule(position, asker, zone, micros(finding.since), until))
                findings.append(finding)
    return found, findings


def moments(questions: Sequence[Question], kinds: Sequence[int], zones: Iterable[str]) -> list[Moment]:
    """Give the instant that each question means in each zone: a bare date is the last instant of that day there."""
    return [
        Moment(position, kinds[position], zone, micros(dates.stamp(dates.ends(question.as_of, zone))))
        for zone in sorted(set(zones))
        for position, question in enumerate(questions)
    ]


def micros(stamp: str) -> int:
    """Give an instant in microseconds since 1970."""
    delta = dates.key(stamp) - dates.EPOCH
    return (delta.days * 86_400 + delta.seconds) * _MICRO + delta.microseconds
