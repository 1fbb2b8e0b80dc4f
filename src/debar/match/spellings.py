# SPDX-License-Identifier: Apache-2.0
"""How a value may be written before it is made comparable, as expressions over its bytes.

Values stand in one block, with a SEPARATOR between each two. A value that fits a pattern once it is in its normal form
has, as it was written, a match of one of the pattern's expressions, or one of its kind's doubts: signs
that letters may be disguised. The expressions speak of bytes and ignore the case of ASCII letters; they use no
more than literals, classes and short repeats, which an automaton takes by the thousand.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar.match import addresses
from debar.match.compile import WORDS, boundary, normaliser
from debar.match.needles import Needle, needles
from debar.match.ordinary import ORDINARY
from debar.match.scripts import minds_case, script
from debar.model.vocab import Kind, Operator
from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from debar.match.compile import Index
    from debar.match.scripts import Script

SEPARATOR = b"\xff"
"""Stands in no UTF-8 text."""
_SHORT = 5
"""Characters up to which a word is looked for with its edges: "zte" stands in "aztec"."""
_ESCAPE = rb"%(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f|7e|[89a-f][0-9a-f])"
"""An escaped letter, digit or mark of those, or a byte of a character that is not ASCII."""
_DOUBTS = {
    Kind.PURL: (_ESCAPE,),
    Kind.CPE: (_ESCAPE, rb"\\[a-z0-9_]"),
}
_HIVES = ("hklm", "hkcu")
"""Short names, which stand in no key that spells them out."""
_EDGE = rb"[^a-z0-9]"


class Spelled(NamedTuple):
    """The expressions of a kind, and for which values they do not speak."""

    expressions: tuple[bytes, ...]
    minds_case: bool = False
    all_doubtful: bool = False
    """Some pattern has no expression: every value may fit."""
    foreign_doubtful: bool = False
    """Some pattern has none, but fits only what is not ASCII: all of that may fit."""


_ANYTHING = Spelled((), all_doubtful=True)


class Sought(NamedTuple):
    """A needle, and who wants it."""

    party: str
    needle: Needle


def spelled(index: Index, kind: Kind) -> Spelled:
    """Give the expressions of which one is in the bytes of every value of a kind that fits an indicator."""
    sought = _sought(index, kind)
    if sought is None:
        return _ANYTHING
    found, every = sought
    letters, parties = script(kind), parties_of(kind, every)
    runs: set[Run] = set()
    foreign = False
    for needle in dict.fromkeys(each.needle for each in every):
        if run := _best(kind, needle, letters, parties):
            runs.add(run)
        elif needle.text.isascii():
            return _ANYTHING
        else:
            foreign = True
    found |= {_expression(run, letters) for run in _fewest(runs)} | letters.disguises
    return Spelled(tuple(sorted(found)), minds_case(kind), foreign_doubtful=foreign)


def _sought(index: Index, kind: Kind) -> tuple[set[bytes], list[Sought]] | None:
    """Give doubts and expressions of addresses, and the needles of other patterns; nothing when one has neither."""
    found: set[bytes] = set(_DOUBTS.get(kind, ()))
    every: list[Sought] = []
    for indicator in index.indicators:
        for pattern in indicator.patterns if indicator.kind is kind else ():
            if kind is Kind.MAC or indicator.operator is Operator.WITHIN:
                beginnings = _beginnings(kind, indicator.operator, pattern)
                if not beginnings:
                    return None
                found.update(beginnings)
                continue
            wanted = needles_of(kind, indicator.operator, pattern)
            if not all(needle.text for needle in wanted) or not wanted:
                return None
            every += [Sought(indicator.party, needle) for needle in wanted]
    return found, every


def _beginnings(kind: Kind, operator: Operator, pattern: str) -> list[bytes]:
    """Give the expressions of how addresses begin that a pattern fits; none when nothing is certain."""
    ways = addresses.hardware(pattern, operator) if kind is Kind.MAC else addresses.network(pattern)
    return [SEPARATOR + way for way in ways]


def needles_of(kind: Kind, operator: Operator, pattern: str) -> tuple[Needle, ...]:
    """Give texts of which one stands in the normal form of whatever a pattern fits; none when nothing is certain."""
    if operator is Operator.REGEX:
        return needles(pattern)
    if operator is Operator.PHRASE:
        return (Needle(fold(pattern), opens=True, closes=True),)
    text, mark = normaliser(kind)(pattern), boundary(kind)
    if operator is Operator.PREFIX:
        return (Needle(text.removesuffix(mark) if mark else text, begins=True, opens=True, closes=bool(mark)),)
    return (Needle(text, begins=operator is Operator.EQUALS, opens=True, closes=True),)


class Run(NamedTuple):
    """A part of a needle that is written in one way only, up to the case of its letters."""

    text: str
    begins: bool
    opens: bool
    closes: bool


_RUNS = {
    **dict.fromkeys(WORDS, re.compile(r"[^\W_]+")),
    Kind.PATH: re.compile(r"[^/]+"),
    Kind.REGISTRY: re.compile(r"[^/]+"),
    Kind.PURL: re.compile(r"[a-z0-9._~-]+"),
    Kind.CPE: re.compile(r"[a-z0-9_]+"),
}
_WHOLE = re.compile(r".+", re.DOTALL)


def _runs(kind: Kind, needle: Needle, plain: Callable[[str], bool]) -> Iterator[Run]:
    """Yield the runs of a needle; an edge that is not certain in the value as it was written is left out."""
    escapes = kind in _DOUBTS  # "%40scope": what stands before a word may end with a digit
    for found in _RUNS.get(kind, _WHOLE).finditer(needle.text):
        if kind is Kind.REGISTRY and found.start() == 0 and any(hive.endswith(found[0]) for hive in _HIVES):
            continue  # the end of a hive's name, which may be written in full
        for part in re.finditer(r"[^\0]+", "".join(c if plain(c) else "\0" for c in found[0])):
            start, end = found.start() + part.start(), found.start() + part.end()
            opens = needle.opens if start == 0 else not needle.text[start - 1].isalnum()
            closes = needle.closes if end == len(needle.text) else not needle.text[end].isalnum()
            begins = needle.begins and start == 0
            yield Run(
                part[0], begins, begins or (opens and not escapes), closes and not unicodedata.combining(part[0][-1])
            )


def parties_of(kind: Kind, every: Sequence[Sought]) -> dict[str, int]:
    """Give in the patterns of how many parties each run stands: what many have is no good to look for."""
    seen: dict[str, set[str]] = defaultdict(set)
    for party, needle in every:
        for found in _RUNS.get(kind, _WHOLE).finditer(needle.text):
            seen[found[0]].add(party)
    return {run: len(parties) for run, parties in seen.items()}


def best_run(kind: Kind, needle: Needle, plain: Callable[[str], bool], parties: dict[str, int]) -> Run | None:
    """Give the run of a needle that says most; nothing when none says enough.

    `plain` tells letters that are written in one way, `parties` in the patterns of how many parties a run stands.
    """
    best = max(
        _runs(kind, needle, plain),
        key=lambda run: (
            _says(run) > 1,
            len(run.text.encode()) > 1,
            run.text not in ORDINARY,
            len(run.text.encode()) > 2,
            -parties.get(run.text, 0),
            len(run.text.encode()),
            run.begins,
        ),
        default=None,
    )
    return None if best is None or _says(best) < 2 else best


def _best(kind: Kind, needle: Needle, letters: Script, parties: dict[str, int]) -> Run | None:
    """Give the run of a needle that says most, with no more edges than pay; nothing when none says enough."""
    best = best_run(kind, needle, letters.plain, parties)
    if best is None:
        return None
    if best.begins and kind not in WORDS and kind is not Kind.CPE and not minds_case(kind):
        return Run(best.text, begins=True, opens=False, closes=False)  # a literal, where an edge is a class
    edged = is_short(best.text)
    return Run(best.text, begins=False, opens=edged and best.opens, closes=edged and best.closes)


def is_short(text: str) -> bool:
    """Tell whether a word is looked for with its edges."""
    return len(text) <= _SHORT and text.isascii()


def _says(run: Run) -> int:
    """Give how much a run says, in bytes; less than two stand in every value."""
    return len(run.text.encode()) + 2 * run.begins + (run.opens and run.closes)


def _fewest(runs: set[Run]) -> list[Run]:
    """Give the runs without those in which another one is found anyway."""
    free = [run.text for run in runs if not (run.begins or run.opens or run.closes)]
    kept = [run for run in runs if not any(text in run.text for text in free if text != run.text)]
    bare = set(free)
    half = {(run.text, run.opens, run.closes) for run in kept}
    return [
        run
        for run in kept
        if not ((run.begins or run.opens or run.closes) and run.text in bare)
        and not (run.opens and run.closes and half & {(run.text, True, False), (run.text, False, True)})
    ]


def _expression(run: Run, letters: Script) -> bytes:
    """Give the expression of a run."""
    body = b"".join(letters.written(letter) for letter in run.text)
    if run.begins:
        return SEPARATOR + body
    return (_EDGE if run.opens else b"") + body + (_EDGE if run.closes else b"")
