# SPDX-License-Identifier: Apache-2.0
"""Parquet at the speed of reading its columns: a log and an inventory of tens of millions of rows.

`python -m bench columnar --size MB`: 1,500 are 50 million rows of the log and 60 million of the inventory. Whole
processes are measured; the reference only reads the columns that matter, on all cores, and drops them.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.logs import machine, timed
from bench.logs.figures import Figures
from bench.logs.peers import Peer
from bench.logs.timed import Scan
from bench.measure import ROOT, Options, ratio, title

if TYPE_CHECKING:
    import pyarrow as pa

    from bench.logs.names import Names
    from bench.logs.timed import Place

ROUNDS = 3
FULL, ROWS, INSTALLED = 1_500, 50_000_000, 60_000_000
"""Size at which the goals are meant, and the rows of the log and of the inventory at that size."""
GROUP = 500_000
"""Rows of a row group."""
MEMORY = 400
"""Megabytes that a scan may take."""
RARE = GROUP // 1000
"""Rows of a group that have something; of the log twice as many, and as many look like it."""
HOSTS, PROGRAMS = 5_000, 20_000
"""Machines of the inventory, which is one list a day, and different programs on them."""


class Work(NamedTuple):
    """A file, what is looked for in it, and which of its columns must be read for that."""

    name: str
    kind: str
    register: str
    columns: tuple[str, ...]
    most: float
    """Times that a scan may take as long as only reading the columns."""


LOG = Work("log.parquet", "domain", "few", ("query",), 2.5)
INVENTORY = Work("inventory.parquet", "name", "programs", ("Name", "Publisher"), 3.0)


def run(options: Options) -> None:
    """Measure the log, then the inventory."""
    rounds, figures = options.rounds or ROUNDS, Figures()
    print("\n".join(machine.described()))
    if options.size < FULL:
        print(f"  the goals are meant for --size {FULL}; this run has {options.size}")
    with tempfile.TemporaryDirectory() as folder:
        where = timed.place(Path(folder))
        timed.written(where, options.size, "indicators")
        peaks = []
        for work, most in ((LOG, ROWS), (INVENTORY, INSTALLED)):
            peaks.append(_measured(where, work, most * options.size // FULL, rounds, figures))
    figures.add("memory of either", "MB", max(peaks), at_most=MEMORY)
    figures.print()


def _measured(where: Place, work: Work, rows: int, rounds: int, figures: Figures) -> float:
    """Write a file, compare reading and scanning it, remove it, and give the peak of debar."""
    file = where.folder / work.name
    command = [sys.executable, "-m", "bench.columnar"]
    made = subprocess.run(
        [*command, "write", str(file), str(rows)], cwd=ROOT, env=dict(where.env), stdout=subprocess.PIPE, check=True
    )
    counts: dict[str, int] = json.loads(made.stdout)
    title("columnar", f"{work.name}, {file.stat().st_size / 1e6:,.0f} MB, {counts['rows']:,} rows", rounds)
    env = dict(where.env) | {"PYTHONPATH": str(ROOT)}
    reading = Peer("only read", (*command, "read", str(file), *work.columns), "PyPI pyarrow")
    scan = Scan("debar", (file,), where.folder / work.register, counts)
    costs = timed.compared(where._replace(env=env), rounds, [scan], [reading])
    times = ratio([cost.wall for cost in costs["debar"]], [cost.wall for cost in costs["only read"]])
    what = f"{counts['rows'] / 1e6:,.1f} million rows of {work.name}"
    figures.add(what, f"times reading {' and '.join(work.columns)}", times, at_most=work.most)
    file.unlink()
    return max(cost.peak for cost in costs["debar"])


def main() -> None:
    """Read columns, or write a file and print its numbers; called as a process of its own."""
    what, file = sys.argv[1], Path(sys.argv[2])
    if what == "read":
        _read(file, sys.argv[3:])
    else:
        print(json.dumps(_write(file, int(sys.argv[3]))))


def _read(file: Path, columns: list[str]) -> None:
    import pyarrow.dataset as ds

    rows = sum(batch.num_rows for batch in ds.dataset(file).to_batches(columns=columns))
    print(rows)


def _write(file: Path, rows: int) -> dict[str, int]:
    """Write a file, a row group at a time, and give its rows and hits."""
    import pyarrow.parquet as pq

    from bench.logs.names import names

    drawn, chance, hits, done = names(), random.Random(3), 0, 0
    kind, group = ("domain", _looked) if file.name == LOG.name else ("name", _installed)
    schema = group(drawn, random.Random(3), 0)[0].schema
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while done < rows:
            table, found = group(drawn, chance, done)
            writer.write_table(table)
            done, hits = done + table.num_rows, hits + found
    return {"rows": done, kind: hits}


def _looked(names: Names, chance: random.Random, begin: int) -> tuple[pa.Table, int]:
    """Give rows of look-ups, in the columns of Zeek, and how many of them hit."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from bench.logs import names as drawn

    wanted = names.wanted[: drawn.FEW]
    found = [drawn.written(chance, chance.choice(wanted)) for _ in range(2 * RARE)]
    near = [drawn.alike(chance, chance.choice(wanted)) for _ in range(RARE)]
    places = chance.sample(range(GROUP), len(found) + len(near))
    queries = _put(pa.array(names.ordinary).take(_ranks(len(names.ordinary), begin)), places, found + near)
    clients = pa.array([f"10.1.{n >> 8}.{n & 255}" for n in range(drawn.CLIENTS)])
    asked = [f"10.1.0.{chance.randrange(drawn.FOUND_ON)}" for _ in places]
    answers = pa.array([f"198.18.{n >> 8}.{n & 255}" for n in range(1 << 16)])

    def numbers(most: int, seed: int) -> pa.Array:
        return pc.cast(pc.floor(pc.multiply(pc.random(GROUP, initializer=begin + seed), float(most))), pa.int64())

    def always(value: str) -> pa.Array:
        return pa.array([value]).take(pa.nulls(GROUP, pa.int64()).fill_null(0))

    columns = {
        "ts": pa.array(range(1_726_704_000_000 + begin, 1_726_704_000_000 + begin + GROUP), pa.timestamp("ms", "UTC")),
        "uid": numbers(1 << 52, 1).cast(pa.string()),
        "id.orig_h": _put(clients.take(numbers(len(clients), 2)), places, asked),
        "id.orig_p": pc.add(numbers(60_000, 3), 1024),
        "id.resp_h": always("10.0.0.2"),
        "id.resp_p": pa.array([53], pa.int64()).take(pa.nulls(GROUP, pa.int64()).fill_null(0)),
        "proto": always("udp"),
        "trans_id": numbers(1 << 16, 4),
        "rtt": pc.random(GROUP, initializer=begin + 5),
        "query": queries,
        "qclass": pa.array([1], pa.int64()).take(pa.nulls(GROUP, pa.int64()).fill_null(0)),
        "qtype_name": pa.array(["A", "AAAA", "HTTPS"]).take(numbers(3, 6)),
        "rcode_name": pa.array(["NOERROR", "NXDOMAIN"]).take(numbers(2, 7)),
        "answers": answers.take(numbers(len(answers), 8)),
        "rejected": pc.equal(numbers(50, 9), 0),
    }
    return pa.table(columns), len(found)


