# SPDX-License-Identifier: Apache-2.0
"""Promises of the hard procedure, step by step: one provision, one act, one who asks."""

from collections import Counter

import msgspec
import pytest
from drawn import ACTS, LOTS, MOMENTS, TRADERS, Lot, composed, forget, organisation
from drawn import subject as any_subject
from hypothesis import given, settings
from law import (
    CONDITION,
    MAKER,
    OTHER,
    company,
    exemption,
    facts_of_law,
    measure,
    provision,
    question,
    said,
    subject,
    times,
)

from debar import dates
from debar.model.measures import Citation, Doubt, Measure, Organisation, Party, Product, Provision, Target
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
from debar.obligations.applies import ADVISORY, SUSPECTED, UNVERIFIED
from debar.obligations.because import QUESTIONS
from debar.obligations.findings import decide
from debar.obligations.question import Question, Subject
from debar.obligations.reach import WHICH_PRODUCT
from debar.register import standing

DUTIES = (Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED)
UNBINDING = sorted({*ADVISORY, Instrument.PROPOSAL})


def found(
    rule: Provision | None = None,
    *,
    about: Subject | None = None,
    asked: Question | None = None,
    act: Act = Act.USE,
    of: Measure | None = None,
    parties: tuple[Party, ...] = (),
) -> Finding | None:
    """Give what one provision says, alone in a register, in one piece."""
    pieces = said(about=about, asked=asked, act=act, of=of or measure(rule or provision()), parties=parties)
    assert len(pieces) < 2
    return pieces[0] if pieces else None


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


# ---- 1. the measure is reviewed, the provision about the act, and known


def test_a_ban_prohibits_its_addressee() -> None:
    """The plain case: bound, reached, in no exemption."""
    assert Status.PROHIBITED is status()


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


# ---- 2. the subject falls under the targets (ties, lists and origins: test_reach.py)


def test_another_party_is_not_reached() -> None:
    """A ban reaches the parties it names."""
    assert None is status(about=subject("", party=OTHER))


@pytest.mark.parametrize(
    ("product", "expected"),
    [("shield", Status.PROHIBITED), ("toolkit", None), ("course", None), ("", Status.PROHIBITED)],
)
def test_categories_draw_a_line(product: str, expected: Status | None) -> None:
    """Only products of the categories are reached; an unknown product is taken for an ordinary one of its party."""
    rule = provision(targets=Target(parties=("maker",), categories=(Category.ANTI_VIRUS,)))
    assert expected is status(rule, about=subject(product))


def test_an_unknown_product_is_none_that_its_party_does_not_make() -> None:
    """Whoever makes no routers is not reached by a ban on routers, whatever it was that was found."""
    routers = provision(targets=Target(parties=("maker",), categories=(Category.ROUTER,)))
    assert None is status(routers, about=subject(""))


BROAD = msgspec.structs.replace(
    MAKER, products=(*MAKER.products, Product(id="tunnel", name="Maker Tunnel", categories=(Category.VPN,)))
)
"""The maker with a second ordinary product."""


@pytest.mark.parametrize(
    ("category", "expected", "missing"),
    [
        (Category.ANTI_VIRUS, Status.UNDETERMINED, (WHICH_PRODUCT,)),
        (Category.VPN, Status.UNDETERMINED, (WHICH_PRODUCT,)),
        (None, Status.PROHIBITED, ()),
    ],
)
def test_an_unknown_product_that_may_be_another_is_a_question(
    category: Category | None, expected: Status, missing: tuple[str, ...]
) -> None:
    """Where only some of a party's ordinary products are banned, somebody must say which one it is."""
    rule = provision(targets=Target(parties=("maker",), categories=(category,) if category else ()))
    finding = found(rule, about=subject("", party=BROAD), parties=(BROAD,))
    assert finding
    assert (expected, missing) == (finding.status, finding.missing)


def test_an_unknown_product_of_a_party_without_products_may_be_anything() -> None:
    """Where the register lists no products nothing is ruled out."""
    routers = provision(targets=Target(parties=("other",), categories=(Category.ROUTER,)))
    assert Status.PROHIBITED is status(routers, about=subject("", party=OTHER))


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


@pytest.mark.parametrize("modality", [Modality.PROHIBITED, Modality.LICENCE_REQUIRED])
def test_a_customer_of_the_banned_supplier_gets_nothing(modality: Modality) -> None:
    """Standing opposite the addressee of a ban is no breach of law: the thing is unavailable."""
    rule = provision(
        modality=modality, addressees=(AddresseeKind.SUPPLIER,), counterparties=(AddresseeKind.DOMESTIC_PERSON,)
    )
    assert Status.UNAVAILABLE is status(rule)
    assert Status(modality.value) is status(rule, asked=question(company(AddresseeKind.SUPPLIER)))
    assert None is status(rule, asked=question(company(jurisdictions=("ca",))))


