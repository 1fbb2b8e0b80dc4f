# SPDX-License-Identifier: Apache-2.0
"""Which layout a line of a log fits, and what it says: the one place where patterns of the register meet lines."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.readers import instants
from debar.readers.loglines import entries, syslog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from debar.model.inventory import LineLayout

LOOKED_AT = 200
"""Lines by which a log is recognised."""
SHARE = 0.8
"""Of them that must fit: servers write a few lines about themselves between those about others."""
LONGEST = 1 << 16
"""Characters of a line that patterns are tried on."""
_compiled = lru_cache(maxsize=512)(re.compile)


class Pattern(NamedTuple):
    """A compiled pattern, and what its groups carry."""

    match: Callable[[str, int], re.Match[str] | None]
    recipe: entries.Recipe
    layout: LineLayout


class Found(NamedTuple):
    """A line whose layout is known."""

    pattern: Pattern
    match: re.Match[str]
    header: syslog.Header


class Known:
    """The patterns of some layouts, by the program that writes such lines."""

    def __init__(self, layouts: Iterable[LineLayout]) -> None:
        """Take the layouts; patterns are compiled when lines of their program turn up."""
        self._layouts = tuple(layouts)
        self._by_program: dict[str, tuple[Pattern, ...]] = {}

    def found(self, line: str, header: syslog.Header) -> Found | None:
        """Give the first pattern that the message fits; one without a program is also tried from where it may begin."""
        patterns = self._by_program.get(header.program) or self._patterns(header.program)
        for pattern in patterns:
            if match := pattern.match(line, header.end):
                return Found(pattern, match, header)
        if header.end and not header.program:
            for start in {0, max(0, header.after_time)} - {header.end}:
                for pattern in patterns:
                    if match := pattern.match(line, start):
                        return Found(pattern, match, header._replace(host=""))
        return None

    def _patterns(self, program: str) -> tuple[Pattern, ...]:
        """Give the patterns for lines of a program: its own if a layout names it, else those of layouts that name none."""
        name = program.rpartition("/")[2].strip("()").partition(".")[0].lower()
        own = [layout for layout in self._layouts if name and name in layout.programs]
        others = [layout for layout in self._layouts if not (name and layout.programs)]
        patterns = tuple(pattern for layout in own or others for pattern in compiled(layout))
        if len(self._by_program) < 4096:  # programs of one log: tens; a hostile one may name millions
            self._by_program[program] = patterns
        return patterns


def compiled(layout: LineLayout) -> list[Pattern]:
    """Give the patterns of a layout; re.error for one that is no expression."""
    found = []
    for text in layout.patterns:
        expression = _compiled(text)
        # A match gives the whole as 0 and its groups from 1, which are the cells of an entry.
        groups = expression.groupindex
        recipe = entries.recipe(layout, lambda name, groups=groups: groups.get(name, 0) - 1)  # type: ignore[misc]
        found.append(Pattern(expression.match, recipe, layout))
    return found


def told(found: Found) -> entries.Told | None:
    """Give what a line says: what its pattern found, else whose header it has and when that was."""
    entry = entries.told(found.pattern.recipe, found.match.groups())
    if entry is None or (entry.asset and entry.observed_at):
        return entry
    header = found.header
    at = entry.observed_at or (instants.instant(header.observed_at) if header.observed_at else "")
    return entry._replace(asset=entry.asset or header.host, observed_at=at)


def content(head: str) -> list[str]:
    """Give the first lines that say something; the last of a long head is cut off anywhere."""
    lines = head.split("\n")
    lines = lines[:-1] if len(lines) > 1 else lines
    return [line.rstrip("\r")[:LONGEST] for line in lines if line.strip() and line[0] not in "#;"][:LOOKED_AT]


def fitting(lines: Sequence[str], layouts: Sequence[LineLayout]) -> tuple[LineLayout, ...]:
    """Give the layouts by which to read a log that begins with these lines; none when it is no log of theirs.

    A log with headers of syslog may be the log of many programs, so that one line that fits is enough there, and
    all layouts are given. In any other log nearly every line must fit one layout.
    """
    if not lines or not layouts:
        return ()
    headers = [syslog.header(line) for line in lines]
    known = Known(layouts)
    counts: dict[str, int] = {}
    for line, header in zip(lines, headers, strict=True):
        if found := known.found(line, header):
            counts[found.pattern.layout.id] = counts.get(found.pattern.layout.id, 0) + 1
    if not counts:
        return ()
    if sum(bool(header.program or header.host) for header in headers) >= SHARE * len(lines):
        return tuple(layouts)
    if sum(counts.values()) < SHARE * len(lines):
        return ()
    return tuple(layout for layout in layouts if layout.id in counts)
