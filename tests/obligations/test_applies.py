# SPDX-License-Identifier: Apache-2.0
"""Promises of the hard procedure, step by step, and of what holds for every law that ships."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law import CONDITION, MAKER, OTHER, company, exemption, measure, provision, question, register, subject

from debar.model.measures import Citation, Doubt, Measure, Organisation, Provision, Target
from debar.model.results import Finding
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Effect,
    Grade,
    Instrument,
    Meaning,
    MeasureStatus,
    Modality,
    Status,
)
from debar.obligations.applies import QUESTIONS, SUSPECTED, UNVERIFIED, applies
from debar.obligations.findings import ACTS_OF_MEANING, decide
from debar.obligations.question import Question, Subject, subject_of
from debar.register import Register

DUTIES = (Status.PROHIBITED, Status.REQUIRED)


def found(
    rule: Provision | None = None,
    *,
    about: Subject | None = None,
    asked: Question | None = None,
    act: Act = Act.USE,
    of: Measure | None = None,
) -> Finding | None:
    """Give what one provision says, alone in a register."""
    rule = rule or provision()
    of = of or measure(rule)
    return applies(register(of), of, rule, act, subject=about or subject(), question=asked or question())


def status(
    rule: Provision | None = None,
    *,
    about: Subject | None = None,
    asked: Question | None = None,
    act: Act = Act.USE,
    of: Measure | None = None,
) -> Status | None:
    """Give the status of what one provision says, or nothing."""
    finding = found(rule, about=about, asked=asked, act=act, of=of)
    return finding.status if finding else None


# ---- 1. the instrument binds, the measure is reviewed, the provision known


def test_a_ban_prohibits_its_addressee() -> None:
    """The plain case: bound, reached, in no exemption."""
    assert Status.PROHIBITED is status()


@pytest.mark.parametrize("instrument", [Instrument.WARNING, Instrument.ADVICE, Instrument.PROPOSAL])
@pytest.mark.parametrize("modality", [Modality.PROHIBITED, Modality.REQUIRED, Modality.ADVISED])
def test_what_does_not_bind_only_advises(instrument: Instrument, modality: Modality) -> None:
    """Warnings, advice and proposals advise, whatever their text says."""
    rule = provision(modality=modality)
    assert Status.ADVISED is status(rule, of=measure(rule, instrument=instrument))


@pytest.mark.parametrize("instrument", sorted(set(Instrument) - {"warning", "advice", "proposal"}))
def test_what_binds_prohibits(instrument: Instrument) -> None:
    """Every other instrument can prohibit."""
    assert Status.PROHIBITED is status(of=measure(instrument=instrument))


def test_a_draft_says_nothing() -> None:
    """A measure that nobody has reviewed yields no finding."""
    assert None is status(of=measure(status=MeasureStatus.DRAFT))


def test_an_ended_measure_still_speaks_of_its_time() -> None:
    """Reports about the past need measures that have ended."""
    assert Status.PROHIBITED is status(of=measure(status=MeasureStatus.ENDED))


def test_another_act_is_not_concerned() -> None:
    """A ban on use says nothing about buying."""
    assert None is status(act=Act.ACQUIRE)


@pytest.mark.parametrize(
    ("known_on", "expected"),
    [
        ("", Status.PROHIBITED),
        ("2024-06-19", None),
        ("2024-06-20", Status.PROHIBITED),
        ("2024-06-20T03:59:59Z", None),
        ("2024-06-20T04:00:00Z", Status.PROHIBITED),
    ],
)
def test_what_could_not_be_known_says_nothing(known_on: str, expected: Status | None) -> None:
    """Knowledge begins with the day of the announcement where the authority sits."""
    assert expected is status(asked=question(known_on=known_on))


# ---- 2. the subject falls under the targets


def test_another_party_is_not_reached() -> None:
    """A ban reaches the parties it names."""
    assert None is status(about=subject("", party=OTHER))


@pytest.mark.parametrize(
    ("product", "expected"),
    [("shield", Status.PROHIBITED), ("toolkit", None), ("course", None), ("", Status.PROHIBITED)],
)
def test_categories_draw_a_line(product: str, expected: Status | None) -> None:
    """Only products of the categories are reached; an unknown product counts as an ordinary one."""
    rule = provision(targets=Target(parties=("maker",), categories=(Category.ANTI_VIRUS,)))
    assert expected is status(rule, about=subject(product))


@pytest.mark.parametrize(("meaning", "expected"), [(Meaning.EMBEDDED, Status.PROHIBITED), (Meaning.INSTALLED, None)])
def test_meanings_draw_a_line(meaning: Meaning, expected: Status | None) -> None:
    """A rule about built-in parts says nothing about installed programs."""
    rule = provision(targets=Target(parties=("maker",), meanings=(Meaning.EMBEDDED,)))
    assert expected is status(rule, about=subject(meaning=meaning))


# ---- 3. addressee, or opposite one


@pytest.mark.parametrize(
    ("addressee", "organisation", "expected"),
    [
        (AddresseeKind.COMPANY, company(), Status.PROHIBITED),
        (AddresseeKind.FEDERAL_AGENCY, company(), None),
        (AddresseeKind.COMPANY, company(AddresseeKind.RESELLER, AddresseeKind.COMPANY), Status.PROHIBITED),
        (AddresseeKind.COMPANY, company(jurisdictions=("ca",)), None),
        (AddresseeKind.COMPANY, company(jurisdictions=("ca", "us")), Status.PROHIBITED),
        (AddresseeKind.DOMESTIC_PERSON, company(AddresseeKind.INDIVIDUAL), Status.PROHIBITED),
        (AddresseeKind.DOMESTIC_PERSON, company(jurisdictions=("ca",)), None),
        (AddresseeKind.ANYONE, company(jurisdictions=("ca",)), Status.PROHIBITED),
    ],
)
def test_only_addressees_are_bound(
    addressee: AddresseeKind, organisation: Organisation, expected: Status | None
) -> None:
    """Who is no addressee, or sits elsewhere, is not concerned; "anyone" means the world."""
    assert expected is status(provision(addressees=(addressee,)), asked=question(organisation))


def test_a_customer_of_the_banned_supplier_gets_nothing() -> None:
    """Standing opposite the addressee of a ban is no breach of law: the thing is unavailable."""
    rule = provision(addressees=(AddresseeKind.SUPPLIER,), counterparties=(AddresseeKind.DOMESTIC_PERSON,))
    assert Status.UNAVAILABLE is status(rule)
    assert Status.PROHIBITED is status(rule, asked=question(company(AddresseeKind.SUPPLIER)))
    assert None is status(rule, asked=question(company(jurisdictions=("ca",))))


@pytest.mark.parametrize("modality", [Modality.REQUIRED, Modality.PERMITTED, Modality.ADVISED])
def test_a_duty_of_the_supplier_is_none_of_the_customers(modality: Modality) -> None:
    """Only a ban on the supplier reaches the customer's side."""
    rule = provision(
        modality=modality, addressees=(AddresseeKind.SUPPLIER,), counterparties=(AddresseeKind.DOMESTIC_PERSON,)
    )
    assert None is status(rule)


