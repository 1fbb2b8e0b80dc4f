# SPDX-License-Identifier: Apache-2.0
"""Exposures of which the law can tell no difference: thousands differ only in where they are.

What tells them apart lies in two places. What an exposure is by itself is its kind, and is worked out once, when it is
found (`kind`). What an organisation adds, its systems, owners, decisions and records, may change every day, and splits kinds
when a view is made (`split`). Both are coarser than exposures and never coarser than the law: whatever the procedure looks at
(`obligations.findings`, `obligations.plan`, `decisions`) stands in one of the two.
"""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from debar import decisions as deciding
from debar.decisions.effects import is_back
from debar.identity import stable_id
from debar.model.results import Exposure, Identity
from debar.model.vocab import Meaning, Verdict
from debar.obligations import owners

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from debar.model.measures import Organisation
    from debar.model.results import Decision, Record


class Light(NamedTuple):
    """A row of what was found, without its evidence."""

    row: int
    kind: str
    number: int
    exposure: str
    asset: str
    party: str
    product: str
    meaning: str
    level: int
    last_seen: str


def kind(exposure: Exposure, aside: str) -> str:
    """Give the kind of an exposure, as far as it decides that by itself."""
    return stable_id("knd", exposure.party, exposure.product, exposure.meaning, str(exposure.level), aside)


def asset_id(asset: str) -> str:
    """Give the id of an asset, by which it is asked for: names may hold anything, and differ in case."""
    return stable_id("ast", asset.casefold())


class Splitting(NamedTuple):
    """What an organisation adds, by which exposures of one kind may differ."""

    organisation: Organisation
    decisions: Sequence[Decision]
    records: Sequence[Record]

    @property
    def is_needed(self) -> bool:
        """Tell whether anything can differ; else every kind stays whole."""
        asking = self.organisation
        return bool(self.decisions or asking.systems or any(o.assets for o in asking.owners) or self._recorded)

    @property
    def _recorded(self) -> Collection[str]:
        return {exposure for record in self.records for exposure in record.exposures}

    def split(self, rows: Sequence[Light], whole: Callable[[int], Exposure]) -> list[str]:
        """Give the kind of each row: its own, or a part of it.

        `whole` gives a row with its evidence, which only a decision on packages asks for.
        1. Assets differ in the systems they belong to, and in who may own what is on them.
        2. Exposures differ in the decisions on them, and in whether something was seen after it was said to be replaced.
        3. What a record names, or a decision touches beside something else of the same id, is a kind of its own.
        """
        places: dict[str, tuple[object, ...]] = {}
        touched = self._touched(rows, whole)
        several = _several(rows)
        close = {row.exposure for row in rows if row.exposure in several and touched.get(row.row)}
        recorded, found = self._recorded, []
        for row in rows:
            place = places.get(row.asset)
            if place is None:
                place = places[row.asset] = self._place(row.asset)  # 1.
            decided = touched.get(row.row, ())  # 2.
            is_alone = row.exposure in recorded or row.exposure in close or bool(row.number and decided)  # 3.
            if not (is_alone or decided or place):
                found.append(row.kind)
                continue
            alone = (row.exposure, row.number) if is_alone else ()
            found.append(stable_id("knd", row.kind, repr((place, decided, alone))))
        return found

    def _place(self, asset: str) -> tuple[object, ...]:
        asking = self.organisation
        systems = tuple(s.id for s in asking.systems if any(fnmatchcase(asset, pattern) for pattern in s.assets))
        rows = [owner for owner in asking.owners if owner.assets]
        own = tuple(number for number, row in enumerate(rows) if owners.of_asset((row,), asset))
        return (systems, own) if systems or own else ()

    def _touched(self, rows: Iterable[Light], whole: Callable[[int], Exposure]) -> dict[int, tuple[object, ...]]:
        """Give the decisions in whose scope each row is; rows that none touches are left out."""
        if not self.decisions:
            return {}
        named: dict[str, list[int]] = defaultdict(list)
        wide: list[int] = []
        for number, one in enumerate(self.decisions):
            (named[one.exposure] if one.exposure else wide).append(number)
        bare = [replace(one, purl="") for one in self.decisions]
        found: dict[int, tuple[object, ...]] = {}
        for row in rows:
            if not (numbers := [*named.get(row.exposure, ()), *wide]):
                continue
            exposure = plain(row)
            fitting = [number for number in numbers if deciding.reaches(bare[number], exposure)]
            if any(self.decisions[number].purl for number in fitting):
                exposure = whole(row.row)
                fitting = [number for number in fitting if deciding.reaches(self.decisions[number], exposure)]
            if fitting:
                found[row.row] = tuple((n, *_overtaken(self.decisions[n], exposure)) for n in fitting)
        return found


def plain(row: Light) -> Exposure:
    """Give an exposure without its evidence."""
    return Exposure(
        id=row.exposure,
        asset=row.asset,
        party=row.party,
        product=row.product,
        version="",
        identity=Identity(on="", dated=False, ties=(), host=""),
        meaning=Meaning(row.meaning),
        level=row.level,
        confidence=0.0,
        techniques=(),
        matches=(),
        first_seen="",
        last_seen=row.last_seen,
    )


def _overtaken(decision: Decision, exposure: Exposure) -> tuple[str, ...]:
    """Give what a decision that something was replaced looks at beside its scope: when what is back was seen."""
    if decision.verdict is not Verdict.REPLACED:
        return ()
    if is_back(decision, exposure):
        return (exposure.last_seen[:10],)
    return ("dated" if exposure.last_seen else "",)


def _several(rows: Iterable[Light]) -> set[str]:
    """Give ids of exposures of which there are several rows: what counts, and what was set aside."""
    seen: set[str] = set()
    return {row.exposure for row in rows if row.exposure in seen or seen.add(row.exposure)}  # type: ignore[func-returns-value]
