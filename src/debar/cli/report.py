# SPDX-License-Identifier: Apache-2.0
"""`debar report`: one report in any of its forms, without looking at anything again."""

from __future__ import annotations

from debar.cli import forms, reading_options, register_options, reported, scan, storing
from debar.cli import options as shared

_EPILOG = """\
SOURCE is a report that debar scan -o json wrote, or a run that was kept; or what to scan anew, with the
options of debar scan. Each -o writes one form: -o html=report.html -o sarif=report.sarif. debar formats
lists them, with what each is for.

exit status: 0 written; 1 something is due at --fail-on; 2 wrong usage; 3 a form could not be written, or
what was scanned anew could not be read; 4 the register or the program is at fault.

examples:
  debar scan /srv/evidence -o json=report.json
  debar report report.json -o html=report.html -o sarif=report.sarif -o ics=deadlines.ics
  debar report report.json -o template=letter.txt --template letter.j2
  debar report /srv/evidence --as us/federal-contractor -o csv=findings.csv"""


def run(arguments: list[str]) -> int:
    """Write every form, and give the exit code."""
    options = _parser().parse(arguments)
    wanted = forms.targets(options)
    if options.fail_on:
        shared.check_word(options.fail_on, scan.LEVELS, options.named["fail_on"])
    question = shared.question(options)
    settings = reading_options.settings(options)
    register, store = register_options.register(options), storing.store(options)
    found = reported.reported(options.source, register, question, settings, store)
    if found.was_written:
        shared.refuse_question(options)
    forms.write(found.report, wanted, options)
    if options.fail_on:
        return scan.exit_code(found.report, options.fail_on)
    # What an earlier scan left unread its report says; this one only wrote it down.
    return 0 if found.was_written else scan.exit_code(found.report, "none")


def _parser() -> shared.Parser:
    parser = shared.Parser("report", "Write a report in other forms, without looking at anything again.", _EPILOG)
    parser.add_argument(
        "source", metavar="SOURCE", nargs="*", help="a report as JSON, or what to scan; without one, standard input"
    )
    shared.add_question_options(parser)
    forms.add_form_options(parser)
    group = parser.add_argument_group("scanning")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        default=None,
        help=f"exit as debar scan does, 1 when something of this is due: {', '.join(scan.LEVELS)} (default: 0)",
    )
    reading_options.add_reading_options(group)
    register_options.add_register_option(group)
    return parser
