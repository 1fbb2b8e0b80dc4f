# SPDX-License-Identifier: Apache-2.0
"""Promises about whom a target reaches: by name, by ties, by lists, and by origin."""

import msgspec
import pytest
from law import (
    CLAIMS,
    MAKER,
    company,
    contract,
    exposure,
    measure,
    provision,
    question,
    register,
    said,
    subject,
    supplier,
    system,
    tie,
    times,
)

from debar.model.measures import Party, Relation, Target
from debar.model.results import Finding
from debar.model.vocab import Act, Category, Grade, Meaning, Modality, OriginTest, RelationKind, Status, Tie
from debar.obligations.applies import UNVERIFIED
from debar.obligations.concern import concerning
from debar.obligations.findings import assess, decide
from debar.obligations.question import subject_from
from debar.obligations.reach import DISPUTED, MADE_WHERE, WHICH_PRODUCT

EVERY = tuple(Tie)
GROUP = (Tie.SUBSIDIARIES, Tie.AFFILIATES, Tie.PARENTS)
LISTING = measure(id="us-list", provisions=())
KIN, LISTED = RelationKind.SUBSIDIARY, RelationKind.LISTED


def reached(
    *relations: Relation,
    ties: tuple[Tie, ...] = GROUP,
    lists: tuple[str, ...] = (),
    others: tuple[Party, ...] = (),
    known_on: str = "",
    modality: Modality = Modality.PROHIBITED,
) -> list[Finding]:
    """Give what a ban on the maker, with those tied to it, and on those on lists, says of a child with these ties."""
    child = supplier("child", *relations)
    parties = () if lists else ("maker",)
    rule = provision(targets=Target(parties=parties, lists=lists, extends_to=ties), modality=modality)
    about, asked = subject("", party=child), question(known_on=known_on)
    return said(rule, about=about, asked=asked, parties=(child, *others), more=(LISTING,))


# ---- ties

CATCHES = {
    RelationKind.PARENT: {Tie.PARENTS, Tie.COMMON_CONTROL},
    RelationKind.SUBSIDIARY: {
        Tie.SUBSIDIARIES,
        Tie.AFFILIATES,
        Tie.CONTROLLED,
        Tie.COMMON_CONTROL,
        Tie.MAJORITY_OWNED,
        Tie.HALF_OWNED,
    },
    RelationKind.AFFILIATE: {Tie.AFFILIATES, Tie.COMMON_CONTROL},
    RelationKind.PREDECESSOR: {Tie.PREDECESSORS},
    RelationKind.SUCCESSOR: {Tie.SUCCESSORS},
    RelationKind.ASSIGNEE: {Tie.ASSIGNEES},
    RelationKind.PARTNER: {Tie.PARTNERS},
}
"""Which ties of a target catch a party that is tied in a way. A kind that is not here is caught by none."""


@pytest.mark.parametrize("kind", [kind for kind in RelationKind if kind is not LISTED])
def test_a_tie_is_caught_by_what_names_it(kind: RelationKind) -> None:
    """A subsidiary is no parent; minority holdings, rebranders, officers and what was sold are caught by nothing."""
    caught = {caught for caught in Tie if reached(tie(kind, "maker"), ties=(caught,))}
    assert CATCHES.get(kind, set()) == caught


@pytest.mark.parametrize(
    ("share", "caught"),
    [
        ("", {Tie.HALF_OWNED, Tie.MAJORITY_OWNED}),
        ("49", set()),
        ("49.9", set()),
        ("50", {Tie.HALF_OWNED}),
        ("50.1", {Tie.HALF_OWNED, Tie.MAJORITY_OWNED}),
        ("51", {Tie.HALF_OWNED, Tie.MAJORITY_OWNED}),
        ("100", {Tie.HALF_OWNED, Tie.MAJORITY_OWNED}),
    ],
)
def test_a_share_decides_who_is_owned(share: str, caught: set[Tie]) -> None:
    """Half is half; more than half is a majority; a subsidiary without a known share counts as owned by more."""
    owned = (Tie.HALF_OWNED, Tie.MAJORITY_OWNED)
    assert caught == {one for one in owned if reached(tie(KIN, "maker", share=share), ties=(one,))}
    assert reached(tie(KIN, "maker", share=share), ties=(Tie.CONTROLLED,))


