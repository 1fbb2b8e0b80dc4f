# SPDX-License-Identifier: Apache-2.0
"""`python on_spark.py MASTER HOW FOLDER SOURCE...`: one scan here, one on a cluster; both reports as JSON into a folder.

It runs as a process of its own: a process has one session of Spark for good. HOW is "plain"; or the work of one piece
meets with an accident the first time, which leaves a file in the folder: "worker" ends the process that does it,
"executor" kills the machine that it runs on. With "table" the source is a Parquet file, which the
cluster reads as a table; with "address" there is no scan here.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from debar import pipeline
from debar.cluster import afar, columns, logs
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.register.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

SETTINGS = pipeline.Settings(sifted_from=0)


def main() -> None:
    """Scan twice, and write both reports."""
    master, how, folder, *sources = sys.argv[1:]
    logs.PIECE = 1 << 20
    if how in {"worker", "executor"}:
        logs.looked = struck(logs.looked, how, Path(folder, "struck"))
        columns.looked = struck(columns.looked, how, Path(folder, "struck"))
    ends = counted()
    with afar.opened(master) as cluster:
        asked = as_table(sources[0]) if how == "table" else sources
        report(cluster, asked, Path(folder, "there.json"))
    Path(folder, "ends.json").write_bytes(msgspec.json.encode(ends))
    if how != "address":
        report(None, sources, Path(folder, "here.json"))


def counted() -> dict[str, int]:
    """Give where is counted how what comes back of splits ends; "left" is what was read here after all."""
    ends, of = Counter[str](), logs.InOrder.of

    def counting(self: logs.InOrder, number: int) -> Iterator[logs.Row]:
        for row in of(self, number):
            ends[row.end] += bool(row.end)
            yield row

    logs.InOrder.of = counting  # type: ignore[method-assign]
    return ends


def as_table(file: str) -> list[str]:
    """Give the source that is a file's table in four parts, in the file's order."""
    from pyspark.sql import SparkSession  # only where it is there

    session = SparkSession.getActiveSession()
    assert session is not None
    session.conf.set("spark.sql.files.maxPartitionBytes", str(Path(file).stat().st_size // 4))
    session.read.parquet(file).createOrReplaceTempView("look_ups")
    return ["spark-table:look_ups"]


def report(cluster: afar.Afar | None, sources: list[str], file: Path) -> None:
    """Write the report of one scan."""
    question = Question(organisation=organisation("us/company"), as_of="2024-10-01", known_on="")
    found = pipeline.scan(sources, load(), question, SETTINGS, afar=cluster)
    file.write_bytes(msgspec.json.encode(found))


def struck(work: Any, how: str, mark: Path) -> Any:
    """Give the work that meets with an accident once, in the middle of its second piece."""

    def looked(shared: Any, number: int) -> Iterator[pa.RecordBatch]:
        for count, batch in enumerate(work(shared, number)):
            yield batch
            if number == 1 and count == 0 and not mark.exists():
                mark.touch()
                if how == "executor":
                    # The process is a child of a daemon, which is a child of the executor.
                    daemon = Path(f"/proc/{os.getppid()}/stat").read_text(encoding="ascii")
                    os.kill(int(daemon.rpartition(")")[2].split()[1]), signal.SIGKILL)
                os._exit(1)

    return looked


if __name__ == "__main__":
    main()