# ---- 4. exemptions


def test_an_exemption_takes_the_case_out() -> None:
    """The finding names the exemption, speaks its words and carries its grade and sources."""
    rule = provision(exemptions=(exemption(categories=(Category.SECURITY_TRAINING,)),))
    finding = found(rule, about=subject("course"))
    assert finding
    assert (Status.EXEMPT, "training", "Training is outside.", Grade.SECONDARY) == (
        finding.status,
        finding.exemption,
        finding.text,
        finding.grade,
    )
    assert ["1 FR 1"] != [b.citation for b in finding.because]
    assert ["Text order, sec-1", "Text notice"] == [b.citation for b in finding.because]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Status.EXEMPT),
        ({"categories": (Category.ANTI_VIRUS,)}, Status.EXEMPT),
        ({"categories": (Category.SECURITY_TRAINING,)}, Status.PROHIBITED),
        ({"acts": (Act.USE,)}, Status.EXEMPT),
        ({"acts": (Act.ACQUIRE,)}, Status.PROHIBITED),
        ({"addressees": (AddresseeKind.COMPANY,)}, Status.EXEMPT),
        ({"addressees": (AddresseeKind.INDIVIDUAL,)}, Status.PROHIBITED),
        ({"meanings": (Meaning.INSTALLED,)}, Status.EXEMPT),
        ({"meanings": (Meaning.EMBEDDED,)}, Status.PROHIBITED),
    ],
)
def test_an_exemption_covers_what_it_describes(changes: dict[str, object], expected: Status) -> None:
    """Act, addressee, category and meaning must all fit; what it does not mention does not matter."""
    assert expected is status(provision(exemptions=(exemption(**changes),)))


