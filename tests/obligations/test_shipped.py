# SPDX-License-Identifier: Apache-2.0
"""Promises that hold for every law that ships, whoever asks about whatever."""

from collections import Counter, defaultdict
from itertools import product

import msgspec
from drawn import ASKING, LOTS, Lot, forget, organisation
from drawn import subject as any_subject
from hypothesis import given, settings
from law import company, facts_of_law

from composed import shipped
from debar import dates
from debar.model.measures import Measure, Organisation, Provision
from debar.model.results import Finding
from debar.model.vocab import Act, AddresseeKind, Grade, Instrument, Meaning, MeasureStatus, Modality, Status
from debar.obligations.applies import ADVISORY
from debar.obligations.findings import decide
from debar.obligations.question import Question, Subject, subject_of
from debar.register import Register

DUTIES = (Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED)
ACTS = tuple(Act)


def provision_of(finding: Finding, register: Register) -> tuple[Measure, Provision]:
    """Give the measure and provision behind a finding."""
    law = register.measures[finding.measure]
    return law, next(p for p in law.provisions if finding.provision == f"{law.id}#{p.id}")


def decided(register: Register, lot: int, level: int = 5, as_of: str = "2026-01-01") -> list[Finding]:
    """Give what the law says to somebody about something."""
    of = Lot(lot)
    about, who = any_subject(of, register, level), organisation(of, register, parts=True)
    return decide(register, about, Question(organisation=who, as_of=as_of, known_on=""), ACTS)


def unbinding(register: Register) -> Register:
    """Give the proposals, warnings, advice and resolutions of a register, by themselves."""
    soft = {id_: m for id_, m in register.measures.items() if m.instrument in {*ADVISORY, Instrument.PROPOSAL}}
    return msgspec.structs.replace(register, measures=soft)


def test_no_duty_is_worded_like_one_of_another_measure(register: Register) -> None:
    """What is worded alike is one action, done once: two clauses are two, and so are the reports under them."""
    of: dict[str, set[str]] = defaultdict(set)
    for law in register.measures.values():
        for rule in law.provisions:
            if rule.modality is Modality.REQUIRED and rule.action:
                of[rule.action].add(law.id)
    assert of
    assert {} == {action: measures for action, measures in of.items() if len(measures) > 1}


def test_no_proposal_and_no_warning_ever_binds(register: Register) -> None:
    """Every product of every party in every meaning, asked about by every kind at once, and by each of them alone."""
    law = unbinding(register)
    assert {*ADVISORY, Instrument.PROPOSAL} == {m.instrument for m in law.measures.values()}
    places = tuple(sorted({m.jurisdiction for m in law.measures.values()}))
    everybody, *alone = (company(*kinds, jurisdictions=places) for kinds in (ASKING, *((kind,) for kind in ASKING)))
    said: Counter[Status] = Counter()
    for party in law.parties.values():
        for line, meaning in product(["", *(p.id for p in party.products)], Meaning):
            about = subject_of(party, line, meaning)
            found = [f.status for f in decided_by(law, about, everybody)]
            # Whoever is one of these only is told a part of it.
            for who in alone if found and not line else ():
                found += [f.status for f in decided_by(law, about, who)]
            said.update(found)
    assert said[Status.ADVISED] and said[Status.PROPOSED]
    assert not set(DUTIES) & set(said)


def decided_by(law: Register, about: Subject, who: Organisation) -> list[Finding]:
    """Give what a register says to an organisation about a subject."""
    return decide(law, about, Question(organisation=who, as_of="2026-01-01", known_on=""), ACTS)


