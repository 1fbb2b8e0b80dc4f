# SPDX-License-Identifier: Apache-2.0
"""What pages call things: days, scopes, events and details as people read them."""

from __future__ import annotations

import pytest

from debar.model.vocab.telling import Event
from debar.register.load import load
from debar.release import register_directory
from debar.web.pages import wording
from debar.web.pages.showing import zone_of

EASTERN = "us-bis-icts-2021-002-kaspersky"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("from 2024-07-20 on", "from 20 Jul 2024 on"),
        ("2024-07-20T00:00-04:00 or after", "20 Jul 2024 00:00 UTC-04:00 or after"),
        ("by 2024-07-20T13:05:00Z.", "by 20 Jul 2024 13:05 UTC."),
        ("us-or-oregon-2024-10-07-dcc5f8", "us-or-oregon-2024-10-07-dcc5f8"),
        ("in 2024-06, on 2024-13-45", "in 2024-06, on 2024-13-45"),
    ],
)
def test_days_in_a_text_are_written_as_people_write_them(text: str, read: str) -> None:
    """A day or an instant of ISO 8601 is read out; ids that hold one, months and what is no day stay as they are."""
    assert wording.dated(text) == read


@pytest.mark.parametrize("character", ["a", "1", "2024-01-01", " ", "-"])
def test_a_long_text_is_read_out_at_once(character: str) -> None:
    """A megabyte of whatever somebody sends comes back, with nothing lost that is no day."""
    text = character * (1_000_000 // len(character))
    assert wording.dated(text) == text


def test_a_day_of_the_week_is_that_of_the_authority() -> None:
    """An instant is told with its day of the week where the authority sits; what is no day is told as it is."""
    assert wording.weekday("2024-09-29T02:00:00Z", "America/New_York") == "Sat 28 Sep 2024 22:00 EDT"
    assert wording.weekday("2024-09-29T04:00:00Z", "America/New_York") == "Sun 29 Sep 2024"
    assert wording.weekday("2024-12-02") == "Mon 2 Dec 2024"
    assert wording.weekday("soon") == "soon"


@pytest.mark.parametrize(
    ("about", "read"),
    [
        ("exp-0f323a8e228c (kaspersky/network-agent on backup-02)", "kaspersky/network-agent on backup-02"),
        ("exp-0f323a8e228c (it on a); exemption us#x", "it on a; exemption us#x"),
        ("exp-0f323a8e228c", "exp-0f323a8e228c"),
        ("assets kiosk-* (all)", "assets kiosk-* (all)"),
    ],
)
def test_a_decision_is_about_what_has_a_name(about: str, read: str) -> None:
    """The id of an exposure gives way to its name; where there is none it stays."""
    assert wording.scope(about) == read


@pytest.mark.parametrize("event", Event)
def test_every_event_has_words(event: Event) -> None:
    """Nobody has to guess what a name between programs means."""
    assert "." not in wording.event(event)
    assert wording.event(event) != event


def test_an_event_of_another_version_keeps_its_name() -> None:
    """What has no words yet is told by its name."""
    assert wording.event("moon.full") == "moon.full"


@pytest.mark.parametrize(
    ("value", "read"), [(True, "yes"), (False, "no"), (["a", 1], "a, 1"), ((), ""), (18, "18"), ("text", "text")]
)
def test_details_are_told_as_text(value: object, read: str) -> None:
    """A detail of the audit log is no piece of a program."""
    assert wording.plainly(value) == read


def test_a_day_is_told_where_it_begins() -> None:
    """Of the authorities of several measures that sits where the instant begins a day; else the first of them counts."""
    register = load(register_directory())
    zones = {one.id: register.authorities[one.authority].zone for one in register.measures.values()}
    elsewhere = next(id_ for id_, zone in zones.items() if zone.startswith("Europe"))
    both = (elsewhere, EASTERN)
    assert zone_of(register, (), both, "2024-09-29T04:00:00Z") == "America/New_York"
    assert zone_of(register, (), both, "2024-09-29T12:34:00Z") == zones[elsewhere]
    assert zone_of(register, (), both) == zones[elsewhere]
    assert zone_of(register, (), both, "2024-09-29") == zones[elsewhere]
    assert zone_of(register, ("us",)) == next(zones[o.id] for o in register.measures.values() if o.jurisdiction == "us")
    assert zone_of(register, ()) == "UTC"
