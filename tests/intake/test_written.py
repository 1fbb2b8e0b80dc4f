# SPDX-License-Identifier: Apache-2.0
"""Promises of writing: signs that only dress a text change nothing that is read from it, and every slice stays exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.intake.flat import flat
from debar.intake.reading import read

if TYPE_CHECKING:
    from debar.model.intake import Reading
    from debar.register import Register

HEAD = "Huawei ban\n\nBy Ann Lee, 4 March 2026\n\n"


def told(text: str, register: Register) -> set[tuple[str, str, str, str]]:
    """Give what a paper with this body says: act, value, role and polarity."""
    return {
        (one.act, one.date.value if one.date else "", one.date.role if one.date else "", one.polarity)
        for one in _read(text, register).facts
    }


def _read(text: str, register: Register) -> Reading:
    return read([("paper.txt", f"{HEAD}{text}\n".encode())], register)


@pytest.mark.parametrize(
    ("dressed", "plain"),
    [
        (
            "Agencies **shall not** buy Huawei routers from __1 May 2026__.",
            "Agencies shall not buy Huawei routers from 1 May 2026.",
        ),
        (
            "## Deadline\n\n- *All* Huawei routers must be _removed_ by `30 June 2027`.",
            "Deadline\n\n- All Huawei routers must be removed by 30 June 2027.",
        ),
        (
            "The minister will **not** extend the deadline for Huawei.",
            "The minister will not extend the deadline for Huawei.",
        ),
        (
            "See below.\n\n> From 1 May 2026 agencies shall not buy Huawei routers, and all routers\n> that they own and that are in use today must be gone by 30\n> June 2027 at the latest.",
            "See below.\n\nFrom 1 May 2026 agencies shall not buy Huawei routers, and all routers that they own and that are in use today must be gone by 30 June 2027 at the latest.",
        ),
        (
            "Sales of Huawei phones are banned from 30 Sep-\ntember 2026 on.",
            "Sales of Huawei phones are banned from 30 September 2026 on.",
        ),
    ],
)
def test_signs_that_dress_a_text_change_nothing(register: Register, dressed: str, plain: str) -> None:
    """Emphasis, headings, quoted lines and months broken over two lines are read as the same words without them."""
    assert told(dressed, register) == told(plain, register)
    assert told(plain, register)


def test_what_is_shown_is_what_is_written(register: Register) -> None:
    """The words of a date in a dressed text are an exact slice of it."""
    (one,) = (one for one in _read("Sales of Huawei are banned from 30 Sep-\ntember 2026.", register).facts if one.date)
    (paper,) = _read("Sales of Huawei are banned from 30 Sep-\ntember 2026.", register).documents
    assert one.date
    assert paper.text[one.date.span.start : one.date.span.end].endswith("30 Sep-\ntember 2026")


@pytest.mark.parametrize(
    "text",
    [
        "A post claims that sales of Huawei phones are banned from 15 March 2026. They aren't.",
        "Some readers believe that the ban on sales starts on 15 March 2026. That is not true.",
        "Myth: the ban on sales starts on 15 March 2026.",
    ],
)
def test_what_is_taken_back_is_denied(register: Register, text: str) -> None:
    """A claim that the next sentence takes back, or that is labelled as a myth, is no statement that it is so."""
    found = {polarity for act, value, _, polarity in told(text, register) if value == "2026-03-15"}
    assert found == {"denied"}


def test_a_claim_that_nobody_takes_back_stands(register: Register) -> None:
    """What others say is asserted, and so is what stands before a sentence that only goes on."""
    text = "A report says that sales of Huawei phones are banned from 15 March 2026. It does not name the shops."
    assert ("prohibit.sell", "2026-03-15", "from", "asserted") in told(text, register)


def test_a_short_sentence_with_a_day_is_no_head(register: Register) -> None:
    """The day of what a first short sentence tells is not taken for that of the paper."""
    reading = read(
        [("p.txt", b"Huawei ban\n\nThe ministry of trade banned Huawei equipment on 3 March 2026.\n")], register
    )
    assert reading.documents[0].published.value == ""


def test_a_buyer_is_not_the_supplier(register: Register) -> None:
    """What a paper on Huawei calls the Polish operator is not Huawei; the Chinese company is."""
    text = (
        "The order binds users of Huawei. The {} said on 3 March 2026 that routers will be replaced by the end of 2027."
    )
    for words, names in (("Polish operator", "Polish operator"), ("Chinese company", "Huawei")):
        said = {name for one in _read(text.format(words), register).facts if one.date for name in one.said_by}
        assert said == {names}


@given(st.text(alphabet="a*_`>#- \n\r\tSeptmbr30é“", max_size=60))
def test_a_plain_text_is_as_long_as_it_was(text: str) -> None:
    """Whatever is made plain, offsets stay what they are."""
    assert len(flat(text)) == len(text)
