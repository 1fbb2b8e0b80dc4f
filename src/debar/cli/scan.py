# SPDX-License-Identifier: Apache-2.0
"""`debar scan`: from files to a report and an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from debar import pipeline
from debar.cli import options as shared
from debar.cli import output, reading_options, register_options, scanning_options
from debar.errors import UsageError
from debar.model.vocab import Status
from debar.text import printable
from debar.writers import load as load_writer

if TYPE_CHECKING:
    from debar.model.results import Report

LEVELS = ("prohibited", "required", "at-risk", "undetermined", "none")
_FORBIDDEN = frozenset({Status.PROHIBITED, Status.LICENCE_REQUIRED})
_BOUND = _FORBIDDEN | {Status.REQUIRED}
_AT_RISK = _BOUND | {Status.UNAVAILABLE, Status.AT_RISK}
_THRESHOLDS = {
    "": _BOUND,
    "prohibited": _FORBIDDEN,
    "required": _BOUND,
    "at-risk": _AT_RISK,
    "undetermined": _AT_RISK | {Status.UNDETERMINED},
    "none": frozenset[Status](),
}
"""What counts as due on the day asked about; each level includes the graver ones before it."""
_EPILOG = """\
SOURCE is a file, an archive, a directory, host: for this machine, or - for standard input. What a file
is, is told from its content (debar identify shows it); a scheme forces it: cyclonedx:bom.json,
zeek:dns.log (debar formats lists the schemes), tree:/mnt/disk for the files of an installed system.

exit status: 0 nothing due and every input read; 1 something due at the threshold; 2 wrong usage;
3 an input could not be read, or nothing to scan; 4 the register or the program is at fault.

examples:
  debar scan /srv/evidence --as us/federal-agency
  syft packages alpine -o cyclonedx-json | debar scan -
  debar scan . --exclude '*.log' --fail-on at-risk -o json=report.json"""


def run(arguments: list[str]) -> int:
    """Scan, write every output, and give the exit code."""
    options = _parser().parse(arguments)
    targets = output.targets(options)
    if options.fail_on:
        shared.check_word(options.fail_on, LEVELS, options.named["fail_on"])
    if not options.source and sys.stdin.isatty():
        raise UsageError("nothing to scan", hint="name a file or directory, or pipe something in")
    question = shared.question(options)
    settings = reading_options.settings(options, strict=options.strict, engine=options.engine)
    settings = scanning_options.quicker(settings, options)
    progress = _Progress(enabled=sys.stderr.isatty() and not options.quiet)
    report = pipeline.scan(
        options.source or ["-"],
        register_options.register(options),
        question,
        settings,
        stdin=sys.stdin.buffer,
        progress=progress,
    )
    progress.end()
    output.write(targets, options, lambda form, out, style: load_writer(form).write_report(report, out, style))
    return exit_code(report, options.fail_on or "")


def _parser() -> shared.Parser:
    parser = shared.Parser(
        "scan", "Find a party's technology in files, and say what the law demands about it.", _EPILOG
    )
    parser.add_argument("source", metavar="SOURCE", nargs="*", help="what to read; without one, standard input")
    shared.add_question_options(parser)
    shared.add_output_options(parser)
    group = parser.add_argument_group("scanning")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        default=None,
        help=f"exit 1 when something of this is due: {', '.join(LEVELS)} (default: prohibited or required)",
    )
    group.add_argument("--strict", action="store_true", help="end at the first input that cannot be read")
    reading_options.add_reading_options(group)
    scanning_options.add_scanning_options(group)
    group.add_argument(
        "--engine",
        choices=("inline", "duckdb"),
        default="inline",
        help="where matching runs: row by row (default), or in columns; the answer is the same",
    )
    register_options.add_register_option(group)
    group.add_argument("--quiet", action="store_true", help="no progress on standard error")
    return parser


def exit_code(report: Report, fail_on: str) -> int:
    """Give 3 when anything was left unread, else 1 when something is due, else 0."""
    if report.skips or not report.sources:
        return 3
    due = _THRESHOLDS[fail_on]
    return int(any(p.status in due for many in report.positions.values() for p in many))


class _Progress:
    """One line on a terminal that names the input being read."""

    def __init__(self, *, enabled: bool) -> None:
        self.enabled, self.count = enabled, 0

    def __call__(self, path: str) -> None:
        self.count += 1
        if self.enabled:
            shown = printable(path)[-70:]
            sys.stderr.write(f"\r\x1b[Kreading {self.count}: {shown}")
            sys.stderr.flush()

    def end(self) -> None:
        """Wipe the line."""
        if self.enabled:
            sys.stderr.write("\r\x1b[K")
