# SPDX-License-Identifier: Apache-2.0
"""Probabilities from outcomes: how often matches of a level, and of a kind at that level, are right.

A few cases prove little, so each share is drawn towards what is known without them: that of a level
towards the weight of the level, that of a kind towards its level's. The error is measured on cases that
had no part in the probabilities: the cases are cut into folds, and each is judged by the others.
"""

from __future__ import annotations

import zlib
from collections import Counter
from typing import TYPE_CHECKING

from debar.match.compile import compile_index
from debar.match.confidence import WEIGHT
from debar.model.inventory import Calibration
from quality.figures import calibration_error, sureness
from quality.outcomes import outcomes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from debar.match.compile import Index
    from debar.register import Register
    from quality.figures import Sureness
    from quality.labels import Label
    from quality.outcomes import Outcome

_HEAD = """\
# SPDX-License-Identifier: Apache-2.0
# How often matches were right in the labelled cases, by level and by kind of value: `make quality` prints the
# figures, `python -m quality --accept` measures them anew and rewrites this file.
"""
_NONE = '""'
FOLDS = 5
_LEVEL_PRIOR, _KIND_PRIOR = 2, 8
"""Cases that what is known beforehand counts as."""
_FEWEST = 4
"""Cases of a kind at a level, below which the level speaks for it."""


def calibrations(found: Iterable[Outcome]) -> tuple[Calibration, ...]:
    """Give the probability of each level, and of each kind at a level that has enough cases, in order of ids."""
    cases: Counter[tuple[int, str]] = Counter()
    right: Counter[tuple[int, str]] = Counter()
    for outcome in found:
        met = {
            (match.level, kind, outcome.is_right(exposure))
            for exposure in outcome.exposures
            for match in exposure.matches
            if match.level > 1  # a mention beside evidence decides nothing
            for kind in ("", str(match.observable.kind))
        }
        for level, kind, is_right in met:
            cases[level, kind] += 1
            right[level, kind] += is_right
    levels = {level: _drawn(right[level, ""], cases[level, ""], WEIGHT[level], _LEVEL_PRIOR) for level in WEIGHT}
    made = [
        Calibration(
            id=f"level-{level}", level=level, probability=levels[level], cases=cases[level, ""], right=right[level, ""]
        )
        for level in WEIGHT
    ]
    made += [
        Calibration(
            id=f"level-{level}-{kind}",
            level=level,
            kind=kind,
            probability=_drawn(right[level, kind], count, levels[level], _KIND_PRIOR),
            cases=count,
            right=right[level, kind],
        )
        for (level, kind), count in cases.items()
        if kind and count >= _FEWEST
    ]
    return tuple(sorted(made, key=lambda one: one.id))


def _drawn(right: int, cases: int, prior: float, weight: int) -> float:
    return round((right + prior * weight) / (cases + weight), 4)


def out_of_sample(cases: Sequence[Label], register: Register) -> list[Sureness]:
    """Give the probabilities that cases get from the other folds only, and whether they came true."""
    folds: dict[int, list[Label]] = {fold: [] for fold in range(FOLDS)}
    for case in cases:
        folds[zlib.crc32(case.id.encode()) % FOLDS].append(case)
    sure: list[Sureness] = []
    for fold, judged in folds.items():
        others = [case for other, many in folds.items() if other != fold for case in many]
        raw = index(register, ())
        sure += sureness(outcomes(judged, index(register, calibrations(outcomes(others, raw)))))
    return sure


def index(register: Register, measured: tuple[Calibration, ...]) -> Index:
    """Give the index of a register with other probabilities than its own."""
    return compile_index(register.indicators, register.parties.values(), register.embeddings, measured)


def error(cases: Sequence[Label], register: Register) -> float:
    """Give the calibration error of cases that had no part in their probabilities."""
    return calibration_error(out_of_sample(cases, register))


def write(measured: Iterable[Calibration], register: Path) -> None:
    """Write the probabilities into the folder of a register, one line each."""
    lines = [
        f"- {{id: {one.id}, level: {one.level}, kind: {one.kind or _NONE}, probability: {one.probability},"
        f" cases: {one.cases}, right: {one.right}}}\n"
        for one in measured
    ]
    file = register / "calibration" / "levels.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(_HEAD + "".join(lines), encoding="utf-8")
