# SPDX-License-Identifier: Apache-2.0
"""Accounts: who signs in, who is locked out, and that nothing tells which accounts there are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import argon2
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import staffed
from debar import dates
from debar.errors import ConflictError, ForbiddenError, LimitError, NotThereError, UsageError
from debar.model.vocab.portfolio import Role
from debar.portfolio import audit, databases, estates, limits, membership, names, passwords, people, sessions, tenants
from debar.portfolio.tables import LIMITS, MEMBERS, PERSONS, SESSIONS
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.model.portfolio import Caller
    from debar.portfolio.databases import Portfolio
    from debar.register import Register

GOOD = "seven quiet lanterns"


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio."""
    with staffed.staffed(place(str(tmp_path))) as found:
        yield found


def add(portfolio: Portfolio, email: str = "Ann@Example.org", password: str = "") -> str:
    """Make an account, and give its id."""
    return people.add(portfolio, estates.PROGRAM, email=email, name="Ann", password=password).id


def test_who_signs_in_is_who_they_are(portfolio: Portfolio) -> None:
    """The right password of an open account, and nothing else; letters of the address may be large."""
    ann = add(portfolio, password=GOOD)
    found = people.check_password(portfolio, " ann@example.ORG ", GOOD)
    assert found
    assert (found.id, found.name, found.roles) == (ann, "Ann <ann@example.org>", {})
    assert people.check_password(portfolio, "ann@example.org", GOOD.upper()) is None
    people.set_active(portfolio, estates.PROGRAM, ann, is_active=False)
    assert people.check_password(portfolio, "ann@example.org", GOOD) is None


def test_of_a_password_only_a_hash_is_kept(portfolio: Portfolio) -> None:
    """argon2id with the parameters of RFC 9106, salted: the same password twice is two texts."""
    add(portfolio, password=GOOD)
    add(portfolio, "ben@example.org", password=GOOD)
    with portfolio.reading() as connection:
        kept = connection.execute(sa.select(PERSONS.c.password).where(PERSONS.c.password != "")).scalars().all()
    assert len(set(kept)) == 2
    assert all(text.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for text in kept)


def test_an_account_that_is_not_there_costs_the_same(monkeypatch: pytest.MonkeyPatch, portfolio: Portfolio) -> None:
    """One hash of the same cost is checked whoever is asked for: unknown, closed, without a password, or real."""
    real = add(portfolio, password=GOOD)
    closed = add(portfolio, "closed@example.org", password=GOOD)
    people.set_active(portfolio, estates.PROGRAM, closed, is_active=False)
    add(portfolio, "linked@example.org")
    assert not passwords.is_outdated(passwords._NOBODY)
    checked: list[str] = []
    hasher = passwords._HASHER

    class Watched:
        """Notes which hash is checked."""

        def verify(self, kept: str, password: bytes) -> bool:
            checked.append(kept)
            return hasher.verify(kept, password)

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    for who in ("nobody", "closed", "linked", "ann"):
        assert people.check_password(portfolio, f"{who}@example.org", "wrong password") is None
    assert [kept == passwords._NOBODY for kept in checked] == [True, True, True, False]
    assert people.find(portfolio, real).is_active


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org", "x" * 9000, "\ud800@example.org", ""])
def test_ten_failures_lock_whatever_there_is(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch, email: str) -> None:
    """The eleventh attempt is refused without being looked at, with or without an account, also if it were right."""
    add(portfolio, password=GOOD)
    monkeypatch.setattr(passwords, "fits", lambda *_: False)
    for _ in range(10):
        assert people.check_password(portfolio, email, "wrong") is None
    monkeypatch.setattr(passwords, "fits", lambda *_: True)
    with pytest.raises(LimitError) as told:
        people.check_password(portfolio, email, GOOD)
    assert told.value.message == "too many attempts"
    assert 55 < told.value.after <= 61
    with portfolio.reading() as connection:
        assert all(len(what) < 80 for what in connection.execute(sa.select(LIMITS.c.what)).scalars())


