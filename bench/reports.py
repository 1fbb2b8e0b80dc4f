# SPDX-License-Identifier: Apache-2.0
"""Every form of a report over a hundred thousand exposures: time and memory of writing it, and of a browser that opens it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import ROOT, BrokenError, Options, environment, goal, table, title
from debar.writers import WRITERS

ROUNDS = 1
EXPOSURES = 100_000
LEFT_OUT = ("template",)
"""What it costs is up to the template."""
_CHILD = """\
import gc, json, resource, sys, time
from bench.made import large_report
from debar.cli import COLLECTED
from debar.writers import Style, is_binary, load
gc.set_threshold(*COLLECTED)  # as the command line does
form, file, count = sys.argv[1:]
report = large_report(int(count))
made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
began = time.perf_counter(), time.process_time()
with open(file, "wb") if is_binary(form) else open(file, "w", encoding="utf-8", newline="\\n") as out:
    load(form).write_report(report, out, Style())
wall, cpu = time.perf_counter() - began[0], time.process_time() - began[1]
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({"wall": wall, "cpu": cpu, "made": made * unit / 1e6, "peak": peak * unit / 1e6}))
"""


def run(options: Options) -> None:
    """Write the report in each form, in a process of its own, and open the page in a browser where there is one."""
    rounds = options.rounds or ROUNDS
    forms = [writer.name for writer in WRITERS if writer.name not in LEFT_OUT]
    title("reports", f"a report over {EXPOSURES:,} exposures in each of its forms", rounds)
    found: dict[str, list[dict[str, float]]] = {form: [] for form in forms}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for form in forms:
                found[form].append(_written(form, Path(folder, f"report.{form}")))
        table("seconds", {form: [one["wall"] for one in many] for form, many in found.items()})
        table("seconds of CPU", {form: [one["cpu"] for one in many] for form, many in found.items()})
        table("peak memory, MB", {form: [one["peak"] for one in many] for form, many in found.items()})
        table("of it the report", {"report": [one["made"] for many in found.values() for one in many]})
        table("size, MB", {form: [Path(folder, f"report.{form}").stat().st_size / 1e6] for form in forms})
        for form, many in found.items():
            goal(f"seconds, {form},", max(one["wall"] for one in many), at_most=10)
            goal(f"peak memory in MB, {form},", max(one["peak"] for one in many), at_most=500)
        _browse(Path(folder, "report.html"))


def _written(form: str, file: Path) -> dict[str, float]:
    command = [sys.executable, "-c", _CHILD, form, str(file), str(EXPOSURES)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, check=False, text=True)
    if done.returncode:
        raise BrokenError(f"writing {form} failed: {done.stderr.strip().splitlines()[-1]}")
    cost: dict[str, float] = json.loads(done.stdout)
    return cost


def _browse(file: Path) -> None:
    """Print how long a browser takes to open the page, to search it, and to draw where one scrolls to."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    modules = ROOT / ".venv" / "node" / "node_modules"
    if not (chromium and shutil.which("node") and (modules / "puppeteer-core").is_dir()):
        print("  left out: opening the page; Chromium, Node.js or its modules are not installed (make tools)")
        return
    script = ROOT / "tests" / "writers" / "browser.cjs"
    env = {**os.environ, "NODE_PATH": str(modules)}
    done = subprocess.run(["node", str(script), chromium, str(file)], env=env, capture_output=True, check=True)
    met = json.loads(done.stdout)
    told = {"open": "opened", "search": "searched", "draw after scrolling": "scrolled"}
    table("milliseconds in Chromium", {name: [met[key]] for name, key in told.items()})
