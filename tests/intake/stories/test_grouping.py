# SPDX-License-Identifier: Apache-2.0
"""Promises of which papers are put together, and which never are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from debar.intake.mentions.citations import Cited
from debar.intake.mentions.mention import Mention
from debar.intake.stories.grouping import WINDOW, groups
from debar.model.vocab.statements import PaperKind
from storied import dated, examined, paper, stated

if TYPE_CHECKING:
    from debar.intake.examined import Examined
    from debar.intake.stories.grouping import Group

BAN = "The ministry orders operators to clear routers from networks within months, officials said."
REWRITE = "Operators must clear routers from networks, the ministry said; officials gave them months."
OTHER = "Quarterly revenue rose while analysts praised handset margins across every region."
DAY = date(2024, 7, 11)


def article(
    name: str, text: str = BAN, when: date | None = DAY, supplier: str = "maker", place: str = "de", **told: Any
) -> Examined:
    kind = told.get("kind", PaperKind.NEWS)
    assert isinstance(kind, PaperKind)
    made = examined(paper(name, text, when.isoformat() if when else "", kind), supplier=supplier, place=place)
    statements = told.get("statements", ())
    cites = told.get("cites", ())
    names = told.get("names", ())
    seen = made.seen._replace(citations=cites, mentions=(*made.seen.mentions, *names))
    return made._replace(statements=statements, seen=seen)


def together(found: tuple[Group, ...]) -> set[frozenset[str]]:
    return {frozenset(one.paper.id for one in group.papers) for group in found}


def test_papers_on_one_supplier_and_place_are_one_story() -> None:
    """A report and its rewrite a month later tell of one measure, which bears the names of both."""
    found = groups([article("a"), article("b", REWRITE, DAY + timedelta(days=30))])
    assert [(one.supplier, one.jurisdiction, len(one.papers)) for one in found] == [("maker", "de", 2)]


def test_places_never_merge() -> None:
    """The same words about another state are another measure, even as a copy on the same day."""
    tie = (Cited(0, 1, "eu", "Directive (EU) 2022/2555"),)
    assert together(groups([article("a", cites=tie), article("b", place="uk", cites=tie)])) == {frozenset("a"), frozenset("b")}  # fmt: skip


def test_suppliers_are_told_apart() -> None:
    """Two suppliers in one state have two stories."""
    assert len(groups([article("a"), article("b", supplier="other")])) == 2


def test_papers_on_a_measure_that_hits_two_suppliers_are_one_story() -> None:
    """Where each names the other's supplier and both name the same day, the story bears the name that most papers do."""
    ban = (stated("prohibit.sell", "from 2024-09-01"),)

    def naming(name: str) -> tuple[Mention, ...]:
        return (Mention(9, 10, "supplier", name, name, group=name),)

    papers = [
        article("a", statements=ban, names=naming("other")),
        article("b", REWRITE, statements=ban, names=naming("other")),
        article("c", supplier="other", statements=ban, names=naming("maker")),
    ]
    assert [(one.supplier, len(one.papers)) for one in groups(papers)] == [("maker", 3)]
    alone = [*papers[:2], article("c", supplier="other", statements=ban)]
    assert len(groups(alone)) == 2
    untied = [*papers[:2], article("c", supplier="other", names=naming("maker"))]
    assert len(groups(untied)) == 2


def test_other_matters_of_one_supplier_stand_apart() -> None:
    """What shares a supplier and a place, and no words, tells of something else."""
    assert len(groups([article("a"), article("b", OTHER)])) == 2


def test_measures_of_one_supplier_and_place_are_parted_by_time() -> None:
    """Papers of years later are of another measure, unless they name a day of it or cite it."""
    later = DAY + timedelta(days=WINDOW)
    assert len(groups([article("a"), article("b", REWRITE, later - timedelta(days=1))])) == 1
    assert len(groups([article("a"), article("b", REWRITE, later)])) == 2
    ban = (stated("prohibit.sell", "from 2024-07-20"),)
    assert len(groups([article("a", statements=ban), article("b", REWRITE, later, statements=ban)])) == 1
    cited = (Cited(0, 1, "fr", "89 FR 52434"),)
    assert len(groups([article("a", cites=cited), article("b", REWRITE, later, cites=cited)])) == 1
    code = (Cited(0, 1, "cfr", "15 CFR part 7"),)
    assert len(groups([article("a", cites=code), article("b", REWRITE, later, cites=code)])) == 2


def test_news_without_end_does_not_chain_years_together() -> None:
    """A paper each month for years is no single story: a window is as long as it is, and not as long as its chain."""
    papers = [article(f"{number:02}", when=DAY + timedelta(days=90 * number)) for number in range(12)]
    assert len(groups(papers)) > 2


