# SPDX-License-Identifier: Apache-2.0
"""Papers that stand together so far: whom and where they name, when they came out, what ties them to others."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.citations import INSTRUMENTS
from debar.intake.stories import evidence
from debar.intake.stories.days import Reach, published, reach
from debar.intake.stories.families import TOLD_ONCE, is_binding
from debar.intake.stories.likeness import add
from debar.model.vocab.statements import DateBasis, PaperKind, Precision

if TYPE_CHECKING:
    from collections.abc import Collection

    from debar.intake.examined import Examined
    from debar.intake.mentions.topic import Topic
    from debar.intake.stories.likeness import Vector

WINDOW = 365
"""Days from the first to the last of papers that belong together by their words alone: a measure is announced, fought
over and takes effect within a year, mostly. What comes later names a day of the measure, or cites it."""
_LATE = 4 * 365
"""Days after which a paper that looks back means another measure."""
_OFFICIAL = frozenset({PaperKind.OFFICIAL_TEXT, PaperKind.OFFICIAL_RELEASE})
_FILED = frozenset({"bill", "law"})
"""Forms of citations that name one measure more often than what it rests on: evidence, and no tie."""
_COMPARED = 0.3
"""What a place weighs that a paper names only to compare with it, of what it would weigh otherwise."""
_DAY = 10
"""Characters of a day as ISO 8601."""


class Cluster(NamedTuple):
    """Papers that were put together so far; its parts grow in place."""

    papers: list[int]
    total: Vector
    """Sum of their vectors."""
    times: list[Reach]
    """When they were written, in stretches no longer than a window; empty where nothing tells."""
    out: list[int]
    """The first day on which each may have come out, in order; what nobody dates is left out."""
    ties: set[str]
    """Instruments that they cite, and days on which they say that something is banned or made."""
    named: Counter[str]
    """Suppliers that they name, and how often."""
    suppliers: Counter[str]
    """The supplier that each is about."""
    places: Counter[str]
    """The jurisdiction that each is about."""
    sure: set[str]
    """Jurisdictions that a paper is about beyond doubt; more than one never stand together."""
    supplier_shares: Vector
    place_shares: Vector
    marks: dict[str, Counter[str]]
    """What else they name, by kind: cited instruments, stated days, proper names, numbers, authorities."""
    is_late: bool = False
    """Whether it looks back at a measure that took effect before."""


def alone(
    number: int, one: Examined, vector: Vector, told: Topic, names: Collection[str] = (), *, is_late: bool = False
) -> Cluster:
    """Give one paper as a cluster of its own; `names` are its proper names."""
    named = Counter(name.group or name.id for name in one.seen.mentions if name.kind in ("supplier", "product"))
    times = _times(one)
    ties, days = _ties(one), _days(one)
    numbers = evidence.numbers(one)
    marks = {
        "cited": _cited(one, INSTRUMENTS | _FILED) | {number for number in numbers if evidence.is_name(number)},
        "stated": days | {tie for tie in ties if _is_day(tie)},
        "names": set(names),
        "numbers": {number for number in numbers if not evidence.is_name(number)},
        "authorities": {name.id for name in one.seen.mentions if name.kind == "authority"},
    }
    return Cluster(
        [number],
        dict(vector),
        times,
        [times[0].first.toordinal()] if times else [],
        ties | days,
        named,
        Counter([told.supplier] if told.supplier else []),
        Counter([told.jurisdiction] if told.jurisdiction and not told.is_compared else []),
        {told.jurisdiction} if told.is_sure else set(),
        dict(told.suppliers),
        {place: share * (_COMPARED if told.is_compared else 1.0) for place, share in told.places.items()},
        {kind: Counter(found) for kind, found in marks.items()},
        is_late,
    )


def belong(one: Cluster, other: Cluster) -> bool:
    """Tell whether two are of one time, or tied; what nobody dates may be of any time."""
    if not one.times or not other.times or not one.ties.isdisjoint(other.ties):
        return True
    if any(_together(here, there).days() <= WINDOW for here in one.times for there in other.times):
        return True
    return _is_follow_up(one, other) or _is_follow_up(other, one)


def _is_follow_up(one: Cluster, other: Cluster) -> bool:
    """Tell whether a single paper looks back at what the papers of the other told not many years before."""
    if not one.is_late or len(one.papers) > 1:
        return False
    return any(
        _together(there, here).days() <= _LATE and there.last < here.first
        for here in one.times
        for there in other.times
    )


def join(into: Cluster, one: Cluster) -> None:
    """Put one into another."""
    into.papers.extend(one.papers)
    add(into.total, one.total)
    add(into.supplier_shares, one.supplier_shares)
    add(into.place_shares, one.place_shares)
    into.ties.update(one.ties)
    into.named.update(one.named)
    into.suppliers.update(one.suppliers)
    into.places.update(one.places)
    into.sure.update(one.sure)
    for kind, found in one.marks.items():
        into.marks[kind].update(found)
    for day in one.out:
        insort(into.out, day)
    for when in one.times:
        near = next((known for known in into.times if _together(known, when).days() <= WINDOW), None)
        if near is None:
            into.times.append(when)
        else:
            into.times[into.times.index(near)] = _together(near, when)


def _together(one: Reach, other: Reach) -> Reach:
    return Reach(min(one.first, other.first), max(one.last, other.last))


def _times(one: Examined) -> list[Reach]:
    when = published(one.paper.published) or _told(one)
    return [when] if when else []


def _told(one: Examined) -> Reach | None:
    """Give the days in which something is announced or made, for a paper of unknown day."""
    known = [reach(said.date) for said in one.statements if said.date and said.act in TOLD_ONCE]
    found = [days for days in known if days]
    return Reach(min(days.first for days in found), max(days.last for days in found)) if found else None


def _is_day(tie: str) -> bool:
    return tie[:4].isdigit()


def _cited(one: Examined, forms: frozenset[str]) -> set[str]:
    return {f"{cited.form} {cited.value}" for cited in one.seen.citations if cited.form in forms}


def _ties(one: Examined) -> set[str]:
    """Give the instruments that a paper cites, and the days on which it says that something is banned or made."""
    ties = _cited(one, INSTRUMENTS)
    days = [
        said.date
        for said in one.statements
        if said.date
        and said.date.precision in (Precision.DAY, Precision.INSTANT)
        and (is_binding(said.act) or said.act in TOLD_ONCE)
    ]
    ties |= {day.value[:_DAY] for day in days if reach(day)}
    if one.paper.kind in _OFFICIAL and len(one.paper.published.value) == _DAY:
        ties.add(one.paper.published.value)  # it is what others mean by that day
    return ties


def _days(one: Examined) -> set[str]:
    """Give the days that a paper states in full, whatever it says of them; its own day ties it to nothing."""
    stated: Collection[str] = {
        date.value for date in one.seen.dates if date.basis is DateBasis.EXPLICIT and len(date.value) == _DAY
    }
    return set(stated) - {one.paper.published.value}
