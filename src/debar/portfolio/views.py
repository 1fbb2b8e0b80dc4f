# SPDX-License-Identifier: Apache-2.0
"""A view: which run a clock means, and what the law makes of it on the day; made once, kept, and held at hand.

    clock ──► run: the newest about the day or an earlier one, known by then        RUNS
                │
              rows: what it found, as columns in memory                             HELD, ASSETS
                │ kind, split by what the organisation adds                         kinds.py
              law: asked once for each kind, told of all                            making.py, VIEWS

A view that was made is kept by the digest of everything that decides it, so it is never out of date, only unused. Whoever
changes anything in an organisation adds to its log in the same transaction: the number of the last entry tells in one look
whether a view at hand is still the one that would be made.
"""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import StoreError
from debar.model.portfolio import Clock
from debar.model.results import Exposure
from debar.model.viewed import Counts, Law
from debar.obligations.question import Question
from debar.portfolio import columns, laying, making, passing
from debar.portfolio.blobs import pack, unpack
from debar.portfolio.given import given, is_known
from debar.portfolio.hand import Hand
from debar.portfolio.kinds import Splitting
from debar.portfolio.making import Asked
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import EVIDENCE, HELD, VIEWS
from debar.release import VERSION
from debar.store.tables import LOG, RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

    from debar.model.viewed import Alike
    from debar.portfolio.columns import Assets, Laid, Numbers, Rows
    from debar.portfolio.estates import Estate
    from debar.portfolio.kinds import Light
    from debar.register import Register

Found = TypeVar("Found")
KEPT = 200
"""Views that are kept of an organisation."""
_AT_HAND = 2_000_000
"""Rows of views that are held in memory, of all organisations together."""
_LEAST = 10_000
"""Rows that a view counts for, however small it is."""
_AT_ONCE = 500
"""Rows that are asked for in one go."""


class Meant(NamedTuple):
    """The run that a clock means."""

    seq: int
    id: str
    as_of: str
    kept_at: str


class View:
    """What the law makes of a run on a day, with the rows of the run as columns."""

    def __init__(self, id_: str, run: Meant | None, law: Law, rows: Rows, assets: Assets, asked: Asked) -> None:
        """Take what it is called, what it is about, and what decided it."""
        self.id, self.run, self.law, self.rows, self.assets = id_, run, law, rows, assets
        self.asked, self.register, self.question = asked, asked.register, asked.question
        self.alike: tuple[Alike, ...] = law.alike
        self.places: Mapping[str, int] = {one.id: place for place, one in enumerate(law.alike)}
        """Of kinds, by their ids."""
        self._ranks: dict[str, Numbers] = {}
        self._lists: dict[str, Any] = {}
        self.orders: dict[str, Numbers] = {}
        """All rows, by the name of an order."""

    @property
    def seq(self) -> int:
        """Number of the run; 0 for none, of which there are no rows."""
        return self.run.seq if self.run else 0

    def put_together(self, name: str, make: Callable[[View], Found]) -> Found:
        """Give what is put together of this view alone, the first time by `make`."""
        found: Found = self._lists[name] if name in self._lists else self._lists.setdefault(name, make(self))
        return found

    def ranks(self, connection: sa.Connection, name: str) -> Numbers:
        """Give the place of each row among all values of a column; loaded when it is first asked for."""
        if name not in self._ranks:
            self._ranks[name] = laying.ranks(connection, self.seq, name, self.rows)
        return self._ranks[name]


def view(estate: Estate, clock: Clock) -> View:
    """Give what the law makes on a day of what was known."""
    with estate.reading() as connection:
        return seen(connection, estate, clock)


def seen(connection: sa.Connection, estate: Estate, clock: Clock) -> View:
    """Give a view through a connection that is open already, as its transaction sees the organisation."""
    register = register_of(estate)
    key = _key(connection, estate, clock, register)
    return _HAND.get(key, lambda: _view(connection, estate, _asked(connection, estate, clock, register)))


