# SPDX-License-Identifier: Apache-2.0
"""`debar decide`: keep what people decided, and list what was decided, with what is about to expire."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import IO, TYPE_CHECKING

from debar import decisions
from debar.cli import decided_places, deciding, output, reading_options, register_options, storing
from debar.cli import options as shared
from debar.errors import UsageError
from debar.model.vocab import Verdict
from debar.register.dump import dump
from debar.writers import decided, json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.model.results import DecisionState
    from debar.register import Register
    from debar.writers import Style

_EPILOG = f"""\
A verdict about what is there:
  confirmed       somebody looked: it is there, and it is the party's. It counts as proven.
  false-positive  somebody looked: it is not there. It is set aside, with the reason.
  not-the-party   somebody looked: it is there, and is another maker's. It is set aside, with the reason.
  replaced        it was there. It is set aside until evidence is newer than the decision.
  accepted        it is there, and put up with. It stays an exposure: an acceptance is no exemption.
A verdict about what the law says of it, with --measure; the exposure stays as it is:
  exempt          an exemption of the provision takes the case out (--exemption ID): you answer for its conditions.
  waived          an authority has waived it (--granted-by WHO, and --document FILE or --reference TEXT).

Nothing that was set aside disappears: reports show it with who asked, who agreed, when, why, and until when.
After its last day, at most {decisions.YEARS} years later, a decision has no effect: what it kept is back, and the report says so.
The approver is another person than the requester; only confirmed needs none.

The decisions stand in {decided_places.USUAL}, or in the file that --decisions names, to be kept under version control;
or with --decisions {decided_places.IN_STORE} in the history of --store, where each of their states is kept. EXPOSURE is what debar why
takes, in the REPORT that debar scan -o json wrote, or in sources that are scanned anew. With --asset, --purl or --party
no exposure is named, and all that fits is meant; several of them have to fit together.
Without --verdict the decisions are listed, the soonest to expire first, and with a report also which found nothing.

exit status: 0 written, or listed; 1 with --expiring, some decisions are about to expire; 2 wrong usage.

examples:
  debar decide exp-59a4 report.json --verdict false-positive --requester 'A. Meyer' --approver 'B. Kim' \\
    --expires 2025-06-30 --reason 'a proxy category list, no product'
  debar decide --asset 'lab-*' --party kaspersky report.json --verdict accepted --requester 'A. Meyer' \\
    --approver 'B. Kim' --ticket SEC-4711 --expires 2025-01-31 --reason 'the laboratory closes in January'
  debar decide report.json                           what was decided, and whether it holds
  debar decide --expiring 30d                        fail when something expires within 30 days"""
_FORMER = {"--by": "--requester NAME, and --approver NAME for another person who agreed", "--until": "--expires DAY"}
_WITHIN = re.compile(r"(\d{1,4})([dw])")


def run(arguments: list[str]) -> int:
    """Write a decision, or list them, and give 0; 1 where some expire within the time named."""
    _refuse_former(arguments)
    options = _parser().parse(arguments)
    targets = output.targets(options)
    on = deciding.day(options, "on") or datetime.now(UTC).date().isoformat()
    within, expires = _within(options), deciding.day(options, "expires")
    register = register_options.register(options)
    if options.verdict:
        shared.check_word(options.verdict, list(Verdict), options.named["verdict"])
        made = deciding.made(options, register, on, expires)
        output.write(targets, options, lambda form, out, style: _write(made, form, out, style))
        return 0
    stated = ("reason", "requester", "approver", "expires", "exemption", "granted_by", "document", "measure", "party")
    if any(options.named[name].startswith("-") and getattr(options, name) for name in stated):
        raise UsageError("a decision needs --verdict", hint=f"one of {', '.join(Verdict)}")
    listed = _listed(options, register, on)
    if within is not None:
        last = (date.fromisoformat(on) + timedelta(days=within)).isoformat()
        listed = [one for one in listed if one.decision.created <= on <= one.decision.expires <= last]
    output.write(targets, options, lambda form, out, style: _write_list(listed, form, out, style))
    return 1 if within is not None and listed else 0


def _parser() -> shared.Parser:
    parser = shared.Parser("decide", "Keep what people decided about exposures, or list the decisions.", _EPILOG)
    parser.add_argument(
        "words",
        metavar="EXPOSURE REPORT",
        nargs="*",
        help="the exposure, then the report that it stands in; without --verdict only a report",
    )
    deciding.add_decision_options(parser)
    group = parser.add_argument_group("the list")
    group.add_argument("--expiring", metavar="TIME", default=None, help="only what expires within this time: 30d, 8w")
    reading_options.add_decisions_option(group)
    storing.add_store_options(group)
    shared.add_output_options(parser)
    register_options.add_register_option(parser)
    return parser


def _refuse_former(arguments: Sequence[str]) -> None:
    """Raise UsageError for options of former releases, with what to write now."""
    for argument in arguments:
        if now := _FORMER.get(argument.partition("=")[0]):
            raise UsageError(f"{argument.partition('=')[0]} is no option any more", hint=f"write {now}")


def _within(options: argparse.Namespace) -> int | None:
    """Give the days that --expiring names, or nothing; UsageError for what is no time."""
    if not options.expiring:
        return None
    found = _WITHIN.fullmatch(options.expiring.strip())
    if not found:
        raise UsageError(
            f"{options.named['expiring']}: {options.expiring!r} is no time", hint="write 30d for days, or 8w for weeks"
        )
    return int(found[1]) * (7 if found[2] == "w" else 1)


def _listed(options: argparse.Namespace, register: Register, on: str) -> list[DecisionState]:
    """Give the decisions that are kept, each with its state; "unused" is one that finds nothing in the report named."""
    kept = reading_options.decisions(options)
    if not options.words:
        return list(decisions.unseen(kept, on))
    report = deciding.look(options.words, register, on, storing.store(options))
    return list(decisions.states(kept, on, report.exposures, report.set_aside, report.findings, is_applied=False))


def _write(made: deciding.Made, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document(made.decision, out, style)
    else:
        decided.write_decision(made.decision, dump([made.decision]), made.exposures, out, style)


def _write_list(listed: Sequence[DecisionState], form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        json.write_document(listed, out, style)
    else:
        decided.write_decisions(listed, out, style)
