# SPDX-License-Identifier: Apache-2.0
"""The calendar: which dates, on which days, under which ids, and that nothing in a text can break out of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import exported
import icalendar
import pytest
from exported import measure, part, party, provision, register, relation, written
from icalendar.prop import vCategory

from debar.model.measures import Deadline, Exemption, Interruption
from debar.model.vocab import Grade, Halt, Instrument, MeasureStatus, Modality, RelationKind
from debar.text import printable
from debar.writers.calendar import folded, text

if TYPE_CHECKING:
    from debar.register import Register

Events = list[icalendar.Component]


def events(whole: Register, on: str = exported.ON) -> Events:
    """Give the events of a calendar, as another program reads it."""
    calendar = icalendar.Calendar.from_ical(written("ics", part(whole, on)))
    return calendar.walk("VEVENT")


def categories(event: icalendar.Component) -> list[str]:
    """Give the categories of an event."""
    words = event["CATEGORIES"]
    assert isinstance(words, vCategory)
    return [str(word) for word in words.cats]


def days(whole: Register, on: str = exported.ON) -> list[tuple[object, str]]:
    """Give when each event is, and what it is called."""
    return [
        (event.decoded("DTSTART"), str(event["SUMMARY"]).partition(" - ")[0].rpartition(": ")[2])
        for event in events(whole, on)
    ]


def test_what_begins_and_ends() -> None:
    """A date is the whole day where the authority sits; what ends then held for the last time on the day before."""
    first, last = events(register(measure()))
    assert first.decoded("DTSTART") == date(2024, 11, 1)
    assert last.decoded("DTSTART") == date(2026, 11, 1)
    assert str(first["SUMMARY"]) == "use, resell prohibited: begins - Office, 1 FR 1"
    assert str(last["SUMMARY"]) == "use, resell prohibited: ends - Office, 1 FR 1"
    assert "Last day: 2026-10-31." in str(last["DESCRIPTION"])
    assert "Last day" not in str(first["DESCRIPTION"])


def test_an_instant_at_midnight_there_is_the_day_there() -> None:
    """04:00 in UTC is midnight in New York in summer: the event of that day there, whatever the offset says."""
    for instant in ("2025-07-20T04:00Z", "2025-07-20T00:00-04:00", "2025-07-20"):
        assert days(register(measure(provision(applies_from=instant, applies_until=""))))[0][0] == date(2025, 7, 20)


def test_any_other_instant_is_a_point_in_time() -> None:
    """An instant in the middle of a day is written in UTC."""
    found = days(register(measure(provision(applies_from="2025-07-20T00:00Z", applies_until=""))))
    assert found == [(datetime(2025, 7, 20, tzinfo=UTC), "begins")]


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2024-10-31", 2), ("2024-11-01", 1), ("2024-11-01T03:59:59Z", 2), ("2024-11-01T04:00Z", 1), ("2026-11-01", 0)],
)
def test_only_what_comes_after_the_day(on: str, expected: int) -> None:
    """The day that is asked about ends where the authority sits, and what happens on it is no longer to come."""
    assert len(events(register(measure()), on)) == expected


def test_deadlines_know_holidays_and_repetitions() -> None:
    """A deadline's last day is the event; holidays are no business days; of what recurs the next one is told."""
    once = provision(id="once", applies_until="", deadline=Deadline(after="2024-11-08", amount=1, unit="business-days"))
    yearly = provision(
        id="yearly", applies_until="", deadline=Deadline(after="2022-03-31", amount=1, unit="years", repeats=True)
    )
    found = [day for day, what in days(register(measure(once, yearly))) if what == "last day"]
    assert found == [date(2024, 11, 12), date(2025, 3, 31)]


def test_a_deadline_of_a_provision_that_is_over_is_none() -> None:
    """What no longer applies is no longer due."""
    over = provision(applies_until="2024-11-05", deadline=Deadline(after="2024-11-08", amount=1, unit="years"))
    assert [what for _, what in days(register(measure(over)))] == ["begins", "ends"]


def test_exemptions_and_suspensions() -> None:
    """An exemption that ends and a suspension that returns are events of the provision they belong to."""
    exempt = Exemption(id="e", text="Training.", applies_until="2025-03-01", grade=Grade.PRIMARY)
    halt = Interruption(
        id="i", kind=Halt.SUSPENSION, text="Pause.", applies_from="2024-12-01", applies_until="2025-02-01",
        known_from="2024-11-01", grade=Grade.PRIMARY,
    )  # fmt: skip
    found = days(register(measure(provision(applies_until="", exemptions=(exempt,), interruptions=(halt,)))))
    assert found == [
        (date(2024, 11, 1), "begins"),
        (date(2024, 12, 1), "is suspended"),
        (date(2025, 2, 1), "returns"),
        (date(2025, 3, 1), "exemption ends"),
    ]


