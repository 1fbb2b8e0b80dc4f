# SPDX-License-Identifier: Apache-2.0
"""Matching at the speed of reading: an inventory of 20 million rows against every indicator."""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.measure import BrokenError, Options, alternate, goal, table, title
from debar.match import bulk
from debar.match.compile import compile_register
from debar.match.kept import load_index
from debar.match.kernel import meet
from debar.model.vocab import Kind
from debar.register.load import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.match.compile import Index

ROWS = 20_000_000
NAMES, PUBLISHERS = 200_000, 20_000
"""Different ones; how often each occurs falls with its rank, as in real inventories (Zipf)."""
GROUP = 1_000_000
"""Rows of a row group."""
ROUNDS = 1
FACTOR = 3.0
"""Times that reading and matching may take as long as only reading."""
LOADED = 100.0
"""Milliseconds that loading the compiled index may take."""
SAMPLE = 5_000
"""Rows whose answer is compared with asking each value."""
KINDS = {"name": Kind.NAME, "publisher": Kind.PUBLISHER}
_FIRST = """Adobe Microsoft Visual Google Oracle Intel Python Node Mozilla Dell Lenovo Update Realtek Citrix Cisco SAP Autodesk
JetBrains Zoom Slack Notepad VLC Apache Windows Security Endpoint Network Camera Driver Studio Office Professional"""
_SECOND = """Runtime Redistributable Client Server Tools Helper Agent Service Manager Viewer Reader Player Suite Plugin
Extension Framework SDK Driver Utility Console Security Update Package Language Pack"""
_MAKERS = (
    "{} Corporation",
    "{} Inc.",
    "{} GmbH",
    "{} Software Ltd",
    "The {} Project",
    "Фирма «{}»",
    "株式会社{}",
    "{} S.à r.l.",
)
_FOUND = (
    "Kaspersky Endpoint Security {}",
    "Hik-Connect {}",
    "TikTok {}",
    "Dahua SmartPSS {}",
    "Kaspersky Security Center {} Console",
)
_FOUND_MAKERS = ("AO Kaspersky Lab", "Hangzhou Hikvision Digital Technology Co., Ltd.", "Huawei Technologies Co., Ltd.")


class Inventory(NamedTuple):
    """A file to read, and how."""

    path: Path
    distinct: bool


def run(options: Options) -> None:
    """Measure and print: reading alone, reading and matching, and loading the index."""
    rounds = options.rounds or ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        register = load()
        _loading(lambda: load_index(register), lambda: compile_register(register))
        index = load_index(register)
        patterns = sum(len(indicator.patterns) for indicator in index.indicators)
        began = time.perf_counter()
        for kind in KINDS.values():
            bulk.kernel(index, kind, pa.array(["x"]))
        print(f"  automata of names and publishers, once for each register: {time.perf_counter() - began:.1f} s")
        title("matching", f"{ROWS:,} rows, {len(index.indicators):,} indicators, {patterns:,} patterns", rounds)
        for text, distinct in (
            (f"{NAMES:,} different names, {PUBLISHERS:,} publishers", False),
            ("every name different", True),
        ):
            print(f"  {text}")
            inventory = Inventory(Path(folder, "inventory.parquet"), distinct)
            _write(inventory)
            _measured(index, inventory, rounds)


def _loading(kept: Callable[[], Index], made: Callable[[], Index]) -> None:
    if kept() != kept():
        raise BrokenError("the kept index is not the one that was made")
    figures = alternate(9, {"index, kept": lambda: _milliseconds(kept), "index, made": lambda: _milliseconds(made)})
    title("matching", "the compiled index", 9)
    table("milliseconds", figures)
    goal("milliseconds of loading the index", statistics.median(figures["index, kept"]), at_most=LOADED)


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _measured(index: Index, inventory: Inventory, rounds: int) -> None:
    ways: dict[str, list[str]] = {"read and matched": []}
    if not inventory.distinct:
        ways["read as dictionaries and matched"] = list(KINDS)
    hits: dict[str, dict[str, pa.RecordBatch]] = {}

    def matched(way: str) -> float:
        began = time.perf_counter()
        columns = pq.read_table(inventory.path, columns=list(KINDS), read_dictionary=ways[way])
        hits[way] = {name: bulk.kernel(index, kind, columns.column(name)) for name, kind in KINDS.items()}
        return time.perf_counter() - began

    figures = alternate(
        rounds,
        {"only read": lambda: _read(inventory)} | {way: lambda way=way: matched(way) for way in ways},
    )
    first, *others = hits.values()
    if any(not first[name].equals(other[name]) for other in others for name in KINDS):
        raise BrokenError("columns held differently are answered differently")
    _checked(index, inventory, first)
    table("seconds", figures)
    for way in ways:
        spent = statistics.median(figures[way])
        print(f"  {way}: {ROWS / spent:,.0f} rows a second, {sum(h.num_rows for h in hits[way].values()):,} hits")
    factor = statistics.median(b / a for a, b in zip(figures["only read"], figures["read and matched"], strict=True))
    goal("times the time of only reading", factor, at_most=FACTOR)


