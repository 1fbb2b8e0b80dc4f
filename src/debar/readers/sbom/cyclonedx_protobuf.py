# SPDX-License-Identifier: Apache-2.0
"""CycloneDX 1.3 to 1.7 in protocol buffers, as they are stored and sent.

A document is fields one after another: a key, which is the field's number and the form of its value, and the value.
Messages are values with a length. Every length is held against the message around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from debar.errors import SourceError
from debar.readers.boms import cyclonedx_messages
from debar.readers.boms.cyclonedx_messages import BY_NUMBER, DEPTH, LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.boms.cyclonedx_messages import Field
    from debar.readers.inputs import Input

_VARINT, _EIGHT, _LENGTH, _FOUR = 0, 1, 2, 5
"""Forms of values; 3 and 4 are groups, which the language of these messages does not have."""
_LONGEST = 10
"""Bytes of the longest number of 64 bits."""


class _FaultError(Exception):
    """A place that cannot be read."""

    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at, self.message = at, message


class _Open(NamedTuple):
    """A message that is being read."""

    name: str
    fields: dict[str, Any]
    end: int
    field: Field | None
    """The field of the message around it that holds it."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each component, service and subject; what stands before a break is read."""
    data = source.content()
    if len(data) > LARGEST:
        raise SourceError(f"more than {LARGEST >> 20} MiB, too large to decode as one document")
    bom: dict[str, Any] = {}
    try:
        _decode(data, bom)
    except _FaultError as e:
        if "components" not in bom:
            raise SourceError(f"not a readable CycloneDX document: {e.message}", locator=f"byte {e.at}") from e
        source.lose(f"byte {e.at}", e.message)
    yield from cyclonedx_messages.told(source, bom)


def _decode(data: bytes, bom: dict[str, Any]) -> None:
    """Fill in the fields of a document."""
    stack = [_Open("Bom", bom, len(data), None)]
    at = 0
    while stack:
        opened = stack[-1]
        if at == opened.end:
            stack.pop()
            if opened.field:
                cyclonedx_messages.put(stack[-1].fields, opened.field, opened.fields)
            continue
        key, at = _number(data, at, opened.end)
        field = BY_NUMBER[opened.name].get(key >> 3)
        form = key & 7
        if form == _LENGTH:
            length, at = _number(data, at, opened.end)
            if length > opened.end - at:
                raise _FaultError(at, f"a value of {length} bytes where {opened.end - at} are left")
            if field and field.message:
                if len(stack) > DEPTH:
                    raise _FaultError(at, f"nested deeper than {DEPTH}")
                stack.append(_Open(field.message, {}, at + length, field))
                continue
            if field and field.words is None and not field.is_number:
                cyclonedx_messages.put(opened.fields, field, data[at : at + length].decode(errors="replace"))
            at += length
        elif form == _VARINT:
            value, at = _number(data, at, opened.end)
            if field and (field.words is not None or field.is_number):
                cyclonedx_messages.put(opened.fields, field, value)
        else:
            at = _passed(form, at, opened.end)


def _number(data: bytes, at: int, end: int) -> tuple[int, int]:
    """Give a number, seven bits in each byte with the lowest first, and where it ends."""
    value = 0
    for place in range(_LONGEST):
        if at >= end:
            raise _FaultError(at, "the message ends inside a number")
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at
    raise _FaultError(at, "a number of more than 64 bits")


def _passed(form: int, at: int, end: int) -> int:
    """Give the end of a value of fixed size, none of which is read."""
    size = {_EIGHT: 8, _FOUR: 4}.get(form)
    if size is None:
        raise _FaultError(at, f"a value of form {form}, which these messages do not have")
    if at + size > end:
        raise _FaultError(at, "the message ends inside a value")
    return at + size