@pytest.mark.parametrize("modality", [Modality.REQUIRED, Modality.PERMITTED, Modality.ADVISED])
def test_a_duty_of_the_supplier_is_none_of_the_customers(modality: Modality) -> None:
    """Only a ban on the supplier reaches the customer's side."""
    rule = provision(
        modality=modality, addressees=(AddresseeKind.SUPPLIER,), counterparties=(AddresseeKind.DOMESTIC_PERSON,)
    )
    assert None is status(rule)


# ---- 4. conditions


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"purpose": "yes"}, Status.PROHIBITED), ({"purpose": "no"}, None), ({}, Status.UNDETERMINED)],
)
def test_a_condition_decides(facts: dict[str, str], expected: Status | None) -> None:
    """Answered so, the rule applies; otherwise it does not; unanswered it stays open."""
    assert expected is status(provision(conditions=(CONDITION,)), asked=question(company(facts=facts)))


def test_an_open_condition_is_named() -> None:
    """The finding says which question is open, in words a layman can answer."""
    finding = found(provision(conditions=(CONDITION,)))
    assert finding
    assert (("purpose",), ("Is it used for the purpose?",)) == (finding.missing, finding.questions)


def test_a_refused_condition_comes_before_an_exemption() -> None:
    """What a provision is not about needs no exemption from it: there is no finding at all."""
    rule = provision(conditions=(CONDITION,), exemptions=(exemption(),))
    assert None is status(rule, asked=question(company(facts={"purpose": "no"})))


def test_an_exemption_comes_before_an_open_condition() -> None:
    """What is exempt in any case asks nothing."""
    finding = found(provision(conditions=(CONDITION,), exemptions=(exemption(),)))
    assert finding
    assert (Status.EXEMPT, ()) == (finding.status, finding.missing)


def test_a_permission_with_an_open_condition_stays_permitted() -> None:
    """A permission that depends on something is never worse than none: it stays, with its question."""
    finding = found(provision(modality=Modality.PERMITTED, conditions=(CONDITION,)))
    assert finding
    assert (Status.PERMITTED, ("purpose",)) == (finding.status, finding.missing)
    at_risk = provision(modality=Modality.PERMITTED, effect=Effect.AT_RISK, conditions=(CONDITION,))
    assert Status.UNDETERMINED is status(at_risk)


# ---- 5. what the provision does


@pytest.mark.parametrize(
    ("modality", "effect", "expected"),
    [
        (Modality.PROHIBITED, Effect.NONE, Status.PROHIBITED),
        (Modality.LICENCE_REQUIRED, Effect.NONE, Status.LICENCE_REQUIRED),
        (Modality.REQUIRED, Effect.NONE, Status.REQUIRED),
        (Modality.ADVISED, Effect.NONE, Status.ADVISED),
        (Modality.PERMITTED, Effect.NONE, Status.PERMITTED),
        (Modality.PERMITTED, Effect.AT_RISK, Status.AT_RISK),
    ],
)
def test_a_modality_becomes_a_status(modality: Modality, effect: Effect, expected: Status) -> None:
    """Prohibited, licence required, required, advised, permitted; a permission may be at one's own risk."""
    assert expected is status(provision(modality=modality, effect=effect))


@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize("modality", list(Modality))
def test_a_proposal_only_proposes(modality: Modality, effect: Effect) -> None:
    """A bill, draft or consultation has no effect, whatever its text prohibits, demands, advises or allows."""
    rule = provision(modality=modality, effect=effect, conditions=(CONDITION,))
    assert Status.PROPOSED is status(rule, of=measure(rule, instrument=Instrument.PROPOSAL))
    opposite = provision(
        modality=modality, addressees=(AddresseeKind.SUPPLIER,), counterparties=(AddresseeKind.COMPANY,)
    )
    assert status(opposite, of=measure(opposite, instrument=Instrument.PROPOSAL)) in (None, Status.PROPOSED)


@pytest.mark.parametrize("instrument", [Instrument.WARNING, Instrument.ADVICE, Instrument.RESOLUTION])
@pytest.mark.parametrize(
    "modality", [Modality.PROHIBITED, Modality.LICENCE_REQUIRED, Modality.REQUIRED, Modality.ADVISED]
)
def test_what_does_not_bind_only_advises(instrument: Instrument, modality: Modality) -> None:
    """Warnings, advice and resolutions of a parliament advise, whatever their text says."""
    rule = provision(modality=modality)
    assert Status.ADVISED is status(rule, of=measure(rule, instrument=instrument))


