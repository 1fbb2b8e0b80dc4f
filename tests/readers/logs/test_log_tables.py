# SPDX-License-Identifier: Apache-2.0
"""Promises of the column layouts of logs that are tables with a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.readers.business import table
from opened import opened

if TYPE_CHECKING:
    from debar.register import Register


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            (
                "timestamp,domain,query_type,dnssec,protocol,client_ip,status,reasons,root_domain,device_id,device_name\n"
                "2024-05-01T10:00:00.000Z,www.example.com,A,false,DNS-over-HTTPS,198.51.100.7,,,example.com,ABC12,laptop\n"
            ),
            ("laptop", "2024-05-01T10:00:00.000Z", "domain www.example.com"),
        ),
        (
            (
                "Identity,Identity Type,Destination,Internal IP,External IP,Action,Date,Time\n"
                "pc5,Network,www.example.com,10.0.0.5,198.51.100.7,Allowed,2024-05-01,10:00:00\n"
            ),
            ("10.0.0.5", "2024-05-01", "domain www.example.com"),
        ),
        (
            (
                "Domain,Receive Time,Serial #,Type,Source address,Destination address,Rule,Application\n"
                "1,2024/05/01 10:00:00,0077,TRAFFIC,10.0.0.5,192.0.2.7,out,ssl\n"
            ),
            ("10.0.0.5", "2024-05-01T10:00:00", "ip 192.0.2.7"),
        ),
    ],
    ids=["nextdns", "umbrella", "pan-os"],
)
def test_a_table_of_contacts_is_read(content: str, expected: tuple[str, str, str], register: Register) -> None:
    """Who contacted whom, and when: to the second where the cell says it."""
    source = opened(content, "logs/export.csv")
    source.layouts = register.layouts
    (found,) = table.read(source)
    first = found.observables[0]
    assert expected == (found.asset, found.observed_at, f"{first.kind} {first.value}")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("lab.example.com/updates/list?x=1", ["domain lab.example.com"]),
        ("https://lab.example.com:8443/a", ["domain lab.example.com"]),
        ("lab.example.com:443", ["domain lab.example.com"]),
        ("198.51.100.9/a", ["ip 198.51.100.9"]),
        ("/only/a/path", []),
        ("two words", []),
    ],
)
def test_address_of_a_page_is_brought_to_its_host(cell: str, expected: list[str], register: Register) -> None:
    """Where a table has an address of a page, its host is what was contacted; an IP address is one."""
    head = "Receive Time,Source address,Destination address,Application,URL/Filename"
    source = opened(f"{head}\n2024/05/01 10:00:00,10.0.0.5,192.0.2.7,ssl,{cell}\n", "logs/export.csv")
    source.layouts = register.layouts
    (found,) = table.read(source)
    said = [f"{one.kind} {one.value}" for one in found.observables]
    assert said == ["ip 192.0.2.7", *expected, "text ssl"]
