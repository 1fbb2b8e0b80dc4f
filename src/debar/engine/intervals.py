# SPDX-License-Identifier: Apache-2.0
"""Which rules are in force for which exposures on which days: an interval join over columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import duckdb
import pyarrow as pa

from debar.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = ("party", "product", "meaning", "level", "asset")
_KINDS = """
SELECT party, product, meaning, least(level, 3) AS level, {asset} AS asset, min(row) AS first
FROM exposures GROUP BY ALL ORDER BY first
"""
_CODED = """
CREATE TEMP TABLE coded AS SELECT e.row, k.kind FROM exposures e JOIN kinds k
ON e.party = k.party AND e.product = k.product AND e.meaning = k.meaning AND least(e.level, 3) = k.level
AND {asset} = k.asset
"""
_JOIN = """
WITH in_force AS (
    SELECT r.kind, m.question, r.rule FROM rules r JOIN moments m
    ON r.asker = m.asker AND r.zone = m.zone AND m.at >= r.since AND m.at < r.until
)
SELECT c.row AS exposure, f.question, f.rule FROM coded c JOIN in_force f ON c.kind = f.kind
"""
Table: TypeAlias = pa.Table
_KIND = pa.schema(
    {
        "party": pa.string(),
        "product": pa.string(),
        "meaning": pa.string(),
        "level": pa.int32(),
        "asset": pa.string(),
        "kind": pa.int32(),
    }
)
_RULES = pa.schema(
    {"kind": pa.int32(), "asker": pa.int32(), "zone": pa.string(), "since": pa.int64(), "until": pa.int64()}
)
_MOMENTS = pa.schema({"question": pa.int32(), "asker": pa.int32(), "zone": pa.string(), "at": pa.int64()})


class Intervals:
    """Exposures in columns; the state is the connection that holds them, and their kinds."""

    def __init__(self, exposures: Table, *, by_asset: bool, threads: int = 0) -> None:
        """Take a table with the columns party, product, meaning, level and asset; row numbers are their order.

        `by_asset` tells that the asset matters to some asker. Raises EngineError for a table without them,
        or with gaps in them: an exposure that is not told what it is would be lost.
        """
        self._connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
        if threads:
            self._connection.execute(f"SET threads = {int(threads)}")
        try:
            numbered = exposures.select(_COLUMNS).append_column("row", pa.array(range(len(exposures)), pa.int32()))
        except KeyError as e:
            raise EngineError(f"exposures lack a column: {e.args[0]}") from e
        if gaps := [name for name in _COLUMNS if numbered.column(name).null_count]:
            raise EngineError(f"exposures have rows without {' and '.join(gaps)}")
        self._connection.register("exposures", numbered)
        self._asset = "asset" if by_asset else "''"
        self.kinds: list[tuple[str, str, str, int, str]] = self._kinds()

    def _kinds(self) -> list[tuple[str, str, str, int, str]]:
        try:
            found = self._connection.execute(_KINDS.format(asset=self._asset)).fetchall()
        except duckdb.Error as e:
            raise EngineError(f"DuckDB: {e}") from e
        return [(party, product, meaning, level, asset) for party, product, meaning, level, asset, _ in found]

    def join(
        self, rules: Sequence[tuple[int, int, str, int, int]], moments: Sequence[tuple[int, int, str, int]]
    ) -> Table:
        """Give (exposure, question, rule) for each rule in force; exposures and rules by their position.

        A rule is (kind, asker, zone, since, until), a moment (question, asker, zone, at). To be asked once.
        """
        numbers = pa.array(range(len(rules)), pa.int32())
        kinds = _arrays([(*kind, position) for position, kind in enumerate(self.kinds)], _KIND)
        tables = {
            "kinds": pa.Table.from_arrays(kinds, schema=_KIND),
            "rules": pa.Table.from_arrays([*_arrays(rules, _RULES), numbers], [*_RULES.names, "rule"]),
            "moments": pa.Table.from_arrays(_arrays(moments, _MOMENTS), schema=_MOMENTS),
        }
        try:
            for name, table in tables.items():
                self._connection.register(name, table)
            self._connection.execute(_CODED.format(asset=self._asset.replace("asset", "e.asset")))
            return self._connection.sql(_JOIN).to_arrow_table()
        except duckdb.Error as e:
            raise EngineError(f"DuckDB: {e}") from e
        finally:
            self._connection.close()


def _arrays(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> list[pa.Array]:
    """Give rows as columns; none at all still have their types."""
    return [pa.array([row[n] for row in rows], field.type) for n, field in enumerate(schema)]
