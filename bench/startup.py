# SPDX-License-Identifier: Apache-2.0
"""What it costs to call debar at all: CPU of the commands against an interpreter that does nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import Options, alternate, child, debar, environment, goal, ratio, table, title

ROUNDS = 21
BARE = "python -c pass"
GOALS = {"debar --help": 4.0, "debar version": 4.0, "debar scan small.json": 8.0}
COSTLIEST = 10
SMALL = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.5",
    "components": [
        {"type": "library", "group": "com.example", "name": "left", "version": "1.0", "purl": "pkg:npm/left@1.0"},
        {"type": "library", "name": "right", "version": "2.1", "purl": "pkg:pypi/right@2.1"},
    ],
}


def run(options: Options) -> None:
    """Measure, print, and with --why show the modules that cost most."""
    rounds = options.rounds or ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder, "small.json")
        small.write_text(json.dumps(SMALL), encoding="utf-8")
        commands = {
            BARE: [sys.executable, "-c", "pass"],
            "debar --help": [debar(), "--help"],
            "debar version": [debar(), "version"],
            "debar scan small.json": [debar(), "scan", str(small)],
            "debar explain kaspersky": [debar(), "explain", "kaspersky"],
        }
        env = environment(XDG_CACHE_HOME=folder)
        for command in commands.values():
            child(command, env)  # byte code and the compiled register are there from now on
        figures = alternate(
            rounds,
            {name: lambda command=command: child(command, env).cpu * 1000 for name, command in commands.items()},  # type: ignore[misc]
        )
        title("startup", "CPU of whole processes, compiled register warm", rounds)
        table("milliseconds of CPU", figures)
        print(f"  explain is {ratio(figures['debar explain kaspersky'], figures[BARE]):.1f} times {BARE}")
        for name, limit in GOALS.items():
            goal(f"{name} against {BARE}", ratio(figures[name], figures[BARE]), at_most=limit)
        if options.why:
            for name in ("debar --help", "debar scan small.json"):
                _why(name, commands[name], env)


def _why(name: str, command: list[str], env: dict[str, str]) -> None:
    """Print the modules that took most time of their own, and most with all they import."""
    done = subprocess.run([sys.executable, "-X", "importtime", *command], capture_output=True, env=env, check=True)
    rows = []
    for line in done.stderr.decode().splitlines():
        parts = line.removeprefix("import time:").split("|")
        if len(parts) == 3 and parts[0].strip().isdigit():
            rows.append((int(parts[0]), int(parts[1]), parts[2].strip()))
    print(f"  modules of {name} (milliseconds, timed with -X importtime)")
    print(f"  {'of its own':<42}with all it imports")
    own, whole = sorted(rows, reverse=True), sorted(rows, key=lambda row: -row[1])
    for left, right in zip(own[:COSTLIEST], whole[:COSTLIEST], strict=True):
        print(f"  {left[0] / 1000:>6.1f}  {left[2]:<34}{right[1] / 1000:>6.1f}  {right[2]}")
