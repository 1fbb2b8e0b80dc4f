# SPDX-License-Identifier: Apache-2.0
"""Promises of conflicts as a whole: their order, what is official on them, and that nobody votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.intake.stories.conflicts import conflicts
from debar.model.intake import Span, StatedNumber, Statement
from debar.model.vocab.statements import ConflictKind, PaperKind, Severity
from storied import examined, paper, stated

if TYPE_CHECKING:
    from debar.intake.examined import Examined
    from debar.model.intake import Conflict
    from debar.register import Register

KASPERSKY = "us-bis-icts-2021-002-kaspersky"
FEWER = StatedNumber(text="fewer than 50", op="<", value=50, unit="jobs", span=Span(0, 1))
ABOUT = StatedNumber(text="about 50", op="~", value=50, unit="employees", span=Span(0, 1))
STORY = (
    stated("announce", "on 2024-06-20", "a"),
    stated("announce", "on 2024-06-21", "c"),
    stated("prohibit.sell", "from 2024-07-20", "a"),
    stated("prohibit.sell", "after 2024-07-20", "b"),
    stated("prohibit.update", "from 2024-09-29", "a"),
    stated("prohibit.use", "", "b"),
    stated("permit.use", "", "c"),
    stated("effective", "on 2024-07-20", "c"),
    stated("supplier.exit", "from 2024-07-20", "a"),
    stated("supplier.exit", "on 2024-07-20", "c"),
    stated("supplier.layoff", "", "a", number=FEWER),
    stated("supplier.layoff", "", "c", number=ABOUT),
)


def papers(statements: tuple[Statement, ...]) -> list[Examined]:
    return [examined(paper(name)) for name in sorted({one.document for one in statements})]


def told(statements: tuple[Statement, ...], register: Register, measure: str = "") -> tuple[Conflict, ...]:
    return conflicts(statements, papers(statements), measure, register)


def gist(found: tuple[Conflict, ...]) -> list[tuple[str, str, str, list[str], str]]:
    """Give what must not depend on how many say something."""
    return [(one.type, one.severity, one.topic, [value.value for value in one.values], one.official) for one in found]


def test_a_story_has_its_conflicts_material_ones_first(register: Register) -> None:
    """Act, aspect, boundary and stage are material; the day of announcement and the number of heads are not."""
    found = told(STORY, register)
    assert [(one.severity, one.type) for one in found] == [
        (Severity.MATERIAL, ConflictKind.ACT),
        (Severity.MATERIAL, ConflictKind.ASPECT),
        (Severity.MATERIAL, ConflictKind.BOUNDARY),
        (Severity.MATERIAL, ConflictKind.STAGE),
        (Severity.MINOR, ConflictKind.DATE),
        (Severity.MINOR, ConflictKind.NUMBER),
    ]


@given(order=st.permutations(STORY))
def test_the_order_of_papers_changes_nothing(register: Register, order: list[Statement]) -> None:
    """The same statements in another order are the same conflicts, to the last fact."""
    assert conflicts(tuple(order), papers(STORY)[::-1], KASPERSKY, register) == told(STORY, register, KASPERSKY)


@given(name=st.sampled_from("abc"), times=st.integers(1, 4))
def test_a_paper_told_again_decides_nothing(register: Register, name: str, times: int) -> None:
    """Copies of a paper add facts to its readings, and change neither kind, severity, readings nor what is official."""
    copies = tuple(
        replace(one, document=f"{name}{number}", id=f"{one.id}-{number}")
        for number in range(times)
        for one in STORY
        if one.document == name
    )
    assert gist(told((*STORY, *copies), register, KASPERSKY)) == gist(told(STORY, register, KASPERSKY))


@pytest.mark.parametrize(("here", "there"), [("from", "after"), ("after", "from")])
def test_swapping_from_and_after_moves_the_boundary(register: Register, here: str, there: str) -> None:
    """The readings follow the words of the papers, whichever paper says which."""
    said = (stated("prohibit.sell", f"{here} 2024-07-20", "a"), stated("prohibit.sell", f"{there} 2024-07-20", "b"))
    (found,) = told(said, register)
    assert {value.value.split()[0]: value.facts[0][0] for value in found.values} == {here: "a", there: "b"}


def test_papers_that_agree_have_no_conflict(register: Register) -> None:
    """Silence is no disagreement."""
    said = tuple(stated("prohibit.sell", "from 2024-07-20", name) for name in "abc")
    assert told((*said, stated("prohibit.use", "", "a")), register) == ()


def test_the_register_says_what_is_official_with_its_citation(register: Register) -> None:
    """What the register holds on the act stands beside the readings: its day, its citation and its grade."""
    found = {one.type: one.official for one in told(STORY, register, KASPERSKY)}
    assert "from 2024-07-20T00:00-04:00" in found[ConflictKind.BOUNDARY]
    assert "89 FR 52434" in found[ConflictKind.BOUNDARY]
    assert "secondary" in found[ConflictKind.BOUNDARY]
    assert found[ConflictKind.ACT].startswith("use permitted")
    assert found[ConflictKind.DATE] == "issued 2024-06-20, published 2024-06-24 (89 FR 52434)"
    assert found[ConflictKind.NUMBER] == ""


def test_without_a_measure_nothing_is_official(register: Register) -> None:
    """Where the register holds no such measure and no paper is official, nobody decides."""
    assert {one.official for one in told(STORY, register)} == {""}


def test_an_official_paper_of_the_story_comes_before_the_register(register: Register) -> None:
    """The text of the instrument speaks for itself, in its own words, and before a release about it."""
    words = "Sales shall cease from 20 July."
    kinds = {"a": PaperKind.OFFICIAL_TEXT, "b": PaperKind.OFFICIAL_RELEASE}
    said = [
        replace(stated("prohibit.sell", f"{role} 2024-07-20", name), span=Span(0, len(words)))
        for name, role in (("a", "from"), ("b", "after"))
    ]
    own = [examined(paper(name, words, kind=kind)) for name, kind in kinds.items()]
    (found,) = conflicts(said, own, KASPERSKY, register)
    assert found.official == f"from 2024-07-20: “{words}” (official text, a)"
