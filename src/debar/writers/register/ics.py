# SPDX-License-Identifier: Apache-2.0
"""A calendar of coming dates (RFC 5545): one event for each, the same event in every export.

An instant at midnight where the authority sits is the event of that whole day; any other is a point in
time. What ends at an instant no longer holds at it, so its last day is the one before, and is said.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import IO, TYPE_CHECKING

from debar import dates
from debar.model.vocab import Change, Grade, Instrument
from debar.register.age import calver
from debar.register.standing import does
from debar.writers.calendar import day_of, folded, text, utc
from debar.writers.register import addresses, coming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.register.chronicle import Entry
    from debar.writers.register import Part
    from debar.writers.register.coming import Coming

ADVICE = "This is not legal advice. Read the source before you rely on the date."
_WORDS = {
    Change.BEGINS: "begins",
    Change.ENDS: "ends",
    Change.DUE: "last day",
    Change.EXEMPT: "exemption begins",
    Change.EXEMPT_ENDS: "exemption ends",
    Change.HALTED: "is suspended",
    Change.RETURNS: "returns",
    Change.NOT_ENFORCED: "is not enforced",
    Change.ENFORCED: "is enforced again",
    Change.LISTED: "comes on the list",
    Change.DELISTED: "goes off the list",
}
_EXCLUSIVE = frozenset({Change.ENDS, Change.EXEMPT_ENDS, Change.DELISTED})
"""What holds for the last time on the day before."""


def write(part: Part, out: IO[str]) -> None:
    """Write the dates that lie after the day asked about; in a file, lines end with CR LF."""
    for line in _calendar(part):
        out.write(folded(line))


def _calendar(part: Part) -> Iterator[str]:
    name = f"debar: coming dates ({', '.join(part.narrowed.values())})" if part.narrowed else "debar: coming dates"
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield f"PRODID:-//debar//register {text(part.register.version)}//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"NAME:{text(name)}"
    yield f"X-WR-CALNAME:{text(name)}"
    stamp = _stamp(part.register.version)
    for event in coming.after(part):
        yield from _event(part, event, stamp)
    yield "END:VCALENDAR"


def _stamp(version: str) -> str:
    """Give the moment of a release: its day, and as many seconds as its number on that day."""
    try:
        day, number = calver(version)
    except ValueError:
        return utc(dates.EPOCH)
    return utc(datetime.combine(day, time(), UTC) + timedelta(seconds=number))


def _event(part: Part, event: Coming, stamp: str) -> Iterator[str]:
    entry = event.entry
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    yield day_of(dates.key(entry.at), entry.zone)
    yield f"SUMMARY:{text(_summary(part, event))}"
    yield f"DESCRIPTION:{text(_description(part, event))}"
    yield f"CATEGORIES:{','.join(text(word) for word in _categories(event))}"
    if urls := addresses(part.register, event.citations):
        yield f"URL:{urls[0]}"
    yield f"STATUS:{'TENTATIVE' if _is_proposal(event) or entry.grade is Grade.UNVERIFIED else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _local(entry: Entry) -> datetime:
    return dates.key(entry.at).astimezone(dates.zone(entry.zone))


def _is_proposal(event: Coming) -> bool:
    return event.measure.instrument is Instrument.PROPOSAL


def _does(event: Coming) -> str:
    """Give what the provision does and to which acts, or nothing where a whole measure changes."""
    if not event.provision:
        return ""
    return f"{', '.join(event.provision.acts)} {does(event.measure, event.provision)}"


def _summary(part: Part, event: Coming) -> str:
    short = part.register.authorities[event.measure.authority].short
    what = ": ".join(word for word in (_does(event), _WORDS[event.entry.change]) if word)
    before = "Proposal without legal effect: " if _is_proposal(event) else ""
    before += "Unverified: " if event.entry.grade is Grade.UNVERIFIED else ""
    return f"{before}{what} - {short}, {event.measure.cite}"


def _description(part: Part, event: Coming) -> str:
    measure, provision, entry = event.measure, event.provision, event.entry
    lines = [entry.text]
    if entry.change in _EXCLUSIVE:
        lines.append(f"Last day: {_local(entry) - timedelta(microseconds=1):%Y-%m-%d}.")
    if provision:
        lines.append(f"{_does(event)}, for {', '.join(provision.addressees)}.")
    if entry.is_renumbering:
        lines.append("It only restates another provision: nothing new is demanded.")
    lines.append(f"Measure: {measure.title} ({measure.cite}) [{entry.provision or entry.measure}]")
    lines += [f"Source: {url}" for url in addresses(part.register, event.citations)]
    lines.append(f"Instant: {entry.at}, where the authority sits: {_local(entry):%Y-%m-%d %H:%M} ({entry.zone})")
    lines += [f"Grade: {entry.grade}", f"Register {part.register.version}. {ADVICE}"]
    return "\n".join(" ".join(line.split()) for line in lines)


def _categories(event: Coming) -> list[str]:
    """Give the modality, and that it is a proposal or has no force."""
    words = [event.provision.modality if event.provision else event.entry.change.value]
    if event.provision and (force := does(event.measure, event.provision)) != words[0]:
        words.append(force)
    return words
