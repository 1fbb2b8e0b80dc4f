# SPDX-License-Identifier: Apache-2.0
"""Running programs as ps lists them: procps, BSD, macOS, Solaris, AIX and busybox, with whatever columns."""

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

PROGRAMS = 1 << 16
"""Different programs of one list that are told apart."""
_COMMANDS = frozenset({"COMMAND", "CMD", "ARGS", "COMM"})
_MONTH = re.compile(r"[A-Z][a-z]{2}")
_MAC = ("/Applications/", "/Library/", "/System/", "/Users/")
"""Where programs of macOS lie: folders there have blanks in their names."""
_MAC_END = re.compile(r" (?=-|/|[a-z]+=)")
_INTERPRETERS = re.compile(r"(?:python|perl|ruby|node|bash|sh|dash|ksh|php)[\d.]*")


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each different program that runs; threads of the kernel are counted only."""
    names: list[str] = []
    at = 0
    seen: set[str] = set()
    for number, line in source.lines():
        words = line.split()
        if "PID" in words and _COMMANDS.intersection(words):
            names, at = words, next(number for number, name in enumerate(words) if name in _COMMANDS)
            continue
        command = _command(names, at, words, line) if names and words else ""
        if not command:
            continue
        source.tally["processes"] += 1
        if command.startswith("[") and command.endswith("]"):
            source.tally["threads of the kernel"] += 1
            continue
        found = list(_programs(command))
        mark = "\n".join(o.value for o in found)
        if mark not in seen and len(seen) < PROGRAMS:
            seen.add(mark)
            yield from listings.observation(
                source, "", Thing(f"line {number}", found[0].value, found, meaning=Meaning.RUNNING)
            )


def _command(names: list[str], at: int, words: list[str], line: str) -> str:
    """Give what stands in the last column; dates of Solaris and AIX have a blank inside."""
    if at < len(names) - 1:  # other columns follow: the command is one word
        return words[at] if len(words) > at else ""
    if "STIME" in names and len(words) > at and _MONTH.fullmatch(words[names.index("STIME")]):
        at += 1
    if len(words) <= at:
        return ""
    return line.split(None, at)[at].strip()[: listings.VALUE]


def _programs(command: str) -> Iterator[Observable]:
    """Yield the program's name and path, and the script that an interpreter runs."""
    words = [_MAC_END.split(command, maxsplit=1)[0]] if command.startswith(_MAC) else command.split(None, 2)
    path = words[0].rstrip(":")  # servers write "sshd: what they do" in place of their command
    name = listings.base(path).removeprefix("-")
    yield Observable(Kind.PROCESS, name or path)
    if path.startswith("/"):
        yield Observable(Kind.PATH, path)
    if _INTERPRETERS.fullmatch(name) and len(words) > 1 and words[1].startswith("/"):
        yield Observable(Kind.PROCESS, listings.base(words[1]))
        yield Observable(Kind.PATH, words[1])
