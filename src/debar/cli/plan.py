# SPDX-License-Identifier: Apache-2.0
"""`debar plan`: in which order what was found goes, without leaving a machine bare."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from msgspec.structs import replace

from debar import dates
from debar.cli import options as shared
from debar.cli import output, reading_options, register_options, reported, storing
from debar.errors import UsageError
from debar.model.vocab import Force
from debar.planning.plan import Wishes, plan
from debar.writers import json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.cli.reported import Reported
    from debar.model.results import Plan, Report
    from debar.register import Register
    from debar.writers import Style

FORMATS = ("terminal", "json", "csv")
_CAPACITY = re.compile(r"([1-9][0-9]{0,6})(?:/day)?")
_MOST_TRIED = 50
"""Capacities that one call tries."""
_EPILOG = """\
SOURCE is a report that debar scan -o json wrote, a run that was kept, or what to scan anew, with the options
of debar scan. Work is put on working days: what is due first goes first, a server that manages products goes
after all of them, and no machine loses its protection before another product reports healthy on it. Where none
does, the first step there is "replace first". What nobody looked at counts as bare.

A machine takes one visit, or two on successive working days where something must be put in place first;
--capacity says how many visits there are hands for on one day. Nothing is carried out: a plan is a list.

exit status: 0 planned, and nothing that binds is late; 1 something that binds is late by this plan; 2 wrong
usage; 3 what was scanned anew could not all be read; 4 the register or the program is at fault.

examples:
  debar plan report.json --deadline 2024-12-31 --capacity 40/day
  debar plan report.json --capacity 40 --simulate 10,20,80
  debar plan /srv/evidence --as us/federal-agency -o json=plan.json -o csv=steps.csv -o terminal"""


def run(arguments: list[str]) -> int:
    """Plan, write every form, and give the exit code."""
    options = _parser().parse(arguments)
    wanted = output.targets(options, FORMATS)
    question = shared.question(options)
    settings = reading_options.settings(options)
    asked = Wishes(
        begins=_day(options, "begin"),
        deadline=_day(options, "deadline"),
        capacity=_capacity(options),
        capacities=_capacities(options),
        healthy_within=_within(options),
    )
    register = register_options.register(options)
    found = reported.reported(options.source, register, question, settings, storing.store(options))
    if found.was_written:
        shared.refuse_question(options)
    wishes = replace(asked, begins=asked.begins or found.report.as_of[:10])
    if wishes.deadline and wishes.deadline < wishes.begins:
        raise UsageError(
            f"{options.named['deadline']}: {wishes.deadline} lies before the first day, {wishes.begins}",
            hint="--begin names the first day of work; without it, it is the day that the report is about",
        )
    made = _planned(found, register, wishes)
    output.write(wanted, options, lambda form, out, style: _write(made, form, out, style))
    return _exit_code(made, found.report, was_written=found.was_written)


def _planned(found: Reported, register: Register, wishes: Wishes) -> Plan:
    """Give the plan; UsageError for a written report with days, zones or measures that there are none of."""
    try:
        return plan(found.report, register, wishes)
    except (ValueError, OverflowError, KeyError, TypeError) as e:
        if not found.was_written:
            raise
        raise UsageError(f"a report that no debar has written: {e}", hint="scan the sources again") from e


def _exit_code(made: Plan, report: Report, *, was_written: bool) -> int:
    if not was_written and (report.skips or not report.sources):
        return 3
    return int(any(one.force is Force.MUST for one in made.late))


def _parser() -> shared.Parser:
    parser = shared.Parser(
        "plan", "Order the removal of what was found in waves, without leaving a machine bare.", _EPILOG
    )
    parser.add_argument(
        "source", metavar="SOURCE", nargs="*", help="a report as JSON, or what to scan; without one, standard input"
    )
    group = parser.add_argument_group("the plan")
    group.add_argument(
        "--begin", metavar="DAY", default=None, help="first day of work (default: the day that the report is about)"
    )
    group.add_argument(
        "--deadline",
        metavar="DAY",
        default=None,
        help="day by which all shall be done; a day of the law that is earlier and still to come goes before it",
    )
    group.add_argument(
        "--capacity",
        metavar="N/day",
        default=None,
        help="visits of machines on one working day (default: as many as there are)",
    )
    group.add_argument(
        "--simulate", metavar="N,N", default=None, help="capacities to try as well: what would then be late"
    )
    group.add_argument(
        "--healthy-within",
        metavar="DAYS",
        default="30",
        help="a product must have reported healthy at most so long before the first day to count (default: 30)",
    )
    shared.add_question_options(parser)
    shared.add_output_options(parser, FORMATS)
    group = parser.add_argument_group("scanning")
    reading_options.add_reading_options(group)
    register_options.add_register_option(group)
    return parser


def _day(options: argparse.Namespace, option: str) -> str:
    text = shared.when(options, option)
    if text and not dates.is_date(text):
        raise UsageError(f"{options.named[option]}: {text!r} is no day", hint="write 2024-12-31")
    return text


def _capacity(options: argparse.Namespace) -> int | None:
    """Give the capacity, or nothing; UsageError for what is no number of visits."""
    return _visits(options.capacity, options.named["capacity"]) if options.capacity else None


def _capacities(options: argparse.Namespace) -> tuple[int, ...]:
    words: Sequence[str] = options.simulate.split(",") if options.simulate else ()
    if len(words) > _MOST_TRIED:
        raise UsageError(f"{options.named['simulate']}: more than {_MOST_TRIED} capacities", hint="try fewer at a time")
    return tuple(_visits(word.strip(), options.named["simulate"]) for word in words)


def _visits(text: str, what: str) -> int:
    found = _CAPACITY.fullmatch(text)
    if not found:
        raise UsageError(f"{what}: {text!r} is no number of visits", hint="write 40/day, or 40")
    return int(found[1])


def _within(options: argparse.Namespace) -> int:
    text = options.healthy_within
    if not text.isdecimal() or len(text) > 5:
        raise UsageError(f"{options.named['healthy_within']}: {text!r} is no number of days", hint="30, for instance")
    return int(text)


def _write(made: Plan, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document(made, out, style)
        return
    from debar.writers import planned  # only where somebody reads it

    planned.WRITTEN[form](made, out, style)
