# SPDX-License-Identifier: Apache-2.0
"""What the law says on a day, counted over the findings of runs: DuckDB in memory reads the columns, and is never the store."""

from __future__ import annotations

from glob import escape
from typing import TYPE_CHECKING

import duckdb
import msgspec

from debar import dates
from debar.errors import EvidenceError, StoreError
from debar.model.results import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_COUNT = """
SELECT measure, status, count(*) AS findings FROM read_parquet($files)
WHERE since <= {moment} AND (until <= {moment}) IS NOT TRUE GROUP BY measure, status ORDER BY measure, status
"""
_SAFE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}
"""Nothing is fetched, and nothing that lies about is loaded."""


def standings(files: Sequence[Path], day: str, zones: Sequence[str]) -> tuple[Standing, ...]:
    """Give how many findings in some files of a lake have which status at the end of a day, by measure.

    The day ends where the authority of the measure sits: in its time zone, of which `zones` are all; in any other it
    ends with the day of UTC. Raises EvidenceError for a file that is gone, StoreError for one that holds no findings.
    """
    names = [escape(str(file)) for file in files]  # DuckDB takes names for patterns
    if gone := [file for file in files if not file.is_file()]:
        raise EvidenceError(f"{gone[0]}: is gone", hint="debar status --check looks at every file")
    if not names:
        return ()
    try:
        with duckdb.connect(":memory:", config=_SAFE) as connection:
            values: dict[str, object] = {"files": names, "utc": dates.ends(day, "UTC")}
            moments = []
            for number, zone in enumerate(zones):
                values |= {f"z{number}": zone, f"t{number}": dates.ends(day, zone)}
                moments.append(f"WHEN $z{number} THEN $t{number}")
            moment = f"CASE zone {' '.join(moments)} ELSE $utc END" if moments else "$utc"
            statement = _COUNT.format(moment=moment)
            found = connection.execute(statement, values).fetchall()
        return tuple(
            msgspec.convert(dict(zip(Standing.__struct_fields__, row, strict=True)), Standing) for row in found
        )
    except (duckdb.Error, msgspec.ValidationError, ValueError, TypeError) as e:
        said = " ".join(str(e).split())[:200]
        raise StoreError(f"{names[-1]}: holds no findings: {said}", hint="debar status --check looks at it") from e
