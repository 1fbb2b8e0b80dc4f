# SPDX-License-Identifier: Apache-2.0
"""Promises about roundabout ways: what somebody may not do at once they do not come to by another door either."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import staffed
from debar.errors import ConflictError, ForbiddenError, NotThereError, UsageError
from debar.model.vocab.portfolio import JobKind, JobState, Permission, Role
from debar.portfolio import estates, jobs, keys, membership, people, readings, tenants, uploads
from debar.portfolio.register_of import register_of
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

ISSUER = "https://id.example.org"


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio."""
    with staffed.staffed(place(str(tmp_path))) as found:
        yield found


def tomorrow() -> str:
    """Give the next day, and the day on which a key may expire."""
    return (datetime.now(UTC) + timedelta(days=1)).date().isoformat()


def by_key(portfolio: Portfolio) -> Estate:
    """Give an organisation as a key with the role of an admin sees it."""
    _, secret = keys.make(portfolio, staffed.estate(portfolio), "a program", Role.ADMIN, tomorrow())
    caller = keys.caller(portfolio, secret)
    assert caller
    return estates.entered(portfolio, caller, "alpha", Permission.ADMINISTER)


@pytest.mark.parametrize("role", [Role.APPROVER, Role.ADMIN])
def test_a_key_makes_nobody_who_approves(portfolio: Portfolio, role: Role) -> None:
    """A key approves nothing: neither by a person whom it lets in, nor by one whom it raises; and no account is left of it."""
    program = by_key(portfolio)
    with pytest.raises(ForbiddenError, match="makes nobody an approver"):
        membership.join(portfolio, program, email="helper@elsewhere.example", role=role)
    with pytest.raises(NotThereError):
        people.by_email(portfolio, "helper@elsewhere.example")
    viewer = people.by_email(portfolio, staffed.address("alpha", Role.VIEWER))
    with pytest.raises(ForbiddenError):
        membership.set_role(portfolio, program, viewer.id, role)
    membership.set_role(portfolio, program, viewer.id, Role.ANALYST)
    assert membership.join(portfolio, program, email="new@alpha.example", role=Role.VIEWER).role is Role.VIEWER


def test_an_admin_whose_account_is_closed_administers_nothing(portfolio: Portfolio) -> None:
    """The last admin who can sign in stays one, whoever else is called so."""
    admin = staffed.estate(portfolio)
    other = membership.join(portfolio, admin, email="second@alpha.example", role=Role.ADMIN)
    people.set_active(portfolio, estates.PROGRAM, other.person, is_active=False)
    with pytest.raises(ConflictError, match="last admin"):
        membership.set_role(portfolio, admin, admin.caller.id, Role.VIEWER)


def test_letters_that_only_look_alike_open_no_account(portfolio: Portfolio) -> None:
    """A provider vouches for the address that it wrote, and for no other that has the same small letters."""
    mine = staffed.address("alpha", Role.ADMIN)
    person = people.add(portfolio, estates.PROGRAM, email="kim@alpha.example", name="Kim")
    alike = "\N{KELVIN SIGN}im@alpha.example"
    for makes in (False, True):
        said = people.linked(portfolio, ISSUER, "other", email=alike, name="No Kim", is_verified=True, makes=makes)
        assert said is None
    found = people.linked(portfolio, ISSUER, "kim", email="KIM@Alpha.example", name="Kim", is_verified=True)
    assert found
    assert found.id == person.id != people.by_email(portfolio, mine).id


@pytest.mark.parametrize("is_noted", [False, True])
def test_what_was_cancelled_can_be_sent_again(portfolio: Portfolio, is_noted: bool) -> None:
    """Whoever sends a file once more wants it read, whether the upload says by then that it was cancelled or not."""
    estate = staffed.estate(portfolio)
    first = uploads.put(portfolio, estate, "a.csv", [b"a,b\n"])
    (job,) = jobs.listed(portfolio, estate, kind=JobKind.READ).items
    jobs.cancel(portfolio, estate, job.id)
    if is_noted:
        readings.give_up(estate, first.id, "", is_cancelled=True)
    again = uploads.put(portfolio, estate, "a.csv", [b"a,b\n"])
    assert (again.id == first.id) is not is_noted
    waiting = jobs.listed(portfolio, estate, kind=JobKind.READ, states=[JobState.QUEUED]).items
    assert [one.about for one in waiting] == [again.id]
    assert [one.id for one in uploads.current(estate)] == [again.id]


@pytest.mark.parametrize("name", ["x" * 201, "a\nb", "a\N{RIGHT-TO-LEFT OVERRIDE}b"])
def test_an_organisation_is_called_what_can_be_shown(portfolio: Portfolio, name: str) -> None:
    """Its facts hold a name too, which stands on top of every report."""
    estate = staffed.estate(portfolio)
    with pytest.raises(UsageError):
        tenants.set_facts(portfolio, estate, replace(estate.tenant.facts, name=name), register_of(estate))


def test_others_on_the_machine_read_nothing(tmp_path: Path) -> None:
    """Where the directory was there before, and everybody may look into it, what lies in it is still for nobody else."""
    tmp_path.chmod(0o755)
    with staffed.staffed(place(str(tmp_path))):
        for name in ("portfolio.db", "organisations/alpha"):
            assert (tmp_path / name).stat().st_mode & 0o077 == 0, name