def test_proposals_and_unverified_dates_are_marked() -> None:
    """What is only proposed, or seen by nobody, is tentative and says so in its first words."""
    bill = measure(provision(applies_until="", modality=Modality.REQUIRED), instrument=Instrument.PROPOSAL)
    rumour = measure(provision(applies_until="", grade=Grade.UNVERIFIED), id="us-rumour")
    (proposed,), (unverified,) = events(register(bill)), events(register(rumour))
    assert str(proposed["SUMMARY"]).startswith("Proposal without legal effect: ")
    assert str(unverified["SUMMARY"]).startswith("Unverified: ")
    assert [str(event["STATUS"]) for event in (proposed, unverified)] == ["TENTATIVE", "TENTATIVE"]
    assert categories(proposed) == ["required", "proposed"]


def test_drafts_stay_out() -> None:
    """Nothing of a measure that no human has reviewed is in a calendar."""
    assert events(register(measure(status=MeasureStatus.DRAFT))) == []


def test_a_listing_that_the_next_edition_carries_on_does_not_end() -> None:
    """Two editions of a list with the same party are one listing: its end is told once."""
    listed = [
        relation(RelationKind.LISTED, "us-order", valid_from=since, valid_until=until)
        for since, until in (("2024-01-01", "2025-01-07"), ("2025-01-07", "2026-01-07"))
    ]
    whole = register(
        measure(provision(applies_from="2024-01-01", applies_until="")), parties=(party("maker", *listed),)
    )
    assert days(whole) == [(date(2026, 1, 7), "goes off the list")]


def test_what_an_event_says() -> None:
    """Text, citation, grade, every source, and that it is no legal advice stand in an event."""
    event = events(register(measure(provision(applies_until=""))))[0]
    said = str(event["DESCRIPTION"]).split("\n")
    assert said[0] == "Companies must not use it."
    assert "Measure: Order (1 FR 1) [us-order#ban]" in said
    assert "Source: https://example.com/report?a=1&b=2" in said
    assert "Grade: primary" in said
    assert "not legal advice" in said[-1]
    assert str(event["URL"]) == "https://example.com/order"
    assert categories(event) == ["prohibited"]
    assert event.decoded("DTSTAMP") == datetime(2024, 6, 20, tzinfo=UTC)


def test_ids_stay_when_a_date_moves() -> None:
    """A date that is put off keeps its id, so that a calendar moves it; different dates have different ids."""
    before = events(register(measure()))
    later = events(register(measure(provision(applies_from="2025-01-01", applies_until="2027-01-01"))))
    assert [event["UID"] for event in before] == [event["UID"] for event in later]
    found = [event["UID"] for event in events(exported.everything())]
    assert len(found) == len(set(found))


def test_ids_do_not_depend_on_what_is_chosen() -> None:
    """The same date has the same id in a calendar from a later day."""
    whole = exported.everything()
    later = {event["UID"] for event in events(whole, "2024-12-15")}
    assert later
    assert later < {event["UID"] for event in events(whole)}


def test_hostile_words_stay_words() -> None:
    """Line ends, control characters and calendar syntax in a text neither end the line nor begin an event."""
    raw = written("ics", part(exported.everything()))
    assert raw.count("\r\nBEGIN:VEVENT\r\n") == raw.count("\r\nEND:VEVENT\r\n") == len(events(exported.everything()))
    assert not {"\x07", "\x1b", "\u202e", "\u2028"} & set(raw)
    assert all("\n" not in line and "\r" not in line for line in raw.split("\r\n"))
    assert "javascript" not in raw
    duty = next(event for event in events(exported.everything()) if "last day" in str(event["SUMMARY"]))
    assert printable(" ".join(exported.HOSTILE.split())) in str(duty["DESCRIPTION"])


@pytest.mark.parametrize("line", ["", "x" * 75, "x" * 76, "漢" * 60, "a" + "€" * 200, "x" * 74 + "😀" * 40])
def test_lines_are_folded_between_characters(line: str) -> None:
    """No line has more than 75 octets, no character is cut, and unfolding gives the line back."""
    pieces = folded(line).removesuffix("\r\n").split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == line


def test_text_is_escaped_as_the_standard_says() -> None:
    """Backslash, semicolon, comma and line feed are escaped, a colon is not (RFC 5545, section 3.3.11)."""
    assert text("a\\b;c,d\ne:f") == "a\\\\b\\;c\\,d\\ne:f"


def test_twice_the_same_bytes() -> None:
    """The same register and day give the same bytes."""
    whole = exported.everything()
    assert written("ics", part(whole)) == written("ics", part(whole))


def test_a_version_that_is_no_date() -> None:
    """A register without a usable version still gives a calendar; its events are stamped with the epoch."""
    (event,) = events(register(measure(provision(applies_until="")), version="mine"))
    assert event.decoded("DTSTAMP") == datetime(1970, 1, 1, tzinfo=UTC)


def test_the_register_of_the_program(register: Register) -> None:
    """Every coming date of the shipped register parses, has what a calendar needs, and an id of its own."""
    found = events(register, "2024-01-01")
    assert len(found) > 50
    for event in found:
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "CATEGORIES", "URL"} <= set(event)
    assert len({event["UID"] for event in found}) == len(found)