@pytest.mark.parametrize("kind", [RelationKind.AFFILIATE, RelationKind.PARTNER])
def test_a_joint_venture_may_be_half_owned(kind: RelationKind) -> None:
    """Whoever is owned by half is caught, controlled or not."""
    assert reached(tie(kind, "maker", share="50"), ties=(Tie.HALF_OWNED,))
    assert not reached(tie(kind, "maker", share="50"), ties=(Tie.MAJORITY_OWNED,))
    assert not reached(tie(kind, "maker"), ties=(Tie.HALF_OWNED,))


@pytest.mark.parametrize(
    ("kind", "share"),
    [
        (RelationKind.MINORITY, "19.9"),
        (RelationKind.MINORITY, "60"),
        (RelationKind.REBRANDER, "100"),
        (RelationKind.OFFICER, "100"),
        (RelationKind.DIVESTED, "100"),
        (RelationKind.PARENT, "100"),
        (RelationKind.NOT_LISTED, "100"),
    ],
)
def test_a_share_makes_nobody_owned_who_is_not_tied(kind: RelationKind, share: str) -> None:
    """A holding without control, what was sold, and whoever stands above are not owned, whatever the number says."""
    assert [] == reached(tie(kind, "maker", share=share), ties=(Tie.HALF_OWNED, Tie.MAJORITY_OWNED))


def test_nobody_is_reached_by_a_tie_that_the_target_does_not_name() -> None:
    """A ban on a party alone leaves its subsidiaries alone."""
    assert [] == reached(tie(KIN, "maker"), ties=())


def test_a_finding_says_why_it_reaches_and_rests_on_the_tie() -> None:
    """The tie is told in words, and its passages stand beside those of the provision."""
    (finding,) = reached(tie(KIN, "maker", text="Child is Maker's.", grade=Grade.SECONDARY))
    assert "Child is Maker's." == finding.reached
    assert Grade.SECONDARY is finding.grade
    assert ["Text order, sec-1", "Text notice"] == [b.citation for b in finding.because]


def test_a_named_party_is_reached_by_its_name() -> None:
    """Ties to others add nothing, take nothing away, and are not told."""
    named = supplier("maker", tie(KIN, "maker", valid_until="2000-01-01"), tie(LISTED, "us-list", claims=CLAIMS))
    rule = provision(targets=Target(parties=("maker",), lists=("us-list",), extends_to=GROUP))
    (finding,) = said(rule, about=subject("", party=named), parties=(named,), more=(LISTING,))
    assert (Status.PROHIBITED, None, None) == (finding.status, finding.reached, finding.until)


# ---- chains of ties


def chain(length: int, kind: RelationKind = KIN) -> tuple[Relation, tuple[Party, ...]]:
    """Give the tie of a child to the first of some parties, the last of which is tied to the maker."""
    ids = [f"step-{n}" for n in range(1, length)]
    ups = [*ids, "maker"]
    return tie(kind, ups[0]), tuple(supplier(id_, tie(kind, up)) for id_, up in zip(ids, ups[1:], strict=True))


@pytest.mark.parametrize(("length", "is_reached"), [(1, True), (2, True), (5, True), (6, False)])
def test_ties_are_followed_up_to_a_depth(length: int, is_reached: bool) -> None:
    """A subsidiary of a subsidiary is reached, with up to four companies in between."""
    first, others = chain(length)
    assert is_reached == bool(reached(first, others=others))


def test_every_tie_of_a_chain_must_be_caught() -> None:
    """A partner's subsidiary is neither a partner nor a subsidiary of the one who is named."""
    partner = supplier("partner", tie(RelationKind.PARTNER, "maker"))
    assert [] == reached(tie(KIN, "partner"), others=(partner,))
    assert reached(tie(KIN, "partner"), others=(partner,), ties=(*GROUP, Tie.PARTNERS))


def test_a_sister_is_reached_through_the_parent() -> None:
    """Ties of several kinds make one chain, and all of them are told."""
    parent = supplier("parent", tie(RelationKind.PARENT, "maker", text="Parent holds Maker."))
    (finding,) = reached(tie(KIN, "parent", text="Child is Parent's."), others=(parent,))
    assert "Child is Parent's. Parent holds Maker." == finding.reached


