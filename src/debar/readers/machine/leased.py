# SPDX-License-Identifier: Apache-2.0
"""What a DHCP lease says, whichever server wrote it down: who held which address.

A lease points to no supplier; it joins addresses of network logs to hosts of inventories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import identifiers

if TYPE_CHECKING:
    from debar.readers.inputs import Input


class Lease(msgspec.Struct):
    """What a lease says."""

    locator: str
    address: str
    mac: str = ""
    name: str = ""
    remark: str = ""
    """What the client's software calls itself, or what the administrator wrote."""
    since: str = ""
    asset: str = ""
    """Whose lease it is, where the lease itself does not say it."""


def observation(source: Input, lease: Lease) -> Observation:
    """Give the observation of a lease."""
    found = [Observable(Kind.ADDRESS, lease.address)]
    if mac := identifiers.mac(lease.mac):
        found.append(Observable(Kind.MAC, mac))
    if name := identifiers.hostname(lease.name):
        found.append(Observable(Kind.HOSTNAME, name))
    # An owner is free to call a host anything, and so is a client: both are prose.
    found += [Observable(Kind.TEXT, words) for words in (lease.name, lease.remark) if words]
    return Observation(
        source=source.id,
        locator=lease.locator,
        asset=lease.asset or lease.name or lease.address,
        label=lease.name or lease.address,
        medium=Medium.LEASES,
        meaning=Meaning.MENTION,
        observables=tuple(found),
        observed_at=lease.since,
    )
