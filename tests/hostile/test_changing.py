# SPDX-License-Identifier: Apache-2.0
"""Files that change while they are read, streams that must not reach a disk, and disks without room for results."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import composed
from debar.cli import main
from debar.errors import SourceError
from debar.pipeline import Settings, scan
from debar.readers import disk, opened, sifting, streams
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.model.results import Report

ROWS = composed.ZEEK.splitlines(keepends=True)
LOG = b"".join([*ROWS[:-1], *[ROWS[-1]] * 20_000, *ROWS[-2:]])
"""A log of more than a megabyte, with an exposure at its beginning and one at its end."""
LARGE = LOG * 6
SETTINGS = [Settings(sifted_from=0), Settings(sifted_from=-1)]
AGENCY = ("--on", "2024-10-01", "--as", "us/federal-agency")


def scanned(*sources: Path, settings: Settings = SETTINGS[0], stdin: bytes = b"") -> Report:
    """Scan as a federal agency."""
    return scan([str(s) for s in sources], composed.shipped(), composed.QUESTION, settings, stdin=io.BytesIO(stdin))


def once_read(monkeypatch: pytest.MonkeyPatch, size: int, change: Callable[[], None]) -> None:
    """Change something once so many bytes of a file were read in one go."""
    real = disk.Disk._passed

    def passed(self: disk.Disk, count: int, asked: int) -> None:
        real(self, count, asked)
        if self.size >= size and change_left:
            change_left.pop()()

    change_left = [change]
    monkeypatch.setattr(disk.Disk, "_passed", passed)
    monkeypatch.setattr(sifting, "BLOCK", 1 << 16)


@pytest.mark.parametrize("settings", SETTINGS, ids=["sifted", "every line"])
def test_a_log_that_grows_is_read_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """What is added while it is read is left out, so that reading ends; a remark says so."""
    log = tmp_path / "dns.log"
    log.write_bytes(LOG)

    def grow() -> None:
        with log.open("ab") as out:
            out.write(LOG)

    once_read(monkeypatch, 100_000, grow)
    report = scanned(log, settings=settings)
    assert report.skips == ()
    assert report.sources[0].remark == opened.GROWN
    assert report.sources[0].size == len(LOG)


@pytest.mark.parametrize("settings", SETTINGS, ids=["sifted", "every line"])
def test_a_log_that_is_cut_off_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """A log that is emptied by its rotation is a skip with the byte, and what was read before stays."""
    log = tmp_path / "dns.log"
    log.write_bytes(LOG)
    once_read(monkeypatch, 1 << 20, lambda: os.truncate(log, 1000))
    monkeypatch.setattr(disk, "BLOCK", 1 << 16)
    report = scanned(log, settings=settings)
    assert len(report.skips) == 1
    assert report.skips[0].locator.startswith("byte ")
    assert report.skips[0].reason.startswith(f"was cut off while it was read: it had {len(LOG):,} bytes")
    assert any(exposure.product == "security-network" for exposure in report.exposures)


@pytest.mark.parametrize("settings", SETTINGS, ids=["sifted", "every line"])
def test_a_log_that_is_rotated_away_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """One that gets another name while it is read, and a new one in its place, is still the one that was begun."""
    log = tmp_path / "dns.log"
    log.write_bytes(LOG)

    def rotate() -> None:
        log.rename(tmp_path / "dns.log.1")
        log.write_bytes(b"")

    once_read(monkeypatch, 1 << 19, rotate)
    report = scanned(log, settings=settings)
    assert report.skips == ()
    assert (report.sources[0].size, report.sources[0].remark) == (len(LOG), "")


def test_files_whose_size_is_wrong_are_read(tmp_path: Path) -> None:
    """The kernel's own files tell a size of nothing, or of a page, and are read as far as they go."""
    about = Path("/proc/self/status")
    if not about.exists():
        pytest.skip("no /proc")
    assert Input(str(about), about).content().startswith(b"Name:")
    with Input(str(about), about).stream() as stream:
        assert stream.read().startswith(b"Name:")


@pytest.mark.parametrize("settings", SETTINGS, ids=["sifted", "every line"])
def test_a_truncated_gzip_is_told_with_what_was_in_it(tmp_path: Path, settings: Settings) -> None:
    """What could be unpacked is reported, the byte at which it breaks off is named, the status is 3."""
    draw = random.Random(1)
    rows = [ROWS[-1].replace(b"C2", b"C%d" % draw.randrange(1 << 60)) for _ in range(60_000)]
    packed = gzip.compress(b"".join([*ROWS[:-1], *rows]))
    bad = tmp_path / "dns.log.gz"
    bad.write_bytes(packed[: len(packed) * 3 // 4])
    report = scanned(bad, settings=settings)
    assert [skip.locator for skip in report.skips] == [f"byte {len(packed) * 3 // 4}"]
    assert any(exposure.product == "security-network" for exposure in report.exposures)
    assert sum(report.sources[0].counts.values()) > 10


def packed(folder: Path, form: str, members: dict[str, bytes]) -> Path:
    """Write an archive of these files."""
    place = folder / f"all.{form}"
    if form == "zip":
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return place
    with tarfile.open(place, "w:gz" if form == "tar.gz" else "w") as archive:
        for name, data in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return place


@pytest.fixture
def _no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing be written to a temporary file."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file")

    monkeypatch.setattr(disk, "SPOOL", 1 << 22)
    monkeypatch.setattr(streams, "SPOOL", 1 << 22)
    monkeypatch.setattr(opened, "spooled", refuse)
    monkeypatch.setattr(tempfile, "_TemporaryFileWrapper", refuse)
    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)