def test_circles_of_ties_end() -> None:
    """Parties that hold each other, or themselves, lead nowhere, and somewhere if one of them does."""
    loop = supplier("loop", tie(KIN, "child"), tie(KIN, "loop"))
    assert [] == reached(tie(KIN, "child"), tie(KIN, "loop"), others=(loop,))
    out = supplier("loop", tie(KIN, "child"), tie(KIN, "maker"))
    assert 1 == len(reached(tie(KIN, "loop"), others=(out,)))


def test_a_tie_to_nobody_known_leads_nowhere() -> None:
    """A party that the register does not hold is no step on a way."""
    assert [] == reached(tie(KIN, "stranger"))


def test_many_affiliates_are_no_maze() -> None:
    """A group in which everybody is tied to everybody is read as quickly as its size allows."""
    ids = [f"sister-{n}" for n in range(12)]
    sisters = tuple(supplier(one, *(tie(RelationKind.AFFILIATE, two) for two in ids if one != two)) for one in ids)
    last = supplier("last", tie(RelationKind.AFFILIATE, "maker"))
    assert [] == reached(*(tie(RelationKind.AFFILIATE, one) for one in ids), others=(*sisters, last))
    assert reached(tie(RelationKind.AFFILIATE, "last"), tie(RelationKind.AFFILIATE, ids[0]), others=(*sisters, last))


# ---- times of ties


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("", "", [("2024-07-20", None)]),
        ("2024-01-01", "", [("2024-07-20", None)]),
        ("2024-09-01", "", [("2024-09-01", None)]),
        ("", "2024-09-01", [("2024-07-20", "2024-09-01")]),
        ("2024-08-01", "2024-09-01", [("2024-08-01", "2024-09-01")]),
        ("2024-01-01", "2024-07-20", []),
        ("2024-01-01", "2024-07-01", []),
    ],
)
def test_a_tie_reaches_for_its_time(since: str, until: str, expected: list[tuple[str, str | None]]) -> None:
    """A company that was sold is reached while it belonged to the group, and within the provision's own time."""
    found = times(reached(tie(KIN, "maker", valid_from=since, valid_until=until)))
    assert [(Status.PROHIBITED, *time) for time in expected] == found


def test_a_chain_holds_while_all_its_ties_hold() -> None:
    """The time of a chain is what its ties share; ties that never held together reach nobody."""
    mid = supplier("mid", tie(KIN, "maker", valid_from="2024-08-01", valid_until="2025-01-01"))
    first = tie(KIN, "mid", valid_from="2024-10-01", valid_until="2025-06-01")
    assert [(Status.PROHIBITED, "2024-10-01", "2025-01-01")] == times(reached(first, others=(mid,)))
    late = tie(KIN, "mid", valid_from="2025-02-01")
    assert [] == reached(late, others=(mid,))


def test_a_tie_that_was_taken_up_again_reaches_twice() -> None:
    """Each time has its finding, with an id of its own."""
    found = reached(
        tie(KIN, "maker", valid_from="2024-08-01", valid_until="2024-09-01"),
        tie(KIN, "maker", valid_from="2024-11-01", valid_until="2025-01-01"),
    )
    assert [(Status.PROHIBITED, "2024-08-01", "2024-09-01"), (Status.PROHIBITED, "2024-11-01", "2025-01-01")] == times(
        found
    )
    assert 2 == len({f.id for f in found})


def test_a_step_that_was_taken_up_again_reaches_twice() -> None:
    """A company that came back to its owner is reached again through whomever the owner belongs to."""
    owner = supplier("owner", tie(KIN, "maker"))
    found = reached(
        tie(KIN, "owner", valid_from="2024-08-01", valid_until="2024-09-01"),
        tie(KIN, "owner", valid_from="2024-11-01"),
        others=(owner,),
    )
    assert [(Status.PROHIBITED, "2024-08-01", "2024-09-01"), (Status.PROHIBITED, "2024-11-01", None)] == times(found)


def test_ties_that_begin_together_are_told_apart() -> None:
    """Two ways of being reached over the same time are two findings."""
    mid = supplier("mid", tie(RelationKind.AFFILIATE, "maker", valid_from="2024-01-01"))
    found = reached(
        tie(KIN, "maker", valid_from="2024-01-01", valid_until="2024-09-01"), tie(KIN, "mid"), others=(mid,)
    )
    assert 2 == len({f.id for f in found})


