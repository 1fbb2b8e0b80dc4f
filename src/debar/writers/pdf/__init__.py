# SPDX-License-Identifier: Apache-2.0
"""The report on paper: PDF/A-2a and PDF/UA-1, with its fonts inside, the same bytes for the same report."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from debar.model.results import Report
    from debar.writers import Style


def write_report(report: Report, out: IO[bytes], style: Style) -> None:  # noqa: ARG001 - every writer has it
    """Write the document."""
    from debar.writers.outline import outline
    from debar.writers.pdf.content import content
    from debar.writers.pdf.typesetting import typeset  # heavy: loaded when it is asked for

    out.write(typeset(content(report, outline(report)), report.as_of))
