# SPDX-License-Identifier: Apache-2.0
"""The promise of --resume: a scan that was interrupted, and went on, reports what one that was not reports, to the byte."""

from __future__ import annotations

import bz2
import errno
import gzip
import os
import random
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

import composed
from debar import journal as journals
from debar import pipeline
from debar.journal import frames, kept
from debar.pipeline import Settings
from debar.readers import sifting
from debar.watched import UNWATCHED, Interrupted, Watch

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.results import Report

SETTINGS = Settings(sifted_from=0, workers=2)
LINE = composed.ZEEK.splitlines()[-1].replace(b"53\texample.org", b"53\thost-%d.example.org")
FOUND = composed.ZEEK.splitlines()[-2]
JSON, JSON_FOUND = composed.ZEEK_JSON.splitlines()[1], composed.ZEEK_JSON.splitlines()[0]
TABLE = b'2024-05-01T10:00:00Z,%s,A,false,DoH,192.0.2.1,"",,DE,example.com,A1,"lap, 7",PC,10.0.0.5\n'
COLUMNS = b"timestamp,domain,query_type,dnssec,protocol,client_ip,status,reasons,destination_country,root_domain,device_id,device_name,device_model,device_local_ip\n"


def tsv(lines: int, seed: int = 1) -> bytes:
    """Give a log of Zeek in which one line of ten matters, here and there one is broken."""
    draw = random.Random(seed)
    body = [FOUND if draw.random() < 0.1 else LINE % draw.randrange(99) for _ in range(lines)]
    body[lines // 2] = b"broken"
    return b"\n".join([*composed.ZEEK.splitlines()[:7], *body, b""])


def logs(folder: Path) -> list[str]:
    """Write logs of several kinds, plain and compressed, and give their paths."""
    folder.mkdir()
    draw = random.Random(2)
    table = [
        TABLE % draw.choice((b"dc1.ksn.kaspersky-labs.com", b"www.example.com", b'"a\nb.example.com"'))
        for _ in range(150)
    ]
    written = {
        "a.log": tsv(300),
        "b.log.gz": gzip.compress(tsv(200, 3)),
        "c.json": b"\n".join(draw.choice((JSON, JSON, JSON, JSON_FOUND)) for _ in range(150)),
        "d.csv": COLUMNS + b"".join(table),
        "e.log": tsv(100, 4).decode().encode("utf-16"),
        "f.log": tsv(80, 5).replace(b"\n", b"\r\n"),
        "g.log.bz2": bz2.compress(tsv(90, 6)),
        "h.json": composed.CYCLONEDX,
    }
    for name, data in written.items():
        (folder / name).write_bytes(data)
    return [str(folder)]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Cut logs into small blocks, and keep a journal of the smallest scan."""
    monkeypatch.setattr(sifting, "BLOCK", 2048)
    monkeypatch.setattr(sifting, "BEGINNING", 10)
    monkeypatch.setattr(journals, "LEAST", 0)
    monkeypatch.setattr(kept, "_EVERY", 1)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


class Cut:
    """Interrupts after so many blocks."""

    def __init__(self, after: int) -> None:
        self.left = after

    def passed(self, _: int) -> None:
        """Count, and interrupt."""
        self.left -= 1
        if self.left < 0:
            raise Interrupted("SIGTERM")


def scanned(
    sources: list[str], *, resume: bool = False, after: int = -1, settings: Settings = SETTINGS
) -> tuple[Report, list[str], int]:
    """Scan with a journal; give the report, the notes, and how many blocks were left of those to be read."""
    cut = Cut(after)
    watch = Watch(passed=cut.passed) if after >= 0 else UNWATCHED
    journal = pipeline.journal(sources, composed.shipped(), settings, goes_on=resume)
    report = pipeline.scan(sources, composed.shipped(), composed.QUESTION, settings, watch=watch, journal=journal)
    is_whole = not any("interrupted" in skip.reason for skip in report.skips)
    journal.close(is_over=is_whole)
    return report, journal.notes, cut.left


def whole(sources: list[str], settings: Settings = SETTINGS) -> bytes:
    """Give the report of a scan that nothing interrupts and that keeps nothing."""
    return msgspec.json.encode(pipeline.scan(sources, composed.shipped(), composed.QUESTION, settings))


def kept_files(tmp_path: Path) -> list[Path]:
    """Give the journals that are there."""
    return sorted((tmp_path / "state" / "debar").glob("*"))


@pytest.mark.parametrize("step", [7, 13])
def test_a_scan_interrupted_after_any_block_goes_on_to_the_same_report(tmp_path: Path, step: int) -> None:
    """Whatever the format, the compression, the encoding, and wherever it was interrupted."""
    sources = logs(tmp_path / "logs")
    expected = whole(sources)
    after, cuts = 1, 0
    while True:
        cut, _, left = scanned(sources, after=after)
        if left >= 0:
            break
        assert [skip.reason for skip in cut.skips if "interrupted" in skip.reason], after
        report, notes, _ = scanned(sources, resume=True)
        assert msgspec.json.encode(report) == expected, after
        assert notes == []
        assert kept_files(tmp_path) == []
        after, cuts = after + step, cuts + 1
    assert cuts > 5


def test_a_scan_interrupted_again_and_again_comes_to_its_end(tmp_path: Path) -> None:
    """Each time it gets a little farther, and no block of a plain log is looked through twice."""
    sources = logs(tmp_path / "logs")
    for name in ("b.log.gz", "e.log", "g.log.bz2"):
        (tmp_path / "logs" / name).unlink()
    expected = whole(sources)
    times = 0
    while True:
        # Blocks of earlier times pass quickly again, so each time has to be allowed some more.
        times += 1
        report, _, left = scanned(sources, resume=times > 1, after=9 * times)
        if left >= 0:
            break
    assert times > 3
    assert msgspec.json.encode(report) == expected


def test_digested_logs_go_on_as_a_whole(tmp_path: Path) -> None:
    """Where logs are digested, those that were read to their end are not read again, and their digests are the same."""
    sources = logs(tmp_path / "logs")
    settings = msgspec.structs.replace(SETTINGS, is_digested=True)
    scanned(sources, after=60, settings=settings)
    report, notes, _ = scanned(sources, resume=True, settings=settings)
    assert (msgspec.json.encode(report), notes) == (whole(sources, settings), [])


def test_what_was_kept_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan that goes on looks only through what is left."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    looked: list[int] = []
    real = sifting.looked_through

    def look(raw: sifting.Raw, **how: object) -> sifting.Lines:
        looked.append(raw.position)
        return real(raw, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(sifting, "looked_through", look)
    scanned([str(log)], after=18)
    every = log.stat().st_size // 2048 + 1
    looked.clear()
    scanned([str(log)], resume=True)
    assert min(looked) > 10 * 2048
    assert len(looked) < every - 10


@pytest.mark.parametrize("after", [9, 17, 29])
def test_a_log_that_grew_goes_on(tmp_path: Path, after: int) -> None:
    """Lines that were added since are read, and nothing before them again; the report is that of the grown log."""
    log = tmp_path / "a.log"
    data = tsv(1200)
    log.write_bytes(data[: 30 * 2048 - 700])
    scanned([str(log)], after=after)
    with log.open("ab") as opened:
        opened.write(data[30 * 2048 - 700 :])
    report, notes, _ = scanned([str(log)], resume=True)
    assert (msgspec.json.encode(report), notes) == (whole([str(log)]), [])


def test_a_log_that_was_finished_and_grew_goes_on(tmp_path: Path) -> None:
    """A log that was read to its end, whose last line was not whole then, is read on from the last whole block."""
    logs_ = tmp_path / "logs"
    logs_.mkdir()
    data = tsv(400)
    (logs_ / "a.log").write_bytes(data[:20_011])
    (logs_ / "b.log").write_bytes(tsv(600, 8))
    scanned([str(logs_)], after=15)
    with (logs_ / "a.log").open("ab") as log:
        log.write(data[20_011:])
    report, notes, left = scanned([str(logs_)], resume=True, after=30)
    assert left < 0
    assert notes == []
    report, notes, _ = scanned([str(logs_)], resume=True)
    assert (msgspec.json.encode(report), notes) == (whole([str(logs_)]), [])


@pytest.mark.parametrize("change", ["rewritten", "replaced", "longer", "shorter", "packed"])
def test_a_log_that_changed_is_read_anew(tmp_path: Path, change: str) -> None:
    """Also one that was cut off and grew past its old size again; the user is told."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)], after=16)
    other = tsv(600, 9)
    if change == "replaced":
        log.unlink()
    log.write_bytes(
        {"longer": tsv(900, 9), "shorter": other[:30_001], "packed": gzip.compress(other)}.get(change, other)
    )
    os.utime(log, ns=(1, 1))
    report, notes, _ = scanned([str(log)], resume=True)
    assert msgspec.json.encode(report) == whole([str(log)])
    assert notes == ([f"{log}: it changed since the interrupted scan, and was read anew"] if change != "packed" else [])


def test_a_torn_or_damaged_journal_goes_on_from_what_is_whole(tmp_path: Path) -> None:
    """Wherever it is cut off or one byte of it differs: what holds is used, and the report is the same."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    expected = whole([str(log)])
    scanned([str(log)], after=16)
    (file,) = kept_files(tmp_path)
    data = file.read_bytes()
    draw = random.Random(3)
    for number in range(40):
        at = draw.randrange(len(data))
        file.write_bytes(data[:at] if number % 2 else data[:at] + bytes([data[at] ^ 1 << at % 8]) + data[at + 1 :])
        report, _, _ = scanned([str(log)], resume=True)
        assert msgspec.json.encode(report) == expected, at


@pytest.mark.parametrize(
    "entry",
    [
        frames.Passed(0, (frames.Block(1, 10, 0, False, (0, 0), ((5, b"x"),)),)),
        frames.Passed(0, (frames.Block(9, 10, 0, False, (0, 0), ((5, b"x"), (4, b"y"))),)),
        frames.Passed(0, (frames.Block(9, -10, 0, False, (0, 0), ()),)),
        frames.Passed(0, (frames.Block(9, 10, 1 << 60, False, (0, 0), ()),)),
        frames.Passed(0, (frames.Block(1 << 50, 10, 0, False, (0, 0), ()),)),
        frames.Passed(0, (frames.Block(9, 10, 0, False, (0, 0), ((5, b"x\ny"),)),)),
        frames.Passed(7, (frames.Block(9, 10, 0, False, (0, 0), ()),)),
        frames.Begun(-4, b"/x", b"", (0, 0, 0, 0)),
        frames.Ended(9, "not a digest", 4),
    ],
)
def test_a_journal_that_says_what_cannot_be_is_dropped_there(tmp_path: Path, entry: frames.Entry) -> None:
    """Numbers of lines out of order or place, places before the last, lines that are two, files that nobody began."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)], after=16)
    (file,) = kept_files(tmp_path)
    size = file.stat().st_size
    with file.open("ab") as opened:
        opened.write(frames.framed(entry))
    report, notes, left = scanned([str(log)], resume=True, after=0)
    assert (left, notes) == (-1, [])
    assert file.stat().st_size == size
    report, _, _ = scanned([str(log)], resume=True)
    assert msgspec.json.encode(report) == whole([str(log)])


def test_a_frame_that_claims_to_be_huge_is_dropped(tmp_path: Path) -> None:
    """Neither its length nor what it unpacks to fills the memory."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)], after=16)
    (file,) = kept_files(tmp_path)
    size = file.stat().st_size
    with file.open("ab") as opened:
        opened.write(b"\xff\xff\xff\xff\0\0\0\0")
    scanned([str(log)], resume=True, after=0)
    assert file.stat().st_size == size


def test_another_scan_has_another_journal(tmp_path: Path) -> None:
    """What decides which lines are taken is part of the key: sources, settings; the question is not."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)], after=16)
    _, notes, _ = scanned([str(log)], resume=True, settings=msgspec.structs.replace(SETTINGS, exclude=("x",)))
    assert notes == ["there is no interrupted scan of this to go on with: everything is read"]
    assert len(kept_files(tmp_path)) == 1


def test_without_resume_a_journal_is_replaced(tmp_path: Path) -> None:
    """The scan begins anew, and its own journal is gone in the end."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)], after=16)
    (file,) = kept_files(tmp_path)
    size = file.stat().st_size
    scanned([str(log)], after=1)
    assert kept_files(tmp_path)[0].stat().st_size < size
    scanned([str(log)])
    assert kept_files(tmp_path) == []


def test_a_small_scan_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below the size from which it is worth while not even a folder is made."""
    monkeypatch.setattr(journals, "LEAST", 1 << 28)
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    _, notes, _ = scanned([str(log)], after=16)
    assert (notes, (tmp_path / "state").exists()) == ([], False)


def test_journals_are_for_their_owner_alone(tmp_path: Path) -> None:
    """Folder and file can be read by nobody else; a folder that was open is closed."""
    home = tmp_path / "state" / "debar"
    home.mkdir(parents=True)
    home.chmod(0o755)
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)], after=16)
    (file,) = kept_files(tmp_path)
    assert [stat.S_IMODE(place.stat().st_mode) for place in (home, file)] == [0o700, 0o600]


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="giving files away needs root")
@pytest.mark.parametrize("whose", ["folder", "journal"])
def test_what_is_somebody_elses_is_not_believed(tmp_path: Path, whose: str) -> None:
    """Neither a folder nor a journal of another owner is used; the user is told, and everything is read."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)], after=16)
    (file,) = kept_files(tmp_path)
    os.chown(file.parent if whose == "folder" else file, 1234, 1234)
    report, notes, _ = scanned([str(log)], resume=True)
    assert msgspec.json.encode(report) == whole([str(log)])
    assert len(notes) == 1
    assert "cannot be kept (" in notes[0]


def test_a_journal_that_another_scan_writes_is_left_alone(tmp_path: Path) -> None:
    """Two scans of the same at once: the second keeps nothing, and both report the same."""
    fcntl = pytest.importorskip("fcntl")
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)], after=16)
    (file,) = kept_files(tmp_path)
    data = file.read_bytes()
    with file.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        report, notes, _ = scanned([str(log)], resume=True)
    assert msgspec.json.encode(report) == whole([str(log)])
    assert "somebody else has it" in notes[0]
    assert file.read_bytes() == data


def test_a_full_disk_costs_a_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scan goes on, says once that nothing is kept, and what was kept before can still be gone on with."""
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    real, written = os.write, []

    def write(handle: int, data: bytes) -> int:
        written.append(data)
        if len(written) > 4:
            real(handle, data[:5])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        _, notes, _ = scanned([str(log)], after=12)
    assert len(notes) == 1
    assert "No space left on device" in notes[0]
    report, notes, _ = scanned([str(log)], resume=True)
    assert (msgspec.json.encode(report), notes) == (whole([str(log)]), [])


