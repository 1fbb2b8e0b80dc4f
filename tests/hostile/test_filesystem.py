# SPDX-License-Identifier: Apache-2.0
"""Links, pipes, devices, and files that change while they are read: none of them stops or ends a scan."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import composed
from debar.cli.replacing import replace_file
from debar.cli.scan import exit_code
from debar.errors import SourceError, UsageError
from debar.readers import walk
from debar.readers.inputs import Input
from debar.readers.sbom import cyclonedx
from debar.register import archive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def test_links_that_point_at_each_other(tmp_path: Path) -> None:
    """Two links that point at each other are a skip."""
    bad = tmp_path / "a"
    bad.symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(bad)
    report = composed.scanned(composed.beside(bad))
    assert {Path(skip.source).name for skip in report.skips} == {"a", "b"}
    assert [exposure.asset for exposure in report.exposures] == ["shop@2"]
    assert exit_code(report, "none") == 3


def test_link_that_points_at_itself_is_named(tmp_path: Path) -> None:
    """The same when the user names the link itself."""
    bad = tmp_path / "a"
    bad.symlink_to(bad)
    report = composed.scanned(bad)
    assert [skip.source for skip in report.skips] == [str(bad)]


def test_directory_that_contains_itself(tmp_path: Path) -> None:
    """A link to a directory above ends, and each file is read once."""
    below = tmp_path / "one" / "two"
    below.mkdir(parents=True)
    (below / "up").symlink_to(tmp_path)
    (below / "same").symlink_to(below)
    (below / "bom.json").write_bytes(composed.CYCLONEDX)
    report = composed.scanned(tmp_path)
    assert len(report.sources) == 1
    assert not report.skips


def test_link_to_nothing(tmp_path: Path) -> None:
    """A link whose target is gone is a skip with the reason."""
    bad = tmp_path / "gone"
    bad.symlink_to(tmp_path / "nowhere")
    composed.expect_skip(bad, "No such file")


def test_two_ways_to_one_file(tmp_path: Path) -> None:
    """A file that has two names is read once."""
    one = tmp_path / "a.json"
    one.write_bytes(composed.CYCLONEDX)
    (tmp_path / "b.json").symlink_to(one)
    os.link(one, tmp_path / "c.json")
    report = composed.scanned(tmp_path)
    assert [source.path for source in report.sources] == [str(one)]
    assert not report.skips


def test_file_that_is_named_twice(tmp_path: Path) -> None:
    """A file that is named twice, or named and met below a directory, is one source."""
    one = tmp_path / "a.json"
    one.write_bytes(composed.CYCLONEDX)
    for sources in ((one, one), (tmp_path, one), (one, tmp_path), (tmp_path, tmp_path)):
        report = composed.scanned(*sources)
        assert len({source.id for source in report.sources}) == len(report.sources) == 1, sources


def test_named_pipe_does_not_block(tmp_path: Path) -> None:
    """A pipe that nobody writes to is a skip, not a wait."""
    bad = tmp_path / "fifo"
    os.mkfifo(bad)
    composed.expect_skip(bad, "not a regular file")


def test_named_pipe_that_is_named_does_not_block(tmp_path: Path) -> None:
    """The same when the user names the pipe, with and without a scheme."""
    bad = tmp_path / "fifo"
    os.mkfifo(bad)
    assert len(composed.scanned(bad).skips) == 1
    assert len(composed.scanned(f"zeek:{bad}").skips) == 1


def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket in a directory is a skip."""
    bad = tmp_path / "s"
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s")
        composed.expect_skip(bad)


