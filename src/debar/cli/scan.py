# SPDX-License-Identifier: Apache-2.0
"""`debar scan`: from files to a report and an exit code."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any, TypeVar

from debar import pipeline
from debar.cli import engines, forms, reading_options, register_options, scanning_options, storing
from debar.cli import options as shared
from debar.cli.interruption import interruptible, patient
from debar.cli.progress import FORMS, Progress
from debar.errors import UsageError
from debar.model.vocab import Status
from debar.text import printable
from debar.watched import Watch

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from debar.journal import Journal
    from debar.model.results import Report

Answer = TypeVar("Answer")
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
    settings = reading_options.settings(options, strict=options.strict, engine=engines.matching(options))
    settings = scanning_options.quicker(settings, options)
    sources, register = options.source or ["-"], register_options.register(options)
    journal = pipeline.journal(sources, register, settings, goes_on=options.resume)
    is_over = False
    try:
        with storing.keeping(options) as keeper:
            with engines.cluster(options) as afar:
                report, is_whole = followed(
                    options,
                    lambda watch: pipeline.scan(
                        sources,
                        register,
                        question,
                        settings,
                        stdin=patient(sys.stdin.buffer, watch.check),
                        watch=watch,
                        journal=journal,
                        afar=afar,
                        passing=keeper.passing,
                    ),
                )
            keeper.keep(report)
        forms.write(
            report,
            targets,
            options,
            again="debar scan --resume with the same sources writes it without reading everything anew"
            if journal.is_kept
            else "",
        )
        is_over = is_whole
        keeper.tell(quiet=options.quiet)
    finally:
        is_kept = journal.is_kept
        journal.close(is_over=is_over)
        _tell(options, journal, is_interrupted=is_kept and not is_over)
    return exit_code(report, options.fail_on or "")


def followed(options: argparse.Namespace, work: Callable[[Watch], Answer]) -> tuple[Answer, bool]:
    """Give what reading files comes to while its progress is shown and signals may end it, and whether none did."""
    width = shutil.get_terminal_size().columns
    progress = Progress(_form(options), sys.stderr, width=width)
    with interruptible() as stop:

        def watch(tell: Callable[[Any], None]) -> Callable[[Any], None]:
            def told(what: Any) -> None:  # noqa: ANN401 - whatever is told
                tell(what)
                stop.check()

            return told

        try:
            answer = work(
                Watch(
                    stop.check,
                    watch(progress.found),
                    watch(progress.begun),
                    watch(progress.reading),
                    watch(progress.passed),
                )
            )
        finally:
            progress.end()
    return answer, not stop.is_heeded


def _form(options: argparse.Namespace) -> str:
    """Give how progress is shown: by itself only on a terminal."""
    if options.quiet:
        return "none"
    if options.progress != "auto":
        return str(options.progress)
    return "line" if sys.stderr.isatty() else "none"


def _tell(options: argparse.Namespace, journal: Journal, *, is_interrupted: bool) -> None:
    if options.quiet:
        return
    for note in journal.notes:
        print(f"debar: note: {printable(note)}", file=sys.stderr)
    if is_interrupted:
        print("debar: note: debar scan --resume with the same sources goes on from here", file=sys.stderr)


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
    group.add_argument("--strict", action="store_true", help="end at the first input that cannot be read")
    reading_options.add_reading_options(group)
    scanning_options.add_scanning_options(group)
    engines.add_engine_option(group)
    register_options.add_register_option(group)
    group.add_argument(
        "--resume",
        action="store_true",
        help="go on with a scan of the same sources that was interrupted: what it read of large logs is not read again",
    )
    group.add_argument(
        "--progress",
        choices=FORMS,
        default="auto",
        help="how far the scan is, on standard error: by itself on a terminal only; plain or json for a line every ten"
        " seconds anywhere",
    )
    group.add_argument("--quiet", action="store_true", help="no progress and no notes on standard error")
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
