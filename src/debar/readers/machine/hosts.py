# SPDX-License-Identifier: Apache-2.0
"""Hosts as sensors, scans and tables write them: addresses, hardware addresses, names, and what is seen of each."""

from __future__ import annotations

import ipaddress
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.readers.inputs import Input

REMEMBERED = 1 << 18
"""Things that a reader remembers of one file, to say each once: some 50 MB. A busy site has 10,000 hosts."""
ADDRESSES = 8
"""Addresses of one hardware address that are kept: a host has one of IPv4 and a few of IPv6."""
LONGEST = 1024
"""Characters kept of a banner or another text that a host sent."""
PATH = 200
"""Characters kept of the path of a request; those that tell a device are short."""
_GIVEN = ("", "2")
"""First digits of the answers by which something was given; the answer may not be known."""
_QUERY = re.compile(r"[?#\s]")
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")
_NAME = re.compile(r"(?=.{1,253}\.?\Z)[a-z0-9_*-]{1,63}(?:\.[a-z0-9_-]{1,63})+\.?", re.IGNORECASE)
_COMMON_NAME = re.compile(r"(?:^|[,/+]\s*)CN\s*=\s*([^,/+\\]+)", re.IGNORECASE)

# Looking up a member of an enumeration costs as much as making an observable.
_ADDRESS, _DOMAIN, _HOSTNAME, _IP, _MAC, _TEXT, _URL_PATH = (
    Kind.ADDRESS,
    Kind.DOMAIN,
    Kind.HOSTNAME,
    Kind.IP,
    Kind.MAC,
    Kind.TEXT,
    Kind.URL_PATH,
)
_NETWORK = Medium.NETWORK


_LOCAL = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"),
    )
)
"""Networks that nobody routes to others: RFC 1918, 3927, 4193 and 4291."""
_BEGINNINGS = ("10.", "172.", "192.168.", "169.254.", "f")
"""How all their addresses begin."""


@lru_cache(maxsize=1 << 14)
def is_local(text: str) -> bool:
    """Tell whether an address is one of a local network, so that its host may be a neighbour."""
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return False
    return any(parsed in network for network in _LOCAL if network.version == parsed.version)


def is_own(text: str) -> bool:
    """Tell the same of addresses that are hardly ever local: the first digits of most say that they are not."""
    return text.startswith(_BEGINNINGS) and is_local(text)


def is_name(text: str) -> bool:
    """Tell whether a text is a host name of at least two labels, and no address."""
    return _NAME.fullmatch(text) is not None and not identifiers.address(text)


def contacted(value: str) -> Observable | None:
    """Give what a Host header, a server name or an authority names, without its port."""
    value = value.strip()
    bare = value[1:].partition("]")[0] if value.startswith("[") else value
    if bare is value and value.count(":") == 1:
        bare = value.partition(":")[0]
    if not bare or len(bare) > LONGEST:
        return None
    return Observable(_IP if identifiers.address(bare) else _DOMAIN, bare)


def given(server: str, client: str, name: str, path: str, status: str = "") -> tuple[Observable, ...]:
    """Give the path of a request that betrays what a server is: one of the own network asked for it, and got it.

    Strangers ask every server for everything. A server with a name of the internet is known better by that.
    """
    if status[:1] not in _GIVEN or not is_local(client):
        return ()
    if not is_own(server) and name.partition(":")[0].strip("[]") != server:
        return ()
    # An absolute address stands in requests of RTSP, and in those to proxies.
    place = path.partition("://")[2].partition("/")[2] if "://" in path[:16] else path.removeprefix("/")
    if path[:1] != "/" and place == path:
        return ()  # "*" of OPTIONS, host and port of CONNECT
    bare = "/" + _QUERY.split(plain(place[: 2 * PATH]), maxsplit=1)[0]
    return (Observable(_URL_PATH, bare[:PATH]),) if len(bare) > 1 else ()


def common_name(subject: str) -> str:
    """Give the host name that a certificate's subject stands for, or nothing."""
    found = _COMMON_NAME.search(subject[:LONGEST])
    name = found[1].strip().removeprefix("*.") if found else ""
    return name if is_name(name) else ""


def plain(text: str) -> str:
    """Give what a host sent without control characters and the blanks around it, cut where it is endless."""
    if len(text) <= LONGEST and text.isprintable():
        return text.strip()
    return text[:LONGEST].translate(_CONTROLS).strip()


