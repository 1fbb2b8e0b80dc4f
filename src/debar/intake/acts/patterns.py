# SPDX-License-Identifier: Apache-2.0
"""The lexicon's patterns of acts made ready: each is asked only at words with which it can begin."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.expressions import REPEATS, nodes, tree
from debar.intake.acts import senses
from debar.intake.papers.once import once
from debar.model.vocab.statements import StatedAct
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.intake.acts.senses import Senses
    from debar.model.lexicon import ActPattern, Lexicon, Words

PREFIX = 3
"""First letters by which patterns are found: more would tell few apart, fewer would ask most patterns at most words."""
_MOST = 400
"""Beginnings of a pattern beyond which it is asked at every word."""
_COMPLETED = {"doing": ("prohibit", "permit"), "deed": ("prohibit", "permit"), "demanded": ("require",)}
"""Lists of deeds by purpose, and the first words of the acts that they complete."""


class Compiled(NamedTuple):
    """A pattern of the lexicon, compiled."""

    pattern: ActPattern
    expression: re.Pattern[str]
    is_completed: bool
    """Whether a deed in what it finds completes its act."""


class Ready(NamedTuple):
    """All patterns, by the letters with which what they find begins."""

    at_start: tuple[Compiled, ...]
    """Those that stand at the beginning of a sentence only."""
    by_prefix: dict[str, tuple[Compiled, ...]]
    anywhere: tuple[Compiled, ...]
    """Those whose beginnings are too many to count."""
    deeds: re.Pattern[str]
    """Any word of a deed."""
    acts: dict[str, dict[str, StatedAct]]
    """First word of an act -> word of a deed -> the act that they make together."""
    light: re.Pattern[str]
    """Verbs that say little beside the noun of a deed."""
    senses: Senses
    """What words have to do with."""


@once
def ready(lexicon: Lexicon) -> Ready:
    """Give the patterns of a lexicon made ready; of the same one only once."""
    lists = phrases.lists(lexicon.words)
    at_start: list[Compiled] = []
    anywhere: list[Compiled] = []
    by_prefix: dict[str, list[Compiled]] = {}
    deeds = [f"<{name}>" for name in _names(lexicon.words)]
    for act in lexicon.acts:
        is_first = act.pattern.startswith("^")
        expression = phrases.expression(act.pattern.removeprefix("^"), lists)
        one = Compiled(act, re.compile(expression), any(deed in act.pattern for deed in deeds))
        if is_first:
            at_start.append(one)
            continue
        beginnings = _prefixes(expression)
        if len(beginnings) > _MOST or any(len(each) < PREFIX for each in beginnings):
            anywhere.append(one)
            continue
        for each in beginnings:
            by_prefix.setdefault(each, []).append(one)
    return Ready(
        at_start=tuple(at_start),
        by_prefix={prefix: tuple(found) for prefix, found in by_prefix.items()},
        anywhere=tuple(anywhere),
        deeds=re.compile(
            phrases.any_of([w for one in lexicon.words if one.purpose in _COMPLETED for w in one.words] or ["-"])
        ),
        acts=_acts(lexicon.words),
        light=re.compile(phrases.any_of(lists["light"].words if "light" in lists else ["-"])),
        senses=senses.senses(lexicon.words),
    )


def _names(words: Iterable[Words]) -> set[str]:
    """Give by which names patterns call lists of deeds."""
    deeds = [one for one in words if one.purpose in _COMPLETED]
    return {one.id for one in deeds} | {one.purpose for one in deeds}


def _acts(words: Iterable[Words]) -> dict[str, dict[str, StatedAct]]:
    known = frozenset(StatedAct)
    found: dict[str, dict[str, StatedAct]] = {}
    for one in words:
        for first in _COMPLETED.get(one.purpose, ()):
            if (act := f"{first}.{one.means}") in known:
                for word in one.words:
                    found.setdefault(first, {}).setdefault(word, StatedAct(act))
    return found


@lru_cache(maxsize=1024)
def _prefixes(expression: str) -> frozenset[str]:
    """Give with which letters a text can begin that an expression fits; lexicons of one process share most of theirs."""
    return frozenset(_beginnings(tree(expression), {""}))


def _beginnings(parsed: Any, before: set[str]) -> set[str]:  # noqa: ANN401 - the parser of re has no types
    """Give with which letters, at most PREFIX, a text can begin that goes on from some beginnings by an expression.

    What cannot be told ends there, as a beginning shorter than PREFIX.
    """
    done = {each for each in before if len(each) >= PREFIX}
    open_ = before - done
    for operator, argument in parsed:
        if not open_ or len(done) + len(open_) > _MOST:
            break
        grown = _grown(operator, argument, open_)
        if grown is None:
            return done | open_
        done |= {each for each in grown if len(each) >= PREFIX}
        open_ = {each for each in grown if len(each) < PREFIX}
    return done | open_


def _grown(operator: Any, argument: Any, before: set[str]) -> set[str] | None:  # noqa: ANN401 - the parser of re has no types
    """Give beginnings made longer by one node; None where that cannot be told."""
    found: set[str] | None = None
    if operator is nodes.LITERAL:
        found = {each + chr(argument) for each in before}
    elif operator is nodes.IN and (letters := _letters(argument)) is not None:
        found = {each + letter for each in before for letter in letters}
    elif operator is nodes.BRANCH:
        found = set().union(*(_beginnings(branch, before) for branch in argument[1]))
    elif operator is nodes.SUBPATTERN:
        found = _beginnings(argument[-1], before)
    elif operator in REPEATS:
        found = _repeated(argument[2], argument[0], before)
    elif operator in (nodes.AT, nodes.ASSERT, nodes.ASSERT_NOT):
        found = before
    return found


def _repeated(inner: Any, least: int, before: set[str]) -> set[str]:  # noqa: ANN401 - the parser of re has no types
    """Give beginnings made longer by something that stands so many times at least; more than PREFIX times tell no more."""
    found = set() if least else set(before)
    grown = before
    for times in range(1, PREFIX + 1):
        grown = _beginnings(inner, grown)
        if times >= least or times == PREFIX:
            found |= grown
    return found


def _letters(items: Any) -> list[str] | None:  # noqa: ANN401 - the parser of re has no types
    """Give the letters of a class; None for one that is not a short list."""
    found: list[str] = []
    for operator, argument in items:
        if operator is nodes.LITERAL:
            found.append(chr(argument))
        elif operator is nodes.RANGE and argument[1] - argument[0] < 40:
            found += [chr(code) for code in range(argument[0], argument[1] + 1)]
        else:
            return None
    return found