def test_an_unknown_product_is_in_no_exempt_category() -> None:
    """An exemption is to be shown by whoever claims it; not knowing the product shows nothing."""
    rule = provision(exemptions=(exemption(categories=(Category.SECURITY_TRAINING,)),))
    assert Status.PROHIBITED is status(rule, about=subject(""))


@pytest.mark.parametrize(
    ("facts", "expected", "missing"),
    [
        ({"purpose": "yes"}, Status.EXEMPT, ()),
        ({"purpose": "no"}, Status.PROHIBITED, ()),
        ({}, Status.PROHIBITED, ("purpose",)),
    ],
)
def test_an_exemption_is_not_presumed(facts: dict[str, str], expected: Status, missing: tuple[str, ...]) -> None:
    """A condition of an exemption that nobody has answered is a question, and the ban stands meanwhile."""
    finding = found(provision(exemptions=(exemption(conditions=(CONDITION,)),)), asked=question(company(facts=facts)))
    assert finding
    assert (expected, missing) == (finding.status, finding.missing)


def test_the_first_exemption_that_helps_is_used() -> None:
    """One that needs an answer does not stand in the way of one that needs none."""
    open_, plain = exemption(id="open", conditions=(CONDITION,)), exemption(id="plain")
    finding = found(provision(exemptions=(open_, plain)))
    assert finding
    assert ("plain", ()) == (finding.exemption, finding.missing)


# ---- 5. conditions


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"purpose": "yes"}, Status.PROHIBITED), ({"purpose": "no"}, None), ({}, Status.UNDETERMINED)],
)
def test_a_condition_decides(facts: dict[str, str], expected: Status | None) -> None:
    """Answered so, the rule applies; otherwise it does not; unanswered it stays open."""
    assert expected is status(provision(conditions=(CONDITION,)), asked=question(company(facts=facts)))


def test_an_open_condition_is_named() -> None:
    """The finding says which question is open, in words a layman can answer."""
    rule = provision(conditions=(CONDITION,))
    finding = found(rule)
    assert finding
    assert ("purpose",) == finding.missing
    assert ("Is it used for the purpose?",) == finding.questions


# ---- 6. nothing but a question from what is not certain


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("modality", [Modality.PROHIBITED, Modality.REQUIRED, Modality.ADVISED])
def test_suspicion_is_a_question(level: int, modality: Modality) -> None:
    """A subject that is only suspected yields no duty, only one more look."""
    finding = found(provision(modality=modality), about=subject(level=level))
    assert finding
    assert (Status.UNDETERMINED, (SUSPECTED,)) == (finding.status, finding.missing)


@pytest.mark.parametrize("level", [3, 4, 5])
def test_what_was_found_is_no_suspicion(level: int) -> None:
    """From level 3 on a subject counts as found."""
    assert Status.PROHIBITED is status(about=subject(level=level))


@pytest.mark.parametrize("modality", list(Modality))
def test_an_unverified_provision_is_a_question(modality: Modality) -> None:
    """A lead is never a fact, whichever way it points."""
    finding = found(provision(modality=modality, grade=Grade.UNVERIFIED))
    assert finding
    assert (Status.UNDETERMINED, (UNVERIFIED,)) == (finding.status, finding.missing)


def test_the_questions_behind_doubt_are_in_words() -> None:
    """Suspicion and lack of proof are put as questions."""
    finding = found(provision(grade=Grade.UNVERIFIED))
    assert finding
    assert (QUESTIONS[UNVERIFIED],) == finding.questions
    assert all(question.endswith((".", "?")) for question in QUESTIONS.values())