def _read(inventory: Inventory) -> float:
    began = time.perf_counter()
    pq.read_table(inventory.path, columns=list(KINDS))
    return time.perf_counter() - began


def _checked(index: Index, inventory: Inventory, hits: dict[str, pa.RecordBatch]) -> None:
    """Compare with asking each value, for rows from everywhere and for rows that hit."""
    columns = pq.read_table(inventory.path, columns=list(KINDS))
    chance = random.Random(3)
    for name, kind in KINDS.items():
        found = hits[name].column("row")
        rows = {chance.randrange(ROWS) for _ in range(SAMPLE)}
        rows |= {found[chance.randrange(len(found))].as_py() for _ in range(SAMPLE // 10)} if len(found) else set()
        picked = pa.array(sorted(rows), pa.int64())
        near = hits[name].filter(pc.is_in(found, value_set=picked))
        told = list(zip(near.column("row").to_pylist(), near.column("indicator").to_pylist(), strict=True))
        values = columns.column(name).take(picked).to_pylist()
        asked = [(r, p) for r, value in zip(sorted(rows), values, strict=True) for p in meet(index.tables[kind], value)]
        if told != asked:
            raise BrokenError(f"the column of {name}s is not answered as its values")


def _write(inventory: Inventory) -> None:
    """Write the inventory, a row group at a time."""
    chance, words = random.Random(7), (_FIRST.split(), _SECOND.split())
    names = pa.array([_name(chance, words, n) for n in range(NAMES)])
    publishers = pa.array([_publisher(chance, words, n) for n in range(PUBLISHERS)])
    schema = pa.schema([("host", pa.int32()), ("name", pa.string()), ("publisher", pa.string())])
    with pq.ParquetWriter(inventory.path, schema) as writer:
        for begin in range(0, ROWS, GROUP):
            count = min(GROUP, ROWS - begin)
            column = names.take(_ranks(NAMES, count, begin))
            if inventory.distinct:
                numbers = pa.array(range(begin, begin + count)).cast(pa.string())
                column = pc.binary_join_element_wise(column, numbers, " ")
            hosts = pa.array(range(begin, begin + count), pa.int32())
            made = publishers.take(_ranks(PUBLISHERS, count, begin + 1))
            writer.write_table(pa.table([hosts, column, made], schema=schema))


def _ranks(most: int, count: int, seed: int) -> pa.Array:
    """Give positions below `most`, each about as often as its rank says."""
    spread = pc.power(float(most), pc.random(count, initializer=seed))
    return pc.subtract(pc.cast(pc.floor(spread), pa.int64()), 1)


def _name(chance: random.Random, words: tuple[list[str], list[str]], number: int) -> str:
    if number % 997 == 200:
        return chance.choice(_FOUND).format(chance.randrange(1, 30))
    first, second = words
    picked = [chance.choice(first), chance.choice(second), *chance.sample(second, chance.randrange(2))]
    name = f"{' '.join(picked)} {chance.randrange(1, 30)}.{chance.randrange(20)}.{number}"
    match chance.randrange(20):
        case 0:
            return f"Пакет обновления {name}"
        case 1:
            return f"{name} « Français »"
        case 2:
            return f"日本語 {name}"
        case n if n < 9:
            return f"{name} (x64)"
    return name


def _publisher(chance: random.Random, words: tuple[list[str], list[str]], number: int) -> str:
    if number % 503 == 100:
        return chance.choice(_FOUND_MAKERS)
    first, second = words
    return chance.choice(_MAKERS).format(f"{chance.choice(first)} {chance.choice(second)} {number}")