@pytest.mark.skipif(not IS_ROOT, reason="making a device node needs root")
def test_device_that_never_ends(tmp_path: Path) -> None:
    """A device such as /dev/zero in a directory is a skip; nothing of it is read."""
    bad = tmp_path / "zero"
    try:
        os.mknod(bad, stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except OSError as e:
        pytest.skip(f"no device can be made here: {e}")
    composed.expect_skip(bad)


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/full", "/dev/tty"])
def test_device_that_is_named(device: str) -> None:
    """A device that the user names is a skip."""
    if not Path(device).exists():
        pytest.skip(f"no {device}")
    report = composed.scanned(device)
    assert [skip.source for skip in report.skips] == [device]


@pytest.mark.skipif(IS_ROOT, reason="root may read everything")
def test_file_and_directory_without_permission(tmp_path: Path) -> None:
    """What may not be read is a skip with the reason."""
    bad, closed = tmp_path / "bom.json", tmp_path / "closed"
    bad.write_bytes(composed.CYCLONEDX)
    closed.mkdir()
    bad.chmod(0)
    closed.chmod(0)
    report = composed.scanned(composed.beside(bad))
    closed.chmod(0o700)
    assert {skip.source for skip in report.skips} == {str(bad), str(closed)}
    assert all("ermission" in skip.reason for skip in report.skips)


def test_open_that_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system refuses to open is a skip with the system's reason (also where root runs the tests)."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(composed.CYCLONEDX)
    real = os.open

    def refuse(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path) == bad:
            raise PermissionError(13, "Permission denied")
        return real(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    composed.expect_skip(bad, "Permission denied")


def test_listing_that_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory that the system refuses to list is a skip with the system's reason."""
    bad = tmp_path / "closed"
    bad.mkdir()
    real = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path) == bad:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    composed.expect_skip(bad, "Permission denied")


def test_file_that_vanishes_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was listed and is gone when its turn comes is a skip."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(composed.CYCLONEDX)
    real = walk.find

    def find(*arguments: object) -> Iterator[walk.Found | walk.Fault]:
        found = list(real(*arguments))  # type: ignore[arg-type]
        bad.unlink(missing_ok=True)
        return iter(found)

    monkeypatch.setattr(walk, "find", find)
    composed.expect_skip(bad, "No such file")


def test_file_that_vanishes_between_recognising_and_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone after its first bytes were looked at is a skip."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(composed.CYCLONEDX)
    real = Input.head

    def head(self: Input) -> bytes:
        found = real(self)
        if self.path == str(bad):
            bad.unlink()
        return found

    monkeypatch.setattr(Input, "head", head)
    composed.expect_skip(bad, "No such file")


def test_read_that_fails_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails under a file is a skip with the byte, and what was read before stays."""
    bad = tmp_path / "dns.log"
    bad.write_bytes(composed.ZEEK + composed.ZEEK.splitlines(keepends=True)[-1] * 50_000)
    real = Input.lines

    def lines(self: Input) -> Iterator[tuple[int, str]]:
        with self.stream():
            for number, line in real(self):
                if self.path == str(bad) and number == 20_000:
                    raise OSError(5, "Input/output error")
                yield number, line

    monkeypatch.setattr(Input, "lines", lines)
    report = composed.expect_skip(bad, "Input/output error")
    assert any(exposure.product == "security-network" for exposure in report.exposures)


@pytest.mark.parametrize("change", ["shrinks", "grows", "empties"])
@pytest.mark.parametrize("name", ["bom.json", "dns.log", "status", "programs.csv", "bom.xml"])
def test_file_that_changes_while_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, change: str) -> None:
    """A file that shrinks, grows or empties after its first bytes were looked at never ends the scan."""
    odd = tmp_path / name
    content = composed.FORMATS[name]
    odd.write_bytes(content)
    real = Input.head

    def head(self: Input) -> bytes:
        found = real(self)
        if self.path == str(odd):
            odd.write_bytes({"shrinks": content[:-25], "grows": content + content, "empties": b""}[change])
        return found

    monkeypatch.setattr(Input, "head", head)
    report = composed.scanned(composed.beside(odd))
    assert any(exposure.asset == "shop@2" for exposure in report.exposures)


def test_directory_of_two_thousand_levels(tmp_path: Path) -> None:
    """A tree that is deeper than a path can be long ends, and what was not reached is a skip."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    deep = "import os\nfor _ in range(2000):\n os.mkdir('d')\n os.chdir('d')\nopen('deep.json', 'w').close()\n"
    subprocess.run(["python3", "-c", deep], cwd=tmp_path, check=True)
    try:
        report = composed.scanned(tmp_path)
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)
    assert [exposure.asset for exposure in report.exposures] == ["shop@2"]
    assert exit_code(report, "none") == 3


def test_source_that_does_not_exist(tmp_path: Path) -> None:
    """A source that is not there cannot be read, and is named."""
    with pytest.raises(SourceError) as caught:
        composed.scanned(tmp_path / "nothing.json")
    assert caught.value.path.endswith("nothing.json")


