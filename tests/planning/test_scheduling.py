# SPDX-License-Identifier: Apache-2.0
"""Promises about days: no day has more visits than hands, and more hands make nothing later."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.planning.scheduling import Days, Piece, behind, least, schedule, simulate

VISITS = st.lists(st.sampled_from([1, 2]), max_size=60)


@given(visits=VISITS, capacity=st.integers(1, 9))
def test_no_day_has_more_visits_than_hands(visits: list[int], capacity: int) -> None:
    """However jobs are mixed, the visits of a day stay within the capacity, and no later day has more than an earlier one."""
    days = Counter(b + n for b, v in zip(schedule(visits, capacity), visits, strict=True) for n in range(v))
    used = [days[n] for n in range(max(days, default=0) + 1)]
    assert all(count <= capacity for count in used)
    assert used == sorted(used, reverse=True)


@given(visits=VISITS, capacity=st.integers(1, 9), more=st.integers(1, 5))
def test_more_hands_never_make_a_job_later(visits: list[int], capacity: int, more: int) -> None:
    """Each single job begins no later when there is more room."""
    few, many = schedule(visits, capacity), schedule(visits, capacity + more)
    assert all(later >= sooner for later, sooner in zip(few, many, strict=True))
    assert schedule(visits, None) == [0] * len(visits)


@given(visits=VISITS, capacity=st.integers(1, 9))
def test_the_order_is_kept(visits: list[int], capacity: int) -> None:
    """No job begins before one that stands before it, and none waits while there is room."""
    begins = schedule(visits, capacity)
    assert begins == sorted(begins)
    assert begins[:capacity] == [0] * len(begins[:capacity])


def test_only_working_days_count() -> None:
    """Weekends and days off are passed over, the first day as well."""
    off = frozenset({date(2024, 10, 14)})
    days = Days("2024-10-12", lambda year: off if year == 2024 else frozenset())
    assert ["2024-10-15", "2024-10-16", "2024-10-17", "2024-10-18", "2024-10-21"] == [days[n] for n in range(5)]
    assert "2024-10-14" == Days("2024-10-12", None)[0]


def test_what_is_late_is_counted_by_asset() -> None:
    """An asset is late once, by the earliest of its days; one without a day never is."""
    days = Days("2024-10-07", None)
    pieces = [
        Piece("a", 1, "2024-10-07"),
        Piece("b", 1, "2024-10-07"),
        Piece("b", 1, "2024-10-08"),
        Piece("c", 2, ""),
    ]
    found = simulate(pieces, 1, days)
    assert (1, 1, "2024-10-11") == (found.late, found.days_late, found.until)
    assert 0 == simulate(pieces, None, days).late


def test_no_visits_end_on_no_day() -> None:
    """A plan without visits has no last day, and needs no hands."""
    days = Days("2024-10-07", None)
    assert ("", 0) == (simulate([], 3, days).until, simulate([], 3, days).late)
    assert least([], days) is None


@given(
    dues=st.lists(st.integers(0, 8), min_size=1, max_size=30),
    visits=st.lists(st.sampled_from([1, 2]), min_size=30, max_size=30),
)
def test_the_least_capacity_is_the_least(dues: list[int], visits: list[int]) -> None:
    """It makes no more late than any number of hands would, and one less would make more late."""
    days = Days("2024-10-07", None)
    pieces = [Piece(f"pc-{n}", visits[n], days[due]) for n, due in enumerate(sorted(dues))]
    found = least(pieces, days)
    assert found is not None
    assert found.capacity is not None
    assert found.late == simulate(pieces, None, days).late
    assert found.capacity == 1 or simulate(pieces, found.capacity - 1, days).late > found.late


@pytest.mark.parametrize(("due", "done", "days"), [("2024-10-07", "2024-10-09", 2), ("2024-12-31", "2025-01-01", 1)])
def test_days_late_are_days_of_the_calendar(due: str, done: str, days: int) -> None:
    """Weekends count: the law does not wait for Monday."""
    assert days == behind(due, done)
