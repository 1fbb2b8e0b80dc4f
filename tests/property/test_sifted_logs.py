# SPDX-License-Identifier: Apache-2.0
"""The promise of reading logs by their bytes: what is found is exactly what reading every line finds.

Logs are put together from real lines of every kind that is sifted, with names and addresses of indicators planted in
them in every way in which formats write them, and read both ways.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zstandard

import composed
from debar import automaton
from debar.match.compile import compile_register
from debar.match.sieve import Sieve
from debar.model.vocab import Kind, Operator
from debar.observe import Reading
from debar.pipeline import run
from debar.readers import copies, lined, sifting, walk
from debar.readers.lined import NO_SIFTING, Sifting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.match.compile import Index
    from debar.model.inventory import Observable, Observation

SAMPLES = Path(__file__).parents[1] / "data" / "readers"
NAME = re.compile(
    rb"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|\w+/\d[\d.]*"
)
"""What is put in place of: host names, addresses, hardware addresses, and products with their versions."""
ENDS = (b"\n", b"\n", b"\n", b"\r\n", b"\r")
PACKERS: tuple[Callable[[bytes], bytes], ...] = (
    bytes, bytes, bytes, gzip.compress, bz2.compress, lzma.compress, zstandard.compress,
)  # fmt: skip


@cache
def index() -> Index:
    """Give what is looked for."""
    return compile_register(composed.shipped())


@cache
def sieve() -> Sieve:
    """Give the sieve, whose automatons are compiled once."""
    return Sieve(index())


@cache
def planted() -> tuple[str, ...]:
    """Give values that indicators fit, and a few that only look like them."""
    kinds = {Kind.DOMAIN, Kind.IP, Kind.MAC, Kind.TEXT, Kind.BANNER, Kind.URL_PATH, Kind.TLS_ISSUER, Kind.PROCESS}
    fitting = [e for i in index().indicators if i.kind in kinds | {Kind.FILE, Kind.HASH, Kind.ASN} for e in i.examples]
    ranges = [
        p.partition("/")[0].partition("-")[0]
        for i in index().indicators
        if i.operator is Operator.WITHIN
        for p in i.patterns
    ]
    return tuple(sorted({*fitting, *ranges, "notkaspersky.com", "kaspersky.com.evil.example", "x.kaspersky.comx"}))


@cache
def bases() -> tuple[tuple[bytes, ...], ...]:
    """Give the lines of real logs: the examples of layouts, and the sample files of readers that sift."""
    layouts = composed.shipped().log_layouts
    examples = [layout.examples for layout in layouts.lines] + [layout.examples for layout in layouts.fields]
    found = [tuple(example.line.encode() for example in each) for each in examples]
    for name in (
        "logs/extended-log",
        "network/zeek",
        "network/suricata",
        "logs/jsonlog",
        "logs/lines",
        "logs/keyvalue",
    ):
        for file in sorted((SAMPLES / name).rglob("*")):
            data = file.read_bytes() if file.is_file() and file.suffix not in {".md", ".gz", ".zst", ".zip"} else b""
            if data and len(data) < 1 << 18 and b"\0" not in data:
                found.append(tuple(data.replace(b"\r\n", b"\n").split(b"\n")[:60]))
    columns = (
        b"timestamp,domain,query_type,dnssec,protocol,client_ip,status,reasons,destination_country,root_domain,"
        b"device_id,device_name,device_model,device_local_ip"
    )
    row = b'2024-05-01T10:00:00Z,www.example.com,A,false,DoH,192.0.2.1,"",,DE,example.com,A1,"lap, 7",PC,10.0.0.5'
    found.append((columns, *[row] * 40))
    return tuple(lines for lines in found if _is_sifted(lines))


def _is_sifted(lines: tuple[bytes, ...]) -> bool:
    """Tell whether a log of these lines is sifted: those in which each row says who is who are read whole."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"\n".join(lines))
        file.flush()
        return found(Path(file.name), Sifting(sieve(), size=0))[2]


