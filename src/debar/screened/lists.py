# SPDX-License-Identifier: Apache-2.0
"""The list that names are screened against, as an index: of the register or of a file, kept for the next run.

What is kept is named after all that it was made from: the register or the files, the release, and the modules that read
lists and take names apart. So nothing is ever out of date; what is damaged, or somebody else's, is made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar import cache
from debar.errors import SourceError
from debar.release import VERSION
from debar.screen import index as indexes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from debar.model.listed import PartyList
    from debar.register import Register
    from debar.screen.index import NameIndex

KEPT = 8
"""Indexes that stay: every change of a list makes a new one."""
_HERE = Path(__file__).parent.parent
_MAKERS = (
    "",
    "screen",
    "screen/words",
    "lists",
    "model",
    "model/measures",
    "model/vocab",
    "readers",
    "readers/tables",
    "readers/batches",
)
"""Folders of code on which an index depends."""
_BESIDE = 1000
"""Files beside a list that are looked at: some lists come in several."""


def of_register(register: Register) -> NameIndex:
    """Give the index of a register's parties."""

    def parties() -> PartyList:
        from debar.lists.registered import from_register  # only where it is not kept

        return from_register(register)

    return _index(("register", register.sha256, *register.added), parties)


def of_file(file: Path) -> NameIndex:
    """Give the index of a list in a file; SourceError where it is none, or cannot be read."""

    def parties() -> PartyList:
        from debar.lists import open_list  # only where it is not kept

        return open_list(file)

    try:
        own = file.stat()
        whole = file.resolve()
        state = [os.fsdecode(whole), cache.stamp(own), *cache.stamps(whole.parent, most=_BESIDE)]
    except OSError as e:
        hint = "name the file of a list, or register for the parties of the register"
        raise SourceError(e.strerror or str(e), path=str(file), hint=hint) from e
    return _index(("file", *state), parties)


def _index(state: Iterable[str], parties: Callable[[], PartyList]) -> NameIndex:
    """Give an index as it is kept, else make and keep it."""
    file = _file(state)
    if file and (data := cache.read(file)):
        with contextlib.suppress(msgspec.MsgspecError, TypeError, ValueError):
            return indexes.load(data)
    from debar.screen.building import build  # only where it is not kept

    made = build(parties())
    if file:
        cache.store(file, indexes.kept(made))
        cache.prune(file.parent, "names-*.msgpack", KEPT)
    return made


def _file(state: Iterable[str]) -> Path | None:
    home = cache.home()
    if home is None:
        return None
    try:
        code = [stamp for folder in _MAKERS for stamp in cache.stamps(_HERE / folder)]
    except OSError:
        return None
    digest = hashlib.sha256("\0".join((VERSION, *state, *code)).encode("utf-8", "surrogateescape"))
    return home / f"names-{digest.hexdigest()[:24]}.msgpack"
