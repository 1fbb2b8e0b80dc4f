# SPDX-License-Identifier: Apache-2.0
"""Leases and reservations of a Windows DHCP server, as Export-DhcpServer -Leases writes them, XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.readers import identifiers, markup
from debar.readers.machine import hosts, leased

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_FREE = frozenset({"declined", "expired"})
"""States of an address that nobody holds, or somebody else does."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each lease and reservation, in file order."""
    for locator, element in markup.elements(source, "Lease", "Reservation"):
        fields = markup.fields(element)
        address = identifiers.address(fields.get("IPAddress", ""))
        if not address:
            source.lose(locator, "a lease without an address")
            continue
        if fields.get("AddressState", "").lower() in _FREE:
            source.tally["addresses that nobody holds"] += 1
            continue
        source.tally["leases"] += 1
        lease = leased.Lease(
            locator,
            address,
            mac=_mac(fields.get("ClientId", "")),
            name=hosts.plain(fields.get("HostName") or fields.get("Name") or "").rstrip("."),
            remark=hosts.plain(fields.get("Description", "")),
        )
        yield leased.observation(source, lease)


def _mac(client: str) -> str:
    """Give the hardware address of a client's id; of a longer id it is not known to be one."""
    return client if len(client) in {12, 17} else ""
