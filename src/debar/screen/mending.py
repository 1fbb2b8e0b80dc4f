# SPDX-License-Identifier: Apache-2.0
"""Words that stand in the names of many companies, where they are misspelt or run into the next: "compnay", "jsczavod".

Only what no name of the list has is mended, so nothing that could be somebody's own word is taken for an ordinary one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from debar.screen import vocabulary, words
from debar.screen.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Mapping

    from debar.screen.typos import Typos

_COMMON = frozenset({Role.LEGAL, Role.MARKET, Role.STRUCTURE, Role.TRADE})
_SHORTEST = 5
"""Letters of the shortest common word of which misspellings are known."""
_SILENT = frozenset(
    [
        "ltd",
        "limited",
        "llc",
        "plc",
        "inc",
        "corp",
        "corporation",
        "company",
        "gmbh",
        "jsc",
        "pjsc",
        "ojsc",
        "cjsc",
        "ooo",
        "oao",
        "pao",
        "zao",
        "srl",
        "spa",
        "and",
        "of",
        "the",
        "for",
        "und",
    ]
)
"""What is run into another word: the forms that are written most, and what joins words."""
_RUN_IN = re.compile("^(?:{0})|(?:{0})$".format("|".join(sorted(_SILENT))))
_NEXT = 50
"""Words with the same beginning that are looked at."""
_DIGITS = (str.maketrans("01345", "oieas"), str.maketrans("01345", "oleas"))
"""What digits are taken for; a one is like two letters."""
_PART = 2
"""Letters of the shortest word that another runs into."""


def mended(unknown: Collection[str], listed: Container[str], table: Typos, own: Typos) -> Mapping[str, tuple[str, ...]]:
    """Give what is meant by words that are neither known nor on the list, where that is a common word.

    `table` has the misspellings of `common`, `own` those of the list: "hivision" is rather a maker of cameras than a division.
    """
    every = [word for word in unknown if word.isalpha() and word.isascii()]
    misspelt = {
        word: meant
        for word, near in table.near(every).items()
        if (meant := [each for each, edits in near if edits == 1 and not _inflects(word, each)])
    }
    # The beginning of a word is misspelt least.
    strange = sorted(word for word, meant in misspelt.items() if all(each[0] != word[0] for each in meant))
    taken = {word for word, near in own.near(strange).items() if any(n == 1 and each[0] == word[0] for each, n in near)}
    found: dict[str, tuple[str, ...]] = {}
    for word in every:
        meant = misspelt.get(word, []) if word not in taken else []
        whole = _cut_off(word)
        if whole or meant:
            found[word] = (whole or meant[0],)
    found |= {word: parts for word in every if word not in found and (parts := _parted(word, listed))}
    found |= {word: (letters,) for word in unknown if (letters := _of_digits(word, listed))}
    return found


def _of_digits(word: str, listed: Container[str]) -> str:
    """Give the word of the list that a word is whose letters were written as digits: "hikv1sion"."""
    if len(word) < _SHORTEST or word.isalpha() or word.isdigit() or not word.isascii():
        return ""
    return next((meant for table in _DIGITS if (meant := word.translate(table)).isalpha() and meant in listed), "")


def _inflects(word: str, common: str) -> bool:
    """Tell whether two words differ by their ending alone: "families" is no misspelling."""
    return word.startswith(common) or common.startswith(word) or word[:-1] == common[:-1]


@cache
def common() -> list[str]:
    """Give the common words in order, and those of which legal forms are made."""
    every = {word for word, (_, role) in vocabulary.known_words().items() if role in _COMMON}
    every |= {word for phrase in words.load().legal_phrases for word in phrase}
    return sorted(word for word in every if len(word) > _SHORTEST)


def _cut_off(word: str) -> str:
    """Give the shortest common word of which a word is the beginning: ledgers cut names off."""
    if len(word) < _SHORTEST:
        return ""
    every = common()
    at = bisect_left(every, word)
    return min(takewhile(lambda whole: whole.startswith(word), every[at : at + _NEXT]), key=len, default="")


def _parted(word: str, listed: Container[str]) -> tuple[str, ...]:
    """Give the two words that a word is, of which one says nothing and the other is known."""
    if not _RUN_IN.search(word):
        return ()
    for size in range(_PART, len(word) - _PART + 1):
        first, second = word[:size], word[size:]
        if (first in _SILENT and _is_known(second, listed)) or (second in _SILENT and _is_known(first, listed)):
            return first, second
    return ()


def _is_known(word: str, listed: Container[str]) -> bool:
    return len(word) > _PART and (word in listed or word in vocabulary.known_words())
