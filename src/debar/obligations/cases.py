# SPDX-License-Identifier: Apache-2.0
"""Worked cases against the procedure: what a lawyer wrote down, and what debar says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.errors import UsageError
from debar.model.vocab import MeasureStatus
from debar.obligations.findings import decide
from debar.obligations.organisation import check_facts, organisation
from debar.obligations.owed import owed
from debar.obligations.position import in_force, positions
from debar.obligations.question import Question, subject_from, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.results import Case, CaseExposure, Expectation, Finding
    from debar.model.vocab import Act
    from debar.obligations.question import Subject
    from debar.register import Register


def failures(cases: Iterable[tuple[str, Case]], register: Register) -> list[str]:
    """Give a line for each expectation that does not hold, and each provision that no case reaches.

    No case can reach a provision of a draft: nothing is found from it before somebody has reviewed it.
    """
    found: list[str] = []
    reached: set[str] = set()
    for file, case in cases:
        found += [f"{file}: case {case.case!r}: {fault}" for fault in _case(case, register, reached)]
    reviewed = [measure for measure in register.measures.values() if measure.status is not MeasureStatus.DRAFT]
    every = {f"{measure.id}#{provision.id}" for measure in reviewed for provision in measure.provisions}
    found += [f"{id_}: no case reaches this provision" for id_ in sorted(every - reached)]
    return found


def _case(case: Case, register: Register, reached: set[str]) -> Iterator[str]:
    try:
        about = _subject(case.exposure, register)
        who = msgspec.structs.replace(organisation(case.organisation), facts=case.facts)
        asked = Question(organisation=who, as_of=case.as_of, known_on=case.known_on)
        check_facts(who, register)
        dates.parse(case.as_of)
        if case.known_on:
            dates.parse(case.known_on)
    except (UsageError, ValueError) as e:
        yield str(e)
        return
    for act, expected in case.expect.items():
        findings = (
            decide(register, about, asked, (act,)) if about else [f for f in owed(register, asked) if f.act is act]
        )
        reached |= {f.provision for f in findings}
        yield from (f"{act}: {fault}" for fault in _expectation(act, expected, findings, register, asked))


def _subject(exposure: CaseExposure, register: Register) -> Subject | None:
    """Give what a case is about; nothing where it names neither a party nor an origin, and is about what is owed."""
    if not exposure.origin and not exposure.party:
        return None
    if exposure.origin and not exposure.party:
        return subject_from(exposure.origin, exposure.categories, exposure.meaning)
    party = register.party(exposure.party)
    product = register.product(party, exposure.product).id if exposure.product else ""
    return subject_of(party, product, exposure.meaning, origin=exposure.origin)


def _expectation(
    act: Act, expected: Expectation, findings: list[Finding], register: Register, asked: Question
) -> Iterator[str]:
    position = positions(findings, register, asked, (act,))[0]
    if position.status is not expected.position:
        yield f"position {position.status}, expected {expected.position}"
    for id_ in expected.absent:
        if any(f.provision == id_ for f in findings):
            yield f"a finding under {id_}, expected none"
    if not expected.provision:
        return
    under = [f for f in findings if f.provision == expected.provision]
    if not under:
        yield f"no finding under {expected.provision}"
        return
    # One provision may have several pieces of time: the one of the status expected, else the one in force.
    finding = min(under, key=lambda f: (f.status is not expected.status, not in_force(f, register, asked)))
    zone = register.authorities[register.measures[finding.measure].authority].zone
    wanted = {
        "status": (expected.status, finding.status),
        "since": (expected.since and dates.stamp(dates.begins(expected.since, zone)), finding.since),
        "until": (expected.until and dates.stamp(dates.begins(expected.until, zone)), finding.until),
        "exemption": (expected.exemption, finding.exemption),
        "waiver": (expected.waiver, finding.waiver),
        "missing": (expected.missing, expected.missing if expected.missing in finding.missing else finding.missing),
    }
    yield from (f"{name} {was}, expected {want}" for name, (want, was) in wanted.items() if want and want != was)
