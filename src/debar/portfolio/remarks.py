# SPDX-License-Identifier: Apache-2.0
"""What people write under exposures, for each other; it changes nothing else, and nobody takes it back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import sqlalchemy as sa

from debar import dates
from debar.errors import NotThereError, UsageError
from debar.model.portfolio import Remark
from debar.model.vocab.portfolio import Permission
from debar.portfolio import names, paging
from debar.portfolio.given import is_known
from debar.portfolio.tables import HELD, REMARKS

if TYPE_CHECKING:
    from debar.model.portfolio import Clock, Page
    from debar.portfolio.estates import Estate


def add(estate: Estate, exposure: str, text: str, *, at: str = "") -> Remark:
    """Write a remark under an exposure; NotThereError where it was never found, UsageError for an empty one."""
    estate.needs(Permission.WORK)
    text = names.text(text, "a remark")
    if not text:
        raise UsageError("the remark is empty", hint="write what the others have to know")
    remark = Remark(
        id=f"rem-{secrets.token_hex(8)}", exposure=exposure, by=estate.caller.name, at=at or dates.present(), text=text
    )
    with estate.writing() as connection:
        if connection.execute(sa.select(HELD.c.row).where(HELD.c.exposure == exposure).limit(1)).first() is None:
            raise NotThereError("there is no such exposure")
        row = {name: getattr(remark, name) for name in Remark.__struct_fields__}
        connection.execute(sa.insert(REMARKS), row)
        estate.log(connection, "remark.made", remark.id, {"exposure": exposure, "text": text})
    return remark


def listed(
    estate: Estate, clock: Clock, exposure: str, *, page_token: str = "", page_size: int = paging.USUAL
) -> Page[Remark]:
    """Give the remarks under an exposure, the oldest first."""
    query = sa.select(REMARKS).where(REMARKS.c.exposure == exposure).order_by(REMARKS.c.at, REMARKS.c.id)
    with estate.reading() as connection:
        found = [Remark(**row._asdict()) for row in connection.execute(query) if is_known(row.at, clock.known_on)]
    # Remarks are only ever added, in the order of a list, so a place in it stays the same.
    wanted = paging.asked(("remarks", exposure), clock.known_on, page_token, page_size)
    return paging.page(wanted, len(found), lambda start, end: found[start:end], lambda one: one.id)
