# SPDX-License-Identifier: Apache-2.0
"""Services and kernel modules that Unix systems list: systemctl, service --status-all, chkconfig, lsmod."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import listings
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_UNIT = re.compile(
    r"[^\w-]*(\S+\.(?:service|socket|timer|path|target|mount|automount|swap|device|slice|scope))\s+(\S+)(?:\s+(\S+)(?:\s+(\S+)\s+(.+))?)?"
)
_AT_WORK = ("active", "running")
"""ACTIVE and SUB of a unit whose program runs; what is active and exited did its work once."""
_STATUS = re.compile(r"\s*\[ ([-+?]) \]\s+(\S+)")
_LEVELS = re.compile(r"(\S+)\s+0:(?:on|off)\s.*")
_MODULE = re.compile(r"(\w[\w-]*)\s+\d+\s+-?\d+(?:\s.*)?")
_KINDS_OF_UNITS = (".service", ".socket", ".timer", ".path")
"""Units that programs bring; mounts, devices and targets say nothing of makers."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each service or module."""
    is_modules = False
    for number, line in source.lines():
        if line.startswith("Module ") and "Size" in line:
            is_modules = True
            continue
        thing = _module(number, line) if is_modules else _service(number, line)
        if thing is None:
            source.tally["other lines"] += bool(line.strip())
            continue
        source.tally["modules" if is_modules else "services"] += 1
        yield from listings.observation(source, "", thing)


def _module(number: int, line: str) -> Thing | None:
    found = _MODULE.fullmatch(line.rstrip())
    if not found:
        return None
    return Thing(f"line {number}", found[1], [Observable(Kind.DRIVER, found[1])], meaning=Meaning.RUNNING)


def _service(number: int, line: str) -> Thing | None:
    if found := _UNIT.fullmatch(line.rstrip()):
        name, state, description = found[1], found[2], found[5] or ""
        if not name.endswith(_KINDS_OF_UNITS):
            return None
        # What another unit asks for, and what is masked, need not be there.
        is_absent = state in {"not-found", "masked", "bad-setting"}
        meaning = Meaning.RUNNING if (found[3], found[4]) == _AT_WORK else Meaning.INSTALLED
        meaning = Meaning.RESIDUE if is_absent else meaning
        observables = [Observable(Kind.SERVICE, name), *listings.told(Kind.TEXT, description)]
        return Thing(f"line {number}", name, observables, meaning=meaning)
    found = _STATUS.fullmatch(line.rstrip()) or _LEVELS.fullmatch(line.rstrip())
    if not found:
        return None
    name = found[found.re.groups]
    meaning = Meaning.RUNNING if found[1] == "+" else Meaning.INSTALLED
    return Thing(f"line {number}", name, [Observable(Kind.SERVICE, name)], meaning=meaning)
