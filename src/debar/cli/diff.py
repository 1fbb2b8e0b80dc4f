# SPDX-License-Identifier: Apache-2.0
"""`debar diff`: what is different between two runs, or two reports."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output, reported, scan, storing
from debar.errors import UsageError

if TYPE_CHECKING:
    from debar.model.results import Comparison
    from debar.store.comparing import Named
    from debar.writers import Style

_EPILOG = """\
RUN is latest, latest~1 (kept one before), an id (run-3f9a) of the history that --store names, or a report that
debar scan -o json wrote. An exposure of the first is gone only where the second looked at its asset again, in
the same kinds of evidence, and did not meet it.

exit status: 0 nothing new is due at the threshold; 1 something is: an exposure that counts now and did not, or
a finding that holds now and did not; 2 wrong usage; 4 a history or report cannot be read; 5 it was changed.

examples:
  debar diff latest~1 latest --store history
  debar diff june.json september.json --fail-on at-risk
  debar diff run-3f9a latest --store history -o json"""


def run(arguments: list[str]) -> int:
    """Tell what is different, and give 1 where something new is due."""
    options = _parser().parse(arguments)
    targets = output.targets(options)
    if options.fail_on:
        shared.check_word(options.fail_on, scan.LEVELS, options.named["fail_on"])
    named = storing.store(options)
    from debar.store import comparing

    before, earlier = _side(options.before, named)
    after, _ = _side(options.after, named)
    try:
        found = comparing.compare(before, after, earlier)
    except (ValueError, OverflowError, KeyError, TypeError) as e:
        raise UsageError(
            f"{before.name}, {after.name}: a report that no debar has written: {e}", hint="scan the sources again"
        ) from e
    output.write(targets, options, lambda form, out, style: _write(found, form, out, style))
    return exit_code(found, options.fail_on or "")


def _parser() -> shared.Parser:
    parser = shared.Parser("diff", "Tell what is different between two runs, or two reports.", _EPILOG)
    parser.add_argument("before", metavar="RUN1", help="a run that was kept, or a report as JSON")
    parser.add_argument("after", metavar="RUN2", help="the one to compare with it")
    storing.add_store_options(parser.add_argument_group("the history"))
    group = parser.add_argument_group("the answer")
    group.add_argument(
        "--fail-on",
        metavar="LEVEL",
        default=None,
        help=f"exit 1 when something of this is newly due: {', '.join(scan.LEVELS)} (default: prohibited or required)",
    )
    shared.add_output_options(parser)
    return parser


def _side(word: str, named: storing.Store | None) -> tuple[Named, frozenset[str]]:
    """Give one of the two reports, and the exposures that runs of its history met before it."""
    from debar.store.comparing import Named

    if storing.is_run(word, named):
        kept = storing.kept(word, named)
        return Named(kept.report, word, kept.id), kept.met_before
    return Named(reported.read(word), word), frozenset()


def exit_code(found: Comparison, fail_on: str) -> int:
    """Give 1 when something counts, or holds, that did not before and is due at the threshold; else 0."""
    due = scan.statuses(fail_on)
    counts = any(set(one.statuses) & due for one in (*found.new, *found.came_back, *found.restored))
    return int(counts or any(one.after in due and one.before not in due for one in found.findings))


def _write(found: Comparison, form: str, out: IO[str], style: Style) -> None:
    if form == "json":
        from debar.writers import json

        json.write_document(found, out, style)
    else:
        from debar.writers import history

        history.write_comparison(found, out, style)
