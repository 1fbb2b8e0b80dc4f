# SPDX-License-Identifier: Apache-2.0
"""`debar record`: put on record what somebody did for a duty, and list what was done and what is due next."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from msgspec import structs

from debar import decisions
from debar import records as recorded
from debar.cli import deciding, output, reading_options, recording, register_options, reported, storing
from debar.cli import options as shared
from debar.cli.replacing import alone, replace_file
from debar.errors import UsageError
from debar.obligations import fulfilled
from debar.obligations.organisation import check_facts
from debar.obligations.owed import owed
from debar.obligations.plan import plan, provisions_of
from debar.obligations.question import Question
from debar.obligations.recording import answered
from debar.register.dump import dump
from debar.writers import json
from debar.writers import recorded as writer
from debar.writers.layout import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.results import Exposure, Finding, Obligation, Record
    from debar.register import Register
    from debar.writers import Style

_EPILOG = f"""\
DUTY is a provision, as reports name it (us-far-52.204-30#review-sam), or an obligation of a report by its id or the
first characters of it (obl-59a4). A duty that recurs, or is owed whatever was found, needs no report; one that follows
from what was found does: what is recorded holds for the exposures that the report shows, and for no other.

debar looks nothing up itself. A record says that a person did: who, on which day, and what came of it. With --evidence
the digest of a file, such as a printed page, is kept. A duty that a record answers in time is done, until it is due
again. A record of a day later than the one asked about does not count.

The records stand in {recording.USUAL}, or in the file that --records names. Without --found they are listed, with
what is due next: of the duties in the report, or else of those that the organisation (--as) owes whatever was found.

exit status: 0 written, or listed; 2 wrong usage, or nothing that can be put on record.

examples:
  debar record us-far-52.204-30#review-sam --by 'A. Meyer' --on 2024-10-01 --found 'no new order' --evidence sam.pdf
  debar record obl-59a4 report.json --by 'B. Kim' --found 'reported, reference 4711'
  debar record --as northwind.yaml                   what was done, and what is due next"""


class _Asked(NamedTuple):
    """What there is to do, before anything is put on record."""

    findings: Sequence[Finding]
    exposures: Sequence[Exposure]
    question: Question
    has_report: bool


def run(arguments: list[str]) -> int:
    """Write a record or list them, and give 0."""
    options = _parser().parse(arguments)
    targets = output.targets(options)
    register = register_options.register(options)
    today = datetime.now(UTC).date().isoformat()
    on = deciding.day(options, "on") or today
    file = options.records or Path(recording.USUAL)
    options.makes_records = bool(options.found)
    known = recording.records(options)
    if not options.found:
        _refuse_parts(options)
        asked = _asked(options, options.words, register, on)
        found = _obligations(asked, register, known)
        listed = fulfilled.recorded(known, found, provisions_of(register), on)
        output.write(
            targets,
            options,
            lambda form, out, style: writer.write_records(listed, found, register, on, form, out, style),
        )
        return 0
    _expect_all(options, on, today)
    asked = _asked(options, options.words[1:], register, on)
    record = _record(options, register, asked, known, on)
    with alone(file):
        replace_file(file, recorded.amended(file, record))
    found = _obligations(asked, register, (*known, record))
    mine = [one for one in found if not set(one.provisions).isdisjoint(record.provisions)]
    output.write(targets, options, lambda form, out, style: _write(record, mine, register, form, out, style))
    return 0


def _parser() -> shared.Parser:
    parser = shared.Parser("record", "Put on record what somebody did for a duty, or list what was done.", _EPILOG)
    parser.add_argument(
        "words",
        metavar="DUTY REPORT",
        nargs="*",
        help="the duty, then the report that it stands in; without --found only a report, or nothing",
    )
    group = parser.add_argument_group("the record")
    group.add_argument("--by", metavar="NAME", default=None, help="who did it")
    group.add_argument("--found", metavar="TEXT", default=None, help="what was done, and what came of it")
    group.add_argument(
        "--evidence", metavar="FILE", type=Path, default=None, help="a file that shows it; its SHA-256 digest is kept"
    )
    group.add_argument(
        "--contract", metavar="ID", default=None, help="the contract for which it was done (default: all)"
    )
    shared.add_question_options(parser)
    shared.add_output_options(parser)
    group = parser.add_argument_group("scanning")
    reading_options.add_reading_options(group)
    register_options.add_register_option(group)
    return parser


def _refuse_parts(options: argparse.Namespace) -> None:
    for option in ("by", "evidence", "contract"):
        if getattr(options, option) and options.named[option].startswith("-"):
            raise UsageError(
                f"{options.named[option]}: a record needs --found", hint="say what was done, and what came of it"
            )


def _expect_all(options: argparse.Namespace, on: str, today: str) -> None:
    for name, value in (("--found", options.found), ("--by", options.by)):
        if not (value or "").strip():
            raise UsageError(
                f"a record needs {name}", hint="who did it, and what came of it, is kept: --by NAME --found TEXT"
            )
    if on > today:
        raise UsageError(f"--on: {on} lies ahead", hint="what was done was done today or before")
    if not options.words:
        raise UsageError("no duty is named", hint="debar record lists what is due: name a provision or an obligation")


def _asked(options: argparse.Namespace, sources: list[str], register: Register, on: str) -> _Asked:
    """Give what is found and owed: in the report or sources that are named, else whatever was found."""
    asked = structs.replace(shared.question(options), as_of=on)
    check_facts(asked.organisation, register)
    settings = reading_options.settings(options)
    if not sources:
        grants = decisions.grants((), reading_options.decisions(options), register, on)
        return _Asked(owed(register, asked, grants[decisions.WHATEVER]), (), asked, has_report=False)
    report, was_written = reported.reported(sources, register, asked, settings, storing.store(options))
    if was_written:
        shared.refuse_question(argparse.Namespace(**{**vars(options), "on": None}))
        asked = Question(organisation=report.organisation, as_of=on, known_on=report.known_on or "")
    return _Asked(report.findings, report.exposures, asked, has_report=True)


def _obligations(asked: _Asked, register: Register, known: Sequence[Record]) -> list[Obligation]:
    return plan(asked.findings, asked.exposures, register, asked.question, known)


def _record(options: argparse.Namespace, register: Register, asked: _Asked, known: Sequence[Record], on: str) -> Record:
    contracts = [contract.id for contract in asked.question.organisation.contracts]
    if options.contract:
        shared.check_word(options.contract, contracts, options.named["contract"])
    found = answered(
        options.words[0],
        _obligations(asked, register, known),
        register,
        options.contract or "",
        has_report=asked.has_report,
    )
    evidence = str(options.evidence) if options.evidence else ""
    return structs.replace(
        found,
        on=on,
        by=options.by.strip(),
        found=options.found.strip(),
        evidence=evidence,
        sha256=_digest(options.evidence, options.named["evidence"]) if options.evidence else "",
    )


def _digest(file: Path, option: str) -> str:
    import hashlib

    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as e:
        raise UsageError(f"{option}: {file}: {e.strerror}", hint="name a file that can be read") from e


def _write(
    record: Record, after: Sequence[Obligation], register: Register, form: str, out: IO[str], style: Style
) -> None:
    if form == "json":
        json.write_document({"record": record, "obligations": after}, out, style)
        return
    page = Page(out, style)
    for line in dump([record]).splitlines():
        page.line(line)
    page.line()
    if not after:
        page.paragraph("The organisation that was asked about does not owe it; --as names another.", style="yellow")
    writer.write_next(page, after, register, record.on)
