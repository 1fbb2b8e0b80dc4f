# SPDX-License-Identifier: Apache-2.0
"""Decisions: one person asks for them, and another one answers."""

from __future__ import annotations

import msgspec

from debar.model.deeds import Ask, Request
from debar.model.exchanged import Reached
from debar.model.portfolio import Page
from debar.portfolio import asking, requests
from debar.web.api.declared import Made, Operations, Paging, Sheet
from debar.web.here import Approving, Here, Reading, Working


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever answers has to say."""

    answer: str = ""
    """Why; whoever refuses has to say it."""


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How something that was approved ends before it expires."""

    answer: str
    """Why."""
    day: str = ""
    """The last on which it holds; yesterday where none is named."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/decisions", sorts=_sorts(), sheet=Sheet(requests.rows, Request))
    def list_decisions(here: Reading, asked: requests.Filters, page: Paging) -> Page[Request]:
        """List what was asked for, and what became of it."""
        return requests.listed(here.estate, here.clock, asked, **page._asdict())

    @operations.post("/decisions", gives=Request)
    def ask_for_decision(here: Working, sent: Ask) -> Made:
        """Ask for a decision: on one exposure, on many at once, or on a scope. Another person answers."""
        request = asking.ask(here.portfolio, here.estate, sent)
        return Made(requests.one(here.estate, here.clock, request), ("decisions", request))

    @operations.post("/decisions/reach", status=200)
    def reach_of_decision(here: Working, sent: Ask) -> Reached:
        """Say on how many exposures a decision would be about, without asking for it."""
        return Reached(exposures=requests.reach(here.estate, here.clock, sent))

    @operations.get("/decisions/{decision}")
    def read_decision(here: Reading, decision: str) -> Request:
        """Give what was asked for together, with what would make way for it."""
        return requests.one(here.estate, here.clock, decision)

    def now(here: Here, decision: str) -> Request:
        return requests.one(here.estate, here.clock, decision)

    @operations.post("/decisions/{decision}/approve", status=200, current=now)
    def approve_decision(here: Approving, decision: str, sent: Answer) -> Request:
        """Approve what another person has asked for: it counts from now on. No key may."""
        asking.approve(here.portfolio, here.estate, decision, sent.answer)
        return now(here, decision)

    @operations.post("/decisions/{decision}/refuse", status=200, current=now)
    def refuse_decision(here: Approving, decision: str, sent: Answer) -> Request:
        """Refuse what another person has asked for, and say why. No key may."""
        asking.refuse(here.portfolio, here.estate, decision, sent.answer)
        return now(here, decision)

    @operations.post("/decisions/{decision}/withdraw", status=200, current=now)
    def withdraw_decision(here: Working, decision: str) -> Request:
        """Take back what one has asked for oneself."""
        asking.withdraw(here.portfolio, here.estate, decision)
        return now(here, decision)

    @operations.post("/decisions/{decision}/end", status=200, current=now)
    def end_decision(here: Approving, decision: str, sent: Ending) -> Request:
        """End what was approved before it expires. No key may."""
        asking.end(here.portfolio, here.estate, decision, sent.answer, day=sent.day)
        return now(here, decision)


def _sorts() -> tuple[str, ...]:
    """Give the orders of a list, that of the newest first."""
    return ("-requested", *requests.SORTS)
