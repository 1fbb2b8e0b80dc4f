# SPDX-License-Identifier: Apache-2.0
"""The answer on names as a table for spreadsheets: a row for each hit, and one for each name without.

RFC 4180, UTF-8; a cell that a spreadsheet would run is disarmed as in the table of the register.
"""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING

from debar.writers.register.table import safe

if TYPE_CHECKING:
    from debar.model.screened import NameHit, ScreenedName, Screening
    from debar.writers import Style

COLUMNS = (
    "name", "rows", "amounts", "first", "last", "places", "relation", "party", "listed_name", "score", "evidence",
    "unmatched_name", "unmatched_list", "remarks", "because", "dismissed", "list", "version",
)  # fmt: skip


def write(screening: Screening, out: IO[str], _style: Style) -> None:
    """Write a header, and the rows in the order of the answer."""
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    release = (screening.list.name, screening.list.version)
    for one in screening.names:
        own = _name(one)
        for hit, word in (*((hit, "") for hit in one.hits), *((hit, "dismissed") for hit in one.dismissed)):
            rows.writerow(map(safe, (*own, *_hit(hit), word, *release)))
        if not one.hits and not one.dismissed:
            rows.writerow(map(safe, (*own, *[""] * 10, *release)))


def _name(one: ScreenedName) -> tuple[str, ...]:
    amounts = "; ".join(f"{amount} {currency}".rstrip() for currency, amount in one.amounts.items())
    return one.name, str(one.rows), amounts, one.first, one.last, "; ".join(one.places)


def _hit(hit: NameHit) -> tuple[str, ...]:
    return (
        hit.relation,
        hit.party,
        hit.listed_name,
        f"{hit.score:.3f}",
        "; ".join(f"{agreement.how}: {agreement.text}" for agreement in hit.evidence),
        " ".join(hit.unmatched.query),
        " ".join(hit.unmatched.listed),
        "; ".join(hit.remarks),
        "; ".join(hit.because),
    )
