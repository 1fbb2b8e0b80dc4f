# SPDX-License-Identifier: Apache-2.0
"""Sightings put together while they come, so that memory grows with what is found and not with what is read.

Rows of one source that say the same of an asset are counted, not listed. Traffic names endless hosts below one domain,
and endless pages: of those a few are listed for each asset and indicator, and the rest is counted with the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.model.vocab import Medium

if TYPE_CHECKING:
    from debar.model.results import Hit
    from debar.model.vocab import Kind, Meaning

SAMPLES = 10
"""Different values that are listed of one indicator on one asset in one log."""
PLACES = 200_000
"""Sightings in traffic that are listed in all: some 300 MB. Networks of 40,000 machines have some thousands."""
FURTHER = "(further assets)"
"""What assets of traffic are called beyond that; how often and when each indicator was met is still told."""


class Place(NamedTuple):
    """What makes two sightings the same."""

    asset: str
    source: str
    label: str
    indicator: int
    kind: Kind
    value: str
    meaning: Meaning
    against: str


class Seen:
    """One way an asset met an indicator, and when."""

    __slots__ = ("count", "first", "hit", "last", "others")

    def __init__(self, hit: Hit) -> None:
        """Begin with the first sighting, uncounted."""
        self.hit, self.count, self.others, self.first, self.last = hit, 0, 0, "", ""

    def add(self, when: str, *, is_same: bool = True) -> None:
        """Count one more sighting, of the same value or of another one; ISO times compare as text."""
        self.count += is_same
        self.others += not is_same
        if when:
            self.first = min(self.first or when, when)
            self.last = max(self.last, when)


class Sightings:
    """Everything that was seen so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.places: dict[Place, Seen] = {}
        self._groups: dict[tuple[object, ...], tuple[Place, int]] = {}
        """Traffic by asset, source, indicator and what it amounts to: the first place, and how many are listed."""

    def add(self, place: Place, hit: Hit) -> None:
        """Count a sighting."""
        when = dates.seen(hit.observation.observed_at) if hit.observation.observed_at else ""
        if (seen := self.places.get(place)) is None and hit.observation.medium is Medium.NETWORK:
            place, is_same = self._of_traffic(place)
            seen = self.places.get(place)
            if seen is not None:
                seen.add(when, is_same=is_same)
                return
        if seen is None:
            seen = self.places[place] = Seen(hit)
        seen.add(when)

    def _of_traffic(self, place: Place) -> tuple[Place, bool]:
        """Give the place under which a new sighting in traffic is counted, and whether it is the same value."""
        group = place[:2] + place[3:4] + place[6:]
        if group not in self._groups and len(self.places) >= PLACES:
            place = place._replace(asset=FURTHER)
            group = place[:2] + place[3:4] + place[6:]
            if place in self.places:
                return place, True
        first, count = self._groups.get(group, (place, 0))
        if count >= SAMPLES:
            return first, False
        self._groups[group] = first, count + 1
        return place, True
