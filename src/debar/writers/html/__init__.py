# SPDX-License-Identifier: Apache-2.0
"""The report as one web page that needs nothing from elsewhere: to read, to search, to print, to keep.

The page is drawn twice. What everybody must see stands in it as plain HTML, and needs no script; the table of
exposures is also there as columns of JSON, of which a script draws the rows that are in sight.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from debar.model.results import Report
    from debar.writers import Style


def write_report(report: Report, out: IO[str], style: Style) -> None:  # noqa: ARG001 - every writer has it
    """Write the page."""
    from debar.writers.html.page import pieces  # heavy: loaded when it is asked for
    from debar.writers.outline import outline

    for piece in pieces(report, outline(report)):
        out.write(piece)
