# SPDX-License-Identifier: Apache-2.0
"""Promises on suppliers that several papers tell together, and on the proper names by which they know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.mentions import names
from debar.intake.mentions.pooled import pooled
from debar.intake.mentions.proper import capitals

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen
    from debar.register import Register

ORDER = "#Water firm told to act\nThe inspectorate wants control units by the maker Ondarix replaced."
ANSWER = "#What is in the boxes\nWho makes the boxes? Ondarix, says the firm."


def suppliers(found: list[tuple[names.Mention, ...]]) -> list[set[str]]:
    return [{one.id for one in mentions if one.kind == "supplier"} for mentions in found]


def test_what_one_paper_hints_at_two_papers_tell(noted: Callable[[str], Seen], register: Register) -> None:
    """A name beside a word for a maker is the supplier of all papers that name it, though none would tell alone."""
    roles = names.gazetteer(register, register.lexicon).roles
    assert suppliers(pooled([noted(ORDER), noted(ANSWER)], roles)) == [{"ondarix"}, {"ondarix"}]
    assert suppliers(pooled([noted(ORDER)], roles)) == [set()]


def test_who_stands_beside_a_known_supplier_is_somebody_else(noted: Callable[[str], Seen], register: Register) -> None:
    """A name that another paper names beside a known supplier is no supplier of papers that name none."""
    roles = names.gazetteer(register, register.lexicon).roles
    known = noted("#Poland bans Huawei\nThe operator said that Ondarix would replace Huawei.")
    assert suppliers(pooled([noted(ORDER), noted(ANSWER), known], roles))[:2] == [set(), set()]


def test_a_proper_name_stands_inside_a_sentence_and_never_small(noted: Callable[[str], Seen]) -> None:
    """First words and titles are capitals anyway, and what stands in small letters is a word."""
    seen = noted("#Harbour Board Meets\nTunnels are closed. The Lakewood board met, and Warden Pruitt met a warden.")
    assert capitals(seen).names == {"lakewood", "pruitt"}


def test_a_name_of_several_states_is_of_the_one_that_the_paper_names(noted: Callable[[str], Seen]) -> None:
    """The cyber centre of a paper on Ireland is not that of the United Kingdom."""
    told = "#A ban\nThe National Cyber Security Centre advised {} to drop it."
    places = [
        {one.jurisdiction for one in noted(told.format(whom)).mentions} for whom in ("Britain", "Ireland", "them")
    ]
    assert places == [{"uk"}, {"ie", ""}, {""}]


def test_one_name_of_two_places_is_the_one_named_otherwise_too(noted: Callable[[str], Seen]) -> None:
    """Georgia is a country where Tbilisi is named, and a state of the US otherwise."""
    at_home = noted("#Georgia acts\nThe ministry in Tbilisi banned it.").mentions
    abroad = noted("#Georgia acts\nThe governor in Atlanta banned it.").mentions
    assert {one.jurisdiction for one in at_home if one.name == "Georgia"} == {"ge"}
    assert {one.jurisdiction for one in abroad if one.name == "Georgia"} == {"us-ga"}


def test_a_place_of_another_measure_is_told_as_such(noted: Callable[[str], Seen]) -> None:
    """Who follows Australia is not Australia; and Chinese tablets are made there, while a Chinese court rules there."""
    (follows,) = noted("#A ban\nThe ministry follows Australia.").mentions[-1:]
    asides = [noted(f"#A ban\nThey threw out Chinese {what}.").mentions[-1].aside for what in ("tablets", "courts")]
    assert follows.aside == "elsewhere"
    assert asides == ["maker", ""]
