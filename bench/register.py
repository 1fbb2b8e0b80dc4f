# SPDX-License-Identifier: Apache-2.0
"""The register: from its compiled form, from its files, and with every rule of the check."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bench.measure import BrokenError, Options, alternate, goal, ratio, table, title
from debar.register import check
from debar.register.dump import dump
from debar.register.load import load, read
from debar.release import register_directory

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 9
COMPILED = 60.0
"""Milliseconds that loading the compiled register may take: it is part of every scan."""


def run(options: Options) -> None:
    """Measure and print: milliseconds of CPU of each way to the register."""
    rounds = options.rounds or ROUNDS
    directory, today = register_directory(), datetime.now(UTC).date()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        register = load()
        if load() != register:
            raise BrokenError("the compiled form is not the register")
        figures = alternate(
            rounds,
            {
                "compiled form": lambda: _cost(load),
                "YAML files": lambda: _cost(lambda: read(directory)),
                "YAML files and every rule": lambda: _cost(lambda: check.faults(directory, today)),
                "measures to YAML text": lambda: _cost(lambda: [dump(m) for m in register.measures.values()]),
            },
        )
    files = sum(1 for _ in directory.rglob("*.yaml"))
    counts = f"{len(register.measures)} measures, {len(register.documents)} documents, {files} files in all"
    title("register", f"{counts}; worked cases are left out", rounds)
    table("milliseconds of CPU", figures)
    print(f"  the files take {ratio(figures['YAML files'], figures['compiled form']):.0f} times the compiled form")
    goal("milliseconds of the compiled form", statistics.median(figures["compiled form"]), at_most=COMPILED)


def _cost(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000
