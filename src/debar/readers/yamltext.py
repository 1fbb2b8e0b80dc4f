# SPDX-License-Identifier: Apache-2.0
"""YAML as lock files and manifests write it: every scalar a text, no tags, no merging, no bombs.

The tree is built from the parser's events without recursion, so that depth and aliases can be bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

DEPTH = 100
"""Deepest nesting that is built; lock files nest below 10."""
WEIGHT = 5_000_000
"""Values that a document may amount to once every alias is counted as what it stands for.

A lock file of 10 MB has half a million."""
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Open:
    """A list or mapping that is not closed yet."""

    __slots__ = ("anchor", "key", "value", "weight")

    def __init__(self, value: list[Any] | dict[str, Any], anchor: str | None) -> None:
        self.value, self.anchor, self.weight = value, anchor, 1
        self.key: str | None = None

    def put(self, value: object, weight: int) -> None:
        """Append to a list; in a mapping take turns between key and value."""
        self.weight += weight
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key is None:
            self.key = value if isinstance(value, str) else ""  # a list as a key: no format here has one
        else:
            self.value[self.key] = value
            self.key = None


def of(source: Input) -> object:
    """Give the first document of an input; an empty text is an empty document."""
    return next(documents(bytes(source.document()).decode(errors="replace")), {})


def document(text: str) -> object:
    """Give the first document of a text."""
    return next(documents(text), {})


def documents(text: str) -> Iterator[object]:
    """Yield each document as mappings, lists and texts; SourceError where the text is not YAML, too deep or a bomb.

    An alias is the very value that it stands for, so nothing is copied; a merge key "<<" stays a key.
    """
    pending: list[_Open] = []
    anchors: dict[str, tuple[object, int]] = {}
    try:
        for event in yaml.parse(text, Loader=_Loader):
            value: object
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                if len(pending) >= DEPTH:
                    raise SourceError(f"nested deeper than {DEPTH}", locator=_line(event))
                pending.append(_Open({} if isinstance(event, yaml.MappingStartEvent) else [], event.anchor))
                continue
            if isinstance(event, yaml.ScalarEvent):
                value, weight, anchor = event.value, 1, event.anchor
            elif isinstance(event, yaml.AliasEvent):
                if event.anchor not in anchors:
                    raise SourceError("an alias of nothing before it", locator=_line(event))
                (value, weight), anchor = anchors[event.anchor], None
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                done = pending.pop()
                value, weight, anchor = done.value, done.weight, done.anchor
            else:
                anchors.clear() if isinstance(event, yaml.DocumentStartEvent) else None
                continue
            if weight > WEIGHT:
                raise SourceError("aliases that amount to too much", locator=_line(event))
            if anchor:
                anchors[anchor] = value, weight
            if pending:
                pending[-1].put(value, weight)
            else:
                yield value
    except (yaml.YAMLError, ValueError) as e:
        mark = getattr(e, "problem_mark", None)
        fault = getattr(e, "problem", None) or str(e)
        raise SourceError(f"not readable as YAML: {fault}", locator=f"line {mark.line + 1}" if mark else "") from e


def _line(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else ""