def test_a_finding_keeps_its_id_when_its_tie_ends() -> None:
    """That a company will be sold changes the end of what is said of it, and not which finding it is."""
    (before,) = reached(tie(KIN, "maker", valid_from="2024-01-01"))
    (after,) = reached(tie(KIN, "maker", valid_from="2024-01-01", valid_until="2025-01-01"))
    assert before.id == after.id


@pytest.mark.parametrize(
    ("dates", "known_on", "is_reached"),
    [
        ({}, "2024-06-20", True),
        ({"valid_from": "2024-08-01"}, "2024-07-31", False),
        ({"valid_from": "2024-08-01"}, "2024-08-01", True),
        ({"valid_from": "2024-08-01", "known_from": "2024-09-01"}, "2024-08-31", False),
        ({"valid_from": "2024-08-01", "known_from": "2024-09-01"}, "2024-09-01", True),
        ({"valid_from": "2024-08-01", "known_from": "2024-07-01"}, "2024-07-01", True),
        ({"known_from": "2024-09-01"}, "2024-08-31", False),
    ],
)
def test_a_tie_reaches_as_soon_as_it_is_known(dates: dict[str, str], known_on: str, is_reached: bool) -> None:
    """Known from its day of knowledge, else from its beginning; a tie without either was always known."""
    assert is_reached == bool(reached(tie(KIN, "maker", **dates), known_on=known_on))


@pytest.mark.parametrize(
    ("known_on", "until"), [("", "2025-01-01"), ("2024-12-31", None), ("2025-01-01", "2025-01-01")]
)
def test_nobody_knows_of_the_end_of_a_tie_before_its_day(known_on: str, until: str | None) -> None:
    """As known before, the company still belongs to the group for good."""
    found = reached(tie(KIN, "maker", valid_until="2025-01-01"), known_on=known_on)
    assert [(Status.PROHIBITED, "2024-07-20", until)] == times(found)


# ---- ties that are not certain


@pytest.mark.parametrize("modality", list(Modality))
def test_a_tie_on_which_sources_disagree_is_a_question(modality: Modality) -> None:
    """Nothing is prohibited and nothing allowed: both claims stand in the question, each with who says so."""
    (finding,) = reached(tie(KIN, "maker", text="Child is Maker's", claims=CLAIMS), modality=modality)
    assert (Status.UNDETERMINED, (DISPUTED,)) == (finding.status, finding.missing)
    assert (
        "Sources disagree: Child is Maker's [Gazette: still on the list; Press: taken off]. Which of them is right?",
    ) == finding.questions


def test_an_unverified_tie_is_a_question() -> None:
    """A tie that nobody has seen in a source reaches nobody for certain."""
    (finding,) = reached(tie(KIN, "maker", grade=Grade.UNVERIFIED))
    assert (Status.UNDETERMINED, (UNVERIFIED,), Grade.UNVERIFIED) == (finding.status, finding.missing, finding.grade)


def test_a_chain_is_as_sure_as_its_weakest_tie() -> None:
    """One tie that is reported, unverified or disputed makes the whole chain so."""
    for change, status in (
        ({"grade": Grade.SECONDARY}, Status.PROHIBITED),
        ({"grade": Grade.UNVERIFIED}, Status.UNDETERMINED),
        ({"claims": CLAIMS}, Status.UNDETERMINED),
    ):
        mid = supplier("mid", msgspec.structs.replace(tie(KIN, "maker"), **change))
        (finding,) = reached(tie(KIN, "mid"), others=(mid,))
        assert (status, change.get("grade", Grade.PRIMARY)) == (finding.status, finding.grade)


@pytest.mark.parametrize("doubt", [{"grade": Grade.UNVERIFIED}, {"claims": CLAIMS}])
def test_a_doubtful_tie_hides_no_sure_one(doubt: dict[str, object]) -> None:
    """What is certain for a time is certain in it, whatever else is said of all times."""
    found = reached(tie(RelationKind.AFFILIATE, "maker", **doubt), tie(KIN, "maker", valid_from="2024-09-01"))
    assert [(Status.UNDETERMINED, "2024-07-20", None), (Status.PROHIBITED, "2024-09-01", None)] == times(found)


