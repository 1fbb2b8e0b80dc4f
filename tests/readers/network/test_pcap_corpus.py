# SPDX-License-Identifier: Apache-2.0
"""Captures of the corpus, compared with what another program found in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from debar.readers.inputs import Input
from debar.readers.network import pcap

if TYPE_CHECKING:
    from pathlib import Path

_FLOW = re.compile(r"proto: (?:GTP:)?[\d.]+/([A-Za-z]+)[^\]]*\].*?\[Hostname/SNI: ([^\]]+)\]")
PROTOCOLS = {"TLS", "DNS", "HTTP", "QUIC", "DHCP", "MDNS", "LLMNR"}
ELSEWHERE = {("dns_invert_query.pcapng", "216.58.202.4")}
"""Inverse queries (RFC 1035, 6.4) are obsolete and ask for an address, not for a name."""


@pytest.mark.slow
def test_every_host_that_ndpi_names_is_found(corpus: Path) -> None:
    """Names in TLS, DNS, HTTP, QUIC and DHCP that nDPI lists are all observed."""
    folder = corpus / "15-net-pcap" / "nDPI"
    missing, count = [], 0
    for result in sorted((folder / "result").glob("*.out")):
        name = result.name.removesuffix(".out")
        source = Input(name, folder / "pcap" / name)
        have = {x.value.lower() for o in pcap.read(source) for x in o.observables}
        assert source.losses == []
        for protocol, host in _FLOW.findall(result.read_text(encoding="utf-8")):
            bare = host.partition(":")[0] if host.count(":") == 1 else host
            count += protocol in PROTOCOLS
            if protocol in PROTOCOLS and not {host, bare} & have and (name, host) not in ELSEWHERE:
                missing.append((name, protocol, host))
    assert missing == []
    assert count > 100
