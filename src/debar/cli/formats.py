# SPDX-License-Identifier: Apache-2.0
"""`debar formats`: what debar reads and writes."""

from __future__ import annotations

import sys

from debar.cli import options as shared
from debar.readers import READERS
from debar.writers import WRITERS, Style
from debar.writers.layout import Page


def run(arguments: list[str]) -> int:
    """List every reader with what it takes out and does not see, and every writer."""
    parser = shared.Parser("formats", "List the formats that debar reads and writes.")
    parser.add_argument("-o", "--output", choices=("terminal", "json"), default="terminal", help="default: terminal")
    options = parser.parse(arguments)
    if options.output == "json":
        from debar.writers import json

        rows = [
            {
                "name": r.name,
                "title": r.title,
                "direction": "in",
                "media": r.media,
                "extracts": r.extracts,
                "limits": r.limits,
            }
            for r in READERS
        ]
        outputs = [{"name": w.name, "title": w.title, "direction": "out"} for w in WRITERS]
        json.write_document([*rows, *outputs], sys.stdout, Style())
        return 0
    page = Page(sys.stdout, Style())
    page.heading("Reads", "plain, gzip or zstd; told from content, never from the name")
    for reader in READERS:
        page.line(f"{reader.name:<16}{reader.title}")
        page.paragraph(reader.extracts, indent=16, hang=1)
        page.paragraph(f"but: {reader.limits}", indent=16, hang=1)
    page.heading("Writes", "with -o FORMAT[=FILE]")
    for writer in WRITERS:
        page.line(f"{writer.name:<16}{writer.title}")
    return 0