@pytest.mark.parametrize("instrument", sorted(set(Instrument) - set(UNBINDING)))
def test_what_binds_prohibits(instrument: Instrument) -> None:
    """Every other instrument can prohibit."""
    assert Status.PROHIBITED is status(of=measure(instrument=instrument))


@pytest.mark.parametrize("instrument", [Instrument.WARNING, Instrument.RESOLUTION, Instrument.REGULATION])
def test_a_permission_stays_a_permission(instrument: Instrument) -> None:
    """A notice that something stays lawful is no advice to do it."""
    rule = provision(modality=Modality.PERMITTED)
    assert Status.PERMITTED is status(rule, of=measure(rule, instrument=instrument))


@pytest.mark.parametrize("instrument", list(Instrument))
@pytest.mark.parametrize("modality", list(Modality))
def test_the_register_reads_a_provision_as_the_procedure_does(instrument: Instrument, modality: Modality) -> None:
    """What lists and calendars say of a provision is what its addressee is told."""
    rule = provision(modality=modality)
    of = measure(rule, instrument=instrument)
    assert status(rule, of=of) is standing.does(of, rule)


# ---- 6. nothing but a question from what is not certain


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("modality", [Modality.PROHIBITED, Modality.LICENCE_REQUIRED, Modality.REQUIRED])
def test_suspicion_is_a_question(level: int, modality: Modality) -> None:
    """A subject that is only suspected yields no duty, only one more look."""
    finding = found(provision(modality=modality), about=subject(level=level))
    assert finding
    assert (Status.UNDETERMINED, (SUSPECTED,)) == (finding.status, finding.missing)


def test_suspicion_makes_a_permission_no_worse() -> None:
    """What would be lawful if it were there is lawful."""
    assert Status.PERMITTED is status(provision(modality=Modality.PERMITTED), about=subject(level=1))


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


# ---- 7. when


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


@pytest.mark.parametrize(
    ("until_known_from", "known_on", "until"),
    [
        ("", "2024-07-01", "2025-01-01"),
        ("2024-12-15", "2024-12-14", None),
        ("2024-12-15", "2024-12-15", "2025-01-01"),
        ("2024-12-15", "", "2025-01-01"),
    ],
)
def test_an_end_holds_as_soon_as_it_is_known(until_known_from: str, known_on: str, until: str | None) -> None:
    """A sunset is known with the provision, a replacement only when it is announced."""
    rule = provision(applies_until="2025-01-01", until_known_from=until_known_from)
    assert [(Status.PROHIBITED, "2024-07-20", until)] == times(said(rule, asked=question(known_on=known_on)))


# ---- 8. exemptions (their times, interruptions and waivers: test_spans.py)


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


@pytest.mark.parametrize(
    ("categories", "missing"),
    [
        ((Category.VPN,), (WHICH_PRODUCT,)),
        ((Category.ANTI_VIRUS, Category.BACKUP), (WHICH_PRODUCT,)),
        ((Category.BACKUP,), ()),
        ((Category.SECURITY_TRAINING,), ()),
    ],
)
def test_an_unknown_product_may_be_an_exempt_one(categories: tuple[Category, ...], missing: tuple[str, ...]) -> None:
    """The ban stands, with the question which product it is, where an ordinary one of the party is exempt."""
    rule = provision(exemptions=(exemption(categories=categories),))
    finding = found(rule, about=subject("", party=BROAD), parties=(BROAD,))
    assert finding
    assert (Status.PROHIBITED, missing) == (finding.status, finding.missing)


def test_an_unverified_exemption_lets_nobody_off() -> None:
    """Nobody is let off on the strength of what nobody has seen."""
    assert Status.PROHIBITED is status(provision(exemptions=(exemption(grade=Grade.UNVERIFIED),)))


def test_the_first_exemption_that_helps_is_used() -> None:
    """One that needs an answer does not stand in the way of one that needs none."""
    open_, plain = exemption(id="open", conditions=(CONDITION,)), exemption(id="plain")
    finding = found(provision(exemptions=(open_, plain)))
    assert finding
    assert ("plain", ()) == (finding.exemption, finding.missing)


# ---- 9. because of which words


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


