# SPDX-License-Identifier: Apache-2.0
"""The forms of a report: every row of WRITERS, and the file of a template for the one that is filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output
from debar.errors import UsageError
from debar.writers import WRITERS, load

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.cli.output import Target
    from debar.model.results import Report

TEMPLATE = "template"
"""Writer that needs a file of the user's."""


def add_form_options(parser: argparse.ArgumentParser) -> None:
    """Add where a report goes and in which forms."""
    shared.add_output_options(parser, [writer.name for writer in WRITERS])
    group = parser.add_argument_group("a form of your own")
    group.add_argument(
        "-t",
        "--template",
        metavar="FILE",
        type=Path,
        default=None,
        help="Jinja template that -o template fills in with the report",
    )


def targets(options: argparse.Namespace) -> list[Target]:
    """Give the outputs asked for; UsageError for a template without its form, or the other way round."""
    found = output.targets(options, [writer.name for writer in WRITERS])
    is_filled = any(target.format == TEMPLATE for target in found)
    if is_filled and not options.template:
        raise UsageError("-o template: no template is named", hint="name one with --template FILE.j2")
    if is_filled and not options.template.is_file():  # before anything is read, which may take hours
        raise UsageError(f"{options.named['template']}: {options.template}: no such file", hint="name a Jinja template")
    if options.template and not is_filled and options.named["template"].startswith("-"):
        raise UsageError(
            f"{options.named['template']}: nothing is written with it", hint="add -o template, or -o template=FILE"
        )
    return found


def write(report: Report, wanted: Sequence[Target], options: argparse.Namespace, *, again: str = "") -> None:
    """Write a report in every form asked for; `again` says how to do so without reading everything anew."""
    template = str(options.template or "")
    output.write(
        list(wanted),
        options,
        lambda form, out, style: load(form).write_report(report, out, style._replace(template=template)),
        again=again,
    )