def test_old_journals_are_tidied(tmp_path: Path) -> None:
    """One that nobody went on with for a month is removed when another scan begins; a younger one stays."""
    home = tmp_path / "state" / "debar"
    home.mkdir(parents=True)
    for name, days in (("scan-old.journal", 31), ("scan-new.journal", 29)):
        (home / name).write_bytes(b"")
        os.utime(home / name, (time.time() - days * 86_400,) * 2)
    log = tmp_path / "a.log"
    log.write_bytes(tsv(600))
    scanned([str(log)])
    assert [file.name for file in kept_files(tmp_path)] == ["scan-new.journal"]


def test_a_log_in_which_most_lines_matter_fills_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than a part of a log is kept; the rest is read again, with the same report."""
    monkeypatch.setattr(kept, "_LINES", 4000)
    log = tmp_path / "a.log"
    log.write_bytes(b"\n".join([*composed.ZEEK.splitlines()[:7], *[FOUND] * 3000, b""]))
    _, _, left = scanned([str(log)], after=90)
    assert left < 0
    (file,) = kept_files(tmp_path)
    journal = file.read_bytes()
    assert len(journal) < 20_000
    report, _, _ = scanned([str(log)], resume=True)
    assert msgspec.json.encode(report) == whole([str(log)])


KILLED = """
import os, signal, sys
sys.path[:0] = [{tests!r}]
import composed
from debar import journal as journals, pipeline
from debar.journal import kept
from debar.readers import sifting
from debar.watched import Watch
import test_journal
sifting.BLOCK, sifting.BEGINNING, journals.LEAST, kept._EVERY = 2048, 10, 0, 1
left = [{after}]
def passed(_):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
sources = {sources!r}
journal = pipeline.journal(sources, composed.shipped(), test_journal.SETTINGS, goes_on=False)
pipeline.scan(sources, composed.shipped(), composed.QUESTION, test_journal.SETTINGS, watch=Watch(passed=passed), journal=journal)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
@pytest.mark.parametrize("after", [3, 31, 77])
def test_a_killed_scan_goes_on(tmp_path: Path, after: int) -> None:
    """A process that is killed without a word leaves what it kept until then."""
    sources = logs(tmp_path / "logs")
    tests = os.path.dirname(__file__)  # noqa: PTH120
    code = KILLED.format(tests=tests, after=after, sources=sources)
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(kept_files(tmp_path)) == 1
    report, notes, _ = scanned(sources, resume=True)
    assert (msgspec.json.encode(report), notes) == (whole(sources), [])
