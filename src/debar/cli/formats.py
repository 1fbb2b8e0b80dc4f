# SPDX-License-Identifier: Apache-2.0
"""`debar formats`: what debar reads and writes."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output
from debar.readers import FAMILIES
from debar.writers import WRITERS
from debar.writers.layout import Page

if TYPE_CHECKING:
    from debar.writers import Style


_TOLD = ("name", "title", "media", "extracts", "limits")
"""What a program is told of a reader; how it recognises is told with each file, by `debar identify`."""


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

        rows = [
            {**{key: getattr(reader, key) for key in _TOLD}, "family": family, "direction": "in"}
            for family, readers in FAMILIES.items()
            for reader in readers
        ]
        written = [{**w._asdict(), "direction": "out"} for w in WRITERS]
        json.write_document([{k: v for k, v in r.items() if k != "module"} for r in (*rows, *written)], out, style)
        return
    page = Page(out, style)
    page.paragraph(
        f"{sum(map(len, FAMILIES.values()))} formats are read: plain, in gzip, zstd, bzip2 or xz, and inside ZIP and tar"
        " archives and container images. What a file is, is told from its content; debar identify shows it."
    )
    for family, readers in FAMILIES.items():
        page.heading(family, f"{len(readers)} formats")
        for reader in readers:
            page.paragraph(f"{reader.name}: {reader.title}", hang=4)
            page.paragraph(f"takes out {reader.extracts}", indent=4, hang=1)
            page.paragraph(f"but: {reader.limits}", indent=4, hang=1, style="dim")
    page.heading("Writes", "with -o FORMAT[=FILE]")
    for writer in WRITERS:
        page.paragraph(f"{writer.name:<16}{writer.title}", hang=16)
        if writer.checked:
            page.paragraph(f"checked with {writer.checked}", indent=16, style="dim")
