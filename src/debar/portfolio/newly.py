# SPDX-License-Identifier: Apache-2.0
"""Who is newly hit: what a changed register says of what was there already.

After each run it is noted what the law reaches on that day. Where the register has become another one, the same day
and the same exposures are asked about again, and what differs is the work of the register alone: new law, law that was mended,
a draft of one's own that counts now.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import NotThereError
from debar.model.deeds import NewlyMeasure, NewlyTold
from debar.model.measures import Measure
from debar.model.portfolio import Clock
from debar.model.results.found import Result
from debar.model.vocab import MeasureStatus
from debar.portfolio import paging, views
from debar.portfolio.blobs import pack, unpack
from debar.portfolio.given import is_known
from debar.portfolio.register_of import register_of, register_with, texts
from debar.portfolio.tables import HITS, LOOKED
from debar.register import yamlfile
from debar.register.dump import dump

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.model.portfolio import Page
    from debar.model.viewed import Alike
    from debar.portfolio.estates import Estate
    from debar.portfolio.views import View
    from debar.register import Register


class Reach(Result, frozen=True, kw_only=True):
    """What a register reaches: by kind of exposure, for each provision and act the status on a day."""

    view: str
    """Id of the view that it was noted of."""
    kinds: dict[str, dict[str, str]]


def look(estate: Estate, *, at: str = "", day: str = "") -> NewlyTold | None:
    """Compare what the register reaches with what the one before it reached, and give who is newly hit, if anybody is.

    1. The register is the same: what it reaches today is noted, once for each view.
    2. It is another one: the day that was noted is asked about again.
    3. What differs is kept, with what is reached from now on, in one transaction.
    """
    at, day = at or dates.present(), day or dates.present()[:10]
    register = register_of(estate)
    state = _state(register)
    with estate.reading() as connection:
        row = connection.execute(sa.select(LOOKED)).first()
        before = unpack(row.body, Reach) if row else None
        now = views.seen(connection, estate, Clock(as_of=day))
        if row is not None and before is not None and row.state == state and before.view == now.id:  # 1.
            return None
        told = None
        if row is not None and before is not None and row.state != state:  # 2.
            told = _told(row.version, before, views.seen(connection, estate, Clock(as_of=row.as_of)), at)
    values = {"state": state, "as_of": day, "version": register.version, "body": pack(_reach(now))}
    with estate.writing() as connection:  # 3.
        known = connection.execute(sa.select(LOOKED.c.state, LOOKED.c.as_of)).first()
        if known != ((row.state, row.as_of) if row else None):  # somebody else has looked meanwhile
            return None
        connection.execute(sa.delete(LOOKED))
        connection.execute(sa.insert(LOOKED), {"id": 1, **values})
        if told:
            body = msgspec.json.encode(told).decode()
            hit = {"id": told.id, "at": told.at, "why": told.why, "exposures": told.exposures, "body": body}
            connection.execute(sa.insert(HITS), hit)
            said = {"exposures": told.exposures, "measures": [one.measure for one in told.measures]}
            estate.log(connection, "register.hits", told.id, said)
    return told


def would(estate: Estate, clock: Clock, path: str) -> NewlyTold:
    """Give who would be hit if a draft of one's own counted; NotThereError where no such file was added."""
    with estate.reading() as connection:
        added = texts(connection)
    if path not in added or not path.startswith("measures/"):
        raise NotThereError("no such measure was added to the register")
    measure = yamlfile.parse(added[path], Measure)
    counting = dump(msgspec.structs.replace(measure, status=MeasureStatus.ACTIVE))
    register = register_with(estate, {**added, path: counting})
    with estate.reading() as connection:
        before = views.seen(connection, estate, clock)
        after = views.under(connection, estate, clock, register)
    return _told(before.register.version, _reach(before), after, dates.present()) or NewlyTold(
        id="", at=dates.present(), why="nothing that was found is reached", as_of=clock.as_of, exposures=0, measures=()
    )


def listed(estate: Estate, clock: Clock, *, page_token: str = "", page_size: int = paging.USUAL) -> Page[NewlyTold]:
    """Give who was newly hit, the last change first."""
    query = sa.select(HITS.c.at, HITS.c.body).order_by(HITS.c.at.desc(), HITS.c.id)
    with estate.reading() as connection:
        found = [
            msgspec.json.decode(row.body, type=NewlyTold)
            for row in connection.execute(query)
            if is_known(row.at, clock.known_on)
        ]
    wanted = paging.asked(("newly",), clock.known_on, page_token, page_size)
    places = {one.id: place for place, one in enumerate(found)}
    return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda row: row.id, places.get)


def one(estate: Estate, id_: str) -> NewlyTold:
    """Give who was newly hit by one change; NotThereError for none."""
    with estate.reading() as connection:
        body = connection.execute(sa.select(HITS.c.body).where(HITS.c.id == id_)).scalar()
    if body is None:
        raise NotThereError("there was no such change")
    return msgspec.json.decode(body, type=NewlyTold)


def _reach(view: View) -> Reach:
    return Reach(view=view.id, kinds={one.id: _said(one) for one in view.alike if not one.aside})


def _told(version: str, before: Reach, after: View, at: str) -> NewlyTold | None:
    """Give what another register says of the kinds that were there; nothing where it says the same of all."""
    newly: Counter[str] = Counter()
    changes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    hit = 0
    for kind in after.alike:
        if kind.aside or kind.id not in before.kinds:
            continue
        then, now = _by_measure(before.kinds[kind.id]), _by_measure(_said(kind))
        differing = [measure for measure in then.keys() | now.keys() if then.get(measure) != now.get(measure)]
        for measure in differing:
            newly[measure] += kind.count * (measure not in then)
            for was_is in _moved(then.get(measure, {}), now.get(measure, {})):
                changes[measure][was_is] += kind.count
        hit += kind.count * bool(differing)
    if not hit:
        return None
    known = after.register.measures
    measures = tuple(
        NewlyMeasure(
            measure=measure,
            title=known[measure].title if measure in known else measure,
            newly=newly[measure],
            changes=tuple(sorted((was, is_, count) for (was, is_), count in changes[measure].items() if count)),
        )
        for measure in sorted(changes, key=lambda name: (-newly[name], name))
    )
    why = f"register {after.register.version}"
    if after.register.version != version:
        why = f"{why}, which follows {version}"
    elif after.register.added:
        why = f"{why}, with what the organisation adds"
    return NewlyTold(
        id=f"new-{secrets.token_hex(8)}", at=at, why=why, as_of=after.question.as_of, exposures=hit, measures=measures
    )


def _moved(then: Mapping[str, str], now: Mapping[str, str]) -> set[tuple[str, str]]:
    """Give from which status to which something moved; empty for none."""
    names = then.keys() | now.keys()
    return {(then.get(name, ""), now.get(name, "")) for name in names if then.get(name) != now.get(name)}


def _said(kind: Alike) -> dict[str, str]:
    """Give by provision and act what is said of a kind."""
    return {f"{one.provision} {one.act}": str(one.status) for one in kind.reached}


def _by_measure(said: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for name, status in said.items():
        found[name.partition("#")[0]][name] = status
    return found


def _state(register: Register) -> str:
    return hashlib.sha256(msgspec.json.encode((register.sha256, register.added))).hexdigest()
