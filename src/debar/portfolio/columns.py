# SPDX-License-Identifier: Apache-2.0
"""The rows of a run as columns in memory: what lists are counted, sorted and paged by; texts stay in the database.

Twenty thousand exposures are some hundred kilobytes here, and a page of fifty is fetched by the numbers of its rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import sqlalchemy as sa

from debar.portfolio.kinds import Light
from debar.portfolio.tables import ASSETS, HELD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Chosen = NDArray[np.bool_]

RANKED = ("confidence", "first_seen", "last_seen", "name", "version")
"""Columns of exposures that are only loaded when a list is sorted by them."""


def at(table: sa.Table, run: int) -> sa.ColumnElement[bool]:
    """Give the condition that a row counts for a run."""
    return sa.and_(table.c.first_run <= run, table.c.last_run >= run)


class Assets(NamedTuple):
    """The assets of a run, in the order of their names."""

    row: Numbers
    gaps: Numbers
    newest: Numbers
    """Place of its time among all times."""


def asset(connection: sa.Connection, run: int, of: Assets, id_: str) -> int:
    """Give the place of an asset by its id; -1 where the run knows none of that id."""
    row = connection.execute(sa.select(ASSETS.c.row).where(ASSETS.c.id == id_, at(ASSETS, run))).scalar()
    found = np.flatnonzero(of.row == (-1 if row is None else row))
    return int(found[0]) if len(found) else -1


def _assets(connection: sa.Connection, run: int) -> tuple[Assets, dict[str, int]]:
    """Give the assets of a run, and their places by their ids."""
    found = connection.execute(
        sa.select(ASSETS.c.asset, ASSETS.c.id, ASSETS.c.row, ASSETS.c.gaps, ASSETS.c.newest).where(at(ASSETS, run))
    ).all()
    found = sorted(found, key=lambda one: (one[0].casefold(), one[1]))
    there = Assets(
        numbers([one[2] for one in found]), numbers([one[3] for one in found]), ranked([one[4] for one in found])
    )
    return there, {one[1]: place for place, one in enumerate(found)}


class Rows(NamedTuple):
    """The exposures of a run, by asset, party and product, with those that were set aside."""

    row: Numbers
    asset: Numbers
    """Place among the assets."""
    kind: Numbers
    """Place among the kinds; -1 for what was put together with another."""


class Laid(NamedTuple):
    """A run as columns, whatever anybody says of it: once it is kept, it never changes."""

    rows: Rows
    kinds: tuple[str, ...]
    """What rows are by themselves."""
    assets: Assets


def laid(connection: sa.Connection, run: int) -> Laid:
    """Give a run as columns."""
    there, place = _assets(connection, run)
    of = HELD.c.party, HELD.c.product
    described = connection.execute(sa.select(HELD.c.kind, *of).where(at(HELD, run)).group_by(HELD.c.kind, *of)).all()
    kinds = [one.kind for one in sorted(described, key=lambda one: (one.party, one.product, one.kind))]
    places = {kind: place for place, kind in enumerate(kinds)}
    found = connection.execute(sa.select(HELD.c.row, HELD.c.asset_id, HELD.c.kind).where(at(HELD, run))).all()
    row = numbers([one[0] for one in found])
    asset = numbers([place[one[1]] for one in found])
    kind = numbers([places[one[2]] for one in found])
    order = np.lexsort((row, kind, asset))
    return Laid(Rows(row[order], asset[order], kind[order]), tuple(kinds), there)


def lights(connection: sa.Connection, run: int, some: Sequence[int] = ()) -> dict[int, Light]:
    """Give the rows of a run by their numbers, or some of them, without their evidence."""
    columns = (HELD.c.row, HELD.c.kind, HELD.c.number, HELD.c.exposure, HELD.c.asset, HELD.c.party, HELD.c.product)
    query = sa.select(*columns, HELD.c.meaning, HELD.c.level, HELD.c.last_seen).where(at(HELD, run))
    if some:
        query = query.where(HELD.c.row.in_(some))
    return {one.row: Light(*tuple(one)) for one in connection.execute(query)}


def firsts(kind: Numbers) -> dict[int, int]:
    """Give by kind the place of its first row."""
    kinds, places = np.unique(kind, return_index=True)
    return dict(zip(kinds.tolist(), places.tolist(), strict=True))


def distinct(values: Numbers) -> int:
    """Give how many different values there are."""
    return len(np.unique(values))


def ranks(connection: sa.Connection, run: int, name: str, of: Rows) -> Numbers:
    """Give the place of each row among all values of one of its columns."""
    column = HELD.c[name]
    values: dict[int, Any] = {
        row: value.casefold() if isinstance(value, str) else value
        for row, value in connection.execute(sa.select(HELD.c.row, column).where(at(HELD, run)))
    }
    return ranked([values[row] for row in of.row.tolist()])


def ranked(values: Sequence[Any]) -> Numbers:
    """Give the place of each value among all that there are; equal ones have the same."""
    places = {value: place for place, value in enumerate(sorted(set(values)))}
    return numbers([places[value] for value in values])


def numbers(values: Sequence[int]) -> Numbers:
    """Give values as a column."""
    return np.array(values, dtype=np.int32)


_FORM = "<i4"
"""As numbers are kept, on whatever machine."""


def packed(values: Numbers) -> bytes:
    """Give a column as bytes."""
    return values.astype(_FORM).tobytes()


def unpacked(content: bytes) -> Numbers:
    """Give a column from its bytes."""
    return np.frombuffer(content, dtype=_FORM).astype(np.int32)


def sorted_by(chosen: Numbers, keys: Sequence[Numbers]) -> Numbers:
    """Give places in the order of some columns, of which the first counts most; what is equal stays in its order."""
    order = chosen
    for key in reversed(keys):
        order = order[np.argsort(key[order], kind="stable")]
    return order


def counted(places: Numbers, of: int) -> list[int]:
    """Give how often each of some places occurs."""
    return list(np.bincount(places, minlength=of).tolist())


def where(chosen: Chosen) -> Numbers:
    """Give the places that are chosen, in order."""
    return np.flatnonzero(chosen).astype(np.int32)


def among(values: Numbers, some: Sequence[int]) -> Chosen:
    """Tell of each value whether it is one of some."""
    return np.isin(values, np.array(some, dtype=np.int32))


def mapped(of: Numbers, values: Sequence[int]) -> Numbers:
    """Give for each place the value that stands there, and for -1 the last of them."""
    return numbers([*values, 0])[of]


def flagged(of: Numbers, flags: Sequence[bool]) -> Chosen:
    """Tell of each place whether it is flagged; -1 never is."""
    return np.array([*flags, False], dtype=np.bool_)[of]


def every(count: int) -> Numbers:
    """Give all places there are."""
    return np.arange(count, dtype=np.int32)


def negative(values: Sequence[int]) -> Numbers:
    """Give values by which the largest comes first."""
    return -numbers(values)


NOTHING = 127
"""Stands behind every rank: there is nothing."""


def least(places: Numbers, values: Numbers, of: int) -> Numbers:
    """Give for each place the least of the values that stand there; NOTHING where none does."""
    found = np.full(of, NOTHING, dtype=np.int32)
    np.minimum.at(found, places, values)
    return found


def pairs(places: Numbers, values: Numbers) -> dict[int, dict[int, int]]:
    """Give for each place how often each value stands there."""
    found: dict[int, dict[int, int]] = {}
    for place, value in zip(places.tolist(), values.tolist(), strict=True):
        own = found.setdefault(place, {})
        own[value] = own.get(value, 0) + 1
    return found
