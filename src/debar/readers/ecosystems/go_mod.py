# SPDX-License-Identifier: Apache-2.0
"""go.mod: which modules a Go module requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers.binary import go_modules
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_BLOCKS = frozenset({"require", "replace", "exclude", "retract", "tool", "godebug", "ignore"})


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each module that is required, or that takes the place of one."""
    listing = dependencies.Listing(source, source.asset)
    for number, verb, words in _statements(source):
        if verb == "module":
            listing = dependencies.Listing(source, words[0])
        elif verb == "require":
            source.tally["packages"] += 1
            version = words[1] if len(words) > 1 else ""
            yield listing.package(f"line {number}", words[0], version, go_modules.observables(words[0]))
        elif verb == "replace" and "=>" in words:
            target = words[words.index("=>") + 1 :]
            if not target or target[0].startswith((".", "/", "\\")):
                source.tally["local packages"] += 1
                continue
            source.tally["packages"] += 1
            found = go_modules.observables(target[0]) + go_modules.observables(words[0])
            version = target[1] if len(target) > 1 else ""
            yield listing.package(f"line {number}", target[0], version, found)
        else:
            source.tally["other statements"] += 1


def _statements(source: Input) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (line, verb, words), with blocks taken apart."""
    block = ""
    for number, line in source.lines():
        words = [word.strip('"`') for word in line[: dependencies.LONGEST].partition("//")[0].split()]
        if not words:
            continue
        if block:
            if words[0] == ")":
                block = ""
            else:
                yield number, block, words
        elif words[0] in _BLOCKS and words[1:] == ["("]:
            block = words[0]
        elif len(words) > 1:
            yield number, words[0], words[1:]
        else:
            source.lose(f"line {number}", "not a statement")