def identity(*, name: str = "", mac_address: str = "", addresses: tuple[str, ...] = ()) -> Iterator[Observable]:
    """Yield what joins a host to its other evidence; its name is a text as well, for owners name hosts after makers."""
    name = identifiers.hostname(name)
    if name:
        yield Observable(_HOSTNAME, name)
    if station := identifiers.mac(mac_address):
        yield Observable(_MAC, station)
    for value in dict.fromkeys(addresses):
        if (kept := identifiers.address(value)) and not identifiers.is_loopback(kept):
            yield Observable(_ADDRESS, kept)
    if name:
        yield Observable(_TEXT, name)


def sighting(
    source: Input,
    locator: str,
    asset: str,
    found: list[Observable],
    meaning: Meaning,
    *,
    label: str = "",
    when: str = "",
) -> Observation:
    """Give one thing that was seen of a host on the network, each value once."""
    return Observation(
        source=source.id,
        locator=locator,
        asset=asset or source.asset,
        label=label or found[0].value,
        medium=_NETWORK,
        meaning=meaning,
        observables=tuple(dict.fromkeys(found)),
        observed_at=when,
    )


def correspondents(addresses: Iterable[str]) -> list[Observable]:
    """Give the domains of mail addresses, as texts: whom one writes to is a person and no technology."""
    domains = (address.rpartition("@")[2].strip("<> ") for address in addresses if "@" in address)
    return [Observable(_TEXT, domain) for domain in dict.fromkeys(domains) if domain]


class Once:
    """Tells what comes for the first time, as long as it can remember."""

    def __init__(self, limit: int = REMEMBERED) -> None:
        self._seen: set[int] = set()
        self._limit = limit

    @property
    def is_full(self) -> bool:
        """Whether nothing new is remembered any more."""
        return len(self._seen) >= self._limit

    def is_new(self, *thing: object) -> bool:
        """Tell whether a thing comes for the first time; once full, everything unknown does."""
        mark = hash(thing)  # 64 bits: two of 262,144 things are mistaken for each other once in 500 million files
        if mark in self._seen:
            return False
        if not self.is_full:
            self._seen.add(mark)
        return True


class _Station(NamedTuple):
    """Where and when a hardware address was first seen, and with which addresses."""

    locator: str
    when: str
    addresses: set[str]


class Stations:
    """Which hardware address speaks for which addresses: a router speaks for many, and those are not its own."""

    def __init__(self, source: Input) -> None:
        self._source = source
        self._stations: dict[str, _Station] = {}

    def learn(self, mac_address: str, ip_address: str, locator: str, when: str) -> None:
        """Note that a frame of this station carried this address as its own."""
        station = self._stations.get(mac_address)
        if station is None:
            if len(self._stations) >= REMEMBERED >> 2 or not identifiers.mac(mac_address):
                return
            station = self._stations[mac_address] = _Station(locator, when, set())
        if len(station.addresses) <= ADDRESSES:
            station.addresses.add(ip_address)

    def is_new(self, mac_address: str, ip_address: str) -> bool:
        """Tell whether this pair has not been noted yet, in less time than noting it takes."""
        station = self._stations.get(mac_address)
        return station is None or (ip_address not in station.addresses and len(station.addresses) <= ADDRESSES)

    def observations(self) -> Iterator[Observation]:
        """Yield each host of the local network that has a hardware address and at most one address of IPv4."""
        holders: dict[str, int] = {}
        for station in self._stations.values():
            for value in station.addresses:
                holders[value] = holders.get(value, 0) + 1
        for mac_address, (locator, when, addresses) in self._stations.items():
            kept = tuple(sorted(value for value in addresses if identifiers.address(value)))
            old = [value for value in kept if "." in value]
            # An address behind a router has the router's hardware address; so may one that two stations share.
            if not kept or len(addresses) > ADDRESSES or len(old) > 1 or not all(map(is_local, kept)):
                self._source.tally["stations that speak for others"] += 1
                continue
            if any(holders[value] > 1 for value in kept):
                self._source.tally["addresses of several stations"] += 1
                continue
            found = list(identity(mac_address=mac_address, addresses=(*old, *kept)))
            name = (old or kept)[0]
            yield sighting(self._source, locator, name, found, Meaning.HARDWARE, label=name, when=when)
