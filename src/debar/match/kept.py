# SPDX-License-Identifier: Apache-2.0
"""The tables of a register's index and what is made of it, kept beside the compiled register for the next run.

Making them takes apart every regular expression of the register. What is kept is named after everything that
it was made from: the register, what was added to it, the release, and the modules beside this one. So nothing is ever
out of date, and what is damaged, or somebody else's, is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar import automaton, cache, ranges, text
from debar.match.compile import Index, Table, compile_register
from debar.model import inventory
from debar.model.vocab import Kind
from debar.release import VERSION

if TYPE_CHECKING:
    from debar.register import Register

KEPT = 8
"""Indexes that stay: every change of the register makes a new one."""


class _Kept(msgspec.Struct, frozen=True):
    """What of an index takes time to make; the rest stands in the register."""

    tables: dict[Kind, Table]


def load_index(register: Register) -> Index:
    """Give the index of a register, from what is kept when it was made from the same."""
    digest = _digest(register)
    if digest and (data := cache.read(_file(digest, "msgpack"))):
        with contextlib.suppress(msgspec.MsgspecError):
            tables = msgspec.msgpack.decode(data, type=_Kept).tables
            return msgspec.structs.replace(compile_register(register, tables), digest=digest)
    index = msgspec.structs.replace(compile_register(register), digest=digest)
    if digest:
        cache.store(_file(digest, "msgpack"), msgspec.msgpack.encode(_Kept(index.tables)))
        _tidy()
    return index


def read(index: Index, name: str) -> bytes:
    """Give what is kept under a name with an index; nothing when there is none or it may not be trusted."""
    return cache.read(_file(index.digest, name)) if index.digest else b""


def store(index: Index, name: str, data: bytes) -> None:
    """Keep something with an index; where nothing can be kept, that is no error."""
    if index.digest:
        cache.store(_file(index.digest, name), data)


def _digest(register: Register) -> str:
    """Give the digest of everything an index is made from; nothing when there is no place to keep it."""
    if cache.home() is None:
        return ""
    state = hashlib.sha256("\0".join((VERSION, register.sha256, *register.added)).encode())
    try:
        # A path object costs more than the look.
        stamps = [*cache.stamps(os.path.dirname(__file__))]  # noqa: PTH120
        stamps += [cache.stamp(os.stat(module.__file__ or "")) for module in (automaton, ranges, text, inventory)]  # noqa: PTH116
        state.update("\0".join(stamps).encode("utf-8", "surrogateescape"))
    except OSError:
        return ""
    return state.hexdigest()[:24]


def _file(digest: str, name: str) -> Path:
    return (cache.home() or Path()) / f"index-{digest}.{name}"


def _tidy() -> None:
    """Remove what was kept with all but the latest indexes."""
    with contextlib.suppress(OSError):
        files = sorted((cache.home() or Path()).glob("index-*"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        latest = list(dict.fromkeys(file.name.partition(".")[0] for file in files if file.suffix == ".msgpack"))[:KEPT]
        for file in files:
            if file.name.partition(".")[0] not in latest:
                file.unlink()
