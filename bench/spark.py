# SPDX-License-Identifier: Apache-2.0
"""Scans with Spark against scans in this process: a log in splits, a file of columns in splits, and the rows of a table.

`python -m bench spark --size MB` needs `debar[spark]` and Java. The session is open and warm before anything is
measured; how long that took is printed. Reports must be the same to the byte, and a table must tell what its file does.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from bench.columnar import FULL, LOG, ROWS
from bench.logs import machine, timed
from bench.logs.figures import Figures
from bench.measure import ROOT, BrokenError, Options, alternate, ratio, table, title
from debar import pipeline
from debar.cluster import afar
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.register.load import load

if TYPE_CHECKING:
    from debar.model.results import Report
    from debar.register import Register

ROUNDS = 5
MASTER = "DEBAR_SPARK"
"""Variable with the master to use; local[N] for N processors without it."""
FEW = 64
"""Lines of the log with which a session is opened and warmed."""


def run(options: Options) -> None:
    """Measure the log, then the file of columns, in splits and as a table, with one session."""
    if importlib.util.find_spec("pyspark") is None or not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        print("spark: not measured: pyspark or Java is not installed; pip install 'debar[spark]'")
        return
    rounds, figures = options.rounds or ROUNDS, Figures()
    master = os.environ.get(MASTER) or f"local[{os.cpu_count() or 1}]"
    print("\n".join(machine.described()))
    with tempfile.TemporaryDirectory() as folder:
        where = timed.place(Path(folder))
        os.environ["XDG_CACHE_HOME"] = where.env["XDG_CACHE_HOME"]
        timed.written(where, options.size, "indicators", "dns.json")
        register = load(added=(where.folder / "few",))
        began = time.perf_counter()
        with afar.opened(master) as cluster:
            log, small = where.folder / "dns.json", where.folder / "small.json"
            with log.open("rb") as lines:
                small.write_bytes(b"".join(next(lines) for _ in range(FEW)))
            scanned(register, str(small), cluster, least=0)
            print(f"  opening a session on {master} and its first scan: {time.perf_counter() - began:.1f} s")
            _splits(register, log, f"JSON lines, {log.stat().st_size / 1e6:,.0f} MB", cluster, rounds, figures)
            log.unlink()
            file, count = where.folder / LOG.name, ROWS * options.size // FULL
            command = [sys.executable, "-m", "bench.columnar", "write", str(file), str(count)]
            subprocess.run(command, cwd=ROOT, env=dict(where.env), stdout=subprocess.DEVNULL, check=True)
            _splits(register, file, f"Parquet, {count:,} rows", cluster, rounds, figures)
            _table(file, register, count, rounds, figures)
    figures.print()


def _splits(register: Register, file: Path, what: str, cluster: afar.Afar, rounds: int, figures: Figures) -> None:
    title("spark", f"{what}, in splits", rounds)
    if told(scanned(register, str(file), None)) != told(scanned(register, str(file), cluster)):
        raise BrokenError("the cluster reports something else")
    seconds = alternate(
        rounds,
        {
            "this process": partial(_seconds, register, str(file), None),
            "Spark, splits": partial(_seconds, register, str(file), cluster),
        },
    )
    table("seconds", seconds)
    figures.add(
        f"Spark, {what.partition(',')[0]} in splits, warm",
        "times this process",
        ratio(seconds["Spark, splits"], seconds["this process"]),
        at_most=1.5,
    )


def _table(file: Path, register: Register, count: int, rounds: int, figures: Figures) -> None:
    from pyspark.sql import SparkSession  # only where it is there

    session = SparkSession.getActiveSession()
    if session is None:
        raise BrokenError("the session was closed")
    session.read.parquet(str(file)).createOrReplaceTempView("log")
    title("spark", f"Parquet, {count:,} rows, as a table of Spark", rounds)
    with afar.opened("spark") as cluster:
        here, there = scanned(register, str(file), None), scanned(register, "spark-table:log", cluster)
        if [(e.id, e.first_seen, e.last_seen) for e in here.exposures] != [
            (e.id, e.first_seen, e.last_seen) for e in there.exposures
        ]:
            raise BrokenError("the table tells something else than its file")
        seconds = alternate(
            rounds,
            {
                "this process": partial(_seconds, register, str(file), None),
                "Spark, rows": partial(_seconds, register, "spark-table:log", cluster),
            },
        )
    table("seconds", seconds)
    figures.add(
        "Spark, rows, warm", "times this process", ratio(seconds["Spark, rows"], seconds["this process"]), at_most=6
    )


def scanned(register: Register, source: str, cluster: afar.Afar | None, least: int | None = None) -> Report:
    """Give the report of one scan."""
    settings = pipeline.Settings()
    if least is not None:
        settings = msgspec.structs.replace(settings, sifted_from=least)
    question = Question(organisation=organisation("us/company"), as_of=timed.DAY, known_on="")
    return pipeline.scan([source], register, question, settings, afar=cluster)


def told(report: Report) -> bytes:
    """Give a report as it is written."""
    return msgspec.json.encode(report)


def _seconds(register: Register, source: str, cluster: afar.Afar | None) -> float:
    began = time.perf_counter()
    scanned(register, source, cluster)
    return time.perf_counter() - began
