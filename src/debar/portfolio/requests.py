# SPDX-License-Identifier: Apache-2.0
"""What was asked for, as lists and one by one: how far it is, and whether it holds on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from msgspec.structs import replace

from debar import decisions as deciding
from debar.errors import NotThereError, UsageError, did_you_mean
from debar.model.deeds import Request
from debar.model.results.found import Result
from debar.model.vocab import Validity
from debar.model.vocab.portfolio import Asking
from debar.portfolio import clashing, columns, kinds, paging, views
from debar.portfolio.asking import approved
from debar.portfolio.given import asked, is_known
from debar.portfolio.tables import ASKED
from debar.portfolio.wording import worded
from debar.store.tables import LOG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from debar.model.deeds import Ask
    from debar.model.portfolio import Asked, Clock, Page
    from debar.model.results import Decision
    from debar.portfolio.estates import Estate


class Filters(Result, frozen=True, kw_only=True):
    """What a list is about; each part that is stated has to fit."""

    state: tuple[Asking, ...] = ()
    standing: tuple[Validity, ...] = ()
    """Of those that were approved: whether they hold on the day."""
    verdict: str = ""
    requester: str = ""
    """Id of a caller."""
    exposure: str = ""
    """One of its decisions names it."""
    measure: str = ""
    expires_before: str = ""
    """It holds, and not beyond this day."""
    words: str = ""
    """All of these stand somewhere in it."""


ALL = Filters()
_KEYS: Mapping[str, Callable[[Request], tuple[str, str]]] = {
    "requested": lambda one: (one.requested_at, one.id),
    "expires": lambda one: (one.expires, one.id),
    "created": lambda one: (one.created, one.id),
    "verdict": lambda one: (one.verdict, one.id),
    "state": lambda one: (one.state, one.id),
}
SORTS = tuple(_KEYS)
"""Orders of a list; "-" before one turns it round."""


def listed(
    estate: Estate,
    clock: Clock,
    filters: Filters = ALL,
    *,
    sort: str = "-requested",
    page_token: str = "",
    page_size: int = paging.USUAL,
) -> Page[Request]:
    """Give a page of requests as they stand on the day; UsageError for an order, token or size that is none."""
    with estate.reading() as connection:
        last = str(connection.execute(sa.select(sa.func.max(LOG.c.seq))).scalar() or 0)
        wanted = paging.asked(("requests", filters, sort), last, page_token, page_size)
        found = list(_chosen(connection, clock, filters, sort))
    places = {one.id: place for place, one in enumerate(found)}
    return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda one: one.id, places.get)


def rows(estate: Estate, clock: Clock, filters: Filters = ALL, *, sort: str = "-requested") -> Iterator[Request]:
    """Yield every request of a list."""
    with estate.reading() as connection:
        found = list(_chosen(connection, clock, filters, sort))
    yield from found


def one(estate: Estate, clock: Clock, request: str) -> Request:
    """Give one request with its decisions, and with what would make way for it; NotThereError for none."""
    with estate.reading() as connection:
        some = list(_known(connection, clock, ASKED.c.request == request))
        if not some:
            raise NotThereError("there is no such request")
        ways: Sequence[Asked] = ()
        if some[0].state is Asking.ASKED:
            ways = clashing.making_way([each.decision for each in some], approved(connection))
    return _told(some, clock, is_whole=True, ways=ways)


def waiting(estate: Estate) -> int:
    """Give how many requests nobody has answered; every page tells it."""
    return estate.ledger.recalled("waiting", lambda: _waiting(estate)) or 0


def _waiting(estate: Estate) -> int:
    with estate.reading() as connection:
        return connection.execute(_WAITING).scalar_one()


_WAITING = sa.select(sa.func.count(sa.distinct(ASKED.c.request))).where(ASKED.c.state == Asking.ASKED.value)


def reach(estate: Estate, clock: Clock, wanted: Ask) -> int:
    """Give on how many exposures of a day something that is to be asked for would be about; UsageError for what it lacks."""
    decisions = worded(estate, wanted, f"{clock.as_of[:10]}T00:00:00Z")
    with estate.reading() as connection:
        run = views.meant(connection, clock)
        if run is None:
            return 0
        return sum(
            any(_reaches(connection, one, light) for one in decisions)
            for light in columns.lights(connection, run.seq).values()
        )


def _reaches(connection: sa.Connection, decision: Decision, light: kinds.Light) -> bool:
    """Tell whether a row is in the scope of a decision; its evidence is only looked at where packages are meant."""
    if not deciding.reaches(replace(decision, purl=""), kinds.plain(light)):
        return False
    return not decision.purl or deciding.reaches(decision, views.whole(connection, light.row)[0])


def _chosen(connection: sa.Connection, clock: Clock, filters: Filters, sort: str) -> Iterator[Request]:
    name = sort.removeprefix("-")
    if name not in _KEYS:
        raise UsageError(f"no order is called {name!r}{did_you_mean(name, SORTS)}", hint=f"one of: {', '.join(SORTS)}")
    requests: dict[str, list[Asked]] = {}
    for each in _known(connection, clock, sa.true()):
        requests.setdefault(each.request, []).append(each)
    found = (_told(some, clock) for some in requests.values() if _names(some, filters))
    yield from sorted((one for one in found if _fits(one, filters)), key=_KEYS[name], reverse=sort.startswith("-"))


def _known(connection: sa.Connection, clock: Clock, is_meant: sa.ColumnElement[bool]) -> Iterator[Asked]:
    """Yield what was asked for by the day of knowledge, as it was known then."""
    for row in connection.execute(sa.select(ASKED).where(is_meant).order_by(ASKED.c.requested_at, ASKED.c.id)):
        if is_known(row.requested_at, clock.known_on):
            yield asked(row, clock.known_on)


def _told(some: Sequence[Asked], clock: Clock, *, is_whole: bool = False, ways: Sequence[Asked] = ()) -> Request:
    first = some[0]
    its = first.decision
    return Request(
        id=first.request,
        state=first.state,
        standing=_standing(some, clock.as_of[:10]) if first.state is Asking.APPROVED else None,
        verdict=its.verdict,
        about=deciding.scope_of(its) if len(some) == 1 else _together(its, len(some)),
        count=len(some),
        reason=its.reason,
        ticket=its.ticket,
        created=its.created,
        expires=max(each.decision.expires for each in some),
        requester=first.requester,
        requester_name=its.requester,
        requested_at=first.requested_at,
        approver=first.approver,
        approver_name=its.approver,
        answered_at=first.answered_at,
        answer=first.answer,
        decisions=tuple(some) if is_whole else (),
        replaces=tuple(ways),
    )


def _together(one: Decision, count: int) -> str:
    rest = deciding.scope_of(replace(one, exposure="", about=""))
    return f"{count} exposures{'; ' * bool(rest)}{rest}"


def _standing(some: Iterable[Asked], day: str) -> Validity:
    """Give whether any of what was approved together holds on a day."""
    found = {deciding.standing(each.decision, day) for each in some}
    return next(state for state in (Validity.VALID, Validity.NOT_YET, Validity.EXPIRED) if state in found)


def _names(some: Sequence[Asked], filters: Filters) -> bool:
    return not filters.exposure or any(each.decision.exposure == filters.exposure for each in some)


def _fits(one: Request, filters: Filters) -> bool:
    """Tell whether a list is about a request."""
    text = f"{one.about} {one.reason} {one.ticket} {one.requester_name} {one.approver_name} {one.id}".casefold()
    return (
        (not filters.state or one.state in filters.state)
        and (not filters.standing or one.standing in filters.standing)
        and (not filters.verdict or one.verdict == filters.verdict)
        and (not filters.requester or one.requester == filters.requester)
        and (not filters.measure or filters.measure in one.about)
        and (not filters.expires_before or (one.standing is Validity.VALID and one.expires < filters.expires_before))
        and all(word in text for word in filters.words.casefold().split())
    )
