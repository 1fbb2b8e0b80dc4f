# SPDX-License-Identifier: Apache-2.0
"""Entries of logs whose fields have names, in JSON, as key=value or below a header: which layout knows those names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.readers.loglines import entries, syslog
from debar.text import header as folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.inventory import FieldLayout

DEPTH, FIELDS = 8, 2000
"""Levels and fields of one JSON entry that are looked at; entries of cloud logs have 4 levels and up to 300 fields."""
SHAPES = 4096
"""Sets of field names that are remembered: entries leave out what is unset, so that a log has some dozens."""
WRAPPED = 100_000
"""Entries that one wrapping object may hold."""
_KEY = r"[A-Za-z_][\w.-]{0,63}"
_PAIR = re.compile(
    rf"(?<![^\s,;|\[{{(>])({_KEY})(?:=|:(?=\"))"
    rf'(?:"((?:[^"\\]|\\.)*)"|(?!")(\S*(?:[ \t]+(?!{_KEY}(?:=|:"))\S+)*))'
)
"""key="two words", key=word, and key=several words as CEF writes them; Check Point writes key:"word"."""
_fold = lru_cache(maxsize=1 << 14)(folded)


class Said(NamedTuple):
    """An entry that a layout knows."""

    recipe: entries.Recipe
    told: entries.Told | None
    """Nothing when no field of it names anybody."""


class Known:
    """The layouts of fields, and what each set of names met so far amounts to."""

    def __init__(self, layouts: Sequence[FieldLayout]) -> None:
        """Take the layouts, with the names that they ask for folded."""
        self._layouts = [
            (layout, [frozenset(map(_fold, group)) for group in layout.required], _columns(layout))
            for layout in layouts
        ]
        self._shapes: dict[tuple[str, ...], entries.Recipe | None] = {}

    def recipe(self, names: tuple[str, ...]) -> entries.Recipe | None:
        """Give what fields of these names carry by the layout that knows the most of them; nothing when none does."""
        try:
            return self._shapes[names]
        except KeyError:
            found = self._chosen(names)
        if len(self._shapes) < SHAPES:
            self._shapes[names] = found
        return found

    def _chosen(self, names: tuple[str, ...]) -> entries.Recipe | None:
        at = {_fold(name): number for number, name in reversed(list(enumerate(names)))}
        fitting = [
            (len(columns & at.keys()), -number, layout)
            for number, (layout, required, columns) in enumerate(self._layouts)
            if all(not group.isdisjoint(at) for group in required)
        ]
        if not fitting:
            return None
        *_, layout = max(fitting)
        return entries.recipe(layout, lambda name: at.get(_fold(name), -1))


def _columns(layout: FieldLayout) -> frozenset[str]:
    """Give all names that a layout knows, folded."""
    carrying = (name for names in layout.columns.values() for name in names)
    needed = (name for group in layout.required for name in group)
    return frozenset(map(_fold, (*carrying, *needed, *layout.asset)))


def pairs(line: str, start: int = 0) -> dict[str, str]:
    """Give the key=value pairs of a line; of a key that stands twice, the first."""
    found: dict[str, str] = {}
    for key, quoted, plain in _PAIR.findall(line, start):
        if key not in found:
            found[key] = quoted or plain.rstrip(",;]")
    return found


def flat(entry: dict[str, Any]) -> dict[str, str]:
    """Give the fields of a JSON entry by path, lists of values as lines; neither level nor number is without bound."""
    found: dict[str, str] = {}
    waiting: list[tuple[str, Any, int]] = [("", entry, 0)]
    while waiting and len(found) < FIELDS:
        path, value, depth = waiting.pop()
        if isinstance(value, dict):
            if depth < DEPTH:
                inner = [(f"{path}.{key}" if path else str(key), v, depth + 1) for key, v in value.items()]
                waiting += reversed(inner[:FIELDS])
        elif isinstance(value, list):
            waiting += [(path, v, depth + 1) for v in reversed(value[:64]) if depth < DEPTH]
        elif value is not None and not isinstance(value, bool):
            text = value if isinstance(value, str) else str(value)
            found[path] = f"{found[path]}\n{text}" if path in found else text
    return found


def unwrapped(known: Known, locator: str, entry: dict[str, Any]) -> Iterator[tuple[str, Said | None]]:
    """Yield (locator, what it says) for an entry, or for those that it wraps: {"records": [...]}, {"Events": [...]}."""
    if found := said(known, flat(entry)):
        yield locator, found
        return
    within = f"{locator} " if locator.startswith("line") else locator
    lists = [(key, value) for key, value in entry.items() if isinstance(value, list)]
    wrapped = [
        (f"{within}/{key}/{number}", inner)
        for key, value in lists
        for number, inner in enumerate(value[:WRAPPED])
        if isinstance(inner, dict)
    ]
    if not wrapped:
        yield locator, None
    yield from ((place, said(known, flat(inner))) for place, inner in wrapped)


def said(known: Known, fields: dict[str, str]) -> Said | None:
    """Give what an entry says, or nothing when no layout knows its fields."""
    recipe = known.recipe(tuple(fields))
    return None if recipe is None else Said(recipe, entries.told(recipe, list(fields.values())))


def message(line: str) -> tuple[syslog.Header, dict[str, str]]:
    """Give the header and the pairs of a line."""
    header = syslog.header(line)
    # A time without a header's host may be the first value of a pair and no header: <189>date=...
    return header, pairs(line, header.after_time or header.end)
