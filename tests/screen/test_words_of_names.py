# SPDX-License-Identifier: Apache-2.0
"""Promises of taking names apart: what each word is, in every script, and that no name is taken apart to nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.screen import native
from debar.screen.names import LONGEST, parse, split, split_all
from debar.screen.vocabulary import SILENT, Role

OWN, ORDINARY, MARKET, PLACE, TRADE = Role.OWN, Role.ORDINARY, Role.MARKET, Role.PLACE, Role.TRADE
NUMBER, LEGAL, REFERENCE = Role.NUMBER, Role.LEGAL, Role.REFERENCE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Z.T.E. Corporation", ["zte", "corporation"]),
        ("D J I", ["dji"]),
        ("Huawei Technologies Co.,Ltd", ["huawei", "technologies", "co", "ltd"]),
        ("AT&T", ["at", "and", "t"]),
        ("PAYPAL *KASPERSKY", ["paypal", "kaspersky"]),
        ("Huáwéi", ["huawei"]),
        ("O'Brien`s", ["obriens"]),
        ("INV HIKVISION DS-2CD2143", ["inv", "hikvision", "ds2cd2143"]),
        ("\u0410\u041e «Лаборатория Касперского»", ["ao", "laboratoriya", "kasperskogo"]),
    ],
)
def test_words_of_a_name(text: str, expected: list[str]) -> None:
    """Dots between initials join, other marks part, and every alphabet is written in small Latin letters."""
    assert split(text) == expected


@given(st.lists(st.one_of(st.text(max_size=30), st.from_regex(r"[A-Za-z0-9 .&'\n-]{0,20}")), max_size=8))
def test_names_are_split_together_as_each_alone(texts: list[str]) -> None:
    """No name of many is split otherwise for the others, whatever stands at its ends."""
    assert split_all(texts) == [split(text) for text in texts]


@pytest.mark.parametrize(
    ("run", "own"),
    [
        ("华为技术有限公司", "华为"),
        ("華為技術有限公司", "华为"),
        ("浙江大華技術股份有限公司", "大华"),
        ("杭州海康威视数字技术股份有限公司", "海康威视"),
        ("華為", "华为"),
    ],
)
def test_a_name_without_spaces(run: str, own: str) -> None:
    """Places, businesses and forms are taken off both ends, in traditional letters as in simplified ones."""
    assert native.parts(run).count(own) == 1


def roles(text: str) -> dict[str, Role]:
    """Give the role of each word of a name."""
    name = parse(text)
    return dict(zip(name.shown, name.roles, strict=True))


@pytest.mark.parametrize(
    ("text", "word", "role"),
    [
        ("AO Kaspersky Lab", "ao", LEGAL),
        ("Kaspersky Lab AO", "ao", LEGAL),
        ("SZ DJI Technology Co., Ltd.", "sz", PLACE),
        ("SZ DJI Technology Co., Ltd.", "technology", MARKET),
        ("Dahua Bank", "bank", TRADE),
        ("360 Security Technology", "360", NUMBER),
        ("HUAWEI 44207", "44207", REFERENCE),
        ("DIGITAL RIVER*KASPERSKY LAB", "digital river", REFERENCE),
        ("Purchase Power", "purchase", ORDINARY),
        ("PURCHASE KASPERSKY 883310", "purchase", REFERENCE),
        ("CIMEX S.A. - LONDON 390150", "london", REFERENCE),
        ("London Cimex", "london", PLACE),
        ("Honor", "honor", ORDINARY),
    ],
)
def test_what_a_word_is(text: str, word: str, role: Role) -> None:
    """A word is what it is in its place: a form at an end, a reference beside a number, a town behind a shop."""
    assert roles(text)[word] is role


@pytest.mark.parametrize("text", ["AMBA", "COOP", "Ltd", "Co. Ltd.", "有限公司", "and"])
def test_never_to_nothing(text: str) -> None:
    """A name of a legal form alone is a name."""
    assert set(parse(text).roles) - SILENT


@pytest.mark.parametrize(
    ("text", "number"), [("Brigade Forty-Four", "44"), ("Brigade 44", "44"), ("Fund Twenty", "20")]
)
def test_numbers_in_words(text: str, number: str) -> None:
    """Tens and units are one number, however they are written."""
    assert number in parse(text).words


def test_a_form_that_was_cut_off() -> None:
    """What a ledger left of a legal form at the end of a name is no word of it."""
    name = parse("Lockheed Martin Corpor")
    assert name.roles[-1] is LEGAL


@given(st.text(max_size=60))
def test_any_text_is_a_name(text: str) -> None:
    """Whatever is read has as many words as it has roles, and none is empty."""
    name = parse(text)
    assert len(name.words) == len(name.shown) == len(name.roles)
    assert all(name.words)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_case_says_nothing(text: str) -> None:
    """A name in capitals has the words of the same in small letters."""
    assert split(text.upper()) == split(text.lower())


def test_a_name_without_end_is_looked_at_as_far_as_names_go() -> None:
    """A megabyte of letters costs no more than the longest name."""
    assert sum(map(len, split("ab " * 10**6))) <= LONGEST
