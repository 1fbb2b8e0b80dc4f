# SPDX-License-Identifier: Apache-2.0
"""The coming dates of a part of the register, each with what it is about and an id that stays."""

from __future__ import annotations

from collections import Counter
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.identity import stable_id
from debar.model.measures import Citation
from debar.model.vocab import Change, MeasureStatus
from debar.register.chronicle import Entry, chronicle
from debar.register.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from debar.model.measures import Exemption, Interruption, Measure, Party, Provision, Waiver
    from debar.register import Register
    from debar.writers.register import Part

_TOLD = frozenset(Change) - {Change.EVENT, Change.TIED, Change.UNTIED, Change.DUE}
"""Changes of law that the chronicle tells; deadlines are counted here, with holidays and repetitions."""
_LISTINGS = frozenset({Change.LISTED, Change.DELISTED})


class Coming(NamedTuple):
    """A date that is still to come."""

    entry: Entry
    uid: str
    """The same in every export, also when the date has moved meanwhile."""
    measure: Measure
    provision: Provision | None
    """None where a whole measure, or a party on a list, is meant."""
    citations: tuple[Citation, ...]
    """Of the part that changes, then of the provision."""


def after(part: Part) -> list[Coming]:
    """Give the dates of what was chosen that lie after the day asked about, by instant; none of a draft.

    A day ends where the authority sits. A listing that the next edition of its list carries on does not end.
    """
    register = part.register
    measures = {measure.id: measure for measure in part.measures if measure.status is not MeasureStatus.DRAFT}
    known = runs(register, "")
    found = [
        _coming(register, measures[entry.measure], entry, uid)
        for entry, uid in _named(register, part.on)
        if entry.measure in measures and _is_chosen(part, entry) and not known.is_idle(entry)
    ]
    return sorted((one for one in found if _lies_after(one.entry, part.on)), key=lambda one: (one.entry.at, one.uid))


def _lies_after(entry: Entry, on: str) -> bool:
    return dates.key(entry.at) > dates.ends(on, entry.zone)


def _is_chosen(part: Part, entry: Entry) -> bool:
    if entry.change in _LISTINGS:
        return entry.part in {party.id for party in part.parties}
    return not entry.provision or entry.provision in part.provisions


def _named(register: Register, on: str) -> Iterator[tuple[Entry, str]]:
    """Yield every change with its id: what it is about, and which of several of its kind it is."""
    seen: Counter[tuple[str, ...]] = Counter()
    for entry in chronicle(register):
        if entry.change in _TOLD:
            about = (entry.measure, entry.provision, entry.part, entry.change.value)
            seen[about] += 1
            yield entry, _uid(*about, str(seen[about]))
    for measure in register.measures.values():
        for provision in measure.provisions:
            yield from _due(register, measure, provision, on)


def _uid(*about: str) -> str:
    return f"{stable_id('date', *about)}@debar"


def _due(register: Register, measure: Measure, provision: Provision, on: str) -> Iterator[tuple[Entry, str]]:
    """Yield the last day of a duty with a fixed deadline; of one that recurs the first after the day asked about."""
    deadline, zone = provision.deadline, register.authorities[measure.authority].zone
    if not deadline or not dates.is_date(deadline.after):
        return
    off = register.days_off(register.authorities[measure.authority])
    recurs = deadline.repeats and deadline.amount > 0
    for times in count(1):
        last = dates.due(deadline.after, deadline.amount * times, deadline.unit, zone, off)
        if not recurs or last > dates.ends(on, zone):
            break
    if not _is_over(provision, last, zone):
        entry = _due_entry(measure, provision, zone, last)
        which = entry.at if recurs else ""
        yield entry, _uid(measure.id, entry.provision, "", entry.change.value, which)


def _is_over(provision: Provision, last: datetime, zone: str) -> bool:
    return bool(provision.applies_until) and dates.begins(provision.applies_until, zone) <= last


def _due_entry(measure: Measure, provision: Provision, zone: str, last: datetime) -> Entry:
    return Entry(
        at=dates.stamp(last),
        zone=zone,
        change=Change.DUE,
        known_from=provision.known_from,
        measure=measure.id,
        provision=f"{measure.id}#{provision.id}",
        part="",
        text=provision.text,
        grade=provision.grade,
        is_renumbering=bool(provision.restates),
    )


def _coming(register: Register, measure: Measure, entry: Entry, uid: str) -> Coming:
    provision = next((p for p in measure.provisions if f"{measure.id}#{p.id}" == entry.provision), None)
    cited = (*_cited(register, measure, provision, entry), *(provision.citations if provision else ()))
    return Coming(entry, uid, measure, provision, cited or _of_documents(measure))


def _cited(register: Register, measure: Measure, provision: Provision | None, entry: Entry) -> Iterable[Citation]:
    """Give the passages of the part of a provision or measure that changes, or of a listing."""
    if entry.change in _LISTINGS:
        return _of_listing(register.parties[entry.part], measure.id)
    parts: list[Exemption | Waiver | Interruption] = [*measure.waivers, *measure.interruptions]
    if provision:
        parts = [*provision.exemptions, *provision.interruptions]
    return next((one.citations for one in parts if one.id == entry.part), ())


def _of_listing(party: Party, measure: str) -> Iterable[Citation]:
    return [citation for relation in party.relations if relation.to == measure for citation in relation.citations]


def _of_documents(measure: Measure) -> tuple[Citation, ...]:
    return tuple(Citation(document=document) for document in measure.documents)
