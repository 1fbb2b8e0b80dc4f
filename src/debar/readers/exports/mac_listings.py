# SPDX-License-Identifier: Apache-2.0
"""Lists that tools of macOS print: pkgutil --pkgs, kextstat, systemextensionsctl list, launchctl list, codesign -dvv."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import listings
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_RECEIPT = re.compile(r"[A-Za-z0-9][\w-]*(?:\.[\w-]+)+")
_KERNEL = re.compile(r"\s*\d+\s+\d+\s+0x\S+\s+0x\S+\s+0x\S+\s+(\S+) \(([^)]*)\).*")
_EXTENSION = re.compile(r"(\*?)\t(\*?)\t([A-Z0-9]{10}|-?)\t(\S+) \(([^)]*)\)\t([^\t]*)\t\[([^\]]*)\]\s*")
_JOB = re.compile(r"(-|\d+)\t(-?\d+)\t(\S.*)")
_SIGNED = {
    "Executable": Kind.PATH,
    "Identifier": Kind.BUNDLE,
    "Authority": Kind.SIGNER,
    "TeamIdentifier": Kind.TEAM_ID,
}
"""Fields of codesign; of its authorities the first is the signer's own certificate."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each receipt, kernel or system extension, job or signed program."""
    find: Callable[[str], Thing | None] | None = None
    signed: dict[str, str] = {}
    first = 0
    for number, line in source.lines():
        name, equals, value = line.partition("=")
        if equals and name in _SIGNED:
            if name == "Executable" and signed:
                yield from _observed(source, first, _signed(signed))
                signed = {}
            first = first if signed else number
            signed.setdefault(name, value.strip())
            continue
        find = find or next((finder for finder in _FINDERS if finder(line)), None)
        if not signed and find and (thing := find(line)):
            yield from _observed(source, number, thing)
    if signed:
        yield from _observed(source, first, _signed(signed))


def _observed(source: Input, number: int, thing: Thing) -> Iterator[Observation]:
    source.tally["things"] += 1
    yield from listings.observation(source, "", thing._replace(locator=f"line {number}"))


def _signed(fields: dict[str, str]) -> Thing:
    found = [
        o
        for name, kind in _SIGNED.items()
        if (value := fields.get(name, "")) and value != "not set"
        for o in ([Observable(kind, value)] if kind is Kind.PATH else listings.told(kind, value))
    ]
    return Thing("", fields.get("Identifier", ""), found)


def _receipt(line: str) -> Thing | None:
    name = line.strip()
    return Thing("", name, [Observable(Kind.BUNDLE, name)]) if _RECEIPT.fullmatch(name) else None


def _kernel(line: str) -> Thing | None:
    found = _KERNEL.fullmatch(line)
    return Thing("", found[1], [Observable(Kind.BUNDLE, found[1])], found[2], Meaning.RUNNING) if found else None


def _extension(line: str) -> Thing | None:
    found = _EXTENSION.fullmatch(line)
    if not found:
        return None
    observables = [
        Observable(Kind.BUNDLE, found[4]),
        *listings.told(Kind.NAME, found[6]),
        *listings.told(Kind.TEAM_ID, found[3]),
    ]
    meaning = Meaning.RESIDUE if "uninstall" in found[7] or "terminated" in found[7] else Meaning.INSTALLED
    return Thing("", found[6] or found[4], observables, found[5].partition("/")[0], meaning)


def _job(line: str) -> Thing | None:
    found = _JOB.fullmatch(line.rstrip())
    if not found:
        return None
    # launchd knows jobs by the hundred that it starts when they are needed; those at work have a process.
    meaning = Meaning.INSTALLED if found[1] == "-" else Meaning.RUNNING
    return Thing("", found[3], [Observable(Kind.BUNDLE, found[3])], meaning=meaning)


_FINDERS = (_kernel, _extension, _job, _receipt)
