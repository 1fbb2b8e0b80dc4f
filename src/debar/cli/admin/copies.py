# SPDX-License-Identifier: Apache-2.0
"""`debar admin backup`, `restore` and `check`: a portfolio is copied, brought back, and looked at whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from debar.cli.admin import asking
from debar.errors import EvidenceError

if TYPE_CHECKING:
    import argparse


def backup(options: argparse.Namespace, to: str) -> int:
    """Copy the portfolio while it is in use."""
    from debar.portfolio import backup as copying

    with asking.portfolio(options) as portfolio:
        made = copying.backup(portfolio, Path(to))
    size = sum(part.size for part in made.files)
    lines = [f"{to}: {_many(len(made.organisations))}, {len(made.files)} files, {size:,} bytes, of {made.made_at}"]
    # Whoever notes these elsewhere can show that nothing was taken off the end of a log.
    lines += (f"  {head.database}: entry {head.seq} of its log is {head.hash[:16]}" for head in made.heads if head.seq)
    asking.tell(options, made, lines)
    return 0


def restore(options: argparse.Namespace, source: str) -> int:
    """Make a portfolio of a backup."""
    from debar.portfolio import restoring

    at = asking.place(options)
    made = restoring.restore(Path(source), at)
    asking.tell(options, made, [f"{at.shown}: {_many(len(made.organisations))}, as of {made.made_at}"])
    return 0


def check(options: argparse.Namespace) -> int:
    """Look at everything that the portfolio holds."""
    from debar.portfolio import checking

    with asking.portfolio(options) as portfolio:
        found = checking.check(portfolio)
        shown = portfolio.place.shown
    if found.faults:
        raise EvidenceError("\n".join(found.faults), hint="restore a backup: debar admin restore FROM --store DIR")
    said = f"{shown}: whole: {_many(found.organisations)}, {found.runs} runs, {found.files} files, and the logs that chain them"
    asking.tell(options, found, [said])
    return 0


def _many(organisations: int) -> str:
    return f"{organisations} organisation{'' if organisations == 1 else 's'}"
