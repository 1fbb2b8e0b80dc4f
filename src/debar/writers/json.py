# SPDX-License-Identifier: Apache-2.0
"""JSON with stable keys: the same input and the same question give the same bytes."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from debar.model.results import Explanation, Report
    from debar.writers import Style


def write_report(report: Report, out: IO[str], style: Style) -> None:
    """Write the report as one indented document; keys stand in the order of the structs."""
    write_document(report, out, style)


def write_explanation(explanation: Explanation, out: IO[str], style: Style) -> None:
    """Write the explanation as one indented document."""
    write_document(explanation, out, style)


def write_document(noun: object, out: IO[str], _style: Style) -> None:
    """Write anything made of structs; control characters leave as JSON escapes."""
    out.write(msgspec.json.format(msgspec.json.encode(noun), indent=2).decode("utf-8"))
    out.write("\n")
