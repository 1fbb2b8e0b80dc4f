# SPDX-License-Identifier: Apache-2.0
"""What becomes of exposures over runs: nothing unseen is gone, and every count adds up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import kept
from debar.model.results import Course, Progress, Report
from debar.model.vocab import Looked, Medium, Presence, Status
from debar.store.course import Known, Seen, Sighting, courses, pace
from debar.store.lake import Kept
from debar.store.rows import looked_at, media_of, readers_of, run_of

FILES = (Kept("reports", "00" * 32, 1, 1),)


def seen(report: Report) -> Seen:
    """Give a report as the way of exposures takes it."""
    statuses = {id_: frozenset(p.status for p in held) for id_, held in report.positions.items()}
    readers = readers_of(report)
    met = {e.id: Sighting(False, statuses[e.id], media_of(e, readers)) for e in report.exposures}
    aside = {s.exposure.id: Sighting(True, frozenset(), media_of(s.exposure, readers)) for s in report.set_aside}
    return Seen(run_of(report, FILES, report.as_of), aside | met, looked_at(report))


def walked(*reports: Report) -> tuple[dict[str, Course], list[Progress]]:
    """Give what became of each asset's exposure, and the progress."""
    every = [e for r in reports for e in (*r.exposures, *(s.exposure for s in r.set_aside))]
    found, progress = courses([seen(report) for report in reports], {e.id: Known(e.asset, "Product") for e in every})
    return {course.asset: course for course in found}, progress


def test_gone_needs_a_look() -> None:
    """What a run does not meet is gone where it looked at the asset again, and not looked at where it did not."""
    found, progress = walked(kept.report("2024-06-25", "a", "b"), kept.report("2024-07-25", looked=["a"]))
    assert (found["a"].presence, found["a"].gone_since) == (Presence.GONE, "2024-07-25")
    assert (found["b"].presence, found["b"].gone_since) == (Presence.NOT_LOOKED_AT, None)
    assert (progress[1].gone, progress[1].not_looked_at, progress[1].remaining, progress[1].assets) == (1, 1, 1, 1)


@pytest.mark.parametrize("state", [state for state in Looked if state is not Looked.READ])
def test_a_look_that_is_not_whole_is_none(state: Looked) -> None:
    """Evidence with losses, stale, silent, unreadable, absent, or a log only looked through, lets nothing be gone."""
    found, _ = walked(kept.report("2024-06-25", "a"), kept.report("2024-07-25", looked=["a"], state=state))
    assert found["a"].presence is Presence.NOT_LOOKED_AT


def test_an_interrupted_run_lets_nothing_be_gone() -> None:
    """A run that was cut short has not looked, whatever its coverage says."""
    found, _ = walked(kept.report("2024-06-25", "a"), kept.report("2024-07-25", looked=["a"], is_cut=True))
    assert found["a"].presence is Presence.NOT_LOOKED_AT


def test_every_kind_of_evidence_has_to_be_looked_at_again() -> None:
    """What was met in an inventory and on the network is not gone when only the network was looked at."""
    both = (Medium.INVENTORY, Medium.NETWORK)
    found, _ = walked(
        kept.report("2024-06-25", "a", media=both), kept.report("2024-07-25", looked=["a"], media=[Medium.NETWORK])
    )
    assert found["a"].presence is Presence.NOT_LOOKED_AT
    found, _ = walked(kept.report("2024-06-25", "a", media=both), kept.report("2024-07-25", looked=["a"], media=both))
    assert found["a"].presence is Presence.GONE


@pytest.mark.parametrize("readers", [(), ("process-list",)])
def test_a_source_of_another_kind_is_no_second_look(readers: tuple[str, ...]) -> None:
    """A list of states of protection, or of processes, does not say that a program is not installed any more."""
    coverage = kept.looks({"a": [Medium.INVENTORY]}, readers=readers)
    second = kept.report("2024-07-25")
    second = replace(second, coverage=replace(second.coverage, assets=coverage))
    found, _ = walked(kept.report("2024-06-25", "a"), second)
    assert found["a"].presence is Presence.NOT_LOOKED_AT


def test_names_of_assets_are_compared_folded() -> None:
    """A host that is written in capitals in the second run is the same one."""
    found, _ = walked(kept.report("2024-06-25", "WS-1"), kept.report("2024-07-25", looked=["ws-1"]))
    assert found["WS-1"].presence is Presence.GONE


def test_what_comes_back_is_told_with_its_days() -> None:
    """First seen, last seen, gone since and came back are the days of the runs that say so."""
    found, progress = walked(
        kept.report("2024-06-01", "a"),
        kept.report("2024-07-01", looked=["a"]),
        kept.report("2024-08-01", "a"),
        kept.report("2024-09-01", looked=["a"]),
        kept.report("2024-10-01", looked=["a"]),
    )
    course = found["a"]
    assert (course.first_seen, course.last_seen, course.gone_since) == ("2024-06-01", "2024-08-01", "2024-09-01")
    assert course.came_back == ("2024-08-01",)
    assert [(p.new, p.came_back, p.gone) for p in progress] == [(1, 0, 0), (0, 0, 1), (0, 1, 0), (0, 0, 1), (0, 0, 0)]


