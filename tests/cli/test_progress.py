# SPDX-License-Identifier: Apache-2.0
"""The progress of a scan tells the truth: what is done of what there is, how fast it goes, and how long it still takes."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

import composed
from debar.cli import main
from debar.cli.progress import Progress, State, fitted, said, sized
from debar.readers import walk

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        """Begin at some time."""
        self.now = 1000.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


def places(folder: Path, *sizes: int) -> list[walk.Found | walk.Fault]:
    """Write files of these sizes, and give them as they are found."""
    found: list[walk.Found | walk.Fault] = []
    for number, size in enumerate(sizes):
        file = folder / f"{number}.log"
        with file.open("wb") as opened:
            opened.truncate(size)
        found.append(walk.Found(str(file), str(file), "", named=False))
    return found


def followed(form: str, found: list[walk.Found | walk.Fault]) -> tuple[Progress, Clock, io.StringIO]:
    """Give the progress of a scan that found these places."""
    clock, out = Clock(), io.StringIO()
    progress = Progress(form, out, clock)
    progress.found(found)
    return progress, clock, out


def test_bytes_are_those_of_finished_files_and_of_the_current_one(tmp_path: Path) -> None:
    """What is read twice counts once, and no file counts more than it has."""
    found = places(tmp_path, 1000, 3000)
    progress, _, _ = followed("plain", found)
    progress.begun(found[0])
    progress.passed(400)
    progress.passed(100)
    assert progress.state()[:5] == (1, 2, 400, 4000, False)
    progress.passed(5000)
    assert progress.state().size == 1000
    progress.begun(found[1])
    progress.passed(-1)
    assert progress.state()[:4] == (2, 2, 1000, 4000)


def test_the_rate_is_that_of_the_last_seconds(tmp_path: Path) -> None:
    """A disk that becomes slower shows after some seconds, not after as long as it was quick."""
    found = places(tmp_path, 1_000_000)
    progress, clock, _ = followed("plain", found)
    progress.begun(found[0])
    for second in range(1, 11):
        clock.now = 1000.0 + second
        progress.passed(second * 50_000)
        progress.state()
    assert progress.state().rate == pytest.approx(50_000)
    for second in range(11, 21):
        clock.now = 1000.0 + second
        progress.passed(500_000 + (second - 10) * 10_000)
        progress.state()
    assert progress.state().rate == pytest.approx(10_000)
    assert progress.state().left == pytest.approx(40.0)


def test_the_time_left_comes_after_a_moment_and_is_never_below_zero(tmp_path: Path) -> None:
    """The first moments say nothing of what follows; a scan that stands still has no time left to tell."""
    found = places(tmp_path, 1000)
    progress, clock, _ = followed("plain", found)
    progress.begun(found[0])
    clock.now += 1
    progress.passed(500)
    assert progress.state().left is None
    clock.now += 2
    progress.passed(1000)
    assert progress.state().left == 0.0
    clock.now += 60
    progress.state()
    clock.now += 60
    assert (progress.state().rate, progress.state().left) == (None, None)


def test_what_nobody_knows_the_size_of_is_said(tmp_path: Path) -> None:
    """With standard input among the sources the sum is a least one, and no time is told."""
    found = [*places(tmp_path, 2000), walk.Found("-", None, "", named=True), walk.Fault("x", "gone")]
    progress, clock, _ = followed("plain", found)
    progress.begun(found[0])
    clock.now += 10
    progress.passed(1000)
    state = progress.state()
    assert (state.all_files, state.is_least, state.left) == (2, True, None)
    assert said(state) == "1 of 2 files, 1.0 of at least 2.0 kB, 100 bytes/s"


def test_the_line_is_drawn_ten_times_a_second_at_most(tmp_path: Path) -> None:
    """However often it is told something; elsewhere than on a terminal a line comes every ten seconds."""
    for form, expected in (("line", 10), ("plain", 0), ("json", 0), ("none", 0)):
        found = places(tmp_path, 100_000)
        progress, clock, out = followed(form, found)
        progress.begun(found[0])
        for step in range(1, 1001):
            clock.now = 1000.0 + step / 1000
            progress.passed(step)
        assert out.getvalue().count("\x1b[K") in {expected, expected + 1}, form
    for form, expected in (("plain", 6), ("json", 6), ("none", 0)):
        progress, clock, out = followed(form, found)
        progress.begun(found[0])
        for step in range(1, 61):
            clock.now = 1000.0 + step
            progress.passed(step)
        assert out.getvalue().count("\n") == expected, form


def test_words_and_units() -> None:
    """Sizes have one decimal in a unit of which there are less than a thousand; the path is cut on its left."""
    state = State(12, 340, 3_100_000_000, 98_000_000_000, False, 1.9e9, 49.4, "/srv/logs/" + "x" * 90 + "/dns.log")
    assert said(state) == "12 of 340 files, 3.1 of 98.0 GB, 1.9 GB/s, 49 s left"
    line = fitted(state, 79)
    assert len(line) == 79
    assert line.startswith("12 of 340 files, 3.1 of 98.0 GB, 1.9 GB/s, 49 s left, ")
    assert line.endswith("/dns.log")
    assert len(fitted(state, 20)) == 20
    assert [sized(size) for size in (0, 999, 1000, 999_949, 999_951, 5e16)] == [
        "0 bytes", "999 bytes", "1.0 kB", "999.9 kB", "1.0 MB", "50.0 PB",
    ]  # fmt: skip
    assert [said(state._replace(left=left)).rpartition(", ")[2] for left in (0.2, 89, 91, 5399, 5400, 90_000)] == [
        "0 s left", "89 s left", "2 min left", "90 min left", "1.5 h left", "25.0 h left",
    ]  # fmt: skip


def test_progress_is_written_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --progress json each line of standard error is an object; the last one says that everything is done."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    main(["scan", str(tmp_path), "--on", "2024-10-01", "-o", "json", "--progress", "json"])
    captured = capsys.readouterr()
    last = json.loads(captured.err.splitlines()[-1])["progress"]
    assert (last["files"], last["all_files"]) == (1, 1)
    assert last["all_sizes"] == len(composed.CYCLONEDX)
    assert json.loads(captured.out)["schema"]


@pytest.mark.parametrize("options", [[], ["--progress", "none"], ["--quiet", "--progress", "plain"]])
def test_nothing_is_said_where_nobody_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    """Without a terminal there is no progress by itself, and --quiet silences it everywhere."""
    (tmp_path / "bom.json").write_bytes(composed.CYCLONEDX)
    main(["scan", str(tmp_path), "--on", "2024-10-01", *options])
    assert capsys.readouterr().err == ""
