# SPDX-License-Identifier: Apache-2.0
"""What letters may have been before a value was made comparable, and which letters are disguises of others.

Each kind of value is folded, put into lower case, or left as it is; a `Script` tells of one of these what it does to
every character there is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from debar.match.compile import WORDS, normaliser

if TYPE_CHECKING:
    from debar.model.vocab import Kind

_CHANGING = ((0x80, 0x3400), (0xA000, 0xAC00), (0xD7A4, 0xD800), (0xF900, 0x20000), (0x2F800, 0x2FB00))
"""Where characters stand that any form changes: not among the signs of Chinese, the syllables of Korean, or private ones."""


class Script(NamedTuple):
    """What becomes of letters that are not ASCII when values of a kind are made comparable."""

    sources: dict[str, frozenset[str]]
    """A letter -> all that become it."""
    unsure: frozenset[str]
    """Letters that come from others, too."""
    disguises: frozenset[bytes]
    """Expressions of characters that become ASCII letters or digits, or several letters."""
    together: bool = False
    """Characters that follow one another may become one letter."""

    def plain(self, letter: str) -> bool:
        """Tell whether a letter comes from its sources alone, each time from one of them."""
        if letter.isascii() or (letter not in self.unsure and not self.together):
            return True
        return letter not in self.unsure and (
            unicodedata.normalize("NFD", letter) == letter or "\uac00" <= letter <= "\ud7a3"
        )

    def written(self, letter: str) -> bytes:
        """Give the expression of how a letter may be written."""
        if letter.isascii():
            return re.escape(letter).encode()
        forms = sorted({letter, *self.sources.get(letter, ())})
        return b"(?:" + b"|".join(_bytes(form.encode()) for form in forms) + b")"


def script(kind: Kind) -> Script:
    """Give what becomes of letters in values of a kind."""
    return _scripts()[0 if kind in WORDS else 2 if minds_case(kind) else 1]


def minds_case(kind: Kind) -> bool:
    """Tell whether values of a kind are compared as they stand."""
    return normaliser(kind) is str.strip


@cache
def _scripts() -> tuple[Script, Script, Script]:
    """Give what folding does to each character, what lower case does, and what nothing does.

    1. Characters are folded all at once, each on a line of its own. Trade marks become spaces before that.
    2. One that becomes an ASCII letter or digit, or several letters, is a disguise: it may stand for what is looked for.
    3. A letter is plain unless several characters can become it together: when it can be taken apart
       (those are also put together), or when taking the case away makes it out of a letter with marks.
       A syllable of Korean is plain, because the letters that it is put together from are disguises.
    """
    every = [chr(n) for part in _CHANGING for n in range(*part) if chr(n) not in "®™©\x85\u2028\u2029"]
    lines = "\n".join(every)
    lower = lines.lower().split("\n")
    folded = unicodedata.normalize("NFKC", lines).casefold().split("\n")
    cased = lines.casefold().split("\n")
    tainted = {letter for text in cased if len(text) > 1 for letter in text}
    return (
        _made(every, folded, frozenset(tainted), together=True),
        # The last letter of a word may become another one.
        _made(every, lower, frozenset("\N{GREEK SMALL LETTER SIGMA}\N{GREEK SMALL LETTER FINAL SIGMA}")),
        Script({}, frozenset(), frozenset()),
    )


def _made(every: list[str], become: list[str], unsure: frozenset[str], *, together: bool = False) -> Script:
    sources: dict[str, set[str]] = defaultdict(set)
    disguises: list[str] = []
    for letter, text in zip(every, become, strict=True):
        letters = [c for c in text if c.isalnum()]
        if len(letters) > 1 or any(c.isascii() or (together and _is_jamo(c)) for c in letters):
            disguises.append(letter)
        elif letters and letter != text:
            sources[letters[0]].add(letter)
    by_head: dict[bytes, list[int]] = defaultdict(list)
    for letter in disguises:
        *head, last = letter.encode()
        by_head[bytes(head)].append(last)
    return Script(
        {letter: frozenset(found) for letter, found in sources.items()},
        unsure,
        frozenset(_bytes(head) + b"[" + _bytes(bytes(lasts)) + b"]" for head, lasts in by_head.items()),
        together,
    )


def _is_jamo(letter: str) -> bool:
    """Tell whether a letter is put together with others to a syllable of Korean."""
    return "\u1100" <= letter <= "\u11ff" or "\ua960" <= letter <= "\ua97c" or "\ud7b0" <= letter <= "\ud7fb"


def _bytes(text: bytes) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in text)
