# SPDX-License-Identifier: Apache-2.0
"""How often something may be tried: counted across processes, with locks that grow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.errors import LimitError
from debar.portfolio import databases, limits
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        """Begin at some time."""
        self.now = 1_000_000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give an empty portfolio."""
    with databases.opened(place(str(tmp_path)), makes=True) as found:
        yield found


def after(portfolio: Portfolio, clock: Clock) -> int:
    """Make an attempt, and give for how long it is refused; 0 if it is not."""
    try:
        limits.attempted(portfolio, "ann", clock)
    except LimitError as e:
        return e.after
    return 0


def test_the_lock_grows_with_each_failure(portfolio: Portfolio) -> None:
    """A minute after the tenth failure, two after the next, an hour at most; a day later nobody remembers."""
    clock, locks = Clock(), []
    for _ in range(limits.FAILURES):
        assert after(portfolio, clock) == 0
    for _ in range(8):
        locks.append(after(portfolio, clock) - 1)
        clock.now += locks[-1] - 2
        assert after(portfolio, clock) == 3
        clock.now += 2
        assert after(portfolio, clock) == 0
    assert locks == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    clock.now += 24 * 3600 + 1
    assert after(portfolio, clock) == 0
    assert after(portfolio, clock) == 0


def test_failures_count_for_a_quarter_of_an_hour(portfolio: Portfolio) -> None:
    """Nine now and nine after the window lock nobody; what is forgotten counts no longer."""
    clock = Clock()
    for _ in range(3):
        for _ in range(limits.FAILURES - 1):
            assert after(portfolio, clock) == 0
        clock.now += limits.WINDOW
    for _ in range(limits.FAILURES - 1):
        assert after(portfolio, clock) == 0
    limits.forgotten(portfolio, "ann")
    for _ in range(limits.FAILURES):
        assert after(portfolio, clock) == 0
    assert after(portfolio, clock)


def test_one_account_locks_no_other(portfolio: Portfolio) -> None:
    """What is counted is counted by name, and uses are no attempts to sign in."""
    clock = Clock()
    for _ in range(limits.FAILURES):
        limits.attempted(portfolio, "ben", clock)
    assert after(portfolio, clock) == 0
    limits.counted(portfolio, "ben", 1, 60, clock)


def test_a_use_is_counted_in_its_window(portfolio: Portfolio) -> None:
    """So many in so many seconds, then the wait is told; afterwards as many again."""
    clock = Clock()
    for _ in range(2):
        for _ in range(3):
            limits.counted(portfolio, "push", 3, 60, clock)
        clock.now += 20
        with pytest.raises(LimitError) as told:
            limits.counted(portfolio, "push", 3, 60, clock)
        assert told.value.after == 41
        clock.now += 40


def test_what_is_old_is_swept(portfolio: Portfolio) -> None:
    """Names that somebody made up do not fill the database."""
    clock = Clock()
    for number in range(5):
        limits.attempted(portfolio, f"{number}", clock)
    assert limits.swept(portfolio, clock) == 0
    clock.now += 24 * 3600 + 1
    assert limits.swept(portfolio, clock) == 5
