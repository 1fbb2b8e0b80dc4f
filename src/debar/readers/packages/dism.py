# SPDX-License-Identifier: Apache-2.0
"""What Windows' DISM prints about an image: packages and updates, and drivers of other makers.

Field names are translated, so a package is told by its identity: name~key~processor~language~version.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.databases.installations import FIELD, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_FIELD = re.compile(r"^\s*([^:]{1,60}?)\s*:\s(.*)$")
_IDENTITY = re.compile(r"([^~\s]+)~([0-9a-f]{16})~([^~\s]*)~([^~\s]*)~([\d.]+)")
_PRESENT = frozenset({"installed", "installiert", "installé", "instalado", "installato", "установлено", "已安装"})
_DRIVER = "published name"


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package and driver; packages that were superseded or removed are left-overs."""
    shelf = Shelf(source)
    for number, fields in _blocks(source):
        identity = next((found for value in fields.values() if (found := _IDENTITY.fullmatch(value))), None)
        if identity:
            source.tally["packages"] += 1
            # The state is the field after the identity in every language.
            is_present = any(value.lower() in _PRESENT for value in fields.values())
            meaning = Meaning.INSTALLED if is_present else Meaning.RESIDUE
            named = [Observable(Kind.PACKAGE, identity[1])]
            yield shelf.installed(f"line {number}", identity[1], identity[5], named, meaning)
        elif _DRIVER in fields:
            source.tally["drivers"] += 1
            yield _driver(shelf, number, fields)


def _driver(shelf: Shelf, number: int, fields: dict[str, str]) -> Observation:
    file = fields.get("original file name", "")
    # an image that is not mounted under a letter is given by its full path
    name = re.split(r"[/\\]", file)[-1]
    found = [Observable(Kind.FILE, name)] if name else []
    found += components.maker(fields.get("provider name", ""))
    return shelf.installed(f"line {number}", name or fields[_DRIVER], fields.get("version", ""), found)


def _blocks(source: Input) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the first line, fields in small letters) of each package or driver.

    One begins at an identity or at a published name: blank lines stand inside them, too.
    """
    first, fields = 0, dict[str, str]()
    for number, line in source.lines():
        found = _FIELD.match(line[:FIELD])
        if not found:
            continue
        name, value = found[1].lower(), found[2].strip()
        if name == _DRIVER or _IDENTITY.fullmatch(value):
            if first:
                yield first, fields
            first, fields = number, {}
        if first and len(fields) < 32:
            fields.setdefault(name, value)
    if first:
        yield first, fields
