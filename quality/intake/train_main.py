# SPDX-License-Identifier: Apache-2.0
"""`python -m quality.intake.train_main`: learn which lines of a plain text belong to its main text.

--write  write the weights that the reader goes by; without it only try

Learned from the plain texts of the tuned set and from those of `quality/intake/taught/main-text/learned.txt`, where each line
begins with what it is: `+` main text, `-` clutter, `=` title. Tried is by leaving out: every tenth paper at a time, those of a story
together. Nothing is learned from the blind set, nor from `held-out.txt` beside them.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar.intake.papers import belonging, cleaning, papers
from debar.register import load
from quality.intake import corpus as sets
from quality.intake.located import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from debar.intake.papers.sorting import Sort
    from debar.model.lexicon import Lexicon

REGISTER = Path(__file__).parents[2] / "register"
TAUGHT = Path(__file__).with_name("taught") / "main-text" / "learned.txt"
HELD_OUT = TAUGHT.with_name("held-out.txt")
ROUNDS, STEP, SHRINK, FOLDS = 40, 0.3, 1e-3, 10
"""Of learning: by gradients, each clue with a step of its own; what says little shrinks to nothing."""
_FULL = 40
"""Characters of a unit that counts once; shorter ones count less, longer ones more."""


class Marked(NamedTuple):
    """A text, and which of its characters are main text."""

    name: str
    """Papers of one name are left out together."""
    text: str
    main: frozenset[int]
    unseen: frozenset[int]
    """White space and title, which do not count."""


class Line(NamedTuple):
    """One unit of a text."""

    clues: dict[str, float]
    right: int
    """Characters of it that are main text."""
    every: int
    is_kept: bool
    """Whether rules keep it."""
    is_judged: bool
    kind: Sort


def main() -> int:
    """Try, and with `--write` write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    lexicon = load.load(REGISTER).lexicon
    groups = {
        "tuned": [(f"tuned {one.name}", lines(one, lexicon)) for one in _tuned(lexicon)],
        "taught": [(f"taught {one.name}", lines(one, lexicon)) for one in marked(TAUGHT)],
    }
    every = [one for group in groups.values() for one in group]
    print(f"{'left out':<14} {'rules alone':<16} with weights   (precision / recall, by characters)")
    left_out = {id(line): told for line, told in _left_out(every)}
    for name, group in groups.items():
        print(f"{name:<14} {_both(group, {}):<16} {_both(group, left_out)}")
    learned = learn([line for _, of in every for line in of])
    held = [(one.name, lines(one, lexicon)) for one in marked(HELD_OUT)]
    judged = {id(line): belonging.share(line.clues, learned) for _, of in held for line in of}
    print(f"{'held out':<14} {_both(held, {}):<16} {_both(held, judged)}")
    if asked.write:
        rounded = {clue: round(weight, 3) for clue, weight in sorted(learned.items()) if abs(weight) >= SHRINK}
        belonging.FILE.write_bytes(msgspec.json.format(msgspec.json.encode(rounded), indent=1) + b"\n")
    return 0


def marked(file: Path) -> Iterator[Marked]:
    """Give the texts of a file, of which each line begins with what it is."""
    for block in file.read_text(encoding="utf-8").split("=== ")[1:]:
        head, *rows = block.splitlines()
        text, main, unseen = "", set[int](), set[int]()
        for row in rows:
            span = range(len(text), len(text) + len(row[1:]))
            (main if row[:1] == "+" else unseen if row[:1] == "=" else set[int]()).update(span)
            text += row[1:] + "\n"
        unseen |= {place for place, character in enumerate(text) if character.isspace()}
        yield Marked(head.split()[0], text, frozenset(main), frozenset(unseen))


def _tuned(lexicon: Lexicon) -> Iterator[Marked]:
    corpus = sets.read("tuned")
    for folder, story in zip(corpus.folders, corpus.stories, strict=True):
        for paper in story.documents:
            if not paper.file.endswith(".txt") or not paper.main.first:
                continue
            (told,) = papers(paper.file, (folder / paper.file).read_bytes(), lexicon)
            located = locate(paper, told.text)
            main = frozenset(place for span in located.main for place in range(span.start, span.end))
            unseen = {place for place, character in enumerate(told.text) if character.isspace()}
            unseen |= set(range(located.title.start, located.title.end)) if located.title else set()
            yield Marked(story.story, told.text, main, frozenset(unseen))


def lines(one: Marked, lexicon: Lexicon) -> list[Line]:
    """Give the units of a text, with what each shows."""
    rules = cleaning.by_rules(one.text, lexicon)
    whole = belonging.body(one.text, rules.parts, rules.sorts, rules.kept)
    found = []
    for n, unit in enumerate(rules.parts):
        places = [place for place in range(unit.start, unit.end) if place not in one.unseen]
        if n == rules.title or not places or whole is None:
            continue
        right = sum(place in one.main for place in places)
        told = belonging.clues(one.text, whole, n)
        found.append(Line(told, right, len(places), n in whole.kept, belonging.judged(unit), rules.sorts[n]))
    return found


def learn(taught: Sequence[Line]) -> dict[str, float]:
    """Give how much each clue says."""
    weights = {clue: 0.0 for line in taught for clue in line.clues}
    steps = dict.fromkeys(weights, 1e-6)
    order, mixed = list(taught), random.Random(1)
    for _ in range(ROUNDS):
        mixed.shuffle(order)
        for line in order:
            missed = belonging.share(line.clues, weights) - float(line.right * 2 > line.every)
            missed *= min(3.0, math.sqrt(line.every / _FULL))
            for clue, much in line.clues.items():
                slope = missed * much + SHRINK * weights[clue]
                steps[clue] += slope * slope
                weights[clue] -= STEP * slope / math.sqrt(steps[clue])
    return weights


def _left_out(every: Sequence[tuple[str, list[Line]]]) -> Iterator[tuple[Line, float]]:
    names = sorted({name for name, _ in every})
    random.Random(3).shuffle(names)
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        learned = learn([line for name, of in every if name not in out for line in of])
        yield from ((line, belonging.share(line.clues, learned)) for name, of in every if name in out for line in of)


def _both(group: Iterable[tuple[str, Sequence[Line]]], told: Mapping[int, float]) -> str:
    """Give precision and recall; a unit that nothing was told of is as rules have it."""
    right = extra = lost = 0
    for line in (line for _, of in group for line in of):
        if line.is_kept and not (line.is_judged and belonging.is_left_out(told.get(id(line), 1.0), line.kind)):
            right, extra = right + line.right, extra + line.every - line.right
        else:
            lost += line.right
    return f"{right / (right + extra):.3f} / {right / (right + lost):.3f}"


if __name__ == "__main__":
    sys.exit(main())
