# SPDX-License-Identifier: Apache-2.0
"""Whether two names are those of one person, however they are written.

Nobody may approve what he asked for. A name is compared by its words, without case, order, points or invisible
characters; an e-mail address by itself, and where the other has none, by what stands before its "@".
"""

from __future__ import annotations

import re

from debar.text import STEERING, fold

_ADDRESS = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+")


def is_same_person(one: str, other: str) -> bool:
    """Tell whether two texts, each a name, an e-mail address or both, mean one person."""
    (name, address), (other_name, other_address) = _parts(one), _parts(other)
    if address and other_address:
        return address == other_address or bool(name and name == other_name)
    known, others = _called(name, address), _called(other_name, other_address)
    return not known.isdisjoint(others)


def is_person(text: str) -> bool:
    """Tell whether a text has at least one letter or digit to be compared by."""
    return any(_parts(text))


def _parts(text: str) -> tuple[tuple[str, ...], str]:
    """Give the words of a name in order of the alphabet, and the address without a tag such as "+work"."""
    plain = STEERING.sub("", text)
    found = _ADDRESS.search(plain)
    address = re.sub(r"\+[^@]*@", "@", found.group().casefold()) if found else ""
    words = fold(_ADDRESS.sub(" ", plain))
    return tuple(sorted(words.split())), address


def _called(name: tuple[str, ...], address: str) -> set[tuple[str, ...]]:
    """Give every name that a person goes by: the one stated, and the one in the address."""
    local = tuple(sorted(fold(address.partition("@")[0]).split()))
    return {one for one in (name, local) if one}
