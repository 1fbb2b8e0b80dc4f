# SPDX-License-Identifier: Apache-2.0
"""Promises about what is held in memory: made once, however many ask, and no more than there is room for."""

from __future__ import annotations

import threading
import time

import pytest

from debar.portfolio.hand import Hand


def test_what_was_not_used_the_longest_makes_room() -> None:
    """The last used stay, and something that is larger than the room stays alone."""
    hand: Hand[int] = Hand(lambda one: one, 10)
    for key in (1, 4, 5):
        hand.get(key, lambda key=key: key)  # type: ignore[misc]
    assert hand.look(1) == 1
    hand.get(3, lambda: 3)
    assert (hand.look(4), hand.look(1), hand.look(5), hand.look(3)) == (None, 1, 5, 3)
    hand.get(99, lambda: 99)
    assert (hand.look(99), hand.look(3)) == (99, None)


def test_many_who_ask_at_once_make_it_once() -> None:
    """Whoever asks meanwhile waits for what is being made, and who asks for something else does not."""
    hand: Hand[str] = Hand(len, 100)
    made: list[str] = []

    def make() -> str:
        made.append("one")
        time.sleep(0.05)
        return "thing"

    asking = [threading.Thread(target=hand.get, args=("key", make)) for _ in range(8)]
    for one in asking:
        one.start()
    assert hand.get("other", lambda: "else") == "else"
    for one in asking:
        one.join()
    assert made == ["one"]


def test_what_could_not_be_made_is_made_again() -> None:
    """A fault is told to whoever asked, and the next one tries anew."""
    hand: Hand[str] = Hand(len, 100)

    def fail() -> str:
        raise ValueError

    with pytest.raises(ValueError):
        hand.get("key", fail)
    assert hand.get("key", lambda: "made") == "made"
