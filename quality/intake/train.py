# SPDX-License-Identifier: Apache-2.0
"""`python -m quality.intake.train`: learn which act a date dates from annotated papers and sentences.

--write  write the weights that the reader goes by; without it only try
--check  exit 1 if the weights that the reader goes by are not those that are learned from what is here
--quick  do not try
--curve  tell how much each further hundred lessons bring to files from which nothing is learned

Tried is by leaving out: papers by stories, sentences by whole files, each in a manner that the others do not have.
The blind set and the held-out passages are never learned from. The same papers, sentences and lexicon give the same
weights: what was learned before, of acts or of main text, has no part in it (`quality/intake/annotated.py`).
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

from debar.intake.acts import guessing, learned
from debar.intake.acts.learned import NONE, Weights
from debar.register import load
from quality.intake import corpus as sets
from quality.intake import lessons as learning
from quality.intake import taught

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from debar.intake.acts.learned import Likely
    from debar.register import Register
    from quality.intake.taught import Dated

REGISTER = Path(__file__).parents[2] / "register"
ROUNDS, STEP, SHRINK = 100, 0.08, 3e-4
"""Of learning: by gradients with momentum; what says little shrinks to nothing."""
LEAST = 3
"""Times that a clue must be met."""
WORTH = 0.04
"""Weights below this say nothing, and are not kept."""
PAPERS = "papers"
FOLDS = 4
SHARES = (0.3, 0.45, 0.6, 0.75)
"""From which an act counts as told."""
NEWEST = ("news", "notices")
"""Files to whose sentences no rule and no word of the lexicon was fitted."""
EACH = 100


def learn(dated: Iterable[Dated]) -> Weights:
    """Give the weights of clues: each part of an act has one for each clue, all learned together."""
    lessons = [(one, act) for one in dated if one.is_taught for act in one.acts or (NONE,)]
    counted = Counter(clue for one, _ in lessons for clue in one.clues)
    known = {clue: number for number, clue in enumerate(sorted(c for c, times in counted.items() if times >= LEAST))}
    acts = sorted({act for _, act in lessons})
    parts = sorted(set(chain.from_iterable(map(learned.parts_of, acts))))
    given = np.zeros((len(lessons), len(known)), dtype=np.float64)
    wanted = np.zeros((len(lessons), len(acts)), dtype=np.float64)
    share = np.array([1 / len(one.acts or (NONE,)) for one, _ in lessons], dtype=np.float64)[:, None]
    for row, (one, act) in enumerate(lessons):
        wanted[row, acts.index(act)] = 1
        for clue, counts in one.clues.items():
            if clue in known:
                given[row, known[clue]] = counts
    made = np.array([[part in learned.parts_of(act) for act in acts] for part in parts], dtype=np.float64)
    weights = _fitted(given, wanted, share, made)
    return Weights(
        acts=tuple(acts),
        parts=tuple(parts),
        clues={clue: said for clue, row in known.items() if (said := _said(weights[row]))},
    )


def _fitted(given: np.ndarray, wanted: np.ndarray, share: np.ndarray, made: np.ndarray) -> np.ndarray:
    """Give the weights under which what is wanted is likeliest, those of little use kept small."""
    weights = np.zeros((given.shape[1], made.shape[0]), dtype=np.float64)
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


def manner(one: Dated) -> str:
    """Give what a date is tried with: papers, or the file of its sentence."""
    return PAPERS if "/" in one.paper else one.story.rpartition("-")[0]


def left_out(dated: Sequence[Dated], name: str) -> Iterator[tuple[Dated, list[Likely]]]:
    """Yield each date of a manner with what is told of it by weights that were learned without its story.

    Papers are left out by stories; sentences with their whole file.
    """
    stories = sorted({one.story for one in dated if manner(one) == name})
    for fold in range(FOLDS) if name == PAPERS else (0,):
        out = set(stories[fold::FOLDS] if name == PAPERS else stories)
        weights = learn(one for one in dated if one.story not in out)
        yield from ((one, learned.likely(one.clues, weights)) for one in dated if one.story in out)


def tried(name: str, told: Sequence[tuple[Dated, list[Likely]]]) -> Iterator[str]:
    """Yield what rules tell of some dates, what clues tell, and what both tell together."""
    yield f"{name:<12} rules:             {figures((one, one.rules[0] if one.rules else '') for one, _ in told)}"
    joined = [(one, guessing.together(likely, set(one.rules))) for one, likely in told]
    for least in SHARES:
        yield f"{name:<12} clues from {least:.2f}:   {figures(_clear(told, least))}"
        yield f"{name:<12} both from {least:.2f}:    {figures(_clear(joined, least))}"


def _clear(told: Iterable[tuple[Dated, Sequence[Likely]]], least: float) -> Iterator[tuple[Dated, str]]:
    return ((one, likely[0].act if likely[0].share >= least else "") for one, likely in told)


def curve(dated: Sequence[Dated]) -> Iterator[str]:
    """Yield what is told of each of the last two manners by what is learned from papers and more and more lessons.

    Lessons of the other files are taken in turn, so that each hundred holds some of each.
    """
    for name in NEWEST:
        asked = [one for one in dated if manner(one) == name]
        papers = [one for one in dated if manner(one) == PAPERS]
        rest = sorted((one for one in dated if manner(one) not in (name, PAPERS)), key=_turn)
        stories = list(dict.fromkeys(one.story for one in rest))
        for count in range(0, len(stories) + 1, EACH):
            taken = set(stories[:count])
            weights = learn([*papers, *(one for one in rest if one.story in taken)])
            told = [(one, learned.likely(one.clues, weights)) for one in asked]
            joined = [(one, guessing.together(likely, set(one.rules))) for one, likely in told]
            clear = guessing.CLEAR
            yield f"{name:<12} {count:4d} lessons:  clues {figures(_clear(told, clear))}   both {figures(_clear(joined, clear))}"


def _turn(one: Dated) -> tuple[int, str]:
    name, _, number = one.story.rpartition("-")
    return int(number), name


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
    parser.add_argument("--check", action="store_true", help="exit 1 if the weights are others")
    parser.add_argument("--quick", action="store_true", help="do not try by leaving out")
    parser.add_argument("--curve", action="store_true", help="tell what more lessons bring")
    arguments = parser.parse_args()
    register, _ = load.read(REGISTER)
    dated = examples(register)
    if not arguments.quick:
        for name in (PAPERS, *(file.stem for file in taught.SENTENCES)):
            print(*tried(name, list(left_out(dated, name))), sep="\n", flush=True)
    if arguments.curve:
        for line in curve(dated):
            print(line, flush=True)
    weights = msgspec.structs.replace(learn(dated), learned_from=learning.digest(register.lexicon))
    held = list(taught.of_passages(register, list(taught.passages(taught.HELD_OUT)), "held-out"))
    told = [(one, learned.likely(one.clues, weights)) for one in held]
    print(*tried("held-out", told), sep="\n")
    print(f"{len(dated)} dates, {len(weights.clues)} clues")
    content = msgspec.json.encode(weights) + b"\n"
    if arguments.write:
        learned.FILE.write_bytes(content)
    return int(arguments.check and learned.FILE.read_bytes() != content)


if __name__ == "__main__":
    sys.exit(main())
