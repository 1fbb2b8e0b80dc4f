# SPDX-License-Identifier: Apache-2.0
"""Promises about what is kept of an index: it saves time, and never changes an answer."""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest

import small
from debar.match import bulk, kept
from debar.match import compile as compiling
from debar.match.compile import Index, Table, compile_register
from debar.model.inventory import Indicator
from debar.model.vocab import Kind
from debar.register import Register, load


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty cache home of its own to every test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    bulk._automaton.cache_clear()
    return tmp_path / "cache" / "debar"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a small register on disk."""
    written: Path = small.write(tmp_path / "register")
    return written


@pytest.fixture
def own(folder: Path) -> Register:
    """Give the register in it."""
    return load.read(folder)[0]


def bare(index: Index) -> Index:
    """Give an index as it is made, without the name that it is kept under."""
    return msgspec.structs.replace(index, digest="")


def forbid(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> None:
    """Make a function fail the test when it is called."""
    monkeypatch.setattr(module, name, lambda *_: pytest.fail(f"{name} was called"))


def test_what_is_kept_is_what_was_made(own: Register, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time the index is not made, and is the same, from one file of the owner's."""
    first = kept.load_index(own)
    assert compile_register(own) == bare(first)
    (file,) = cache.iterdir()
    assert 0 == file.parent.stat().st_mode & 0o077
    forbid(monkeypatch, compiling, "_tables")
    assert first == kept.load_index(own)


def test_the_shipped_register_is_kept_whole(register: Register) -> None:
    """Every part of a large index comes back as it was: words, ranges, guards of expressions, embeddings."""
    assert compile_register(register) == bare(kept.load_index(register)) == bare(kept.load_index(register))


def test_a_changed_register_is_compiled_again(folder: Path, own: Register) -> None:
    """An indicator that was changed, or added to the register by somebody, counts at once."""
    before = kept.load_index(own)
    small.change(folder, "indicators/maker.yaml", "level: 4", "level: 3")
    after = kept.load_index(load.read(folder)[0])
    assert 3 in {i.level for i in after.indicators}
    assert before.digest != after.digest
    assert before.digest != kept.load_index(msgspec.structs.replace(own, added=("ours",))).digest


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x80", b"nonsense"])
def test_a_damaged_file_is_made_again(own: Register, cache: Path, damage: bytes) -> None:
    """What cannot be read back is as if it were not there, and is replaced."""
    first = kept.load_index(own)
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert first == kept.load_index(own)
    assert whole == file.read_bytes()


def test_a_file_of_somebody_else_is_not_trusted(own: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever can write into a cache must not decide what is found."""
    first = kept.load_index(own)
    made: list[int] = []
    tables = compiling._tables

    def counted(every: Sequence[Indicator]) -> dict[Kind, Table]:
        made.append(len(every))
        return tables(every)

    monkeypatch.setattr(compiling, "_tables", counted)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert first == kept.load_index(own)
    assert [len(first.indicators)] == made


def test_a_cache_that_cannot_be_written_is_no_error(own: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a place to keep it, the index is made each time."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/dev/null")
    assert compile_register(own) == bare(kept.load_index(own))
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert compile_register(own) == kept.load_index(own)


def test_only_the_latest_stay(own: Register, cache: Path) -> None:
    """The cache does not grow with every change of the register, and what belongs to an index goes with it."""
    first = kept.load_index(own)
    kept.store(first, "name", b"x")
    os.utime(cache / f"index-{first.digest}.msgpack", ns=(1, 1))
    for n in range(kept.KEPT):
        kept.load_index(msgspec.structs.replace(own, added=(str(n),)))
    assert kept.KEPT == len(list(cache.iterdir()))
    assert b"" == kept.read(first, "name")


def test_an_automaton_is_kept(own: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second process does not compile what columns are searched with, and finds the same."""
    index = kept.load_index(own)
    column = pa.array(["x", *(p for i in own.indicators for p in i.patterns)])
    first = bulk.kernel(index, Kind.NAME, column)
    assert first.num_rows
    bulk._automaton.cache_clear()
    forbid(monkeypatch, bulk, "_compiled")
    assert first.equals(bulk.kernel(kept.load_index(own), Kind.NAME, column))


@pytest.mark.parametrize("cut", [0, 1, -1, 40])
def test_a_damaged_automaton_is_compiled_again(own: Register, cache: Path, cut: int) -> None:
    """Half an automaton finds nothing by mistake: it is recognised and replaced."""
    index = kept.load_index(own)
    column = pa.array([p for i in own.indicators for p in i.patterns])
    first = bulk.kernel(index, Kind.NAME, column)
    (file,) = (file for file in cache.iterdir() if file.suffix != ".msgpack")
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    bulk._automaton.cache_clear()
    assert first.equals(bulk.kernel(index, Kind.NAME, column))
    assert whole == file.read_bytes()


def test_nothing_is_kept_of_an_index_without_a_name(own: Register, cache: Path) -> None:
    """An index that was made for a moment leaves nothing behind."""
    bulk.kernel(compile_register(own), Kind.NAME, pa.array(["x"]))
    assert not cache.exists()