@pytest.mark.parametrize(("known_on", "count"), [("2024-08-31", 0), ("2024-09-01", 1), ("", 1)])
def test_a_doubt_is_told_from_when_it_is_known(known_on: str, count: int) -> None:
    """A doubt that came up later was none before."""
    rule = provision(doubts=(Doubt(about="acts", text="Is it?", grade=Grade.SECONDARY, known_from="2024-09-01"),))
    finding = found(rule, asked=question(known_on=known_on))
    assert finding
    assert count == len(finding.doubts)


def test_a_finding_says_what_to_do_and_what_happens_otherwise() -> None:
    """Action and consequence are the provision's; who is exempt has neither."""
    rule = provision(consequence="A fine.")
    banned, exempt = found(rule), found(msgspec.structs.replace(rule, exemptions=(exemption(),)))
    assert banned and exempt
    assert ("Stop using it.", "A fine.") == (banned.action, banned.consequence)
    assert ("", "") == (exempt.action, exempt.consequence)


def test_a_source_that_is_cited_twice_is_named_once() -> None:
    """The provision and its exemption may rest on the same passage."""
    finding = found(provision(exemptions=(exemption(citations=provision().citations),)))
    assert finding
    assert ["Text order, sec-1"] == [b.citation for b in finding.because]


def test_ids_tell_findings_apart() -> None:
    """Exposure, measure, provision and act make the id; asking again gives the same."""
    one, two = found(about=subject(exposure="exp-1")), found(about=subject(exposure="exp-2"))
    assert one and two
    assert one == found(about=subject(exposure="exp-1"))
    assert one.id != two.id


# ---- for every law


def decided(lot: int, as_of: str = "2024-10-01", known_on: str = "", level: int = 5) -> list[Finding]:
    """Give what a composed law says to somebody about something."""
    of = Lot(lot)
    law = composed(of)
    about, who = any_subject(of, law, level), organisation(of, law, parts=True, kinds=TRADERS)
    return decide(law, about, Question(organisation=who, as_of=as_of, known_on=known_on), ACTS)


@settings(max_examples=200)
@given(lot=LOTS)
def test_findings_of_a_provision_are_told_apart(lot: int) -> None:
    """No two findings of one answer have the same id, however many ties, contracts and pieces of time there are."""
    assert {} == {id_: n for id_, n in Counter(f.id for f in decided(lot)).items() if n > 1}


@settings(max_examples=200)
@given(lot=LOTS, later=LOTS)
def test_the_day_that_is_asked_about_changes_no_finding(lot: int, later: int) -> None:
    """Status, since and until are facts of the law; only positions and what is still to be asked move with time."""
    one, two = (Lot(number).one(MOMENTS) for number in (lot, later))
    assert facts_of_law(decided(lot, as_of=one)) == facts_of_law(decided(lot, as_of=two))


@settings(max_examples=200)
@given(lot=LOTS)
def test_knowledge_leaves_out_exactly_what_came_later(lot: int) -> None:
    """As known on a day: what a register says that was never told anything later."""
    of = Lot(lot)
    law = composed(of)
    about, who = any_subject(of, law), organisation(of, law, kinds=TRADERS)
    known = of.one([day for day in MOMENTS if dates.is_date(day)])
    then = Question(organisation=who, as_of="2024-10-01", known_on=known)
    ever = Question(organisation=who, as_of="2024-10-01", known_on="")
    assert decide(forget(law, known), about, ever, ACTS) == decide(law, about, then, ACTS)


@settings(max_examples=200)
@given(lot=LOTS)
def test_a_finding_lasts_and_says_why(lot: int) -> None:
    """Every finding has a time that is not empty, words, a source, and a question where something is open."""
    for finding in decided(lot):
        assert finding.until is None or dates.key(finding.since) < dates.key(finding.until)
        assert finding.text and finding.because
        assert len(finding.missing) == len(finding.questions)
        assert (finding.status is not Status.UNDETERMINED) or finding.missing
        assert (finding.status is Status.EXEMPT) == bool(finding.exemption or finding.waiver)


@settings(max_examples=200)
@given(lot=LOTS)
def test_nothing_uncertain_yields_a_duty(lot: int) -> None:
    """Suspicion, sources that disagree and facts that nobody has verified never yield more than a question."""
    assert [] == [f for f in decided(lot, level=2) if f.status in DUTIES]
    assert [] == [f for f in decided(lot) if f.status in DUTIES and f.grade is Grade.UNVERIFIED]


def test_an_unknown_product_has_no_categories() -> None:
    """A subject knows the categories of its product, and none for a product that is not in the register."""
    assert () == subject("nonsense").categories
    assert (Category.LIBRARY,) == subject("toolkit").categories
