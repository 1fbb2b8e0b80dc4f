# SPDX-License-Identifier: Apache-2.0
"""The figures of screening names, printed, and what of them does not hold."""

from __future__ import annotations

import sys
from pathlib import Path

from debar.lists.registered import from_register
from debar.register import load
from quality.names import alerts, corpus, gate, peers, tables
from quality.names.measure import measure
from quality.names.systems import debar

REGISTER = Path(__file__).parents[2] / "register"


def show(
    folder: Path | None = None,
    *,
    with_peers: bool = False,
    brief: bool = False,
    misses: bool = False,
    accept: bool = False,
) -> list[str]:
    """Print the figures and give what does not hold; `accept` records them first."""
    names = corpus.read(folder)
    register = from_register(load.load(REGISTER))
    measured = [measure(debar(), names, register)]
    if with_peers:
        measured += (measure(peer, names, register) for peer in peers.installed())
    tables.write(measured, names, sys.stdout, brief=brief)
    for said in peers.missing() if with_peers else ():
        print(said)
    tables.alerts(measured[0], alerts.explained(), sys.stdout)
    if misses:
        tables.remarks(measured[0], sys.stdout)
    if accept:
        gate.record(measured[0].figures, names.name)
    return [*gate.faults(measured[0].figures, gate.floors().get(names.name, {})), *measured[0].stale]
