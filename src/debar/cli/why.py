# SPDX-License-Identifier: Apache-2.0
"""`debar why`: why something is an exposure, what speaks against it, and what one more look would settle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar import decisions
from debar.cli import options as shared
from debar.cli import output, reading_options, register_options, reported, storing
from debar.match.account import account
from debar.match.compile import compile_register
from debar.obligations.background import ties
from debar.obligations.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from debar.model.results import Decision, Exposure, Report, Why
    from debar.register import Register
    from debar.writers import Style

_EPILOG = """\
EXPOSURE is an id or its first characters (exp-59a4), an asset, a party, or asset/party; a report lists them.
What was set aside can be asked about as well. SOURCE is a report that debar scan -o json wrote, which is
answered as it stands; or what to scan anew, with the options of debar scan.

The last part says what one more look would settle: which sign of the supplier was not met yet, where to
look for it, and to which level it would bring the exposure. It comes from the register alone.

exit status: 0 it was told; 2 wrong usage, or no such exposure, or several.

examples:
  debar scan /srv/evidence -o json=report.json
  debar why exp-59a4 report.json
  debar why ws-0042/kaspersky /srv/evidence --on 2024-10-01
  debar scan /srv/evidence -o json | debar why edge-appliance"""


def run(arguments: list[str]) -> int:
    """Tell why, write every output, and give 0."""
    options = _parser().parse(arguments)
    targets = output.targets(options)
    question = shared.question(options)
    settings = reading_options.settings(options)
    register = register_options.register(options)
    found = reported.reported(options.source, register, question, settings, storing.store(options))
    report = found.report
    if found.was_written:
        shared.refuse_question(options)
        report = _decided(report, settings.decisions)
    exposure, set_aside = reported.meant(options.exposure, report)
    question = Question(organisation=report.organisation, as_of=report.as_of, known_on=report.known_on or "")
    why = account(
        exposure,
        set_aside,
        report,
        register,
        compile_register(register),
        ties=ties(exposure, register, question),
        notes=tuple(_notes(exposure, report, register)),
    )
    output.write(targets, options, lambda form, out, style: _write(why, form, out, style))
    return 0


def _parser() -> shared.Parser:
    parser = shared.Parser(
        "why", "Say why something is an exposure, what speaks against it, and what would settle it.", _EPILOG
    )
    parser.add_argument("exposure", metavar="EXPOSURE", help="id, asset, party, or asset/party")
    parser.add_argument(
        "source", metavar="SOURCE", nargs="*", help="a report as JSON, or what to scan; without one, standard input"
    )
    shared.add_question_options(parser)
    shared.add_output_options(parser)
    group = parser.add_argument_group("scanning")
    reading_options.add_reading_options(group)
    register_options.add_register_option(group)
    return parser


def _decided(report: Report, known: tuple[Decision, ...]) -> Report:
    """Give a report with what was decided since it was written."""
    if not known:
        return report
    day = report.as_of[:10]
    exposures, set_aside = decisions.decided(report.exposures, report.set_aside, known, day)
    became = decisions.states(known, day, exposures, set_aside, report.findings, is_applied=False)
    told = {state.id: state for state in (*report.decisions, *became)}
    return replace(report, exposures=tuple(exposures), set_aside=tuple(set_aside), decisions=tuple(told.values()))


def _notes(exposure: Exposure, report: Report, register: Register) -> Iterator[str]:
    """Yield the notes of the report that are about one exposure, and a warning where another register looks at it."""
    notes = [note for note in report.coverage.notes if exposure.id in note]
    yield from notes
    for state in report.decisions:
        is_told = exposure.decision == state.decision or state.text in notes
        if exposure.id in state.exposures and not is_told:
            yield state.text
    if report.register.sha256 != register.sha256:
        yield (
            f"the report rests on register {report.register.version} ({report.register.sha256[:12]}), the looks on"
            f" {register.version} ({register.sha256[:12]})"
        )


def _write(why: Why, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(why, out, style)
    else:
        from debar.writers import why as terminal

        terminal.write_why(why, out, style)
