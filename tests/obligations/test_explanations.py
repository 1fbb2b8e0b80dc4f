# SPDX-License-Identifier: Apache-2.0
"""Promises about what is said of a party or product without any evidence."""

import msgspec
import pytest
from drawn import ASKING, LOTS, TRADERS, Lot, composed, organisation
from hypothesis import given, settings
from law import CLAIMS, MAKER, company, halt, measure, provision, question, supplier, tie, waiver
from law import register as law_of

from composed import shipped
from debar.errors import UsageError
from debar.model.measures import Doubt, Event, Product, Target
from debar.model.results import Explanation
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Grade,
    Meaning,
    Milestone,
    Modality,
    RelationKind,
    Status,
    Tie,
)
from debar.obligations.explain import explain
from debar.obligations.question import Question
from debar.register import Register

KIN = RelationKind.SUBSIDIARY
RULES = (
    provision(acts=(Act.USE, Act.ACQUIRE)),
    provision(id="inside", acts=(Act.INTEGRATE,), targets=Target(parties=("maker",), meanings=(Meaning.EMBEDDED,))),
    provision(id="out", acts=(Act.USE,), targets=Target(parties=("maker",), meanings=(Meaning.EMBEDDED,))),
)


def explained(
    law: Register,
    party: str = "maker",
    product: str = "",
    *,
    asked: Question | None = None,
    acts: tuple[Act, ...] = tuple(Act),
    meaning: Meaning | None = None,
) -> Explanation:
    """Give what a register says to a company about the maker, changed."""
    return explain(party, product, law, asked or question(), acts=acts, meaning=meaning)


def provisions(explanation: Explanation) -> list[tuple[str, Act]]:
    """Give provision and act of each finding."""
    return [(f.provision.removeprefix("us-order#"), f.act) for f in explanation.findings]


# ---- what it is about


def test_what_is_built_in_is_embedded_and_the_rest_installed() -> None:
    """Asked about the maker, use is that of a program, integration that of a part."""
    found = explained(law_of(measure(*RULES)))
    assert [("ban", Act.USE), ("ban", Act.ACQUIRE), ("inside", Act.INTEGRATE)] == provisions(found)
    assert Meaning.INSTALLED is found.meaning


def test_a_meaning_that_is_stated_holds_for_all() -> None:
    """Whoever says what it is is answered about that."""
    law = law_of(measure(*RULES))
    assert [("ban", Act.USE), ("ban", Act.ACQUIRE), ("out", Act.USE), ("inside", Act.INTEGRATE)] == provisions(
        explained(law, meaning=Meaning.EMBEDDED)
    )
    assert [("ban", Act.USE), ("ban", Act.ACQUIRE)] == provisions(explained(law, meaning=Meaning.INSTALLED))


def test_an_engine_exists_to_be_built_in() -> None:
    """A product of that kind is embedded unless somebody says otherwise."""
    engine = msgspec.structs.replace(
        MAKER, products=(Product(id="engine", name="Engine", categories=(Category.ANTI_VIRUS,), embedded=True),)
    )
    found = explained(law_of(measure(*RULES), parties=(engine,)), product="engine")
    assert (Meaning.EMBEDDED, "engine") == (found.meaning, found.product)
    assert ("out", Act.USE) in provisions(found)


@pytest.mark.parametrize(("word", "product"), [("MAKER", ""), ("Maker", "Maker Shield"), ("maker", "SHIELD")])
def test_names_are_understood(word: str, product: str) -> None:
    """A party and its product answer to their names in any spelling of case."""
    found = explained(law_of(measure()), word, product)
    assert ("maker", "shield" if product else None) == (found.party, found.product)
    assert "Maker" == found.names["maker"]


@pytest.mark.parametrize(
    ("party", "product", "told"),
    [
        ("makre", "", "did you mean 'maker'"),
        ("maker", "shiled", "did you mean 'shield'"),
        ("origin:tw", "router", "names no country"),
        ("origin:TWN", "router", "names no country"),
        ("origin:TW", "rooter", "did you mean 'router'"),
        ("origin:TW", "", "is no category of products"),
    ],
)
def test_what_is_not_known_is_told(party: str, product: str, told: str) -> None:
    """Each slip has its message, and a hint what to write."""
    with pytest.raises(UsageError, match=told) as e:
        explained(law_of(measure()), party, product)
    assert e.value.hint