@settings(max_examples=300)
@given(lot=LOTS)
def test_no_answer_makes_a_proposal_or_a_warning_bind(lot: int) -> None:
    """Whatever else is stated: facts, systems, contracts, waivers, and where something was made."""
    register = shipped()
    of = Lot(lot)
    law = unbinding(register)
    asked = Question(organisation=organisation(of, register, parts=True), as_of="2026-01-01", known_on="")
    found = decide(law, any_subject(of, law), asked, ACTS)
    allowed = {Status.ADVISED, Status.PROPOSED, Status.PERMITTED, Status.UNDETERMINED, Status.EXEMPT, Status.SUSPENDED}
    assert {f.status for f in found} <= allowed
    assert [] == [
        f for f in found if law.measures[f.measure].instrument is Instrument.PROPOSAL and f.status is Status.ADVISED
    ]


@settings(max_examples=100)
@given(lot=LOTS)
def test_the_day_that_is_asked_about_changes_no_finding(lot: int) -> None:
    """Status, since and until are facts of the law; only positions and what is still to be asked move with time."""
    one, two = (decided(shipped(), lot, as_of=Lot(lot + n).day()) for n in range(2))
    assert facts_of_law(one) == facts_of_law(two)


@settings(max_examples=60)
@given(lot=LOTS)
def test_knowledge_leaves_out_exactly_what_came_later(lot: int) -> None:
    """As known on a day: what a register says that was never told of later provisions, ties and changes."""
    register = shipped()
    of = Lot(lot)
    about, who, known = any_subject(of, register), organisation(of, register), of.day()
    then = Question(organisation=who, as_of="2026-01-01", known_on=known)
    ever = Question(organisation=who, as_of="2026-01-01", known_on="")
    assert decide(forget(register, known), about, ever, ACTS) == decide(register, about, then, ACTS)


@settings(max_examples=100)
@given(lot=LOTS)
def test_a_weak_exposure_never_yields_a_duty(lot: int) -> None:
    """Level 2 and below: no provision that ships prohibits, licenses or requires anything."""
    register = shipped()
    assert [] == [f for f in decided(register, lot, level=1 + lot % 2) if f.status in DUTIES]


@settings(max_examples=150)
@given(lot=LOTS)
def test_a_duty_has_an_addressee_a_source_and_no_doubt(lot: int) -> None:
    """Who is not named by a provision is bound to nothing by it; nor is anybody by a draft, or by a mere lead."""
    register = shipped()
    of = Lot(lot)
    about, who = any_subject(of, register), organisation(of, register, parts=True)
    asked = Question(organisation=who, as_of="2026-01-01", known_on="")
    for finding in (f for f in decide(register, about, asked, ACTS) if f.status in DUTIES):
        law, rule = provision_of(finding, register)
        assert AddresseeKind.ANYONE in rule.addressees or law.jurisdiction in who.jurisdictions
        assert {AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON, *who.kinds} & set(rule.addressees)
        assert finding.grade is not Grade.UNVERIFIED
        assert law.status is not MeasureStatus.DRAFT
        assert finding.because


@settings(max_examples=150)
@given(lot=LOTS)
def test_findings_are_told_apart_and_last(lot: int) -> None:
    """No two have the same id, none has an empty time, and whatever is open is asked in words."""
    register = shipped()
    found = decided(register, lot)
    assert len(found) == len({f.id for f in found})
    for finding in found:
        assert finding.until is None or dates.key(finding.since) < dates.key(finding.until)
        assert len(finding.missing) == len(finding.questions)
        assert all(question.rstrip(")").endswith((".", "?")) for question in finding.questions), finding.questions


def test_findings_of_every_party_are_told_apart(register: Register) -> None:
    """Every product of every party, asked about by everybody everywhere at once: each finding has an id of its own."""
    places = tuple(sorted({m.jurisdiction for m in register.measures.values()}))
    asked = Question(organisation=company(*ASKING, jurisdictions=places), as_of="2026-01-01", known_on="")
    for party in register.parties.values():
        for line in ("", *(p.id for p in party.products)):
            found = decide(register, subject_of(party, line, Meaning.EMBEDDED), asked, ACTS)
            assert len(found) == len({f.id for f in found})
