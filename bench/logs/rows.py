# SPDX-License-Identifier: Apache-2.0
"""Rows of generated logs, in the shape of Zeek's, with a known number of hits; made again, they are the same."""

from __future__ import annotations

import base64
import random
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bench.logs import names as drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.logs.names import Names

BATCH = 50_000
"""Rows made at once."""
SECOND = 2_000
"""Rows of one second."""
HITS, ALIKE = 2, 1
"""Of a thousand rows: those with a domain that is looked for, and those with a name that only looks like one."""
BEGIN = 1_726_704_000
"""2024-09-19 00:00:00 UTC."""
_FIELDS = (
    "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qclass qclass_name qtype qtype_name rcode "
    "rcode_name AA TC RD RA Z answers TTLs rejected"
)
_TYPES = (
    "time string addr port addr port enum count interval string count string count string count string bool bool bool "
    "bool count vector[string] vector[interval] bool"
)
HEADER = "".join(
    f"{line}\n"
    for line in (
        "#separator \\x09",
        "#set_separator\t,",
        "#empty_field\t(empty)",
        "#unset_field\t-",
        "#path\tdns",
        "#open\t2024-09-19-00-00-00",
        f"#fields {_FIELDS}".replace(" ", "\t"),
        f"#types {_TYPES}".replace(" ", "\t"),
    )
)
_TSV = "{}\tC{}\t{}\t{}\t10.0.0.2\t53\tudp\t{}\t0.{:06d}\t{}\t1\tC_INTERNET\t1\tA\t0\tNOERROR\tF\tF\tT\tT\t0\t{}\t{}.000000\tF\n"
DNS = (
    '{{"_path":"dns","ts":"{0}","uid":"C{1}","id.orig_h":"{2}",'
    '"id.orig_p":{3},"id.resp_h":"10.0.0.2","id.resp_p":53,"proto":"udp","trans_id":{4},"rtt":0.{5:06d},'
    '"query":"{6}","qclass":1,"qclass_name":"C_INTERNET","qtype":1,"qtype_name":"A","rcode":0,"rcode_name":"NOERROR",'
    '"AA":false,"TC":false,"RD":true,"RA":true,"Z":0,"answers":["{7}"],"TTLs":[{8}.0],"rejected":false}}\n'
)


class Batch(NamedTuple):
    """Columns of some rows, and how many of them hit."""

    times: list[str]
    uids: list[str]
    clients: list[int]
    ports: list[int]
    numbers: list[int]
    delays: list[int]
    queries: list[str]
    answers: list[str]
    ages: list[int]
    hits: int


def tsv(file: Path, names: Names, size: int) -> dict[str, int]:
    """Write a log of about a size in bytes as tables of Zeek, and give its rows and hits."""
    return write(file, size, (_tsv(batch) for batch in batches(names, _epoch)), HEADER)


def lines(file: Path, names: Names, size: int) -> dict[str, int]:
    """Write the same as JSON, an object a line."""
    return write(file, size, (_json(batch) for batch in batches(names, iso)))


def client(number: int) -> str:
    """Give the address of a machine."""
    return f"10.{1 + number // 65_025}.{number // 255 % 255}.{1 + number % 255}"


def write(
    file: Path, size: int, batches: Iterator[tuple[list[str], dict[str, int]]], header: str = ""
) -> dict[str, int]:
    """Write texts until there are as many bytes, and give the sums of the numbers that come with them, and the rows."""
    counts: Counter[str] = Counter()
    with file.open("w", encoding="ascii", newline="\n") as out:
        done = out.write(header)
        for texts, found in batches:
            done += out.write("".join(texts))
            counts["rows"] += len(texts)
            counts.update(found)
            if done >= size:
                break
    return dict(counts)


def batches(names: Names, moment: Callable[[int], str], *, seed: int = 5) -> Iterator[Batch]:
    """Yield batches without end; `moment` writes the time of a row."""
    chance = random.Random(seed)
    wanted = names.wanted[: drawn.FEW]
    falling = [1 / (rank + 1) for rank in range(len(wanted))]
    begin = 0
    while True:
        queries = chance.choices(names.ordinary, cum_weights=names.weights, k=BATCH)
        clients = [int(drawn.CLIENTS * chance.random() ** 2) for _ in range(BATCH)]
        places = chance.sample(range(BATCH), BATCH * (HITS + ALIKE) // 1000)
        hits = BATCH * HITS // 1000
        for place, domain in zip(places, chance.choices(wanted, falling, k=len(places)), strict=True):
            queries[place] = drawn.alike(chance, domain)
        for place, domain in zip(places[:hits], chance.choices(wanted, falling, k=hits), strict=True):
            queries[place] = drawn.written(chance, domain)
            clients[place] = chance.randrange(drawn.FOUND_ON)
        # 198.18.0.0/15 is set apart for measurements (RFC 2544).
        answers = [f"198.{18 + (n >> 16 & 1)}.{n >> 8 & 255}.{n & 255}" for n in _numbers(chance)]
        unique = base64.b64encode(chance.randbytes(12 * BATCH), b"Zz").decode()
        yield Batch(
            [moment(begin + place) for place in range(BATCH)],
            [unique[at : at + 16] for at in range(0, 16 * BATCH, 16)],
            clients,
            [1024 + n % 64_000 for n in _numbers(chance)],
            [n & 0xFFFF for n in _numbers(chance)],
            [n % 60_000 for n in _numbers(chance)],
            queries,
            answers,
            chance.choices((5, 60, 300, 1800, 3600), k=BATCH),
            hits,
        )
        begin += BATCH


def _numbers(chance: random.Random) -> memoryview:
    return memoryview(chance.randbytes(4 * BATCH)).cast("I")


def _epoch(row: int) -> str:
    return f"{BEGIN + row // SECOND}.{row % SECOND * 500:06d}"


def iso(row: int) -> str:
    """Give the time of a row as Zeek writes it in JSON."""
    minute, second = divmod(row // SECOND, 60)
    hour, minute = divmod(minute, 60)
    day, hour = divmod(hour, 24)
    return f"2024-09-{19 + day % 11}T{hour:02d}:{minute:02d}:{second:02d}.{row % SECOND * 500:06d}Z"


def _tsv(batch: Batch) -> tuple[list[str], dict[str, int]]:
    return list(map(_TSV.format, *columns(batch))), {"domain": batch.hits}


def _json(batch: Batch) -> tuple[list[str], dict[str, int]]:
    return list(map(DNS.format, *columns(batch))), {"domain": batch.hits}


def columns(batch: Batch) -> tuple[list[str] | list[int], ...]:
    """Give what stands in a row, in the order of the templates."""
    clients: list[str] = list(map(client, batch.clients))
    return (
        batch.times,
        batch.uids,
        clients,
        batch.ports,
        batch.numbers,
        batch.delays,
        batch.queries,
        batch.answers,
        batch.ages,
    )
