# SPDX-License-Identifier: Apache-2.0
"""Files of trees say the same, in the same order, whoever read them; and what was kept of them can be trusted or is not used."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import threading
import time
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from debar import seen, trees, workers
from debar.errors import SourceError
from debar.identify import Identified, Identifying, Walked
from debar.identity import stable_id
from debar.model.inventory import LogLayouts
from debar.readers import load, walk
from debar.readers.inputs import Input
from debar.seen import Seen
from debar.told import Told
from debar.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.identify import Ahead
    from debar.readers.rows import Reader

SAMPLES = Path(__file__).parent / "data" / "readers" / "files"
LITERALS = ("kernel32", "Vendor", "vendor")
LINUX = pytest.mark.skipif(not os.path.isdir("/proc/self/task"), reason="processes are copied on Linux only")  # noqa: PTH112


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a tree of three hundred programs, whole and broken, among files that tell nothing, long unchanged."""
    top = tmp_path / "root"
    samples = sorted(path for kind in ("pe", "elf", "macho", "msi") for path in (SAMPLES / kind).iterdir())
    programs = [path for path in samples if path.suffix != ".jsonl" and path.is_file()]
    for number in range(300):
        folder = top / "usr" / "lib" / f"d{number % 7}"
        folder.mkdir(parents=True, exist_ok=True)
        sample = programs[number % len(programs)]
        data = sample.read_bytes()
        (folder / f"{number}-{sample.name}").write_bytes(data[: len(data) // 2] if number % 5 == 0 else data)
        (folder / f"{number}.txt").write_bytes(b"nothing to tell")
    (top / "usr" / "lib" / os.fsdecode(b"name-\xff.dll")).write_bytes(
        (SAMPLES / "pe" / "_win32sysloader.pyd").read_bytes()
    )
    return top


def identifying() -> Identifying:
    """Give what recognises files, and looks for strings in them."""
    return Identifying(partial(Input), of_trees=LITERALS)


def said(tree: Path, ahead: Ahead | None) -> list[object]:
    """Give everything that is said of a tree, in order."""
    return list(_said(tree, ahead))


def _said(tree: Path, ahead: Ahead | None) -> Iterator[object]:
    for one in identifying().inputs(walk.find([f"tree:{tree}"]), ahead):
        if not isinstance(one, Identified):
            yield one
            continue
        assert one.reader is not None
        source = one.source
        yield source.path, one.reader.name, one.why
        source.id = stable_id("src", source.path, one.reader.name)
        try:
            yield from one.told.say() if one.told else load(one.reader)(source)
        except SourceError as e:
            yield e.locator, e.message, e.hint
        yield source.losses, dict(source.tally), source.remarks, source.is_hollow, source.size


def kept(tree: Path, *, is_verified: bool = False) -> Seen:
    """Give what was kept of a tree."""
    return Seen(seen.state_of([str(tree)], LITERALS, (), LogLayouts()), is_verified=is_verified)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder in which things are kept, and a clock that finds every file settled."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(seen, "_SETTLED", 0)
    return tmp_path / "cache" / "debar"


@pytest.mark.parametrize("count", [1, pytest.param(2, marks=LINUX), pytest.param(5, marks=LINUX)])
def test_any_number_of_workers_says_the_same(tree: Path, count: int) -> None:
    """What is said of a tree, and its order, is that of reading each file where it is met."""
    plain = said(tree, None)
    assert said(tree, Trees(count)) == plain
    assert len(plain) > 900


@LINUX
def test_several_workers_are_started_for_many_files_only(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A few files are not worth a process; a tree is."""
    started: list[int] = []
    fork = os.fork

    def counted() -> int:
        started.append(1)
        return fork()

    monkeypatch.setattr(os, "fork", counted)
    # Whoever runs the tests side by side has a thread of its own here, which holds nothing that a copy would need.
    monkeypatch.setattr(trees, "can_work", lambda: True)
    small = tree.parent / "small"
    shutil.copytree(tree / "usr" / "lib" / "d1", small / "usr" / "lib")
    for path in sorted((small / "usr" / "lib").iterdir())[40:]:
        path.unlink()
    said(small, Trees(3))
    assert len(started) == 0
    said(tree, Trees(3))
    assert len(started) == 3


def test_process_with_threads_is_not_copied(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that another thread holds would be held for ever in the copy: then this process reads all."""
    plain = said(tree, None)
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    monkeypatch.setattr(os, "fork", None)
    try:
        assert said(tree, Trees(2)) == plain
    finally:
        over.set()
        other.join()


@LINUX
def test_worker_that_dies_costs_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that a dead process had are read by this one: nothing is lost or told twice."""
    plain, own = said(tree, None), os.getpid()
    tell = trees.tell

    def dying(place: walk.Found, identifying: Identifying) -> Told:
        if os.getpid() != own and "/17-" in place.path:
            os.kill(os.getpid(), signal.SIGKILL)
        return tell(place, identifying)

    monkeypatch.setattr(trees, "tell", dying)
    assert said(tree, Trees(2)) == plain


@LINUX
def test_all_workers_may_die(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any of them this process goes on alone."""
    plain, own, tell = said(tree, None), os.getpid(), trees.tell

    def dying(place: walk.Found, identifying: Identifying) -> Told:
        if os.getpid() != own:
            os._exit(3)
        return tell(place, identifying)

    monkeypatch.setattr(trees, "tell", dying)
    assert said(tree, Trees(3)) == plain


@LINUX
def test_workers_end_with_their_reader(tree: Path) -> None:
    """Whoever stops reading in the middle leaves no process behind."""
    places = walk.find([f"tree:{tree}"])
    reading = Trees(2)(places, identifying())
    for _ in range(70):
        next(reading)
    reading.close()  # type: ignore[attr-defined]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@LINUX
def test_answers_come_in_the_order_of_questions() -> None:
    """Slow questions hold back no other worker, and change no order."""

    def work(question: bytes) -> bytes:
        time.sleep(0.02 if question.endswith(b"0") else 0)
        return question * 40_000  # more than a pipe holds

    asked = [(number, b"%d" % number) for number in range(60)]
    team = workers.Workers(work, 3)
    try:
        answered = list(team.answers([*asked, (60, b"")]))
    finally:
        team.close()
    assert answered == [*((number, question * 40_000) for number, question in asked), (60, None)]


def test_file_that_says_very_much_is_not_held(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too much for one answer is read where it is met, and is the same."""
    plain = said(tree, None)
    monkeypatch.setattr(trees, "MOST", 2)
    assert said(tree, Trees(2)) == plain


def test_file_that_changes_while_it_is_read_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said of such a file may be of neither state; it is a broken place."""
    read = trees._read

    def changing(one: Identified, reader: Reader) -> Told:
        told = read(one, reader)
        if "/17-" in one.source.path:
            with Path(one.source.path).open("ab") as file:
                file.write(b"more")
        return told

    monkeypatch.setattr(trees, "_read", changing)
    losses = [one[0] for one in said(tree, Trees(1)) if isinstance(one, tuple) and len(one) == 5]
    assert [lost for lost in losses if ("", trees.CHANGED) in lost] == [[("", trees.CHANGED)]]


def without_counts(everything: list[object]) -> list[object]:
    """Give what was said, without how much of it was kept."""
    return [one for one in everything if not isinstance(one, Walked)]


def test_unchanged_files_are_not_opened_again(tree: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second scan says the same without opening one of the files that tell anything, and says how many those were."""
    first = said(tree, Trees(1, kept(tree)))
    assert first == said(tree, None)
    opened: list[object] = []
    tell = trees.tell

    def counted(place: walk.Found, by: Identifying) -> Told:
        opened.append(place.path)
        return tell(place, by)

    monkeypatch.setattr(trees, "tell", counted)
    second = said(tree, Trees(1, kept(tree)))
    assert without_counts(second) == without_counts(first)
    (walked,) = [one for one in second if isinstance(one, Walked)]
    assert walked.kept == walked.files - len(opened)
    assert walked.kept_since
    assert all("name-" in str(path) or _is_broken(tree, str(path)) for path in opened)
    assert len(list(cache.iterdir())) == 1


def _is_broken(tree: Path, path: str) -> bool:
    """Tell whether a file cannot be read to its end, which is tried anew each time."""
    one = trees.tell(walk.Found(path, path, "", named=False, tree=str(tree), asset="root"), identifying())
    return one.fault is not None or bool(one.faults)


def test_changed_file_is_read_again(tree: Path, cache: Path) -> None:
    """Content, name, and removal show, also where the file has the size and the time of content that it had."""
    said(tree, Trees(1, kept(tree)))
    folder = tree / "usr" / "lib" / "d1"
    (changed, removed, renamed) = sorted(path for path in folder.iterdir() if path.suffix != ".txt")[:3]
    about, data = changed.stat(), bytearray(changed.read_bytes())
    data[-40:] = b"Vendor..kernel32" + bytes(24)
    changed.write_bytes(data)
    os.utime(changed, ns=(about.st_atime_ns, about.st_mtime_ns))
    removed.unlink()
    renamed.rename(folder / "0-new-name")
    assert without_counts(said(tree, Trees(1, kept(tree)))) == without_counts(said(tree, None))


@LINUX
def test_workers_and_what_was_kept_go_together(tree: Path, cache: Path) -> None:
    """Several processes read only what changed, and keep the same as one."""
    one = without_counts(said(tree, Trees(2, kept(tree))))
    (tree / "usr" / "lib" / "d2" / "1.txt").write_bytes(b"MZ")
    assert without_counts(said(tree, Trees(2, kept(tree)))) != one
    assert without_counts(said(tree, Trees(2, kept(tree)))) == without_counts(said(tree, None))


def test_file_that_was_changed_just_now_is_not_kept(tree: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second change within one tick of a clock would not show: such files are read again."""
    monkeypatch.setattr(seen, "_SETTLED", 10**15)
    said(tree, Trees(1, kept(tree)))
    (walked,) = [one for one in said(tree, Trees(1, kept(tree))) if isinstance(one, Walked)]
    assert walked.kept == 0


def rewritten(cache: Path) -> str:
    """Change what is kept of one program, as somebody would who knows how it is written; give its path."""
    (file,) = cache.iterdir()
    entries = seen._entries(file.read_bytes())
    key = next(key for key, entry in entries.items() if b"publisher" in bytes(entry.told))
    told = bytes(entries[key].told).replace(b"Vendor", b"Nobody").replace(b"Corporation", b"Corporatiom")
    if told == bytes(entries[key].told):
        told = msgspec.msgpack.encode(Told(is_worth=False))
    entries[key] = msgspec.structs.replace(entries[key], told=msgspec.Raw(told))
    data = msgspec.msgpack.encode(entries)
    file.write_bytes(hashlib.sha256(data).digest() + zlib.compress(data, 1))
    return os.fsdecode(key.partition(b"\0")[0])


def test_what_was_kept_and_then_changed_is_found_out(tree: Path, cache: Path) -> None:
    """To verify is to read everything again: each difference is a fault, and what the file says now is told."""
    plain = said(tree, Trees(1, kept(tree)))
    path = rewritten(cache)
    assert without_counts(said(tree, Trees(1, kept(tree)))) != without_counts(plain)
    verified = said(tree, Trees(1, kept(tree, is_verified=True)))
    faults = [one for one in verified if isinstance(one, walk.Fault) and one.reason == seen.DIFFERS]
    assert [fault.path for fault in faults] == [path]
    assert without_counts([one for one in verified if one not in faults]) == without_counts(plain)
    assert without_counts(said(tree, Trees(1, kept(tree)))) == without_counts(plain)


def test_file_that_changed_behind_its_times_is_found_out(
    tree: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where even the time of the last change of status deceives, to verify tells."""
    stamps: dict[str, tuple[int, ...]] = {}
    stamp_of = seen.stamp_of
    monkeypatch.setattr(seen, "stamp_of", lambda place: stamps.setdefault(place.path, stamp_of(place)))
    said(tree, Trees(1, kept(tree)))
    changed = next(path for path in sorted((tree / "usr" / "lib" / "d1").iterdir()) if path.suffix == ".pyd")
    changed.write_bytes((SAMPLES / "elf" / "agent").read_bytes())
    assert not [one for one in said(tree, Trees(1, kept(tree))) if isinstance(one, walk.Fault)]
    faults = [one for one in said(tree, Trees(1, kept(tree, is_verified=True))) if isinstance(one, walk.Fault)]
    assert [(fault.path, fault.reason) for fault in faults] == [(str(changed), seen.DIFFERS)]


@pytest.mark.parametrize("damage", [b"", b"rubbish", b"\0" * 32 + zlib.compress(b"\x80")])
def test_damaged_cache_is_left_aside(tree: Path, cache: Path, damage: bytes) -> None:
    """What is no cache any more is as if there were none."""
    plain = said(tree, Trees(1, kept(tree)))
    (file,) = cache.iterdir()
    for data in (damage, file.read_bytes()[:-9]):
        file.write_bytes(data)
        assert said(tree, Trees(1, kept(tree))) == plain


def test_cache_of_somebody_else_is_left_aside(tree: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another user could have written is not read; what is written, nobody else reads."""
    said(tree, Trees(1, kept(tree)))
    (file,) = cache.iterdir()
    assert (file.stat().st_mode & 0o077, cache.stat().st_mode & 0o077) == (0, 0)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    (walked,) = [one for one in said(tree, Trees(1, kept(tree))) if isinstance(one, Walked)]
    assert walked.kept == 0


def test_what_decides_what_a_file_says_names_the_cache(tmp_path: Path, cache: Path) -> None:
    """Other strings, other layouts and other sources are other caches; the same are the same."""
    names = [
        seen.state_of(["a"], (), (), LogLayouts()),
        seen.state_of(["b"], (), (), LogLayouts()),
        seen.state_of(["a"], ("Vendor",), (), LogLayouts()),
    ]
    assert len({*names, seen.state_of(["a"], (), (), LogLayouts())}) == 3


def test_scan_that_was_broken_off_keeps_what_it_read(tree: Path, cache: Path) -> None:
    """What was read before the end is there for the next time, beside what was kept before."""
    reading = Trees(1, kept(tree))(walk.find([f"tree:{tree}"]), identifying())
    for _ in range(50):
        next(reading)
    reading.close()  # type: ignore[attr-defined]
    (walked,) = [one for one in said(tree, Trees(1, kept(tree))) if isinstance(one, Walked)]
    assert 0 < walked.kept <= 50


def test_told_is_the_same_after_it_was_written() -> None:
    """What was kept is read back as it was."""
    place = str(SAMPLES / "pe" / "_win32sysloader.pyd")
    told = trees.tell(walk.Found(place, place, "", named=False, tree="x", asset="host", inside="/x"), identifying())
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(told), type=Told) == told
    assert json.loads(msgspec.json.encode(told))["reader"] == "pe"