def test_many_attempts_at_once_are_no_more(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifty attempts at the same moment: ten are looked at."""
    looked = []

    def fits(*_: str) -> bool:
        looked.append(1)
        return False

    monkeypatch.setattr(passwords, "fits", fits)

    def attempt(_: int) -> None:
        try:
            people.check_password(portfolio, "ann@example.org", "wrong")
        except LimitError:
            looked.append(0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(attempt, range(50)))
    assert (sum(looked), len(looked)) == (10, 50)


def test_what_was_right_is_forgotten_as_an_attempt(portfolio: Portfolio) -> None:
    """Who mistypes sometimes is never locked."""
    add(portfolio, password=GOOD)
    assert people.check_password(portfolio, "ann@example.org", "wrong") is None
    assert people.check_password(portfolio, "ann@example.org", GOOD)
    with portfolio.reading() as connection:
        assert connection.execute(sa.select(LIMITS)).all() == []


def test_a_weak_hash_is_made_anew(portfolio: Portfolio, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password kept with weaker parameters is kept with those of today once it was right."""
    ann = add(portfolio, password=GOOD)
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    with portfolio.writing() as connection:
        connection.execute(sa.update(PERSONS).where(PERSONS.c.id == ann).values(password=weak))
    assert people.check_password(portfolio, "ann@example.org", GOOD)
    with portfolio.reading() as connection:
        kept = connection.execute(sa.select(PERSONS.c.password).where(PERSONS.c.id == ann)).scalar_one()
    assert not passwords.is_outdated(kept)
    assert people.check_password(portfolio, "ann@example.org", GOOD)


@pytest.mark.parametrize("password", ["short", "x" * 257, "aaaaaaaaaaaaaaaa", "abababababab", "annabella2024", ""])
def test_a_password_that_is_guessed_is_refused(portfolio: Portfolio, password: str) -> None:
    """Too short, too long, too few letters, or what is known of the account."""
    ann = people.add(portfolio, estates.PROGRAM, email="annabella@example.org", name="Ann").id
    with pytest.raises(UsageError, match="password"):
        people.set_password(portfolio, estates.PROGRAM, ann, password)


def test_another_password_ends_what_went_on(portfolio: Portfolio) -> None:
    """Sessions end, the lock is lifted, the old password opens nothing."""
    ann = add(portfolio, password=GOOD)
    begun = sessions.begin(portfolio, ann)
    for _ in range(10):
        limits.attempted(portfolio, "ann@example.org")
    people.set_password(portfolio, estates.PROGRAM, ann, f"{GOOD} too")
    assert sessions.caller(portfolio, begun.token) is None
    assert people.check_password(portfolio, "ann@example.org", GOOD) is None
    assert people.check_password(portfolio, "ann@example.org", f"{GOOD} too")


def test_an_address_has_one_account(portfolio: Portfolio) -> None:
    """However it is written."""
    add(portfolio)
    with pytest.raises(ConflictError):
        add(portfolio, "ANN@example.org")


def test_the_first_account_is_made_once(tmp_path: Path) -> None:
    """Two people who set a portfolio up at the same time: one does."""
    with databases.opened(place(str(tmp_path)), makes=True) as portfolio:
        assert people.is_empty(portfolio)

        def first(number: int) -> bool:
            try:
                people.add(portfolio, estates.PROGRAM, email=f"{number}@example.org", name="x", is_first=True)
            except ConflictError:
                return False
            return True

        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(first, range(4))) == 1
        assert not people.is_empty(portfolio)


@pytest.mark.parametrize(
    "bad", ["", "x", "a@", "@b", "a b@c", "a@b@c", "a@b\n", "<a@b>", "a\u202e@b", "a" * 250 + "@b.c"]
)
def test_what_is_no_address_is_refused(bad: str) -> None:
    """Nor is it ever put into the header of a mail."""
    if bad == "a@b\n":
        assert names.email(bad) == "a@b"
        return
    with pytest.raises(UsageError, match="no address"):
        names.email(bad)


@given(st.text(max_size=300))
def test_a_name_can_be_shown(text: str) -> None:
    """A name that is taken is one line without what cannot be seen, and is the same when it is taken again."""
    try:
        found = names.name(text, "it")
    except UsageError:
        return
    assert found
    assert len(found.splitlines()) == 1
    assert names.name(found, "it") == found


