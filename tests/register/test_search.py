# SPDX-License-Identifier: Apache-2.0
"""Search: all words, folded, the likeliest first, with the place where they stand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dated
from debar.model.measures import Unrelated
from debar.register.search import Hit, nouns, search, vocabulary, words_of

if TYPE_CHECKING:
    from debar.register import Register

SMALL = dated.register(
    dated.measure(
        "us-order",
        dated.provision("updates", text="Nobody may provide updates of the shield."),
        dated.provision("use", text="Companies must not use the shield.", action="Switch it off before the update."),
        title="Order on the Shield",
    ),
    dated.measure(
        "us-warning", dated.provision("avoid", text="Avoid Café Müller."), title="Warning of the Łódź office"
    ),
    parties=(
        dated.party("maker", aliases=("Мастер", "華為", "ファーウェイ")),
        dated.party(
            "maker-two",
            name="Another Maker",
            note="It once made the shield too.",
            unrelated=(Unrelated(name="Another Baker", text="Sells bread in Oslo."),),
        ),
    ),
)


def found(words: str, register: Register = SMALL) -> list[Hit]:
    """Search for words as they are typed."""
    return search(register, words_of(words))


def ids(words: str) -> list[str]:
    """Give the ids of what has all words, in order."""
    return [hit.id for hit in found(words)]


def test_somebody_else_is_found_under_the_party_that_it_is_not() -> None:
    """Who looks for a namesake is led to the party, where it is said who that is."""
    assert ids("baker oslo") == ["maker-two"]
    assert [place.field for place in found("baker")[0].places] == ["somebody else"]


def test_all_words_must_occur() -> None:
    """A noun is found when it has every word, whichever text they stand in."""
    assert set(ids("shield")) == {"us-order", "us-order#updates", "us-order#use", "maker-two"}
    assert ids("companies shield") == ["us-order#use"]
    assert ids("companies updates avoid") == []


@pytest.mark.parametrize("typed", ["CAFE MULLER", "café müller", "Ｃａｆｅ", "Cafe\u0301", "müller, café!"])  # noqa: RUF001
def test_case_accents_and_widths_make_no_difference(typed: str) -> None:
    """Words are found however they are written."""
    assert ids(typed) == ["us-warning#avoid"]


@pytest.mark.parametrize("typed", ["lodz", "ŁÓDŹ"])
def test_letters_without_a_plain_form_are_folded_too(typed: str) -> None:
    """A letter with a stroke is found by its plain letter."""
    assert "us-warning" in ids(typed)


@pytest.mark.parametrize("typed", ["華為", "華", "мастер", "МАСТЕР", "ウェイ"])
def test_other_scripts(typed: str) -> None:
    """A name is found in its own script; one that is written without spaces also by a part."""
    assert ids(typed) == ["maker"]


def test_a_word_is_found_at_the_beginning_of_another() -> None:
    """Half a word finds the whole, the middle of a word finds nothing."""
    assert "us-order#updates" in ids("up")
    assert ids("pdates") == []


def test_names_come_before_texts() -> None:
    """What is called so comes first, then what is called so among others, then what only says so."""
    assert ids("updates")[0] == "us-order#updates"
    assert ids("update") == ["us-order#updates", "us-order#use"]
    assert ids("shield")[0] == "us-order"
    assert ids("shield")[-1] == "maker-two"


def test_an_exact_name_comes_first() -> None:
    """A party by its name, and a noun by its whole id, is the first answer."""
    assert ids("maker")[0] == "maker"
    assert ids("us-order#use")[0] == "us-order#use"
    assert ids("us-order")[0] == "us-order"


def test_a_provision_is_not_found_by_its_measure_alone() -> None:
    """The words of a measure help to find its provisions, but do not bring all of them."""
    assert ids("order")[:1] == ["us-order"]
    assert "us-order#use" not in ids("order")
    assert "us-order#use" in ids("order companies")


def test_the_place_is_shown() -> None:
    """A hit says in which text the words stand, with what stands around them."""
    (hit,) = found("switch")
    (place,) = hit.places
    assert (place.field, place.context) == ("action", "Switch it off before the update.")


def test_a_long_text_is_cut_around_the_word() -> None:
    """Of a long text only the surroundings of the word are shown, in whole words."""
    text = f"{'before ' * 50}needle{' behind' * 50}"
    (hit,) = found("needle", dated.register(dated.measure("us-order", dated.provision(text=text))))
    context = hit.places[0].context
    assert context.startswith("... before")
    assert context.endswith("behind ...")
    assert len(context) < 130
    assert "needle" in context


@given(st.text(max_size=30))
def test_any_words_may_be_asked_for(typed: str) -> None:
    """Whatever is typed gets an answer, in which every word stands in every hit."""
    words = words_of(typed)
    texts = {noun.id: " ".join(words_of(" ".join(text.text for text in noun.texts))) for noun in nouns(SMALL)}
    for hit in search(SMALL, words) if words else []:
        assert all(word in texts[hit.id] for word in words)


def test_every_word_of_the_vocabulary_is_found() -> None:
    """The words that a typing error is compared with are words that find something, or stand in a frame only."""
    assert "shield" in vocabulary(SMALL)
    assert all(search(SMALL, [word]) for word in vocabulary(SMALL) if word != "office")


def test_the_real_register_answers_at_once(register: Register) -> None:
    """A search of the shipped register finds what it is asked for, without a wait."""
    begun = time.perf_counter()
    first = search(register, words_of("kaspersky resale"))[0]
    assert time.perf_counter() - begun < 2
    assert first.id == "us-bis-icts-2021-002-kaspersky#resale"
    assert search(register, words_of("Касперского"))[0].id == "kaspersky"
