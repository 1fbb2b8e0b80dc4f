# SPDX-License-Identifier: Apache-2.0
"""What people of an organisation have added to what was found, as far as it was known on a day: decisions and records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from debar import dates
from debar.model.portfolio import Asked
from debar.model.results import Decision, Record
from debar.model.vocab.portfolio import Asking
from debar.portfolio.tables import ASKED, RECORDS

if TYPE_CHECKING:
    from collections.abc import Sequence


class Given(NamedTuple):
    """Decisions that another person approved, and records, each in the order in which they came to be known."""

    decisions: Sequence[Decision]
    records: Sequence[Record]


def given(connection: sa.Connection, known_on: str = "") -> Given:
    """Give what counts beside what was found; with `known_on` only what was approved and put on record by then."""
    decisions = sa.select(ASKED).where(ASKED.c.state == Asking.APPROVED.value)
    records = sa.select(RECORDS.c.at, RECORDS.c.body)
    return Given(
        [
            one.decision
            for row in connection.execute(decisions.order_by(ASKED.c.answered_at, ASKED.c.id))
            if is_known(row.answered_at, known_on)
            for one in [asked(row, known_on)]
            if one.decision.created <= one.decision.expires
        ],
        [
            msgspec.json.decode(body, type=Record)
            for at, body in connection.execute(records.order_by(RECORDS.c.at, RECORDS.c.id))
            if is_known(at, known_on)
        ],
    )


def asked(row: Any, known_on: str = "") -> Asked:  # noqa: ANN401 - a row of the table of what was asked for
    """Give what was asked for as it was known on a day: not answered yet, or not ended yet, where that came later."""
    decision = msgspec.json.decode(row.body, type=Decision)
    found = Asked(
        id=row.id,
        decision=decision,
        state=Asking.ASKED,
        requester=row.requester,
        requested_at=row.requested_at,
        request=row.request or row.id,
    )
    if row.state == Asking.ASKED or not is_known(row.answered_at, known_on):
        return replace(found, decision=replace(decision, approver=""))
    found = replace(
        found,
        state=Asking(row.state),
        approver=row.approver,
        answered_at=row.answered_at,
        answer=row.answer,
        ended_by=row.ended_by if row.state == Asking.WITHDRAWN else "",
    )
    if not row.ended_at or not is_known(row.ended_at, known_on):
        return found
    return replace(
        found,
        decision=replace(decision, expires=row.ends),
        until=decision.expires,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
    )


def is_known(at: str, known_on: str) -> bool:
    """Tell whether what was written down at an instant was known by the end of a day, in UTC."""
    return not known_on or dates.ends(at, "UTC") <= dates.ends(known_on, "UTC")
