# SPDX-License-Identifier: Apache-2.0
"""One value against the tables of its kind. Pure; every engine ends here.

Where several patterns fit, the longest wins: it says most about the value. The whole value beats a
prefix or suffix, a longer phrase beats a shorter one; regular expressions stand beside them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.match.compile import boundary, normaliser

if TYPE_CHECKING:
    from debar.match.compile import Table

LONGEST = 1 << 16
"""Characters of a value that are looked at; nothing that names a maker is longer."""


def meet(table: Table, value: str) -> tuple[int, ...]:
    """Give the positions of the indicators that fit a value, in ascending order, each once."""
    value = value[:LONGEST]
    normal = normaliser(table.kind)(value)
    if not normal:
        return ()
    found: list[int] = [*table.exact.get(normal, ())]
    if table.prefixes and not found:
        found += _prefix(table, normal)
    if table.suffixes and not found:
        found += _suffix(table, normal)
    if table.phrases:
        found += _phrase(table, normal)
    found += (position for regex, position in table.regexes if regex.search(normal))
    return tuple(sorted(set(found))) if found else ()


def _prefix(table: Table, value: str) -> tuple[int, ...]:
    """Give the indicators of the longest prefix that ends at a boundary of the value."""
    mark = boundary(table.kind)
    end = len(value)
    while end > 0:
        for head in (value[:end], value[:end] + mark):
            if head in table.prefixes:
                return table.prefixes[head]
        end = value.rfind(mark, 0, end)
    return ()


def _suffix(table: Table, value: str) -> tuple[int, ...]:
    """Give the indicators of the longest domain that the value is, or lies below."""
    while value:
        if value in table.suffixes:
            return table.suffixes[value]
        value = value.partition(".")[2]
    return ()


def _phrase(table: Table, value: str) -> tuple[int, ...]:
    """Give the indicators of the longest phrase that stands in the value as whole words."""
    spaced = f" {value} "
    best = 0
    found: list[int] = []
    for word in set(value.split()) & table.phrases.keys():
        for phrase, position in table.phrases[word]:
            if len(phrase) < best:
                break
            if phrase in spaced:
                if len(phrase) > best:
                    best, found = len(phrase), []
                found.append(position)
    return tuple(found)
