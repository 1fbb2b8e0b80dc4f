# SPDX-License-Identifier: Apache-2.0
"""Promises about instants in law."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from debar import dates

ZONES = sorted(available_timezones() - {"localtime"})
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2037, 12, 30))
INSTANTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2037, 12, 30),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
)
UNITS = st.sampled_from(["calendar-days", "business-days", "months", "years"])


def local(when: datetime, zone: str) -> date:
    """Give the day that an instant lies on in a zone."""
    return when.astimezone(dates.zone(zone)).date()


def following(day: date) -> date:
    """Give the next day."""
    return day + timedelta(days=1)


MIDNIGHTS = [
    (date(2024, 3, 10), "America/New_York"),
    (date(2024, 11, 3), "America/New_York"),
    (date(2024, 9, 7), "America/Santiago"),  # the next midnight does not exist
    (date(2024, 9, 8), "America/Santiago"),
    (date(2024, 4, 6), "America/Santiago"),  # the last hour comes twice
    (date(2018, 2, 17), "America/Sao_Paulo"),
    (date(2018, 11, 4), "America/Sao_Paulo"),
    (date(2023, 10, 28), "Asia/Beirut"),
    (date(2024, 11, 2), "America/Havana"),  # the first hour of the next day comes twice
    (date(2024, 3, 30), "America/Scoresbysund"),  # the last hour does not exist
    (date(2011, 12, 29), "Pacific/Apia"),  # the next day does not exist
    (date(2024, 4, 7), "Australia/Lord_Howe"),  # half an hour
    (date(2024, 7, 19), "Asia/Kolkata"),
    (date(2024, 7, 19), "Asia/Kathmandu"),
    (date(2024, 7, 19), "Pacific/Chatham"),
]
"""Days about whose ends a clock may be wrong."""


@pytest.mark.parametrize(("day", "zone"), MIDNIGHTS)
def test_the_last_instant_of_a_day_is_its_last(day: date, zone: str) -> None:
    """It lies on the day, and the instant after it lies on a later one, however the clocks are changed."""
    last = dates.ends(day.isoformat(), zone)
    assert day == local(last, zone)
    assert day < local(last + timedelta(microseconds=1), zone)


@settings(max_examples=300)
@given(DAYS, st.sampled_from(ZONES))
def test_no_instant_lies_between_two_days_and_none_on_both(day: date, zone: str) -> None:
    """One microsecond after a day ends the next has begun, in every zone and across every change of the clocks."""
    assert dates.begins(following(day).isoformat(), zone) == dates.ends(day.isoformat(), zone) + timedelta(
        microseconds=1
    )


@settings(max_examples=300)
@given(DAYS, st.sampled_from(ZONES))
def test_a_day_holds_the_instants_of_its_clock(day: date, zone: str) -> None:
    """First and last instant lie on the day, and noon between them; a day that was left out has none."""
    noon = datetime.combine(day, datetime.min.time().replace(hour=12), dates.zone(zone))
    assume(noon.astimezone(UTC).astimezone(dates.zone(zone)).date() == day)
    first, last = dates.begins(day.isoformat(), zone), dates.ends(day.isoformat(), zone)
    assert first < noon < last
    assert (day, day) == (local(first, zone), local(last, zone))


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2024-07-20", "America/New_York", "2024-07-20T04:00:00Z"),
        ("2024-01-20", "America/New_York", "2024-01-20T05:00:00Z"),
        ("2024-07-20", "Asia/Kolkata", "2024-07-19T18:30:00Z"),
        ("2024-07-20", "Asia/Kathmandu", "2024-07-19T18:15:00Z"),
        ("2024-07-20T00:00-04:00", "Europe/Berlin", "2024-07-20T04:00:00Z"),
        ("2024-07-20T04:00Z", "Europe/Berlin", "2024-07-20T04:00:00Z"),
    ],
)
def test_a_day_begins_at_midnight_where_the_authority_sits(text: str, zone: str, expected: str) -> None:
    """A bare date takes the authority's zone, an instant keeps its own."""
    assert expected == dates.stamp(dates.begins(text, zone))