# ---- 7. what the provision does


@pytest.mark.parametrize(
    ("modality", "effect", "expected"),
    [
        (Modality.PROHIBITED, Effect.NONE, Status.PROHIBITED),
        (Modality.REQUIRED, Effect.NONE, Status.REQUIRED),
        (Modality.ADVISED, Effect.NONE, Status.ADVISED),
        (Modality.PERMITTED, Effect.NONE, Status.PERMITTED),
        (Modality.PERMITTED, Effect.AT_RISK, Status.AT_RISK),
    ],
)
def test_a_modality_becomes_a_status(modality: Modality, effect: Effect, expected: Status) -> None:
    """Prohibited, required, advised, permitted; a permission may be at one's own risk."""
    assert expected is status(provision(modality=modality, effect=effect))


@pytest.mark.parametrize("instrument", [Instrument.WARNING, Instrument.REGULATION])
def test_a_permission_stays_a_permission(instrument: Instrument) -> None:
    """A notice that something stays lawful is no advice to do it."""
    rule = provision(modality=Modality.PERMITTED)
    assert Status.PERMITTED is status(rule, of=measure(rule, instrument=instrument))


# ---- 8. when, and because of which words


@pytest.mark.parametrize(
    ("applies_from", "applies_until", "authority", "since", "until"),
    [
        ("2024-07-20", "", "us-office", "2024-07-20T04:00:00Z", None),
        ("2024-07-20T00:00-04:00", "2024-09-29", "us-office", "2024-07-20T04:00:00Z", "2024-09-29T04:00:00Z"),
        ("2024-07-20", "2024-12-31", "jp-office", "2024-07-19T15:00:00Z", "2024-12-30T15:00:00Z"),
    ],
)
def test_times_are_those_of_the_authority(
    applies_from: str, applies_until: str, authority: str, since: str, until: str | None
) -> None:
    """Bare dates begin at midnight where the authority sits; what leaves is UTC."""
    rule = provision(applies_from=applies_from, applies_until=applies_until)
    finding = found(rule, of=measure(rule, authority=authority))
    assert finding
    assert (since, until) == (finding.since, finding.until)


def test_a_coming_ban_has_its_final_status() -> None:
    """Since may lie in the future: what will hold is known before it holds."""
    finding = found(asked=question(as_of="2024-06-21"))
    assert finding
    assert (Status.PROHIBITED, "2024-07-20T04:00:00Z") == (finding.status, finding.since)


def test_a_finding_names_its_sources_and_doubts() -> None:
    """Because is the passage with its place and grade; doubts are told with theirs."""
    rule = provision(
        citations=(Citation(document="order", at="sec-1", quote="shall not use"), Citation(document="notice")),
        doubts=(Doubt(about="acts", text="Whether renting is use.", grade=Grade.UNVERIFIED),),
    )
    finding = found(rule)
    assert finding
    assert ["shall not use", "Office: Text notice"] == [b.text for b in finding.because]
    assert ("acts: Whether renting is use. (unverified)",) == finding.doubts
    assert "us-order#ban" == finding.provision


def test_ids_tell_findings_apart() -> None:
    """Exposure, measure, provision and act make the id; asking again gives the same."""
    one, two = found(about=subject(exposure="exp-1")), found(about=subject(exposure="exp-2"))
    assert one and two
    assert one == found(about=subject(exposure="exp-1"))
    assert one.id != two.id


# ---- for every law that ships

KINDS = st.lists(
    st.sampled_from([k for k in AddresseeKind if k not in (AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON)]),
    min_size=1,
    max_size=3,
    unique=True,
).map(tuple)
DAYS = st.dates(min_value=date(2016, 1, 1), max_value=date(2028, 1, 1)).map(str)


@st.composite
def organisations(draw: st.DrawFn, register: Register) -> Organisation:
    """Give an organisation with some answers to the questions of the register."""
    conditions = [
        c
        for m in register.measures.values()
        for p in m.provisions
        for c in (*p.conditions, *(c for e in p.exemptions for c in e.conditions))
    ]
    facts = st.dictionaries(st.sampled_from([c.fact for c in conditions]), st.sampled_from(["yes", "no"]))
    return Organisation(
        name="asker",
        jurisdictions=draw(st.sampled_from([("us",), ("ca",), ("us", "ca")])),
        kinds=draw(KINDS),
        facts=draw(facts) if conditions else {},
    )


