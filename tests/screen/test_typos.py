# SPDX-License-Identifier: Apache-2.0
"""Promises of finding misspellings: exactly the words that few edits apart, no more and no fewer."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from debar.screen import typos

WORDS = st.lists(st.text("abc", min_size=3, max_size=11), max_size=60, unique=True)


def apart(asked: str, listed: list[str]) -> list[tuple[str, int]]:
    """Give the same by comparing with every word of the list."""
    found = []
    for word in listed if typos.is_looked_at(asked) else ():
        most = 2 if min(len(word), len(asked)) >= typos.TWICE else 1
        edits = OSA.distance(asked, word)
        if typos.is_looked_at(word) and 0 < edits <= most:
            found.append((word, edits))
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


@given(WORDS, WORDS)
@settings(max_examples=300)
def test_all_that_are_near_and_no_others(listed: list[str], asked: list[str]) -> None:
    """What is found by what is left when letters are deleted is what comparing every two words finds."""
    table = typos.Typos(typos.table(listed))
    expected = {word: found for word in asked if (found := apart(word, listed))}
    assert table.near(asked) == expected
    assert {word: found for one in asked for word, found in table.near([one]).items()} == expected


def test_real_misspellings() -> None:
    """Letters that are missing, added, changed or swapped are found, and names of other companies are not."""
    table = typos.Typos(typos.table(["hikvision", "kaspersky", "huawei", "dahua"]))
    asked = ["hikvison", "karspersky", "huawie", "huawai", "dahl", "huami", "casper"]
    assert {word: [listed for listed, _ in found] for word, found in table.near(asked).items()} == {
        "hikvison": ["hikvision"],
        "karspersky": ["kaspersky"],
        "huawie": ["huawei"],
        "huawai": ["huawei"],
    }


def test_nothing_is_near_to_an_empty_list() -> None:
    """A list without words, and a question without any, have no answer."""
    assert typos.Typos(typos.table([])).near(["kaspersky"]) == {}
    assert typos.Typos(typos.table(["kaspersky"])).near([]) == {}
