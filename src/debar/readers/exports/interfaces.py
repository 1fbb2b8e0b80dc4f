# SPDX-License-Identifier: Apache-2.0
"""The machine's own addresses as ip, ifconfig and ipconfig list them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar import text as texts
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import listings, machines
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

INTERFACES = 1 << 12
"""Interfaces whose addresses are kept."""
_OPENS = re.compile(r"(?:\d+: )?([^\s:@]+(?::\d+)?)(?:@\S+)?(?::|\s)")
_HARDWARE = re.compile(
    r"(?:link/ether|ether|HWaddr|lladdr|address:)\s+([0-9A-Fa-f]{1,2}(?:[:-][0-9A-Fa-f]{1,2}){5})(?![:-])"
)
_ADDRESS = re.compile(r"\binet6?\s+(?:addr:\s*)?([0-9A-Fa-f.:]+)")
_DOTTED = re.compile(r"\s+(.*?\S)[ .]*: (.*)")
_PHYSICAL = re.compile(r"[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}")
_OWN = re.compile(
    r"ipv[46](?!.*(?:dhcp|gateway))|^ip ?address|^adresse ip|^ip-adresse|^direcci.n ip|^ip-адрес", re.IGNORECASE
)
_DESCRIPTIONS = frozenset({"description", "beschreibung", "descripción", "descrizione", "descrição", "описание"})


def read(source: Input) -> Iterator[Observation]:
    """Yield the machine with its names and addresses; on Windows also each adapter."""
    host = ""
    known: dict[Observable, int] = {}
    adapters: list[Thing] = []
    interface, is_windows = "", False
    for number, line in source.lines():
        if line[:1].strip():
            interface = opened[1] if (opened := _OPENS.match(line)) else ""
            source.tally["interfaces"] += bool(interface) and not is_windows
            is_windows = is_windows or "Windows" in line
        if len(known) >= INTERFACES:
            continue
        if is_windows and (field := _DOTTED.fullmatch(line.rstrip())):
            name, value = field[1].rstrip(" ."), field[2].strip()
            # Whatever the language, the machine's name is the first that is told.
            if not host and not known and not adapters:
                host = value
                known[Observable(Kind.HOSTNAME, host)] = number
            elif texts.header(name) in _DESCRIPTIONS:
                adapters.append(
                    Thing(f"line {number}", value, [Observable(Kind.NAME, value)], meaning=Meaning.HARDWARE)
                )
            for observable in _of_windows(name, value):
                known.setdefault(observable, number)
        elif not is_windows and not machines.is_internal(interface):
            for observable in _of_unix(line):
                known.setdefault(observable, number)
    for thing in adapters:
        yield from listings.observation(source, host, thing)
    if known:
        yield from listings.machine(source, f"line {next(iter(known.values()))}", host, known)


def _of_windows(name: str, value: str) -> Iterator[Observable]:
    if _PHYSICAL.fullmatch(value):
        yield from listings.told(Kind.MAC, value)
    elif _OWN.search(name):
        yield from listings.told(Kind.ADDRESS, value.partition("(")[0])


def _of_unix(line: str) -> Iterator[Observable]:
    for found in _HARDWARE.findall(line):
        yield from listings.told(Kind.MAC, found)
    for found in _ADDRESS.findall(line):
        yield from listings.told(Kind.ADDRESS, found)
