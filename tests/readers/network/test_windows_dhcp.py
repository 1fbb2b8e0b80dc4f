# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Windows DHCP exports."""

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.network import windows_dhcp
from opened import observed, values

LEASE = "<Lease><IPAddress>10.0.0.21</IPAddress><HostName>desk.example.org</HostName><ClientId>{}</ClientId><AddressState>{}</AddressState></Lease>"


def export(*leases: str) -> str:
    """Write an export of these leases."""
    return f'<?xml version="1.0"?><DHCPServer xmlns="x"><IPv4><Scopes><Scope><Leases>{"".join(leases)}</Leases></Scope></Scopes></IPv4></DHCPServer>'


@pytest.mark.parametrize(
    ("client", "macs"),
    [("02-00-5e-10-00-21", ["02:00:5e:10:00:21"]), ("00-01-00-01-28-3c-02-00-5e-10-00-21", []), ("", [])],
)
def test_hardware_address_is_what_has_its_length(client: str, macs: list[str]) -> None:
    """A longer id of a client is none."""
    (o,) = observed(windows_dhcp, export(LEASE.format(client, "Active")))[0]
    assert (o.asset, values(o, Kind.MAC), values(o, Kind.ADDRESS)) == ("desk.example.org", macs, ["10.0.0.21"])


def test_address_that_nobody_holds_is_counted() -> None:
    """A declined or expired address belongs to nobody known."""
    found, source = observed(windows_dhcp, export(LEASE.format("", "Expired"), "<Lease/>"))
    assert found == []
    assert source.tally["addresses that nobody holds"] == 1
    assert source.losses == [("line 1", "a lease without an address")]


def test_export_that_is_cut_off_keeps_what_stands_before() -> None:
    """What is not well-formed is told after its leases."""
    with pytest.raises(SourceError, match="not well-formed"):
        observed(windows_dhcp, export(LEASE.format("", "Active"))[:-30])