def disguised(value: str, line: bytes, draw: random.Random) -> bytes:
    """Give a value as a line of this kind may write it."""
    way = draw.randrange(12)
    if way == 0:
        value = "".join(draw.choice((c.lower(), c.upper())) for c in value)
    elif way == 1:
        value += "."
    elif way == 2:
        value = f"cdn-{draw.randrange(99)}.{value}"
    elif way == 3:
        value = f"{value}:{draw.randrange(1, 65535)}"
    elif way == 4:
        value = f"http://{value}/path?q=1"
    elif way == 5:
        value = value.replace("k", "\N{KELVIN SIGN}", 1).replace("i", "\N{LATIN SMALL LETTER DOTLESS I}", 1)
    if way in (6, 7) and value:
        at = draw.randrange(len(value))
        if value[at].isascii():
            code = f"{ord(value[at]):02x}"
            escape = f"\\u00{code}" if line[:1] == b"{" else f"\\x{code}" if b"\t" in line else f"%{code}"
            return (value[:at] + escape + value[at + 1 :]).encode()
    text = value
    if line[:1] == b"{":
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        if way == 8:
            text = text.replace("/", "\\/")
        if way == 9:
            text = text.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00")
    return text.replace("\n", " ").encode()


def altered(line: bytes, draw: random.Random) -> bytes:
    """Give a line as it may also come."""
    chance = draw.random()
    if chance < 0.45:
        names = list(NAME.finditer(line))
        if names:
            place = draw.choice(names)
            return line[: place.start()] + disguised(draw.choice(planted()), line, draw) + line[place.end() :]
    if chance < 0.5:
        return line[: draw.randrange(len(line) + 1)]
    if chance < 0.53:
        return draw.choice((b"", b"  ", b"# a remark", b";", b"\t", b"\xff\xfe\x80", b'"', b"a" * 300))
    if chance < 0.55:
        return line + draw.choice((b'"', b"\xe4\xb8\xad", b"\r", b" "))
    return line


def drawn(seed: int) -> tuple[bytes, str, int]:
    """Give a log, the name of its file, and the size of the blocks to read it in."""
    draw = random.Random(seed)
    base = draw.choice(bases())
    header = [line for line in base[:12] if line[:1] == b"#" or line.startswith(b"timestamp,")]
    body = [line for line in base if line not in header] or list(base)
    lines = [*header, *(altered(draw.choice(body), draw) for _ in range(draw.randrange(3, 40)))]
    end = draw.choice(ENDS)
    data = end.join(lines) + (end if draw.random() < 0.8 else b"")
    if draw.random() < 0.1:
        data = data.decode("utf-8", "replace").encode(draw.choice(("utf-16", "utf-8-sig", "utf-16-le")))
    if draw.random() < 0.05:
        data = data.decode("utf-8", "replace").encode("cp1252", "replace")
    return draw.choice(PACKERS)(data), "log", draw.choice((16, 64, 257, 1000, 1 << 20))


def found(file: Path, how: Sifting) -> tuple[list[tuple[Observation, Observable, int]], dict[str, str], bool]:
    """Give the hits, the best names of their assets, and whether the log was sifted."""
    reading = Reading(composed.shipped(), sifting=how)
    hits = [
        (h.observation, h.observable, h.indicator)
        for h in run(reading.observations(walk.find([str(file)])), index(), "inline")
    ]
    names = reading.names()
    assets = {hit[0].asset.casefold() for hit in hits}
    sifted = any("lines looked through" in source.counts for source in reading.sources)
    return hits, {asset: names[asset] for asset in assets if asset in names}, sifted


