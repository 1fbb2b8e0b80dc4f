# SPDX-License-Identifier: Apache-2.0
"""Patterns of the lexicon to regular expressions: words by their list, gaps by their number of words, nothing unbounded.

A pattern is a regular expression in small letters, in which

    a space      stands for any white space,
    <ban>        for any of the words of the list `ban` (register/lexicon/words), or of all lists with the purpose `ban`,
                 as whole words,
    <6>          for up to six words of the same clause, or none.

It begins and ends with whole words.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

from msgspec import structs

from debar.expressions import REPEATS, nodes, tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.lexicon import Words

LONGEST = 1500
"""Characters of a pattern as written."""
STEPS = 10_000
"""Ways in which the repeats of a pattern may share out a text, at most: they multiply where they follow one another."""
REPEAT = 300
"""Times that one thing may be repeated."""
WORDS = 20
"""Words that a gap may span."""
_TOKEN = re.compile(r"<([a-z][a-z0-9-]*)>|<([0-9]{1,2})> ?|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]| +(?:[*+{?])?")
_SPACE, _NO_SPACE = " {1,40}", " {0,40}"
_BARRIERS = (
    "but|while|whereas|although|though|which|who|whose|because|however|meanwhile|instead|after|before|until"
    "|citing|saying|over|amid|following|since|if|unless|when|where|despite"
)
"""Words at which a clause ends, unless a number follows, as in "until 1 May": what is said before is not said of what comes after."""
_WORD = rf"(?!(?:{_BARRIERS})\b(?! (?:the )?[0-9]))[^ ;]{{1,40}}{_SPACE}"


def small(text: str) -> str:
    """Give a text in small letters, character for character."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def expression(pattern: str, lists: Mapping[str, Words]) -> str:
    """Give the regular expression that a pattern stands for; KeyError for a list that there is not."""

    def written(token: re.Match[str]) -> str:
        if token[1]:
            return any_of(lists[token[1]].words)
        if token[2]:
            return f"(?:{_WORD}){{0,{int(token[2])}}}?"
        return _spaced(token[0])

    return rf"(?<![a-z0-9-])(?:{_TOKEN.sub(written, pattern)})(?![a-z0-9])"


def _spaced(token: str) -> str:
    """Give what spaces of a pattern stand for, unless it says itself how many; anything else is as it is."""
    if not token.startswith(" "):
        return token
    return {" ": _SPACE, "?": _NO_SPACE}.get(token[-1], token)


def lists(words: Iterable[Words]) -> dict[str, Words]:
    """Give the lists by the names that patterns call them by: their id, or their purpose for all of that purpose."""
    found: dict[str, Words] = {}
    for one in words:
        before = found.get(one.purpose)
        found[one.purpose] = structs.replace(one, id=one.purpose, words=(*(before.words if before else ()), *one.words))
    return found | {one.id: one for one in words}


def any_of(words: Iterable[str]) -> str:
    """Give an expression for any of some words, as whole ones and the longest first; a star stands for any ending.

    They are sorted by their first letter, so that a text is not asked for each of hundreds.
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(set(words) - {""}, key=lambda word: (-len(word), word)):
        by_letter.setdefault(word[0], []).append(_word(word[1:]))
    parts = [f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_letter.items())]
    return rf"\b(?:{'|'.join(parts)})\b"


def _word(word: str) -> str:
    escaped = re.escape(word.removesuffix("*")).replace(r"\ ", _SPACE)
    return escaped + "[a-z]{0,12}" if word.endswith("*") else escaped


def fault(pattern: str, lists: Mapping[str, Words]) -> str:
    """Give what is wrong with a pattern, or nothing: it must be read in a time that grows with the text alone."""
    if said := _misspelt(pattern, lists):
        return said
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what another release of Python reads otherwise
            compiled = re.compile(expression(pattern, lists))
        steps = _steps(tree(_TOKEN.sub(_placeholder, pattern)), within=False)
    except (re.error, RecursionError, OverflowError, ValueError, Warning) as e:
        return f"no regular expression of bounded repeats: {e}"
    if steps > STEPS:
        return f"its repeats can share out a text in {steps} ways, which is more than {STEPS}"
    return "fits everything: it fits an empty text" if compiled.search("") else ""


def _misspelt(pattern: str, lists: Mapping[str, Words]) -> str:
    """Give what is wrong with how a pattern is written."""
    if len(pattern) > LONGEST:
        return f"{len(pattern)} characters are more than {LONGEST}: make it several patterns, or a list of words"
    for name, gap in _TOKEN.findall(pattern):
        if name and name not in lists:
            return f"<{name}> is no list of words"
        if gap and int(gap) > WORDS:
            return f"<{gap}> spans more than {WORDS} words"
    return "texts are compared in small letters" if re.search(r"(?<!\\)[A-Z]", pattern) else ""


def _placeholder(token: re.Match[str]) -> str:
    """Give what stands for a list, a gap or a space while the repeats of a pattern are weighed."""
    if token[2]:
        return f"w{{0,{token[2]}}}"
    return "w" if token[1] or _spaced(token[0]) in (_SPACE, _NO_SPACE) else token[0]


def _steps(parsed: Any, *, within: bool) -> int:  # noqa: ANN401 - the parser of re has no types
    """Give in how many ways repeats can share out a text; ValueError for a repeat without bound or inside another."""
    product = 1
    for operator, argument in parsed:
        if operator in REPEATS:
            most = argument[1]
            if most is nodes.MAXREPEAT or most > REPEAT:
                raise ValueError(f"a repeat without bound, or beyond {REPEAT}: write how many at most")
            if most > 1 and within:
                raise ValueError("a repeat inside a repeat: a hostile text could make it read for ever")
            product *= max(1, most) * _steps(argument[2], within=within or most > 1)
        elif operator is nodes.BRANCH:
            product *= max(_steps(branch, within=within) for branch in argument[1])
        elif operator is nodes.SUBPATTERN:
            product *= _steps(argument[-1], within=within)
        elif operator is nodes.ATOMIC_GROUP:
            product *= _steps(argument, within=within)
        elif operator in (nodes.ASSERT, nodes.ASSERT_NOT):
            product *= _steps(argument[1], within=within)
        elif operator in (nodes.GROUPREF, nodes.GROUPREF_EXISTS):
            raise ValueError("a reference to a group: a pattern has none")
    return product
