# SPDX-License-Identifier: Apache-2.0
"""Matching alone: the same observations row by row and in columns, with the same hits."""

from __future__ import annotations

import random
import sys
import time
from typing import TYPE_CHECKING

from bench.measure import BrokenError, Options, alternate, child, environment, table, title
from debar import pipeline
from debar.match.compile import compile_index
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.register.load import load

if TYPE_CHECKING:
    from debar.match.compile import Index

ROUNDS = 3
SIZES = (10_000, 100_000, 1_000_000)
DISTINCT = 50_000
"""Different components; machines of one organisation have much in common."""
ENGINES = ("inline", "duckdb")
LIBRARIES = "import duckdb, hyperscan, pyarrow, pyarrow.compute"


def run(options: Options) -> None:
    """Measure both engines at each size, and what loading the libraries costs before the first row."""
    rounds = options.rounds or ROUNDS
    env = environment()
    loading = alternate(
        rounds + 2,
        {
            "bare interpreter": lambda: child([sys.executable, "-c", "pass"], env).wall,
            "with the libraries": lambda: child([sys.executable, "-c", LIBRARIES], env).wall,
        },
    )
    register = load()
    index = compile_index(register.indicators, register.parties.values())
    title("engines", f"seconds of matching, {DISTINCT:,} different components at most", rounds)
    table("seconds, loading", loading)
    extra = min(loading["with the libraries"]) - min(loading["bare interpreter"])
    pays = 0
    for size in SIZES:
        rows = observations(size)
        counts: dict[str, list[tuple[str, int]]] = {}
        figures = alternate(
            rounds,
            {engine: lambda engine=engine: _matched(rows, index, engine, counts) for engine in ENGINES},  # type: ignore[misc]  # noqa: B023
        )
        if counts["inline"] != counts["duckdb"]:
            raise BrokenError(f"the engines differ at {size:,} observations")
        table(f"{size:,} rows, {len(counts['inline']):,} hits", figures)
        if not pays and min(figures["duckdb"]) + extra < min(figures["inline"]):
            pays = size
    print("  both engines gave the same hits at every size")
    print(
        f"  columns pay, loading included, from {pays:,} observations" if pays else "  columns pay at none of the sizes"
    )


def observations(count: int) -> list[Observation]:
    """Give rows as inventories and SBOMs hold them: one in a thousand is of a party in the register."""
    chance = random.Random(11)
    made = [_observables(number) for number in range(min(count, DISTINCT))]
    return [
        Observation(
            source="src-bench",
            locator=f"/components/{number}",
            asset=f"host-{number % 997}",
            label="",
            medium=Medium.SBOM,
            meaning=Meaning.COMPONENT,
            observables=made[chance.randrange(len(made))],
        )
        for number in range(count)
    ]


def _observables(number: int) -> tuple[Observable, ...]:
    if number % 1000 == 0:
        return (
            Observable(Kind.NAME, f"Kaspersky Endpoint Security {number % 13}"),
            Observable(Kind.PUBLISHER, "AO Kaspersky Lab"),
        )
    return (
        Observable(Kind.NAME, f"component-{number}"),
        Observable(Kind.PURL, f"pkg:npm/%40scope{number % 300}/component-{number}@1.{number % 7}"),
        Observable(Kind.PUBLISHER, f"Maintainer {number % 4000}"),
        Observable(Kind.REFERENCE_DOMAIN, f"host{number % 900}.example"),
        Observable(Kind.PATH, f"/usr/lib/component-{number}/package.json"),
    )


def _matched(rows: list[Observation], index: Index, engine: str, counts: dict[str, list[tuple[str, int]]]) -> float:
    began = time.perf_counter()
    hits = [(hit.observation.locator, hit.indicator) for hit in pipeline.run(rows, index, engine)]
    spent = time.perf_counter() - began
    counts[engine] = hits
    return spent
