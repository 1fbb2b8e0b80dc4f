# SPDX-License-Identifier: Apache-2.0
"""What modinfo prints about modules of the Linux kernel: file, version, authors, signer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Medium
from debar.readers import components, places
from debar.readers.databases.installations import FIELD, Shelf, made_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_FIRST = "filename"
_WANTED = frozenset({_FIRST, "version", "description", "author", "signer", "name"})
_MOST_VALUES = 256
"""Values kept of one module: the longest list of authors in Linux has below 30."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each module, in file order."""
    shelf = Shelf(source, Medium.FILES)
    for number, values in _modules(source):
        fields = dict(reversed(values))
        path = fields.get(_FIRST, "")
        file = (places.parts(path) or [""])[-1]
        label = fields.get("name") or file
        if not label:
            source.lose(f"line {number}", "a module without a name")
            continue
        source.tally["modules"] += 1
        yield shelf.installed(f"line {number}", label, fields.get("version", ""), _observables(path, file, values))


def _modules(source: Input) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Yield (number of the first line, fields and values in order) for each module."""
    first, values = 0, list[tuple[str, str]]()
    for number, line in source.lines():
        name, colon, value = line[:FIELD].partition(":")
        name, value = name.strip(), value.strip()
        if name == _FIRST and colon:
            if values:
                yield first, values
            first, values = number, []
        if first and name in _WANTED and value and len(values) < _MOST_VALUES:
            values.append((name, value))
    if values:
        yield first, values


def _observables(path: str, file: str, values: list[tuple[str, str]]) -> Iterator[Observable]:
    """Yield every value of a module that can betray its maker; built-in ones have no file."""
    if "/" in path:
        yield Observable(Kind.DRIVER, file)
        yield Observable(Kind.PATH, path)
    for name, value in values:
        if name == "name":
            yield Observable(Kind.NAME, value)
        elif name == "author":
            yield from made_by(value)
        elif name == "signer":
            yield Observable(Kind.SIGNER, value)
        elif name == "description":
            yield from components.prose(value)