@given(INSTANTS, st.sampled_from(ZONES))
def test_an_instant_begins_and_ends_at_itself(moment: datetime, zone: str) -> None:
    """Somebody who states the instant means no other, wherever the authority sits."""
    text = moment.isoformat()
    assert moment == dates.begins(text, zone) == dates.ends(text, zone)


@given(INSTANTS)
def test_stamp_keeps_the_instant(moment: datetime) -> None:
    """What is written can be read again and means the same, and is written the same again."""
    text = dates.stamp(moment)
    assert text.endswith("Z")
    assert moment == dates.parse(text) == dates.key(text)
    assert text == dates.stamp(dates.key(text))


@given(DAYS)
def test_a_date_is_read_as_a_date(day: date) -> None:
    """A bare date stays a date: its zone is not known here."""
    assert dates.is_date(day.isoformat())
    assert day == dates.parse(day.isoformat())
    assert type(dates.parse(day.isoformat())) is date


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2037, 1, 1)))  # noqa: DTZ001 - none is the point
def test_a_time_without_zone_is_refused(moment: datetime) -> None:
    """A time that could mean two instants is refused, with what to write instead."""
    with pytest.raises(ValueError, match="no zone"):
        dates.parse(moment.isoformat())


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13-01", "2024-02-30", "20.07.2024", "07/20/2024", "2024-7-20", " 2024-07-20"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """Anything but an ISO date or instant is an error."""
    with pytest.raises(ValueError, match=r"\S"):
        dates.parse(text)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "America"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    """A zone that is not in the IANA database is a ValueError, whatever it looks like."""
    with pytest.raises(ValueError, match=r"\S"):
        dates.zone(name)


@pytest.mark.parametrize(
    ("after", "amount", "unit", "expected"),
    [
        ("2017-09-13", 30, "calendar-days", "2017-10-13"),
        ("2017-09-13", 90, "calendar-days", "2017-12-12"),
        ("2024-12-20", 14, "calendar-days", "2025-01-03"),
        ("2024-02-28", 1, "calendar-days", "2024-02-29"),
        ("2024-12-31", 1, "business-days", "2025-01-01"),
        ("2024-12-30", 3, "business-days", "2025-01-02"),
        ("2024-07-19", 1, "business-days", "2024-07-22"),
        ("2024-07-20", 1, "business-days", "2024-07-22"),
        ("2024-07-18", 10, "business-days", "2024-08-01"),
        ("2024-07-20T03:30Z", 1, "calendar-days", "2024-07-20"),
        ("2024-07-20T04:00Z", 1, "calendar-days", "2024-07-21"),
        ("2024-01-15", 1, "months", "2024-02-15"),
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2023-01-31", 1, "months", "2023-02-28"),
        ("2024-10-31", 4, "months", "2025-02-28"),
        ("2024-12-31", 1, "months", "2025-01-31"),
        ("2024-02-29", 12, "months", "2025-02-28"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2024-02-29", 4, "years", "2028-02-29"),
        ("2024-10-01", 10, "years", "2034-10-01"),
        ("2024-07-20T03:30Z", 1, "months", "2024-08-19"),
        ("2024-07-20", 0, "months", "2024-07-20"),
        ("2024-07-20", 0, "business-days", "2024-07-20"),
    ],
)
def test_deadlines_count_from_the_day_after(after: str, amount: int, unit: str, expected: str) -> None:
    """The day of the event does not count, the last day counts whole; a month without the day ends on its last one."""
    assert dates.ends(expected, "America/New_York") == dates.due(after, amount, unit, "America/New_York")


def test_a_deadline_ends_with_its_day_where_clocks_go_back_at_midnight() -> None:
    """The second of two last hours still belongs to it."""
    due = dates.due("2018-02-16", 1, "calendar-days", "America/Sao_Paulo")
    assert "2018-02-18T02:59:59.999999Z" == dates.stamp(due)


@st.composite
def holidays(draw: st.DrawFn, around: date) -> frozenset[date]:
    """Give days off in the two years around a day, sometimes many in a row."""
    days = draw(st.lists(st.integers(0, 730), max_size=60))
    row = draw(st.integers(0, 20))
    return frozenset(around + timedelta(days=n) for n in (*days, *range(row)))


@given(st.data(), DAYS, st.integers(1, 300), st.sampled_from(ZONES))
def test_a_business_deadline_is_no_weekend_and_no_holiday(
    data: st.DataObject, day: date, amount: int, zone: str
) -> None:
    """It ends on a working day, and holds exactly that many of them: as counted one by one."""
    off = data.draw(holidays(day))
    by_year = lambda year: frozenset(one for one in off if one.year == year)
    last = local(dates.due(day.isoformat(), amount, "business-days", zone, by_year), zone)
    assert last.weekday() < 5
    assert last not in off
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert amount == sum(d.weekday() < 5 and d not in off for d in between)


@given(st.data(), DAYS, st.integers(0, 200), UNITS, st.sampled_from(ZONES))
def test_more_days_or_a_later_event_never_give_less_time(
    data: st.DataObject, day: date, amount: int, unit: str, zone: str
) -> None:
    """Deadlines grow with the amount, with the event's date, and with the days off."""
    off = data.draw(holidays(day))
    by_year = lambda year: frozenset(one for one in off if one.year == year)
    due = dates.due(day.isoformat(), amount, unit, zone, by_year)
    assert due <= dates.due(day.isoformat(), amount + 1, unit, zone, by_year)
    assert due <= dates.due(following(day).isoformat(), amount, unit, zone, by_year)
    assert dates.due(day.isoformat(), amount, unit, zone) <= due


