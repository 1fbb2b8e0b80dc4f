# SPDX-License-Identifier: Apache-2.0
"""`debar admin organisation`: organisations, and who is a member of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.cli.admin import asking
from debar.errors import UsageError
from debar.model.vocab.portfolio import Role

if TYPE_CHECKING:
    import argparse

NOBODY = "none"
"""Role of who is no member."""


def add(options: argparse.Namespace, name: str) -> int:
    """Make an organisation; the portfolio is made with the first."""
    from debar.portfolio import people, tenants

    described = asking.organisation_of(options)
    facts = replace(described, name=name) if described and described.name == getattr(options, "as") else described
    with asking.portfolio(options, makes=True) as portfolio:
        admin = people.by_email(portfolio, options.admin).id if options.admin else ""
        made = tenants.add(portfolio, asking.by(), name=name, id_=options.id or "", facts=facts, admin=admin)
    asking.tell(options, made, [f"{made.id}  {made.name}  made"])
    return 0


def listed(options: argparse.Namespace) -> int:
    """List the organisations."""
    from debar.portfolio import tenants

    with asking.portfolio(options) as portfolio:
        found = tenants.listed(portfolio)
    rows = [
        (one.id, one.name, f"{'+'.join(one.facts.jurisdictions)}/{'+'.join(one.facts.kinds)}", one.created_at)
        for one in found
    ]
    asking.tell(options, found, asking.columns(rows))
    return 0


def members(options: argparse.Namespace, id_: str) -> int:
    """List the members of an organisation."""
    from debar.portfolio import membership

    with asking.portfolio(options) as portfolio:
        found = membership.members(portfolio, asking.estate(portfolio, id_))
    asking.tell(options, found, asking.columns([(one.email, one.name, one.role.value) for one in found]))
    return 0


def role(options: argparse.Namespace, id_: str, email: str) -> int:
    """Give somebody a role in an organisation, or take it away."""
    from debar.portfolio import membership, people

    if not options.role:
        raise UsageError("no role is said", hint="--role viewer, analyst, approver or admin; none takes them out")
    with asking.portfolio(options) as portfolio:
        person = people.by_email(portfolio, email)
        given = None if options.role == NOBODY else Role(options.role)
        estate = asking.estate(portfolio, id_)
        if given:
            membership.join(portfolio, estate, email=email, name=person.name, role=given)
        else:
            membership.set_role(portfolio, estate, person.id, None)
        found = membership.members(portfolio, estate)
    asking.tell(options, found, [f"{person.email}: {options.role} of {id_}"])
    return 0
