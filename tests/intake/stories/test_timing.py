# SPDX-License-Identifier: Apache-2.0
"""Promises of boundaries, dates and aspects: which days are rivals, and which are not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.intake.stories.bounds import aspects, boundaries
from debar.intake.stories.timing import dates
from debar.intake.stories.weighed import weigh
from debar.model.intake import Span
from debar.model.lexicon import Words
from debar.model.vocab.statements import DateBasis, Precision, Severity
from storied import examined, paper, stated

if TYPE_CHECKING:
    from debar.intake.stories.weighed import Weighed
    from debar.model.intake import Conflict, Statement

SCOPES = (
    Words(id="core", purpose="scope", means="network:core", words=("core",)),
    Words(id="access", purpose="scope", means="network:access", words=("access",)),
)


def weighed(*statements: Statement, texts: dict[str, str] | None = None, on: dict[str, str] | None = None) -> tuple[Weighed, ...]:  # fmt: skip
    papers = [
        examined(paper(name, (texts or {}).get(name, ""), (on or {}).get(name, "")))
        for name in sorted({one.document for one in statements})
    ]
    return weigh(statements, papers, SCOPES)


def readings(conflict: Conflict) -> dict[str, set[str]]:
    return {value.value: {fact.split("-")[0] for fact in value.facts} for value in conflict.values}


def test_from_and_after_one_day_are_a_boundary() -> None:
    """One day less or more of a ban is material, and its two readings are told with their papers."""
    (found,) = boundaries(weighed(stated("prohibit.sell", "from 2024-07-20", "a"), stated("prohibit.sell", "after 2024-07-20", "b")))  # fmt: skip
    assert readings(found) == {"from 2024-07-20": {"a"}, "after 2024-07-20": {"b"}}
    assert found.severity is Severity.MATERIAL
    assert found.topic == "boundary of sales"


def test_from_a_day_and_after_the_day_before_are_one() -> None:
    """From D on and after D-1 are the same rule in other words: neither a boundary nor a date."""
    said = weighed(stated("prohibit.sell", "from 2024-07-20", "a"), stated("prohibit.sell", "after 2024-07-19", "b"))
    assert list(boundaries(said)) == []
    assert list(dates(said)) == []


def test_a_paper_can_contradict_itself_at_a_boundary() -> None:
    """From and after in one text are a boundary too: nobody can act on both."""
    (found,) = boundaries(weighed(stated("prohibit.sell", "from 2024-07-20", "a"), stated("prohibit.sell", "after 2024-07-20", "a")))  # fmt: skip
    assert len(found.values) == 2


def test_a_permission_until_a_day_is_the_other_side_of_the_ban() -> None:
    """Updates that are allowed until a day and banned from it on leave open what holds on that day."""
    (found,) = boundaries(weighed(stated("permit.update", "until 2024-09-29", "a"), stated("prohibit.update", "from 2024-09-29", "b")))  # fmt: skip
    assert readings(found) == {"allowed until 2024-09-29": {"a"}, "from 2024-09-29": {"b"}}


def test_a_permission_until_a_day_agrees_with_a_ban_after_it() -> None:
    """Allowed until D and banned after D are one rule."""
    said = weighed(stated("permit.update", "until 2024-09-29", "a"), stated("prohibit.update", "after 2024-09-29", "b"))
    assert list(boundaries(said)) == []


def test_what_takes_effect_as_a_whole_has_a_boundary_with_its_acts() -> None:
    """A law that takes effect on a day, and a ban that begins after it, are a boundary."""
    (found,) = boundaries(weighed(stated("effective", "from 2025-05-01", "a"), stated("prohibit.use", "from 2025-05-01", "c"), stated("prohibit.use", "after 2025-05-01", "b")))  # fmt: skip
    assert readings(found) == {"from 2025-05-01": {"a", "c"}, "after 2025-05-01": {"b"}}


def test_a_boundary_of_a_year_is_minor() -> None:
    """From 2026 and after 31 December 2026 differ, but nobody goes by a year to the day."""
    (found,) = boundaries(weighed(stated("prohibit.use", "from 2026", "a"), stated("prohibit.use", "after 2026-12-31", "b")))  # fmt: skip
    assert found.severity is Severity.MINOR


def test_one_day_off_in_another_role_is_a_boundary() -> None:
    """Allowed until 30 June, and banned after 1 July: the two say something else of 1 July only."""
    said = weighed(stated("permit.update", "until 2026-06-30", "a"), stated("prohibit.update", "after 2026-07-01", "b"))
    assert len(list(boundaries(said))) == 1
    assert list(dates(said)) == []


def test_on_a_day_and_from_the_next_are_dates() -> None:
    """From the 3rd and on the 4th are two accounts of the first day, and not two wordings of one."""
    said = weighed(stated("prohibit.sell", "from 2024-04-03", "a"), stated("prohibit.sell", "on 2024-04-04", "b"))
    assert list(boundaries(said)) == []
    assert len(list(dates(said))) == 1


def test_by_and_until_and_on_a_last_day_are_one() -> None:
    """A deadline on a day, by it, or until it is the same deadline."""
    said = weighed(*(stated("require.remove", f"{role} 2026-05-01", name) for role, name in (("on", "a"), ("by", "b"), ("until", "c"))))  # fmt: skip
    assert [*boundaries(said), *dates(said)] == []


def test_other_days_of_one_act_are_a_conflict() -> None:
    """A day apart is a day apart, and material for whoever must act by it."""
    said = weighed(stated("supplier.exit", "by 2025-10-25", "a"), stated("supplier.exit", "by 2025-10-26", "b"))
    (found,) = dates(said)
    assert readings(found) == {"by 2025-10-25": {"a"}, "by 2025-10-26": {"b"}}
    assert found.severity is Severity.MATERIAL


def test_a_month_agrees_with_each_of_its_days() -> None:
    """June and 20 June are no conflict: one is only less exact."""
    assert list(dates(weighed(stated("announce", "on 2024-06", "a"), stated("announce", "on 2024-06-20", "b")))) == []


def test_days_of_announcement_are_a_minor_conflict_with_those_that_leave_it_open() -> None:
    """Nobody acts by the day of an announcement; a month that fits is shown with the readings."""
    (found,) = dates(weighed(stated("announce", "on 2025-06-27", "a"), stated("announce", "on 2025-06-28", "b"), stated("announce", "on 2025-06", "c")))  # fmt: skip
    assert found.severity is Severity.MINOR
    assert set(readings(found)) == {"on 2025-06-27", "on 2025-06-28", "on 2025-06"}


def test_a_paper_that_gives_both_days_gives_stages() -> None:
    """Who knows of two days contradicts nobody; who knows of one or the other only do, and the first is shown on both sides."""
    said = weighed(
        stated("require.remove", "by 2026-12-31", "a"),
        stated("require.remove", "by 2029-12-31", "a"),
        stated("require.remove", "by 2029-12-31", "b"),
        stated("require.remove", "by 2026-12-31", "c"),
    )
    assert [readings(one) for one in dates(said)] == [{"by 2026-12-31": {"a", "c"}, "by 2029-12-31": {"a", "b"}}]
    assert list(dates(said[:3])) == []


def test_days_of_different_things_are_no_rivals() -> None:
    """The core network by 2026 and the access network by 2029 are two duties."""
    said = weighed(
        stated("require.remove", "by 2026-12-31", "a", part="core network"),
        stated("require.remove", "by 2029-12-31", "b", part="access network"),
    )
    assert list(dates(said)) == []


def test_steps_of_making_are_no_rivals() -> None:
    """Adopted, signed and printed on three days is how laws come about; signed on two is a conflict."""
    steps = {"a": "parliament adopted it", "b": "the president signed it", "c": "published in the gazette"}
    said = [stated("issue", f"on 2024-11-{day}", name) for day, name in ((12, "a"), (15, "b"), (21, "c"))]
    spans = [replace(one, span=Span(0, 40)) for one in said]
    assert list(dates(weighed(*spans, texts=steps))) == []
    twice = dict.fromkeys("abc", "the president signed it")
    (found,) = dates(weighed(*spans, texts=twice))
    assert found.topic == "date of the instrument itself (signed)"


def test_far_events_are_other_events() -> None:
    """Two announcements of a month apart are two announcements."""
    assert list(dates(weighed(stated("announce", "on 2025-04-03", "a"), stated("announce", "on 2025-05-23", "b")))) == []  # fmt: skip


def test_a_deadline_that_was_moved_between_papers_is_no_conflict() -> None:
    """What was right when it was written is contradicted by nobody who writes after the extension."""
    early, late = stated("require.remove", "by 2024-10-09", "a"), stated("require.remove", "by 2025-04-09", "b")
    on = {"a": "2024-06-01", "b": "2025-01-10", "c": "2024-10-20"}
    moved = stated("extend", "on 2024-10-08", "c")
    assert list(dates(weighed(early, late, moved, on=on))) == []
    assert len(list(dates(weighed(early, late, on=on)))) == 1


def test_deadlines_without_an_act_are_rivals_only_if_they_are_near() -> None:
    """A measure can have many deadlines, so that two far ones are rather two."""
    near = weighed(stated("comply_deadline", "by 2025-04-09", "a"), stated("comply_deadline", "by 2025-04-10", "b"))
    assert len(list(dates(near))) == 1
    far = weighed(stated("comply_deadline", "by 2024-10-09", "a"), stated("comply_deadline", "by 2025-04-09", "b"))
    assert list(dates(far)) == []


def test_a_year_and_the_day_after_it_are_neither_boundary_nor_date() -> None:
    """In 2024 and by 1 January 2025 are one deadline, told by who counts in years and who counts in days."""
    said = weighed(stated("require.remove", "on 2024", "a"), stated("require.remove", "by 2025-01-01", "b"))
    assert [*boundaries(said), *dates(said)] == []


def test_days_counted_in_weeks_are_rough() -> None:
    """Five weeks, counted from an order, are no rival of the day that another paper gives, unless they are far off."""
    day = stated("require.remove", "by 2025-04-01", "a")
    counted = stated("require.remove", "by 2025-03-28", "b")
    assert counted.date is not None
    rough = replace(counted, date=replace(counted.date, text="within five weeks", basis=DateBasis.EVENT))
    assert list(dates(weighed(day, rough))) == []
    assert len(list(dates(weighed(day, counted)))) == 1
    assert len(list(dates(weighed(stated("require.remove", "by 2025-05-01", "a"), rough)))) == 1


def test_a_deadline_without_an_act_is_held_against_the_duty_that_others_name() -> None:
    """Comply by the 23rd, and leave by the 25th, are rival days of one order."""
    said = weighed(stated("comply_deadline", "by 2025-10-23", "a"), stated("supplier.exit", "by 2025-10-25", "b"))
    (found,) = dates(said)
    assert found.topic == "date of the supplier's exit"
    far = weighed(stated("comply_deadline", "by 2025-10-23", "a"), stated("supplier.exit", "by 2026-10-25", "b"))
    assert list(dates(far)) == []


def test_the_whole_and_an_act_a_few_days_apart_are_a_conflict() -> None:
    """The ban since Saturday, and the downloads stopped since Monday, are two accounts of one onset."""
    said = weighed(stated("prohibit", "from 2025-02-17", "a"), stated("prohibit.provide", "from 2025-02-15", "b"))
    (found,) = dates(said)
    assert readings(found) == {"from 2025-02-15": {"b"}, "from 2025-02-17": {"a"}}
    denied = weighed(stated("prohibit", "from 2025-02-17", "a", polarity="denied"), stated("prohibit.provide", "from 2025-02-15", "b"))  # fmt: skip
    assert list(dates(denied)) == []
    stage = weighed(stated("effective", "from 2025-02-17", "a"), stated("prohibit.provide", "from 2025-04-15", "b"))
    assert list(dates(stage)) == []


def test_a_denied_day_is_no_day() -> None:
    """Who says that it does not begin on a day gives no day."""
    said = weighed(stated("prohibit.sell", "from 2024-07-20", "a"), stated("prohibit.sell", "after 2024-07-20", "b", polarity="denied"))  # fmt: skip
    assert [*boundaries(said), *dates(said)] == []


def test_a_start_here_and_an_end_there_are_an_aspect() -> None:
    """Whether a wind-down starts or operations cease on a day is another thing to plan for."""
    (found,) = aspects(weighed(stated("supplier.exit", "from 2024-07-20", "a"), stated("supplier.exit", "on 2024-07-20", "b")))  # fmt: skip
    assert readings(found) == {"starts 2024-07-20": {"a"}, "is over 2024-07-20": {"b"}}
    assert found.severity is Severity.MATERIAL


def test_a_start_and_an_end_on_other_days_are_none() -> None:
    """A wind-down that starts in July and is over in September is one account."""
    assert list(aspects(weighed(stated("supplier.exit", "from 2024-07-20", "a"), stated("supplier.exit", "by 2024-09-20", "b")))) == []  # fmt: skip


def first_hour(act: str, role: str, day: int, hour: int | None) -> int:
    """Give the first hour, counted from day 0, at which something is banned; by the calendar alone, as an oracle."""
    if hour is not None:
        return 24 * day + hour
    ends_with_it = role == "after" or (act.startswith("permit") and role == "until")
    return 24 * (day + 1) if ends_with_it else 24 * day


SAYINGS = [
    ("prohibit.update", "from"),
    ("prohibit.update", "on"),
    ("prohibit.update", "after"),
    ("permit.update", "until"),
    ("permit.update", "before"),
]
SAYING = st.tuples(st.sampled_from(SAYINGS), st.integers(0, 5), st.sampled_from([None, None, 0]))


@given(one=SAYING, other=SAYING)
def test_only_what_differs_by_an_hour_is_a_conflict(
    one: tuple[tuple[str, str], int, int | None], other: tuple[tuple[str, str], int, int | None]
) -> None:
    """Until D and from D+1, before D and from D, after D and until D, and one instant from both sides are one boundary.

    Whatever else two papers say of days near each other is a boundary or another date, and is told once.
    """
    made, hours = [], []
    for name, ((act, role), day, hour) in (("a", one), ("b", other)):
        when = (date(2024, 9, 27) + timedelta(days=day)).isoformat()
        said = stated(act, f"{role} {when}", name)
        if hour is not None and said.date:
            value = f"{when}T{hour:02}:00-04:00"
            said = replace(said, date=replace(said.date, value=value, precision=Precision.INSTANT))
        made.append(said)
        hours.append(first_hour(act, role, day, hour))
    told = weighed(*made)
    assert len([*boundaries(told), *dates(told)]) == (hours[0] != hours[1])


@pytest.mark.parametrize(
    ("clock", "count"), [("00:00", 0), ("midnight", 0), ("", 1)], ids=["begins", "either", "the whole day"]
)
def test_an_hour_without_a_zone_tells_the_side_of_midnight(clock: str, count: int) -> None:
    """Allowed until 00:00 of a day and banned from that day on are one; until the day itself leaves that day open."""
    until = stated("permit.update", "until 2024-09-29", "a")
    assert until.date
    until = replace(until, date=replace(until.date, clock=clock))
    said = weighed(until, stated("prohibit.update", "from 2024-09-29", "b"))
    assert len(list(boundaries(said))) == count


def test_a_time_is_extended_to_one_day_only() -> None:
    """Two papers that give other new ends of one time disagree, whichever way they word it; the day of it is no end."""
    said = weighed(stated("extend", "until 2025-09-17", "a"), stated("extend", "until 2025-09-27", "b"))
    assert len(list(dates(said))) == 1
    said = weighed(stated("extend", "until 2025-09-17", "a"), stated("extend", "on 2025-06-20", "b"))
    assert list(dates(said)) == []


def test_years_that_touch_are_two_years() -> None:
    """By 2025 and by 2026 are two deadlines, though New Year's Day may be meant by either."""
    said = weighed(stated("require.remove", "by 2025", "a"), stated("require.remove", "by 2026", "b"))
    assert len(list(dates(said))) == 1
