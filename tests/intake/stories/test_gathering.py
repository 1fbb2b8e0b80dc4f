# SPDX-License-Identifier: Apache-2.0
"""Promises of evidence that is weighed, and of what no evidence outweighs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.mentions.topic import Topic
from debar.intake.stories.cluster import alone
from debar.intake.stories.evidence import is_name, odds
from debar.intake.stories.gathering import gathered, may_join
from storied import examined, paper

if TYPE_CHECKING:
    from debar.intake.stories.cluster import Cluster


def one(number: int, place: str, *, is_sure: bool = True, names: tuple[str, ...] = ("movia",)) -> Cluster:
    """Give a paper on one maker, alike in a word."""
    told = Topic("maker", place, {"maker": 1.0}, {place: 1.0} if place else {}, is_sure)
    return alone(number, examined(paper(str(number), "Buses.", "2026-05-04")), {"buses": 1.0}, told, names)


def test_two_sure_places_never_stand_together() -> None:
    """However much is alike: each of two states that are beyond doubt has its own story."""
    assert not may_join(one(0, "dk"), one(1, "no"))
    assert [sorted(group.papers) for group in gathered([one(0, "dk"), one(1, "no"), one(2, "dk")])] == [[0, 2], [1]]


def test_a_paper_of_no_place_joins_only_where_more_speaks() -> None:
    """Between stories of two states that are alike it stays by itself; with one of them it joins."""
    assert len(gathered([one(0, "dk"), one(1, "no"), one(2, "", is_sure=False)])) == 3
    assert len(gathered([one(0, "dk"), one(2, "", is_sure=False)])) == 1


def test_a_name_in_common_speaks_for_one_measure() -> None:
    """Papers that share a proper name are likelier of one measure than those that do not."""
    assert odds(one(0, "dk"), one(1, "dk")) > odds(one(0, "dk"), one(1, "dk", names=("ruter",)))


def test_numbers_with_a_stroke_are_names() -> None:
    """What is filed under a number bears a stroke; what is counted does not."""
    assert [is_name(number) for number in ("214/2026", "26-07", "2300", "1/2")] == [True, True, False, False]
