# SPDX-License-Identifier: Apache-2.0
"""`debar scan`: from files to a report and an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from debar.cli import forms, register_options, scanning, storing
from debar.cli import options as shared
from debar.errors import UsageError
from debar.model.vocab import Status

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
3 an input could not be read, a result not be written, or nothing to scan; 4 the register or the program
is at fault. SIGINT and SIGTERM end the reading: what was read is reported, the rest is named, and the
status is 3.

examples:
  debar scan /srv/evidence --as us/federal-agency
  syft packages alpine -o cyclonedx-json | debar scan -
  debar scan . --exclude '*.log' --fail-on at-risk -o json=report.json"""


def run(arguments: list[str]) -> int:
    """Scan, write every output, and give the exit code."""
    options = _parser().parse(arguments)
    targets = forms.targets(options)
    if options.fail_on:
        shared.check_word(options.fail_on, LEVELS, options.named["fail_on"])
    if not options.source and sys.stdin.isatty():
        raise UsageError("nothing to scan", hint="name a file or directory, or pipe something in")
    question = shared.question(options)
    settings = scanning.settings(options)
    sources, register = options.source or ["-"], register_options.register(options)
    with scanning.running(options, "scan", sources, register, settings) as run:
        with storing.keeping(options) as keeper:
            report = run.scan(sources, register, question, settings, stdin=sys.stdin.buffer, passing=keeper.passing)
            keeper.keep(report)
        forms.write(
            report,
            targets,
            options,
            again=f"{run.again} writes it without reading everything anew" if run.is_kept else "",
        )
        run.is_over = run.is_whole
        keeper.tell(quiet=options.quiet)
    return exit_code(report, options.fail_on or "")


def _parser() -> shared.Parser:
    parser = shared.Parser(
        "scan", "Find a party's technology in files, and say what the law demands about it.", _EPILOG
    )
    parser.add_argument("source", metavar="SOURCE", nargs="*", help="what to read; without one, standard input")
    shared.add_question_options(parser)
    forms.add_form_options(parser)
    group = parser.add_argument_group("scanning")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        default=None,
        help=f"exit 1 when something of this is due: {', '.join(LEVELS)} (default: prohibited or required)",
    )
    scanning.add_options(group)
    return parser


def exit_code(report: Report, fail_on: str) -> int:
    """Give 3 when anything was left unread, else 1 when something is due, else 0."""
    if report.skips or not report.sources:
        return 3
    due = statuses(fail_on)
    return int(any(p.status in due for many in report.positions.values() for p in many))


def statuses(fail_on: str) -> frozenset[Status]:
    """Give the positions that count as due at a level; the empty one is the default."""
    return _THRESHOLDS[fail_on]
