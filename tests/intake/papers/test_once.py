# SPDX-License-Identifier: Apache-2.0
"""What is made of a lexicon is made once for each."""

from __future__ import annotations

from debar.intake.papers.once import once


def test_made_once_by_identity() -> None:
    """The same thing gives the same result; an equal one is another thing; only the last few are kept."""
    calls: list[list[int]] = []

    @once
    def made(thing: list[int]) -> int:
        calls.append(thing)
        return len(calls)

    first, equal = [1], [1]
    assert (made(first), made(first), made(equal), made(first)) == (1, 1, 2, 1)
    others = [[n] for n in range(4)]
    assert [made(one) for one in others] == [3, 4, 5, 6]
    assert made(first) == 7
