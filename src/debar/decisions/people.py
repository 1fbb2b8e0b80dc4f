# SPDX-License-Identifier: Apache-2.0
"""Whether two names may be those of one person, however they are written.

Nobody may approve what he asked for. A name is compared by its words, without case, order, points, marks or invisible
characters, and letters that look like others are taken for these; an e-mail address by itself, and where the other has
none, by what stands before its "@". An initial tells nobody apart from whom it may stand for: two people whose names
are alike but for one are told apart by names in full.
"""

from __future__ import annotations

import re
from collections import Counter

from debar.screen import scripts
from debar.text import STEERING, fold

_ADDRESS = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+")
_VOWELS = re.compile("([aou])e")
"""How German writes its vowels where there are no marks: Mueller is Müller, and both are compared as muller."""
_Words = tuple[str, ...]


def is_same_person(one: str, other: str) -> bool:
    """Tell whether two texts, each a name, an e-mail address or both, may mean one person."""
    (name, address), (other_name, other_address) = _parts(one), _parts(other)
    if address and other_address:
        return address == other_address or _is_alike(name, other_name)
    return any(_is_alike(a, b) for a in _called(name, address) for b in _called(other_name, other_address))


def is_person(text: str) -> bool:
    """Tell whether a text has at least one letter or digit to be compared by."""
    return any(_parts(text))


def _parts(text: str) -> tuple[_Words, str]:
    """Give the words of a name, and the address without a tag such as "+work"."""
    plain = STEERING.sub("", text)
    found = _ADDRESS.search(plain)
    address = re.sub(r"\+[^@]*@", "@", found.group().casefold()) if found else ""
    return _words(_ADDRESS.sub(" ", plain)), address


def _words(text: str) -> _Words:
    return tuple(_VOWELS.sub(r"\1", fold(scripts.latin(scripts.unmixed(text)))).split())


def _called(name: _Words, address: str) -> set[_Words]:
    """Give every name that a person goes by: the one stated, and the one in the address."""
    return {one for one in (name, _words(address.partition("@")[0])) if one}


def _is_alike(one: _Words, other: _Words) -> bool:
    """Tell whether two names have the same words, apart from initials of one that may stand for words of the other."""
    shared = Counter(one) & Counter(other)
    rest, others = (sorted((Counter(words) - shared).elements(), key=len) for words in (one, other))
    if not any(len(word) > 1 for word in shared):
        return bool(shared) and not rest and not others
    for word in rest.copy():
        meant = next((two for two in others if two[0] == word[0] and 1 in (len(word), len(two))), None)
        if meant:
            rest.remove(word)
            others.remove(meant)
    # What is left over is a second initial that one of them leaves out; left over on both sides it is another name.
    return not (rest and others) and all(len(word) == 1 for word in (*rest, *others))
