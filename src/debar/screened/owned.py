# SPDX-License-Identifier: Apache-2.0
"""Whether listed parties own enough of those that names mean, by the rules that somebody asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.vocab.names import NameRelation
from debar.screen.ownership import owned

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from debar.model.owned import Owned, OwnershipRule
    from debar.model.screened import ScreenedName
    from debar.screen.index import NameIndex


def listed(index: NameIndex, named: Sequence[str]) -> frozenset[str]:
    """Give the ids of whoever counts as listed: those that are named, else all that the list itself aims at."""
    ids = index.kept.ids
    return frozenset(named) or frozenset(id_ for at, id_ in enumerate(ids) if index.party(at).is_listed)


def answers(
    index: NameIndex, names: Iterable[ScreenedName], rules: Sequence[OwnershipRule], listed: Collection[str], on: str
) -> tuple[Owned, ...]:
    """Give what each rule makes of each party that a name is the name of, in the order of the names.

    `listed` are the ids of whoever owns, `on` is a day: 2024-07-19.
    """
    hits = (hit for one in names for hit in one.hits if hit.relation is NameRelation.SAME)
    parties = [*map(index.party, range(len(index.kept.ids)))]
    return tuple(
        owned(party, listed, parties, rule, on) for party in dict.fromkeys(hit.party for hit in hits) for rule in rules
    )