def test_who_asks_is_checked() -> None:
    """A fact that nothing asks for and a place without measures are errors here as everywhere."""
    for who, told in ((company(facts={"purpos": "yes"}), "purpos"), (company(jurisdictions=("fr",)), "fr")):
        with pytest.raises(UsageError, match=told):
            explained(law_of(measure()), asked=question(who))


@pytest.mark.parametrize(("country", "status"), [("TW", Status.PROHIBITED), ("US", Status.PERMITTED)])
def test_anything_of_an_origin_may_be_asked_about(country: str, status: Status) -> None:
    """No maker is named: what it is for and where it was made decide, and it is called so."""
    routers = provision(targets=Target(origins=("foreign",), categories=(Category.ROUTER,)))
    found = explained(law_of(measure(routers)), f"origin:{country}", "router", acts=(Act.USE,))
    assert [status] == [p.status for p in found.positions]
    assert {f"origin:{country}": f"any maker's router produced in {country}"} == found.names
    assert (None, ()) == (found.product, found.statements)


def test_only_the_acts_that_are_asked_about_are_answered() -> None:
    """An act without a rule is permitted, and said so; unasked, only acts with a finding are told."""
    law = law_of(measure(*RULES))
    asked = explained(law, acts=(Act.USE, Act.RESELL))
    assert [(Act.USE, Status.PROHIBITED), (Act.RESELL, Status.PERMITTED)] == [
        (p.act, p.status) for p in asked.positions
    ]
    assert [("ban", Act.USE)] == provisions(asked)
    assert {Act.USE, Act.ACQUIRE, Act.INTEGRATE} == {p.act for p in explained(law).positions}


# ---- what stands around it


def test_the_timeline_tells_of_others_too() -> None:
    """Stages of all whom the measures of the asker's places bind, by day; those that concern it are marked."""
    rules = (
        provision(id="mine", applies_from="2025-01-01"),
        provision(id="theirs", addressees=(AddresseeKind.CARRIER,), applies_from="2024-07-20"),
        provision(id="elsewhere", targets=Target(parties=("other",))),
    )
    found = explained(law_of(measure(*rules), measure(id="jp-order", jurisdiction="jp", authority="jp-office")))
    assert [("us-order#theirs", False), ("us-order#mine", True)] == [(s.provision, s.concerns) for s in found.timeline]
    assert [("2024-07-20T04:00:00Z", "America/New_York")] == [(s.date, s.zone) for s in found.timeline[:1]]


def test_what_could_not_be_known_is_not_told() -> None:
    """Neither a stage nor a day of history, nor a tie, from before anybody knew of it."""
    history = (
        Event(day="2024-06-20", kind=Milestone.ANNOUNCED, text="Announced.", grade=Grade.PRIMARY),
        Event(day="2024-07-01", kind=Milestone.SIGNED, text="Signed.", grade=Grade.PRIMARY, known_from="2024-09-01"),
    )
    relations = (tie(KIN, "other", valid_from="2024-08-01"), tie(KIN, "other", known_from="2024-09-01"))
    maker = msgspec.structs.replace(MAKER, relations=relations)
    law = law_of(measure(provision(), provision(id="late", known_from="2024-08-15"), history=history), parties=(maker,))
    seen = {}
    for known in ("2024-07-31", "2024-08-15", "2024-09-01"):
        found = explained(law, asked=question(known_on=known))
        seen[known] = ([s.provision for s in found.timeline], [p.text for p in found.history], len(found.statements))
    ban, late = "us-order#ban", "us-order#late"
    assert {
        "2024-07-31": ([ban], ["Announced."], 0),
        "2024-08-15": ([ban, late], ["Announced."], 1),
        "2024-09-01": ([ban, late], ["Announced.", "Signed."], 2),
    } == seen


