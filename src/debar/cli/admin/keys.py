# SPDX-License-Identifier: Apache-2.0
"""`debar admin key`: keys of organisations for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.cli.admin import asking
from debar.cli.admin.organisations import NOBODY
from debar.errors import UsageError
from debar.model.vocab.portfolio import Role

if TYPE_CHECKING:
    import argparse


def make(options: argparse.Namespace, id_: str, name: str) -> int:
    """Make a key, and show it: it is not to be had again."""
    from debar.portfolio import keys

    if not options.role or options.role == NOBODY:
        raise UsageError("no role is said", hint="--role viewer, analyst, approver or admin")
    if not options.expires:
        raise UsageError("a key expires", hint="--expires names the day, within a year")
    with asking.portfolio(options) as portfolio:
        estate = asking.estate(portfolio, id_)
        key, text = keys.make(portfolio, estate, name, Role(options.role), options.expires)
    asking.tell(options, {"key": text, "about": key}, [text])
    return 0


def listed(options: argparse.Namespace, id_: str) -> int:
    """List the keys of an organisation."""
    from debar.portfolio import keys

    with asking.portfolio(options) as portfolio:
        found = keys.listed(portfolio, asking.estate(portfolio, id_))
    rows = [
        (one.prefix, one.name, one.role.value, f"until {one.expires[:10]}", "revoked" if one.revoked_at else "")
        for one in found
    ]
    asking.tell(options, found, asking.columns(rows))
    return 0


def revoke(options: argparse.Namespace, id_: str, prefix: str) -> int:
    """Have a key open nothing from now on."""
    from debar.portfolio import keys

    with asking.portfolio(options) as portfolio:
        keys.revoke(portfolio, asking.estate(portfolio, id_), prefix)
    asking.tell(options, {"prefix": prefix}, [f"{prefix}: opens nothing any more"])
    return 0
