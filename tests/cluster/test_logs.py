# SPDX-License-Identifier: Apache-2.0
"""Promises about logs that a cluster looks through: what is read is what reading them here gives."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from one_machine import Here, read, sieve

import composed
from debar.cluster import logs
from debar.cluster.afar import Afar, is_master
from debar.observe import Reading
from debar.readers import sifting, walk
from debar.readers.lined import Sifting

if TYPE_CHECKING:
    from collections.abc import Sequence

SAMPLES = Path(__file__).parents[1] / "data" / "readers"
FOLDERS = [str(SAMPLES / name) for name in ("logs", "network", "business")]
ROW = b"1714557600.1\tC1\t10.0.0.%d\t53123\t192.0.2.1\t53\tudp\t1\twww.%s.com\n"
HEADER = b"#separator \\x09\n#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\n"
OTHER = b"#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tquery\ttrans_id\n"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make blocks, pieces and results so small that the smallest log has several."""
    monkeypatch.setattr(sifting, "BLOCK", 256)
    monkeypatch.setattr(sifting, "BEGINNING", 2)
    monkeypatch.setattr(logs, "PIECE", 512)
    monkeypatch.setattr(logs, "LARGEST", 2048)


@pytest.mark.usefixtures("small")
def test_samples_read_the_same() -> None:
    """Every sample of logs, networks and tables gives the same observations, sources and skips, to the byte."""
    here = Here()
    assert read(FOLDERS, here) == read(FOLDERS, None)
    assert sum(row["end"] == "ended" for row in here.rows) > 50


@pytest.mark.usefixtures("small")
def test_digests_are_the_same() -> None:
    """Where plain logs are digested, they are as a whole."""
    here = Here()
    assert read(FOLDERS[:1], here, is_digested=True) == read(FOLDERS[:1], None, is_digested=True)
    assert any(row["told"] and row["told"][0] for row in here.rows)


def zeek(names: Sequence[str], count: int = 400) -> bytes:
    """Give a log of look-ups; every hundredth is of another name."""
    rows = (ROW % (n % 250, (names[n % len(names)] if n % 100 == 99 else "example").encode()) for n in range(count))
    return HEADER + b"".join(rows)


@pytest.mark.usefixtures("small")
def test_a_log_whose_columns_change_is_read_whole_from_there(tmp_path: Path) -> None:
    """A reader that comes to need every line gets every line, each once."""
    log = tmp_path / "dns.log"
    log.write_bytes(
        zeek(["kaspersky"]) + OTHER + ROW.replace(b"\t1\t", b"\tupdate.kaspersky.com\t") % (7, b"example") * 40
    )
    assert read([str(log)], Here()) == read([str(log)], None)


@pytest.mark.usefixtures("small")
def test_a_cell_of_several_lines_is_read_as_one(tmp_path: Path) -> None:
    """Quotation marks that hold the end of a line do so across blocks and pieces."""
    row = 'A1,"lap\n7","www.{}.com",10.0.0.{}\n'
    log = tmp_path / "table.csv"
    text = "device_id,device_name,domain,client_ip\n" + "A1,lap,www.example.com,10.0.0.9\n" * 60
    log.write_text(text + "".join(row.format("kaspersky" if n % 9 else "example", n % 250) for n in range(90)))
    assert read([str(log)], Here()) == read([str(log)], None)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("data", [gzip.compress(zeek(["kaspersky"], 4000))[:-900], gzip.compress(zeek(["kaspersky"]))])
def test_a_packed_log_reads_the_same(tmp_path: Path, data: bytes) -> None:
    """A compressed log gives the same, its digest included; one that is cut off gives the same rows and the same skip."""
    log = tmp_path / "dns.log.gz"
    log.write_bytes(data)
    assert read([str(log)], Here()) == read([str(log)], None)


@pytest.mark.usefixtures("small")
def test_what_is_too_much_to_come_back_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece in which much is found sends little, and nothing is lost or told twice."""
    monkeypatch.setattr(logs, "_BATCH", 300)
    log = tmp_path / "dns.log"
    log.write_bytes(HEADER + b"".join(ROW % (n % 250, b"kaspersky") for n in range(600)))
    here = Here()
    assert read([str(log)], here) == read([str(log)], None)
    assert any(row["end"] == "left" for row in here.rows)


@pytest.mark.usefixtures("small")
def test_a_file_that_is_not_asked_for_goes_by(tmp_path: Path) -> None:
    """Of several logs one that nobody reads does not disturb the next; one that comes late is read here."""
    for name in "abc":
        (tmp_path / name).write_bytes(zeek(["kaspersky"]))
    found = list(walk.find([str(tmp_path)]))
    how, _ = Afar(Here()).looking(found, composed.shipped(), (), Sifting(sieve(), size=0))  # type: ignore[arg-type]
    places = [place for place in found if isinstance(place, walk.Found)]
    for order in ([places[1]], [places[2]], [places[0]]):
        there, plain = (
            Reading(composed.shipped(), sifting=how),
            Reading(composed.shipped(), sifting=Sifting(sieve(), size=0)),
        )
        assert list(there.observations(order)) == list(plain.observations(order))


@pytest.mark.usefixtures("small")
def test_a_relative_path_is_one_for_every_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent names files in full, since executors work in folders of their own."""
    (tmp_path / "dns.log").write_bytes(zeek(["kaspersky"]))
    monkeypatch.chdir(tmp_path)
    here = Here()
    expected = read(["dns.log"], None)
    here.before = lambda: os.chdir("/")
    assert read(["dns.log"], here) == expected
    assert {row["end"] for row in here.rows} == {"", "ended"}


@pytest.mark.usefixtures("small")
def test_an_address_is_looked_through_as_well(tmp_path: Path) -> None:
    """A log in storage whose name must be written otherwise in an address is looked through there, and read the same."""
    log = tmp_path / "two words#1.log"
    log.write_bytes(zeek(["kaspersky"]))
    here = Here()
    afar, register = Afar(here), composed.shipped()  # type: ignore[arg-type]
    found = list(afar.found([tmp_path.as_uri()], ()))
    how, inputs = afar.looking(found, register, (), Sifting(sieve(), size=0))
    reading = Reading(register, sifting=how, inputs=inputs)
    (expected, *_) = read([str(log)], None)
    seen = [(o.locator, o.observables) for o in reading.observations(found)]
    assert seen == [(o.locator, o.observables) for o in expected]  # type: ignore[attr-defined]
    assert [source.path for source in reading.sources] == [f"file://{log}"]
    assert len(here.rows) > 10


@pytest.mark.usefixtures("small")
def test_jobs_fit_into_memory(tmp_path: Path) -> None:
    """What one job may give back stays below half of the results that a driver takes."""
    (tmp_path / "dns.log").write_bytes(zeek(["kaspersky"], 2000))
    here = Here()
    here.memory = 3 << 20
    assert read([str(tmp_path)], here) == read([str(tmp_path)], None)


def test_masters() -> None:
    """Masters of Spark are known by their form, and no other word is one."""
    masters = (
        "spark",
        "local",
        "local[2]",
        "local-cluster[2,1,1024]",
        "spark://host:7077",
        "yarn",
        "k8s://https://host",
    )
    assert [word for word in (*masters, "inline", "duckdb", "spark:", "sparks", "") if is_master(word)] == list(masters)
