# SPDX-License-Identifier: Apache-2.0
"""The databases of a portfolio: one that all share, and one for each organisation, opened once and kept at hand.

In a directory each is a file of SQLite, so that organisations do not wait for each other's writers:

    DIR/portfolio.db                    who there is, and what is to be done
    DIR/organisations/<id>/history.db   what belongs to one organisation, with the files of its lake beside it

On a PostgreSQL server each is a schema, `debar` and `debar_o_<id>`; the files lie in the directory all the same.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar.errors import UsageError
from debar.model.telling import Means
from debar.portfolio import migrating
from debar.portfolio.tables import TENANTS
from debar.store import ledger
from debar.store.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.store.places import Place

_FILES = 64
"""Databases of organisations that are open at once, where each is a file."""
_SPARE = 2
"""Connections to each of them that stay open."""
_SHARED = 16
"""Connections that stay open to what all share: one file, or a server."""


class Portfolio:
    """What is open of a portfolio; `estates` alone goes from here to what belongs to an organisation."""

    def __init__(self, place: Place) -> None:
        """Take where it lies; nothing is opened yet."""
        self.place = place
        self.means = Means()
        """By which people are told; a worker hears of it from whoever runs the service."""
        self._engine = ledger.connected(common_place(place), spare=_SHARED)
        self.common = Ledger(self._engine, common_place(place))
        self.reading, self.writing = self.common.reading, self.common.writing
        self._open: OrderedDict[str, Ledger] = OrderedDict()
        self._guard = threading.Lock()

    def inside(self, organisation: str, *, makes: bool = False) -> Ledger:
        """Give the database of an organisation, whose id was checked; for `estates`, and for nobody else."""
        with self._guard:
            found = self._open.get(organisation)
            if found is not None:
                self._open.move_to_end(organisation)
                return found
        place = place_of(self.place, organisation)
        ledger.prepare(place, makes=makes, mode=0o700)
        opened = Ledger(self._engine if place.server else ledger.connected(place, spare=_SPARE), place)
        ledger.ensure(opened, makes=makes)
        migrating.ensure(opened, migrating.OWN, makes=makes)
        return self._remembered(organisation, opened)

    def _remembered(self, organisation: str, opened: Ledger) -> Ledger:
        """Give the database that stays open for an organisation: this one, unless another thread was quicker."""
        with self._guard:
            found = self._open.setdefault(organisation, opened)
            closing = [] if found is opened else [opened]
            while len(self._open) > _FILES and not self.place.server:
                closing.append(self._open.popitem(last=False)[1])
        for one in closing:
            if not self.place.server:
                one.close()
        return found

    def close(self) -> None:
        """Let go of every connection."""
        with self._guard:
            every = [*self._open.values(), self.common]
            self._open.clear()
        for one in every:
            one.close()


@contextlib.contextmanager
def opened(place: Place, *, makes: bool = False) -> Iterator[Portfolio]:
    """Give the portfolio at a place, with all of its databases brought up to this debar.

    Raises UsageError where there is none and it is not to be made; StoreError where it is damaged, busy for too long,
    or written by a newer debar.
    """
    if not makes and not is_there(place):
        raise UsageError(f"{place.shown}: there is no portfolio", hint="debar serve --store DIR makes one")
    ledger.prepare(common_place(place), makes=True, mode=0o700)  # it will hold what people may not see
    portfolio = Portfolio(place)
    try:
        with private():
            migrating.ensure(portfolio.common, migrating.COMMON, makes=makes)
        _close_to_others(portfolio.common.place)
        with portfolio.reading() as connection:
            organisations = connection.execute(sa.select(TENANTS.c.id).order_by(TENANTS.c.id)).scalars().all()
        for organisation in organisations:
            # An organisation of an older debar has tables to come; what it holds is there, or it is damaged.
            portfolio.inside(organisation)
        yield portfolio
    finally:
        portfolio.close()


@contextlib.contextmanager
def private() -> Iterator[None]:
    """Have the files that this process makes be its user's alone, whatever the system would let others do."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _close_to_others(common: Place) -> None:
    """Let nobody else look into a portfolio, though its directory may be one that was there, and that others look into.

    What belongs to organisations lies in one folder, whose door is enough. A file or folder that is another's stays as it is.
    """
    folder = common.lake / "organisations"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    for end in ("", "-wal", "-shm") if not common.server else ():
        with contextlib.suppress(OSError):
            common.ledger.with_name(f"{common.file}{end}").chmod(0o600)


@contextlib.contextmanager
def alone(place: Place, *, is_common: bool, makes: bool = True) -> Iterator[Ledger]:
    """Give one database outside of an open portfolio, with every table of its kind."""
    database = Ledger(ledger.connected(place), place)
    try:
        if is_common:
            migrating.ensure(database, migrating.COMMON, makes=makes)
        else:
            ledger.ensure(database, makes=makes)
            migrating.ensure(database, migrating.OWN, makes=makes)
        yield database
    finally:
        database.close()


def is_there(place: Place) -> bool:
    """Tell whether there is a portfolio at a place, of whatever age."""
    common = common_place(place)
    if not place.server:
        return common.ledger.is_file()
    database = Ledger(ledger.connected(common), common)
    with database.reading() as connection:
        return bool(migrating.revision(connection))


def common_place(place: Place) -> Place:
    """Give where the database lies that all organisations share."""
    return place._replace(schema="debar" if place.server else "", file="portfolio.db")


def place_of(place: Place, organisation: str) -> Place:
    """Give where the history of an organisation lies, whose id was checked."""
    return place._replace(
        lake=place.lake / "organisations" / organisation,
        # An id holds no underscore, so no two ids share a schema.
        schema=f"debar_o_{organisation.replace('-', '_')}" if place.server else "",
        shown=f"organisation {organisation}",
    )
