# SPDX-License-Identifier: Apache-2.0
"""Folders of the server that are looked through again and again: what is new or changed there becomes an upload.

Whoever runs the service names the roots below which they may lie. A link that leads out of the folder is not followed, and of
a file that somebody is still writing the next look takes the whole.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from debar import dates
from debar.errors import DebarError, ForbiddenError, NotThereError, UsageError
from debar.model.portfolio import Folder
from debar.model.vocab.portfolio import Permission
from debar.portfolio import uploads
from debar.portfolio.tables import FOLDERS
from debar.readers import places, walk
from debar.store import lake
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.portfolio import Upload
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

_BLOCK = 1 << 20
_SETTLED = 10
"""Seconds since its last change before a file is taken: somebody may still be writing it."""
_MOST = 10_000
"""Files of one folder; more belong into an archive."""
_WORDS = 500
SHORTEST, LONGEST = 1, 7 * 24 * 60
"""Minutes between two looks."""
_COLUMNS = [FOLDERS.c[name] for name in Folder.__struct_fields__]


def add(estate: Estate, path: str, every: int, roots: Sequence[str]) -> Folder:
    """Have a folder looked through every so many minutes; ForbiddenError for one that lies below none of the roots."""
    estate.needs(Permission.ADMINISTER)
    if not SHORTEST <= every <= LONGEST:
        raise UsageError(f"a folder is looked through every {SHORTEST} to {LONGEST} minutes")
    place = allowed(path, roots)
    now = dates.present()
    folder = Folder(
        id=f"fld-{secrets.token_hex(8)}", path=str(place), every=every, next_at=now, by=estate.caller.id, at=now
    )
    with estate.writing() as connection:
        connection.execute(sa.insert(FOLDERS), {name: getattr(folder, name) for name in Folder.__struct_fields__})
        estate.log(connection, "folder.added", folder.id, {"path": folder.path, "every": every})
    return folder


def remove(estate: Estate, id_: str) -> None:
    """Have a folder looked through no more; what was taken from it stays. NotThereError for none."""
    estate.needs(Permission.ADMINISTER)
    with estate.writing() as connection:
        if not connection.execute(sa.delete(FOLDERS).where(FOLDERS.c.id == id_)).rowcount:
            raise NotThereError("there is no such folder")
        estate.log(connection, "folder.removed", id_, {})


def listed(estate: Estate) -> list[Folder]:
    """Give the folders that are looked through, in the order of their paths."""
    with estate.reading() as connection:
        return [_folder(row) for row in connection.execute(sa.select(*_COLUMNS).order_by(FOLDERS.c.path))]


def allowed(path: str, roots: Sequence[str]) -> Path:
    """Give the folder that a path means, with every link followed; ForbiddenError unless it lies below a root."""
    try:
        place = Path(path).resolve(strict=True)
        tops = [Path(root).resolve() for root in roots]
    except (OSError, ValueError, RuntimeError):
        place, tops = Path(), []
    if not any(place == top or top in place.parents for top in tops) or not place.is_dir():
        # Whether it is there is not told: who may name folders may not find out what else is on the server.
        raise ForbiddenError(
            "no folder that may be looked through", hint="whoever runs the service names the roots: --data-roots"
        )
    return place


def look(portfolio: Portfolio, estate: Estate, roots: Sequence[str]) -> int:
    """Look through the folders whose time has come; give how many files became uploads.

    The time of the next look is written first, so that of two workers one looks.
    """
    count = 0
    now = dates.present()
    with estate.reading() as connection:
        is_due = (FOLDERS.c.is_active, FOLDERS.c.next_at <= now)
        due = [_folder(row) for row in connection.execute(sa.select(*_COLUMNS).where(*is_due))]
    for folder in due:
        later = dates.stamp(datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=folder.every))
        mine = sa.update(FOLDERS).where(FOLDERS.c.id == folder.id, FOLDERS.c.next_at == folder.next_at)
        with estate.writing() as connection:
            if not connection.execute(mine.values(next_at=later)).rowcount:
                continue
        taken, says = _taken(portfolio, estate, folder, roots)
        count += taken
        with estate.writing() as connection:
            said = sa.update(FOLDERS).where(FOLDERS.c.id == folder.id)
            connection.execute(said.values(said=keepable(f"{now}: {says}")[:_WORDS]))
    return count


def _taken(portfolio: Portfolio, estate: Estate, folder: Folder, roots: Sequence[str]) -> tuple[int, str]:
    """Give how many files of a folder are new, and what is to be said of the look."""
    count, faults = 0, list[str]()
    try:
        top = allowed(folder.path, roots)
        known = {one.name: one for one in uploads.current(estate)}
        for number, (name, place) in enumerate(_files(top)):
            if number >= _MOST:
                faults.append(f"more than {_MOST:,} files: the rest was left")
                break
            try:
                before = known.get(name)
                count += _put(portfolio, estate, name, place, before)
            except (OSError, DebarError) as e:
                faults.append(f"{name}: {getattr(e, 'message', None) or e}")
    except DebarError as e:
        faults.append(e.message)
    return count, "; ".join([f"{count} new or changed files", *faults])


def _files(top: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name and place of each file below a folder that is evidence, in order."""
    for place in walk.find([str(top)]):
        if isinstance(place, walk.Found) and place.place and not walk.is_documentation(place.path):
            with contextlib.suppress(ValueError):
                file = Path(place.place)
                if file.is_symlink() or top not in file.resolve().parents:
                    continue  # what it points to has a name of its own, or lies elsewhere
                yield f"{top.name}/{places.shown(str(file.relative_to(top)))}", file


def _put(portfolio: Portfolio, estate: Estate, name: str, place: Path, before: Upload | None) -> bool:
    """Make a file an upload, unless it is the one that is there; tell whether it was.

    What has the size of that one, and neither content nor status of which changed since, is not opened.
    """
    handle = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        about = os.fstat(handle)
        changed = max(about.st_mtime, about.st_ctime)
        if not stat.S_ISREG(about.st_mode) or time.time() - about.st_mtime < _SETTLED:
            return False
        if before and before.size == about.st_size:
            if changed < dates.key(before.added_at).timestamp() or before.sha256 == lake.digest_of(file):
                return False
            file.seek(0)
        uploads.put(portfolio, estate, name, iter(lambda: file.read(_BLOCK), b""))
    return True


def _folder(row: Any) -> Folder:  # noqa: ANN401 - a row of the table of folders
    return Folder(**{name: getattr(row, name) for name in Folder.__struct_fields__})
