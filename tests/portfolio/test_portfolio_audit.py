# SPDX-License-Identifier: Apache-2.0
"""The audit log: every change with who and when, chained, without secrets, an organisation's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

import staffed
from debar.errors import UsageError
from debar.model.portfolio import Change
from debar.model.vocab.portfolio import Role
from debar.portfolio import audit, checking, people
from debar.portfolio.audit import Filters
from debar.portfolio.estates import PROGRAM
from debar.portfolio.tables import AUDIT
from debar.store.places import place
from debar.store.tables import LOG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio."""
    with staffed.staffed(place(str(tmp_path))) as found:
        yield found


def actions(portfolio: Portfolio, organisation: str = "alpha", filters: Filters = Filters()) -> list[str]:  # noqa: B008 - never changed
    """Give what was done in an organisation, the newest first."""
    return [one.action for one in audit.listed(portfolio, staffed.estate(portfolio, organisation), filters).items]


def test_a_change_is_told_with_who_and_when(portfolio: Portfolio) -> None:
    """What is in the organisation's own log, and what the shared log says of it; nothing of another."""
    admin = staffed.estate(portfolio)
    staffed.remark(admin, "seen")
    found = audit.listed(portfolio, admin)
    assert found.total == 6
    newest = next(one for one in found.items if not one.is_shared)
    assert (newest.by, newest.name, newest.action, newest.about) == (
        admin.caller.id, admin.caller.name, "remark.made", "rem-seen",
    )  # fmt: skip
    assert actions(portfolio, "beta-2") == ["member.role"] * 4 + ["organisation.made"]


def test_pages_go_on_where_the_one_before_ended(portfolio: Portfolio) -> None:
    """Each change stands on one page, in order, whatever is added meanwhile."""
    admin = staffed.estate(portfolio)
    for number in range(10):
        staffed.remark(admin, f"{number}")
    token, found = "", list[Change]()
    while True:
        page = audit.listed(portfolio, admin, page_token=token, page_size=4)
        found += page.items
        token = page.next_page_token
        staffed.remark(admin, f"later-{len(found)}")
        if not token:
            break
    assert len({(one.is_shared, one.seq) for one in found}) == len(found) == 15
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    for wrong in ("x", "1", "1-2-3", "-1-2", "٣-٣", "9999999999-1"):
        with pytest.raises(UsageError):
            audit.listed(portfolio, admin, page_token=wrong)


def test_changes_are_found_by_what_they_are(portfolio: Portfolio) -> None:
    """By who, what, about what, by words and days; signs that a search could take for its own are only signs."""
    admin = staffed.estate(portfolio)
    staffed.remark(admin, '100% "sure"_')
    assert actions(portfolio, filters=Filters(by=admin.caller.id)) == ["remark.made"]
    assert actions(portfolio, filters=Filters(action="remark.")) == ["remark.made"]
    assert actions(portfolio, filters=Filters(about='rem-100% "sure"_')) == ["remark.made"]
    assert actions(portfolio, filters=Filters(words='100% "SURE"_')) == ["remark.made"]
    assert actions(portfolio, filters=Filters(words="100_")) == []
    assert len(actions(portfolio, filters=Filters(since="2020-01-01"))) == 6
    assert actions(portfolio, filters=Filters(until="2020-01-01")) == []
    assert actions(portfolio, filters=Filters(words="\ud800\0")) == []
    with pytest.raises(UsageError):
        actions(portfolio, filters=Filters(since="yesterday"))


@pytest.mark.parametrize("name", ["password", "secret", "token"])
def test_no_secret_is_put_on_record(portfolio: Portfolio, name: str) -> None:
    """A detail that is called like a secret is a fault of the program, and is told as one."""
    admin = staffed.estate(portfolio)
    with pytest.raises(ValueError, match=name), admin.writing() as connection:
        admin.log(connection, "x", "y", {name: "z"})


def test_passwords_are_in_no_log(portfolio: Portfolio) -> None:
    """Neither the password nor its hash."""
    people.add(portfolio, PROGRAM, email="ann@example.org", name="Ann", password="seven quiet lanterns")
    said = str(audit.shared(portfolio, page_size=100))
    assert "ann@example.org" in said
    assert "lanterns" not in said
    assert "argon2" not in said


def test_who_runs_the_whole_sees_the_shared_log(portfolio: Portfolio) -> None:
    """All of it, by pages."""
    first = audit.shared(portfolio, page_size=10)
    second = audit.shared(portfolio, page_token=first.next_page_token, page_size=100)
    assert [one.seq for one in (*first.items, *second.items)] == list(range(first.total, 0, -1))


def test_a_whole_portfolio_is_whole(portfolio: Portfolio) -> None:
    """Two organisations, no fault."""
    staffed.remark(staffed.estate(portfolio), "x")
    assert checking.check(portfolio) == checking.Checked(2, 0, 0, ())


def test_what_was_changed_in_a_log_is_told(portfolio: Portfolio) -> None:
    """An entry that says something else, one that is gone, one that was moved to another organisation."""
    admin = staffed.estate(portfolio)
    for number in range(3):
        staffed.remark(admin, f"{number}")
    with admin.writing() as connection:
        connection.execute(sa.update(LOG).where(LOG.c.seq == 2).values(body='{"by":"nobody"}'))
    with portfolio.writing() as connection:
        connection.execute(sa.delete(AUDIT).where(AUDIT.c.seq == 3))
        moved = sa.select(sa.func.max(AUDIT.c.seq)).scalar_subquery()
        connection.execute(sa.update(AUDIT).where(AUDIT.c.seq == moved).values(organisation="alpha"))
    faults = checking.check(portfolio).faults
    assert "alpha: log: entry 2 was changed since it was written" in faults
    assert "portfolio: log: entry 3 is gone" in faults
    assert any("moved to another organisation" in fault for fault in faults)


def test_a_file_that_was_changed_is_told(portfolio: Portfolio) -> None:
    """Whatever is named by its hash is what it is named, in every folder beside the database."""
    folder = staffed.estate(portfolio, "beta-2", Role.VIEWER).place.lake / "uploads"
    folder.mkdir()
    (folder / f"{'0' * 64}.bin").write_bytes(b"x")
    (folder / "other").write_bytes(b"x")
    found = checking.check(portfolio)
    assert found.files == 1
    assert found.faults == (f"beta-2: uploads/{'0' * 64}.bin: was changed since it was kept",)
