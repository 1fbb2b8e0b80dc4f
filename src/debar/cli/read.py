# SPDX-License-Identifier: Apache-2.0
"""`debar read`: what notices and news say of a measure, where they disagree, and a draft for a person to accept."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

from msgspec.structs import replace

from debar.cli import options as shared
from debar.cli import output, progress_options, register_options
from debar.errors import UsageError
from debar.writers import json

if TYPE_CHECKING:
    import argparse

    from debar.model.intake import Reading
    from debar.watched import Watch
    from debar.writers import Style

FORMATS = ("terminal", "json", "html")
_EPILOG = """\
DOC is a notice, an article, a letter or a feed: HTML, text, PDF, EML, RSS or Atom, XML of the Federal Register, or a
folder of them; - for standard input. English is read; of other languages only dates are, and that is said.

Papers on one measure are put together. debar takes out dated statements with who says them, shows where papers
disagree with one another and with the register, and drafts a measure. Nothing is decided by how many papers say so;
every date that no statement explains stays in a list. debar review takes what you decide about each line.

It helps a person read and does not replace reading: docs/reading-quality.md has how much it finds.

exit status: 0 every paper was read; 2 wrong usage; 3 a paper could not be read, or there was none; 4 the register
or the program is at fault.

examples:
  debar read articles/
  debar read notice.html letter.eml -o html=review.html -o json=reading.json
  curl -s https://example.org/notice | debar read -"""


def run(arguments: list[str]) -> int:
    """Read, write every form, and give the exit code."""
    options = parser().parse(arguments)
    targets = output.targets(options, FORMATS)
    reading, is_whole = made(options)
    output.write(targets, options, lambda form, out, style: write(reading, form, out, style))
    return 0 if is_whole and not reading.skips else 3


def parser() -> shared.Parser:
    """Give what reads the arguments."""
    found = shared.Parser("read", "Say what notices and news tell of a measure, and draft it.", _EPILOG)
    found.add_argument("papers", metavar="DOC", nargs="*", help="files and folders of papers, or - for standard input")
    progress_options.add_progress_options(found)
    shared.add_output_options(found, FORMATS)
    register_options.add_register_option(found, heeds_indicators=False)
    found.set_defaults(indicators=None)
    return found


def made(options: argparse.Namespace) -> tuple[Reading, bool]:
    """Give what the papers say that the options name, and whether nobody interrupted."""
    from debar.cli.scanning import followed
    from debar.intake import reading
    from debar.readers import walk

    sources = options.papers or ["-"]
    if not options.papers and sys.stdin.isatty():
        raise UsageError("nothing to read", hint="name a file or a folder of papers, or pipe one in")
    for source in sources:
        if source.partition(":")[0] in (walk.HOST, walk.TREE) and not os.path.lexists(source):
            raise UsageError(f"{source}: a machine is no paper", hint="name files and folders of papers")
    register = register_options.register(options)

    def read(watch: Watch) -> Reading:
        return reading.read_files(sources, register, watch)

    return followed(options, read)


def write(reading: Reading, form: str, out: IO[str], style: Style) -> None:
    """Write a reading in one form."""
    if form == "json":
        from debar.intake import located

        json.write_document(located.in_files(_leaving(reading)), out, style)  # runs go last: they tell whose text goes
    elif form == "html":
        from debar.writers.intake import page

        page.write(reading, out)
    else:
        from debar.writers.intake import terminal

        terminal.write(reading, out, style)


def _leaving(reading: Reading) -> Reading:
    """Give what leaves debar of a reading: texts only where a file holds no slice of them, and no paragraphs."""
    papers = tuple(
        replace(paper, paragraphs=(), text="" if paper.runs or paper.form == "text" else paper.text)
        for paper in reading.documents
    )
    return replace(reading, documents=papers)
