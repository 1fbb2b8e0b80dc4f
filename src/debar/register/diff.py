# SPDX-License-Identifier: Apache-2.0
"""What changed between two days: in the law, and in what could be known of it.

Each change has two clocks. Those that took effect in between stand apart from those that only became
known in between, and both from what is no change of law at all. Nothing that the public could learn
only after the later day is in the answer, so what comes to light later never changes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.measures import Measure, Provision
from debar.model.results import Program, RegisterVersion
from debar.model.results.found import Result
from debar.model.vocab import Act, Change, Grade, MeasureStatus, Status
from debar.register import Register
from debar.register.chronicle import Entry, chronicle
from debar.register.runs import Runs, runs
from debar.register.standing import Spell, State, does, is_known, reviewed, state
from debar.release import SCHEMA, VERSION

if TYPE_CHECKING:
    from datetime import datetime

_LISTS = frozenset({Change.LISTED, Change.DELISTED})
_TIES = frozenset({Change.TIED, Change.UNTIED})
_DISPUTABLE = {Change.BEGINS: "applies_from", Change.ENDS: "applies_until", Change.DUE: "deadline"}
"""Which field of a provision a change rests on, for the doubts about it."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a comparison is narrowed to."""

    party: str
    kin: frozenset[str]
    """The party with those of its group, whose listings and ties are told too."""
    earlier: Mapping[str, tuple[Spell, ...]]
    """In which times each provision is about it, as known on the earlier day ..."""
    later: Mapping[str, tuple[Spell, ...]]
    """... and on the later."""


class Item(Result, frozen=True, kw_only=True):
    """One change."""

    at: str
    """Instant in UTC."""
    day: str
    """The same where the authority sits."""
    zone: str
    change: Change
    measure: str | None
    """Null for a tie between parties."""
    cite: str
    provision: str | None
    part: str | None
    """Id of the exemption, waiver, interruption or party; the kind of an event."""
    does: Status | None
    """What the provision does."""
    acts: tuple[Act, ...]
    text: str
    grade: Grade
    disputed: bool
    """Sources disagree on it."""
    known_from: str
    known_only_since: str | None
    """Day on which the public could first know it, when it had taken effect before."""
    restates: tuple[str, ...]
    """The provision only renumbers or repeats these: nothing new is demanded."""
    remark: str | None
    """Why it changes less than it seems to."""


class Difference(Result, frozen=True, kw_only=True, rename={"since": "from", "until": "to"}):
    """What changed between two days."""

    schema: int = SCHEMA
    program: Program = Program(name="debar", version=VERSION)
    register: RegisterVersion
    since: str
    until: str
    party: str | None
    jurisdiction: str | None
    before: State
    after: State
    took_effect: tuple[Item, ...]
    """In between, as known on the later day."""
    announced: tuple[Item, ...]
    """Became known in between, takes effect later."""
    learned_late: tuple[Item, ...]
    """Became known in between, had taken effect by the earlier day."""
    no_change: tuple[Item, ...]
    """Happened or became known in between and is no change of law."""


class _Asked(msgspec.Struct, frozen=True):
    register: Register
    provisions: dict[str, tuple[Measure, Provision]]
    runs: Runs
    since: str
    until: str
    about: About | None
    jurisdiction: str


def difference(
    register: Register,
    release: RegisterVersion,
    since: str,
    until: str,
    *,
    about: About | None = None,
    jurisdiction: str = "",
) -> Difference:
    """Give what changed after one day up to the end of another, in the order of the instants.

    Days end where each authority sits; the first must not lie after the second.
    """
    provisions = {f"{measure.id}#{provision.id}": (measure, provision) for measure, provision, _ in reviewed(register)}
    asked = _Asked(register, provisions, runs(register, until), since, until, about, jurisdiction)
    found = [(_item(entry, asked), entry) for entry in chronicle(register) if _is_asked_for(entry, asked)]
    parts: dict[str, list[Item]] = defaultdict(list)
    for item, entry in found:
        parts[_part(entry, item, asked)].append(item)
    return Difference(
        register=release,
        since=since,
        until=until,
        party=about.party if about else None,
        jurisdiction=jurisdiction or None,
        before=state(register, since, about.earlier if about else None, jurisdiction),
        after=state(register, until, about.later if about else None, jurisdiction),
        took_effect=tuple(parts["took effect"]),
        announced=tuple(parts["announced"]),
        learned_late=tuple(parts["learned late"]),
        no_change=tuple(parts["no change"]),
    )


def _is_asked_for(entry: Entry, asked: _Asked) -> bool:
    """Tell whether an entry is of the jurisdiction and about the party asked for."""
    measure = asked.register.measures.get(entry.measure)
    if measure and measure.status is MeasureStatus.DRAFT:
        return False
    if asked.jurisdiction and (not measure or measure.jurisdiction != asked.jurisdiction):
        return False
    if not asked.about:
        return True
    if entry.change in _LISTS | _TIES:
        return entry.part in asked.about.kin
    if entry.provision:
        spells, at = asked.about.later.get(entry.provision, ()), dates.key(entry.at)
        return any(spell.since <= at and (spell.until is None or at <= spell.until) for spell in spells)
    return any(id_.startswith(f"{entry.measure}#") for id_ in asked.about.later)


def _part(entry: Entry, item: Item, asked: _Asked) -> str:
    """Give which part of the answer an entry belongs to, or nothing."""
    at, zone = dates.key(entry.at), entry.zone
    if not is_known(entry.known_from, asked.until, zone):
        return ""
    earlier, later = dates.ends(asked.since, zone), dates.ends(asked.until, zone)
    is_new = not is_known(entry.known_from, asked.since, zone)
    is_between = earlier < at <= later
    if not is_new and not is_between:
        return ""
    if entry.change is Change.EVENT or item.does is Status.PROPOSED or asked.runs.is_idle(entry):
        return "no change"
    if is_between:
        return "took effect"
    return "announced" if at > later else "learned late"


def _item(entry: Entry, asked: _Asked) -> Item:
    measure = asked.register.measures.get(entry.measure)
    _, provision = asked.provisions.get(entry.provision, (None, None))
    known = dates.begins(entry.known_from, entry.zone)
    return Item(
        at=entry.at,
        day=_day(dates.key(entry.at), entry.zone),
        zone=entry.zone,
        change=entry.change,
        measure=entry.measure or None,
        cite=measure.cite if measure else "",
        provision=entry.provision or None,
        part=entry.part or None,
        does=does(measure, provision) if measure and provision else None,
        acts=provision.acts if provision else (),
        text=entry.text,
        grade=entry.grade,
        disputed=_is_disputed(entry, provision, asked.register),
        known_from=entry.known_from,
        known_only_since=_day(known, entry.zone) if known > dates.key(entry.at) else None,
        restates=provision.restates if provision else (),
        remark=asked.runs.remark(entry) or None,
    )


def _day(at: datetime, zone: str) -> str:
    return at.astimezone(dates.zone(zone)).date().isoformat()


def _is_disputed(entry: Entry, provision: Provision | None, register: Register) -> bool:
    if provision:
        about = _DISPUTABLE.get(entry.change, "")
        return any(doubt.claims and doubt.about == about for doubt in provision.doubts)
    if entry.change in _LISTS | _TIES:
        return any(
            relation.claims and relation.text == entry.text for relation in register.parties[entry.part].relations
        )
    return False
