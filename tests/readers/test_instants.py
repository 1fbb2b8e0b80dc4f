# SPDX-License-Identifier: Apache-2.0
"""Promises of moments and days as files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar import dates
from debar.readers import instants
from debar.readers.instants import instant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1795354697", "2026-11-22T13:38:17Z"),
        ("1580740555.461", "2020-02-03T14:35:55.461Z"),
        ("1695111970000", "2023-09-19T08:26:10Z"),
        ("1694176357211540851", "2023-09-08T12:32:37.211540Z"),
        ("2021-04-16 13:07:22", "2021-04-16T13:07:22"),
        ("2021-04-16T13:07:22.123456789+02:00", "2021-04-16T13:07:22.123456+02:00"),
        ("2023-09-08 14:32:36 +0200", "2023-09-08T14:32:36+02:00"),
        ("2016-06-16 17:21:40 UTC", "2016-06-16T17:21:40Z"),
        ("2024/12/2 15:51:54", "2024-12-02T15:51:54"),
        ("10/Oct/2000:13:55:36 -0700", "2000-10-10T13:55:36-07:00"),
        ("22-Nov-2026 13:40:00.188", "2026-11-22T13:40:00.188"),
        ("22/Nov/2026:13:38:58.937", "2026-11-22T13:38:58.937"),
        ("Aug 30 2026 14:22:31", "2026-08-30T14:22:31"),
        ("Fri Oct 10 13:55:36 2000", "2000-10-10T13:55:36"),
        ("03.02.2020 14:35:55", "2020-02-03T14:35:55"),
        ("6/25/2013 12:00:32 AM", "2013-06-25T00:00:32"),
        ("25/06/2013 9:05:32 PM", "2013-06-25T21:05:32"),
        ("4/4/2013 10:00:32", "2013-04-04T10:00:32"),
        ("2021-04-16", "2021-04-16"),
    ],
)
def test_a_moment_becomes_iso(text: str, expected: str) -> None:
    """Whichever way it was written; with the zone that it has, and with none when it has none."""
    assert expected == instant(text)
    assert dates.seen(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "Nov 22 10:00:00",
        "05/03/2019 16:05:31",
        "2021-13-40 10:00:00",
        "31.02.2020 10:00:00",
        "yesterday",
        "12345",
    ],
    ids=["empty", "none", "no year", "either way round", "no such month", "no such day", "prose", "number"],
)
def test_what_is_left_open_gives_nothing(text: str) -> None:
    """A year is not guessed, nor which number is the day."""
    assert "" == instant(text)


@given(st.text(max_size=60) | st.from_regex(r"[0-9:/. -]{1,40}", fullmatch=True))
def test_any_text_is_survived(text: str) -> None:
    """It is a moment or nothing."""
    found = instant(text)
    assert found == "" or found[4] == "-"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-12T10:15:00.123+0000", "2024-07-12"),
        ("2024-07-12 something behind it", "2024-07-12"),
        ("20240712", "2024-07-12"),
        ("12.07.2024 10:15", "2024-07-12"),
        ("25-07-2024", "2024-07-25"),
        ("07/25/2024", "2024-07-25"),
        ("05/06/2024", ""),
        ("1795354697", ""),
        ("99999999", ""),
        ("", ""),
    ],
)
def test_cell_of_a_table_tells_its_day(text: str, expected: str) -> None:
    """Only the day counts in a table, and a number of ten digits is an invoice, not a second."""
    assert expected == instants.day(text)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [("1795354697", "2026-11-22T13:38:17Z"), (0, "1970-01-01T00:00:00Z"), ("1e9", ""), ("", ""), (1 << 80, "")],
)
def test_seconds_since_1970_are_in_utc(seconds: str | int, expected: str) -> None:
    """What is no number, or outside the calendar, gives nothing."""
    assert expected == instants.epoch(seconds)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-12T12:15:00.123456+0200", "2024-07-12T10:15:00.123456Z"),
        ("2024-07-12T10:15:00.123456+0000", "2024-07-12T10:15:00.123456Z"),
        ("2024-07-12T10:15:00", "2024-07-12T10:15:00"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("yesterday", ""),
    ],
)
def test_instant_with_a_zone_is_brought_to_utc(text: str, expected: str) -> None:
    """Instants of sensors in several zones are compared as texts."""
    assert expected == instants.in_utc(text)
