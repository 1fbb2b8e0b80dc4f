# SPDX-License-Identifier: Apache-2.0
"""What one packet or stream tells of one host, before it is told apart from what is known already."""

from __future__ import annotations

from typing import NamedTuple

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import identifiers
from debar.readers.machine import hosts


class Fact(NamedTuple):
    """One thing that is seen of a host."""

    asset: str
    found: tuple[Observable, ...]
    meaning: Meaning
    label: str = ""


def use(asset: str, *found: Observable) -> Fact:
    """Give a fact about a service that a host uses."""
    return Fact(asset, found, Meaning.SERVICE_USE)


def said(asset: str, *banners: str, meaning: Meaning = Meaning.INSTALLED) -> Fact:
    """Give a fact about what a host says of itself."""
    plain = (hosts.plain(banner) for banner in banners)
    return Fact(asset, tuple(Observable(Kind.BANNER, banner) for banner in plain if banner), meaning)


def is_(*found: Observable, name: str = "", mac: str = "", addresses: tuple[str, ...] = ()) -> Fact:
    """Give a fact about who a host is: its own name, hardware address and addresses."""
    kept = tuple(filter(None, map(identifiers.address, addresses)))
    identity = tuple(hosts.identity(name=name, mac_address=mac, addresses=kept))
    return Fact(name or next(iter(kept), "") or identifiers.mac(mac), identity + found, Meaning.HARDWARE)
