# SPDX-License-Identifier: Apache-2.0
"""`debar register facts`: what measures ask about an organisation, its systems and contracts."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output, register_options
from debar.obligations import conditions
from debar.obligations.organisation import answers
from debar.writers.layout import Page

if TYPE_CHECKING:
    from debar.model.measures import Party
    from debar.register import Register
    from debar.writers import Style

_EPILOG = """\
examples:
  debar register facts                              every fact with its question
  debar register facts --party hikvision            only those that decide something about a party

State a fact with --fact NAME=ANSWER, or in the organisation's file: for all of it, for one of its
systems, or for one of its contracts."""


def run(arguments: list[str]) -> int:
    """List the facts."""
    parser = shared.Parser(
        "register facts", "List the questions that measures ask, with the answers they know.", _EPILOG
    )
    parser.add_argument("--party", metavar="PARTY", default=None, help="only those of measures about this party")
    shared.add_output_options(parser)
    register_options.add_register_option(parser)
    options = parser.parse(arguments)
    targets = output.targets(options)
    register = register_options.register(options)
    rows = _rows(register, register_options.party(options, register))
    output.write(targets, options, lambda form, out, style: _write(rows, form, out, style))
    return 0


def _rows(register: Register, party: Party | None) -> list[dict[str, object]]:
    from debar.obligations.concern import concerning

    known = answers(register)
    pairs = concerning(register, party) if party else [(m, p) for m in register.measures.values() for p in m.provisions]
    questions: dict[str, str] = {}
    measures: dict[str, set[str]] = {}
    for measure, provision in pairs:
        for fact in conditions.asked_by(measure, provision):
            measures.setdefault(fact, set()).add(measure.id)
        for condition in conditions.of_provision(measure, provision):
            questions.setdefault(condition.fact, condition.needs)
    return [
        {
            "fact": fact,
            "question": questions.get(fact, "The day of the event that a deadline counts from."),
            "answers": sorted(known[fact]),
            "measures": sorted(named),
        }
        for fact, named in sorted(measures.items())
    ]


def _write(rows: list[dict[str, object]], form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(rows, out, style)
        return
    page = Page(out, style)
    for row in rows:
        page.line(str(row["fact"]), style="bold")
        page.paragraph(str(row["question"]), indent=4, hang=1)
        words = ", ".join(map(str, row["answers"])) if isinstance(row["answers"], list) and row["answers"] else ""
        page.paragraph(f"answers: {words or 'a date, a year or a number'}", indent=4, style="dim")
        named = row["measures"] if isinstance(row["measures"], list) else []
        page.paragraph(f"asked by: {', '.join(named)}", indent=4, style="dim")
