# SPDX-License-Identifier: Apache-2.0
"""`debar status`: how it stands by the runs of a history, and whether the history is whole."""

from __future__ import annotations

import sys
from datetime import date
from typing import IO, TYPE_CHECKING

from debar import dates
from debar.cli import options as shared
from debar.cli import output, storing
from debar.errors import EvidenceError, UsageError

if TYPE_CHECKING:
    import argparse

    from debar.model.results import History
    from debar.store.checking import Checked
    from debar.writers import Style

_EPILOG = """\
A run is kept by debar scan --store WHERE. What is there on a day is what the last run about that day or an
earlier one says. An exposure is gone only where a later run looked at its asset again, in the same kinds of
evidence, and did not meet it; otherwise it is not looked at again, and counts as remaining.

--check looks at every file by its hash, at the chain of the log, and at every row; what no run speaks of was
left by a run that was killed, and may be removed.

exit status: 0 it was told, and with --check everything is whole; 2 wrong usage, or no history there; 4 the
history cannot be read; 5 something of it was changed, removed or added.

examples:
  debar scan /srv/evidence --store history
  debar status --store history --deadline 2024-09-29
  debar status --store history --on 2024-10-05 --known-on 2024-11-01 -o json
  debar status --store history --check"""


def run(arguments: list[str]) -> int:
    """Tell how it stands, or whether all of it is there, and give 0; EvidenceError for a history that is broken."""
    options = _parser().parse(arguments)
    targets = output.targets(options)
    on, known_on, deadline = shared.when(options, "on"), shared.when(options, "known_on"), _deadline(options)
    named = storing.required(options)
    from debar.store import checking, ledger, places, standing  # heavy: loaded where a store is named

    place = places.place(named.where, named.lake)
    with ledger.opened(place) as history:
        if options.check:
            return _check(checking.check(history), place.shown)
        found = standing.history(history, standing.Asked(on or dates.now(), known_on, deadline))
    output.write(targets, options, lambda form, out, style: _write(found, form, out, style))
    return 0


def _parser() -> shared.Parser:
    parser = shared.Parser("status", "Tell how it stands by the runs that were kept, against a deadline.", _EPILOG)
    storing.add_store_options(parser.add_argument_group("the history"))
    group = parser.add_argument_group("the question")
    group.add_argument("--on", metavar="WHEN", default=None, help="day to tell of (default: now)")
    group.add_argument(
        "--known-on", metavar="WHEN", default=None, help="leave out the runs that were kept later (default: none)"
    )
    group.add_argument(
        "--deadline", metavar="DAY", default=None, help="day by which nothing is to remain, to measure progress by"
    )
    group.add_argument("--check", action="store_true", help="look whether everything that was kept is there, unchanged")
    shared.add_output_options(parser)
    return parser


def _deadline(options: argparse.Namespace) -> str:
    """Give the day of the deadline, or nothing; UsageError for what is no day."""
    text = shared.when(options, "deadline")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as e:
        raise UsageError(f"{options.named['deadline']}: {text!r} is no day", hint="write 2024-09-29") from e


def _check(found: Checked, shown: str) -> int:
    """Print what a check found; EvidenceError names everything that is not as it was kept."""
    from debar.text import printable

    for stray in found.strays:
        print(f"debar: note: no run speaks of {printable(str(stray))}", file=sys.stderr)
    if found.faults:
        raise EvidenceError("\n".join(found.faults), hint="what is named differs from what was kept; the rest is whole")
    print(f"{printable(shown)}: whole: {found.runs} runs, {found.files} files, and the log that chains them")
    if found.strays:
        print(f"files that no run speaks of: {len(found.strays)}; they may be removed when nothing is being kept")
    return 0


def _write(found: History, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(found, out, style)
    else:
        from debar.writers import history

        history.write_history(found, out, style)