@pytest.mark.parametrize("doubt", [{"grade": Grade.UNVERIFIED}, {"claims": CLAIMS}])
def test_a_sure_tie_makes_a_doubtful_one_no_matter(doubt: dict[str, object]) -> None:
    """Whoever is reached for good and for certain is reached once."""
    found = reached(tie(RelationKind.AFFILIATE, "maker", **doubt), tie(KIN, "maker"))
    assert [(Status.PROHIBITED, "2024-07-20", None)] == times(found)


@pytest.mark.parametrize(
    "first",
    [
        {"claims": CLAIMS},
        {"grade": Grade.UNVERIFIED},
        {"valid_from": "2025-01-01"},
        {"valid_until": "2024-08-01"},
        {"valid_from": "2024-01-01", "valid_until": "2024-08-01"},
    ],
)
def test_one_way_to_a_party_hides_no_better_one(first: dict[str, object]) -> None:
    """A second way to a party in between is followed when the first one is in doubt, or does not hold for good."""
    mid = supplier("mid", tie(KIN, "maker"))
    detour = supplier("detour", tie(KIN, "mid"))
    found = reached(tie(RelationKind.AFFILIATE, "mid", **first), tie(KIN, "detour"), others=(mid, detour))
    assert [(Status.PROHIBITED, "2024-07-20", None)] == times(found)


# ---- lists


def test_whoever_stands_on_a_list_is_reached_while_it_does() -> None:
    """A list needs no ties: its parties are reached from their entry to their deletion."""
    entry = tie(LISTED, "us-list", valid_from="2024-08-01", valid_until="2024-12-01")
    assert [(Status.PROHIBITED, "2024-08-01", "2024-12-01")] == times(reached(entry, ties=(), lists=("us-list",)))


def test_whoever_comes_on_a_list_again_is_reached_again() -> None:
    """Delisting and relisting leave a time in between in which nothing is prohibited."""
    found = reached(
        tie(LISTED, "us-list", valid_from="2024-08-01", valid_until="2024-12-01"),
        tie(LISTED, "us-list", valid_from="2025-03-01"),
        ties=(),
        lists=("us-list",),
    )
    assert [(Status.PROHIBITED, "2024-08-01", "2024-12-01"), (Status.PROHIBITED, "2025-03-01", None)] == times(found)


@pytest.mark.parametrize("kind", [RelationKind.NOT_LISTED, RelationKind.DIVESTED])
def test_whoever_is_expressly_not_on_a_list_is_not_reached(kind: RelationKind) -> None:
    """A statement that somebody is not listed is none that it is."""
    assert [] == reached(tie(kind, "us-list"), lists=("us-list",), ties=EVERY)


def test_another_list_does_not_count() -> None:
    """Being on some list is not being on this one."""
    assert [] == reached(tie(LISTED, "us-list"), lists=("us-other",))


def test_a_withdrawn_listing_on_which_sources_disagree_is_a_question() -> None:
    """Between a notice and its withdrawal nobody can say; before it the listing stands."""
    found = reached(
        tie(LISTED, "us-list", valid_from="2024-01-01", valid_until="2024-10-01"),
        tie(LISTED, "us-list", valid_from="2024-10-01", valid_until="2025-01-01", claims=CLAIMS),
        ties=(),
        lists=("us-list",),
    )
    assert [
        (Status.PROHIBITED, "2024-07-20", "2024-10-01"),
        (Status.UNDETERMINED, "2024-10-01", "2025-01-01"),
    ] == times(found)
    assert "Gazette: still on the list; Press: taken off" in found[1].questions[0]


@pytest.mark.parametrize(("ties", "is_reached"), [((Tie.CONTROLLED,), True), ((), False), ((Tie.PARENTS,), False)])
def test_whoever_a_listed_party_controls_is_reached_if_the_target_says_so(
    ties: tuple[Tie, ...], is_reached: bool
) -> None:
    """The list's own rule says whether it extends to those whom its parties control."""
    owner = supplier("owner", tie(LISTED, "us-list"))
    assert is_reached == bool(reached(tie(KIN, "owner"), others=(owner,), ties=ties, lists=("us-list",)))