def test_an_official_text_is_tied_by_its_own_day() -> None:
    """What papers call the day of the order is the day on which its text was published."""
    later = DAY + timedelta(days=WINDOW + 30)
    order = article("a", kind=PaperKind.OFFICIAL_TEXT)
    assert len(groups([order, article("b", REWRITE, later, statements=(stated("issue", f"on {DAY}"),))])) == 1


def test_a_paper_that_names_no_supplier_joins_what_it_is_tied_to() -> None:
    """An order that names no supplier belongs to the papers that name its day; one that nothing ties stays alone."""
    order = article("a", REWRITE, supplier="", kind=PaperKind.OFFICIAL_TEXT)
    news = article("b", statements=(stated("issue", f"on {DAY}"),))
    assert together(groups([order, news])) == {frozenset("ab")}
    stray = article("c", OTHER, supplier="")
    assert together(groups([stray, news])) == {frozenset("b"), frozenset("c")}


def test_a_paper_of_no_knplace_of_joins_no_other_supplier() -> None:
    """What a paper names must be the same, however alike the words are."""
    assert together(groups([article("a", place=""), article("b", supplier="other")])) == {frozenset("a"), frozenset("b")}  # fmt: skip
    assert together(groups([article("a", place=""), article("b")])) == {frozenset("ab")}


def test_a_paper_of_no_place_joins_one_of_several_states_by_evidence_only() -> None:
    """Words alone do not say of which state it tells; that it names the place in passing does, or is nearly a copy."""
    near, far = article("a"), article("b", OTHER, place="uk")
    passing = (Mention(3, 4, "place", "de", "Germany", jurisdiction="de", aside="home"),)
    placeless = article("c", REWRITE, place="")
    assert together(groups([near, placeless])) == {frozenset("ac")}
    assert together(groups([near, far, placeless])) == {frozenset("ac"), frozenset("b")}, "nearly a copy"
    told = article("c", REWRITE, place="", names=passing)
    assert together(groups([near, far, told])) == {frozenset("ac"), frozenset("b")}
    assert len(groups([near, article("b", place="uk"), placeless])) == 3


def test_no_paper_moves_to_another_place_that_it_names() -> None:
    """However alike the words are, a report that tells of one state is not put into the story of its neighbour."""
    both = (Mention(3, 4, "place", "de", "Germany", jurisdiction="de"),)
    story = [article("a"), article("b", REWRITE)]
    assert together(groups([*story, article("c", place="no", names=both)])) == {frozenset("ab"), frozenset("c")}


@given(
    st.lists(st.tuples(st.sampled_from([BAN, REWRITE, OTHER]), st.sampled_from(["de", "de-by", "eu", ""])), max_size=8)
)
def test_no_story_holds_two_jurisdictions(made: list[tuple[str, str]]) -> None:
    """Over any mixture of papers, of a state, its parts and its union, no group has papers that tell of two of them."""
    papers = [article(str(number), text, place=place) for number, (text, place) in enumerate(made)]
    own = {str(number): place for number, (_, place) in enumerate(made)}
    found = groups(papers)
    assert sorted(one.paper.id for group in found for one in group.papers) == sorted(own)
    for group in found:
        assert len({own[one.paper.id] for one in group.papers} - {""}) <= 1


def test_a_day_that_two_papers_state_ties_them_over_years() -> None:
    """A fine years later is of the measure whose day it repeats."""
    later = DAY + timedelta(days=WINDOW + 30)

    def dating(one: Examined) -> Examined:
        return one._replace(seen=one.seen._replace(dates=(dated("2024-07-20"),)))

    assert len(groups([dating(article("a")), dating(article("b", REWRITE, later))])) == 1
    assert len(groups([dating(article("a")), article("b", REWRITE, later)])) == 2


def test_no_papers_are_no_groups() -> None:
    """Nothing comes of nothing."""
    assert groups([]) == ()


PAPERS = [
    article("a"),
    article("b", REWRITE, DAY + timedelta(days=9)),
    article("c", OTHER),
    article("d", place="uk"),
    article("e", supplier=""),
    article("f", REWRITE, None),
    article("g", BAN, DAY + timedelta(days=900)),
]


@given(st.permutations(PAPERS))
def test_the_order_of_papers_changes_nothing(papers: list[Examined]) -> None:
    """Each paper is in one group, and in the same one whatever order papers are read in."""
    found = groups(papers)
    assert found == groups(PAPERS)
    assert sorted(one.paper.id for group in found for one in group.papers) == list("abcdefg")
