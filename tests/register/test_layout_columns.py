# SPDX-License-Identifier: Apache-2.0
"""Promises of the register's column layouts: what makes a table known is also read."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from debar.text import header

if TYPE_CHECKING:
    from debar.register import Register

TELLING = {
    "autoruns": ["Entry Location"],
    "dhcp-leases": ["LeaseExpiryTime"],
    "driverquery": ["Driver Type"],
    "glpi-software": ["Number of installations"],
    "intune-devices": ["Managed by"],
    "log-nextdns": ["query_type"],
    "log-umbrella-activity": ["External IP"],
    "nessus-findings": ["Plugin ID"],
    "ocs-computers": ["Account info: TAG"],
    "purchase-ledger": ["Amount"],
    "purchase-lines": ["Quantity", "Amount"],
    "qualys-software": ["Lifecycle Stage"],
    "sigcheck": ["Verified"],
    "tanium-applications": ["Silent Uninstall String"],
    "tasklist": ["PID", "Session Name"],
    "vendor-master": ["Vendor", "Country"],
    "windows-driver-signing": ["IsSigned"],
}
"""Columns that tell which table it is, by the first name of their group, and say nothing of maker, machine or time."""


def test_required_columns_are_read(register: Register) -> None:
    """A column without which a table is not known is mapped, or listed here as one that only tells the table."""
    found = {}
    for layout in register.layouts:
        roles = (layout.asset, layout.label, layout.version, layout.observed_at, *layout.columns.values())
        read = {header(name) for name in chain.from_iterable(roles)}
        unread = [group[0] for group in layout.required if read.isdisjoint(map(header, group))]
        if unread:
            found[layout.id] = unread
    assert found == TELLING


def test_identifiers_are_joined(register: Register) -> None:
    """A layout of leases, whose only use is to join, gives address, hardware address and host name."""
    for layout in register.layouts:
        if layout.medium == "leases":
            assert {"address", "mac", "hostname"} <= layout.columns.keys(), layout.id
