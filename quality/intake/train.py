# SPDX-License-Identifier: Apache-2.0
"""`python -m quality.intake.train`: learn which act a date dates from annotated papers and sentences.

--write  write the weights that the reader goes by; without it only try

Tried is by leaving out: what is learned from other stories is asked about each. The blind set and the held-out passages
are never learned from. The same papers, sentences and lexicon give the same weights.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from debar.intake.acts import learned
from debar.intake.acts.learned import NONE, Weights
from debar.register import load
from quality.intake import corpus as sets
from quality.intake import taught

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.register import Register
    from quality.intake.taught import Dated

REGISTER = Path(__file__).parents[2] / "register"
ROUNDS, STEP, SHRINK = 100, 0.08, 3e-4
"""Of learning: by gradients with momentum; what says little shrinks to nothing."""
LEAST = 2
"""Times that a clue must be met."""
WORTH = 0.04
"""Weights below this say nothing, and are not kept."""
FOLDS = 4


def learn(dated: Sequence[Dated]) -> Weights:
    """Give the weights of clues: each part of an act has one for each clue, all learned together."""
    lessons = [(one, act) for one in dated if one.is_taught for act in one.acts or (NONE,)]
    counted = Counter(clue for one, _ in lessons for clue in one.clues)
    known = {clue: number for number, clue in enumerate(sorted(c for c, times in counted.items() if times >= LEAST))}
    acts = sorted({act for _, act in lessons})
    parts = sorted(set(chain.from_iterable(map(learned.parts_of, acts))))
    given = np.zeros((len(lessons), len(known)), dtype=np.float32)
    wanted = np.zeros((len(lessons), len(acts)), dtype=np.float32)
    share = np.array([1 / len(one.acts or (NONE,)) for one, _ in lessons], dtype=np.float32)[:, None]
    for row, (one, act) in enumerate(lessons):
        wanted[row, acts.index(act)] = 1
        for clue, counts in one.clues.items():
            if clue in known:
                given[row, known[clue]] = counts
    made = np.array([[part in learned.parts_of(act) for act in acts] for part in parts], dtype=np.float32)
    weights = _fitted(given, wanted, share, made)
    return Weights(
        acts=tuple(acts),
        parts=tuple(parts),
        clues={clue: said for clue, row in known.items() if (said := _said(weights[row]))},
    )


def _fitted(given: np.ndarray, wanted: np.ndarray, share: np.ndarray, made: np.ndarray) -> np.ndarray:
    """Give the weights under which what is wanted is likeliest, those of little use kept small."""
    weights = np.zeros((given.shape[1], made.shape[0]), dtype=np.float32)
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    whole = share.sum()
    for number in range(1, ROUNDS + 1):
        sums = given @ (weights @ made)
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        slope = (given.T @ ((shares - wanted) * share) / whole) @ made.T + SHRINK * weights
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.999 * spread + 0.001 * slope * slope
        weights -= STEP * (mean / (1 - 0.9**number)) / (np.sqrt(spread / (1 - 0.999**number)) + 1e-8)
    return weights


def _said(row: np.ndarray) -> tuple[tuple[int, float], ...]:
    return tuple((number, round(float(one), 2)) for number, one in enumerate(row) if abs(one) >= WORTH)


def examples(register: Register) -> list[Dated]:
    """Give every date that is learned from."""
    return [
        *taught.of_papers(register, sets.read(sets.TUNED)),
        *taught.of_passages(register, list(taught.rows()), "table"),
        *(
            one
            for file in taught.SENTENCES
            for one in taught.of_passages(register, list(taught.passages(file)), file.stem)
        ),
    ]


def left_out(dated: Sequence[Dated]) -> Iterable[tuple[Dated, list[learned.Likely]]]:
    """Yield each date with what is told of it by weights that were learned without its story."""
    stories = sorted({one.story for one in dated})
    for fold in range(FOLDS):
        out = set(stories[fold::FOLDS])
        weights = learn([one for one in dated if one.story not in out])
        for one in dated:
            if one.story in out:
                yield one, learned.likely(one.clues, weights)


def figures(told: Iterable[tuple[Dated, str]]) -> str:
    """Give precision and recall of acts told of dates; those of background count for recall only."""
    right = wrong = missed = 0
    for one, act in told:
        is_right = act in one.likewise
        wrong += act not in ("", NONE, "background") and not is_right
        right += bool(one.acts) and is_right
        missed += bool(one.acts) and not is_right
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


def main() -> int:
    """Try and, if asked, write."""
    parser = argparse.ArgumentParser(prog="python -m quality.intake.train", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the weights")
    parser.add_argument("--quick", action="store_true", help="do not try by leaving out")
    arguments = parser.parse_args()
    register, _ = load.read(REGISTER)
    dated = examples(register)
    if not arguments.quick:
        tried = list(left_out(dated))
        for name in ("papers", "sentences"):
            some = [(one, told) for one, told in tried if ("/" in one.paper) is (name == "papers")]
            for least in (0.3, 0.4, 0.5, 0.6, 0.7):
                acts = [(one, told[0].act if told[0].share >= least else "") for one, told in some]
                print(f"{name:<10} left out, from {least}:  {figures(acts)}")
    weights = learn(dated)
    held = list(taught.of_passages(register, list(taught.passages(taught.HELD_OUT)), "held-out"))
    print(f"held-out   rules alone:    {figures((one, one.rules[0] if one.rules else '') for one in held)}")
    told = [(one, learned.likely(one.clues, weights)[0]) for one in held]
    print(f"held-out   clues from 0.4: {figures((one, best.act if best.share >= 0.4 else '') for one, best in told)}")
    print(f"{len(dated)} dates, {len(weights.clues)} clues")
    if arguments.write:
        learned.FILE.write_bytes(msgspec.json.encode(weights) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
