# SPDX-License-Identifier: Apache-2.0
"""What words have to do with: selling, forbidding, courts. Looked up by the word, or by its stem."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.lexicon import Words

PURPOSES = frozenset(
    {
        "sense", "doing", "deed", "demanded", "forbidding", "demanding", "allowing", "planning", "lifting", "pausing", "extending",
        "measure", "instrument", "device", "announcing", "issuing", "saying", "proposable", "light",
    }
)  # fmt: skip
"""Lists of the lexicon whose words are clues to an act."""
_ENDINGS = (
    ("ations", "at"), ("ation", "at"), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("es", ""), ("ed", ""), ("s", ""),
    ("e", ""),
)  # fmt: skip
_SHORTEST = 3
"""Letters that a stem has at least."""


class Senses(NamedTuple):
    """Words by what they have to do with."""

    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    """Of lists of senses: their words stand for all their forms."""
    phrases: Mapping[str, tuple[str, ...]]
    """Several words that are one."""
    expression: re.Pattern[str]
    """Any of these."""

    def of(self, word: str) -> tuple[str, ...]:
        """Give what a word has to do with, in a fixed order."""
        by_stem = self.stems.get(stem(word), ())
        by_word = self.words.get(word, ())
        return by_word if not by_stem else by_stem if not by_word else tuple(sorted({*by_word, *by_stem}))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Give a word without its ending, roughly: only words of one kind need to come together."""
    word = word.removesuffix("'s")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: len(word) - len(ending)] + instead
    return word


def senses(lists: Iterable[Words]) -> Senses:
    """Give what the words of a lexicon have to do with."""
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    several: dict[str, set[str]] = {}
    for one in lists:
        if one.purpose not in PURPOSES:
            continue
        for word in one.words:
            found = several if " " in word else words
            found.setdefault(word, set()).add(one.id)
            if one.purpose == "sense":
                stems.setdefault(stem(word), set()).add(one.id)
    return Senses(_told(words), _told(stems), _told(several), re.compile(phrases.any_of(several or ["-"])))


def _told(found: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {word: tuple(sorted(ids)) for word, ids in found.items()}