def anything(draw: st.DataObject, register: Register, level: int = 5) -> Subject:
    """Give any product of any party in any meaning."""
    party = draw.draw(st.sampled_from(list(register.parties.values())))
    product = draw.draw(st.sampled_from(["", *(p.id for p in party.products)]))
    return subject_of(party, product, draw.draw(st.sampled_from(list(Meaning))), level=level)


@settings(max_examples=150)
@given(data=st.data(), day=DAYS, later=DAYS)
def test_the_day_asked_about_changes_no_finding(data: st.DataObject, day: str, later: str, register: Register) -> None:
    """Status, since and until are facts of the law; only positions move with time."""
    who, about = data.draw(organisations(register)), anything(data, register)
    asked = Question(organisation=who, as_of=day, known_on="")
    assert decide(register, about, asked, tuple(Act)) == decide(
        register, about, Question(organisation=who, as_of=later, known_on=""), tuple(Act)
    )


@settings(max_examples=150)
@given(data=st.data(), day=DAYS, known=DAYS)
def test_knowledge_drops_exactly_what_came_later(data: st.DataObject, day: str, known: str, register: Register) -> None:
    """As known on a day: the provisions announced until then, and no other."""
    who, about = data.draw(organisations(register)), anything(data, register)
    announced = {f"{m.id}#{p.id}": p.known_from for m in register.measures.values() for p in m.provisions}
    everything = decide(register, about, Question(organisation=who, as_of=day, known_on=""), tuple(Act))
    then = decide(register, about, Question(organisation=who, as_of=day, known_on=known), tuple(Act))
    assert [f for f in everything if announced[f.provision][:10] <= known] == then


@settings(max_examples=150)
@given(data=st.data(), level=st.sampled_from([1, 2]))
def test_a_weak_exposure_never_yields_a_duty(data: st.DataObject, level: int, register: Register) -> None:
    """Level 2 and below: no provision that ships prohibits or requires anything."""
    asked = Question(organisation=data.draw(organisations(register)), as_of="2026-01-01", known_on="")
    findings = decide(register, anything(data, register, level), asked, tuple(Act))
    assert [] == [f for f in findings if f.status in DUTIES]


@settings(max_examples=150)
@given(data=st.data())
def test_no_duty_without_being_an_addressee(data: st.DataObject, register: Register) -> None:
    """Who is not named by a provision is never prohibited or required anything by it; nor by what only advises."""
    who = data.draw(organisations(register))
    asked = Question(organisation=who, as_of="2026-01-01", known_on="")
    for finding in decide(register, anything(data, register), asked, tuple(Act)):
        law = register.measures[finding.measure]
        rule = next(p for p in law.provisions if finding.provision == f"{law.id}#{p.id}")
        if finding.status in DUTIES:
            assert AddresseeKind.ANYONE in rule.addressees or law.jurisdiction in who.jurisdictions
            assert {AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON, *who.kinds} & set(rule.addressees)
            assert law.instrument not in (Instrument.WARNING, Instrument.ADVICE, Instrument.PROPOSAL)
            assert rule.grade is not Grade.UNVERIFIED
            assert law.status is not MeasureStatus.DRAFT


def test_residue_and_mentions_put_nothing_at_stake() -> None:
    """Something left behind or named is no act at all; every other meaning is."""
    assert {Meaning.RESIDUE, Meaning.MENTION} == {meaning for meaning, acts in ACTS_OF_MEANING.items() if not acts}
    assert set(Meaning) == set(ACTS_OF_MEANING)


def test_an_unknown_product_has_no_categories() -> None:
    """A subject knows the categories of its product, and none for a product that is not in the register."""
    assert () == subject_of(MAKER, "nonsense", Meaning.INSTALLED).categories
    assert (Category.LIBRARY,) == subject_of(MAKER, "toolkit", Meaning.INSTALLED).categories
