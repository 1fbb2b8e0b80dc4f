# SPDX-License-Identifier: Apache-2.0
"""How likely a unit belongs to the main text, by its shape, its place and what stands beside it.

Patterns know the lines that somebody has thought of. What nobody has thought of still looks like a label, a name or a
teaser: few words that bind, no verb, no full stop, many capitals, others of its kind beside it. How much each of these
says is learned by `python -m quality.intake.train_main` and kept as plain numbers in `belonging.json`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar.intake.papers.sorting import CLOSING, WORD, Sort

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.intake.papers.units import Unit

FILE = Path(__file__).with_name("belonging.json")
LEAST, LEAST_OF_PROSE = 0.3, 0.1
"""Likelihood below which a unit is left out; a paragraph weighs more if it is lost."""
_ENOUGH = 160
"""Characters of paragraphs below which a text tells too little of itself to judge what stands beside them."""
_LONGEST = 400
"""Characters of a unit that is judged; longer ones are text."""
_MOST = 3000
"""Units of a paper in which any is judged, so that a file of a million lines costs no more than its rules."""
_BINDING = 0.15
"""Share of words that bind, of the words of a text in English; with fewer nothing is judged."""
_VERBS = frozenset((
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "may", "must", "can", "could",
    "shall", "should", "said", "says", "does", "do", "did",
))  # fmt: skip
_BINDERS = _VERBS | frozenset((
    "the", "of", "to", "in", "a", "an", "and", "that", "for", "on", "by", "with", "from", "as", "at", "it", "its",
    "they", "their", "not", "no", "this", "which", "who", "if", "or", "than", "but", "any", "after", "before",
    "under", "until", "when", "all", "he", "she", "we", "our", "you",
))  # fmt: skip
"""Words that bind others to sentences, verbs that help other verbs among them."""
_ADDRESSED = frozenset(("you", "your", "us", "our", "this"))
_LABELLED = re.compile(r"[^:.]{2,30}: ")
_PARTED = re.compile(r" [|·/>•—] |\s{3}")
_REACHED = re.compile(r"@|www\.|\+[0-9]|[0-9]{3}[ .-][0-9]{3}")
_STOPPED = re.compile(r"[a-z)”\"][.!?](?:\s|$)")
_CLOSED = re.compile(
    r"(?:yours|best|kind|with|sincerely|\(?signed|sd/|/s/|on behalf|for and on|done at|#{2,6}|-? ?ends?)\b.{0,50}$",
    re.IGNORECASE,
)
"""How the lines begin after which only names stand."""
_BY_PLACE = ("binders", "verb", "capitals", "stop", "length", "label", "run")
"""What says something else before the first paragraph, and after the last one."""


class Body(NamedTuple):
    """A paper as rules took it apart."""

    parts: Sequence[Unit]
    sorts: Sequence[Sort]
    kept: frozenset[int]
    first: int
    last: int
    """The numbers of its first and of its last paragraph."""
    closed: int
    """The number of the line that closes a letter or a release, if one does."""
    repeated: frozenset[str]
    """Lines that stand in it more than once."""


def left_out(text: str, parts: Sequence[Unit], sorts: Sequence[Sort], kept: Sequence[int]) -> frozenset[int]:
    """Give the numbers of units that rules kept and that hardly belong to the text."""
    whole = body(text, parts, sorts, kept)
    if whole is None or len(parts) > _MOST or not _is_english(text, whole):
        return frozenset()
    learned = weights()
    return frozenset(
        n for n in kept if judged(parts[n]) and is_left_out(share(clues(text, whole, n), learned), sorts[n])
    )


def body(text: str, parts: Sequence[Unit], sorts: Sequence[Sort], kept: Sequence[int]) -> Body | None:
    """Give a paper as rules took it apart; nothing where it has hardly any paragraph."""
    prose = [n for n in kept if sorts[n] is Sort.PROSE]
    if sum(parts[n].end - parts[n].start for n in prose) < _ENOUGH:
        return None
    middle = (parts[-1].end + parts[0].start) * 0.4
    ends = (n for n, unit in enumerate(parts) if unit.start > middle and _CLOSED.match(text, unit.start, unit.end))
    lines = Counter(_line(text, unit) for unit in parts if judged(unit))
    return Body(
        parts,
        sorts,
        frozenset(kept),
        prose[0],
        prose[-1],
        next(ends, len(parts)),
        frozenset(line for line, times in lines.items() if times > 1),
    )


def judged(unit: Unit) -> bool:
    """Tell whether a unit is short enough to be no text."""
    return unit.end - unit.start <= _LONGEST


def is_left_out(likely: float, kind: Sort) -> bool:
    """Tell whether a unit as likely as that is left out: a line that only says when never is, a paragraph hardly ever."""
    return kind is not Sort.DATE and likely < (LEAST_OF_PROSE if kind is Sort.PROSE else LEAST)


def share(told: Mapping[str, float], learned: Mapping[str, float]) -> float:
    """Give how likely a unit belongs to the text, of 1."""
    said = sum(learned.get(clue, 0.0) * much for clue, much in told.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, said))))


@lru_cache(maxsize=1)
def weights(file: Path = FILE) -> dict[str, float]:
    """Give what was learned."""
    return msgspec.json.decode(file.read_bytes(), type=dict[str, float])


def clues(text: str, whole: Body, n: int) -> dict[str, float]:
    """Give what a unit shows: of its words, of its signs, of its place."""
    unit = whole.parts[n]
    content = text[unit.start : unit.end]
    told = {"any": 1.0, f"sort {whole.sorts[n].name}": 1.0, **_words(content), **_signs(content)}
    told |= _place(text, whole, n)
    for place, is_there in (("before", n < whole.first), ("after", n > whole.last)):
        if is_there:
            told |= {f"{place} {clue}": told[clue] for clue in _BY_PLACE} | {place: 1.0}
    return {clue: much for clue, much in told.items() if much}


def _words(content: str) -> dict[str, float]:
    words = WORD.findall(content)
    small = [word.lower() for word in words]
    every = len(words) or 1
    return {
        "binders": 3 * sum(word in _BINDERS for word in small) / every,
        "verb": float(any(word in _VERBS or (len(word) > 4 and word.endswith("ed")) for word in small[1:])),
        "capitals": sum(word[0].isupper() for word in words) / every,
        "addressed": float(not _ADDRESSED.isdisjoint(small)),
    }


def _signs(content: str) -> dict[str, float]:
    size = len(content)
    return {
        "length": size / 200,
        f"size {min(7, size.bit_length() - 1)}": 1.0,
        "shouted": float(content.isupper()),
        "digits": 5 * sum(map(str.isdigit, content)) / size,
        "stop": float(content.rstrip(CLOSING)[-1:] in (".", "!", "?")),
        "asks": float(content.endswith("?")),
        "colon": float(content.endswith(":")),
        "comma": float(content.endswith(",")),
        "label": float(_LABELLED.match(content) is not None),
        "parted": float(_PARTED.search(content) is not None),
        "reached": float(_REACHED.search(content) is not None),
        "bracket": float(content[0] in "(["),
        "quote": float(content[0] in "\"'“„«"),
        "begins small": float(content[0].islower()),
        "begins digit": float(content[0].isdigit()),
        "sentences": min(3.0, float(len(_STOPPED.findall(content)))),
    }


def _place(text: str, whole: Body, n: int) -> dict[str, float]:
    parts, unit = whole.parts, whole.parts[n]
    near = parts[max(0, n - 2) : n + 3]
    told = {
        "first": float(n == whole.first),
        "last": float(n == whole.last),
        "run": sum(one.end - one.start < 60 for one in near) / len(near),
        "blank above": float(unit.is_first),
        "blank below": float(unit.is_last),
        "near the end": 1 / (len(parts) - n),
        "closed": float(n > whole.closed),
        "repeated": float(judged(unit) and _line(text, unit) in whole.repeated),
    }
    for away in (-2, -1, 1, 2):
        beside = n + away
        told[f"{away} {whole.sorts[beside].name if 0 <= beside < len(parts) else 'edge'}"] = 1.0
    return told


def _line(text: str, unit: Unit) -> str:
    return " ".join(text[unit.start : unit.end].lower().split())


def _is_english(text: str, whole: Body) -> bool:
    """Tell whether a text has the words by which its units are judged."""
    start, end = whole.parts[whole.first].start, whole.parts[whole.last].end
    words = WORD.findall(text[start : min(end, start + 5000)])
    return sum(word.lower() in _BINDERS for word in words) >= len(words) * _BINDING
