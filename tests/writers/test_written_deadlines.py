# SPDX-License-Identifier: Apache-2.0
"""The calendar of what is due: events with stable ids, alarms before they are late, nothing that is done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
import reports
from msgspec.structs import replace

from debar.model.vocab import State


def events(report: Any) -> list[icalendar.Component]:
    """Give the events of a calendar, as another program reads it."""
    calendar = icalendar.Calendar.from_ical(reports.written("ics", report))
    return calendar.walk("VEVENT")


def test_an_event_for_each_day_that_is_known() -> None:
    """Every obligation with a day is an event on that day where the authority sits; the rest is counted."""
    report = reports.demo()
    dated = [obligation for obligation in report.obligations if obligation.due]
    assert [str(event["UID"]) for event in events(report)] == [f"{one.id}@debar.invalid" for one in dated]
    rest = len(report.obligations) - len(dated)
    assert f"{rest} obligations have no day" in reports.written("ics", report).replace("\r\n ", "")
    provide = next(event for event in events(report) if "out of everything" in str(event["SUMMARY"]))
    assert provide.decoded("DTSTART") == date(2018, 10, 1)
    assert str(provide["SUMMARY"]).startswith("must: Keep Kaspersky articles")
    assert "48 CFR 52.204-23" in str(provide["DESCRIPTION"])
    assert "not legal advice" in str(provide["DESCRIPTION"])


def test_alarms_only_before_the_day() -> None:
    """What is still to come reminds thirty, seven and one days before; what is over does not."""
    for event in events(reports.demo("us/reseller", "2024-07-25")):
        alarms = [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")]
        is_to_come = event.decoded("DTSTART") > date(2024, 7, 25)
        assert alarms == ([-timedelta(days=days) for days in (30, 7, 1)] if is_to_come else [])


def test_overdue_is_said_and_done_is_gone() -> None:
    """An overdue duty says so; one that is done is in no calendar, unless it recurs."""
    report = reports.demo()
    first = next(one for one in report.obligations if one.due)
    late = replace(report, obligations=(replace(first, state=State.OVERDUE, owner="B. Kim"),))
    (event,) = events(late)
    assert str(event["SUMMARY"]).startswith("overdue, must: ")
    assert "Owner: B. Kim." in str(event["DESCRIPTION"])
    done = replace(first, state=State.DONE)
    assert events(replace(report, obligations=(done,))) == []
    assert len(events(replace(report, obligations=(replace(done, repeats="every 3 months"),)))) == 1


@pytest.mark.parametrize("made", [reports.demo, reports.attacked, reports.blank], ids=["demo", "attacked", "blank"])
def test_lines_are_those_of_the_standard(made: Any) -> None:
    """Lines end with CR LF, have at most 75 octets, and no name of an input begins a property."""
    text = reports.written("ics", made())
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(len(line.encode()) <= 75 and "\n" not in line for line in lines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(events(made()))
