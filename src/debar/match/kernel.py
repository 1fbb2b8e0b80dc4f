# SPDX-License-Identifier: Apache-2.0
"""One value against the tables of its kind. Pure; every engine ends here.

Where several patterns fit, the one that covers most of the value wins, because it says most about it:
"Kaspersky Security Center Network Agent" is the agent, not the centre.
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
    if normal in table.exact:
        return table.exact[normal]
    spans: list[tuple[int, tuple[int, ...]]] = []
    if table.prefixes:
        spans.append(_prefix(table, normal))
    if table.suffixes:
        spans.append(_suffix(table, normal))
    if table.phrases:
        spans.append(_phrase(table, normal))
    for regex, position in table.regexes:
        if found := regex.search(normal):
            spans.append((found.end() - found.start(), (position,)))
    longest = max((span for span, _ in spans), default=0)
    return tuple(sorted({p for span, positions in spans if span == longest for p in positions}))


def _prefix(table: Table, value: str) -> tuple[int, tuple[int, ...]]:
    """Give length and indicators of the longest prefix that ends at a boundary of the value."""
    mark = boundary(table.kind)
    end = len(value)
    while end > 0:
        for head in (value[:end], value[:end] + mark):
            if head in table.prefixes:
                return end, table.prefixes[head]
        end = value.rfind(mark, 0, end)
    return 0, ()


def _suffix(table: Table, value: str) -> tuple[int, tuple[int, ...]]:
    """Give length and indicators of the longest domain that the value is, or lies below."""
    while value:
        if value in table.suffixes:
            return len(value), table.suffixes[value]
        value = value.partition(".")[2]
    return 0, ()


def _phrase(table: Table, value: str) -> tuple[int, tuple[int, ...]]:
    """Give length and indicators of the longest phrase that stands in the value as whole words."""
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
    return max(best - 2, 0), tuple(found)