def test_statements_show_ties_with_all_claims() -> None:
    """Everything that the register states of a party is told: who says what, since when and how surely."""
    child = supplier(
        "child",
        tie(KIN, "maker", text="Child is Maker's.", valid_from="2020-01-01", grade=Grade.SECONDARY),
        tie(RelationKind.LISTED, "us-list", text="", claims=CLAIMS),
        tie(RelationKind.NOT_LISTED, "us-list", text=""),
        tie(RelationKind.REBRANDER, "maker", text=""),
    )
    said = explained(law_of(measure(), parties=(child,)), "child").statements
    assert [
        "Child is Maker's.",
        "Child is on the list of us-list.",
        "Child is not on the list of us-list.",
        "Child sells technology of maker.",
    ] == [one.text for one in said]
    assert ("2020-01-01", None, Grade.SECONDARY) == (said[0].since, said[0].until, said[0].grade)
    assert ("Gazette: still on the list (primary)", "Press: taken off (secondary)") == said[1].claims
    assert ["Text notice"] == [b.citation for b in said[0].because]


@pytest.mark.parametrize(
    ("known_on", "until"), [("", "2025-01-01"), ("2024-12-31", None), ("2025-01-01", "2025-01-01")]
)
def test_a_statement_knows_no_end_before_its_day(known_on: str, until: str | None) -> None:
    """As known before, the tie goes on."""
    child = supplier("child", tie(KIN, "maker", valid_until="2025-01-01"))
    found = explained(law_of(measure(), parties=(child,)), "child", asked=question(known_on=known_on))
    assert [until] == [one.until for one in found.statements]


def test_what_nobody_knows_is_said() -> None:
    """What came after the newest state that was seen, and what sources leave open, each with who says what."""
    notes = (
        Doubt(about="status", text="Whether it was amended.", grade=Grade.UNVERIFIED),
        Doubt(about="dates", text="The day differs.", grade=Grade.SECONDARY, claims=CLAIMS),
        Doubt(about="later", text="A doubt of autumn.", grade=Grade.UNVERIFIED, known_from="2024-11-01"),
        Doubt(about="plain", text="A plain note.", grade=Grade.PRIMARY),
    )
    law = law_of(measure(seen_until="2024-09-30", notes=notes))
    told = {
        day: explained(law, asked=question(as_of=day, known_on=day)).unknowns for day in ("2024-09-30", "2024-10-01")
    }
    open_ = (
        "us-order: Whether it was amended. (unverified)",
        "us-order: The day differs. [Gazette: still on the list; Press: taken off] (secondary)",
    )
    newest = "us-order: its newest state seen here is of 2024-09-30; what came later is not known"
    assert {"2024-09-30": open_, "2024-10-01": (newest, *open_)} == told


def test_an_explanation_says_what_to_do() -> None:
    """The obligations that a scan would give, without exposures."""
    found = explained(law_of(measure(provision(), provision(id="past", applies_until="2024-09-01"))))
    assert [("Stop using it.", "2024-07-20T04:00:00Z", ())] == [
        (o.action, o.due, o.exposures) for o in found.obligations
    ]
    assert {o for obligation in found.obligations for o in obligation.findings} <= {f.id for f in found.findings}


def test_an_explanation_names_its_measures_and_register() -> None:
    """Every finding leads to a title, and the report says which register answered and whom it took the asker for."""
    assumed = msgspec.structs.replace(question(), is_default=True)
    found = explained(law_of(measure()), asked=assumed)
    assert {"us-order"} == set(found.measures)
    assert ("Order", "1 FR 1", "America/New_York") == (
        found.measures["us-order"].title,
        found.measures["us-order"].cite,
        found.measures["us-order"].zone,
    )
    assert ("2024.06.20", True, None) == (found.register.version, found.assumed, found.known_on)


@pytest.mark.parametrize(
    ("version", "age", "warned"), [("2024.06.20", 103, True), ("2024.09.30", 1, False), ("mine", None, False)]
)
def test_an_explanation_says_how_old_its_register_is(version: str, age: int | None, warned: bool) -> None:
    """Days from its date to the day asked about, with a word where that is long; a version may be no date."""
    law = msgspec.structs.replace(law_of(measure()), version=version)
    said = explained(law).register
    assert (version, age, warned) == (said.version, said.age, bool(said.warning))


