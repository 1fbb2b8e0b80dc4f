# SPDX-License-Identifier: Apache-2.0
"""Sources as they were sent: streamed to the disk, named by their digest, and on the disk before anybody is told so.

1. The bytes go to a file without a name, as they come; never into memory.
2. When they end, they reach the disk, and the file gets its digest as its name.
3. One transaction of the organisation's database: the row, what it replaces, and the entry of the log.
4. The job that reads it. What a kill leaves without one is found by `sweeping`, so nothing that was acknowledged waits for ever.
"""

from __future__ import annotations

import contextlib
import secrets
import unicodedata
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa

from debar import dates
from debar.errors import LimitError, NotThereError, UsageError
from debar.model.portfolio import Page, Upload
from debar.model.vocab.portfolio import JobKind, JobState, Permission
from debar.portfolio import jobs
from debar.portfolio.tables import UPLOADS
from debar.store import keeping, lake

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.store.lake import Kept

KIND = "uploads"
LARGEST = 1 << 34
"""Bytes of one upload, unless whoever runs the service says otherwise."""
_LONGEST = 1000
"""Characters of a name."""
LARGEST_PAGE = 1000
FIRST = "first"
"""Word of the job that reads an upload for the first time."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_COLUMNS = [UPLOADS.c[name] for name in Upload.__struct_fields__]


class Sink:
    """One upload on its way: what is written to it is on nobody's list until it has ended."""

    def __init__(self, portfolio: Portfolio, estate: Estate, most: int) -> None:
        """Take where it goes to, and how many bytes it may have."""
        self._portfolio, self._estate, self._most = portfolio, estate, most
        self._open = contextlib.ExitStack()
        self._file: Path = self._open.enter_context(lake.partial(estate.place.lake, KIND))
        self._out: BinaryIO = self._open.enter_context(self._file.open("wb", buffering=0))
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, data: bytes) -> None:
        """Add bytes; LimitError for more than there may be, StoreError where there is no room for them."""
        self.size += len(data)
        if self.size > self._most:
            raise LimitError(f"an upload has at most {self._most:,} bytes", hint="send it in parts, or packed")
        try:
            view = memoryview(data)
            while view:
                view = view[self._out.write(view) :]
        except OSError as e:
            raise lake.no_room(self._file.parent, e) from e

    def end(self, name: str) -> Upload:
        """Give the upload, which is on the disk now, and will be read.

        The same content under the same name is the upload that is there. UsageError for a name that is none.
        """
        name = called(name)
        kept = lake.finish(self._estate.place.lake, KIND, self._file, 0)
        self.close()
        return _added(self._portfolio, self._estate, kept, name)

    def close(self) -> None:
        """Forget what was written, unless it has ended."""
        self._open.close()


def begin(portfolio: Portfolio, estate: Estate, *, most: int = LARGEST) -> Sink:
    """Give what takes the bytes of one upload; ForbiddenError for a caller who may not send any."""
    estate.needs(Permission.WORK)
    return Sink(portfolio, estate, most)


def put(portfolio: Portfolio, estate: Estate, name: str, blocks: Iterable[bytes], *, most: int = LARGEST) -> Upload:
    """Give the upload of some blocks of bytes."""
    with begin(portfolio, estate, most=most) as sink:
        for block in blocks:
            sink.write(block)
        return sink.end(name)


def known(estate: Estate, sha256: str) -> bool:
    """Tell whether a file with this digest was sent before, so that it need not be sent again."""
    with estate.reading() as connection:
        return (
            connection.execute(sa.select(UPLOADS.c.id).where(UPLOADS.c.sha256 == sha256).limit(1)).first() is not None
        )


def again(portfolio: Portfolio, estate: Estate, sha256: str, name: str) -> Upload:
    """Give the upload of a file that was sent before, by its digest alone; NotThereError where it was not."""
    estate.needs(Permission.WORK)
    name = called(name)
    with estate.reading() as connection:
        size = connection.execute(sa.select(UPLOADS.c.size).where(UPLOADS.c.sha256 == sha256).limit(1)).scalar()
    if size is None or not lake.path(estate.place.lake, KIND, sha256).is_file():
        raise NotThereError("no file with this digest was sent before", hint="send it")
    return _added(portfolio, estate, lake.Kept(KIND, sha256, size, 0), name)


def remove(portfolio: Portfolio, estate: Estate, id_: str) -> Upload:
    """Take an upload out of what counts; its file stays, because runs were made from it. NotThereError for none."""
    estate.needs(Permission.WORK)
    with estate.writing() as connection:
        upload = _one(connection, id_)
        if not upload.removed_at:
            _remove(connection, [id_])
            estate.log(connection, "upload.removed", id_, {"name": upload.name, "sha256": upload.sha256})
            upload = _one(connection, id_)
    jobs.add(portfolio, estate, JobKind.RUN, "")
    return upload


def one(estate: Estate, id_: str) -> Upload:
    """Give an upload; NotThereError for none."""
    with estate.reading() as connection:
        return _one(connection, id_)


