# SPDX-License-Identifier: Apache-2.0
"""Promises of the search for literals."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.readers.binary import literals, pieces

WANTED = ("HCNetSDK", "Sentinel Engine")


def found(data: bytes, wanted: tuple[str, ...] = WANTED, block: int = pieces.SWEEP) -> list[tuple[int, str]]:
    """Give what a search finds in a file that goes by in blocks."""
    search = literals.Search(wanted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "SWEEP", block)
        for at, part in pieces.Pieces(io.BytesIO(data)).sweep(search.margin):
            search.look(part, at)
    return search.places()


def test_literals_are_found_in_bytes_and_in_wide_characters() -> None:
    """Programs keep texts in eight or sixteen bits a letter; each literal is told once, where it stands first."""
    data = b"..HCNetSDK..HCNetSDK" + "Sentinel Engine".encode("utf-16-le")
    assert found(data) == [(2, "HCNetSDK"), (20, "Sentinel Engine")]


def test_border_between_blocks_hides_nothing() -> None:
    """Whatever the blocks that a file is read in, the place is the same; even byte by byte."""
    data = b"\0" * 50 + "Sentinel Engine".encode("utf-16-le") + b"\0" * 50
    assert {tuple(found(data, block=size)) for size in range(1, len(data) + 1)} == {((50, "Sentinel Engine"),)}


@given(
    parts=st.lists(
        st.sampled_from([b"abab", b"a\0b\0", b"\0", b"x", "ababa".encode("utf-16-le"), b"baba"]), max_size=9
    ),
    block=st.integers(1, 40),
)
def test_search_finds_what_looking_everywhere_finds(parts: list[bytes], block: int) -> None:
    """The first place of each literal in either spelling is that of a plain search, whatever the blocks."""
    data, wanted = b"".join(parts), ("abab", "baba", "ababa")
    places = {
        one: min((at for code in ("utf-8", "utf-16-le") if (at := data.find(one.encode(code))) >= 0), default=-1)
        for one in wanted
    }
    assert found(data, wanted, block) == sorted((at, one) for one, at in places.items() if at >= 0)


def test_letters_and_signs_are_taken_as_written() -> None:
    """A literal is no expression, and its case counts."""
    assert found(b"aXbbb hcnetsdk", ("a.b*", "HCNetSDK")) == []
    assert found(b"..a.b*", ("a.b*",)) == [(2, "a.b*")]


def test_short_literals_are_not_looked_for() -> None:
    """Three letters stand in every file by chance."""
    assert found(b"SDK", ("SDK",)) == []


def test_file_that_became_shorter_is_told() -> None:
    """A file that ends earlier than when it was opened is no file without literals."""
    file = io.BytesIO(b"HCNetSDK" * 9)
    opened = pieces.Pieces(file)
    file.truncate(20)
    with pytest.raises(SourceError, match="became shorter") as caught:
        list(opened.sweep())
    assert caught.value.locator == "byte 20"
