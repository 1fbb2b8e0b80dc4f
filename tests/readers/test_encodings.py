# SPDX-License-Identifier: Apache-2.0
"""Promises of telling the encoding of a text from its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.readers import encodings

MANY = st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), min_size=10, max_size=40)
STRAY = st.sampled_from([bytes([value]) for value in range(0x80, 0x100)])


@given(MANY, MANY, STRAY)
def test_one_stray_byte_costs_one_character(before: str, after: str, stray: bytes) -> None:
    """UTF-8 text with one byte of another encoding in it keeps all its other characters."""
    read = encodings.to_text(before.encode() + stray + after.encode())
    assert (read.replace("\ufffd", "")) == (before + after).replace("\ufffd", "")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Für Müller über größere Änderungen, Straße und Öl: äöüßÄÖÜ\n", "cp1252"),
        ("a single é\n", "cp1252"),
    ],
    ids=["german", "one character"],
)
def test_eight_bit_text_stays_eight_bit(text: str, encoding: str) -> None:
    """Text in which hardly anything is UTF-8 is that of Windows."""
    assert encodings.to_text(text.encode(encoding)) == text


def test_text_of_both_is_the_one_that_prevails() -> None:
    """A line of another program in a log of UTF-8 does not spoil the rest; the other way round neither."""
    cyrillic, german = "Лаборатория".encode(), "Schön".encode("cp1252")
    assert encodings.detect(cyrillic + german) == "utf-8"
    assert encodings.detect(german * 5 + "é".encode()) == "cp1252"


@pytest.mark.parametrize("size", [1, 2, 3])
def test_character_cut_off_at_the_end_is_no_fault(size: int) -> None:
    """The head of a file ends anywhere, also within a character, whether or not another place is broken."""
    cut = "\U0001f600".encode()[:size]
    assert encodings.detect("Лаборатория".encode() + cut) == "utf-8"
    assert encodings.detect("Лаборатория".encode() + b"\xff " + cut) == "utf-8"