def test_what_is_set_aside_does_not_remain() -> None:
    """An exposure that is set aside is no remaining one, and is not gone unless somebody looked."""
    found, progress = walked(
        kept.report("2024-06-01", aside=["a"]), kept.report("2024-07-01", looked=[]), kept.report("2024-08-01", "a")
    )
    assert [(p.new, p.restored, p.remaining, p.set_aside) for p in progress] == [
        (0, 0, 0, 1),
        (0, 0, 0, 0),
        (0, 1, 1, 0),
    ]
    assert found["a"].presence is Presence.OPEN
    found, progress = walked(kept.report("2024-06-01", aside=["a"]), kept.report("2024-07-01", looked=["a"]))
    assert (found["a"].presence, progress[1].gone) == (Presence.GONE, 0)


def test_what_binds_is_counted_apart() -> None:
    """Of the open ones those count as bound of which an act is prohibited or required."""
    _, [one] = walked(kept.report("2024-06-01", "a"))
    assert (one.open, one.bound) == (1, 1)
    _, [one] = walked(kept.report("2024-06-01", "a", status=Status.UNAVAILABLE))
    assert (one.open, one.bound) == (1, 0)


ASSETS = ("a", "b", "c", "d")
STATES = st.dictionaries(st.sampled_from(ASSETS), st.sampled_from(["met", "aside", "looked"]))


@given(st.lists(STATES, min_size=1, max_size=8))
def test_every_exposure_is_in_one_place(days: list[dict[str, str]]) -> None:
    """After each run remaining is open plus not looked at, and every move is told; each exposure met is counted once."""
    reports = [
        kept.report(
            (date(2024, 1, 1) + timedelta(days=number)).isoformat(),
            *[a for a, what in day.items() if what == "met"],
            aside=[a for a, what in day.items() if what == "aside"],
            looked=list(day),
        )
        for number, day in enumerate(days)
    ]
    found, progress = walked(*reports)
    presences = [course.presence for course in found.values()]
    assert all(p.remaining == p.open + p.not_looked_at for p in progress)
    before = 0
    for p in progress:
        assert p.remaining == before + p.new + p.came_back + p.restored - p.gone - p.put_aside
        before = p.remaining
    assert progress[-1].remaining == sum(p in (Presence.OPEN, Presence.NOT_LOOKED_AT) for p in presences)
    assert set(found) == {a for day in days for a, what in day.items() if what != "looked"}
    for asset, course in found.items():
        after = [day for day in days if asset in day]
        # Nothing is gone that the last run to look at it met, and all is gone that it did not meet.
        assert (course.presence is Presence.GONE) == (after[-1][asset] == "looked")
        assert course.first_seen <= course.last_seen <= (course.gone_since or "9999")


def progress_of(*points: tuple[str, int]) -> list[Progress]:
    """Give progress of which only day and remaining matter."""
    return [
        Progress(run="run", day=day, remaining=left, open=left, bound=0, assets=0, new=0, came_back=0, gone=0, set_aside=0, not_looked_at=0)
        for day, left in points
    ]  # fmt: skip


def test_the_pace_is_that_from_the_first_run_to_the_last() -> None:
    """Ten in ten days, five left: five more days, rounded up, compared with the deadline."""
    found = pace(progress_of(("2024-06-01", 15), ("2024-06-05", 40), ("2024-06-11", 5)), "2024-06-16")
    assert found
    assert (found.per_day, found.from_day, found.done_on, found.is_in_time) == (1.0, "2024-06-01", "2024-06-16", True)
    late = pace(progress_of(("2024-06-01", 15), ("2024-06-11", 5)), "2024-06-15")
    assert late
    assert late.is_in_time is False
    part = pace(progress_of(("2024-06-01", 6), ("2024-06-04", 4)), "")
    assert part
    assert (part.done_on, part.is_in_time) == ("2024-06-10", None)


def test_no_pace_where_the_runs_allow_none() -> None:
    """One day, nothing left, or nothing at all: no estimate; more than before: no day."""
    assert pace([], "") is None
    assert pace(progress_of(("2024-06-01", 5), ("2024-06-01", 3)), "") is None
    assert pace(progress_of(("2024-06-01", 5), ("2024-06-02", 0)), "") is None
    worse = pace(progress_of(("2024-06-01", 5), ("2024-06-02", 6)), "2024-09-01")
    assert worse
    assert (worse.per_day, worse.done_on, worse.is_in_time) == (-1.0, None, False)
    slow = pace(progress_of(("2024-01-01", 100_001), ("2024-12-31", 100_000)), "")
    assert slow
    assert slow.done_on is None
