# SPDX-License-Identifier: Apache-2.0

"""Promises on quotations by their marks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.flat import flat
from debar.intake.said.quotes import quotes
from debar.model.intake import Paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” she said.", ["We go,"]),
        ('"We go," she said.', ["We go,"]),
        ("«We go», she said.", ["We go"]),
        ("„Wir gehen“, sagte er.", ["Wir gehen"]),
        ("»Vi går,« sagde hun.", ["Vi går,"]),
        ("「我们走」她说。", ["我们走"]),
        ("‘We don’t sell users’ data,’ she said.", ["We don’t sell users’ data,"]),
        ("'We don't sell users' data,' she said.", ["We don't sell users' data,"]),
        ("She said 'no' twice.", ["no"]),
        ("The company’s cameras and the users’ data.", []),
        ("The company's cameras of the '90s.", []),
        ('A 5" screen and a 7" one.', []),
        ("The so-called “ban” and the “order”.", ["ban", "order"]),
        ("“She said ‘no’ to us,” he said.", ["She said ‘no’ to us,"]),
        ('He said: "We go" and "you stay".', ["We go", "you stay"]),
        ("«We go,” she said.", ["We go,"]),
        ("«We go. Then she left the room", ["We go."]),
        ("“We go. “You stay,” she said.", ["We go.", "You stay,"]),
        ("“First words.\n“Second words,” she said.", ["First words.", "Second words,"]),
        ("“First words. More words.\nSecond words,” she said.", ["First words."]),
        ("She said”nothing.", []),
        ("“” is empty.", []),
    ],
)
def test_marks(text: str, expected: list[str], see: Callable[..., Seen]) -> None:
    """Quotations are found in every style of marks, and apostrophes, inches and lost marks do not make any."""
    assert [text[one.start : one.end] for one in see(text).quotes] == expected


def test_title_is_read(see: Callable[..., Seen]) -> None:
    """A quotation in the title is one too."""
    text = "#Norvik: “We go”\nThe rest."

    assert [text[one.start : one.end] for one in see(text).quotes] == ["We go"]


@given(st.text(alphabet="ab s.,'\"“”‘’„«»\n", max_size=200))
def test_quotations_stand_in_order_and_apart(text: str) -> None:
    """Whatever the marks, quotations lie within the text, in order, none over another or over the end of its paragraph."""
    end = text.find("\n") if "\n" in text else len(text)
    paragraphs = ((0, end), *(((end + 1), len(text)),) * (end < len(text)))
    paper = Paper(id="p", path="p", sha256="", text=text, main=((0, len(text)),), paragraphs=paragraphs)

    found = quotes(paper, flat(text))

    assert all(one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(one.end <= end or one.start > end for one in found)


@pytest.mark.parametrize("sign", ["'", '"', "‘a ", "“a ", "«", "a", "1", " "])
def test_hostile_runs_end(sign: str) -> None:
    """A long run of any mark is read in one go, without looking at any of it again and again."""
    text = sign * (200_000 // len(sign))
    paper = Paper(id="p", path="p", sha256="", text=text, main=((0, len(text)),), paragraphs=((0, len(text)),))

    found = quotes(paper, text)

    assert all(one.end <= len(text) for one in found)
