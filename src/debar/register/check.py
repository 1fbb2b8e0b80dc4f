# SPDX-License-Identifier: Apache-2.0
"""Whether a register holds together; every fault is found, with its file, before anything is said.

1. shape      every file is exactly its struct (load.read)
2. names      ids have the form of ids, stand once, every reference resolves      (names)
3. sources    every provision is cited, every quote stands in the stored text     (sources)
4. grades     no fact is graded better than its best source                       (sources)
5. dates      they are dates, times have a zone, intervals are in order, no date comes before the
              act of the authority, no act is both forbidden and allowed           (measures)
6. indicators patterns compile, levels follow grades                              (parties)
7. freshness  a review that is long overdue                                       (measures)
8. cases      examples of indicators and worked cases need the matching and the procedure:
              `pipeline.check` adds them
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from debar.register import load
from debar.register.checks import names, sources
from debar.register.checks.measures import measure_faults
from debar.register.checks.parties import calendar_faults, indicator_faults, party_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from debar.register import Register


def faults(directory: Path, today: date, added: Sequence[Path] = ()) -> tuple[Register, list[str]]:
    """Give the register and each fault of it as "file:line: what"; `today` decides what is overdue."""
    register, found = load.read(directory, added)
    every = (directory, *added)
    texts = sources.texts(every, register)
    found += chain(
        names.authorities(register),
        names.forms(register),
        sources.documents(register, texts),
        _of_measures(every, register, texts, today),
        _of_parties(every, register, texts),
        _of_indicators(every, register),
    )
    return register, found


def _of_measures(directories: Sequence[Path], register: Register, texts: dict[str, str], today: date) -> Iterator[str]:
    for measure in register.measures.values():
        place = Place(directories, "measures", measure.id)
        yield from (place.fault(needle, fault) for needle, fault in measure_faults(measure, register, texts, today))


def _of_parties(directories: Sequence[Path], register: Register, texts: dict[str, str]) -> Iterator[str]:
    for party in register.parties.values():
        place = Place(directories, "parties", party.id)
        yield from (place.fault(needle, fault) for needle, fault in party_faults(party, register, texts))
    for calendar in register.calendars.values():
        place = Place(directories, "calendars", calendar.id)
        yield from (place.fault("", fault) for fault in calendar_faults(calendar, register, texts))


def _of_indicators(directories: Sequence[Path], register: Register) -> Iterator[str]:
    for file in (file for one in directories for file in sorted((one / "indicators").rglob("*.yaml"))):
        place = Place(directories, "indicators", file.stem)
        for indicator in (i for i in register.indicators if place.has(f"id: {i.id}")):
            yield from (place.fault(f"id: {indicator.id}", fault) for fault in indicator_faults(indicator, register))


class Place:
    """A file of the register, in which a fault is to be given its line."""

    def __init__(self, directories: Sequence[Path], part: str, stem: str) -> None:
        """Take the file of a part by its stem, in the first directory that has it."""
        found = ((one, file) for one in directories for file in sorted((one / part).rglob(f"{stem}.yaml")))
        directory, file = next(found, (directories[0], None))
        self.lines = file.read_text(encoding="utf-8").splitlines() if file else []
        self.name = f"{directory.name}/{file.relative_to(directory).as_posix()}" if file else f"{directory.name}/{part}"

    def has(self, needle: str) -> bool:
        """Tell whether a line ends with the needle."""
        return any(line.rstrip().endswith(needle) for line in self.lines)

    def fault(self, needle: str, message: str) -> str:
        """Give "file:line: message" for the first line that ends with the needle."""
        ends = (needle, f'"{needle.removeprefix("id: ")}"')
        line = next((n for n, text in enumerate(self.lines, 1) if needle and text.rstrip().endswith(ends)), 1)
        return f"{self.name}:{line}: {message}"
