# SPDX-License-Identifier: Apache-2.0
"""Tests for who does an act to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.mentions.parts import parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen

TOLD = [
    ("The Commerce Department has [banned] the sale of Kaspersky products in the United States.",
     "The Commerce Department", "the sale of Kaspersky products in the United States"),
    ("Kaspersky is [barred] from signing new agreements with customers after July.", "Kaspersky", "signing new agreements with customers"),
    ("Sales of Hikvision cameras are [prohibited] by the Home Office from next year.", "the Home Office", "Sales of Hikvision cameras"),
    ("Federal agencies [must remove] TikTok from government devices.", "Federal agencies", "TikTok"),
    ("The U.S. government will completely [ban the use of] software developed by Russia's Kaspersky Lab.",
     "The U.S. government", "software developed by Russia's Kaspersky Lab"),
    ("The [ban on] Huawei equipment takes effect in 2027.", "", "Huawei equipment"),
    ("Germany's interior ministry [ordered] operators to rip out components.", "Germany's interior ministry", "operators to rip out components"),
    ("It [will stop selling] its products on Monday.", "It", "its products on Monday"),
    ("Canada [ordered Hikvision] to close its operations.", "Canada", "Hikvision"),
    ("TikTok was [fined] by the Irish Data Protection Commission.", "the Irish Data Protection Commission", "TikTok"),
    ("The rule, which [prohibits] the use of DeepSeek, was made.", "", "the use of DeepSeek"),
    ("The FCC met and [voted to add] DJI drones.", "FCC", "DJI drones"),
    ("It [rained].", "It", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "thing"), TOLD)
def test_parts(noted: Callable[[str], Seen], text: str, subject: str, thing: str) -> None:
    """Subject and object are exact slices around the words of an act, active or passive."""
    start, end = text.index("["), text.index("]") - 1
    seen = noted(text.replace("[", "").replace("]", ""))
    found = parts(seen, seen.sentences[0], start, end)
    assert tuple(seen.paper.text[span.start : span.end] if span else "" for span in found) == (subject, thing)


@given(st.lists(st.sampled_from(["Kaspersky", "US", "is", "banned", "by", "the", "from", ",", "said", "U.S.", "of", "sales", "(", "“"]), min_size=1), st.data())  # fmt: skip
def test_parts_are_slices(noted: Callable[[str], Seen], words: list[str], data: st.DataObject) -> None:
    """A part lies in the text, holds something, and begins and ends with a word."""
    seen = noted(" ".join(words))
    for sentence in seen.sentences:
        start = data.draw(st.integers(sentence.start, sentence.end - 1))
        end = data.draw(st.integers(start + 1, sentence.end))
        for span in parts(seen, sentence, start, end):
            text = seen.flat[span.start : span.end] if span else "x"
            assert text
            assert text == text.strip()


@pytest.mark.parametrize("piece", ["a ", "is ", "has been ", "the ", "U.S. ", "by ", ", ", "“"])
def test_hostile_texts_end(noted: Callable[[str], Seen], piece: str) -> None:
    """A text of one thing over and over gives parts within reach of the act."""
    seen = noted(piece * (20_000 // len(piece)))
    for sentence in seen.sentences[:1]:
        middle = (sentence.start + sentence.end) // 2
        found = parts(seen, sentence, middle, middle + 3)
        assert all(abs(span.start - middle) < 500 for span in found if span)
