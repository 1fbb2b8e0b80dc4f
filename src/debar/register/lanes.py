# SPDX-License-Identifier: Apache-2.0
"""The register as lanes on a time axis: for each measure its provisions, their times, and what happened on the way.

Only data; how it looks is the writers' business.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.results.found import Result
from debar.model.vocab import Act, Change, Grade, Halt, MeasureStatus, Status
from debar.register.chronicle import chronicle
from debar.register.runs import runs
from debar.register.sources import Source, cited, sources
from debar.register.standing import ALWAYS, Spell, does, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.measures import Citation, Measure, Provision
    from debar.register import Register
    from debar.register.chronicle import Entry
    from debar.register.standing import Piece

_LISTS = frozenset({Change.LISTED, Change.DELISTED})
_MARKED = _LISTS | {Change.DUE, Change.EXEMPT, Change.EXEMPT_ENDS, Change.EVENT}
"""What gets a mark; beginnings, ends and halts of a provision are the ends of its bars."""
_SHORTEST = timedelta(days=365)
"""Of the time that is drawn."""
_MARGIN = 25
"""What this part of it is left free after the last day."""


class Mark(Result, frozen=True, kw_only=True):
    """An instant worth seeing."""

    at: datetime
    zone: str
    """Where its authority sits; in its zone the instant has its day."""
    change: Change
    name: str
    """Kind of an event, id of an exemption or halt, party of a listing."""
    text: str
    grade: Grade
    sources: tuple[Source, ...]


class Bar(Result, frozen=True, kw_only=True):
    """A time in which a provision stands in one way."""

    since: datetime
    until: datetime | None
    """First instant after it; none while it is open-ended."""
    grade: Grade
    disputed: bool
    halt: Halt | None
    """Why it does not bite, or is not enforced."""
    is_first: bool = True
    """No other of its lane comes before; one that does not begin anew may bite again."""
    after: Halt | None = None
    """What kept it from biting, or from being enforced, right before."""


class Lane(Result, frozen=True, kw_only=True):
    """One provision."""

    provision: str
    """measure#provision."""
    name: str
    does: Status
    acts: tuple[Act, ...]
    text: str
    restates: tuple[str, ...]
    doubts: tuple[str, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    sources: tuple[Source, ...]


class Group(Result, frozen=True, kw_only=True):
    """One measure."""

    measure: str
    title: str
    cite: str
    authority: str
    jurisdiction: str
    zone: str
    lanes: tuple[Lane, ...]
    """By their beginning."""
    marks: tuple[Mark, ...]
    """Its history, and what concerns all its provisions."""


class Chart(Result, frozen=True, kw_only=True):
    """What is to be drawn."""

    about: str
    """Whom or what it is about, in words."""
    register: str
    """Version."""
    today: datetime
    is_today: bool
    """It is the present, not a day that was asked for."""
    since: datetime
    until: datetime
    groups: tuple[Group, ...]
    """By their beginning."""
    outside: int
    """Provisions that have nothing in the time asked for."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be drawn, and when."""

    about: str = "every measure of the register"
    today: str
    """A day or instant."""
    is_today: bool = True
    spells: Mapping[str, tuple[Spell, ...]] | None = None
    """In which times each provision is about the party asked for; none for whomever."""
    kin: frozenset[str] | None = None
    """The party with those tied to it, whose listings are shown; none for all."""
    jurisdiction: str = ""
    since: str = ""
    until: str = ""


def chart(register: Register, asked: Asked) -> Chart:
    """Give the lanes of the reviewed provisions that are asked for.

    Without days the time runs from the year of the first of all to a little after the last, today among them.
    """
    marks = _marks(register, asked)
    groups = [_group(register, measure, marks, asked) for measure in _measures(register, asked)]
    since, until = _time(groups, asked)
    shown = [_within(group, since, until) for group in groups]
    return Chart(
        about=asked.about,
        register=register.version,
        today=dates.ends(asked.today, "UTC"),
        is_today=asked.is_today,
        since=since,
        until=until,
        groups=tuple(sorted((group for group in shown if group.lanes), key=_beginning)),
        outside=sum(len(group.lanes) for group in groups) - sum(len(group.lanes) for group in shown),
    )


def _beginning(group: Group) -> tuple[datetime, str]:
    return group.lanes[0].bars[0].since, group.measure


def _time(groups: Iterable[Group], asked: Asked) -> tuple[datetime, datetime]:
    """Give the time to be drawn: what is asked for, or else what holds everything and today."""
    today = dates.ends(asked.today, "UTC")
    days = [today, *(at for group in groups if group.lanes for at in _instants(group))]
    first = min(days).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    since = dates.begins(asked.since, "UTC") if asked.since else first
    last = max(*days, since + _SHORTEST)
    return since, dates.ends(asked.until, "UTC") if asked.until else last + (last - since) / _MARGIN


def _instants(group: Group) -> Iterator[datetime]:
    for bar in (bar for lane in group.lanes for bar in lane.bars):
        yield bar.since
        yield bar.until or bar.since
    yield from (mark.at for marks in (group.marks, *(lane.marks for lane in group.lanes)) for mark in marks)


def _measures(register: Register, asked: Asked) -> list[Measure]:
    found = (measure for measure in register.measures.values() if measure.status is not MeasureStatus.DRAFT)
    return [measure for measure in found if asked.jurisdiction in ("", measure.jurisdiction)]


def _marks(register: Register, asked: Asked) -> dict[str, tuple[Mark, ...]]:
    """Give what is worth a mark, by provision, or by measure where it is about the whole.

    Parties that come on or off a list on one day share a mark.
    """
    told, passages = runs(register, ""), cited(register)
    found: dict[str, dict[object, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for number, entry in enumerate(chronicle(register)):
        is_other = entry.change in _LISTS and asked.kin is not None and entry.part not in asked.kin
        if entry.change in _MARKED and not is_other and not told.is_idle(entry):
            alike = (entry.at, entry.change) if entry.change in _LISTS else number
            found[entry.provision or entry.measure][alike].append(entry)
    return {id_: tuple(_mark(register, same, passages) for same in alike.values()) for id_, alike in found.items()}


def _mark(register: Register, same: list[Entry], passages: Mapping[str, tuple[Citation, ...]]) -> Mark:
    first = same[0]
    return Mark(
        at=dates.key(first.at),
        zone=first.zone,
        change=first.change,
        name=first.part if len(same) == 1 else f"{len(same)} parties",
        text=" ".join(dict.fromkeys(entry.text for entry in same)),
        grade=max((entry.grade for entry in same), key=list(Grade).index),
        sources=sources(register, [citation for entry in same for citation in passages.get(entry.text, ())]),
    )


def _group(register: Register, measure: Measure, marks: Mapping[str, tuple[Mark, ...]], asked: Asked) -> Group:
    authority = register.authorities[measure.authority]
    lanes = (_lane(register, measure, provision, marks, asked) for provision in measure.provisions)
    return Group(
        measure=measure.id,
        title=measure.title,
        cite=measure.cite,
        authority=authority.short,
        jurisdiction=measure.jurisdiction,
        zone=authority.zone,
        lanes=tuple(sorted((lane for lane in lanes if lane.bars), key=lambda lane: lane.bars[0].since)),
        marks=marks.get(measure.id, ()),
    )


def _lane(
    register: Register, measure: Measure, provision: Provision, marks: Mapping[str, tuple[Mark, ...]], asked: Asked
) -> Lane:
    id_, zone = f"{measure.id}#{provision.id}", register.authorities[measure.authority].zone
    times = ALWAYS if asked.spells is None else asked.spells.get(id_, ())
    return Lane(
        provision=id_,
        name=provision.id,
        does=does(measure, provision),
        acts=provision.acts,
        text=provision.text,
        restates=provision.restates,
        doubts=tuple(doubt.text for doubt in provision.doubts),
        bars=_bars(pieces(measure, provision, zone, times)),
        marks=marks.get(id_, ()),
        sources=sources(register, provision.citations),
    )


def _bars(found: Iterable[Piece]) -> tuple[Bar, ...]:
    """Give a bar for each piece; pieces that differ only in which order halts them share one."""
    bars: list[Bar] = []
    for piece in found:
        halt = piece.halt.kind if piece.halt else None
        bar = Bar(since=piece.since, until=piece.until, grade=piece.grade, disputed=piece.is_disputed, halt=halt)
        if bars and bars[-1] == msgspec.structs.replace(bar, since=bars[-1].since, until=bar.since):
            bar = msgspec.structs.replace(bar, since=bars.pop().since)
        bars.append(bar)
    later = [
        msgspec.structs.replace(bar, is_first=False, after=before.halt if before.until == bar.since else None)
        for before, bar in pairwise(bars)
    ]
    return (*bars[:1], *later)


def _within(group: Group, since: datetime, until: datetime) -> Group:
    """Give a group without the lanes, bars and marks that have nothing in a time."""
    replace, lanes = msgspec.structs.replace, []
    for lane in group.lanes:
        bars = tuple(bar for bar in lane.bars if bar.since <= until and (bar.until is None or since < bar.until))
        marks = tuple(mark for mark in lane.marks if since <= mark.at <= until)
        if bars:
            lanes.append(replace(lane, bars=bars, marks=marks))
    return replace(group, lanes=tuple(lanes), marks=tuple(mark for mark in group.marks if since <= mark.at <= until))