def test_whoever_a_listed_party_controls_is_reached_while_it_is_listed() -> None:
    """Both the control and the listing must hold."""
    owner = supplier("owner", tie(LISTED, "us-list", valid_from="2024-09-01", valid_until="2025-01-01"))
    found = reached(
        tie(KIN, "owner", valid_until="2024-12-01"), others=(owner,), ties=(Tie.CONTROLLED,), lists=("us-list",)
    )
    assert [(Status.PROHIBITED, "2024-09-01", "2024-12-01")] == times(found)


def test_a_half_owned_company_of_a_listed_one() -> None:
    """A listed owner's half is enough where the rule says half, and not where it asks for a majority."""
    owner = supplier("owner", tie(LISTED, "us-list"))
    for ties, expected in (((Tie.HALF_OWNED,), 1), ((Tie.MAJORITY_OWNED,), 0)):
        found = reached(tie(KIN, "owner", share="50"), others=(owner,), ties=ties, lists=("us-list",))
        assert expected == len(found)


# ---- origins


def by_origin(
    country: str = "",
    *,
    produced_in: str = "",
    origins: tuple[str, ...] = ("foreign",),
    test: OriginTest = OriginTest.SUPPLIER,
    jurisdiction: str = "us",
    categories: tuple[Category, ...] = (),
    product: str = "shield",
) -> list[Finding]:
    """Give what a ban on products of some origin says of a product of a party that sits in a country."""
    party = msgspec.structs.replace(MAKER, id="firm", country=country)
    rule = provision(targets=Target(origins=origins, origin_test=test, categories=categories))
    return said(
        about=subject(product, party=party, origin=produced_in),
        asked=question(company(jurisdictions=(jurisdiction,))),
        of=measure(rule, jurisdiction=jurisdiction),
        parties=(party,),
    )


@pytest.mark.parametrize(
    ("country", "origins", "jurisdiction", "is_reached"),
    [
        ("CN", ("foreign",), "us", True),
        ("US", ("foreign",), "us", False),
        ("US", ("foreign",), "ca", True),
        ("GB", ("foreign",), "uk", False),
        ("CN", ("foreign",), "uk", True),
        ("US", ("foreign",), "us-ny", False),
        ("CN", ("foreign",), "us-ny", True),
        ("DE", ("foreign",), "eu", False),
        ("CH", ("foreign",), "eu", True),
        ("DE", ("foreign",), "it", True),
        ("CN", ("CN", "RU"), "us", True),
        ("TW", ("CN", "RU"), "us", False),
        ("US", ("foreign", "US"), "us", True),
        ("", ("foreign",), "us", False),
        ("CN", (), "us", False),
    ],
)
def test_an_origin_reaches_by_the_suppliers_seat(
    country: str, origins: tuple[str, ...], jurisdiction: str, is_reached: bool
) -> None:
    """Named countries, or every country but the measure's own; a seat that is not known reaches nobody."""
    assert is_reached == bool(by_origin(country, origins=origins, jurisdiction=jurisdiction))


def test_a_finding_says_by_which_origin_it_reaches() -> None:
    """The seat or the place of production is told."""
    assert ["Its supplier sits in CN."] == [f.reached for f in by_origin("CN")]
    assert ["It was produced in VN."] == [f.reached for f in by_origin("US", produced_in="VN")]


@pytest.mark.parametrize(
    ("produced_in", "status"), [("", Status.UNDETERMINED), ("VN", Status.PROHIBITED), ("US", None)]
)
def test_where_it_was_made_is_known_from_the_product_only(produced_in: str, status: Status | None) -> None:
    """A foreign maker may make it here, and a domestic one abroad: without the fact it is a question."""
    for country in ("US", "CN"):
        found = by_origin(country, produced_in=produced_in, test=OriginTest.PRODUCED)
        assert ([status] if status else []) == [f.status for f in found]
        assert [(MADE_WHERE,)] * (status is Status.UNDETERMINED) == [f.missing for f in found if f.missing]


@pytest.mark.parametrize("produced_in", ["", "CN", "US", "VN"])
def test_where_it_was_made_takes_nothing_from_the_suppliers_seat(produced_in: str) -> None:
    """A ban on suppliers of a country reaches what they have made elsewhere."""
    assert [Status.PROHIBITED] == [f.status for f in by_origin("CN", origins=("CN",), produced_in=produced_in)]


