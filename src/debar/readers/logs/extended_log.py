# SPDX-License-Identifier: Apache-2.0
"""W3C extended logs: proxies, web servers and firewalls that name their fields in a #Fields line.

A log may change its fields midway; each #Fields line holds until the next.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.readers.loglines import entries, fieldlogs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_CELL = re.compile(r'"((?:[^"]|"")*)"(?=\s|\Z)|(\S+)')
"""A word, or several in quotation marks, in which two stand for one."""
_SCAN = 1 << 16
"""Characters of a line that are taken apart."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each line that names somebody who was contacted, in file order."""
    known, home = fieldlogs.Known(source.log_layouts.fields), source.asset
    recipe: entries.Recipe | None = None
    split: Callable[[str], list[str]] = _words
    width = 0
    wanted = entries.wanted(source.log_layouts.fields, (rb"\n#Fields:",))
    for number, line in source.sifted(wanted):
        if line.startswith("#"):
            if line.startswith("#Fields:"):
                names = line[8:].split()
                split = _tabbed if "\t" in line[8:].strip() else _words
                recipe, width = known.recipe(tuple(names)), len(names)
            continue
        if not line.strip():
            continue
        source.tally["lines"] += 1
        if not width:
            raise SourceError("a line before any #Fields line", locator=f"line {number}")
        if recipe is None:
            source.tally["lines of other kinds"] += 1
            continue
        cells = split(line[:_SCAN])
        if len(cells) != width:
            source.lose(f"line {number}", f"{len(cells)} fields where #Fields names {width}")
        elif told := entries.told(recipe, cells):
            yield entries.observation(recipe, told, source.id, f"line {number}", home)


def _words(line: str) -> list[str]:
    """Give the cells of a line; most lines have no quotation mark, and those are quick."""
    if '"' not in line:
        return line.split()
    return [quoted.replace('""', '"') or word for quoted, word in _CELL.findall(line)]


def _tabbed(line: str) -> list[str]:
    return [cell.strip('"') for cell in line.split("\t")]
