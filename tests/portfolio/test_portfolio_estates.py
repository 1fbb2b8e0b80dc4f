# SPDX-License-Identifier: Apache-2.0
"""Isolation: whoever is let into one organisation can reach no other, whatever they write."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import staffed
from debar.errors import ForbiddenError, NotThereError
from debar.model.portfolio import Caller
from debar.model.vocab.portfolio import MAY, Permission, Role
from debar.portfolio import databases, estates, keys, membership, people
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.portfolio.databases import Portfolio

SOURCE = Path(databases.__file__).parents[1]
HOSTILE = (
    "", ".", "..", "../beta-2", "alpha/../beta-2", "alpha/", "/alpha", "ALPHA", "alpha ", " alpha", "alpha\n", "alpha\0",
    "a'; DROP TABLE organisations; --", 'a" OR 1=1', "%", "_", "alpha%", "debar", "portfolio.db", "-alpha", "alpha-",
    "x" * 41, "x" * 100_000, "àlpha", "\u202ealpha", "\ud800", "con", "beta_2",
)  # fmt: skip


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """Give a portfolio that tests only read, or add to."""
    with staffed.staffed(place(str(tmp_path_factory.mktemp("portfolio")))) as found:
        yield found


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_may_what_it_may(portfolio: Portfolio, role: Role, permission: Permission) -> None:
    """Every role with every permission, as the table says; in the other organisation none of them is anybody."""
    caller = staffed.caller(portfolio, "alpha", role)
    if permission in MAY[role]:
        assert estates.entered(portfolio, caller, "alpha", permission).organisation == "alpha"
    else:
        with pytest.raises(ForbiddenError):
            estates.entered(portfolio, caller, "alpha", permission)
    with pytest.raises(NotThereError):
        estates.entered(portfolio, caller, "beta-2", permission)


@pytest.mark.parametrize("organisation", HOSTILE)
def test_what_is_no_organisation_opens_nothing(portfolio: Portfolio, organisation: str) -> None:
    """Ids that climb, that are statements, that are long: the same answer, also to the admin of another, and to a worker."""
    caller = staffed.caller(portfolio, "alpha", Role.ADMIN)
    said = []
    for asked in (organisation, "beta-2", "nobody-knows-it"):
        with pytest.raises(NotThereError) as told:
            estates.entered(portfolio, caller, asked, Permission.READ)
        said.append((told.value.message, told.value.hint))
    assert len(set(said)) == 1
    with pytest.raises(NotThereError):
        estates.behind(portfolio, organisation)


@given(st.text(max_size=60))
def test_no_text_opens_another_organisation(portfolio: Portfolio, organisation: str) -> None:
    """Whatever is asked for, an admin of one organisation is let into that one or into none."""
    try:
        found = estates.entered(
            portfolio, staffed.caller(portfolio, "alpha", Role.ADMIN), organisation, Permission.READ
        )
    except NotThereError:
        assert organisation != "alpha"
    else:
        assert found.organisation == organisation == "alpha"


def test_each_sees_what_is_its_own(portfolio: Portfolio) -> None:
    """What is written in one organisation is in no other: they are different files."""
    one, other = staffed.estate(portfolio, "alpha"), staffed.estate(portfolio, "beta-2")
    staffed.remark(one, "of alpha")
    staffed.remark(other, "of beta")
    assert (staffed.remarks(one), staffed.remarks(other)) == (["of alpha"], ["of beta"])
    assert one.place.ledger != other.place.ledger
    assert b"of beta" not in b"".join(file.read_bytes() for file in one.place.lake.rglob("*") if file.is_file())


def test_a_caller_is_what_the_database_says_now(portfolio: Portfolio) -> None:
    """A caller that claims roles has none; one whose account was closed, or who was taken out, is out at once."""
    claimed = Caller(id="per-000000000000", name="x", roles={"alpha": Role.ADMIN})
    with pytest.raises(NotThereError):
        estates.entered(portfolio, claimed, "alpha", Permission.READ)
    behind = estates.behind(portfolio, "alpha")
    member = membership.join(portfolio, behind, email="leaving@example.org", role=Role.ANALYST)
    leaving = people.caller(portfolio, member.person)
    assert leaving
    estates.entered(portfolio, leaving, "alpha", Permission.WORK)
    membership.set_role(portfolio, behind, member.person, Role.VIEWER)
    with pytest.raises(ForbiddenError):
        estates.entered(portfolio, leaving, "alpha", Permission.WORK)
    people.set_active(portfolio, estates.PROGRAM, member.person, is_active=False)
    with pytest.raises(NotThereError):
        estates.entered(portfolio, leaving, "alpha", Permission.READ)


def test_who_runs_the_whole_is_no_member(portfolio: Portfolio) -> None:
    """An operator makes organisations and accounts, and sees into none."""
    operator = people.caller(portfolio, people.by_email(portfolio, "operator@example.org").id)
    assert operator
    assert operator.is_operator
    with pytest.raises(NotThereError):
        estates.entered(portfolio, operator, "alpha", Permission.READ)


def test_a_key_opens_one_organisation_and_approves_nothing(portfolio: Portfolio) -> None:
    """The key of an admin may all but approve, in its organisation alone, until it is revoked."""
    admin = staffed.estate(portfolio)
    key, text = keys.make(portfolio, admin, "pipeline", Role.ADMIN, "2027-01-31")
    caller = keys.caller(portfolio, text)
    assert caller
    for permission in Permission:
        if permission is Permission.APPROVE:
            with pytest.raises(ForbiddenError):
                estates.entered(portfolio, caller, "alpha", permission)
        else:
            estates.entered(portfolio, caller, "alpha", permission)
    with pytest.raises(NotThereError):
        estates.entered(portfolio, caller, "beta-2", Permission.READ)
    keys.revoke(portfolio, admin, key.prefix)
    with pytest.raises(NotThereError):
        estates.entered(portfolio, caller, "alpha", Permission.READ)


def test_one_module_opens_organisations() -> None:
    """Nothing but the door, and what makes, copies and moves whole portfolios, asks for the database of an organisation."""
    allowed = {f"portfolio/{name}.py" for name in ("estates", "tenants", "databases", "backup", "restoring")}
    asking = set()
    for file in SOURCE.rglob("*.py"):
        names = {node.attr for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Attribute)}
        if names & {"inside", "place_of"} and "portfolio" in file.read_text("utf-8"):
            asking.add(file.relative_to(SOURCE).as_posix())
    assert asking == allowed