def under(connection: sa.Connection, estate: Estate, clock: Clock, register: Register) -> View:
    """Give the view that another register would make; it is kept like any other, and not held at hand."""
    return _view(connection, estate, _asked(connection, estate, clock, register))


def work(_portfolio: object, estate: Estate, about: str, _told: object = None) -> tuple[str, str]:
    """Make a view before somebody asks for it, and what lists and the overview put together of it: `about` is the day, and the day of knowledge behind a space."""
    as_of, _, known_on = about.partition(" ")
    clock = Clock(as_of=as_of, known_on=known_on)
    made = view(estate, clock)
    if made.run:
        laying.lay(estate, made.seq)
    with estate.reading() as connection:
        passing.trend(connection, estate, clock)
    return made.id, f"{made.law.counts.exposures} exposures on {as_of}"


def held(connection: sa.Connection, estate: Estate, clock: Clock) -> View | None:
    """Give a view that is at hand or was kept, and nothing where it would have to be made."""
    register = register_of(estate)
    if found := _HAND.look(_key(connection, estate, clock, register)):
        return found
    id_ = _id(meant(connection, clock), _asked(connection, estate, clock, register))
    kept = connection.execute(sa.select(VIEWS.c.run).where(VIEWS.c.id == id_)).first()
    return seen(connection, estate, clock) if kept else None


def _key(connection: sa.Connection, estate: Estate, clock: Clock, register: Register) -> Hashable:
    """Give by what a view at hand is known: the last entry of the log stands for all that people and runs have changed."""
    last = connection.execute(sa.select(sa.func.max(LOG.c.seq))).scalar() or 0
    facts = msgspec.json.encode(estate.tenant.facts)
    return str(estate.place), last, register.sha256, register.added, facts, clock.as_of, clock.known_on


def _asked(connection: sa.Connection, estate: Estate, clock: Clock, register: Register) -> Asked:
    question = Question(organisation=estate.tenant.facts, as_of=clock.as_of, known_on=clock.known_on)
    return Asked(register, question, given(connection, clock.known_on))


def _size(one: View) -> int:
    return max(_LEAST, len(one.rows.row))


_HAND: Hand[View] = Hand(_size, _AT_HAND)
_LAID: Hand[Laid] = Hand(lambda one: max(_LEAST, len(one.rows.row)), _AT_HAND)
"""Runs as columns: views on other days and with other decisions share them."""


def meant(connection: sa.Connection, clock: Clock) -> Meant | None:
    """Give the newest run about a day or an earlier one, of those that were known; nothing where there is none."""
    asked = dates.ends(clock.as_of, "UTC")
    found = [
        (dates.ends(one.as_of, "UTC"), one.seq, Meant(*one))
        for one in connection.execute(sa.select(RUNS.c.seq, RUNS.c.id, RUNS.c.as_of, RUNS.c.kept_at))
        if is_known(one.kept_at, clock.known_on)
    ]
    return max((one for one in found if one[0] <= asked), default=(None, 0, None))[2]


def _view(connection: sa.Connection, estate: Estate, asked: Asked) -> View:
    """Give a view that is not at hand: as it was kept, or made anew."""
    question = asked.question
    run = meant(connection, Clock(as_of=question.as_of, known_on=question.known_on))
    id_, seq = _id(run, asked), run.seq if run else 0
    laid = _LAID.get((str(estate.place), seq), lambda: laying.laid(connection, estate, seq))
    kinds, kind = _split(connection, seq, laid, asked)
    kept = connection.execute(sa.select(VIEWS.c.body, VIEWS.c.used_at).where(VIEWS.c.id == id_)).first()
    if kept is None:
        law = _law(connection, laid.rows._replace(kind=kind), kinds, asked, run)
        _keep(estate, id_, seq, question, law)
    else:
        law = unpack(kept.body, Law)
        if kept.used_at[:10] != dates.present()[:10]:
            _used(estate, id_)
    places = {one.id: place for place, one in enumerate(law.alike)}
    told = columns.mapped(kind, [places.get(one, -1) for one in kinds])
    return View(id_, run, law, laid.rows._replace(kind=told), laid.assets, asked)


