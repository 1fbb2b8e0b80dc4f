# SPDX-License-Identifier: Apache-2.0
"""nomenklatura's logic-v2, as it ships: it compares with every party of a short list, and finds candidates in a long one."""

from __future__ import annotations

import logging
import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quality.names.systems import LOWEST, Ranked, System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from debar.model.listed import PartyList

    _Entity = Any

_PAIRS = 50_000
"""Pairs of a name and a party up to which all are compared, without an index."""
_BATCH = 1000
"""Names that the index is asked for at once."""


def logic_v2() -> System:
    """Give nomenklatura's logic-v2 at its own threshold."""
    from followthemoney import Dataset, StatementEntity  # type: ignore[import-not-found]
    from nomenklatura.matching import LogicV2  # type: ignore[import-not-found]

    logging.getLogger("nomenklatura").setLevel(logging.ERROR)
    dataset = Dataset.make({"name": "names", "title": "Names"})
    config = LogicV2.default_config()

    numbers = count()

    def entity(names: Sequence[str]) -> _Entity:
        # What nomenklatura knows of an entity it remembers by its id, so that no two may ever have the same.
        properties = {"name": list(names[:1]), "alias": list(names[1:])}
        described = {"id": f"entity-{next(numbers)}", "schema": "Organization", "properties": properties}
        return StatementEntity.from_data(dataset, described)

    def compare(query: _Entity, party: _Entity) -> float:
        return float(LogicV2.compare(query, party, config).score)

    def prepare(parties: PartyList) -> Callable[[Sequence[str]], list[tuple[Ranked, ...]]]:
        listed = [entity([name.text for name in party.names]) for party in parties.parties]
        party_of = {one.id: party.id for one, party in zip(listed, parties.parties, strict=True)}

        def rank(names: Sequence[str]) -> list[tuple[Ranked, ...]]:
            asked = [entity([name]) for name in names]
            is_few = len(asked) * len(listed) <= _PAIRS
            candidates = {query.id: listed for query in asked} if is_few else _candidates(listed, asked)
            found = []
            for query in asked:
                scored = ((party_of[one.id], compare(query, one)) for one in candidates.get(query.id, ()))
                hits = sorted((hit for hit in scored if hit[1] >= LOWEST), key=lambda hit: -hit[1])
                found.append(tuple(Ranked(party, score) for party, score in hits))
            return found

        return rank

    return System("logic-v2", 0.70, prepare, lambda a, b: compare(entity([a]), entity([b])))


def _candidates(listed: Sequence[_Entity], asked: Sequence[_Entity]) -> dict[str, list[_Entity]]:
    """Give the parties that nomenklatura's own index finds for each name, as it ships."""
    from nomenklatura.blocker import Index  # type: ignore[import-not-found]

    class Listed:
        """The only thing that the index asks a view of."""

        def entities(self, **_: object) -> Iterator[_Entity]:
            """Yield all parties."""
            yield from listed

    found: dict[str, list[_Entity]] = {}
    known = {one.id: one for one in listed}
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Listed(), Path(folder))
        index.build()
        for start in range(0, len(asked), _BATCH):
            for key, matches in index.match_entities(asked[start : start + _BATCH]):
                found[key.id] = [known[match.id] for match, _ in matches]
        index.con.close()
    return found
