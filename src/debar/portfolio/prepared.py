# SPDX-License-Identifier: Apache-2.0
"""What reading needs of a register, made once for each register and held at hand.

A worker makes it before it copies itself, so that no copy has to.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

import debar
from debar import observe, pipeline
from debar.match.kept import load_index
from debar.portfolio import heard
from debar.release import VERSION

if TYPE_CHECKING:
    from debar.readers.lined import Sifting
    from debar.register import Register

SETTINGS = pipeline.Settings(workers=1)
"""Those of a scan that nobody turned; one thread, because several files are read at once."""
_CODE = (
    "readers",
    "identify.py",
    "observe.py",
    "sieving.py",
    "automaton.py",
    "portfolio/heard.py",
    "portfolio/listening.py",
)
"""What decides what a file says, in the package."""
_REGISTERS = 4
"""Registers that are held at hand: the shipped one, and those to which organisations have added."""


class States(NamedTuple):
    """Under which states a reading may be kept that is true now."""

    plain: str
    sifted: str
    """Of a log of which only those lines were read that the register looks for."""


class _Law:
    """A register that is told from others by its digest."""

    __slots__ = ("key", "register")

    def __init__(self, register: Register) -> None:
        self.register, self.key = register, (register.sha256, register.added)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Law) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def states(register: Register) -> States:
    """Give the states for a register: digests of all that decides what files say, beside their content and their names."""
    return _states(_Law(register))


def sifting(register: Register) -> Sifting:
    """Give how lines of large logs are chosen."""
    return _sifting(_Law(register))


@lru_cache(maxsize=_REGISTERS)
def _states(law: _Law) -> States:
    parts = (law.register.layouts, law.register.log_layouts, observe.strings_of(law.register), heard.FORM)
    about = hashlib.sha256(msgspec.msgpack.encode((VERSION, _code(), *parts)))
    plain = about.hexdigest()
    about.update(msgspec.msgpack.encode(law.key))
    return States(plain, about.hexdigest())


@lru_cache(maxsize=_REGISTERS)
def _sifting(law: _Law) -> Sifting:
    return pipeline.choosing(load_index(law.register), SETTINGS)


@lru_cache(maxsize=1)
def _code() -> str:
    """Give the digest of the modules that read; where their texts are not there, the release has to do."""
    home = Path(debar.__file__).parent
    digest = hashlib.sha256()
    for part in _CODE:
        place = home / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            try:
                digest.update(file.relative_to(home).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
            except OSError:
                continue
    return digest.hexdigest()
