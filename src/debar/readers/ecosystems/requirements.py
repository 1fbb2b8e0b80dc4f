# SPDX-License-Identifier: Apache-2.0
"""Requirements and constraints of pip, and what "pip freeze" prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers import components
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_REQUIREMENT = re.compile(r"([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(@|[=<>!~]|;|\(|$)", re.ASCII)
_PINNED = re.compile(r"={2,3}\s*([\w.!+*-]+)", re.ASCII)
_EGG = re.compile(r"[#&]egg=([A-Za-z0-9][\w.-]*)", re.ASCII)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_OPTION = re.compile(r"(--?[a-z-]+)(?:\s*=\s*|\s+|$)(.*)")
_INDEXES = frozenset({"-i", "--index-url", "--extra-index-url", "-f", "--find-links"})
_EDITABLE = frozenset({"-e", "--editable"})


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each requirement, and for each index that is not the usual one."""
    listing = dependencies.Listing(source, source.asset)
    for number, line in _joined(source):
        locator = f"line {number}"
        address, option = line, _OPTION.match(line)
        if option:
            if option[1] in _INDEXES and (found := dependencies.origin(option[2])):
                yield listing.package(locator, option[2][: dependencies.LONGEST], "", found)
            if option[1] not in _EDITABLE:
                source.tally["options"] += 1
                continue
            address = option[2]
        source.tally["packages"] += 1
        name, version, more = _requirement(address)
        if name:
            yield listing.package(locator, name, version, [*dependencies.python(name), *more])
        elif more:
            yield listing.package(locator, address, "", more)
        elif option or address.startswith((".", "/")):
            source.tally["local packages"] += 1
        else:
            source.lose(locator, "not a requirement")


def _joined(source: Input) -> Iterator[tuple[int, str]]:
    """Yield (number of the first line, requirement) without comments; a backslash at the end goes on in the next line."""
    first, held = 0, ""
    for number, line in source.lines():
        text = line.rstrip() if held else _COMMENT.sub("", line).rstrip()
        first = first or number
        if text.endswith("\\") and len(held) < dependencies.LONGEST:
            held += text[:-1] + " "
            continue
        if whole := _COMMENT.sub("", held + text).strip():
            yield first, whole[: dependencies.LONGEST]
        first, held = 0, ""
    if held.strip():
        yield first, held.strip()


def _requirement(text: str) -> tuple[str, str, list[Observable]]:
    """Give name, pinned version and origin; the name is empty when only an address is given."""
    found = _REQUIREMENT.match(text)
    if found is None:
        egg = _EGG.search(text)
        return egg[1] if egg else "", "", components.reference(text.removeprefix("git+"))
    if found[2] == "@":
        return found[1], "", dependencies.origin(text[found.end() :].strip())
    pinned = _PINNED.search(text.partition(";")[0])
    return found[1], pinned[1] if pinned else "", []
