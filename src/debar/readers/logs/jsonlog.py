# SPDX-License-Identifier: Apache-2.0
"""Logs of look-ups and requests in JSON: a layout in the register says which fields carry what.

An object a line, an array, one object that wraps a list, or objects of several lines one after another.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.readers import encodings, records
from debar.readers.loglines import entries, fieldlogs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_GAP = 1 << 10
"""Blanks that may stand between two objects."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each entry that names somebody who was contacted, in order."""
    known, home = fieldlogs.Known(source.log_layouts.fields), source.asset
    for place, whole in _objects(source):
        for locator, said in fieldlogs.unwrapped(known, place, whole):
            source.tally["entries"] += 1
            if said is None:
                source.tally["entries of other kinds"] += 1
            elif said.told:
                yield entries.observation(said.recipe, said.told, source.id, locator, home)


def _objects(source: Input) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (locator, object) for each, however they follow one another."""
    is_begun = False
    try:
        for found in records.objects(source, entries.wanted(source.log_layouts.fields)):
            is_begun = True
            yield found
    except SourceError:
        # Two objects of several lines each are no document: then the whole fails before anything was yielded.
        if is_begun or not encodings.to_text(source.head()).lstrip("\ufeff \t\r\n").startswith("{"):
            raise
        yield from _one_after_another(source)


def _one_after_another(source: Input) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield objects that follow one another with nothing but blanks between them; what is broken ends the reading."""
    text = bytes(source.document()).decode("utf-8", "replace").lstrip("\ufeff")
    decode, at, line, counted = json.JSONDecoder().raw_decode, 0, 1, 0
    while True:
        at += len(text[at : at + _GAP]) - len(text[at : at + _GAP].lstrip())
        if at >= len(text):
            return
        line, counted = line + text.count("\n", counted, at), at
        try:
            begin, (_, at) = at, decode(text, at)
        except (ValueError, RecursionError) as e:
            raise SourceError(f"not readable as JSON: {e}", locator=f"line {line}") from e
        try:
            # The library that tells where an object ends lets half a character through, which no report can hold.
            value = msgspec.json.decode(text[begin:at])
        except records.UNREADABLE as e:
            source.lose(f"line {line}", str(e))
            continue
        if isinstance(value, dict):
            yield f"line {line}", value