@pytest.mark.usefixtures("_no_disk")
@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
def test_logs_in_archives_never_reach_a_disk(tmp_path: Path, form: str) -> None:
    """Members are looked through while they are unpacked, plain ones and compressed ones; nothing is written anywhere."""
    archive = packed(
        tmp_path, form, {"a/dns.log": LARGE, "b/dns.log.gz": gzip.compress(LARGE), "c/bom.json": composed.CYCLONEDX}
    )
    report = scanned(archive, settings=Settings(sifted_from=1 << 15))
    assert report.skips == ()
    assert {source.path.rpartition("!")[2] for source in report.sources} >= {"a/dns.log", "b/dns.log.gz", "c/bom.json"}
    logs = [source for source in report.sources if "dns.log" in source.path]
    assert [source.counts["lines looked through"] for source in logs] == [len(LARGE.splitlines())] * 2


@pytest.mark.usefixtures("_no_disk")
def test_a_log_on_standard_input_never_reaches_a_disk() -> None:
    """It is looked through as it comes."""
    report = scan(["-"], composed.shipped(), composed.QUESTION, Settings(sifted_from=1 << 15), stdin=io.BytesIO(LARGE))
    assert report.skips == ()
    assert report.sources[0].counts["lines looked through"] == len(LARGE.splitlines())


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz", "-"])
@pytest.mark.parametrize("name", sorted(composed.FORMATS))
def test_streams_say_what_files_say(tmp_path: Path, form: str, name: str) -> None:
    """An input inside an archive or on standard input holds the same observations as the file, sifted or not."""
    data = composed.FORMATS[name]
    file = tmp_path / name
    file.write_bytes(data)
    for settings in SETTINGS:
        expected = scanned(file, settings=settings)
        if form == "-":
            found = scan(["-"], composed.shipped(), composed.QUESTION, settings, stdin=io.BytesIO(data))
        else:
            found = scanned(packed(tmp_path, form, {name: data}), settings=settings)
        counts = [(s.observations, s.counts) for s in found.sources if s.reader not in {"tar", "zip"}]
        assert counts == [(s.observations, s.counts) for s in expected.sources], settings


def test_a_stream_that_passed_is_gone() -> None:
    """Its beginning stays, and asking for more of it than that a second time is a fault with the byte."""
    stream = streams.Streamed(io.BytesIO(LOG), rewindable=False)
    assert stream.read(0, 100) == LOG[:100]
    stream.let_pass()
    view = stream.view()
    assert view.read(1000) == LOG[:1000]
    assert view.read() == LOG[1000:]
    assert stream.read(0, 100) == LOG[:100]
    with pytest.raises(SourceError, match="read once"):
        stream.read(100, 10)
    stream.close()


@pytest.mark.parametrize("rewindable", [True, False])
def test_views_of_a_stream_do_not_disturb_each_other(rewindable: bool) -> None:
    """Each reads at its own place, whatever the others do meanwhile."""
    stream = streams.Streamed(io.BytesIO(LOG), rewindable=rewindable)
    first, second = stream.view(), stream.view()
    assert first.read(10) == LOG[:10]
    assert second.seek(-5, os.SEEK_END) == len(LOG) - 5
    assert (second.read(), second.read(1)) == (LOG[-5:], b"")
    assert first.read(10) == LOG[10:20]
    assert (stream.is_longer(100), stream.is_longer(len(LOG))) == (True, False)
    with pytest.raises(ValueError, match="negative"):
        first.seek(-1)
    stream.close()


FULL = """
import resource, signal, sys
from debar.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of POSIX")
def test_a_result_for_which_there_is_no_room(tmp_path: Path) -> None:
    """The others are written, the message names the file, nothing half-written stays, and the status is 3."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    out, old = tmp_path / "out", b"what was there before"
    out.mkdir()
    (out / "r.json").write_bytes(old)
    done = subprocess.run(
        [sys.executable, "-c", FULL, "scan", str(tmp_path / "bom.json"), *AGENCY, "-o", f"json={out / 'r.json'}", "-o", "terminal"],
        capture_output=True,
        check=False,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert f"{out / 'r.json'}: File too large" in done.stderr.decode()
    assert b"shop@2" in done.stdout
    assert {file.name: file.read_bytes() for file in out.iterdir()} == {"r.json": old}


def test_a_scan_whose_result_found_no_room_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says that --resume writes it, and that reads what was kept instead of the log."""
    from debar import journal as journals

    monkeypatch.setattr(journals, "LEAST", 0)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    log = tmp_path / "dns.log"
    log.write_bytes(LOG * 8)
    real = Path.open

    def full(self: Path, mode: str = "r", *rest: object, **named: object) -> object:
        if mode == "w" and "a.json" in self.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, mode, *rest, **named)  # type: ignore[call-overload]

    command = ["scan", str(log), *AGENCY, "-o", f"json={tmp_path / 'a.json'}", "-o", f"json={tmp_path / 'b.json'}"]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        assert main(command) == 3
    said = capsys.readouterr().err
    assert f"{tmp_path / 'a.json'}: No space left on device" in said
    assert "--resume" in said
    looked: list[int] = []
    monkeypatch.setattr(sifting, "looked_through", lambda raw, **_: looked.append(raw.position))
    assert main([*command, "--resume"]) == 1
    assert looked == []
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert json.loads((tmp_path / "a.json").read_text())["exposures"]


def test_disk_full_while_other_outputs_fail_otherwise(tmp_path: Path) -> None:
    """A folder in place of a file is wrong usage, as ever, and no matter of room."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    assert main(["scan", str(tmp_path / "bom.json"), *AGENCY, "-o", f"json={tmp_path}"]) == 2
