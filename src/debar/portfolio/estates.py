# SPDX-License-Identifier: Apache-2.0
"""The one door to what belongs to an organisation: whoever has an `Estate` has been let in, and sees nothing else.

No other module opens a connection to an organisation's database, and functions about what is in it take an estate, never the
id of an organisation. A database holds one organisation alone, so a statement cannot forget to say whose rows it means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import ForbiddenError, NotThereError
from debar.model.measures import Organisation
from debar.model.portfolio import Caller, Tenant
from debar.model.vocab.portfolio import MAY, Permission, Role
from debar.portfolio import audit
from debar.portfolio.tables import KEYS, MEMBERS, PERSONS, TENANTS
from debar.store import log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.portfolio.databases import Portfolio
    from debar.store.ledger import Ledger

ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
"""What the id of an organisation looks like: it stands in addresses, in names of folders and of schemas."""
KEY = "key:"
"""Before the prefix of a key in the id of its caller."""
PROGRAM = Caller(id="debar", name="debar")
"""Who acts where nobody asked: a worker, or a timer."""
_BY_PERSONS = frozenset({Permission.APPROVE})
"""What no key may: the approver is another person than the requester, and a key is no person."""

_MEANT = TENANTS.c.id == sa.bindparam("organisation")
_BY_PERSON = (
    sa.select(TENANTS, MEMBERS.c.role)
    .join(MEMBERS, MEMBERS.c.organisation == TENANTS.c.id)
    .join(PERSONS, PERSONS.c.id == MEMBERS.c.person)
    .where(_MEANT, PERSONS.c.id == sa.bindparam("caller"), PERSONS.c.is_active)
)
_BY_KEY = (
    sa.select(TENANTS, KEYS.c.role, KEYS.c.expires)
    .join(KEYS, KEYS.c.organisation == TENANTS.c.id)
    .where(_MEANT, KEYS.c.prefix == sa.bindparam("caller"), KEYS.c.revoked_at == "")
)
"""Made once: every request asks one of them."""


class Estate:
    """What belongs to one organisation, for one caller who was let in."""

    def __init__(self, tenant: Tenant, ledger: Ledger, caller: Caller, may: frozenset[Permission]) -> None:
        """Take the organisation, its database, who asks, and what they may."""
        self.tenant, self.ledger, self.caller, self.permissions = tenant, ledger, caller, may
        self.organisation, self.place = tenant.id, ledger.place
        self.reading, self.writing = ledger.reading, ledger.writing

    def may(self, permission: Permission) -> bool:
        """Tell whether the caller may do this here."""
        return permission in self.permissions

    def needs(self, permission: Permission) -> None:
        """Raise ForbiddenError unless the caller may do this here."""
        if permission not in self.permissions:
            raise ForbiddenError(
                f"this needs the permission to {permission.value}",
                hint="an admin of the organisation gives roles; keys approve nothing",
            )

    def log(self, connection: sa.Connection, action: str, about: str, detail: Mapping[str, Any] | None = None) -> None:
        """Put on record what the caller changes, within the transaction that changes it; no secrets in it."""
        log.add(connection, dates.present(), audit.KIND, audit.body(self.caller, action, about, detail or {}))


def entered(portfolio: Portfolio, caller: Caller, organisation: str, permission: Permission) -> Estate:
    """Give what belongs to an organisation to a caller who may do something there.

    1. What is no id opens nothing.
    2. The role is the one that the database knows now, whatever the caller was when the request began.
    3. Whoever has no role there hears what they would hear if there were no such organisation.
    4. Who has one, and may not do this, hears that.

    Raises NotThereError (1. to 3.) and ForbiddenError (4.).
    """
    found = _found(portfolio, organisation, caller) if ID.fullmatch(organisation) else None
    if found is None:
        raise _nothing()
    may = MAY[found.role]
    estate = Estate(found.tenant, portfolio.inside(organisation), caller, may - _BY_PERSONS if is_key(caller) else may)
    estate.needs(permission)
    return estate


def behind(portfolio: Portfolio, organisation: str, caller: Caller = PROGRAM) -> Estate:
    """Give what belongs to an organisation to work behind the pages, or to whoever runs the whole; NotThereError for none."""
    row = None
    if ID.fullmatch(organisation):
        with portfolio.reading() as connection:
            row = connection.execute(sa.select(TENANTS).where(TENANTS.c.id == organisation)).first()
    if row is None:
        raise _nothing()
    return Estate(tenant(row), portfolio.inside(organisation), caller, frozenset(Permission))


def is_key(caller: Caller) -> bool:
    """Tell whether a key asks and no person."""
    return caller.id.startswith(KEY)


class _Membership(NamedTuple):
    tenant: Tenant
    role: Role
    until: str
    """Instant at which a key expires; empty for a person."""


def _found(portfolio: Portfolio, organisation: str, caller: Caller) -> _Membership | None:
    """Give the organisation with the role that the caller has in it now; nothing without one."""
    key = ("membership", organisation, caller.id)
    known = portfolio.common.recalled(key, lambda: _membership(portfolio, organisation, caller))
    return None if known is None or (known.until and known.until <= dates.present()) else known


def _membership(portfolio: Portfolio, organisation: str, caller: Caller) -> _Membership | None:
    values = {"organisation": organisation, "caller": caller.id.removeprefix(KEY)}
    with portfolio.reading() as connection:
        row = connection.execute(_BY_KEY if is_key(caller) else _BY_PERSON, values).first()
    return _Membership(tenant(row), Role(row.role), row.expires if is_key(caller) else "") if row else None


def tenant(row: Any) -> Tenant:  # noqa: ANN401 - a row of the table of organisations
    """Give an organisation from its row."""
    facts = msgspec.json.decode(row.facts, type=Organisation)
    return Tenant(id=row.id, name=row.name, created_at=row.created_at, facts=facts)


def _nothing() -> NotThereError:
    return NotThereError("there is no such organisation", hint="sign in as somebody who is a member of it")
