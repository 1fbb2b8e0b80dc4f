# SPDX-License-Identifier: Apache-2.0
"""JSON with stable keys: the same input and the same question give the same bytes."""

from __future__ import annotations

from json import dumps
from typing import IO, TYPE_CHECKING

import msgspec

from debar.text import STEERING as _STEERING

if TYPE_CHECKING:
    import re

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
    out.write(escaped(msgspec.json.format(msgspec.json.encode(noun), indent=2).decode("utf-8")))
    out.write("\n")


def escaped(text: str) -> str:
    """Give JSON with every control character escaped: it allows some, that a terminal should not see."""
    return text if text.isascii() and "\x7f" not in text else _STEERING.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    # What lies below is the layout's own line feed: within strings such characters are escaped already.
    return character if character < "\x7f" else dumps(character)[1:-1]
