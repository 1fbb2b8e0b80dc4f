# SPDX-License-Identifier: Apache-2.0
"""A backup becomes a portfolio again, in an empty place, and only if every byte of it is what was backed up."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar.errors import EvidenceError, SourceError, StoreError, UsageError
from debar.portfolio import databases, packing
from debar.portfolio.backup import LIST, NAME, Listing
from debar.portfolio.copying import copied
from debar.portfolio.tables import COMMON, OWN
from debar.store import lake
from debar.store.places import Place
from debar.store.tables import RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.store.ledger import Ledger

_HERE = "organisations"
_COMMON = "portfolio.db"


def restore(source: Path, place: Place, told: Callable[[str], None] = lambda _: None) -> Listing:
    """Make the portfolio of a backup at a place where there is none, and give what was in it.

    1. The place is empty.
    2. Every file is copied beside it, and is what the list says; there is no other.
    3. It is brought up to this debar, which looks at each database on the way.
    4. The files take their places, what all organisations share last: without it there is no portfolio.

    Raises UsageError where there is a portfolio already, EvidenceError for a backup that is not what was made.
    """
    _check_empty(place)  # 1.
    with _read(source), tempfile.TemporaryDirectory(dir=place.lake, prefix=".restoring-") as room:
        home = Path(room)
        listing = _laid(source, home)  # 2.
        with databases.opened(Place("", home, str(source))) as portfolio:  # 3.
            for id_ in listing.organisations if place.server else ():
                told(id_)
                _copied(portfolio.inside(id_), databases.place_of(place, id_), is_common=False)
        _moved(home, place)  # 4.
    return listing


def _check_empty(place: Place) -> None:
    place.lake.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = [name for name in (_HERE, _COMMON) if os.path.lexists(place.lake / name)]
    if found or (place.server and databases.is_there(place)):
        raise UsageError(
            f"{place.shown}: is not empty", hint="a backup is restored where there is no portfolio: name another place"
        )


@contextlib.contextmanager
def _read(source: Path) -> Iterator[None]:
    try:
        yield
    except OSError as e:
        raise StoreError(f"{e.filename or source}: {e.strerror or e}", hint="name a backup that can be read") from e


def _laid(source: Path, home: Path) -> Listing:
    """Copy a backup, and give its list when everything is as it says."""

    def check(name: str) -> None:
        if name != LIST and not NAME.fullmatch(name):
            raise SourceError(f"{name[:200]!r}: no file of a backup is called so", path=str(source))

    parts = {part.name: part for part in packing.unpacked(source, home, check)}
    try:
        content = (home / LIST).read_bytes()
        listing = msgspec.json.decode(content, type=Listing)
    except FileNotFoundError as e:
        raise SourceError(f"holds no {LIST}", path=str(source), hint="name a whole backup") from e
    except msgspec.DecodeError as e:
        raise SourceError(f"{LIST}: {e}", path=str(source), hint="a newer debar may have made it") from e
    del parts[LIST]
    expected = {part.name: part for part in listing.files}
    if parts != expected:
        wrong = sorted(name for name in parts.keys() | expected.keys() if parts.get(name) != expected.get(name))
        what = "\n".join(f"{source}: {name}: {_fault(name, parts, expected)}" for name in wrong[:20])
        raise EvidenceError(what, hint="take another backup; nothing was restored")
    (home / LIST).unlink()
    return listing


def _fault(name: str, parts: dict[str, packing.Part], expected: dict[str, packing.Part]) -> str:
    if name not in parts:
        return "is gone"
    return "was changed since it was backed up" if name in expected else "was added"


def _copied(source: Ledger, to: Place, *, is_common: bool) -> None:
    """Copy a database into a schema of a server."""
    with databases.alone(to, is_common=is_common) as target, source.reading() as rows, target.writing() as connection:
        for tables in (COMMON,) if is_common else (RUNS.metadata, OWN):
            copied(rows, connection, tables)


def _moved(home: Path, place: Place) -> None:
    """Let what was unpacked take its place; the names reach the disk in the order that counts."""
    if place.server:
        for file in home.glob(f"{_HERE}/*/history.db"):
            file.unlink()
    if (home / _HERE).is_dir():
        (home / _HERE).rename(place.lake / _HERE)
        lake.sync(place.lake)
    if place.server:
        with databases.alone(Place("", home, _COMMON, file=_COMMON), is_common=True) as source:
            _copied(source, databases.common_place(place), is_common=True)
    else:
        (home / _COMMON).rename(place.lake / _COMMON)
        lake.sync(place.lake)