def test_a_provider_of_identities_opens_what_it_vouches_for(portfolio: Portfolio) -> None:
    """By identity first, then by a verified address that nobody else opens; else nothing, unless accounts are to be made."""
    ann = add(portfolio)

    def linked(subject: str, email: str, *, is_verified: bool = True, makes: bool = False) -> Caller | None:
        who = {"email": email, "name": "Ann", "is_verified": is_verified, "makes": makes}
        return people.linked(portfolio, "https://id.example", subject, **who)  # type: ignore[arg-type]

    assert linked("1", "ann@example.org", is_verified=False, makes=True) is None
    first = linked("1", "ann@example.org")
    assert first
    assert first.id == ann
    again = linked("1", "ann@married.example", is_verified=False)
    assert again
    assert again.id == ann
    assert linked("2", "ann@example.org", makes=True) is None
    assert linked("3", "new@example.org") is None
    made = linked("3", "new@example.org", makes=True)
    assert made
    assert made.roles == {}
    assert linked("", "x@example.org", makes=True) is None
    people.set_active(portfolio, estates.PROGRAM, ann, is_active=False)
    assert linked("1", "ann@example.org") is None


def test_an_admin_gives_roles(portfolio: Portfolio) -> None:
    """Somebody new, another role, out again; only an admin does so, and never the last out of their own."""
    admin = staffed.estate(portfolio)
    member = membership.join(portfolio, admin, email="new@example.org", name="New", role=Role.VIEWER)
    assert member.role is Role.VIEWER
    again = membership.join(portfolio, admin, email="new@example.org", role=Role.APPROVER)
    assert (again.person, again.role, again.name) == (member.person, Role.APPROVER, "New")
    membership.set_role(portfolio, admin, member.person, None)
    assert member.person not in {one.person for one in membership.members(portfolio, admin)}
    with pytest.raises(ForbiddenError):
        membership.set_role(portfolio, staffed.estate(portfolio, role=Role.APPROVER), member.person, Role.ADMIN)
    with pytest.raises(NotThereError):
        membership.set_role(portfolio, admin, "per-none", Role.ADMIN)
    # An account of another organisation is as good as none: whether there is one is news of others.
    with pytest.raises(NotThereError, match="no such member"):
        membership.set_role(portfolio, admin, staffed.caller(portfolio, "beta-2", Role.VIEWER).id, Role.VIEWER)
    for role in (None, Role.VIEWER):
        with pytest.raises(ConflictError, match="last admin"):
            membership.set_role(portfolio, admin, admin.caller.id, role)


def test_an_address_tells_nothing_of_its_account(portfolio: Portfolio) -> None:
    """Whoever is added by an address is called what was written, or the address, with an account elsewhere or without one."""
    admin, other = staffed.estate(portfolio), staffed.address("beta-2", Role.ANALYST)
    assert people.by_email(portfolio, other).name not in (other, "")
    for email in (other, "nobody-yet@example.org"):
        assert membership.join(portfolio, admin, email=email, role=Role.VIEWER).name == email
        assert membership.join(portfolio, admin, email=email, name="Ann", role=Role.VIEWER).name == "Ann"
        assert membership.join(portfolio, admin, email=email, role=Role.ANALYST).name == "Ann"
    theirs = membership.members(portfolio, staffed.estate(portfolio, "beta-2"))
    assert {one.email: one.name for one in theirs}[other] != "Ann"


def test_members_are_of_one_organisation(portfolio: Portfolio) -> None:
    """The list of one names nobody of the other."""
    found = membership.members(portfolio, staffed.estate(portfolio))
    assert {one.email for one in found} == {staffed.address("alpha", role) for role in Role}


def test_the_last_operator_stays(portfolio: Portfolio) -> None:
    """A portfolio that nobody runs could not be mended through its pages."""
    operator = people.by_email(portfolio, "operator@example.org").id
    with pytest.raises(ConflictError, match="last operator"):
        people.set_active(portfolio, estates.PROGRAM, operator, is_active=False)
    people.add(portfolio, estates.PROGRAM, email="second@example.org", name="x", is_operator=True)
    people.set_active(portfolio, estates.PROGRAM, operator, is_active=False)


