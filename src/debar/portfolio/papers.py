# SPDX-License-Identifier: Apache-2.0
"""Notices and news: sent, kept under their digest, and read together by a worker.

What papers say depends on each other and on the register, so they are read as a whole; what was read is kept by the digest of
everything that decides it. A paper may also prove a decision or a record, which name it by its digest.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import LimitError, NotThereError
from debar.model.deeds import Paper
from debar.model.intake import Reading
from debar.model.vocab.portfolio import JobKind, JobState, Permission
from debar.portfolio import jobs, paging, uploads
from debar.portfolio.blobs import pack, unpack
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import PAPERS, READ
from debar.release import VERSION
from debar.store import keeping, lake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from debar.model.portfolio import Page
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.register import Register
    from debar.store.lake import Kept

KIND = "papers"
LARGEST = 64 << 20
"""Bytes of a paper: what reads them takes no more."""
_KEPT = 3
"""Readings that are kept: a new paper makes a new one."""


class Read(NamedTuple):
    """What papers say, as far as they were read."""

    reading: Reading | None
    """Null before anything was read."""
    is_current: bool
    """It is of the papers and the register of now."""
    state: str
    """Names the reading."""


def put(portfolio: Portfolio, estate: Estate, name: str, blocks: Iterable[bytes]) -> Paper:
    """Give a paper that was sent, which is on the disk now and will be read; the same content again is the same paper.

    Raises LimitError for one that is too large, UsageError for a name that is none.
    """
    estate.needs(Permission.WORK)
    name = uploads.called(name)
    refusal = LimitError(f"a paper has at most {LARGEST >> 20} MB", hint="send the notice by itself")
    with lake.partial(estate.place.lake, KIND) as file:
        lake.fill(file, blocks, LARGEST, refusal)
        kept = lake.finish(estate.place.lake, KIND, file, 0)
    paper = _kept(estate, kept, name)
    jobs.add(portfolio, estate, JobKind.INTAKE, "")
    return paper


def remove(portfolio: Portfolio, estate: Estate, sha256: str) -> None:
    """Take a paper out of what is read; its file stays, for something may rest on it. NotThereError for none."""
    estate.needs(Permission.WORK)
    with estate.writing() as connection:
        paper = _one(connection, sha256)
        if not paper.removed_at:
            mine = PAPERS.c.sha256 == sha256
            connection.execute(sa.update(PAPERS).where(mine).values(removed_at=dates.present()))
            estate.log(connection, "paper.removed", sha256, {"name": paper.name})
    jobs.add(portfolio, estate, JobKind.INTAKE, "")


def one(estate: Estate, sha256: str) -> Paper:
    """Give a paper; NotThereError for none."""
    with estate.reading() as connection:
        return _one(connection, sha256)


def content(estate: Estate, sha256: str) -> Path:
    """Give the file of a paper of the organisation; NotThereError for none."""
    return lake.path(estate.place.lake, KIND, one(estate, sha256).sha256)


def listed(estate: Estate, *, words: str = "", page_token: str = "", page_size: int = paging.USUAL) -> Page[Paper]:
    """Give the papers that count, the newest first."""
    query = sa.select(PAPERS).where(PAPERS.c.removed_at == "").order_by(PAPERS.c.added_at.desc(), PAPERS.c.sha256)
    with estate.reading() as connection:
        found = [paper for paper in map(_paper, connection.execute(query)) if words.casefold() in paper.name.casefold()]
    wanted = paging.asked(("papers", words), "", page_token, page_size)
    places = {paper.sha256: place for place, paper in enumerate(found)}
    return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda row: row.sha256, places.get)


def read(estate: Estate) -> Read:
    """Give what the papers say; of an older state of them where the newest was not read yet."""
    register = register_of(estate)
    with estate.reading() as connection:
        state = _state(connection, register)
        row = connection.execute(sa.select(READ.c.body).where(READ.c.state == state)).first()
        if row is not None:
            return Read(unpack(row.body, Reading), True, state)
        last = connection.execute(sa.select(READ).order_by(READ.c.at.desc(), READ.c.state).limit(1)).first()
    return Read(unpack(last.body, Reading), False, last.state) if last else Read(None, False, "")


def work(portfolio: Portfolio, estate: Estate, _about: str, told: Callable[[int, int, str], None]) -> tuple[str, str]:
    """Read the papers as they are now, and keep what they say; give (its state, what it came to)."""
    from debar.intake import reading  # what reads texts is loaded where there are some

    del portfolio
    register = register_of(estate)
    with estate.reading() as connection:
        state, papers = _state(connection, register), _current(connection)
        if connection.execute(sa.select(READ.c.state).where(READ.c.state == state)).first():
            return state, "nothing has changed"
    found = reading.read(_contents(estate, papers, told), register)
    told(len(papers), len(papers), "putting together what they say")
    with estate.writing() as connection:
        if connection.execute(sa.select(READ.c.state).where(READ.c.state == state)).first() is None:
            connection.execute(sa.insert(READ), {"state": state, "at": dates.present(), "body": pack(found)})
        old = sa.select(READ.c.state).order_by(READ.c.at.desc(), READ.c.state).offset(_KEPT)
        connection.execute(sa.delete(READ).where(READ.c.state.in_(connection.execute(old).scalars().all())))
    return state, f"{len(found.stories):,} stories in {len(found.documents):,} papers"


def waiting(portfolio: Portfolio, estate: Estate) -> bool:
    """Tell whether papers are about to be read."""
    return jobs.listed(portfolio, estate, kind=JobKind.INTAKE, states=jobs.OPEN, page_size=1).total > 0


def failed(portfolio: Portfolio, estate: Estate) -> str:
    """Give why the last reading came to nothing; empty where it came to something."""
    last = jobs.listed(portfolio, estate, kind=JobKind.INTAKE, page_size=1).items
    return last[0].fault if last and last[0].state is JobState.FAILED else ""


def ask(portfolio: Portfolio, estate: Estate) -> None:
    """Have the papers read again: the register they are compared with has changed."""
    with estate.reading() as connection:
        is_any = bool(_current(connection))
    if is_any:
        jobs.add(portfolio, estate, JobKind.INTAKE, "")


def see_to(portfolio: Portfolio, estate: Estate) -> None:
    """Have papers read that a kill has left without a job; what could not be read once is not tried for ever."""
    register = register_of(estate)
    with estate.reading() as connection:
        if not _current(connection):
            return
        state = _state(connection, register)
        if connection.execute(sa.select(READ.c.state).where(READ.c.state == state)).first():
            return
    jobs.add(portfolio, estate, JobKind.INTAKE, "", once=state)


def _contents(
    estate: Estate, papers: list[Paper], told: Callable[[int, int, str], None]
) -> Iterable[tuple[str, bytes]]:
    for number, paper in enumerate(papers):
        told(number, len(papers), paper.name)
        yield paper.name, lake.path(estate.place.lake, KIND, paper.sha256).read_bytes()


def _state(connection: sa.Connection, register: Register) -> str:
    """Give the digest of everything that decides what papers say."""
    papers = [(paper.name, paper.sha256) for paper in _current(connection)]
    return hashlib.sha256(msgspec.json.encode((VERSION, register.sha256, register.added, papers))).hexdigest()


def _current(connection: sa.Connection) -> list[Paper]:
    query = sa.select(PAPERS).where(PAPERS.c.removed_at == "").order_by(PAPERS.c.name, PAPERS.c.sha256)
    return list(map(_paper, connection.execute(query)))


def _kept(estate: Estate, kept: Kept, name: str) -> Paper:
    """Give the paper that a file is; one that was taken out comes back."""
    paper = Paper(sha256=kept.sha256, name=name, size=kept.size, added_by=estate.caller.id, added_at=dates.present())
    with estate.writing() as connection:
        mine = PAPERS.c.sha256 == kept.sha256
        known = connection.execute(sa.select(PAPERS).where(mine)).first()
        if known is not None and not known.removed_at:
            return _paper(known)
        keeping.add_files(connection, [kept])
        connection.execute(sa.delete(PAPERS).where(mine))
        connection.execute(sa.insert(PAPERS), {field: getattr(paper, field) for field in Paper.__struct_fields__})
        estate.log(connection, "paper.added", kept.sha256, {"name": name, "size": kept.size})
    return paper


def _one(connection: sa.Connection, sha256: str) -> Paper:
    row = connection.execute(sa.select(PAPERS).where(PAPERS.c.sha256 == sha256)).first()
    if row is None:
        raise NotThereError("there is no such paper")
    return _paper(row)


def _paper(row: Any) -> Paper:  # noqa: ANN401 - a row of the table of papers
    return Paper(**row._asdict())
