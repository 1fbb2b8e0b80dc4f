# SPDX-License-Identifier: Apache-2.0
"""Papers put together by average link of their words, as long as they are of one time, or are tied."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.citations import INSTRUMENTS
from debar.intake.mentions.proper import capitals
from debar.intake.stories.days import Reach, published, reach
from debar.intake.stories.families import TOLD_ONCE, is_binding
from debar.intake.stories.likeness import add, product
from debar.model.vocab.statements import DateBasis, PaperKind, Precision

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from debar.intake.examined import Examined
    from debar.intake.mentions.mention import Mention
    from debar.intake.stories.likeness import Vector

ALIKE = 0.03
"""Mean likeness from which papers behind one gate join. In the annotated stories of quality/intake/tuned two papers of one
story are at least 0.032 alike, and half of all pairs of different stories less than 0.023."""
ALIKE_BEHIND_A_GATE = 0.02
"""The same for groups that are left of one supplier and place, once every paper has found its own."""
ALIKE_AT_ONCE = 0.005
"""The same where both came out within days: short papers share few words, and a state seldom takes two measures on one
supplier in one week."""
_SOON, _LATE = 14, 4 * 365
"""Days in which news of one measure comes out, and after which a paper that looks back means another one."""
_NAMES = 2
WINDOW = 365
"""Days from the first to the last of papers that belong together by their words alone: a measure is announced, fought
over and takes effect within a year, mostly. What comes later names a day of the measure, or cites it."""
_OFFICIAL = frozenset({PaperKind.OFFICIAL_TEXT, PaperKind.OFFICIAL_RELEASE})
_AHEAD = 220
"""Characters of the first sentences of a main text, in which it says where it plays."""
_DAY = 10
"""Characters of a day as ISO 8601."""


class Cluster(NamedTuple):
    """Papers that were put together so far; its parts grow in place."""

    papers: list[int]
    total: Vector
    """Sum of their vectors."""
    times: list[Reach]
    """When they were written, in stretches no longer than a window; empty where nothing tells."""
    ties: set[str]
    """What ties them to others, whomever those name."""
    days: set[str]
    """Days that they state: these tie papers on one supplier and place."""
    suppliers: Counter[str]
    """Whom they name, and how often."""
    places: set[str]
    """Jurisdictions that they name."""
    titled: set[str]
    """Those that their titles name."""
    ahead: set[str]
    """Those that their titles or their first sentences name, other than in passing."""
    names: set[str]
    """Proper names that nobody knows otherwise: of people, towns, firms."""
    is_late: bool = False
    """Whether it looks back at a measure that took effect before."""


def alone(number: int, one: Examined, vector: Vector, *, is_late: bool = False) -> Cluster:
    """Give one paper as a cluster of its own."""
    named = one.seen.mentions
    suppliers = Counter(name.group or name.id for name in named if name.kind in ("supplier", "product"))
    title = one.paper.title_span
    places = [name for name in named if name.kind in ("place", "authority") and name.jurisdiction]
    titled = {name.jurisdiction for name in places if title and title.start <= name.start < title.end}
    ahead = {name.jurisdiction for name in places if not name.aside and _is_ahead(name, one)}
    return Cluster(
        [number],
        dict(vector),
        _times(one),
        _ties(one),
        _days(one),
        suppliers,
        {name.jurisdiction for name in places},
        titled,
        titled | ahead,
        set(capitals(one.seen).names),
        is_late,
    )


def _is_ahead(name: Mention, one: Examined) -> bool:
    """Tell whether a name stands in the first sentences of a paper."""
    first = one.paper.paragraphs[0][0] if one.paper.paragraphs else 0
    return first <= name.start < first + _AHEAD


def clusters(single: Sequence[Cluster], least: float, at_once: float = 1.0) -> list[Cluster]:
    """Give the papers of one gate in clusters: each joins the one it is most like, then clusters join each other.

    `at_once` is the likeness from which those of one time join.
    """
    found: list[Cluster] = []
    for new in single:
        best = _best(new, found, least, at_once)
        if best is None:
            found.append(new)
        else:
            join(best, new)
    return joined(found, least, at_once)


def joined(found: list[Cluster], least: float, at_once: float = 1.0) -> list[Cluster]:
    """Let clusters of one gate join each other, until no two are alike."""
    is_joined = True
    while is_joined:
        is_joined = False
        for one in list(found):
            best = _best(one, [other for other in found if other is not one], least, at_once)
            if best is not None:
                join(best, one)
                found = [other for other in found if other is not one]
                is_joined = True
    return found


def _best(one: Cluster, found: Sequence[Cluster], least: float, at_once: float) -> Cluster | None:
    """Give the cluster that one is most like, among those of its time or tied to it."""
    best, most = None, 0.0
    for other in found:
        enough = min(least, at_once) if is_soon(one, other) else least
        if belong(one, other) and (like := likeness(one, other)) >= max(enough, most):
            best, most = other, like
    return best


def belong(one: Cluster, other: Cluster) -> bool:
    """Tell whether two are of one time, or tied; what nobody dates may be of any time."""
    if not one.times or not other.times or is_tied(one, other) or is_dated_alike(one, other):
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


def is_tied(one: Cluster, other: Cluster) -> bool:
    """Tell whether two name one instrument, or one day on which something is banned, ordered or made."""
    return not one.ties.isdisjoint(other.ties)


def is_dated_alike(one: Cluster, other: Cluster) -> bool:
    """Tell whether two state one day, whatever they say of it."""
    return not one.days.isdisjoint(other.days)


def is_named_alike(one: Cluster, other: Cluster) -> bool:
    """Tell whether two share proper names that nobody knows otherwise: one may be chance, more are not."""
    return len(one.names & other.names) >= _NAMES


def is_soon(one: Cluster, other: Cluster) -> bool:
    """Tell whether papers of two came out within days of each other."""
    return any(_together(here, there).days() <= _SOON for here in one.times for there in other.times)


def likeness(one: Cluster, other: Cluster) -> float:
    """Give the mean likeness of the papers of one to those of the other."""
    return product(one.total, other.total) / (len(one.papers) * len(other.papers))


def join(into: Cluster, one: Cluster) -> None:
    """Put one into another."""
    into.papers.extend(one.papers)
    add(into.total, one.total)
    into.ties.update(one.ties)
    into.days.update(one.days)
    into.suppliers.update(one.suppliers)
    into.places.update(one.places)
    into.titled.update(one.titled)
    into.ahead.update(one.ahead)
    into.names.update(one.names)
    for when in one.times:
        near = next((known for known in into.times if _together(known, when).days() <= WINDOW), None)
        if near is None:
            into.times.append(when)
        else:
            into.times[into.times.index(near)] = _together(near, when)


def leave(group: Cluster, one: Cluster) -> None:
    """Take a single paper out of a group; what it named may be named by others too, and stays."""
    group.papers.remove(one.papers[0])
    for term, weight in one.total.items():
        group.total[term] -= weight


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


def _ties(one: Examined) -> set[str]:
    """Give the instruments that a paper cites, and the days on which it says that something is banned or made."""
    ties = {f"{cited.form} {cited.value}" for cited in one.seen.citations if cited.form in INSTRUMENTS}
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
