# SPDX-License-Identifier: Apache-2.0
"""Sellers whose names no indicator fits, met by screening them against the parties of the register.

An indicator knows a spelling; screening knows what a name is made of. What it says is evidence of its own kind: each
party has an indicator for each relation in which a name may stand to it, without patterns, so that a hit is explained,
weighed and set aside like any other.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from debar.model.inventory import Indicator
from debar.model.vocab import Grade, Kind, Meaning, Operator
from debar.model.vocab.names import NameRelation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from debar.model.inventory import Observation
    from debar.model.measures import Party
    from debar.model.screened import NameHit
    from debar.screen.index import NameIndex
    from debar.screen.screening import Screener

KINDS = frozenset({Kind.SUPPLIER})
"""Kinds whose values are names of sellers and nothing else."""
LEVELS = {NameRelation.SAME: 3, NameRelation.AFFILIATE: 2, NameRelation.SIMILAR: 1}
"""What the relation alone supports. Below 3 nothing follows but a question, and 1 is a mention."""
LONGEST = 200
"""Characters of a value that can be the name of a seller."""
_MEANINGS = {NameRelation.SIMILAR: Meaning.MENTION}
_CHECKS = {
    NameRelation.SAME: "another company of the same name",
    NameRelation.AFFILIATE: "a company that has the brand in its name and is not of the group: look its owner up in the register"
    " of companies where it sits",
    NameRelation.SIMILAR: "a company that is spelled alike: look at the whole name, and at where it sits",
}
"""What else it can be, and the look that settles it."""
SHORT = 3
"""Letters of a name that many companies have: DJI is a prison service in the Netherlands as well."""
BATCH = 1 << 13
"""Observations whose names are looked at together."""
REMEMBERED = 1 << 17
"""Names that are remembered; then the memory starts afresh."""
_EQUAL = 0.005
"""Difference of scores below which two parties are meant alike."""


def indicators(parties: Iterable[Party]) -> Iterator[Indicator]:
    """Yield the indicators of parties, one for each relation that is evidence; persons have none."""
    for party in parties:
        if party.person:
            continue
        for relation, level in LEVELS.items():
            yield Indicator(
                id=_id(party.id, relation),
                party=party.id,
                kind=Kind.SUPPLIER,
                operator=Operator.EQUALS,
                patterns=(),
                level=level,
                meaning=_MEANINGS.get(relation, Meaning.PURCHASE),
                examples=(),
                counterexamples=(),
                falsepositives=_CHECKS[relation],
                grade=Grade.SECONDARY,
                references=(f"register/parties/{party.id}.yaml",),
            )


def _id(party: str, relation: NameRelation) -> str:
    return f"{party}-named-{relation}"


class Named:
    """The parties of a register, to be asked for the names of sellers."""

    def __init__(self, names: Callable[[], NameIndex], every: Sequence[Indicator]) -> None:
        """Take what gives the parties as a list, and all indicators of the index, among them those of `indicators`."""
        self._names = names
        self._screener: Screener | None = None
        self._every = every
        self._known: dict[str, tuple[NameHit, ...]] = {}

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {indicator.id: at for at, indicator in enumerate(self._every)}

    def ahead(self, observations: Iterable[Observation]) -> Iterator[Observation]:
        """Yield observations as they come, having looked at the names of many at once: one by one takes ten times as long.

        Only rows with the name of a seller wait for each other; whatever else is read is given at once.
        """
        waiting: list[Observation] = []
        for one in observations:
            if any(each.kind in KINDS for each in one.observables):
                waiting.append(one)
                if len(waiting) < BATCH:
                    continue
                yield from self._looked_at(waiting)
                waiting = []
                continue
            if waiting:
                yield from self._looked_at(waiting)
                waiting = []
            yield one
        yield from self._looked_at(waiting)

    def _looked_at(self, some: list[Observation]) -> list[Observation]:
        values = {each.value for one in some for each in one.observables if each.kind in KINDS}
        self._learn([value for value in sorted(values - self._known.keys()) if _is_name(value)])
        return some

    def meet(self, value: str) -> tuple[int, ...]:
        """Give the positions of the indicators for whom a name means, in ascending order; none for nobody."""
        hits = self._hits(value)
        # A name that is known to be somebody else's is no evidence of the party, nor of one that shares its brand.
        if not hits or any(hit.relation is NameRelation.DIFFERENT for hit in hits):
            return ()
        best = hits[0]
        alike = (hit for hit in hits if hit.relation is best.relation and best.score - hit.score < _EQUAL)
        found = (self._positions.get(_id(hit.party, _shown(hit))) for hit in alike)
        return tuple(sorted(at for at in found if at is not None))

    def _hits(self, value: str) -> tuple[NameHit, ...]:
        if value not in self._known and _is_name(value):
            self._learn([value])
        return self._known.get(value, ())

    def _learn(self, values: Sequence[str]) -> None:
        """Look at names at once, and remember who is meant."""
        if not values:
            return
        if len(self._known) + len(values) > REMEMBERED:
            self._known.clear()
        if self._screener is None:
            from debar.screen.screening import Screener  # slow to import, and for purchases only

            self._screener = Screener(self._names())
        self._known.update(zip(values, self._screener.screen(values), strict=True))


def _shown(hit: NameHit) -> NameRelation:
    """Give the relation that a hit supports: three letters alone are a brand, and somebody else's abbreviation."""
    is_short = len(hit.evidence) == 1 and len(hit.evidence[0].listed) <= SHORT
    return NameRelation.AFFILIATE if hit.relation is NameRelation.SAME and is_short else hit.relation


def _is_name(value: str) -> bool:
    return bool(value.strip()) and len(value) <= LONGEST
