# SPDX-License-Identifier: Apache-2.0
"""What snapd says of a program: meta/snap.yaml inside it, and `snap info`.

Both are YAML of which the outermost fields are read line by line: what snap prints is not always sound YAML.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components
from debar.readers.databases.installations import FIELD, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_MOST_FIELDS = 256
_STARS = "*\u2713\u2714\u2705\u272a\u2b50\ufe0f"
"""Marks of publishers that the store has checked."""
_ADDRESSES = ("contact", "website", "links", "source-code", "issues", "donation")
_NOTHING = frozenset({"", "-", "--", "\u2013", "unset", "null", "~"})


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each program that is installed, in file order."""
    shelf = Shelf(source)
    for number, fields in _documents(source):
        if not (name := fields.get("name", "")):
            source.lose(f"line {number}", "a snap without a name")
        elif "snap-id" in fields and "installed" not in fields:
            # the store's answer for what is not on the machine
            source.tally["packages not installed"] += 1
        else:
            source.tally["packages"] += 1
            version = fields.get("installed", "").split(" ")[0] or fields.get("version", "")
            yield shelf.installed(f"line {number}", name, version, _observables(name, fields))


def _documents(source: Input) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the first line, outermost fields) for each document; what is indented continues a field."""
    first, fields, current = 0, dict[str, str](), ""
    for number, line in source.lines():
        if line.startswith("---"):
            if fields:
                yield first, fields
            first, fields, current = 0, {}, ""
        elif line[:1] in {" ", "\t", "-"} and current:
            if len(fields[current]) < FIELD:
                fields[current] = f"{fields[current]}\n{_plain(line[:FIELD])}".strip()
        elif ":" in line and line[:1] != "#" and len(fields) < _MOST_FIELDS:
            current, _, value = line[:FIELD].partition(":")
            first = first or number
            fields[current] = _plain(value).removeprefix("|").removeprefix(">")
    if fields:
        yield first, fields


def _plain(value: str) -> str:
    """Give a scalar without blanks and quotation marks."""
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _observables(name: str, fields: dict[str, str]) -> Iterator[Observable]:
    """Yield every value of a snap that can betray its maker."""
    yield Observable(Kind.PACKAGE, name)
    if (title := fields.get("title", "")) not in _NOTHING:
        yield Observable(Kind.NAME, title)
    # "Name (account)", or either alone
    for publisher in fields.get("publisher", "").rstrip(_STARS + ")").split(" ("):
        if (maker := publisher.rstrip(_STARS)) not in _NOTHING:
            yield from components.maker(maker)
    for field in _ADDRESSES:
        for address in fields.get(field, "").split():
            yield from components.contact(address.removeprefix("mailto:")) if "://" not in address else ()
            yield from components.reference(address)
    yield from components.prose(*(fields[field] for field in ("summary", "description") if field in fields))
