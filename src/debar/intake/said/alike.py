# SPDX-License-Identifier: Apache-2.0
"""How alike two utterances are once translations, tenses and order are taken out."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers.once import once
from debar.intake.said.grammar import EMPTY, NEGATIONS
from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.lexicon import Lexicon

_WORD = re.compile(r"[^\W_]{1,60}")
_ROLES = frozenset({"role", "demonym", "office"})
_ENDINGS = (
    "isations", "izations", "isation", "ization", "ations", "ation", "ments", "ment", "ities", "ity", "ings", "ing", "ives", "ive", "ions", "ion", "ally",
    "able", "ible", "ency", "encies", "ancy", "ent", "ant", "ual", "ated", "ates", "ating", "ate", "ators", "ator", "ed", "ies", "es", "er", "ers", "or", "ors", "ly", "al", "ance", "ence", "atory", "ators", "ous", "ness", "less", "ful", "ism", "ist", "s", "y", "e",
)  # fmt: skip
_SHORTEST_STEM = 4
FEWEST = 3
"""Words with a meaning of their own that two utterances must share before they can be one."""
ENOUGH = 0.6
"""Share of the weight of the shorter one that the other must hold."""
BOTH = 0.24
"""Share of the weight of both that they must share, unless one is a fragment in the other."""
MANY, ENOUGH_OF_MANY, BOTH_OF_MANY = 7, 0.5, 0.3
"""With so many words in common, less is asked for."""
SHORT = 4
"""Words up to which an utterance is a fragment."""
FRAGMENT = 0.85
"""Share of a fragment that the other must hold."""
OTHERS = 0.8
"""Share where papers name different speakers: more is asked for."""
FEWEST_OF_ONE, ENOUGH_OF_ONE, BOTH_OF_ONE = 2, 0.5, 0.22
"""The same for two utterances of one person."""
TELLING, TELLING_HELD, TELLING_WHOLE = 2, 0.4, 0.2
"""The same where so many of the words in common are no commonplaces of the matter."""
NEARLY = 0.7
"""Share from which commonplaces alone are enough."""
NUMBER = 2.0
"""Weight of a number in both."""
RUN, RUN_SHARED = 4, 6
"""Words in a row in both, and words in common altogether, that no two statements have by chance."""


class Said(NamedTuple):
    """An utterance as it is compared."""

    words: frozenset[frozenset[str]]
    """Its words with a meaning of their own, each by all the meanings it can have."""
    stems: frozenset[str]
    """Those meanings."""
    runs: frozenset[tuple[str, ...]]
    """Stems in a row."""
    numbers: frozenset[str]
    is_denied: bool
    speaker: frozenset[str]
    """Words of the names of those who say it or pass it on."""
    names: frozenset[str]
    """Words of the name of who says it, in capitals and no role: "a deputy minister" has none, and may be anyone."""
    text: str
    """In small letters, without marks."""
    telling: frozenset[frozenset[str]]
    """Its words without those that any two statements on such a matter share."""


class Meanings(NamedTuple):
    """Words that translations put for one another; a word may belong to several groups, as words have several meanings."""

    groups: Mapping[str, frozenset[str]]
    """Ids of groups by the stem of a word."""
    phrases: Mapping[str, str]
    """By several words."""
    pattern: re.Pattern[str]
    """Any of those phrases."""
    roles: frozenset[str]
    """Words for what somebody is, where they are from or what they speak for: these name nobody."""
    common: frozenset[str]
    """Stems of words that every statement on a ban may hold."""


@once
def meanings(lexicon: Lexicon) -> Meanings:
    """Give the words of one meaning of a lexicon."""
    groups = {one.id: one.words for one in lexicon.words if one.purpose == "same-meaning"}
    phrases = {fold(word): fold(words[0]) for words in groups.values() for word in words if " " in word}
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    of_word: dict[str, set[str]] = defaultdict(set)
    for id_, words in groups.items():
        for word in words:
            if " " not in word:
                of_word[stem(fold(word))].add(id_)
    common = {stem(fold(word)) for one in lexicon.words if one.purpose == "common-matter" for word in one.words}
    return Meanings(
        {word: frozenset(ids) for word, ids in of_word.items()},
        phrases,
        re.compile(rf"\b(?:{'|'.join(re.escape(phrase) for phrase in longest)})\b" if longest else r"(?!)"),
        frozenset(
            fold(part) for one in lexicon.words if one.purpose in _ROLES for word in one.words for part in word.split()
        ),
        frozenset(common.union(*(of_word.get(word, ()) for word in common))),
    )


def said(text: str, speaker: str, meant: Meanings, through: str = "") -> Said:
    """Give an utterance as it is compared."""
    folded = fold(text)
    words = _WORD.findall(meant.pattern.sub(lambda match: meant.phrases[match.group()], folded))
    stems = [stem(word) for word in words if word not in EMPTY and word not in NEGATIONS and not word.isdigit()]
    several = frozenset(meant.groups.get(one, frozenset((one,))) for one in stems)
    return Said(
        several,
        frozenset(one for word in several for one in word),
        frozenset(tuple(stems[at : at + RUN]) for at in range(len(stems) - RUN + 1)),
        frozenset(word for word in words if word.isdigit()),
        any(word in NEGATIONS for word in words),
        frozenset(word for word in _WORD.findall(fold(f"{speaker} {through}")) if word not in EMPTY),
        frozenset(
            small
            for word in _WORD.findall(speaker)
            if word[0].isupper() and (small := fold(word)) not in EMPTY and small not in meant.roles
        ),
        folded,
        frozenset(word for word in several if word.isdisjoint(meant.common)),
    )


def stem(word: str) -> str:
    """Give a word without its ending: translations differ in number, tense and part of speech."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == word[-2] not in "aeious" else word


