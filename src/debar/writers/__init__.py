# SPDX-License-Identifier: Apache-2.0
"""OUTPUTS: one file for each output format, one row for each writer.

A writer's module has `write_report(report, out, style)`; that of terminal and json also
`write_explanation(explanation, out, style)`. `out` is a text stream, or one of bytes where the row says so, and only
the terminal writer looks at how to draw.
"""

from __future__ import annotations

from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from debar.model.results import Explanation, Report


class Style(NamedTuple):
    """How to draw on a terminal."""

    colour: bool = False
    width: int = 100
    verbose: bool = False
    template: str = ""
    """File of the template, for the writer that fills one."""


class Writer(NamedTuple):
    """One row of the table."""

    name: str
    """Shown to users, used with -o."""
    module: str
    """Loaded on first use."""
    title: str
    is_binary: bool = False
    """It writes bytes, to a file or a pipe and never to a terminal."""


class WriterModule(Protocol):
    """What the module of a writer offers."""

    def write_report(self, report: Report, out: IO[Any], style: Style) -> None:
        """Write the report of a scan."""

    def write_explanation(self, explanation: Explanation, out: IO[str], style: Style) -> None:
        """Write what the register says about a party."""


WRITERS = (
    Writer("terminal", "debar.writers.terminal", "text for people, wrapped to the width of the terminal"),
    Writer("json", "debar.writers.json", "one JSON document, described by docs/reference/report.schema.json"),
)

PLAIN = ("terminal", "json")
"""What every verb writes; the others are forms of a report."""


def is_binary(name: str) -> bool:
    """Tell whether a format is bytes; one that is no report's is text."""
    return any(writer.is_binary for writer in WRITERS if writer.name == name)


def load(name: str) -> WriterModule:
    """Give the module of a writer; the name must be one of the table."""
    module = next(writer.module for writer in WRITERS if writer.name == name)
    return cast("WriterModule", import_module(module))
