# SPDX-License-Identifier: Apache-2.0
"""Things described by "field: value" lines, one after another: what package managers print about packages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers.databases.installations import FIELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_MOST_FIELDS = 256
"""Fields kept of one thing; the longest print of a package manager has below 40."""
# A field's name has spaces inside ("Install Date") and padding behind, and no more than a few words.
_FIELD = re.compile(r"^[ \t]{0,40}([^\s:][^:]{0,60}?)[ \t]{0,60}:(?:[ \t]+(.*)|)$")


def stanzas(source: Input, opening: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the opening line, fields in small letters) for each thing.

    A thing begins where the `opening` field stands again, indented and padded as the first time. Lines that are no field
    continue the one before, those before the first field are the field ""; of a field that repeats, the first counts.
    """
    first, fields, current, shape = 0, dict[str, str](), "", ""
    for number, line in source.lines():
        if not line.strip():
            continue
        found = _FIELD.match(line)
        name = found[1].lower() if found else ""
        shape = shape or (line.partition(":")[0] if name == opening else "")
        is_opening = name == opening and line.partition(":")[0] == shape
        if is_opening and name in fields:
            yield first, fields
            first, fields, current = 0, {}, ""
        first = number if is_opening and name not in fields else first or number
        if found is None:
            _continue(fields, current, line)
        elif name not in fields and len(fields) < _MOST_FIELDS:
            current = name
            fields[name] = (found[2] or "")[:FIELD].strip()
    if fields:
        yield first, fields


def _continue(fields: dict[str, str], current: str, line: str) -> None:
    """Add a line to the field before it."""
    if len(held := fields.get(current, "")) < FIELD:
        fields[current] = f"{held}\n{line[:FIELD].strip()}".strip()