def _held(one: Said, other: Said) -> frozenset[frozenset[str]]:
    """Give the words of an utterance that can mean what a word of another does."""
    return frozenset(word for word in one.words if not word.isdisjoint(other.stems))


def _weight(words: Iterable[frozenset[str]], weight: Mapping[str, float]) -> float:
    return sum(min(weight.get(one, 1.0) for one in word) for word in sorted(words, key=sorted))


def likeness(one: Said, other: Said, weight: Mapping[str, float]) -> float:
    """Give from 0 to 1 how far two utterances are one; 0 where something speaks against it.

    1. Other numbers, or a denial of the same words, are another statement.
    2. Too few words in common tell nothing.
    3. The shorter one must be held by the longer; of very unequal ones nearly whole.
    4. Less is asked for where both papers name one person, who says few things on one matter in one story.
    5. Where papers name different speakers, more is asked for, unless one prints a part of the very words of the other.
    """
    if one.numbers and other.numbers and not one.numbers & other.numbers:  # 1.
        return 0.0
    is_other = bool(one.names and other.names) and one.speaker.isdisjoint(other.speaker)
    if one.text == other.text and not is_other:
        return 1.0
    shared, theirs = (_held(a, b) for a, b in ((one, other), (other, one)))
    if len(theirs) < len(shared):  # two words of one may stand for one of the other
        shared = theirs
    fewest = min(one.words, other.words, key=len)
    is_same = bool(one.names & other.names)
    if len(shared) < min(FEWEST_OF_ONE if is_same else FEWEST, len(fewest)) or len(fewest) < 2:  # 2.
        return 0.0
    common = _weight(shared, weight)
    held = min(1.0, common / _weight(fewest, weight))
    whole = common / max(common, _weight(one.words, weight) + _weight(other.words, weight) - common)
    if held < NEARLY and shared.isdisjoint(one.telling | other.telling):  # 2.
        return 0.0
    if one.is_denied != other.is_denied and whole > OTHERS:
        return 0.0
    passes = held >= (FRAGMENT if len(fewest) <= SHORT or whole < BOTH else ENOUGH)  # 3.
    passes = passes or (len(shared) >= MANY and held >= ENOUGH_OF_MANY and whole >= BOTH_OF_MANY)
    passes = passes or (len(shared) >= RUN_SHARED and bool(one.runs & other.runs))
    if is_same and one.is_denied == other.is_denied:  # 4.
        passes = passes or (len(shared) >= FEWEST and held >= ENOUGH_OF_ONE and whole >= BOTH_OF_ONE)
        passes = passes or (held >= ENOUGH and whole >= BOTH_OF_MANY)
        passes = passes or (len(shared & one.telling) >= TELLING and held >= TELLING_HELD and whole >= TELLING_WHOLE)
    if is_other:  # 5.
        is_part = len(shared) >= FEWEST and (one.text in other.text or other.text in one.text)
        passes = is_part or (passes and held >= OTHERS and len(shared) > FEWEST)
    return (held + whole) / 2 if passes else 0.0


def closeness(one: Said, other: Said, weight: Mapping[str, float]) -> float:
    """Give how much of two utterances is common to both, of 1; 0 where numbers differ or all is commonplace."""
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return 0.0
    shared, theirs = (_held(a, b) for a, b in ((one, other), (other, one)))
    if shared.isdisjoint(one.telling):
        return 0.0
    common = min(_weight(shared, weight), _weight(theirs, weight))
    numbers = NUMBER * len(one.numbers & other.numbers)
    whole = _weight(one.words, weight) + _weight(other.words, weight)
    return min(1.0, 2 * (common + numbers) / (whole + 2 * numbers)) if whole else 0.0
