# SPDX-License-Identifier: Apache-2.0
"""JSON as exports and logs write it: an array of objects, one object, or an object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.readers import encodings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input
    from debar.sieving import Wanted

UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)
"""What decoding raises for text that is no JSON, or is too deep."""


def objects(source: Input, wanted: Wanted | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (locator, object) in order: "/3" in an array, "line 3" in a log, "" for a document that is one object.

    Of a log only lines that may matter, where a reader says what is `wanted`. A line or element that is no
    object is lost, and told; SourceError when the whole is not JSON.
    """
    for locator, raw in _places(source, wanted):
        try:
            value = msgspec.json.decode(raw)
        except UNREADABLE as e:
            source.lose(locator, str(e))
            continue
        if isinstance(value, dict):
            yield locator, value
        else:
            source.lose(locator, f"an object was expected, found {type(value).__name__}")


def _places(source: Input, wanted: Wanted | None) -> Iterator[tuple[str, str | msgspec.Raw]]:
    head = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")
    first, newline, _ = head.partition("\n")
    try:
        if head.startswith("["):
            elements = msgspec.json.decode(source.document(), type=list[msgspec.Raw])
            yield from ((f"/{number}", raw) for number, raw in enumerate(elements))
        elif newline and _is_whole(first):
            lines = source.sifted(wanted) if wanted else source.lines()
            yield from ((f"line {number}", line) for number, line in lines if line.strip())
        else:
            yield "", msgspec.json.decode(source.document(), type=msgspec.Raw)
    except UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e


def _is_whole(line: str) -> bool:
    """Tell whether a first line is an object of its own, so that each line is."""
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except UNREADABLE:
        return False


def texts(value: object) -> dict[str, str]:
    """Give the scalar fields of an object as text, without null and blank ones."""
    if not isinstance(value, dict):
        return {}
    kept = {key: str(v) for key, v in value.items() if isinstance(v, str | int | float) and not isinstance(v, bool)}
    return {key: v for key, v in kept.items() if v.strip()}


def listed(value: object) -> list[Any]:
    """Give a list as it is, an object as a list of one, anything else as an empty list: exporters differ in this."""
    if isinstance(value, list):
        return value
    return [value] if isinstance(value, dict) else []
