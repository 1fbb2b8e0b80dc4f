# SPDX-License-Identifier: Apache-2.0
"""Lists of properties that Windows tools print: wmic /format:list, Format-List, sc query, sc qc, systeminfo.

Objects are blocks of "Name : value" or "Name=value", parted by blank lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers import encodings
from debar.readers.machine import listings, windows_objects, windows_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.machine.windows_classes import Texts

_PROPERTY = re.compile(r"\s*([^\W\d][^:=\n]{0,63}?)\s*([:=])(?:\s+|$|(?<==))(.*)")
_NUMBERED = re.compile(r"\s*\[\d+\]: (.*)")
_LIST = re.compile(r"\{(.*)\}")
_PARTS = re.compile(r'"((?:[^"\\]|\\.)*)"|([^",\s][^",]*)')
PROPERTIES = 1 << 9
"""Properties kept of one object; Win32_OperatingSystem, one of the largest, has 64."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each program, service, device ... that is listed, then those of the machines."""
    objects = windows_objects.Objects(source)
    for number, cells in _blocks(source):
        source.tally["objects"] += 1
        yield from objects.observed(f"line {number}", cells)
    yield from objects.machines()


def _blocks(source: Input) -> Iterator[tuple[int, dict[str, Texts]]]:
    """Yield (number of the first line, properties) for each object."""
    cells: dict[str, Texts] = {}
    first = blanks = column = 0
    name = previous = ""
    # wmic ends its lines with two carriage returns once its output is redirected: every second line is blank.
    width = max(map(len, encodings.to_text(source.head()).splitlines()), default=0)
    gap = 2 if b"\r\r\n" in source.head().replace(b"\0", b"") else 1
    for number, line in source.lines():
        if not line.strip():
            blanks += 1
            name = ""
            continue
        if column and name and line[: column + 2].isspace():
            _continue(cells, name, line.strip(), is_cut=len(previous) >= width)
        elif found := _PROPERTY.match(line):
            folded = windows_words.folded(found[1])
            if cells and (blanks >= gap or (folded in cells and found[2] == "=")):
                yield first, cells
                cells = {}
            first = first if cells else number
            name = folded if len(cells) < PROPERTIES else ""
            if name:
                cells[name] = _listed(found[3])
            column = line.index(":") if found[2] == ":" and " :" in line[: found.end(2)] else 0
        elif (address := _NUMBERED.match(line)) and listings.address(address[1]):
            cells["ipaddress"] = (*cells.get("ipaddress", ()), address[1])[:PROPERTIES]
        blanks, previous = 0, line
    if cells:
        yield first, cells


def _continue(cells: dict[str, Texts], name: str, rest: str, *, is_cut: bool) -> None:
    """Add a further line to a value: lines as wide as the window were cut inside a word, others at a blank."""
    whole = ", ".join(cells[name])
    if len(whole) < listings.VALUE:
        cells[name] = _listed(whole + ("" if is_cut else " ") + rest)


def _listed(value: str) -> Texts:
    """Give a value, or the parts of a list in braces."""
    value = value[: listings.VALUE].strip()
    found = _LIST.fullmatch(value)
    if not found or value.count("{") > 1 or listings.product_code(value):
        return (value,) if value else ()
    return tuple(quoted or plain.strip() for quoted, plain in _PARTS.findall(found[1]))
