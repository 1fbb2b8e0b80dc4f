# SPDX-License-Identifier: Apache-2.0
"""How alike two words are, and in which way: misspelt, abbreviated, cut off, written by sound."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from debar.model.vocab.names import Likeness
from debar.screen import native, scripts, typos, vocabulary

_SOUNDS = 5
"""Sounds from which two edits that change none of them are one: "casperskey"."""
LONG = 7
"""Letters from which words agree by their sound alone, whatever script they were written in."""
APART = 2
"""Edits by which they may differ then."""
_SOUNDED = 4
"""Letters of words that are compared by their sound."""
_ABBREVIATION = 3
"""Letters of the shortest abbreviation that is told from its letters."""
_SHORTENED = 4
"""Letters by which a word is shortened that is another's beginning: "gen" is "general", and "star" not "stark"."""
_VOWELS = frozenset("aeiou")
_UMLAUT = re.compile("(?<=[a-z])([aou])e(?=[a-z])")


class Alike(NamedTuple):
    """How alike two words are."""

    share: float
    """0 to 1."""
    how: Likeness


@lru_cache(maxsize=1 << 16)
def alike(query: str, listed: str, *, is_foreign: bool = False, is_last: bool = False) -> Alike | None:
    """Give how alike a word is to one of a list; nothing for two that have nothing to do with each other.

    `is_foreign` allows words to agree by their sound alone, `is_last` that the word was cut off.
    """
    if query == listed:
        return Alike(1.0, Likeness.EXACT)
    if query.isascii() is not listed.isascii() and min(len(query), len(listed)) > 1:
        return _sounding(scripts.latin(query), scripts.latin(listed))
    if is_foreign and len(query) != len(listed) and folded(query) == folded(listed):
        return Alike(0.97, Likeness.TRANSLITERATED)
    if _begins(query, listed):
        return Alike(0.97, Likeness.JOINED)
    # Numbers are never misspelt: 360 is not 365.
    is_spelled = (query + listed).isascii() and query.isalpha() and listed.isalpha()
    return _spelled(query, listed, is_foreign=is_foreign, is_last=is_last) if is_spelled else None


def folded(word: str) -> str:
    """Give a word with German and Nordic vowels as they are written without their marks: "mueller" is "muller"."""
    return _UMLAUT.sub(r"\1", word)


def _spelled(query: str, listed: str, *, is_foreign: bool, is_last: bool) -> Alike | None:
    # Names of other scripts are written in Latin letters in many ways, some letters apart.
    is_near = min(len(query), len(listed)) >= LONG and OSA.distance(query, listed, score_cutoff=APART) <= APART
    is_heard = is_foreign or (is_near and scripts.skeleton(query) == scripts.skeleton(listed))
    found = _misspelt(query, listed) or (_sounding(query, listed) if is_heard else None)
    if found is not None:
        return found
    if is_last and len(query) >= _ABBREVIATION and listed.startswith(query):
        return Alike(0.85, Likeness.TRUNCATED)
    if _ABBREVIATION <= len(query) <= len(listed) - _SHORTENED and listed.startswith(query):
        return Alike(0.75, Likeness.ABBREVIATION)
    is_short = abbreviates(query, listed) or abbreviates(listed, query)
    return Alike(0.8, Likeness.ABBREVIATION) if is_short else None


def _begins(query: str, listed: str) -> bool:
    """Tell whether a word is another with one more behind it: "ztesoft"."""
    # In scripts without spaces two letters are a word.
    least = 2 if native.is_native(listed) else 3
    if len(listed) < least or listed in vocabulary.known_words():
        return False  # with an ordinary word many words begin
    return query.startswith(listed) and vocabulary.may_follow(query[len(listed) :], listed)


def _misspelt(query: str, listed: str) -> Alike | None:
    """Give how alike two spellings are: the longer the words, the less an edit counts."""
    shorter = min(len(query), len(listed))
    if shorter < typos.SHORTEST or query in vocabulary.known_words():
        return None  # what is a word of every day is no misspelling of another
    most = 2 if shorter >= typos.TWICE else 1
    edits = OSA.distance(query, listed, score_cutoff=most)
    if edits > most:
        return None
    share = 1 - (0.9 if edits == 1 else 2.75) / shorter
    if edits == 1 and shorter == typos.SHORTEST:
        share = 0.72
    if listed in vocabulary.known_words():
        share *= 0.85  # nobody is meant by a word that is nearly one of every day
    sounds = scripts.skeleton(query)
    if edits == 2 and len(sounds) >= _SOUNDS and sounds == scripts.skeleton(listed):
        share = 1 - 1.2 / shorter
    elif query[0] != listed[0] and sounds[:1] != scripts.skeleton(listed)[:1]:
        # People misspell the beginning of a word least: "tahua" is rather somebody else.
        share *= 0.75
    return Alike(share, Likeness.TYPO)


def _sounding(query: str, listed: str) -> Alike | None:
    if min(len(query), len(listed)) < _SOUNDED:
        return None
    sounds, others = scripts.skeleton(query), scripts.skeleton(listed)
    if sounds == others:
        # Of two sounds the letters have to be near as well: "khuavey" is "huawei".
        is_near = len(sounds) > 2 or (len(sounds) == 2 and OSA.distance(query, listed, score_cutoff=3) <= 3)
        return Alike(0.85, Likeness.TRANSLITERATED) if is_near else None
    is_near = min(len(sounds), len(others)) >= _SOUNDS and OSA.distance(sounds, others, score_cutoff=1) == 1
    return Alike(0.8, Likeness.TRANSLITERATED) if is_near else None


def abbreviates(short: str, long: str) -> bool:
    """Tell whether a word without vowels is another without some of its letters: "trdg" is "trading"."""
    if not _ABBREVIATION <= len(short) < len(long) or short[0] != long[0] or short[-1] not in long[-2:]:
        return False
    if not _VOWELS.isdisjoint(short):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
