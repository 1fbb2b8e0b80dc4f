# SPDX-License-Identifier: Apache-2.0
"""`debar admin user`: accounts of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.cli.admin import asking

if TYPE_CHECKING:
    import argparse


def add(options: argparse.Namespace, email: str, name: str) -> int:
    """Make an account; the portfolio is made with the first."""
    from debar.portfolio import people

    password = asking.password(options)
    with asking.portfolio(options, makes=True) as portfolio:
        person = people.add(
            portfolio, asking.by(), email=email, name=name, password=password, is_operator=options.operator
        )
    opened = "" if password else "; no password: a provider of identities opens it"
    asking.tell(options, person, [f"{person.id}  {person.email}  made{opened}"])
    return 0


def listed(options: argparse.Namespace) -> int:
    """List the accounts."""
    from debar.portfolio import people

    with asking.portfolio(options) as portfolio:
        found = people.listed(portfolio)
    rows = [
        (one.id, one.email, one.name, "operator" if one.is_operator else "", "" if one.is_active else "closed")
        for one in found
    ]
    asking.tell(options, found, asking.columns(rows))
    return 0


def password(options: argparse.Namespace, email: str) -> int:
    """Give an account another password."""
    from debar.portfolio import people

    text = asking.password(options, is_needed=True)
    with asking.portfolio(options) as portfolio:
        person = people.by_email(portfolio, email)
        people.set_password(portfolio, asking.by(), person.id, text)
    asking.tell(options, person, [f"{person.email}: has another password, and no session any more"])
    return 0


def close(options: argparse.Namespace, email: str) -> int:
    """Close an account."""
    return _set(options, email, is_active=False)


def reopen(options: argparse.Namespace, email: str) -> int:
    """Open an account that was closed."""
    return _set(options, email, is_active=True)


def unlock(options: argparse.Namespace, email: str) -> int:
    """Forget that signing in failed."""
    from debar.portfolio import limits, people

    with asking.portfolio(options) as portfolio:
        person = people.by_email(portfolio, email)
        limits.forgotten(portfolio, person.email)
    asking.tell(options, person, [f"{person.email}: may try again"])
    return 0


def _set(options: argparse.Namespace, email: str, *, is_active: bool) -> int:
    from debar.portfolio import people

    with asking.portfolio(options) as portfolio:
        id_ = people.by_email(portfolio, email).id
        people.set_active(portfolio, asking.by(), id_, is_active=is_active)
        person = people.find(portfolio, id_)
    asking.tell(options, person, [f"{person.email}: {'open' if is_active else 'closed'}"])
    return 0
