# SPDX-License-Identifier: Apache-2.0
"""Decisions that one person asks for and another approves; what was approved counts from then on, in every view.

1. Somebody asks. What the decision says is checked as in a file of decisions, apart from who agrees.
2. Another person approves or refuses, with a reason. Who that is, is checked three times: by who they are, by what they are
   called, and by the database, in which no row can name one person on both sides.
3. Nothing is changed afterwards: who wants it otherwise asks anew, and what was decided on the same before makes way.

What has expired stays, and counts no more; whoever asks for a past day sees it as it was.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from debar import dates
from debar import decisions as deciding
from debar.errors import ConflictError, ForbiddenError, NotThereError, UsageError
from debar.model.results import Decision
from debar.model.vocab import Verdict
from debar.model.vocab.portfolio import Asking, Permission
from debar.portfolio import clashing, estates, names, running
from debar.portfolio.given import asked
from debar.portfolio.register_of import register_of
from debar.portfolio.tables import ASKED, KEYS, PERSONS
from debar.portfolio.wording import day as day_of
from debar.portfolio.wording import sound, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.deeds import Ask
    from debar.model.portfolio import Asked
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate


def ask(portfolio: Portfolio, estate: Estate, wanted: Ask, *, at: str = "") -> str:
    """Ask for a decision, and give the id of the request; it stands at the instant `at`, which is now.

    What is confirmed needs nobody else, as in a file of decisions, unless it would end what somebody has approved: then it
    is asked for as everything is. UsageError with everything that is wrong with it; ConflictError where another decision
    says otherwise of what may be the same.
    """
    estate.needs(Permission.WORK)
    behind, at = _behind(portfolio, estate), at or dates.present()
    decisions = worded(estate, wanted, at)
    request = f"req-{secrets.token_hex(8)}"
    with estate.writing() as connection:
        ways = _room(connection, decisions)
        is_over = wanted.verdict is Verdict.CONFIRMED and all(one.decision.verdict is Verdict.CONFIRMED for one in ways)
        rows = [_row(estate, one, request, behind, at) for one in decisions]
        if is_over:
            rows = [{**row, "state": Asking.APPROVED.value, "answered_at": at} for row in rows]
            _make_way(connection, estate, ways, decisions[0].created, at)
        connection.execute(sa.insert(ASKED), rows)
        estate.log(connection, "decision.confirmed" if is_over else "decision.asked", request, _said(decisions))
    if is_over:
        running.ask(portfolio, estate)
    return request


def approve(portfolio: Portfolio, estate: Estate, request: str, answer: str = "", *, at: str = "") -> None:
    """Approve what another person has asked for: it counts from now on.

    1. Only a person may, and another than the one who asked, or who made the key that asked.
    2. Nobody has answered it yet; ConflictError otherwise.
    3. What was in order when it was asked for still is, with the name of whoever agrees.
    4. What was decided on the same before ends the day before.
    """
    estate.needs(Permission.APPROVE)
    at = at or dates.present()
    answer = names.text(answer, "the answer")
    register = register_of(estate)
    others = _names_behind(portfolio, estate, request)
    with estate.writing() as connection:
        open_ = _open(connection, request)  # 2.
        _another(estate, open_, others)  # 1.
        decisions = [replace(one.decision, approver=estate.caller.name) for one in open_]
        sound(decisions)  # 3.
        deciding.check(decisions, register, at[:10])
        if decisions[0].expires < at[:10]:
            raise ConflictError(
                f"it would have expired on {decisions[0].expires}", hint="refuse it, or have it asked anew"
            )
        _make_way(connection, estate, _room(connection, decisions), decisions[0].created, at)  # 4.
        for one, decision in zip(open_, decisions, strict=True):
            _answered(connection, estate, one, decision, (Asking.APPROVED, answer, at))
        estate.log(connection, "decision.approved", request, {**_said(decisions), "answer": answer})
    running.ask(portfolio, estate)


def refuse(portfolio: Portfolio, estate: Estate, request: str, answer: str, *, at: str = "") -> None:
    """Refuse what another person has asked for, and say why; ConflictError where it was answered."""
    estate.needs(Permission.APPROVE)
    at, answer = at or dates.present(), names.text(answer, "the answer")
    if not answer:
        raise UsageError("why it is refused is missing", hint="write it for whoever asked")
    others = _names_behind(portfolio, estate, request)
    with estate.writing() as connection:
        open_ = _open(connection, request)
        _another(estate, open_, others)
        for one in open_:
            _answered(
                connection,
                estate,
                one,
                replace(one.decision, approver=estate.caller.name),
                (Asking.REFUSED, answer, at),
            )
        estate.log(connection, "decision.refused", request, {"answer": answer})


def withdraw(portfolio: Portfolio, estate: Estate, request: str, *, at: str = "") -> None:
    """Take back what one has asked for oneself, or through a key that one has made; ConflictError where it was answered."""
    estate.needs(Permission.WORK)
    at, mine = at or dates.present(), _behind(portfolio, estate)
    with estate.writing() as connection:
        open_ = _open(connection, request)
        row = connection.execute(sa.select(ASKED.c.behind, ASKED.c.requester).where(ASKED.c.id == open_[0].id)).one()
        if not {estate.caller.id, mine} & {row.requester, row.behind}:
            raise ForbiddenError("only who asked for it takes it back", hint="an approver may refuse it")
        values = {"state": Asking.WITHDRAWN.value, "answered_at": at, "ended_by": estate.caller.id}
        connection.execute(sa.update(ASKED).where(ASKED.c.request == request).values(values))
        estate.log(connection, "decision.withdrawn", request)


def end(portfolio: Portfolio, estate: Estate, request: str, answer: str, *, day: str = "", at: str = "") -> None:
    """End what was approved before it expires: `day`, by default the one before this, is the last on which it holds.

    Any approver may, whoever asked: afterwards the law says again what it says. ConflictError for what does not hold.
    """
    estate.needs(Permission.APPROVE)
    at, answer = at or dates.present(), names.text(answer, "the reason")
    if not answer:
        raise UsageError("why it ends is missing", hint="write it for whoever asked")
    last = day_of(day, "day") if day else _before(at[:10])
    with estate.writing() as connection:
        there = _some(connection, ASKED.c.request == request)
        holding = [one for one in there if one.state is Asking.APPROVED and one.decision.expires > last]
        if not holding:
            raise ConflictError("it does not hold any more", hint="look at it again")
        _end(connection, estate, holding, last, at)
        estate.log(connection, "decision.ended", request, {"until": last, "answer": answer})
    running.ask(portfolio, estate)


def approved(connection: sa.Connection) -> list[Asked]:
    """Give every decision that was approved, as it counts now; also those that have expired."""
    return _some(connection, ASKED.c.state == Asking.APPROVED.value)


def _another(estate: Estate, open_: Sequence[Asked], others: Sequence[str]) -> None:
    """Raise ForbiddenError unless whoever answers is another person than whoever asked."""
    caller = estate.caller
    is_same = caller.id == open_[0].requester or any(deciding.is_same_person(one, caller.name) for one in others)
    if estates.is_key(caller) or is_same:
        raise ForbiddenError(
            "nobody answers what they asked for", hint="another person with the role of an approver does"
        )


def _names_behind(portfolio: Portfolio, estate: Estate, request: str) -> list[str]:
    """Give what the person is called who asked, by an account of today and when it was asked."""
    with estate.reading() as connection:
        row = connection.execute(sa.select(ASKED.c.body, ASKED.c.behind).where(ASKED.c.request == request)).first()
    if row is None:
        return []
    with portfolio.reading() as connection:
        account = connection.execute(
            sa.select(PERSONS.c.name, PERSONS.c.email).where(PERSONS.c.id == row.behind)
        ).first()
    asked_as = msgspec.json.decode(row.body, type=Decision).requester
    return [asked_as, *([f"{account.name} <{account.email}>"] if account else [])]


def _behind(portfolio: Portfolio, estate: Estate) -> str:
    """Give the id of the person who asks, by themselves or through a key that they have made."""
    if not estates.is_key(estate.caller):
        return estate.caller.id
    prefix = estate.caller.id.removeprefix(estates.KEY)
    mine = sa.and_(KEYS.c.prefix == prefix, KEYS.c.organisation == estate.organisation)
    with portfolio.reading() as connection:
        return str(connection.execute(sa.select(KEYS.c.created_by).where(mine)).scalar() or "")


def _room(connection: sa.Connection, decisions: Sequence[Decision]) -> tuple[Asked, ...]:
    """Give what makes way for decisions; ConflictError where one says otherwise of what may be the same."""
    known = approved(connection)
    for one, other in clashing.clashes(decisions, known):
        its = other.decision
        raise ConflictError(
            f"{its.requester} and {its.approver} decided on {deciding.scope_of(its)}: {its.verdict}, from {its.created}"
            f" until {its.expires}; this says {one.verdict} of {deciding.scope_of(one)}",
            hint="end that one first, or name single exposures, which go before a wider scope",
        )
    return clashing.making_way(decisions, known)


def _make_way(connection: sa.Connection, estate: Estate, ways: Sequence[Asked], created: str, at: str) -> None:
    if ways:
        _end(connection, estate, ways, _before(created), at)
        ids = [one.id for one in ways]
        estate.log(connection, "decision.replaced", ids[0], {"decisions": ids, "until": _before(created)})


def _end(connection: sa.Connection, estate: Estate, some: Sequence[Asked], last: str, at: str) -> None:
    values = {"ends": last, "ended_at": at, "ended_by": estate.caller.id}
    for one in some:
        connection.execute(sa.update(ASKED).where(ASKED.c.id == one.id).values(values))


def _answered(
    connection: sa.Connection, estate: Estate, one: Asked, decision: Decision, answer: tuple[Asking, str, str]
) -> None:
    """Write an answer, unless somebody else was quicker."""
    state, text, at = answer
    values = {"state": state.value, "answer": text, "answered_at": at, "approver": estate.caller.id}
    values["body"] = msgspec.json.encode(decision).decode()
    same = sa.and_(ASKED.c.id == one.id, ASKED.c.state == Asking.ASKED.value)
    if connection.execute(sa.update(ASKED).where(same).values(values)).rowcount != 1:
        raise _late(Asking.APPROVED)


def _open(connection: sa.Connection, request: str) -> list[Asked]:
    """Give the decisions of a request that nobody has answered; NotThereError for none, ConflictError for an answered one."""
    found = _some(connection, ASKED.c.request == request)
    if not found:
        raise NotThereError("there is no such request")
    if found[0].state is not Asking.ASKED:
        raise _late(found[0].state)
    return found


def _late(state: Asking) -> ConflictError:
    return ConflictError(f"it is {state.value} already", hint="look at it again")


def _some(connection: sa.Connection, is_meant: sa.ColumnElement[bool]) -> list[Asked]:
    query = sa.select(ASKED).where(is_meant).order_by(ASKED.c.requested_at, ASKED.c.id)
    return [asked(row) for row in connection.execute(query)]


def _row(estate: Estate, one: Decision, request: str, behind: str, at: str) -> dict[str, str]:
    return {
        "id": f"ask-{secrets.token_hex(8)}",
        "request": request,
        "state": Asking.ASKED.value,
        "verdict": one.verdict.value,
        "requester": estate.caller.id,
        "behind": behind,
        "requested_at": at,
        "approver": "",
        "answered_at": "",
        "answer": "",
        "expires": one.expires,
        "body": msgspec.json.encode(one).decode(),
    }


def _said(decisions: Sequence[Decision]) -> dict[str, object]:
    """Give what the log says of a request."""
    one = decisions[0]
    scope = deciding.scope_of(one) if len(decisions) == 1 else f"{len(decisions)} exposures"
    said = {"verdict": one.verdict.value, "scope": scope, "created": one.created, "expires": one.expires}
    return {
        **said,
        "reason": one.reason,
        "exposures": [decision.exposure for decision in decisions if decision.exposure],
    }


def _before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
