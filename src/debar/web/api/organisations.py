# SPDX-License-Identifier: Apache-2.0
"""Who asks, the organisations that they see, and what is known of each."""

from __future__ import annotations

import msgspec
from fastapi import Request

from debar.errors import ForbiddenError
from debar.model.covered import CoverageTold
from debar.model.exchanged import Me
from debar.model.measures import Organisation
from debar.model.portfolio import Page, Tenant
from debar.model.results import OpenQuestion
from debar.model.viewed import Overview, SummaryRow
from debar.portfolio import across, coverage, overview, people, running, sessions, tenants
from debar.portfolio import views as viewing
from debar.portfolio.register_of import register_of
from debar.web.api.declared import Made, Operations
from debar.web.here import Administering, Operating, Reading, SignedIn, clock


class NewOrganisation(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation that is to be made."""

    name: str
    """What people call it."""
    id: str = ""
    """Small letters, digits and hyphens; made of the name where none is given."""
    admin: str = ""
    """Id of the account that administers it."""
    facts: Organisation | None = None
    """What is known of it; a company in the United States where nothing is said."""


class NewPassword(msgspec.Struct, frozen=True, kw_only=True):
    """Another password for one's own account."""

    old: str
    """The one that it has."""
    new: str
    """The one that it is to have; every session of the account ends."""


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """Another name."""

    name: str
    """What people call it."""


def declare(operations: Operations) -> None:
    """Declare the operations."""
    _about_whoever_asks(operations)
    _about_one(operations)


def _about_whoever_asks(operations: Operations) -> None:
    """Declare what needs no organisation, and the list of them."""

    @operations.get("/me")
    def read_me(here: SignedIn) -> Me:
        """Say who asks, and what they may."""
        return Me(**msgspec.structs.asdict(here.caller), csrf=here.csrf)

    @operations.put("/me/password", status=204)
    def set_my_password(here: SignedIn, sent: NewPassword) -> None:
        """Give one's own account another password; every session of it ends."""
        if people.check_password(here.portfolio, here.caller.email, sent.old) is None:
            raise ForbiddenError("the old password does not fit", hint="a key has none: sign in as a person")
        people.set_password(here.portfolio, here.caller, here.caller.id, sent.new)

    @operations.delete("/me/sessions")
    def end_my_sessions(here: SignedIn) -> None:
        """End every session of one's own account."""
        sessions.end_all(here.portfolio, here.caller.id)

    @operations.get("/organisations", has_days=True)
    def list_organisations(request: Request, here: SignedIn) -> Page[SummaryRow]:
        """List the organisations of whoever asks, with the figures of each."""
        rows = tuple(across.summaries(here.portfolio, here.caller, clock(request)))
        return Page(items=rows, total=len(rows))

    @operations.post("/organisations", gives=Tenant)
    def make_organisation(here: Operating, sent: NewOrganisation) -> Made:
        """Make an organisation."""
        made = tenants.add(here.portfolio, here.caller, name=sent.name, id_=sent.id, facts=sent.facts, admin=sent.admin)
        return Made(made, ("organisations", made.id))


def _about_one(operations: Operations) -> None:
    """Declare what is asked about one organisation."""
    one = "/organisations/{organisation}"

    @operations.get(one, has_days=False)
    def read_organisation(here: Reading) -> Tenant:
        """Give an organisation, with what is known of it."""
        return here.estate.tenant

    @operations.patch(one, current=read_organisation)
    def rename_organisation(here: Administering, sent: Name) -> Tenant:
        """Give an organisation another name; its id stays."""
        tenants.rename(here.portfolio, here.estate, sent.name)
        return msgspec.structs.replace(here.estate.tenant, name=sent.name.strip())

    @operations.get(f"{one}/facts", has_days=False)
    def read_facts(here: Reading) -> Organisation:
        """Give what is known of an organisation."""
        return here.estate.tenant.facts

    @operations.put(f"{one}/facts", current=read_facts)
    def set_facts(here: Administering, sent: Organisation) -> Organisation:
        """Say what is known of an organisation: kinds, places, answers, contracts, systems."""
        tenants.set_facts(here.portfolio, here.estate, sent, register_of(here.estate))
        running.ask(here.portfolio, here.estate)
        return sent

    @operations.get(f"{one}/questions")
    def list_questions(here: Reading) -> Page[OpenQuestion]:
        """List what nobody has answered, by how much hangs on it."""
        every = viewing.view(here.estate, here.clock).law.questions
        return Page(items=every, total=len(every))

    @operations.get(f"{one}/overview")
    def read_overview(here: Reading) -> Overview:
        """Say how it stands: what is due next, exposures by status, the trend, what was not looked at."""
        return overview.overview(here.estate, here.clock)

    @operations.get(f"{one}/coverage")
    def read_coverage(here: Reading) -> CoverageTold:
        """Say what was and what was not looked at: nothing found is worth only as much as this."""
        return coverage.told(here.estate, here.clock)
