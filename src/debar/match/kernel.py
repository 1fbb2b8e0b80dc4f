# SPDX-License-Identifier: Apache-2.0
"""One value against the tables of its kind. Pure; every engine ends here.

Where several patterns fit:

1. One for the whole value stands alone.
2. A mention, which says that the value only names the party, must cover more of it than every other
   pattern: "Uninstall Kaspersky" does, a surname within "Kaspersky Lab UK Ltd" does not. In doubt a
   person looks at it, so on equal terms it is no mention.
3. One that names a product beats one that only names the party.
4. The one that covers most of the value wins, because it says most about it: "Kaspersky Security
   Center Network Agent" is the agent, not the centre.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.match.compile import boundary, normaliser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.match.compile import Table

LONGEST = 1 << 13
"""Characters of a value that are looked at; nothing that names a maker is longer.

Bringing text into its comparable form costs the square of a run of combining marks.
"""
_compiled = lru_cache(maxsize=4096)(re.compile)


def meet(table: Table, value: str) -> tuple[int, ...]:
    """Give the positions of the indicators that fit a value, in ascending order, each once."""
    value = value[:LONGEST]
    normal = normaliser(table.kind)(value)
    if not normal:
        return ()
    if normal in table.exact:
        return table.exact[normal]  # 1.
    found: list[tuple[int, int]] = []
    # Nearly every value ends at a necessary condition: at look-ups, and at what costs one call in C.
    if table.prefixes:
        found += _prefixes(table, normal)
    if table.suffixes:
        found += _suffixes(table, normal)
    if table.phrases and not table.phrases.keys().isdisjoint(normal.split()):
        found += _phrases(table, normal)
    if table.ranges.starts:
        found += table.ranges.within(normal)
    if table.regexes:
        for number in table.guard.asked(normal):
            regex, position = table.regexes[number]
            if covered := _compiled(regex).search(normal):
                found.append((covered.end() - covered.start(), position))
    if len(found) < 2:
        return (found[0][1],) if found else ()
    return _best(table, found)


def _best(table: Table, found: list[tuple[int, int]]) -> tuple[int, ...]:
    """Give the positions that steps 2 to 4 leave of (length, position), in ascending order, each once."""
    most = max(found)[0]
    real = [(length, position) for length, position in found if position not in table.mentions]
    if any(length == most for length, _ in real):
        best = max((position not in table.vague, length) for length, position in real)  # 3., 4.
        return tuple(sorted({p for length, p in real if (p not in table.vague, length) == best}))
    return tuple(sorted({p for length, p in found if length == most}))  # 2.


def _prefixes(table: Table, value: str) -> list[tuple[int, int]]:
    """Give length and indicator of each prefix that ends at a boundary of the value, or where prefixes of the kind may."""
    prefixes, found = table.prefixes, []
    if table.lengths:
        ends = [end for end in table.lengths if end <= len(value)]
    else:
        mark, ends, at = boundary(table.kind), [len(value)], -1
        while (at := value.find(mark, at + 1)) >= 0:
            ends.append(at)
    for end in ends:
        if positions := prefixes.get(value[:end]):
            found += [(end, position) for position in positions]
    return found


def _suffixes(table: Table, value: str) -> list[tuple[int, int]]:
    """Give length and indicator of each domain that the value is, or lies below."""
    suffixes, found = table.suffixes, []
    while value:
        if positions := suffixes.get(value):
            found += [(len(value), position) for position in positions]
        value = value.partition(".")[2]
    return found


def _phrases(table: Table, value: str) -> Iterator[tuple[int, int]]:
    """Yield length and indicator of each phrase that stands in the value as whole words."""
    spaced = f" {value} "
    for word in set(value.split()) & table.phrases.keys():
        yield from ((len(phrase) - 2, position) for phrase, position in table.phrases[word] if phrase in spaced)
