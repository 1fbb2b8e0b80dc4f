# SPDX-License-Identifier: Apache-2.0
"""Container images as commands print them: docker images, docker ps, podman, crictl, ctr, kubectl get -o wide.

Columns stand where the header has them, two spaces or more apart; which columns there are, the header says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.vocab import Meaning, Medium
from debar.readers.loglines import images

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_COLUMN = re.compile(r"\S+(?: \S+)*(?:\s{2,}|\t|$)")
_IMAGES = ("REPOSITORY", "IMAGE", "IMAGES", "REF")
_HOLDERS = ("NAMES", "NAME", "POD")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each image of a table; a header further down begins another table."""
    seen = images.Seen(source, Medium.INVENTORY, Meaning.INSTALLED)
    columns: dict[str, tuple[int, int]] = {}
    for number, line in source.lines():
        if not line.strip():
            continue
        if (header := _header(line)) is not None:
            columns = header
        elif not columns:
            raise SourceError("a row before any header", locator=f"line {number}")
        else:
            source.tally["rows"] += 1
            row = {name: line[start:end].strip() for name, (start, end) in columns.items()}
            for text in _names(row):
                yield from seen.observations(f"line {number}", _holder(row), text, images.digest(row.get("DIGEST", "")))


def _header(line: str) -> dict[str, tuple[int, int]] | None:
    """Give where each column stands; nothing for a line that is no header."""
    cells = [(found.group().strip(), found.start()) for found in _COLUMN.finditer(line[:4096])]
    names = [name for name, _ in cells]
    if line.upper() != line or not any(name in _IMAGES for name in names):
        return None
    ends = [start for _, start in cells[1:]] + [1 << 16]
    return {name: (start, end) for (name, start), end in zip(cells, ends, strict=True)}


def _names(row: dict[str, str]) -> list[str]:
    """Give the images of a row; a workload of several containers has them with commas between."""
    found = next((row[name] for name in _IMAGES if row.get(name)), "")
    if found == "<none>":
        return []
    tag = row.get("TAG", "")
    names = found.split(",")[:64]
    return [f"{name}:{tag}" if tag and tag != "<none>" else name for name in names]


def _holder(row: dict[str, str]) -> str:
    """Give the container or workload that runs the images; nothing where images only lie on a host."""
    name = next((row[name] for name in _HOLDERS if row.get(name)), "")
    return "/".join(filter(None, (row.get("NAMESPACE", ""), name)))
