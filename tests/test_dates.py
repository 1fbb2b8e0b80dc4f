# SPDX-License-Identifier: Apache-2.0
"""Promises about instants in law."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from debar import dates

ZONES = sorted(available_timezones() - {"localtime"})
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2037, 12, 30))
INSTANTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2037, 12, 30),  # noqa: DTZ001 - hypothesis adds the zone
    timezones=st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
)
UNITS = st.sampled_from(["calendar-days", "business-days"])


def following(day: date) -> date:
    """Give the next day."""
    return day + timedelta(days=1)


@given(DAYS, st.sampled_from(ZONES))
@example(date(2024, 3, 10), "America/New_York")
@example(date(2024, 11, 3), "America/New_York")
@example(date(2024, 9, 8), "America/Santiago")  # midnight itself does not exist
@example(date(2018, 11, 4), "America/Sao_Paulo")
@example(date(2011, 12, 29), "Pacific/Apia")  # the next day does not exist
@example(date(2024, 4, 7), "Australia/Lord_Howe")  # half an hour
@example(date(2024, 7, 19), "Asia/Kolkata")
@example(date(2024, 7, 19), "Asia/Kathmandu")
def test_last_instant_of_a_day_precedes_the_first_of_the_next(day: date, zone: str) -> None:
    """A day ends before the next begins, in every zone and across every change of the clocks."""
    assert dates.ends(day.isoformat(), zone) < dates.begins(following(day).isoformat(), zone)


@pytest.mark.parametrize(
    ("day", "zone"),
    [
        ("2024-07-19", "America/New_York"),
        ("2024-03-10", "America/New_York"),
        ("2024-11-03", "America/New_York"),
        ("2024-07-19", "Asia/Kolkata"),
        ("2024-07-19", "Asia/Kathmandu"),
        ("2024-07-19", "Pacific/Chatham"),
    ],
)
def test_no_instant_lies_between_two_days(day: str, zone: str) -> None:
    """One microsecond after a day ends the next has begun."""
    tomorrow = following(date.fromisoformat(day)).isoformat()
    assert dates.begins(tomorrow, zone) == dates.ends(day, zone) + timedelta(microseconds=1)


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


@given(DAYS, st.sampled_from(ZONES))
def test_a_day_begins_before_it_ends(day: date, zone: str) -> None:
    """The first instant of a day is not after its last."""
    assert dates.begins(day.isoformat(), zone) <= dates.ends(day.isoformat(), zone)


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
    ],
)
def test_deadlines_count_from_the_day_after(after: str, amount: int, unit: str, expected: str) -> None:
    """The day of the event does not count, the last day counts whole, and years end in between."""
    assert dates.ends(expected, "America/New_York") == dates.due(after, amount, unit, "America/New_York")


@given(DAYS, st.integers(1, 400), st.sampled_from(ZONES))
def test_a_business_deadline_is_no_weekend(day: date, amount: int, zone: str) -> None:
    """A deadline in business days ends on a day from Monday to Friday, and holds that many of them."""
    last = dates.due(day.isoformat(), amount, "business-days", zone).astimezone(dates.zone(zone)).date()
    assert last.weekday() < 5
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert amount == sum(d.weekday() < 5 for d in between)


@given(DAYS, st.integers(0, 400), UNITS, st.sampled_from(ZONES))
def test_more_days_or_a_later_event_never_give_less_time(day: date, amount: int, unit: str, zone: str) -> None:
    """Deadlines grow with the amount and with the event's date."""
    due = dates.due(day.isoformat(), amount, unit, zone)
    assert due <= dates.due(day.isoformat(), amount + 1, unit, zone)
    assert due <= dates.due(following(day).isoformat(), amount, unit, zone)


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