def _installed(names: Names, chance: random.Random, begin: int) -> tuple[pa.Table, int]:
    """Give rows of an inventory, and how many of them hit."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from bench.logs import names as drawn

    houses = names.ordinary[:PROGRAMS]
    programs = pa.array([f"{name.partition('.')[2].title()} Tools {number % 40}" for number, name in enumerate(houses)])
    makers = pa.array([f"{name.partition('.')[2].title()} Inc." for name in houses[: PROGRAMS // 10]])
    ranks = _ranks(PROGRAMS, begin)
    places = chance.sample(range(GROUP), RARE)
    found = [f"{chance.choice(names.products)} 4.{chance.randrange(20)} (x64)" for _ in places]
    on = [f"host-{chance.randrange(drawn.FOUND_ON):05d}" for _ in places]
    spread = pc.floor(pc.multiply(pc.random(GROUP, initializer=begin + 2), float(HOSTS)))
    hosts = pa.array([f"host-{number:05d}" for number in range(HOSTS)]).take(pc.cast(spread, pa.int64()))
    day = f"2024-09-{1 + begin // GROUP % 30:02d}"
    columns = {
        "Computer": _put(hosts, places, on),
        "Name": _put(programs.take(ranks), places, found),
        "Version": pa.array([f"{n // 20}.{n % 20}" for n in range(200)]).take(_ranks(200, begin + 3)),
        "Publisher": makers.take(_ranks(len(makers), begin + 4)),
        "LastSeen": pa.array([day]).take(pa.nulls(GROUP, pa.int64()).fill_null(0)),
    }
    return pa.table(columns), len(found)


def _ranks(most: int, seed: int) -> pa.Array:
    """Give positions below `most` for a group, each about as often as its rank says (Zipf)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    spread = pc.power(float(most), pc.random(GROUP, initializer=seed))
    return pc.subtract(pc.cast(pc.floor(spread), pa.int64()), 1)


def _put(column: pa.Array, places: list[int], values: list[str]) -> pa.Array:
    """Give a column with other values in some places."""
    import pyarrow as pa
    import pyarrow.compute as pc

    at = dict(zip(places, values, strict=True))
    mask = bytearray(GROUP)
    for place in at:
        mask[place] = 1
    chosen = pc.cast(pa.Array.from_buffers(pa.uint8(), GROUP, [None, pa.py_buffer(mask)]), pa.bool_())
    return pc.replace_with_mask(column, chosen, pa.array([at[place] for place in sorted(at)], column.type))


if __name__ == "__main__":
    main()
