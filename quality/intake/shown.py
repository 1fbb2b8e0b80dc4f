# SPDX-License-Identifier: Apache-2.0
"""The figures of reading papers, printed, and what of them does not hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from debar.register import load
from quality.intake import corpus as sets
from quality.intake import gate, seeds, soundness
from quality.intake.figures import SPEED, figures
from quality.intake.marks import BY
from quality.intake.measure import measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quality.intake.corpus import Corpus
    from quality.intake.figures import Figure
    from quality.intake.measure import Measured

REGISTER = Path(__file__).parents[2] / "register"
NAMES = (sets.SEEDS, sets.TUNED, sets.BLIND)
WIDE, NARROW = 52, 10


def show(
    chosen: Sequence[str] = NAMES, *, brief: bool = False, misses: bool = False, accept: bool = False
) -> list[str]:
    """Print the figures of sets side by side and give what does not hold; `accept` records them first.

    A set that is not at hand is said and left out; if brief, only the project's own are measured.
    What was missed in the blind set is not printed.
    """
    corpora = [one for name in chosen if not (brief and name == sets.SEEDS) and (one := _read(name))]
    register = load.load(REGISTER)
    measured = [measure(one, register) for one in corpora]
    every = {one.corpus.name: figures(one) for one in measured}
    write(measured, every, sys.stdout, brief=brief)
    for done in measured if misses else ():
        _misses(done, sys.stdout)
    if accept:
        gate.record(every)
    held = gate.floors()
    faults = [fault for one in corpora for fault in soundness.faults(one)]
    faults += [fault for name, some in every.items() for fault in gate.faults(name, some, held.get(name, {}))]
    if set(chosen) >= {sets.TUNED, sets.BLIND}:
        faults += gate.size(sum(one.papers for one in corpora if one.name != sets.SEEDS))
    for name, some in every.items():
        for line in gate.missed(name, some):
            print(line)
    return faults


def _read(name: str) -> Corpus | None:
    """Give a set; None, having said so, where it is not at hand."""
    corpus = seeds.read() if name == sets.SEEDS else sets.read(name)
    if corpus is None or not corpus.stories:
        print(f"{name}: not at hand, left out")
        return None
    return corpus


def write(
    measured: Sequence[Measured], every: Mapping[str, Sequence[Figure]], out: IO[str], *, brief: bool = False
) -> None:
    """Write the table: a line for each figure, a column for each set, then the goal; if brief, only what has one."""
    names = list(every)
    out.write(
        f"\n{'reading of notices and news':<{WIDE}}{''.join(f'{name:>{NARROW}}' for name in names)}{'goal':>{NARROW}}\n"
    )
    sizes = (f"{len(one.corpus.stories)}/{one.corpus.papers}" for one in measured)
    out.write(f"{'stories/papers':<{WIDE}}{''.join(f'{size:>{NARROW}}' for size in sizes)}\n")
    for figures_ in zip(*every.values(), strict=True):
        row = figures_[0].row
        if brief and row.on_unseen is None:
            continue
        goal = "" if row.on_unseen is None else f"{row.on_unseen:g}"
        out.write(f"{row.name:<{WIDE}}{''.join(f'{_cell(one):>{NARROW}}' for one in figures_)}{goal:>{NARROW}}\n")
    if not brief:
        _groups(measured, out)
    speeds = "".join(f"{one.speed:>{NARROW}.0f}" for one in measured)
    out.write(f"{SPEED.name:<{WIDE}}{speeds}{SPEED.on_unseen:>{NARROW}g}\n")


def _groups(measured: Sequence[Measured], out: IO[str]) -> None:
    """Write dates with the right value by basis, precision and form: figures alone, that tell no words of a paper."""
    for group in sorted({key for one in measured for key in one.rates if key.startswith(BY)}):
        rates = [one.rates.get(group) for one in measured]
        cells = "".join(f"{f'{rate.right}/{rate.of}' if rate else '-':>{NARROW}}" for rate in rates)
        out.write(f"{'  dates with the right value, ' + group:<{WIDE}}{cells}\n")


def _cell(figure: Figure) -> str:
    if not figure.is_measured:
        return "-"
    return f"{figure.value:.0f}" if figure.row.is_count else f"{figure.value:.3f}"


def _misses(measured: Measured, out: IO[str]) -> None:
    """Write what was missed or wrong; of the blind set nothing, for whoever reads it could tune to it."""
    name = measured.corpus.name
    if name == sets.BLIND:
        out.write(f"\n{name}: {len(measured.misses)} missed or wrong; they are not shown, so that it stays blind\n")
        return
    out.write(f"\n{name}: missed or wrong\n")
    out.writelines(f"  {line}\n" for line in measured.misses)
