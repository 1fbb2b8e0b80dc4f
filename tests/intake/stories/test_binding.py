# SPDX-License-Identifier: Apache-2.0
"""Tests for which measure a statement is about, and how far it can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.intake.examined import Examined
from debar.intake.stories.binding import bound, measure, trust
from debar.intake.stories.candidates import candidates
from debar.intake.stories.grouping import Group
from debar.model.intake import Span, StatedDate, Statement
from debar.model.vocab.statements import DateBasis, DateRole, PaperKind, Precision, StatedAct, Trust

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen
    from debar.register import Register

DETERMINATION = "us-bis-icts-2021-002-kaspersky"


def _statement(text: str, words: str, act: StatedAct, day: str) -> Statement:
    at = text.index(words)
    span = Span(at, at + len(words))
    date = StatedDate(
        value=day, role=DateRole.ON, precision=Precision.DAY if len(day) == 10 else Precision.YEAR, basis=DateBasis.EXPLICIT,
        text=words, span=span,
    )  # fmt: skip
    return Statement(id=f"{act}:{at}", document="p", act=act, date=date if day else None, span=span)


def _paper(seen: Seen, *told: tuple[str, StatedAct, str]) -> Examined:
    """Give a paper with statements: the words of each, its act and its day."""
    statements = tuple(_statement(seen.paper.text, words, act, day) for words, act, day in told)
    return Examined(seen, (), statements, (), tuple(() for _ in seen.sentences), ())


def _group(*papers: Examined, supplier: str = "kaspersky", jurisdiction: str = "us") -> Group:
    return Group(supplier, jurisdiction, papers)


def _bound(seen: Seen, words: str, register: Register, supplier: str, jurisdiction: str, day: str = "") -> str:
    """Give the measure to which one prohibition is bound in a paper on a supplier and a jurisdiction."""
    one = _paper(seen, (words, StatedAct.PROHIBIT_USE, day))
    return bound(_group(one, supplier=supplier, jurisdiction=jurisdiction), one, register).statements[0].measure


def test_measure_by_its_days(noted: Callable[[str], Seen], register: Register) -> None:
    """Days of issue and of stages tell which of several measures on one supplier a story is about."""
    seen = noted("It came in June. No sale from July on. No update from September on.")
    days = ("in June", StatedAct.ISSUE, "2024-06-20"), ("from July", StatedAct.PROHIBIT_SELL, "2024-07-20")
    assert measure(_group(_paper(seen, *days)), register) == DETERMINATION
    assert measure(_group(_paper(seen, ("in June", StatedAct.ISSUE, "2017-09-13"))), register) == "us-dhs-bod-17-01"


def test_measure_by_citation(noted: Callable[[str], Seen], register: Register) -> None:
    """A citation decides, whatever days stand beside it."""
    seen = noted("See 89 FR 52434 there.")
    assert measure(_group(_paper(seen)), register) == DETERMINATION


@pytest.mark.parametrize(
    ("supplier", "jurisdiction", "day"),
    [("kaspersky", "us", "1999-01-01"), ("kaspersky", "us", ""), ("velmora", "us", "2024-06-20"), ("kaspersky", "", "2024-06-20")],
)  # fmt: skip
def test_no_measure(
    noted: Callable[[str], Seen], register: Register, supplier: str, jurisdiction: str, day: str
) -> None:
    """Where no day fits, or the register holds nothing on the supplier there, no measure is named."""
    one = _paper(noted("It came in June."), ("in June", StatedAct.ISSUE, day))
    assert measure(_group(one, supplier=supplier, jurisdiction=jurisdiction), register) == ""


def test_repeating_a_paper_changes_nothing(noted: Callable[[str], Seen], register: Register) -> None:
    """Ten copies of a paper speak for a measure as one does."""
    one = _paper(noted("It came in June."), ("in June", StatedAct.ISSUE, "2024-06-20"))
    assert measure(_group(*[one] * 10), register) == measure(_group(one), register)


def test_candidates_hold_those_of_the_group(register: Register) -> None:
    """Measures on a part of a group are told under its name."""
    found = {one.id for one in candidates("bytedance", "ca", register)}
    assert "ca-ica-2024-tiktok" in found
    assert candidates("bytedance", "", register) == ()


def test_candidates_by_origin(register: Register) -> None:
    """A measure on makers of a country hits those of them that make what it is about."""
    assert "uk-cctv-2022-11-24" in {one.id for one in candidates("hikvision", "uk", register)}
    assert "uk-cctv-2022-11-24" not in {one.id for one in candidates("catl", "uk", register)}


def test_section_is_part_of_a_citation(noted: Callable[[str], Seen], register: Register) -> None:
    """A law that rules on many matters is not cited by its number alone."""
    whole, section = noted("See Public Law 115-232 there."), noted("See section 889 of Public Law 115-232 there.")
    assert measure(_group(_paper(whole), supplier="huawei"), register) == ""
    assert measure(_group(_paper(section), supplier="huawei"), register) == "us-ndaa-fy2019-s889"


BOUND = [
    ("In Germany, operators must remove Huawei parts now.", "huawei", "se", "de/huawei"),
    ("Australia banned it in 2018.", "huawei", "se", "au/huawei"),
    ("A similar ban on DJI drones is planned.", "huawei", "se", "se/dji"),
    ("Sweden and Germany banned Huawei parts.", "huawei", "se", "se/huawei"),
    ("The Chinese company is banned now.", "huawei", "se", "se/huawei"),
    ("The Moscow-based firm is banned now.", "huawei", "se", "se/huawei"),
    ("Beijing called the ban of parts unfair.", "huawei", "se", "se/huawei"),
    ("The ban was announced in Brussels.", "huawei", "se", "se/huawei"),
    ("The ban of parts stays.", "huawei", "se", "se/huawei"),
    ("The FCC banned new parts.", "huawei", "se", "us/huawei"),
]


@pytest.mark.parametrize(("sentence", "supplier", "jurisdiction", "expected"), BOUND)
def test_bound(
    noted: Callable[[str], Seen], register: Register, sentence: str, supplier: str, jurisdiction: str, expected: str
) -> None:
    """Another supplier or another place that rules makes another measure; homes, speakers and scenes do not."""
    seen = noted(f"Sweden bans Huawei.\n{sentence}")
    assert _bound(seen, sentence, register, supplier, jurisdiction) == expected


def test_paragraph_goes_on(noted: Callable[[str], Seen], register: Register) -> None:
    """A sentence that names nobody goes on with the one before it, within its paragraph only."""
    seen = noted(
        "Sweden bans Huawei.\nIn Germany, Huawei parts are banned. All of it must go.\nNothing else is banned."
    )
    assert _bound(seen, "All of it must go.", register, "huawei", "se") == "de/huawei"
    assert _bound(seen, "Nothing else is banned.", register, "huawei", "se") == "se/huawei"


def test_headline_is_of_the_story(noted: Callable[[str], Seen], register: Register) -> None:
    """A headline tells of the story, whatever place stands in it."""
    seen = noted("#After Germany, Huawei is banned here too\nSweden bans Huawei.")
    assert _bound(seen, "banned here too", register, "huawei", "se") == "se/huawei"


def test_other_measure_of_the_register(noted: Callable[[str], Seen], register: Register) -> None:
    """Another measure is named by its id where the register holds it and its day fits."""
    seen = noted("Sweden bans Kaspersky.\nThe US Commerce Department banned Kaspersky sales from July.")
    assert _bound(seen, "from July", register, "kaspersky", "se", "2024-07-20") == DETERMINATION


def test_other_measure_of_the_same_supplier(noted: Callable[[str], Seen], register: Register) -> None:
    """An older measure of the same state is told apart by its authority and year, or by its citation."""
    story = "The Commerce Department issued it in June."
    older = "In 2017 the Department of Homeland Security banned it."
    seen = noted(f"{story} {older} See BOD 17-01 for the ban.")
    one = _paper(
        seen,
        ("in June", StatedAct.ISSUE, "2024-06-20"),
        ("In 2017", StatedAct.PROHIBIT_USE, "2017"),
        ("See BOD 17-01", StatedAct.PROHIBIT_USE, ""),
    )
    found = [said.measure for said in bound(_group(one), one, register, DETERMINATION).statements]
    assert found == [DETERMINATION, "us-dhs-bod-17-01", "us-dhs-bod-17-01"]


@pytest.mark.parametrize("act", [StatedAct.CONDEMN, StatedAct.DENY, StatedAct.BACKGROUND])
def test_who_condemns_rules_nothing(noted: Callable[[str], Seen], register: Register, act: StatedAct) -> None:
    """What somebody elsewhere says about the measure of the story is about that measure."""
    seen = noted("Sweden bans Huawei.\nGermany criticised the ban.")
    one = _paper(seen, ("Germany criticised the ban.", act, ""))
    found = bound(_group(one, supplier="huawei", jurisdiction="se"), one, register)
    assert found.statements[0].measure == "se/huawei"


@pytest.mark.parametrize(
    ("kind", "said_by", "expected"),
    [
        (PaperKind.OFFICIAL_TEXT, (), Trust.OFFICIAL_TEXT),
        (PaperKind.OFFICIAL_RELEASE, ("X",), Trust.OFFICIAL_RELEASE),
        (PaperKind.LAW_FIRM, (), Trust.LAW_FIRM),
        (PaperKind.COMPANY, (), Trust.NEWS_NAMING_ORIGIN),
        (PaperKind.NEWS, ("X",), Trust.NEWS_NAMING_ORIGIN),
        (PaperKind.NEWS, (), Trust.NEWS),
    ],
)
def test_trust(kind: PaperKind, said_by: tuple[str, ...], expected: Trust) -> None:
    """The ladder: official text, release, law firm, news naming an origin, news without one."""
    assert trust(kind, said_by) is expected