def _id(run: Meant | None, asked: Asked) -> str:
    """Give the digest of everything that decides a view."""
    register, question, added = asked
    parts = (VERSION, run.id if run else "", run.seq if run else 0, register.sha256, register.added, question, added)
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()


def _split(connection: sa.Connection, seq: int, laid: Laid, asked: Asked) -> tuple[Sequence[str], Numbers]:
    """Give the kinds of rows, split by what the organisation adds, and for each row the place of its kind among them."""
    splitting = Splitting(asked.question.organisation, asked.given.decisions, asked.given.records)
    if not splitting.is_needed:
        return laid.kinds, laid.rows.kind
    lights = columns.lights(connection, seq)
    in_order = [lights[row] for row in laid.rows.row.tolist()]
    places: dict[str, int] = {}
    split = [
        places.setdefault(kind, len(places))
        for kind in splitting.split(in_order, lambda row: whole(connection, row)[0])
    ]
    return tuple(places), columns.numbers(split)


def whole(connection: sa.Connection, row: int) -> tuple[Exposure, str]:
    """Give what was found with its evidence, and the reason for which it was set aside."""
    query = sa.select(EVIDENCE.c.body, HELD.c.aside).join(HELD, HELD.c.row == EVIDENCE.c.row)
    body, aside = connection.execute(query.where(EVIDENCE.c.row == row)).one()
    return unpack(body, Exposure), aside


def _law(connection: sa.Connection, rows: Rows, kinds: Sequence[str], asked: Asked, run: Meant | None) -> Law:
    """Ask the law about the first row of each kind."""
    counts = Counts(as_of=asked.question.as_of)
    if run:
        counts = Counts(as_of=asked.question.as_of, run=run.id, run_as_of=run.as_of, kept_at=run.kept_at)
    first = {kind: int(rows.row[place]) for kind, place in columns.firsts(rows.kind).items()}
    lights: dict[int, Light] = {}
    for some in _batched(sorted(first.values())):
        lights |= columns.lights(connection, run.seq if run else 0, some)
    places = {kind: place for place, kind in enumerate(kinds)}
    many = columns.counted(rows.kind, len(kinds))

    def assets(some: Collection[str]) -> int:
        return columns.distinct(rows.asset[columns.among(rows.kind, [places[kind] for kind in some])])

    return making.made(
        {kinds[kind]: lights[row] for kind, row in first.items()},
        dict(zip(kinds, many, strict=True)),
        lambda row: whole(connection, row),
        asked,
        counts,
        assets,
    )


def _keep(estate: Estate, id_: str, seq: int, question: Question, law: Law) -> None:
    """Keep a view, unless another was quicker, and let go of those that nobody has asked for the longest.

    It is no change of anything: what cannot be kept is made again.
    """
    now = dates.present()
    row = {
        "id": id_,
        "run": seq,
        "as_of": question.as_of,
        "known_on": question.known_on,
        "made_at": now,
        "used_at": now,
        "summary": msgspec.json.encode(law.counts).decode(),
        "body": pack(law),
    }
    with contextlib.suppress(StoreError), estate.writing() as connection:
        if connection.execute(sa.select(VIEWS.c.run).where(VIEWS.c.id == id_)).first():
            return
        connection.execute(sa.insert(VIEWS), row)
        newest = sa.select(VIEWS.c.id).order_by(VIEWS.c.used_at.desc(), VIEWS.c.id).offset(KEPT).limit(KEPT)
        if old := connection.execute(newest).scalars().all():
            connection.execute(sa.delete(VIEWS).where(VIEWS.c.id.in_(old)))


def _used(estate: Estate, id_: str) -> None:
    """Note that a view was asked for today."""
    with contextlib.suppress(StoreError), estate.writing() as connection:
        connection.execute(sa.update(VIEWS).where(VIEWS.c.id == id_).values(used_at=dates.present()))


def _batched(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]
