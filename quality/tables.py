# SPDX-License-Identifier: Apache-2.0
"""The figures as tables for people."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from quality.figures import by, calibration_error, figures, kind_of, sureness
from quality.outcomes import FOUND, WEAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quality.figures import Figures
    from quality.outcomes import Outcome

_HEAD = f"{'':<22}{'cases':>6}{'true':>6}{'shown':>7}{'recall':>8}{'right':>7}{'wrong':>6}{'precision':>10}{'F1':>7}"


def write(outcomes: Sequence[Outcome], out: IO[str], *, brief: bool = False) -> None:
    """Write the figures by kind of value, by party and by level, then all together; if brief, only those."""
    if not brief:
        _groups(outcomes, out)
        _levels(outcomes, out)
    whole = figures(outcomes)
    out.write(f"\n{_HEAD}\n")
    _row(out, "all", whole)
    out.write(
        f"from level 4 on: {whole.strong_right} right, {whole.strong_wrong} wrong,"
        f" precision {whole.strong_precision:.4f}\n"
        f"the right meaning: {whole.meant} of {whole.of_meaning};"
        f" the right product, where the case tells it: {whole.product} of {whole.of_product}\n"
    )


def _groups(outcomes: Sequence[Outcome], out: IO[str]) -> None:
    for title, key in (("kind", kind_of), ("party", lambda o: o.case.truth.party or f"({o.case.trap})")):
        out.write(f"\nby {title}\n{_HEAD}\n")
        for name, found in by(outcomes, key).items():
            _row(out, name, found)


def _row(out: IO[str], name: str, f: Figures) -> None:
    out.write(
        f"{name[:21]:<22}{f.cases:>6}{f.true:>6}{f.found:>7}{f.recall:>8.3f}"
        f"{f.right:>7}{f.wrong:>6}{f.precision:>10.3f}{f.f1:>7.3f}\n"
    )


def _levels(outcomes: Sequence[Outcome], out: IO[str]) -> None:
    """Write, by level, how many exposures were right, what they were said to be, and by how much that differs."""
    out.write(f"\nby level\n{'':<22}{'exposures':>10}{'right':>7}{'share':>8}{'said':>8}{'error':>8}\n")
    every = sureness(outcomes)
    for level in range(5, WEAK - 1, -1):
        some = [s for s in every if s.exposure.level == level]
        if some:
            right = sum(s.right for s in some)
            said = sum(s.exposure.confidence for s in some) / len(some)
            out.write(
                f"{level:<22}{len(some):>10}{right:>7}{right / len(some):>8.3f}{said:>8.3f}"
                f"{calibration_error(some):>8.3f}\n"
            )


def misses(outcomes: Sequence[Outcome], out: IO[str]) -> None:
    """Write each case that was missed, was found too weakly, or was wrongly found, with what it says."""
    out.write("\n")
    for outcome in outcomes:
        case = outcome.case
        said = "; ".join(f"{kind}={value}" for kind, value in case.observables)
        if case.is_true and outcome.level() < FOUND:
            word = "weakly" if outcome.level() >= WEAK else "missed"
            out.write(f"{word}: {case.id} ({case.truth.party}, {case.truth.meaning}) {said}\n")
        for exposure in outcome.wrong(WEAK):
            match = exposure.matches[0]
            out.write(f"wrong at {exposure.level}: {case.id} {exposure.party} by {match.indicator} - {said}\n")
