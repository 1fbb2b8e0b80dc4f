# SPDX-License-Identifier: Apache-2.0
"""`debar identify`: what each file is taken for, and why."""

from __future__ import annotations

import sys
from collections import Counter
from functools import partial
from typing import IO, TYPE_CHECKING, NamedTuple

from debar.cli import options as shared
from debar.cli import output, reading_options, register_options
from debar.errors import UsageError
from debar.identify import Identifying, Walked
from debar.readers import walk
from debar.readers.inputs import Input
from debar.writers.layout import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Layout
    from debar.register import Register
    from debar.writers import Style

_EPILOG = """\
Archives are opened, and so are container images; of the file tree of an installed system only the files
that can tell a maker are listed.

exit status: 0 every file was recognised; 2 wrong usage; 3 some were not.

examples:
  debar identify /srv/evidence
  debar identify export.zip -o json"""


_KEYS = ("path", "reader", "title", "why")


class Answer(NamedTuple):
    """One line of the answer."""

    path: str
    reader: str
    """Empty for what no reader knows."""
    title: str
    why: str
    is_told: bool = False
    """It needs no reader: documentation beside the evidence."""


def run(arguments: list[str]) -> int:
    """List every input with the reader it is for."""
    parser = shared.Parser("identify", "Say what each file is taken for, and why.", _EPILOG)
    parser.add_argument(
        "path", metavar="PATH", nargs="*", help="file, archive or directory; without one, standard input"
    )
    shared.add_output_options(parser)
    group = parser.add_argument_group("looking")
    group.add_argument("--exclude", metavar="GLOB", action="append", help="leave files out; may be given several times")
    reading_options.add_columns_option(group)
    register_options.add_register_option(group)
    options = parser.parse(arguments)
    targets = output.targets(options)
    if not options.path and sys.stdin.isatty():
        raise UsageError("nothing to identify", hint="name a file or directory, or pipe something in")
    found = walk.find(options.path or ["-"], tuple(options.exclude or ()))
    answers = list(_answers(found, register_options.register(options), reading_options.layouts(options)))
    output.write(targets, options, lambda form, out, style: _write(answers, form, out, style))
    return 3 if not answers or any(not (answer.reader or answer.is_told) for answer in answers) else 0


def _answers(
    found: Iterator[walk.Found | walk.Fault], register: Register, layouts: tuple[Layout, ...]
) -> Iterator[Answer]:
    make = partial(Input, layouts=(*layouts, *register.layouts), log_layouts=register.log_layouts)
    for place in Identifying(make, sys.stdin.buffer).inputs(found):
        if isinstance(place, walk.Fault):
            yield Answer(place.path, "", "", f"{place.reason}; {place.hint}" if place.hint else place.reason)
        elif isinstance(place, Walked):
            yield Answer(place.path, "tree", "file tree", f"{place.files} files, {place.looked_at} looked at")
        elif place.reader is None and not place.named and walk.is_documentation(place.source.path):
            yield Answer(place.source.path, "", "", "documentation, which a scan passes over", is_told=True)
        elif place.reader is None:
            yield Answer(place.source.path, "", "", place.why)
        else:
            yield Answer(place.source.path, place.reader.name, place.reader.title, place.why)


def _write(answers: list[Answer], form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document([dict(zip(_KEYS, answer, strict=False)) for answer in answers], out, style)
        return
    page = Page(out, style)
    for answer in answers:
        if answer.reader:
            page.paragraph(f"{answer.path}: {answer.reader} - {answer.title} ({answer.why})", hang=4)
        else:
            lead = "" if answer.is_told or answer.why.startswith("recognised as") else "not recognised: "
            page.paragraph(f"{answer.path}: {lead}{answer.why}", hang=4, style="dim" if answer.is_told else "yellow")
    counts = Counter(answer.reader or ("passed over" if answer.is_told else "not read") for answer in answers)
    page.heading("In all", f"{len(answers)} inputs")
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        page.line(f"{count:>8}  {name}")
