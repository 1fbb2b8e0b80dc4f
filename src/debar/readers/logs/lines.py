# SPDX-License-Identifier: Apache-2.0
"""Logs of a line for each look-up, request or connection: a layout in the register says how such lines are written.

Headers of syslog, of the journal and of containers may stand before any of them. The host in the header is the server
that wrote the line; the client that the line is about is the asset, and the server only where no client is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.readers import encodings
from debar.readers.loglines import entries, linelogs, syslog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each line that names somebody who was contacted, in file order."""
    head = encodings.to_text(source.head()).lstrip("\ufeff")
    layouts = linelogs.fitting(linelogs.content(head), source.log_layouts.lines)
    if not layouts:
        raise SourceError(
            "no line layout knows these lines",
            locator="line 1",
            hint="register/layouts/lines has the known ones; add a YAML file there with a pattern for these",
        )
    known = linelogs.Known(layouts)
    # Whether lines have headers is decided once for logs that have none: to look for one costs as much as a pattern.
    is_bare = not any(syslog.header(line).end for line in linelogs.content(head))
    lines = others = 0
    home = source.asset
    try:
        for number, line in source.sifted(entries.wanted(layouts)):
            if not line or line[0] in "#;\r":
                continue
            lines += 1
            if len(line) > linelogs.LONGEST:
                line = line[: linelogs.LONGEST]  # noqa: PLW2901 - what is cut off is no longer looked at
            header = syslog.NONE if is_bare else syslog.header(line)
            found = known.found(line, header)
            if found is None:
                others += 1
            elif entry := linelogs.told(found):
                yield entries.observation(found.pattern.recipe, entry, source.id, f"line {number}", home)
    finally:
        source.tally["lines"] += lines
        source.tally["lines of other kinds"] += others
