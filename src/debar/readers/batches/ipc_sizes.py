# SPDX-License-Identifier: Apache-2.0
"""How much a part of an Arrow file takes in memory, told before it is taken: from the frames of its messages.

A message is a length, a FlatBuffer that describes a batch, and its body. A compressed buffer begins with the length
that it will have, which a library believes (Arrow columnar format, "Encapsulated message format" and "Compression").
"""

from __future__ import annotations

import os
import struct
from typing import BinaryIO

from debar.errors import SourceError
from debar.readers.batches.tables import CHUNK

HEADER = 1 << 24
"""Bytes of one description; one of ten thousand columns has below 1 MiB."""
MESSAGES = 1 << 20
"""Batches and dictionaries of one file."""
_MARK = b"\xff\xff\xff\xff"
_DICTIONARY, _BATCH = 2, 3
"""Kinds of message (MessageHeader in Message.fbs)."""


def check(file: BinaryIO, *, is_stream: bool) -> None:
    """Raise SourceError where a batch would be more than 1 GiB in memory, or a frame is not whole."""
    size = file.seek(0, os.SEEK_END)
    at = 0 if is_stream else 8
    try:
        for _ in range(MESSAGES):
            file.seek(at)
            mark, length = struct.unpack("<4si", _read(file, 8))
            if mark != _MARK or length == 0:
                return
            if not 0 < length <= HEADER:
                raise SourceError(f"a description of {length} bytes", locator=f"byte {at}")
            body_at = at + 8 + length
            body = _message(file, _read(file, length), body_at)
            if not 0 <= body <= size - body_at:
                raise SourceError("the file is cut off", locator=f"byte {at}", hint="copy it again")
            at = body_at + body
            if at == size:
                return
    except (struct.error, IndexError) as e:
        raise SourceError("a batch that is not described as Arrow does it", locator=f"byte {at}") from e


def _read(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise struct.error("cut off")
    return data


def _message(file: BinaryIO, data: bytes, body_at: int) -> int:
    """Give the bytes of the body that follows a description."""
    message = _root(data)
    kind = _number(data, _field(data, message, 1), "<B")
    length = _number(data, _field(data, message, 3), "<q")
    if length > CHUNK:
        raise _too_large(length, body_at)
    header = _field(data, message, 2)
    if kind not in (_DICTIONARY, _BATCH) or not header:
        return length
    batch = header + _number(data, header, "<I")
    if kind == _DICTIONARY:
        inner = _field(data, batch, 1)
        batch = inner + _number(data, inner, "<I")
    # A batch says only when it is compressed with what.
    if _field(data, batch, 3) and (buffers := _field(data, batch, 2)):
        _check_buffers(file, data, buffers + _number(data, buffers, "<I"), body_at)
    return length


def _check_buffers(file: BinaryIO, data: bytes, vector: int, body_at: int) -> None:
    """Add up what compressed buffers will be."""
    total = 0
    for number in range(_number(data, vector, "<I")):
        start, length = struct.unpack_from("<qq", data, vector + 4 + 16 * number)
        if start < 0 or length < 8:
            continue
        file.seek(body_at + start)
        (becomes,) = struct.unpack("<q", _read(file, 8))
        total += max(becomes, length)
        if total > CHUNK:
            raise _too_large(total, body_at)


def _too_large(size: int, at: int) -> SourceError:
    hint = "write it in smaller batches, or as Parquet"
    return SourceError(f"a batch of {size >> 20} MiB", locator=f"byte {at}", hint=hint)


def _root(data: bytes) -> int:
    return _number(data, 0, "<I")


def _field(data: bytes, table: int, number: int) -> int:
    """Give where a field of a table in a FlatBuffer lies; 0 for one that is not there."""
    places = table - _number(data, table, "<i")
    if 4 + 2 * number >= _number(data, places, "<H"):
        return 0
    offset = _number(data, places + 4 + 2 * number, "<H")
    return table + offset if offset else 0


def _number(data: bytes, at: int, form: str) -> int:
    if at == 0 and form != "<I":
        return 0  # a field that has its default
    if at < 0:
        raise struct.error("before the beginning")
    (number,) = struct.unpack_from(form, data, at)
    return int(number)
