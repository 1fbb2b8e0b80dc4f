# SPDX-License-Identifier: Apache-2.0
"""Promises over all readers: what identifies a machine comes in one form, so that its evidence joins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import composed
from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.pipeline import Settings, scan
from debar.readers import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPECTED = sorted((Path(__file__).parents[1] / "data" / "readers").rglob("*.expected.jsonl"))
SHARED = frozenset({Kind.ADDRESS, Kind.HOSTNAME, Kind.MAC, Kind.SERIAL})


def identifying(expected: Path) -> Iterator[Observable]:
    """Yield what a sample says that identifies a machine."""
    for line in expected.read_text(encoding="utf-8").splitlines():
        for one in json.loads(line).get("observables", ()):
            if Kind(one["kind"]) in SHARED:
                yield Observable(Kind(one["kind"]), one["value"])


@pytest.mark.parametrize("family", sorted({path.parent.parent.name for path in EXPECTED}))
def test_every_reader_gives_identifiers_in_their_form(family: str) -> None:
    """A hardware address, an address, a host name and a serial number look alike whichever reader gives them."""
    wrong = [
        (path.name, one)
        for path in EXPECTED
        if path.parent.parent.name == family
        for one in identifying(path)
        if one.value != identifiers.normal(one.kind, one.value)
    ]
    assert [] == wrong


MACHINE = {
    "osquery.json": '[{"interface":"eth0","mac":"00-50-56-AB-CD-EF","mtu":"1500","hostIdentifier":"web01"}]',
    "leases": "1730000000 00:50:56:ab:cd:ef 10.0.0.7 web01.example.com. 01:00:50:56:ab:cd:ef\n",
    "neighbours.txt": "Protocol  Address    Age (min)  Hardware Addr   Type   Interface\n"
    "Internet  10.0.0.7   12   0050.56AB.CDEF  ARPA   Vlan1\n",
    "scan.xml": '<?xml version="1.0"?><nmaprun scanner="nmap" version="7.94"><host><status state="up"/>'
    '<address addr="10.0.0.7" addrtype="ipv4"/><address addr="00:50:56:AB:CD:EF" addrtype="mac"/>'
    "</host></nmaprun>",
}
"""One machine, its hardware address in four spellings."""


def test_one_machine_is_one_asset(tmp_path: Path) -> None:
    """Lease, neighbour table and scan spell one hardware address in their own ways, and speak of one machine."""
    for name, text in MACHINE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = scan([str(tmp_path)], composed.shipped(), composed.QUESTION, Settings(stale_after=9999))
    assert [] == list(report.skips)
    assert ["web01.example.com"] == [a.asset for a in report.coverage.assets if "00:50:56:ab:cd:ef" in a.also]
