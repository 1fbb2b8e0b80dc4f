# SPDX-License-Identifier: Apache-2.0
"""`debar formats`: what debar reads and writes."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output
from debar.readers import READERS
from debar.writers import WRITERS
from debar.writers.layout import Page

if TYPE_CHECKING:
    from debar.writers import Style


def run(arguments: list[str]) -> int:
    """List every reader with what it takes out and does not see, and every writer."""
    parser = shared.Parser("formats", "List the formats that debar reads and writes.")
    shared.add_output_options(parser)
    options = parser.parse(arguments)
    output.write(output.targets(options), options, _write)
    return 0


def _write(form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        rows = [{**r._asdict(), "direction": "in"} for r in READERS]
        written = [{**w._asdict(), "direction": "out"} for w in WRITERS]
        json.write_document([{k: v for k, v in r.items() if k != "module"} for r in (*rows, *written)], out, style)
        return
    page = Page(out, style)
    page.heading("Reads", "plain, gzip or zstd; told from content, never from the name")
    for reader in READERS:
        page.line(f"{reader.name:<16}{reader.title}")
        page.paragraph(reader.extracts, indent=16, hang=1)
        page.paragraph(f"but: {reader.limits}", indent=16, hang=1)
    page.heading("Writes", "with -o FORMAT[=FILE]")
    for writer in WRITERS:
        page.line(f"{writer.name:<16}{writer.title}")
