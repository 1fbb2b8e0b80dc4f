# SPDX-License-Identifier: Apache-2.0
"""What became of exposures over runs: first seen, last seen, gone since, came back; nothing unseen is called gone.

After each run, in the order of the days asked about, an exposure that was met before is

1. open, or set aside, when the run met it;
2. gone, when the run did not meet it and read whole, of its asset, every kind of evidence in which it was last met;
3. not looked at, when it was open and the run did not look so;
4. what it was, otherwise: what is gone stays gone until a run meets it, what is set aside stays so until a run looks.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from debar.model.results import Course, Pace, Progress
from debar.model.vocab import Presence, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debar.model.results import Run

BOUND = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED})
"""What the law forbids or demands, as the exit code of a scan counts it."""
_LONGEST = 36_500
"""Days; beyond a century an estimate says nothing."""


class Sighting(NamedTuple):
    """What one run said of one exposure."""

    is_set_aside: bool
    statuses: frozenset[Status]
    media: frozenset[str]


class Seen(NamedTuple):
    """What one run met, and where it looked."""

    run: Run
    sightings: Mapping[str, Sighting]
    """By id of the exposure."""
    looks: Mapping[str, frozenset[str]]
    """By folded name of the asset, the kinds of evidence that were read whole."""


class Known(NamedTuple):
    """What an exposure is, whatever becomes of it."""

    asset: str
    name: str


class _Path:
    """The way of one exposure through the runs so far."""

    __slots__ = ("back", "first", "gone", "last", "presence", "sighting")

    def __init__(self, day: str, sighting: Sighting) -> None:
        self.first = self.last = day
        self.gone, self.back = "", list[str]()
        self.sighting = sighting
        self.presence = Presence.SET_ASIDE if sighting.is_set_aside else Presence.OPEN


class _Count:
    """What one run changed."""

    __slots__ = ("aside", "back", "gone", "new", "restored")

    def __init__(self) -> None:
        self.new = self.back = self.gone = self.restored = self.aside = 0


def courses(runs: Iterable[Seen], known: Mapping[str, Known]) -> tuple[list[Course], list[Progress]]:
    """Give what became of each exposure, by asset and name, and how it stood after each run.

    The runs come in the order of the days that they asked about; each is looked at once.
    """
    paths: dict[str, _Path] = {}
    progress = []
    for seen in runs:
        count, day = _Count(), seen.run.as_of[:10]
        for id_, sighting in seen.sightings.items():
            _meet(paths, id_, sighting, day, count)
        for id_, path in paths.items():
            if id_ not in seen.sightings:
                _miss(path, seen.looks.get(known[id_].asset.casefold(), frozenset()), day, count)
        progress.append(_progress(seen, paths, known, count))
    found = [_course(id_, path, known[id_]) for id_, path in paths.items()]
    return sorted(found, key=lambda course: (course.asset, course.name, course.exposure)), progress


def _meet(paths: dict[str, _Path], id_: str, sighting: Sighting, day: str, count: _Count) -> None:
    """Note that a run met an exposure (1.)."""
    path = paths.get(id_)
    if path is None:
        paths[id_] = _Path(day, sighting)
        count.new += not sighting.is_set_aside
        return
    if path.presence is Presence.GONE:
        path.back.append(day)
        path.gone = ""
        count.back += not sighting.is_set_aside
    elif path.presence is Presence.SET_ASIDE:
        count.restored += not sighting.is_set_aside
    else:
        count.aside += sighting.is_set_aside
    path.last, path.sighting = day, sighting
    path.presence = Presence.SET_ASIDE if sighting.is_set_aside else Presence.OPEN


def _miss(path: _Path, looked: frozenset[str], day: str, count: _Count) -> None:
    """Note that a run did not meet an exposure (2. to 4.)."""
    if path.presence is Presence.GONE:
        return
    if path.sighting.media and path.sighting.media <= looked:
        count.gone += path.presence is not Presence.SET_ASIDE
        path.presence, path.gone = Presence.GONE, day
    elif path.presence is Presence.OPEN:
        path.presence = Presence.NOT_LOOKED_AT


def _progress(seen: Seen, paths: Mapping[str, _Path], known: Mapping[str, Known], count: _Count) -> Progress:
    remaining = {id_ for id_, path in paths.items() if path.presence in (Presence.OPEN, Presence.NOT_LOOKED_AT)}
    counting = [one for one in seen.sightings.values() if not one.is_set_aside]
    return Progress(
        run=seen.run.id,
        day=seen.run.as_of[:10],
        remaining=len(remaining),
        open=len(counting),
        bound=sum(1 for one in counting if one.statuses & BOUND),
        assets=len({known[id_].asset.casefold() for id_ in remaining}),
        new=count.new,
        came_back=count.back,
        gone=count.gone,
        restored=count.restored,
        put_aside=count.aside,
        set_aside=len(seen.sightings) - len(counting),
        not_looked_at=len(remaining) - len(counting),
    )


def _course(id_: str, path: _Path, known: Known) -> Course:
    return Course(
        exposure=id_,
        name=known.name,
        asset=known.asset,
        presence=path.presence,
        first_seen=path.first,
        last_seen=path.last,
        gone_since=path.gone or None,
        came_back=tuple(path.back),
        statuses=tuple(sorted(path.sighting.statuses)),
    )


def pace(progress: Sequence[Progress], deadline: str) -> Pace | None:
    """Give how fast exposures became fewer from the first run to the last; nothing where that says nothing.

    It takes two days between which something was left to do. An estimate: the future owes nothing to the past.
    """
    if not progress or progress[0].day == progress[-1].day or not progress[-1].remaining:
        return None
    first, last = progress[0], progress[-1]
    ended = date.fromisoformat(last.day)
    rate = (first.remaining - last.remaining) / (ended - date.fromisoformat(first.day)).days
    days = ceil(last.remaining / rate) if rate > 0 else _LONGEST + 1
    done = (ended + timedelta(days=days)).isoformat() if days <= _LONGEST else None
    return Pace(
        per_day=round(rate, 4),
        from_day=first.day,
        done_on=done,
        is_in_time=(done is not None and done <= deadline) if deadline else None,
    )
