# SPDX-License-Identifier: Apache-2.0
"""JSON of any length, written as it is made: nothing of a long list but its next elements is in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import msgspec

from debar.writers.json import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

AT_ONCE = 256
"""Elements of a long list that are encoded together."""
_ENCODER = msgspec.json.Encoder()


def write(document: Mapping[str, Any], out: IO[str]) -> None:
    """Write a document; each iterator in it, or in an object of it, becomes a list with a line for each element."""
    for piece in pieces(document):
        out.write(piece)
    out.write("\n")


def write_lines(documents: Iterable[Mapping[str, Any]], out: IO[str]) -> None:
    """Write one document a line."""
    found = iter(documents)
    while many := list(islice(found, AT_ONCE)):
        out.write(escaped(_ENCODER.encode_lines(many).decode("utf-8")))


def encoded(value: object) -> str:
    """Give a value as JSON in one line."""
    return escaped(_ENCODER.encode(value).decode("utf-8"))


def pieces(value: object) -> Iterator[str]:
    """Yield the text of a document, or of a list that is made as it is written."""
    if isinstance(value, Mapping):
        yield from _object(value)
    elif isinstance(value, Iterator):
        yield from _list(value)
    else:
        yield encoded(value)


def _object(members: Mapping[str, Any]) -> Iterator[str]:
    before = "{"
    for key, value in members.items():
        yield f"{before}{encoded(key)}:"
        yield from pieces(value)
        before = ","
    yield "{}" if before == "{" else "}"


def _list(elements: Iterator[Any]) -> Iterator[str]:
    before = "[\n"
    while many := list(islice(elements, AT_ONCE)):
        if any(_is_open(one) for one in many):
            for one in many:
                yield before
                yield from pieces(one)
                before = ",\n"
            continue
        # All at once, and each element on a line of its own.
        yield before + escaped(_ENCODER.encode_lines(many).decode("utf-8")).rstrip("\n").replace("\n", ",\n")
        before = ",\n"
    yield "[]" if before == "[\n" else "\n]"


def _is_open(value: object) -> bool:
    """Tell whether something holds a list that is made as it is written."""
    return isinstance(value, dict) and any(hasattr(one, "__next__") for one in value.values())