def test_what_moves_the_law_shows_in_an_explanation() -> None:
    """Ties, waivers and interruptions reach it as they reach a scan."""
    child = supplier("child", tie(KIN, "maker", valid_from="2024-08-01"))
    rule = provision(
        targets=Target(parties=("maker",), extends_to=(Tie.SUBSIDIARIES,)),
        interruptions=(halt(applies_from="2025-01-01"),),
    )
    law = law_of(measure(rule, waivers=(waiver(applies_from="2024-11-01"),)), parties=(child,))
    found = explained(law, "child", acts=(Act.USE,))
    assert [Status.PROHIBITED, Status.EXEMPT, Status.SUSPENDED] == [f.status for f in found.findings]
    (position,) = found.positions
    assert (Status.PROHIBITED, "2024-11-01T04:00:00Z", Status.EXEMPT) == (
        position.status,
        position.until,
        position.becomes,
    )


# ---- for every law


@settings(max_examples=150)
@given(lot=LOTS)
def test_whatever_the_law_an_explanation_holds_together(lot: int) -> None:
    """Positions name findings, findings name measures that are told, and none of it depends on being asked again."""
    of = Lot(lot)
    law = composed(of)
    who, party = organisation(of, law, parts=True, kinds=TRADERS), of.one(list(law.parties))
    asked = question(msgspec.structs.replace(who, jurisdictions=("us", *who.jurisdictions)))
    found = explained(law, party, asked=asked)
    assert found == explained(law, party, asked=asked)
    ids = {f.id: f for f in found.findings}
    for position in found.positions:
        assert all(ids[id_].status is position.status and ids[id_].act is position.act for id_ in position.findings)
    assert {f.measure for f in found.findings} == set(found.measures)
    assert {id_ for o in found.obligations for id_ in o.findings} <= set(ids)
    assert [s.date for s in found.timeline] == sorted(s.date for s in found.timeline)


# ---- for every law that ships


def everywhere(register: Register) -> tuple[str, ...]:
    """Give every jurisdiction of a register."""
    return tuple(sorted({m.jurisdiction for m in register.measures.values()}))


def test_every_party_can_be_explained() -> None:
    """As somebody who is everything everywhere, the party and each of its products, with a source for everything."""
    law = shipped()
    asked = question(company(*ASKING, jurisdictions=everywhere(law)), as_of="2026-07-01")
    for party in law.parties.values():
        for product in ("", *(p.id for p in party.products)):
            found = explained(law, party.id, product, asked=asked)
            assert all(f.because for f in found.findings)
            assert all(f.status is not Status.UNDETERMINED or f.questions for f in found.findings)
            assert len({f.id for f in found.findings}) == len(found.findings)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ASKING)
def test_every_party_can_be_explained_to_every_kind(kind: AddresseeKind) -> None:
    """Each kind of organisation by itself, of each party, today or as it was known in the past, in turn."""
    law = shipped()
    for n, party in enumerate(law.parties):
        as_of, known_on = (("2026-07-01", ""), ("2024-10-01", "2024-10-01"))[(n + ASKING.index(kind)) % 2]
        asked = question(company(kind, jurisdictions=everywhere(law)), as_of=as_of, known_on=known_on)
        found = explained(law, party, asked=asked)
        assert {f.measure for f in found.findings} == set(found.measures)


@pytest.mark.parametrize("category", list(Category))
def test_every_category_of_every_origin_can_be_explained(category: Category) -> None:
    """What is made in China, Taiwan, Russia, Germany or the United States, whatever it is."""
    law = shipped()
    asked = question(company(*ASKING, jurisdictions=everywhere(law)), as_of="2026-07-01")
    for country in ("CN", "TW", "RU", "DE", "US"):
        found = explained(law, f"origin:{country}", category, asked=asked)
        assert f"origin:{country}" == found.party
        assert all(f.reached for f in found.findings)


def test_a_permission_that_ships_is_never_a_duty() -> None:
    """What only allows something puts nothing into anybody's plan."""
    law = shipped()
    allowing = {
        f"{m.id}#{p.id}" for m in law.measures.values() for p in m.provisions if p.modality is Modality.PERMITTED
    }
    asked = question(company(*ASKING, jurisdictions=everywhere(law)), as_of="2026-07-01")
    for party in ("kaspersky", "huawei", "dji"):
        found = explained(law, party, asked=asked)
        duties = {Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED}
        assert [] == [f for f in found.findings if f.provision in allowing and f.status in duties]
