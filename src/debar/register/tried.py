# SPDX-License-Identifier: Apache-2.0
"""An organisation's own indicators that were read and tried, kept beside the compiled register for the next run.

Reading a large file of them takes longer than many a scan. What is kept is named after everything that it was made
from: the contents of the files, the register, the release, and the modules that read and try indicators. It carries a
digest of itself, so what is damaged, or somebody else's, is made again. Faults are never kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar import cache
from debar.model.inventory import Indicator
from debar.register import own
from debar.release import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from debar.register import Register
    from debar.register.own import Content

KEPT = 8
"""Sets of indicators that stay: every change of a file makes a new one."""
_CODE = ("", "model", "model/vocab", "register", "register/checks", "match")
"""Folders of the modules that decide what is read and whether it does what its examples say."""
_DIGEST = hashlib.sha256().digest_size


def widened(law: Register, paths: Sequence[Path], widen: Callable[[Register, Sequence[Path]], Register]) -> Register:
    """Give the register with the indicators of some files and folders, as `widen` gives it, which reads and tries them.

    Where it did so with the same before, nothing is read or tried again. What `widen` raises is raised.
    """
    contents = own.contents(paths)
    key = _key(law, contents)
    if key and (kept := _kept(key)) is not None:
        return own.joined(law, kept, paths, contents)
    wider = widen(law, paths)
    if key and contents == own.contents(paths):  # no file was written to while they were read
        known = {indicator.id for indicator in law.indicators}
        _keep(key, tuple(indicator for indicator in wider.indicators if indicator.id not in known))
    return wider


def _key(law: Register, contents: Sequence[Content]) -> bytes:
    """Give the digest of everything that reading and trying depend on; nothing when there is nothing to keep, or no place for it."""
    if not contents or cache.home() is None:
        return b""
    state = hashlib.sha256("\0".join((VERSION, law.sha256, *law.added)).encode())
    for content in contents:
        state.update(os.fsencode(f"\0{content.suffix}\0") + content.sha256)
    try:
        for stamp in _stamps():
            state.update(stamp.encode("utf-8", "surrogateescape"))
    except OSError:
        return b""
    return state.digest()


def _stamps() -> list[str]:
    """Give what the system says of each module, in order."""
    top = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - a path object costs more than the look
    stamps = {folder: cache.stamps(os.path.join(top, folder)) for folder in _CODE}  # noqa: PTH118
    return [f"\0{folder}/{stamp[1:]}" for folder, every in stamps.items() for stamp in every]


def _file(key: bytes) -> Path:
    return (cache.home() or Path()) / f"indicators-{key.hex()[:24]}.msgpack"


def _kept(key: bytes) -> tuple[Indicator, ...] | None:
    """Give the indicators that are kept under a key, if they are whole and nobody else could have written them."""
    found = cache.read(_file(key))
    digest, data = found[:_DIGEST], found[_DIGEST:]
    if digest != hashlib.sha256(key + data).digest():
        return None
    with contextlib.suppress(msgspec.MsgspecError):
        return msgspec.msgpack.decode(data, type=tuple[Indicator, ...])
    return None


def _keep(key: bytes, indicators: tuple[Indicator, ...]) -> None:
    """Keep indicators for the next run, and no more than KEPT sets."""
    with contextlib.suppress(OverflowError):  # a number that no kept form holds
        data = msgspec.msgpack.encode(indicators)
        file = _file(key)
        cache.store(file, hashlib.sha256(key + data).digest() + data)
        cache.prune(file.parent, "indicators-*.msgpack", KEPT)
