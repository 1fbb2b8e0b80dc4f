# SPDX-License-Identifier: Apache-2.0
"""Exposures as lists show them: texts from their rows, what the law says from their kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.model.viewed import ExposureRow
from debar.model.vocab import Meaning
from debar.portfolio.tables import HELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.viewed import Alike
    from debar.portfolio.columns import Numbers
    from debar.portfolio.views import View


def rows(connection: sa.Connection, view: View, places: Numbers) -> Iterator[ExposureRow]:
    """Yield the exposures at some places, in their order."""
    numbers = view.rows.row[places].tolist()
    found = {one.row: one for one in connection.execute(sa.select(*_SHOWN).where(HELD.c.row.in_(numbers)))}
    for number, kind in zip(numbers, view.rows.kind[places].tolist(), strict=True):
        yield row(found[number], view.alike[kind])


_SHOWN = tuple(
    HELD.c[name]
    for name in (
        "row", "exposure", "asset", "asset_id", "party", "product", "version", "meaning", "confidence", "first_seen", "last_seen",
    )
)  # fmt: skip


def row(held: sa.Row[tuple[object, ...]], one: Alike) -> ExposureRow:
    """Give an exposure as a list shows it."""
    return ExposureRow(
        id=held.exposure,
        asset=held.asset,
        asset_id=held.asset_id,
        party=held.party,
        product=held.product,
        name=one.name,
        version=held.version,
        meaning=Meaning(held.meaning),
        level=one.level,
        confidence=held.confidence,
        first_seen=held.first_seen,
        last_seen=held.last_seen,
        status=one.status,
        acts=one.acts,
        due=one.due,
        measures=measures(one),
        decision=one.decision,
        verdict=one.verdict,
        aside=one.aside,
    )


def measures(one: Alike) -> tuple[str, ...]:
    """Give the measures that say something of a kind."""
    return tuple(dict.fromkeys(reached.provision.partition("#")[0] for reached in one.reached))