@given(DAYS, st.integers(0, 60))
def test_months_keep_the_day_where_they_have_it(day: date, amount: int) -> None:
    """The month is that many on; the day is the same or, where there is none, the last."""
    due = local(dates.due(day.isoformat(), amount, "months", "UTC"), "UTC")
    assert amount == (due.year - day.year) * 12 + due.month - day.month
    assert min(day.day, monthrange(due.year, due.month)[1]) == due.day


@given(DAYS, st.integers(0, 30))
def test_a_year_is_twelve_months(day: date, amount: int) -> None:
    """Years and months count alike, leap days among them."""
    years = dates.due(day.isoformat(), amount, "years", "UTC")
    assert years == dates.due(day.isoformat(), 12 * amount, "months", "UTC")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20230713", "2023-07-13"),
        ("2023-07-13", "2023-07-13"),
        ("2023-07-13T10:00:00Z", "2023-07-13T10:00:00Z"),
        ("2023-07-13T10:00:00+02:00", "2023-07-13T08:00:00Z"),
        ("2023-07-13 10:00:00", "2023-07-13T10:00:00"),
        ("2023-07-13T10:00:00.5Z", "2023-07-13T10:00:00.500000Z"),
        ("", ""),
        ("13.07.2023", ""),
        ("7/13/2023", ""),
        ("20231345", ""),
        ("unknown", ""),
    ],
)
def test_a_sighting_has_the_time_its_source_gives(text: str, expected: str) -> None:
    """Dates, compact dates and instants are understood; anything else gives no time."""
    assert expected == dates.seen(text)


@given(st.datetimes(min_value=datetime(1000, 1, 1)))  # noqa: DTZ001 - none is the point
def test_a_sighting_without_zone_stays_without(moment: datetime) -> None:
    """No zone is guessed for evidence."""
    seen = dates.seen(moment.isoformat())
    assert moment == datetime.fromisoformat(seen)


@given(st.text(max_size=40))
def test_a_sighting_never_fails(text: str) -> None:
    """Whatever stands in the field, the answer is empty or a time."""
    seen = dates.seen(text)
    assert not seen or re.match(r"\d{4}-\d\d-\d\d", seen)


def test_now_is_the_last_quarter_of_an_hour() -> None:
    """The present is rounded down to a quarter hour in UTC, so that two runs agree."""
    now = dates.key(dates.now())
    assert timedelta(0) <= datetime.now(UTC) - now < timedelta(minutes=16)
    assert (0, 0, 0) == (now.minute % 15, now.second, now.microsecond)
    assert dates.now().endswith("Z")
