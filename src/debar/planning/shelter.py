# SPDX-License-Identifier: Apache-2.0
"""What protects a machine when its product is gone: another one that reports healthy, or nothing that anybody knows of."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab import Health, Looked, Medium, Shelter

if TYPE_CHECKING:
    from debar.model.results import AssetEvidence, Protection, Report
    from debar.register import Register

_LOOKED = frozenset({Looked.READ, Looked.LOSSES, Looked.STALE})
_TELLING = (Medium.INVENTORY, Medium.PACKAGES, Medium.FILES)
"""Evidence in which a product that protects would have shown."""
_ZONES = 1
"""Days by which it may be later elsewhere."""
_ORDER = (Shelter.HEALTHY, Shelter.OUTDATED, Shelter.UNCONFIRMED, Shelter.UNHEALTHY)


class Sheltered(NamedTuple):
    """What is known of the protection of one machine."""

    shelter: Shelter
    best: Protection | None
    others: tuple[Protection, ...]
    why: str


def _is_listed(evidence: AssetEvidence) -> bool:
    """Tell whether somebody listed what is there, and not only how some products do."""
    return evidence.state in _LOOKED and bool(evidence.readers)


class Shelters:
    """What protects the machines of a report; asked machine by machine."""

    def __init__(self, report: Report, register: Register, begins: str, within: int) -> None:
        """Take the report, the first day of the plan, and the days for which a healthy report counts."""
        self._begins, self._within = date.fromisoformat(begins), within
        self._paths = {source.id: source.path for source in report.sources}
        self._standing = {one.id: one.stands_back for one in register.protectors}
        self._by_asset: dict[str, list[Protection]] = defaultdict(list)
        for protection in report.protection:
            self._by_asset[protection.asset.casefold()].append(protection)
        self._looked = {
            name.casefold()
            for one in report.coverage.assets
            if any(_is_listed(one.evidence[medium]) for medium in _TELLING if medium in one.evidence)
            for name in (one.asset, *one.also)
        }

    def of(self, asset: str) -> Sheltered:
        """Give what protects an asset; the best of several products counts, and unknown is not protected."""
        found = [(self._shelter(one), one) for one in self._by_asset.get(asset.casefold(), ())]
        others = tuple(sorted((one for _, one in found), key=lambda one: one.product))
        if not found:
            if asset.casefold() in self._looked:
                return Sheltered(
                    Shelter.NONE, None, (), "its programs were listed, and no other product was among them"
                )
            return Sheltered(
                Shelter.NOT_LOOKED_AT, None, (), "nobody has listed its programs; what is not known does not protect"
            )
        shelter, best = min(found, key=lambda one: (_ORDER.index(one[0]), one[1].product))
        return Sheltered(shelter, best, others, self._words(shelter, best))

    def _shelter(self, one: Protection) -> Shelter:
        if one.state is Health.UNHEALTHY:
            return Shelter.UNHEALTHY
        if one.state is not Health.HEALTHY:
            return Shelter.UNCONFIRMED
        if not one.as_of:
            return Shelter.OUTDATED
        return Shelter.HEALTHY if -_ZONES <= self._age(one) <= self._within else Shelter.OUTDATED

    def _age(self, one: Protection) -> int:
        """Give how many days before the plan begins something was said; negative for a later day."""
        return (self._begins - date.fromisoformat(one.as_of[:10])).days

    def _words(self, shelter: Shelter, one: Protection) -> str:
        said = f" ({', '.join(one.says)})" if one.says else ""
        place = f"{self._paths.get(one.source, one.source)}, {one.locator}"
        day = f"as of {one.as_of[:10]}" if one.as_of else "on a day that its source does not give"
        if shelter is Shelter.HEALTHY:
            return f"{one.name} reported healthy {day}{said}, {place}"
        if shelter is Shelter.OUTDATED:
            how = f"more than {self._within} days before the plan begins"
            if not one.as_of:
                how = "nobody knows how long ago"
            elif self._age(one) < 0:
                how = "after the plan begins, so that nothing is known of its first day"
            return f"{one.name} reported healthy {day}{said}, {place}: {how}"
        if shelter is Shelter.UNHEALTHY:
            return f"{one.name} is there and does not protect{said} {day}, {place}"
        back = self._standing.get(one.product, "")
        told = (
            f"what it reports is not understood{said}"
            if one.state is Health.UNKNOWN
            else f"its state is not told{said}"
        )
        if one.says and one.state is Health.INSTALLED:
            told = f"it stands back for another product, or tells only a part{said}"
        return f"{one.name} is there, {told}, {place}" + (f"; {back[:1].lower()}{back[1:].rstrip('.')}" if back else "")
