# SPDX-License-Identifier: Apache-2.0
"""Promises about how hosts are told: addresses, hardware addresses, names, and who speaks for whom."""

import pytest

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers.machine import hosts
from opened import opened


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("CN=*.vendor.example,O=X", "vendor.example"),
        ("C=XX, O=X, CN=a.vendor.example", "a.vendor.example"),
        ("/C=XX/CN=a.vendor.example", "a.vendor.example"),
        ("CN=Vendor Root CA", ""),
        ("CN=192.168.1.64", ""),
        ("", ""),
    ],
)
def test_subject_names_a_host_only_if_it_is_a_name(subject: str, name: str) -> None:
    """A certificate of an authority, or of an address, names no host."""
    assert hosts.common_name(subject) == name


def test_what_every_host_calls_itself_joins_nothing() -> None:
    """Names and addresses of the loopback are those of every host."""
    found = list(
        hosts.identity(name="localhost", mac_address="2:0:0:0:0:1", addresses=("127.0.0.1", "::1", "10.0.0.1"))
    )
    assert found == [Observable(Kind.MAC, "02:00:00:00:00:01"), Observable(Kind.ADDRESS, "10.0.0.1")]


def test_router_gives_nobody_its_hardware_address() -> None:
    """A station that speaks for several addresses, or for one of another network, is not theirs."""
    source = opened("")
    stations = hosts.Stations(source)
    for mac, address in (
        ("02:00:00:00:00:01", "10.0.0.1"),
        ("02:00:00:00:00:01", "198.51.100.1"),
        ("02:00:00:00:00:02", "10.0.0.2"),
        ("02:00:00:00:00:02", "10.0.0.3"),
        ("02:00:00:00:00:05", "10.0.0.5"),
        ("02:00:00:00:00:05", "fe80::5"),
        ("02:00:00:00:00:06", "10.0.0.6"),
        ("02:00:00:00:00:07", "10.0.0.6"),
        ("ff:ff:ff:ff:ff:ff", "10.0.0.9"),
    ):
        stations.learn(mac, address, "packet 1", "")
    (host,) = stations.observations()
    assert [o.value for o in host.observables] == ["02:00:00:00:00:05", "10.0.0.5", "fe80::5"]
    assert source.tally == {"stations that speak for others": 2, "addresses of several stations": 2}


def test_memory_for_what_was_told_is_bounded() -> None:
    """Once it is full, what is known stays known and everything else counts as new."""
    once = hosts.Once(limit=2)
    assert [once.is_new(thing) for thing in ("a", "b", "a", "c", "c")] == [True, True, False, True, True]
    assert once.is_full
