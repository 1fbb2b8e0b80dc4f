# SPDX-License-Identifier: Apache-2.0
"""Keys of organisations: shown once, kept as a hash, gone on their day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

import staffed
from debar import dates
from debar.errors import ForbiddenError, NotThereError, UsageError
from debar.model.vocab.portfolio import Permission, Role
from debar.portfolio import audit, estates, keys
from debar.portfolio.tables import KEYS
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio."""
    with staffed.staffed(place(str(tmp_path))) as found:
        yield found


def day(days: int) -> str:
    """Give the day that many days from now."""
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()


def test_a_key_is_shown_once(portfolio: Portfolio) -> None:
    """Nothing that is kept, listed or put on record opens anything."""
    admin = staffed.estate(portfolio)
    key, text = keys.make(portfolio, admin, "pipeline", Role.ANALYST, day(30))
    head, _, secret = text.partition(".")
    assert head == f"debar_{key.prefix}"
    with portfolio.reading() as connection:
        kept = str(connection.execute(sa.select(KEYS)).all())
    said = f"{kept}{keys.listed(portfolio, admin)}{audit.listed(portfolio, admin)}"
    assert key.prefix in said
    assert secret not in said
    found = keys.caller(portfolio, text)
    assert found
    assert (found.id, found.roles) == (f"key:{key.prefix}", {"alpha": Role.ANALYST})


def test_nothing_else_opens(portfolio: Portfolio) -> None:
    """Another secret, another prefix, a part of a key, or none."""
    admin = staffed.estate(portfolio)
    _, one = keys.make(portfolio, admin, "a", Role.VIEWER, day(1))
    _, two = keys.make(portfolio, admin, "b", Role.VIEWER, day(1))
    wrong = (
        f"{one.partition('.')[0]}.{two.partition('.')[2]}", one[:-1], f"{one}x", one.upper(), f" {one}", f"{one}\n", "",
        "debar_", "\ud800", "x" * 100_000, f"debar_{'0' * 12}.{'A' * 43}",
    )  # fmt: skip
    assert [keys.caller(portfolio, text) for text in wrong] == [None] * len(wrong)


def test_a_key_ends(portfolio: Portfolio) -> None:
    """On its day, and when it is revoked; another organisation can revoke it as little as see it."""
    admin, other = staffed.estate(portfolio), staffed.estate(portfolio, "beta-2")
    key, text = keys.make(portfolio, admin, "a", Role.VIEWER, day(0))
    assert key.expires == f"{day(0)}T23:59:59Z"
    with pytest.raises(NotThereError):
        keys.revoke(portfolio, other, key.prefix)
    assert keys.listed(portfolio, other) == ()
    assert keys.caller(portfolio, text)
    with portfolio.writing() as connection:
        connection.execute(sa.update(KEYS).values(expires=dates.present()))
    assert keys.caller(portfolio, text) is None
    _, text = keys.make(portfolio, admin, "b", Role.VIEWER, day(1))
    for _ in range(2):
        keys.revoke(portfolio, admin, text[6:18])
    assert keys.caller(portfolio, text) is None
    assert keys.listed(portfolio, admin)[0].revoked_at or keys.listed(portfolio, admin)[1].revoked_at
    assert sum(change.action == "key.revoked" for change in audit.listed(portfolio, admin).items) == 1


@pytest.mark.parametrize("expires", [day(-1), day(400), "", "never", "2027-13-01", "2020-01-01T00:00:00Z"])
def test_an_expiry_is_a_day_within_a_year(portfolio: Portfolio, expires: str) -> None:
    """Neither past nor far away, nor no day at all."""
    with pytest.raises(UsageError):
        keys.make(portfolio, staffed.estate(portfolio), "a", Role.VIEWER, expires)


def test_admins_make_keys_and_keys_make_none(portfolio: Portfolio) -> None:
    """A key could outlive itself otherwise; who may not administer sees not even their list."""
    for role in (Role.VIEWER, Role.ANALYST, Role.APPROVER):
        estate = staffed.estate(portfolio, role=role)
        with pytest.raises(ForbiddenError):
            keys.make(portfolio, estate, "a", Role.VIEWER, day(1))
        with pytest.raises(ForbiddenError):
            keys.listed(portfolio, estate)
    _, text = keys.make(portfolio, staffed.estate(portfolio), "a", Role.ADMIN, day(1))
    caller = keys.caller(portfolio, text)
    assert caller
    estate = estates.entered(portfolio, caller, "alpha", Permission.ADMINISTER)
    with pytest.raises(ForbiddenError, match="makes no keys"):
        keys.make(portfolio, estate, "b", Role.VIEWER, day(1))


def test_it_is_known_when_a_key_was_used(portfolio: Portfolio) -> None:
    """To a quarter of an hour: not every request writes."""
    admin = staffed.estate(portfolio)
    _, text = keys.make(portfolio, admin, "a", Role.VIEWER, day(1))
    assert keys.listed(portfolio, admin)[0].last_used == ""
    keys.caller(portfolio, text)
    first = keys.listed(portfolio, admin)[0].last_used
    assert first
    with portfolio.writing() as connection:
        connection.execute(sa.update(KEYS).values(last_used="2020-01-01T00:00:00Z"))
    keys.caller(portfolio, text)
    assert keys.listed(portfolio, admin)[0].last_used >= first
