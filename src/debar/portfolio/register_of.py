# SPDX-License-Identifier: Apache-2.0
"""The register that an organisation is asked by: the one in use here, with what the organisation adds laid beside it.

What is added stands in the organisation's database, and is written to a folder that is named by its digest: a folder never
changes, so a register that was loaded from it stays right for as long as anybody has it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import threading
from collections import OrderedDict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import sqlalchemy as sa

from debar.errors import StoreError
from debar.portfolio.tables import ADDED
from debar.register import active, folders
from debar.register.load import load
from debar.release import register_directory

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from debar.portfolio.estates import Estate
    from debar.register import Register

FOLDER = "added"
"""In the directory of an organisation."""
_HELD = 8
"""Registers at hand: the one in use, and those to which organisations have added."""
_MAKERS = 64


def register_of(estate: Estate) -> Register:
    """Give the register that answers an organisation."""
    while True:
        rows = estate.ledger.recalled("added", lambda: _added(estate)) or ()
        if not rows:
            return _REGISTERS.get(base(), None)
        key = (str(estate.place.lake), str(base()), *rows)
        if found := _REGISTERS.known(key):
            return found
        with estate.reading() as connection:
            is_same, added = _named(connection) == rows, texts(connection)
        if is_same:
            return _REGISTERS.called(key, register_with(estate, added))


def _added(estate: Estate) -> tuple[tuple[str, str], ...]:
    """Give the files that an organisation adds, by paths and digests."""
    with estate.reading() as connection:
        return _named(connection)


def _named(connection: sa.Connection) -> tuple[tuple[str, str], ...]:
    return tuple((row.path, row.sha256) for row in connection.execute(_ADDED))


_ADDED = sa.select(ADDED.c.path, ADDED.c.sha256).order_by(ADDED.c.path)


def texts(connection: sa.Connection) -> dict[str, str]:
    """Give the files that an organisation adds, by their paths in a register."""
    rows = connection.execute(sa.select(ADDED.c.path, ADDED.c.body).order_by(ADDED.c.path))
    return {row.path: row.body for row in rows}


def register_with(estate: Estate, added: Mapping[str, str]) -> Register:
    """Give the register in use with some files laid beside it; RegisterError with every fault of these.

    What the register itself has come to hold since goes before the file of the same name that was added.
    """
    used = base()
    known = _names(used)
    own = {path: text for path, text in added.items() if named(path) not in known}
    return _REGISTERS.get(used, laid(estate, own) if own else None)


def base() -> Path:
    """Give where the register in use lies: the one that was imported here, or the one that ships with debar.

    Every request asks it: which one it is, is only looked at again where one of the files that decide it is another.
    """
    home = active.home()
    said = (_stamp(str(home)), _stamp(f"{home}/{active.POINTER}"))
    known = _BASES.get(home)
    if known and (known.said, known.itself) == (said, _stamp(str(known.found))):
        return known.found
    found = active.active(home) or register_directory()
    _BASES[home] = _Base(found, said, _stamp(str(found)))
    return found


class _Base(NamedTuple):
    """Which register is in use, and how the files that decide it stood before they were read."""

    found: Path
    said: tuple[object, ...]
    itself: tuple[int, ...]


_BASES: dict[Path | None, _Base] = {}


def _stamp(path: str) -> tuple[int, ...]:
    try:
        about = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - a path would cost more than the look
    except OSError:
        return ()
    return about.st_ino, about.st_ctime_ns, about.st_mtime_ns, about.st_mode, about.st_uid


def named(path: str) -> tuple[str, str]:
    """Give the part of a register that a file belongs to, and the id of what is in it."""
    return path.partition("/")[0], path.rpartition("/")[2].rpartition(".")[0]


def base_names() -> frozenset[tuple[str, str]]:
    """Give part and id of everything that the register in use holds by itself."""
    return _names(base())


@lru_cache(maxsize=4)
def _names(directory: Path) -> frozenset[tuple[str, str]]:
    """Give the ids that stand in the files of a register, which do not change while it is in use."""
    (folder,) = folders.folders(directory)
    return frozenset(named(file.relative_to(directory).as_posix()) for file in folders.files(folder)[0])


def laid(estate: Estate, added: Mapping[str, str]) -> Path:
    """Give the folder that holds some files, and write it where it is not there yet: whole, or not at all."""
    digest = hashlib.sha256(msgspec.json.encode(sorted(added.items()))).hexdigest()
    folder = estate.place.lake / FOLDER / f"added-{digest[:24]}"
    if folder.is_dir():
        return folder
    partial = folder.with_name(f".partial-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        for path, text in added.items():
            file = partial / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        try:
            partial.rename(folder)
        except OSError:  # another thread or process was quicker
            if not folder.is_dir():
                raise
    except OSError as e:
        raise StoreError(f"{folder}: {e.strerror}", hint="make room, or let debar write there") from e
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


class _Registers:
    """Registers at hand, the last used last."""

    def __init__(self) -> None:
        self._held: OrderedDict[object, Register] = OrderedDict()
        self._makers: dict[object, threading.Lock] = {}
        self._guard = threading.Lock()

    def known(self, key: object) -> Register | None:
        with self._guard:
            if found := self._held.get(key):
                self._held.move_to_end(key)
            return found

    def called(self, key: object, register: Register) -> Register:
        with self._guard:
            self._held[key] = register
            self._held.move_to_end(key)
            while len({id(one) for one in self._held.values()}) > _HELD:
                self._held.popitem(last=False)
        return register

    def get(self, base_: Path, added: Path | None) -> Register:
        key = (base_, added)
        if found := self.known(key):
            return found
        with self._guard:
            if len(self._makers) > _MAKERS:
                self._makers = {key: lock for key, lock in self._makers.items() if lock.locked()}
            maker = self._makers.setdefault(key, threading.Lock())
        with maker:  # who asks for the same meanwhile waits, instead of loading it as well; nobody else does
            return self.known(key) or self.called(key, load(base_, (added,) if added else ()))


_REGISTERS = _Registers()
