# SPDX-License-Identifier: Apache-2.0
"""What Flatpak says of a program: the file `metadata` where it is deployed, and `flatpak info`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components
from debar.readers.databases.installations import FIELD, Shelf
from debar.readers.databases.stanzas import stanzas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_MOST_LINES = 4096
"""Lines of `metadata` that are looked at; real ones have below 200."""
_GROUPS = frozenset({"[Application]", "[Runtime]"})
_DASH = re.compile(r" [-\u2013\u2014] ")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each program or runtime."""
    shelf = Shelf(source)
    is_metadata = source.head().lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    yield from _metadata(source, shelf) if is_metadata else _info(source, shelf)


def _metadata(source: Input, shelf: Shelf) -> Iterator[Observation]:
    """Read the name that stands in the group of the program or runtime itself."""
    group = ""
    for number, line in source.lines():
        text = line[:FIELD].strip()
        group = text if text.startswith("[") else group
        key, equals, value = text.partition("=")
        if group in _GROUPS and equals and key.strip() == "name" and value.strip():
            name = value.strip()
            source.tally["packages"] += 1
            yield shelf.installed(f"line {number}", name, "", [Observable(Kind.PACKAGE, name)])
            return
        if number > _MOST_LINES:
            break
    raise SourceError("metadata of Flatpak without a name")


def _info(source: Input, shelf: Shelf) -> Iterator[Observation]:
    """Read what is printed; the line before the fields is "Name - what it is"."""
    for number, fields in stanzas(source, "id"):
        if not (identifier := fields.get("id", "")):
            source.lose(f"line {number}", "a program without an ID")
            continue
        name, *about = _DASH.split(fields.get("", ""), 1)
        found = [Observable(Kind.PACKAGE, identifier)] + ([Observable(Kind.NAME, name)] if name else [])
        source.tally["packages"] += 1
        yield shelf.installed(
            f"line {number}", name or identifier, fields.get("version", ""), found + components.prose(*about)
        )
