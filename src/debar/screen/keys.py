# SPDX-License-Identifier: Apache-2.0
"""Keys under which names are found beside their words: as one word, by how they begin or sound, by brand and number."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from debar.screen import native, scripts, typos
from debar.screen.vocabulary import CORE, SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.screen.names import Name

PREFIX = 10
"""Letters that two names have in common at the beginning, without spaces, when one is cut off or parted otherwise."""
SHORTEST = 6
"""Letters of the shortest name that may be parted otherwise."""
_SKELETON = 2
"""Sounds that a word has at least to be compared by its sound."""
_SHORT_PART = 6
"""Letters of the shorter of two words that may be one."""
_BRAND = 3
"""Letters of the shortest brand."""


def pairs_of(name: Name) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield neighbours as one word, with the places of the first and the last: "hua wei" is "huawei" as well."""
    audible = [at for at, role in enumerate(name.roles) if role not in SILENT]
    for first, second in pairwise(audible):
        if second == first + 1 and min(len(name.words[first]), len(name.words[second])) <= _SHORT_PART:
            joined = name.words[first] + name.words[second]
            if len(joined) >= typos.SHORTEST and joined.isalpha():
                yield joined, (first, second)


def prefix(name: Name) -> str:
    """Give how a name begins without spaces: all of a short one."""
    return joined(name)[:PREFIX]


def joined(name: Name) -> str:
    """Give a name as one word, as it is written, without legal forms and references."""
    return "".join(
        word.replace(" ", "") for word, role in zip(name.shown, name.roles, strict=True) if role not in SILENT
    )


def sounds(words: Sequence[str]) -> list[str]:
    """Give the keys by which words of other scripts are found; nothing for a word that says too little."""
    letters = [word if word.isascii() else scripts.latin(word) for word in words]
    found = scripts.skeletons(letters)
    return [
        key if len(key) >= _SKELETON and typos.is_looked_at(word) else ""
        for word, key in zip(letters, found, strict=True)
    ]


def brand(name: Name) -> str:
    """Give the one word by which somebody is known who has this name; nothing where it takes more."""
    own = [word for word, role in zip(name.words, name.roles, strict=True) if role in CORE]
    if len(own) != 1 or (len(own[0]) < _BRAND and not native.is_native(own[0])):
        return ""
    return own[0]


@lru_cache(maxsize=1 << 10)
def plain(text: str) -> str:
    """Give a name, or a number of a register, as small letters by sound and digits, without what only parts them."""
    return "".join(filter(str.isalnum, scripts.latin(text.casefold())))
