# SPDX-License-Identifier: Apache-2.0
"""Any list as CSV (RFC 4180, UTF-8): a line for each row, and none that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from debar.writers.csv import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AT_ONCE = 1 << 16
"""Characters that are handed on in one go."""


def written(rows: Iterable[msgspec.Struct], of: type[msgspec.Struct]) -> Iterator[str]:
    """Give a header and the rows of a list, some thousand characters at a time; `of` is what the rows are.

    The first of them are asked for at once: what is wrong with the question is told before an answer has begun.
    """
    found = _written(rows, of)
    return chain([next(found)], found)


def _written(rows: Iterable[msgspec.Struct], of: type[msgspec.Struct]) -> Iterator[str]:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([field.encode_name for field in msgspec.structs.fields(of)])
    for row in rows:
        table.writerow([guarded(_text(getattr(row, name))) for name in row.__struct_fields__])
        if out.tell() > _AT_ONCE:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _text(value: Any) -> str | int | float:  # noqa: ANN401 - whatever a row holds
    """Give what stands in one cell: of several things one after the other, with a semicolon between."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, dict):
        return "; ".join(f"{key or 'none'}={_text(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return "; ".join(str(_text(one)) for one in value)
    if isinstance(value, msgspec.Struct):
        value = " ".join(str(_text(getattr(value, name))) for name in value.__struct_fields__).strip()
    return "" if value is None else str(value)
