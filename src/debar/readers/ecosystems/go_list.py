# SPDX-License-Identifier: Apache-2.0
"""What "go list -m -json all" prints: one object after another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.readers import records
from debar.readers.binary import go_modules
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each module; the main one is the asset."""
    listing = dependencies.Listing(source, source.asset)
    for number, module in _objects(source):
        name, version = dependencies.scalar(module.get("Path")), dependencies.scalar(module.get("Version"))
        if not name:
            source.lose(f"/{number}", "a module without a path")
            continue
        if module.get("Main") is True:
            listing = dependencies.Listing(source, name)
            continue
        source.tally["packages"] += 1
        found = go_modules.observables(name)
        instead = dependencies.mapping(module.get("Replace"))
        other = dependencies.scalar(instead.get("Path"))
        if other and not other.startswith((".", "/", "\\")):
            found = go_modules.observables(other) + found
            name, version = other, dependencies.scalar(instead.get("Version"))
        yield listing.package(f"/{number}", name, version, found)


def _objects(source: Input) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (number from 0, object), which stand one after another without commas."""
    text = bytes(source.document()).decode(errors="replace")
    decoder, at, number = json.JSONDecoder(), 0, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        try:
            begin, (_, at) = at, decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as e:
            if not number:
                raise SourceError(f"not readable as JSON: {e}") from e
            source.lose(f"/{number}", str(e))
            return
        try:
            # The library that tells where an object ends lets half a character through, which no report can hold.
            value = msgspec.json.decode(text[begin:at])
        except records.UNREADABLE as e:
            source.lose(f"/{number}", str(e))
        else:
            if isinstance(value, dict):
                yield number, value
            else:
                source.lose(f"/{number}", f"an object was expected, found {type(value).__name__}")
        number += 1