def test_a_session_ends(portfolio: Portfolio) -> None:
    """By itself after hours, after hours of nothing, when it is ended, and with the account; only its hash is kept."""
    ann = add(portfolio)

    def moved(begun: sessions.Begun, **values: str) -> bool:
        with portfolio.writing() as connection:
            mine = SESSIONS.c.hash == sessions._hash(begun.token)
            connection.execute(sa.update(SESSIONS).where(mine).values(**values))
        return sessions.found(portfolio, begun.token) is not None

    begun = sessions.begin(portfolio, ann)
    found = sessions.found(portfolio, begun.token)
    assert found
    assert (found.caller.id, found.csrf) == (ann, begun.csrf)
    with portfolio.reading() as connection:
        assert begun.token not in str(connection.execute(sa.select(SESSIONS)).all())
    assert not moved(begun, expires="2020-01-01T00:00:00Z")
    assert not moved(sessions.begin(portfolio, ann), seen_at="2020-01-01T00:00:00Z")
    one, two, three = (sessions.begin(portfolio, ann) for _ in range(3))
    sessions.end(portfolio, one.token)
    assert [sessions.caller(portfolio, each.token) is None for each in (one, two, three)] == [True, False, False]
    sessions.end_all(portfolio, ann)
    assert [sessions.caller(portfolio, each.token) is None for each in (two, three)] == [True, True]
    last = sessions.begin(portfolio, ann)
    people.set_active(portfolio, estates.PROGRAM, ann, is_active=False)
    assert sessions.caller(portfolio, last.token) is None
    for hostile in ("", "x" * 100_000, "\ud800", "' OR 1=1"):
        assert sessions.caller(portfolio, hostile) is None


def test_a_session_that_is_used_goes_on(portfolio: Portfolio) -> None:
    """Asking something moves the hour at which it would end for idleness, and not more often than need be."""
    begun = sessions.begin(portfolio, add(portfolio))
    before = _seen(portfolio)
    sessions.found(portfolio, begun.token)
    assert _seen(portfolio) == before
    with portfolio.writing() as connection:
        earlier = dates.stamp(datetime.now(UTC) - timedelta(minutes=30))
        connection.execute(sa.update(SESSIONS).values(seen_at=earlier))
    sessions.found(portfolio, begun.token)
    assert _seen(portfolio) > earlier


def _seen(portfolio: Portfolio) -> str:
    with portfolio.reading() as connection:
        return str(connection.execute(sa.select(SESSIONS.c.seen_at)).scalar())


def test_organisations_are_made_and_described(portfolio: Portfolio, register: Register) -> None:
    """An id follows from the name, nothing is made twice, and facts are those that the register asks for."""
    admin = people.by_email(portfolio, "operator@example.org").id
    made = tenants.add(portfolio, estates.PROGRAM, name="Müller & Söhne GmbH", admin=admin)
    assert made.id == "muller-sohne-gmbh"
    with pytest.raises(ConflictError):
        tenants.add(portfolio, estates.PROGRAM, name="x", id_=made.id)
    for bad in ("A", "-", "a_b", "x" * 41, "../x"):
        with pytest.raises(UsageError):
            tenants.add(portfolio, estates.PROGRAM, name="x", id_=bad)
    with pytest.raises(UsageError):
        tenants.add(portfolio, estates.PROGRAM, name="漢字")
    caller = people.caller(portfolio, admin)
    assert caller
    assert [one.id for one in tenants.mine(portfolio, caller)] == [made.id]
    assert {one.id for one in tenants.listed(portfolio)} == {*staffed.ORGANISATIONS, made.id}
    estate = estates.behind(portfolio, made.id)
    tenants.set_facts(portfolio, estate, made.facts, register)
    with pytest.raises(UsageError):
        tenants.set_facts(portfolio, estate, replace(made.facts, facts={"no-such-fact": "yes"}), register)
    tenants.rename(portfolio, estate, "Müller AG")
    assert estates.behind(portfolio, made.id).tenant.name == "Müller AG"


def test_an_organisation_with_an_admin_who_is_not_there_is_not_made(portfolio: Portfolio) -> None:
    """All of it, or nothing."""
    with pytest.raises(NotThereError):
        tenants.add(portfolio, estates.PROGRAM, name="Gamma", admin="per-none")
    assert {one.id for one in tenants.listed(portfolio)} == set(staffed.ORGANISATIONS)
    with portfolio.reading() as connection:
        assert connection.execute(sa.select(MEMBERS).where(MEMBERS.c.organisation == "gamma")).all() == []
    assert audit.breaks(portfolio) == []