def differ(
    seeds: range, folder: Path, patch: pytest.MonkeyPatch, *, copied: int = 3
) -> Iterator[tuple[int, bool, int]]:
    """Yield (seed, whether it was sifted, hits) of each log after it was read both ways with the same outcome.

    One in `copied` is read by copies of this process, the others by this process alone or by threads of it.
    """
    patch.setattr(sifting, "BEGINNING", 1)
    for seed in seeds:
        data, name, block = drawn(seed)
        patch.setattr(sifting, "BLOCK", block)
        patch.setattr(sifting, "BEGINNING", 70 if b"timestamp,domain" in data[:64] else 1)
        file = folder / name
        file.write_bytes(data)
        every, names, _ = found(file, NO_SIFTING)
        patch.setattr(lined, "can_work", lambda is_copied=seed % copied == 2: is_copied)
        patch.setattr(copies, "SPLIT", block * 4)
        some, sifted_names, is_sifted = found(file, Sifting(sieve(), size=0, threads=1 + (seed % 3 > 0)))
        assert some == every, f"seed {seed}"
        assert sifted_names == names, f"seed {seed}"
        yield seed, is_sifted, len(every)


def test_sifting_finds_what_reading_every_line_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the format, the encoding, the ends of lines, the compression and the size of blocks."""
    outcomes = list(differ(range(150), tmp_path, monkeypatch))
    assert sum(is_sifted for _, is_sifted, _ in outcomes) > 100
    assert sum(count for _, _, count in outcomes) > 100


HEADER = (
    b'"Domain","Receive Time","Serial #","Type","Threat/Content Type","Source address","Destination address","Rule",'
    b'"Application","Action","URL/Filename","Threat/Content Name","Category"\n'
)
ROW = b'"1","2024/05/01 10:00:07","0079","THREAT","url","10.0.0.7","192.0.2.7","%s","ssl","alert","%s/x","(9999)","info"\n'
STRAY = b'1,2024/05/01 10:00:07,0079,THREAT,url,10.0.0.11,192.0.2.7,6" disk,"up\nto",7" disk,ds.kaspersky.com/x,(9999),info\n'
QUERY = b"6/25/2013 10:00:32 AM 0E70 PACKET  00000000033397A0 UDP Rcv 10.161.60.71    5b47   Q [0001   D   NOERROR] A      %s\n"
REQUEST = b"1719792000.123    120 10.0.1.1 TCP_MISS/200 1024 GET http://%s/ - HIER_DIRECT/%s text/html\n"
PLAIN_ROW, PLAIN_QUERY = ROW % (b"out", b"www.example.org"), QUERY % b"(3)www(7)example(3)com(0)"
PLAIN_REQUEST = REQUEST % (b"www.example.com", b"198.51.100.34")
ODD = {
    "a carriage return inside a cell": HEADER
    + PLAIN_ROW * 300
    + ROW % (b"two\rlines", b"ds.kaspersky.com")
    + PLAIN_ROW * 9,
    "quotation marks inside words": HEADER + PLAIN_ROW * 300 + STRAY + PLAIN_ROW * 9,
    "a quotation mark behind a cell": HEADER
    + PLAIN_ROW * 300
    + PLAIN_ROW.replace(b'"out"', b'"o"ut')
    + ROW % (b'in","side\nof', b"ds.kaspersky.com"),
    "an address asked for as a name": PLAIN_QUERY * 300 + QUERY % b"(2)45(1)9(3)208(1)7(0)" + PLAIN_QUERY * 300,
    "a point before an address": PLAIN_REQUEST * 300
    + REQUEST % (b"www.example.com", b".45.9.208.7")
    + PLAIN_REQUEST * 300,
}


@pytest.mark.parametrize("what", ODD)
def test_odd_lines_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """What real logs are not made of, and hostile ones may be: the outcome is that of every line, and it is a hit."""
    monkeypatch.setattr(sifting, "BEGINNING", 1)
    monkeypatch.setattr(sifting, "BLOCK", 4096)
    file = tmp_path / "dns.log"
    file.write_bytes(ODD[what])
    hits, names, is_sifted = found(file, Sifting(sieve(), size=0))
    assert is_sifted
    assert (hits, names) == found(file, NO_SIFTING)[:2]
    assert len(hits) == 1


def test_a_line_without_an_end_is_named_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways of reading stop at the same line, and say that what follows is unread."""
    monkeypatch.setattr(lined, "LINE", 3000)
    monkeypatch.setattr(sifting, "LINE", 3000)
    file = tmp_path / "access.log"
    hit = REQUEST % (b"ds.kaspersky.com", b"198.51.100.34")
    for block, step in ((512, 1024), (1024, 700)):
        monkeypatch.setattr(sifting, "BLOCK", block)
        monkeypatch.setattr(lined, "BLOCK", step)
        for length in (2998, 3002, 9000):
            file.write_bytes(PLAIN_REQUEST * 40 + hit + "ж".encode() * (length // 2) + b"\n" + hit)
            told = []
            for how in (NO_SIFTING, Sifting(sieve(), size=0)):
                reading = Reading(composed.shipped(), sifting=how)
                hits = list(run(reading.observations(walk.find([str(file)])), index(), "inline"))
                told.append(
                    (len(hits), [(skip.locator, skip.reason) for skip in reading.skips if "MiB" in skip.reason])
                )
            assert told[0] == told[1]
            assert told[0][0] == (2 if length < 3000 else 1)


def test_objects_are_not_read_twice_after_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of JSON objects that breaks off in its middle gives what stands before that, once."""
    monkeypatch.setattr(lined, "LINE", 1 << 16)
    monkeypatch.setattr(sifting, "LINE", 1 << 16)
    row = (SAMPLES / "logs" / "jsonlog" / "cloudflare-gateway.json").read_bytes().split(b"\n")[0] + b"\n"
    hit = NAME.sub(b"ds.kaspersky.com", row)
    file = tmp_path / "gateway.json"
    file.write_bytes(row * 400 + hit + b'{"a":"' + b"x" * (1 << 21) + b'"}\n' + hit)
    assert len(found(file, NO_SIFTING)[0]) == len(found(file, Sifting(sieve(), size=0))[0]) > 0
    once = len(found(file, NO_SIFTING)[0])
    file.write_bytes(row * 400 + hit)
    assert len(found(file, NO_SIFTING)[0]) == once


def test_what_precedes_a_fault_of_compression_is_read_either_way(tmp_path: Path) -> None:
    """A compressed log that is cut off gives the same, whether every line is read or only those that may matter."""
    hit = REQUEST % (b"ds.kaspersky.com", b"198.51.100.34")
    draw = random.Random(4)
    rows = [REQUEST % (b"%x.example" % draw.getrandbits(200), b"198.51.100.34") for _ in range(40_000)]
    for at in range(0, len(rows), 100):
        rows[at] = hit
    file = tmp_path / "access.log"
    for packer in PACKERS[3:]:
        packed = packer(b"".join(rows))
        file.write_bytes(packed[: len(packed) * 3 // 4])
        some, every = found(file, Sifting(sieve(), size=0)), found(file, NO_SIFTING)
        assert some[:2] == every[:2]
        assert len(some[0]) > 50


@pytest.mark.slow
@pytest.mark.parametrize("first", range(10_000, 20_000, 2_500))
def test_sifting_finds_the_same_in_ten_thousand_logs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """The same promise over so many logs that a fault of one in a thousand shows, in parts that processors share.

    To copy a process that has run thousands of tests takes longer than to read several logs: few of these are.
    """
    outcomes = differ(range(first, first + 2_500), tmp_path, monkeypatch, copied=20)
    assert sum(is_sifted for _, is_sifted, _ in outcomes) > 1_500


def test_the_slow_automaton_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the quick library is not installed, the standard library's expressions let the same lines through."""
    monkeypatch.setattr(automaton, "find_spec", lambda _: None)
    slow = Sieve(index())
    for seed in range(25):
        data, name, _ = drawn(seed)
        file = tmp_path / name
        file.write_bytes(data)
        assert found(file, Sifting(slow, size=0))[:2] == found(file, NO_SIFTING)[:2], f"seed {seed}"