def current(estate: Estate) -> list[Upload]:
    """Give every upload that counts, in the order of names."""
    with estate.reading() as connection:
        query = sa.select(*_COLUMNS).where(UPLOADS.c.removed_at == "").order_by(UPLOADS.c.name, UPLOADS.c.id)
        return list(map(_upload, connection.execute(query)))


def content(estate: Estate, upload: Upload) -> Path:
    """Give the file of an upload, which is never changed."""
    return lake.path(estate.place.lake, KIND, upload.sha256)


def listed(
    estate: Estate,
    *,
    words: str = "",
    states: Sequence[JobState] = (),
    is_removed: bool = False,
    page_token: str = "",
    page_size: int = 50,
) -> Page[Upload]:
    """Give uploads, the newest first; those that were taken out only if they are asked for."""
    wanted = [UPLOADS.c.removed_at != "" if is_removed else UPLOADS.c.removed_at == ""]
    wanted += [UPLOADS.c.name.icontains(words, autoescape=True)] if words else []
    wanted += [UPLOADS.c.state.in_([str(state) for state in states])] if states else []
    size = max(1, min(page_size, LARGEST_PAGE))
    query = sa.select(*_COLUMNS).where(*wanted).order_by(UPLOADS.c.added_at.desc(), UPLOADS.c.id.desc())
    if page_token:
        query = query.where(sa.tuple_(UPLOADS.c.added_at, UPLOADS.c.id) < sa.tuple_(*_place(page_token)))
    with estate.reading() as connection:
        rows = list(map(_upload, connection.execute(query.limit(size + 1))))
        total = connection.execute(sa.select(sa.func.count()).select_from(UPLOADS).where(*wanted)).scalar_one()
    last = rows[size - 1] if len(rows) > size else None
    return Page(items=tuple(rows[:size]), next_page_token=f"{last.added_at}_{last.id}" if last else "", total=total)


def called(name: str) -> str:
    """Give the name of an upload, which may have folders in it; UsageError for what cannot be shown in one line."""
    found = unicodedata.normalize("NFC", name).strip()
    if not found or len(found) > _LONGEST:
        raise UsageError(f"an upload has a name of at most {_LONGEST} characters", hint="give the name of the file")
    if any(unicodedata.category(sign) in _UNSEEN for sign in found):
        raise UsageError("the name of an upload holds characters that cannot be seen", hint="name it anew")
    return found


def _added(portfolio: Portfolio, estate: Estate, kept: Kept, name: str) -> Upload:
    """Give the upload that a file is: steps 3 and 4."""
    with estate.writing() as connection:  # 3.
        same = connection.execute(
            sa.select(*_COLUMNS).where(UPLOADS.c.removed_at == "", UPLOADS.c.name == name).order_by(UPLOADS.c.id)
        ).all()
        is_over = (JobState.FAILED, JobState.CANCELLED)
        found = next((row for row in same if row.sha256 == kept.sha256 and row.state not in is_over), None)
        upload = _upload(found) if found else _new(estate, kept, name)
        if found is None:
            _remove(connection, [row.id for row in same])
            keeping.add_files(connection, [kept])
            row = {field: getattr(upload, field) for field in Upload.__struct_fields__}
            connection.execute(sa.insert(UPLOADS), {**row, "state": str(upload.state)})
            said = {"name": name, "sha256": kept.sha256, "size": kept.size, "replaces": [row.id for row in same]}
            estate.log(connection, "upload.added", upload.id, said)
    job = jobs.add(portfolio, estate, JobKind.READ, upload.id, once=FIRST)  # 4.
    if job.state is JobState.CANCELLED:  # a moment ago, and the upload does not say so yet
        jobs.again(portfolio, estate, job.id)
    return upload


def _new(estate: Estate, kept: Kept, name: str) -> Upload:
    return Upload(
        id=f"upl-{secrets.token_hex(8)}",
        name=name,
        sha256=kept.sha256,
        size=kept.size,
        added_by=estate.caller.id,
        added_at=dates.present(),
    )


def _remove(connection: sa.Connection, ids: list[str]) -> None:
    connection.execute(sa.update(UPLOADS).where(UPLOADS.c.id.in_(ids)).values(removed_at=dates.present()))


def _place(token: str) -> tuple[str, str]:
    """Give the place in the list that a token stands for."""
    at, bar, id_ = token.partition("_")
    if not bar or len(token) > 100:
        raise UsageError("the page token is none of this list", hint="leave it out to begin at the first page")
    return at, id_


def _one(connection: sa.Connection, id_: str) -> Upload:
    row = connection.execute(sa.select(*_COLUMNS).where(UPLOADS.c.id == id_)).first()
    if row is None:
        raise NotThereError("there is no such upload")
    return _upload(row)


def _upload(row: Any) -> Upload:  # noqa: ANN401 - a row of the table of uploads
    found = {name: getattr(row, name) for name in Upload.__struct_fields__}
    return Upload(**{**found, "state": JobState(row.state)})
