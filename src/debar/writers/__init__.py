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
    checked: str = ""
    """By whose tool or schema the tests check what is written; empty where the form is debar's own."""


class WriterModule(Protocol):
    """What the module of a writer offers."""

    def write_report(self, report: Report, out: IO[Any], style: Style) -> None:
        """Write the report of a scan."""

    def write_explanation(self, explanation: Explanation, out: IO[str], style: Style) -> None:
        """Write what the register says about a party."""


WRITERS = (
    Writer("terminal", "debar.writers.terminal", "text for people, wrapped to the width of the terminal"),
    Writer("json", "debar.writers.json", "one JSON document, described by docs/reference/report.schema.json"),
    Writer(
        "html",
        "debar.writers.html",
        "one web page for people, with all its evidence, that needs nothing from elsewhere",
    ),
    Writer("pdf", "debar.writers.pdf", "the same for paper and archives: PDF/A-2a and PDF/UA-1", is_binary=True),
    Writer("md", "debar.writers.markdown", "Markdown of GitHub's kind: the whole report, for a ticket or a wiki"),
    Writer("csv", "debar.writers.csv", "a table with a row for each finding, safe to open in a spreadsheet"),
    Writer(
        "parquet",
        "debar.writers.parquet",
        "the same table as Parquet, for analysis",
        is_binary=True,
        checked="pyarrow and DuckDB",
    ),
    Writer(
        "sarif",
        "debar.writers.sarif.log",
        "SARIF 2.1.0, for code scanning of GitHub and others",
        checked="the schema of SARIF 2.1.0, and Microsoft's multitool with the rules of GitHub",
    ),
    Writer(
        "cyclonedx",
        "debar.writers.cyclonedx.bom",
        "CycloneDX 1.7: what was found, its evidence, and claims on the law",
        checked="the schema of CycloneDX 1.7",
    ),
    Writer(
        "oscal",
        "debar.writers.oscal.results",
        "OSCAL 1.2.1 assessment results, for authorities and auditors",
        checked="compliance-trestle",
    ),
    Writer(
        "ocsf",
        "debar.writers.ocsf",
        "OCSF 1.5.0 compliance findings, one event a line, for a SIEM",
        checked="py-ocsf-models",
    ),
    Writer("junit", "debar.writers.junit", "JUnit XML, for a pipeline's page of tests"),
    Writer("github", "debar.writers.github", "annotations of a GitHub job, as workflow commands"),
    Writer("github-summary", "debar.writers.summary", "Markdown for the summary of a GitHub job, at most 1 MiB"),
    Writer("gitlab", "debar.writers.gitlab", "code quality of GitLab, in the form of Code Climate"),
    Writer("ics", "debar.writers.deadlines", "a calendar of what is due, with alarms", checked="icalendar"),
    Writer("template", "debar.writers.template", "whatever a Jinja template of your own makes of it"),
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
