# SPDX-License-Identifier: Apache-2.0
"""Promises about words of acts: which act they say, what overrides what, and when it is denied."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.acts import clauses, patterns, triggers
from debar.register import phrases

if TYPE_CHECKING:
    from debar.register import Register


def acts(register: Register, sentence: str) -> list[str]:
    """Give the acts of a sentence in order, those denied with an exclamation mark."""
    ready = patterns.ready(register.lexicon)
    return [f"{one.act}{'!' if one.is_denied else ''}" for one in triggers.find(phrases.small(sentence), ready)]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The firm is barred from selling cameras.", "prohibit.sell"),
        ("The firm is barred from providing updates.", "prohibit.update"),
        ("It was forbidden the sale of cameras.", "prohibit.sell"),
        ("No agency shall procure or use such drones.", "prohibit.procure prohibit.use"),
        ("The import, resale and use of the radios is prohibited.", "prohibit.import prohibit.resell prohibit.use"),
        ("The sales ban was lifted.", "revoke"),
        ("The state lifted its ban on the sale of drones.", "revoke"),
        ("Users will not be penalised.", "permit.use"),
        ("Users will be penalised.", "permit.use!"),
        ("The order does not ban the use of the app.", "prohibit.use!"),
        ("Nothing about the listing bans the use of the app.", "prohibit.use!"),
        ("The law says nothing about radios that the ministry banned.", "prohibit"),
        ("Operators must remove and replace the radios.", "require.remove require.replace"),
        ("Ministers are considering a ban on the app.", "propose"),
        ("A ban on exports of chips to the maker stands.", "prohibit.provide"),
        ("Banned substances were found in the river.", "prohibit"),
        ("The shop was closed on Sunday.", ""),
    ],
)
def test_words_say_their_act(register: Register, sentence: str, told: str) -> None:
    """One frame governs the deeds in a row; what is done about a ban overrides the ban."""
    assert told.split() == acts(register, sentence)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Its tools are no longer available for purchase in its shop.", "supplier.stop_sales"),
        ("The radios were no longer on sale on its website.", "supplier.stop_sales"),
        ("The app is no longer offered for download on the platform.", "supplier.stop_sales"),
        ("The cameras are unavailable for purchase on its website.", "supplier.stop_sales"),
        ("The maker examined the impact of the legal requirements.", ""),
        ("The maker assessed the consequences of the ban.", "prohibit"),
        ("The ministry is considering a ban.", "propose"),
        ("The maker made this sad and difficult decision.", ""),
        ("The Russian maker said that it would leave.", ""),
        ("The Chinese chip firm stated nothing.", ""),
        ("The Chinese trade ministry said that it was watching.", "condemn"),
        ("The Kremlin stated that it was not surprised.", "condemn"),
        ("The ministry declined to comment.", ""),
        ("The maker did not respond to a request for comment.", ""),
        ("The ministry sent out a request for comments.", "consult"),
        ("The plan was first published by a newspaper.", "disclose"),
        ("The closure was first disclosed by a reporter.", "disclose"),
        ("The order was first published by the ministry.", "issue"),
    ],
)
def test_what_is_near_an_act_and_is_none(register: Register, sentence: str, told: str) -> None:
    """Who weighs what a ban means proposes none, who has no comment asks for none, and not all that a maker's state says is protest."""
    assert acts(register, sentence) == told.split()


def test_what_is_lacking_denies_no_ban(register: Register) -> None:
    """A verb beside "without certification" is not governed by it; what follows "without" itself is."""
    assert acts(register, "Devices without certification may not be installed.") == ["prohibit.install"]


def test_a_pattern_is_asked_wherever_it_can_begin(register: Register) -> None:
    """The examples of every pattern are found by the index of beginnings, as they are by the pattern alone."""
    ready = patterns.ready(register.lexicon)
    for act in register.lexicon.acts:
        for example in act.examples:
            asked = {one.pattern.id for one, _ in triggers.matches(phrases.small(example), ready)}
            assert act.id in asked, (act.id, example)


PIECES = ("a", "bought it", ", which", ", but", " and it will", "; ", ", ", " (b)", " while ", " 2024", "and", ".")


@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.tuples(st.integers(0, 120), st.integers(1, 6)),
    st.tuples(st.integers(0, 120), st.integers(1, 6)),
)
def test_what_it_costs_is_the_sum_of_all_borders_between(
    sentence: str, one: tuple[int, int], other: tuple[int, int]
) -> None:
    """From place to place it costs what each border between them costs, whichever comes first."""
    borders = clauses.cuts(sentence, [])
    left, right = sorted(((one[0], sum(one)), (other[0], sum(other))))
    crossed = [cut.cost for cut in borders if left[1] - 1 <= cut.start < right[0]]
    assert clauses.apart(left, right, borders) == clauses.apart(right, left, borders) == pytest.approx(sum(crossed))


def test_clauses_end_where_sentences_turn() -> None:
    """A main clause costs more to cross than an aside, and a date is never cut."""
    sentence = "sales end on june 3, 2024, but updates go on, it said"
    borders = clauses.cuts(sentence, [(13, 25)])
    assert [clauses.STRONG, clauses.COMMA] == [cut.cost for cut in borders]
    assert clauses.STRONG == clauses.apart((0, 5), (30, 37), borders)
    assert ("sales end on june 3, 2024") == sentence[slice(*clauses.around(0, 25, len(sentence), borders))]
