# SPDX-License-Identifier: Apache-2.0
"""Cells of columns as text, in the way that formats of text write them: times in ISO 8601, numbers in digits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from debar.readers.batches.leaves import is_text, values

if TYPE_CHECKING:
    from debar.readers.batches.leaves import Leaf

UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
"""Parts of a second in which columns count time."""
LIST = 64
"""Values of one cell that are looked at, as in JSON."""
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - zones are written behind it


def cells(batch: pa.RecordBatch, leaf: Leaf) -> list[str]:
    """Give the cell of each row; "" for null, and a line for each of several values."""
    array, rows = values(batch, leaf)
    found = texts(array)
    if rows is None:
        return [text or "" for text in found]
    lines: list[list[str]] = [[] for _ in range(batch.num_rows)]
    for row, text in zip(rows.to_pylist(), found, strict=True):
        if text and len(lines[row]) < LIST:
            lines[row].append(text)
    return ["\n".join(parts) for parts in lines]


def texts(array: pa.Array) -> list[str | None]:
    """Give each value as text; nothing for null, and for what is no value of its type."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        known = texts(array.dictionary)
        return [None if at is None else known[at] for at in array.indices.to_pylist()]
    if is_text(kind):
        return _strings(array)
    if pa.types.is_timestamp(kind):
        unit, zone = UNITS[kind.unit], "Z" if kind.tz else ""
        return [None if n is None else _moment(n, unit, zone) for n in array.cast(pa.int64()).to_pylist()]
    if pa.types.is_date(kind):
        days = array.cast(pa.int32() if pa.types.is_date32(kind) else pa.int64()).to_pylist()
        unit = 1 if pa.types.is_date32(kind) else 86_400_000
        return [None if n is None else _moment(n // unit * 86_400, 1, "")[:10] for n in days]
    if pa.types.is_time(kind):
        counts = array.cast(pa.int32() if pa.types.is_time32(kind) else pa.int64()).to_pylist()
        return [None if n is None else _moment(n, UNITS[kind.unit], "")[11:] for n in counts]
    return [_number(value) for value in array.to_pylist()]


def _strings(array: pa.Array) -> list[str | None]:
    """Give texts; a column of texts may hold bytes that are none, and one of bytes anything."""
    try:
        found = array.to_pylist()
    except UnicodeDecodeError:
        found = array.view(pa.large_binary() if pa.types.is_large_string(array.type) else pa.binary()).to_pylist()
        return [None if value is None else value.decode("utf-8", "replace") for value in found]
    is_bytes = pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type)
    return [_decoded(value) if value else "" for value in found] if is_bytes else found


def _decoded(value: bytes) -> str | None:
    """Give bytes that are a text; nothing for any others, such as an address in four bytes."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def _moment(count: int, unit: int, zone: str) -> str:
    """Give a moment with the digits of the second that it has; nothing for one outside the calendar."""
    second, part = divmod(count, unit)
    try:
        clock = (_EPOCH + timedelta(seconds=second)).isoformat()
    except OverflowError:
        return ""
    return f"{clock}.{part:0{len(str(unit)) - 1}}".rstrip("0") + zone if part else clock + zone


def _number(value: Any) -> str | None:  # noqa: ANN401 - whatever a column of numbers gives
    # A number that is not equal to itself is what columns of floats have instead of nothing.
    return None if value is None or value != value else str(value)  # noqa: PLR0124
