# SPDX-License-Identifier: Apache-2.0
"""What is right and wrong of stories: which papers belong together, what was said twice, and where they disagree."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from quality.intake.located import locate
from quality.intake.marks import quote_at
from quality.intake.noted import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.intake import Conflict, Paper, Reading, Story
    from quality.intake.corpus import Corpus, GoldConflict, GoldStory
    from quality.intake.noted import Misses

MATERIAL = "material"
KIN = frozenset({"act", "polarity"})
"""Types that name one disagreement: that something is banned, against that it is not."""


def grouping_marks(corpus: Corpus, reading: Reading) -> Iterator[Mark]:
    """Mark how papers were put together, by BCubed: each paper's companions, as shares of a thousand.

    Papers that are of no story stand alone. A story with papers of several jurisdictions is a merge, and wrong.
    """
    paths = {paper.id: paper.path for paper in reading.documents}
    told = {paths[id_]: story.id for story in reading.stories for id_ in story.documents}
    gold = {f"{story.story}/{paper.file}": story for story in corpus.stories for paper in story.documents}
    answer = {name: told.get(name, name) for name in gold}
    for name, story in gold.items():
        ours = {other for other in gold if answer[other] == answer[name]}
        theirs = {other for other, its in gold.items() if its is story}
        both = len(ours & theirs)
        yield from _share("grouping.precision", both, len(ours), f"{name} stands with {sorted(ours - theirs)[:3]}")
        yield from _share("grouping.recall", both, len(theirs), f"{name} stands without {sorted(theirs - ours)[:3]}")
    for made in reading.stories:
        places = {gold[paths[id_]].measure.jurisdiction for id_ in made.documents if paths[id_] in gold}
        note = "" if len(places) <= 1 else f"{made.id} has papers of {sorted(places)}"
        yield Mark("grouping.merges", len(places) <= 1, note)


def _share(key: str, part: int, whole: int, note: str) -> Iterator[Mark]:
    right = round(1000 * part / whole)
    yield Mark(key, is_right=True, weight=right)
    if right < 1000:
        yield Mark(key, is_right=False, note=note, weight=1000 - right)


def cluster_marks(
    story: GoldStory, papers: Mapping[str, Paper], stories: Sequence[Story], note: Misses
) -> Iterator[Mark]:
    """Mark pairs of quotations of different papers: those that are one utterance, and those that were taken for one."""
    quotes = [quote for one in stories for quote in one.quotes]
    held: list[tuple[str, str, int]] = []
    for gold in story.documents:
        paper = papers.get(gold.file)
        if paper is None:
            continue
        for quote, span in zip(gold.quotes, locate(gold, paper.text).quotes, strict=True):
            found = quote_at(span, quotes, paper.id)
            held += [(quote.cluster, gold.file, quotes.index(found))] if found else []
    for (cluster, file, number), (other, their, its) in combinations(held, 2):
        if file == their:
            continue
        what = f"{cluster} in {file} and {other} in {their}"
        if cluster == other:
            yield note.mark("clusters.recall", f"told apart: {what}", is_right=number == its)
        if number == its:
            yield note.mark("clusters.precision", f"taken for one: {what}", is_right=cluster == other)


def conflict_marks(story: GoldStory, reading: Reading, files: Mapping[str, str], note: Misses) -> Iterator[Mark]:
    """Mark conflicts of a story: found if one of its type sets papers of two of its sides against each other.

    `files` gives the name of each paper of the story by its id.
    """
    statements = {one.id: one.document for one in reading.facts}
    told = [
        (conflict, _sides(conflict, statements, files))
        for one in reading.stories
        if any(id_ in files for id_ in one.documents)
        for conflict in one.conflicts
    ]
    explained: set[int] = set()
    for gold in story.conflicts:
        like = [number for number, (one, sides) in enumerate(told) if _is_same(gold, one, sides)]
        explained.update(like)
        if not gold.optional:
            key = "conflicts.material" if gold.severity.startswith(MATERIAL) else "conflicts.minor"
            yield note.mark(f"{key}.recall", f"{gold.type} {gold.act}: {_values(gold)}", is_right=bool(like))
            if like:
                graded = any(told[number][0].severity.value == gold.severity for number in like)
                yield note.mark("conflicts.graded", f"{gold.type} {gold.act} is {gold.severity}", is_right=graded)
    for number, (conflict, _) in enumerate(told):
        right = number in explained
        sides = " | ".join(f"{value.value} ({len(value.facts)})" for value in conflict.values)
        key = f"conflicts.{conflict.severity.value}.precision"
        yield note.mark(key, f"told {conflict.type.value}, {conflict.topic}: {sides}", is_right=right)


def _sides(conflict: Conflict, statements: Mapping[str, str], files: Mapping[str, str]) -> list[set[str]]:
    """Give the names of the papers on each side."""
    return [
        {
            *(files.get(statements.get(fact, ""), "") for fact in value.facts),
            *(files.get(passage.document, "") for passage in value.passages),
        }
        - {""}
        for value in conflict.values
    ]


def _is_same(gold: GoldConflict, conflict: Conflict, sides: Sequence[set[str]]) -> bool:
    """Tell whether two of the annotated sides stand on two different sides of a conflict of that type."""
    if gold.type != conflict.type.value and not {gold.type, conflict.type.value} <= KIN:
        return False
    wanted = [set(value.documents) for value in gold.values]
    return any(
        _faces(ours, theirs, left, right)
        for ours, theirs in combinations(sides, 2)
        for left, right in combinations(wanted, 2)
    )


def _faces(ours: set[str], theirs: set[str], left: set[str], right: set[str]) -> bool:
    return bool((ours & left and theirs & right) or (ours & right and theirs & left))


def _values(gold: GoldConflict) -> str:
    return " | ".join(f"{value.value} ({', '.join(value.documents)})" for value in gold.values)
