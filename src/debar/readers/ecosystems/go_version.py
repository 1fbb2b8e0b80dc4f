# SPDX-License-Identifier: Apache-2.0
"""What "go version -m" prints of programs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab import Meaning, Medium
from debar.readers import places
from debar.readers.binary import go_modules
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_PROGRAM = re.compile(r"(\S.*): (?:go|devel)\S*")
"""Path of the program: version of the compiler; what follows is indented."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each module of each program; the main module is installed, the others are parts."""
    program, lines = "", list[tuple[int, str]]()
    for number, line in source.lines():
        if line and not line[0].isspace():
            yield from _modules(source, program, lines)
            found = _PROGRAM.match(line[: dependencies.LONGEST])
            program, lines = places.parts(found[1])[-1] if found else "", []
        elif len(lines) < go_modules.MODULES:
            lines.append((number, line))
    yield from _modules(source, program, lines)


def _modules(source: Input, program: str, lines: list[tuple[int, str]]) -> Iterator[Observation]:
    installed = dependencies.Listing(source, source.asset, Medium.FILES, Meaning.INSTALLED)
    part = installed._replace(meaning=Meaning.COMPONENT)
    for module in go_modules.parsed(lines):
        source.tally["packages"] += 1
        listing = installed if module.is_main else part
        label = f"{program}: {module.name}" if program and not module.is_main else module.name
        yield listing.package(f"line {module.number}", label, module.version, module.observables)