@pytest.mark.parametrize("test", list(OriginTest))
def test_an_unknown_product_of_an_origin_is_a_question(test: OriginTest) -> None:
    """Where only some products are reached by their origin, somebody must say which one it is."""
    found = by_origin("CN", produced_in="CN", test=test, categories=(Category.ANTI_VIRUS,), product="")
    assert [(Status.UNDETERMINED, (WHICH_PRODUCT,))] == [(f.status, f.missing) for f in found]
    known = by_origin("CN", produced_in="CN", test=test, categories=(Category.ANTI_VIRUS,))
    assert [Status.PROHIBITED] == [f.status for f in known]
    assert [] == by_origin("CN", produced_in="CN", test=test, categories=(Category.ROUTER,), product="")


@pytest.mark.parametrize(("country", "is_reached"), [("TW", True), ("US", False)])
def test_a_product_of_no_known_maker_is_reached_by_its_origin(country: str, is_reached: bool) -> None:
    """Where no party is named, what it is for and where it was made is enough."""
    for test in OriginTest:
        target = Target(origins=("foreign",), origin_test=test, categories=(Category.ROUTER,))
        law = register(measure(provision(targets=target)))
        about = subject_from(country, (Category.ROUTER,), Meaning.HARDWARE)
        assert is_reached == bool(decide(law, about, question(), (Act.USE,)))
        other = subject_from(country, (Category.BATTERY,), Meaning.HARDWARE)
        assert [] == decide(law, other, question(), (Act.USE,))


@pytest.mark.parametrize("test", list(OriginTest))
def test_an_origin_reaches_products_and_not_people(test: OriginTest) -> None:
    """A person makes nothing, and a party without products nothing of a category."""
    target = Target(origins=("CN",), origin_test=test, categories=(Category.ANTI_VIRUS,))
    bare, person = supplier("bare", country="CN"), supplier("person", country="CN", person=True)
    for party, rule in (
        (bare, provision(targets=target)),
        (person, provision(targets=msgspec.structs.replace(target, categories=()))),
    ):
        assert [] == said(rule, about=subject("", party=party, origin="CN"), parties=(party,))


def test_a_name_or_a_tie_comes_before_an_origin() -> None:
    """Whoever is named or tied is reached for that, and asked nothing about the place of production."""
    for relations, reach in (((), None), ((tie(KIN, "maker", text="It is Maker's."),), "It is Maker's.")):
        party = supplier("child", *relations, country="CN")
        target = Target(
            parties=("maker",) if relations else ("child",),
            extends_to=GROUP,
            origins=("foreign",),
            origin_test=OriginTest.PRODUCED,
        )
        found = said(provision(targets=target), about=subject("", party=party), parties=(party,))
        assert [(Status.PROHIBITED, reach)] == [(f.status, f.reached) for f in found]


def test_the_place_of_production_is_a_fact_of_a_system() -> None:
    """Devices of one system were made here, those of another abroad; of the rest nobody has said."""
    rule = provision(targets=Target(origins=("foreign",), origin_test=OriginTest.PRODUCED))
    who = company(
        systems=(system("here", "a-*", produced_in="US"), system("abroad", "b-*", produced_in="VN")),
        contracts=(contract("c-1", purpose="yes"),),
    )
    law = register(measure(rule))
    found = assess([exposure(asset) for asset in ("a-1", "b-1", "c-1")], law, question(who))
    assert [("b-1", Status.PROHIBITED), ("c-1", Status.UNDETERMINED)] == [(f.exposure, f.status) for f in found]


# ---- which provisions are about a party at all


def test_what_concerns_a_party_does_not_depend_on_who_asks() -> None:
    """Named, tied, listed or of the origin without a doubt; what hangs on where it was made is left out."""
    child = supplier("child", tie(KIN, "maker", claims=CLAIMS), tie(LISTED, "us-list"), country="CN")
    targets = {
        "named": Target(parties=("child",), meanings=(Meaning.EMBEDDED,)),
        "tied": Target(parties=("maker",), extends_to=GROUP),
        "listed": Target(lists=("us-list",)),
        "seat": Target(origins=("CN",)),
        "made": Target(origins=("CN",), origin_test=OriginTest.PRODUCED),
        "other": Target(parties=("other",)),
    }
    rules = (provision(id=id_, targets=target) for id_, target in targets.items())
    law = register(measure(*rules), LISTING, parties=(child,))
    assert ["named", "tied", "listed", "seat"] == [rule.id for _, rule in concerning(law, child)]
