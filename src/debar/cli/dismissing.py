# SPDX-License-Identifier: Apache-2.0
"""What `debar screen` keeps of hits that somebody dismissed, and how one is written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, TYPE_CHECKING

from debar.cli import options as shared
from debar.cli import output
from debar.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from debar.decisions.dismissed import Dismissal, Dismissed
    from debar.screen.index import NameIndex
    from debar.writers import Style

USUAL = ".debar-dismissed.jsonl"
"""File of dismissals that is used when none is named."""


def add_options(group: argparse._ArgumentGroup) -> None:
    """Add where dismissals stand, and how one is written."""
    group.add_argument(
        "--dismissed",
        metavar="FILE",
        type=Path,
        default=None,
        help=f"hits that were dismissed (default: {USUAL} in the current folder, if it is there)",
    )
    group.add_argument(
        "--dismiss",
        metavar="NAME=PARTY",
        action="append",
        default=None,
        help="keep that a hit is of another company; may be given several times",
    )
    group.add_argument("--reason", metavar="TEXT", default=None, help="why, for whoever reads it in a year")
    group.add_argument("--by", metavar="NAME", default=None, help="who looked")
    group.add_argument(
        "--until",
        metavar="DAY",
        default=None,
        help="last day on which it holds (default: while the entry of the list is the same)",
    )


def _file(options: argparse.Namespace) -> Path | None:
    """Give the file of dismissals that is named, or the usual one if it is there."""
    named: Path | None = options.dismissed
    return named or (Path(USUAL) if os.path.lexists(USUAL) else None)


def dismissed(options: argparse.Namespace, list_name: str, day: str) -> Dismissed | None:
    """Give what was dismissed of a list and holds on a day, nothing where there is no file."""
    file = _file(options)
    if file is None:
        return None
    from debar.decisions import dismissed as deciding  # only where there is a file

    try:
        return deciding.Dismissed(deciding.read(file), list_name, day)
    except UsageError as e:
        named = f"{options.named['dismissed']}: " if options.dismissed else ""
        raise UsageError(f"{named}{e.message}", e.hint) from e


def dismiss(
    options: argparse.Namespace, index: NameIndex, threshold: float, day: str, targets: list[output.Target]
) -> int:
    """Write dismissals to their file, and show them."""
    from debar.cli.replacing import alone, replace_file
    from debar.decisions import dismissed as deciding

    pairs = [_pair(options.named["dismiss"], text) for text in options.dismiss]
    for option, value in (("--reason", options.reason), ("--by", options.by)):
        if not (value or "").strip():
            raise UsageError(f"a dismissal needs {option}", hint="who looked, and why: --by NAME --reason TEXT")
    added = [_dismissal(name, party, options, index, threshold, day) for name, party in pairs]
    file = options.dismissed or Path(USUAL)
    with alone(file):
        replace_file(file, deciding.amended(file, added))
    output.write(targets, options, lambda form, out, style: _write(added, file, form, out, style))
    return 0


def _pair(option: str, text: str) -> tuple[str, str]:
    """Give name and party; UsageError for anything else."""
    name, equals, party = (part.strip() for part in text.rpartition("="))
    if not equals or not name or not party:
        raise UsageError(f"{option}: {text!r} is not NAME=PARTY", hint="for instance 'PAYPAL *KASPERSKY=kaspersky'")
    return name, party


def _dismissal(
    name: str, party: str, options: argparse.Namespace, index: NameIndex, threshold: float, day: str
) -> Dismissal:
    """Give one dismissal; UsageError for a party that the list does not know, or a name that does not mean it."""
    from debar.decisions import dismissed as deciding
    from debar.screen.screening import screen
    from debar.screened.ties import Owners

    if party not in index.kept.ids:
        hint = "debar screen NAME shows the party of each hit"
        raise UsageError(
            f"{options.named['dismiss']}: the list has no party {party!r}{did_you_mean(party, index.kept.ids)}",
            hint=hint,
        )
    hits = Owners(index, day).widened(screen(index, [name], threshold=threshold)[0])
    if party not in {hit.party for hit in hits}:
        raise UsageError(
            f"{options.named['dismiss']}: {name!r} does not mean {party}: there is nothing to dismiss",
            hint="write the name as the answer shows it",
        )
    until = shared.when(options, "until")[:10]
    if until and until < day:
        raise UsageError(f"--until: {until} lies before the day of the decision, {day}", hint="name a later day")
    return deciding.Dismissal(
        name=name,
        party=party,
        list=index.kept.name,
        version=index.kept.version,
        entry=deciding.entry(index.party(index.kept.ids.index(party))),
        reason=options.reason.strip(),
        by=options.by.strip(),
        on=day,
        until=until,
    )


def _write(added: Sequence[Dismissal], file: Path, form: str, out: IO[str], style: Style) -> None:
    from debar.writers import json
    from debar.writers.layout import Page

    if form != "terminal":
        json.write_document(added, out, style)
        return
    page = Page(out, style)
    for one in added:
        until = f" until {one.until}" if one.until else ""
        page.paragraph(
            f"{one.name} is not {one.party}: {one.reason}. Dismissed by {one.by} on {one.on}{until}, in {file};"
            f" it comes back when {one.list} says anything else of {one.party}."
        )
