# SPDX-License-Identifier: Apache-2.0
"""Logs of key=value pairs, also inside syslog, CEF and LEEF: a layout in the register says which keys carry what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers import instants
from debar.readers.loglines import entries, fieldlogs, linelogs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each line that names somebody who was contacted, in file order."""
    known, home = fieldlogs.Known(source.log_layouts.fields), source.asset
    for number, line in source.sifted(entries.wanted(source.log_layouts.fields)):
        if not line.strip() or line[0] == "#":
            continue
        source.tally["lines"] += 1
        header, pairs = fieldlogs.message(line[: linelogs.LONGEST])
        found = fieldlogs.said(known, pairs)
        if found is None:
            source.tally["lines of other kinds"] += 1
        elif told := found.told:
            at = told.observed_at or (instants.instant(header.observed_at) if header.observed_at else "")
            asset = header.host or home
            yield entries.observation(found.recipe, told._replace(observed_at=at), source.id, f"line {number}", asset)