@pytest.mark.parametrize(
    "error", [ValueError("odd"), KeyError("x"), AssertionError(), UnicodeDecodeError("utf-8", b"a", 0, 1, "odd")]
)
def test_reader_with_a_fault_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Whatever a reader raises, one file never ends a scan: it is a skip, and what it gave before stays."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(composed.CYCLONEDX)
    (tmp_path / "dns.log").write_bytes(composed.ZEEK)
    real = cyclonedx.read

    def read(source: Input) -> Iterator[Observation]:
        if source.path == str(bad):
            raise error
        yield from real(source)

    monkeypatch.setattr(cyclonedx, "read", read)
    report = composed.expect_skip(bad)
    assert {exposure.product for exposure in report.exposures} == {"endpoint-security", "security-network"}


@pytest.mark.parametrize("error", [RecursionError("deep"), MemoryError()])
def test_reader_that_runs_out_of_stack_or_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """A file that is too deep or too large for the machine is a skip."""
    bad = tmp_path / "bom.json"
    bad.write_bytes(composed.CYCLONEDX)
    real = cyclonedx.read

    def read(source: Input) -> Iterator[Observation]:
        if source.path == str(bad):
            raise error
        yield from real(source)

    monkeypatch.setattr(cyclonedx, "read", read)
    composed.expect_skip(bad, "too deep or too large")


def test_strict_ends_at_the_first_bad_file(tmp_path: Path) -> None:
    """Under --strict the first file that cannot be read ends the scan with its name and exit code 3."""
    for name in ("b-bad.json", "c-bad.json"):
        (tmp_path / name).write_bytes(composed.CYCLONEDX[:-20])
    (tmp_path / "a-good.json").write_bytes(composed.CYCLONEDX)
    with pytest.raises(SourceError) as caught:
        composed.scanned(tmp_path, strict=True)
    assert caught.value.path == str(tmp_path / "b-bad.json")
    assert caught.value.exit_code == 3


def test_strict_ends_at_a_place_inside_a_file(tmp_path: Path) -> None:
    """Under --strict a file of which only one place is bad ends the scan too, with that place."""
    bad = tmp_path / "dns.json"
    bad.write_bytes(composed.ZEEK_JSON + b'{"_path": "dns", "que\n')
    with pytest.raises(SourceError) as caught:
        composed.scanned(tmp_path, strict=True)
    assert (caught.value.path, caught.value.locator) == (str(bad), "line 3")


def test_strict_ends_at_what_cannot_be_listed(tmp_path: Path) -> None:
    """Under --strict a link to nothing ends the scan as well."""
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    with pytest.raises(SourceError, match="cannot be looked at"):
        composed.scanned(tmp_path, strict=True)


def test_version_control_is_not_evidence(tmp_path: Path) -> None:
    """What lies in .git is history and not evidence of what is there now."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "bom.json").write_bytes(composed.CYCLONEDX)
    assert composed.scanned(tmp_path).sources == ()


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """A report goes through a pipe that is named like a file: nothing takes its place."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        done = composed.run(
            "scan", str(composed.beside(tmp_path / "x") / "zz-good.json"), "-o", f"json={pipe}", "--fail-on", "none"
        )
        assert done.returncode == 0, done.stderr
        assert reader.communicate()[0].startswith(b"{")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_to_a_report_stays_a_link(tmp_path: Path) -> None:
    """The file behind it is replaced."""
    (tmp_path / "report.json").write_text("old")
    (tmp_path / "latest.json").symlink_to("report.json")
    done = composed.run(
        "scan", str(composed.beside(tmp_path / "x") / "zz-good.json"), "-o", f"json={tmp_path / 'latest.json'}"
    )
    assert done.returncode in (0, 1), done.stderr
    assert (tmp_path / "latest.json").is_symlink()
    assert (tmp_path / "report.json").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize("command", ["decide", "register bundle"])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, command: str) -> None:
    """A pipe named as the file of decisions, or of a bundle, is a fault, and stays a pipe."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises((UsageError, OSError), match="is no file"):
        if command == "decide":
            replace_file(pipe, "x")
        else:
            archive.replace(pipe, b"x", 0o600)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
