# SPDX-License-Identifier: Apache-2.0
"""Names, addresses and texts that a generated log is made of: what is looked for, what is like it, and what is not."""

from __future__ import annotations

import ipaddress
import random
from itertools import accumulate
from typing import NamedTuple

SEED = 11
NAMES, HOUSES = 520_000, 90_000
"""Different names that machines look up, and the registered domains above them."""
EXPONENT = 0.95
"""How often a name is looked up falls with its rank to this power (Zipf), as in real traffic."""
MANY = 300_000
FEW = 2_000
"""Domains that are looked for: the few stand first among the many, and only they are in the logs."""
RANGES, PREFIXES, PRODUCTS = 2_000, 500, 500
"""Ranges of addresses, beginnings of hardware addresses and strings of products that are looked for beside domains."""
CLIENTS, FOUND_ON = 4_000, 200
"""Machines of the estate, and those of them that have something."""
_CONSONANTS, _VOWELS = "bcdfghklmnprstvwz", "aeiou"
_ENDS = ("com", "net", "org", "io", "de", "co.uk", "com.cn", "ru", "info", "cloud", "app", "fr")
_HOSTS = ("www.", "api.", "cdn.", "", "mail.", "static-{}.", "edge-{}.", "p{}.upd.", "telemetry.", "a{}.b.")
_WORDS = (
    "Secure",
    "Mobile",
    "Cloud",
    "Remote",
    "Smart",
    "Media",
    "Update",
    "Backup",
    "Video",
    "Control",
    "Device",
    "Agent",
    "Client",
    "Studio",
)
_SHARED = ipaddress.IPv4Address("100.64.0.0")
"""RFC 6598: nobody's addresses in public, so that no indicator of the register lies there."""
_BLOCK = 2_048
"""Addresses from one range to the next."""


class Names(NamedTuple):
    """What rows are drawn from."""

    ordinary: list[str]
    weights: list[float]
    """Cumulated, of the ordinary names."""
    wanted: list[str]
    """Domains that are looked for, MANY of them; FEW are in the logs."""
    ranges: list[ipaddress.IPv4Network]
    prefixes: list[str]
    """Beginnings of hardware addresses: three bytes with colons."""
    products: list[str]


def names() -> Names:
    """Give the same names every time."""
    chance = random.Random(SEED)
    taken: set[str] = set()
    wanted = [_house(chance, taken) for _ in range(MANY)]
    houses = [_house(chance, taken) for _ in range(HOUSES)]
    ordinary = [f"{_host(chance)}{houses[number % HOUSES]}" for number in range(NAMES)]
    weights = list(accumulate((rank + 1) ** -EXPONENT for rank in range(NAMES)))
    ranges = [_range(chance, number) for number in range(RANGES)]
    prefixes = sorted({f"ec:{chance.randrange(256):02x}:{chance.randrange(256):02x}" for _ in range(PREFIXES)})
    products = sorted(
        {f"{_word(chance).title()} {chance.choice(_WORDS)} {chance.choice(_WORDS)}" for _ in range(PRODUCTS)}
    )
    return Names(ordinary, weights, wanted, ranges, prefixes, products)


def written(chance: random.Random, domain: str) -> str:
    """Give a domain as some machine writes it: itself or a host below it, in any letters, with a dot behind it or not."""
    name = _host(chance) + domain
    case = chance.randrange(8)
    if case == 0:
        name = name.upper()
    elif case == 1:
        name = "".join(letter.upper() if chance.random() < 0.5 else letter for letter in name)
    return name + "." * (chance.randrange(8) == 0)


def alike(chance: random.Random, domain: str) -> str:
    """Give a name that holds a domain and lies outside of it."""
    return f"not{domain}" if chance.random() < 0.5 else f"{_host(chance)}{domain}.evil-host.example"


def inside(chance: random.Random, network: ipaddress.IPv4Network) -> str:
    """Give an address of a range."""
    return str(network[chance.randrange(network.num_addresses)])


def beside(chance: random.Random, network: ipaddress.IPv4Network) -> str:
    """Give an address that lies in no range, but near one."""
    begin = int(_SHARED) + (int(network[0]) - int(_SHARED)) // _BLOCK * _BLOCK
    before = int(network[0]) - begin
    place = chance.randrange(_BLOCK - network.num_addresses)
    return str(ipaddress.IPv4Address(begin + place + (network.num_addresses if place >= before else 0)))


def _house(chance: random.Random, taken: set[str]) -> str:
    while (name := f"{_word(chance)}{_word(chance)}.{chance.choice(_ENDS)}") in taken:
        pass
    # "not" before a name must not make it another one that is looked for.
    taken |= {name, f"not{name}"}
    return name


def _host(chance: random.Random) -> str:
    return chance.choice(_HOSTS).format(chance.randrange(40))


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(chance.randrange(2, 4)))


def _range(chance: random.Random, number: int) -> ipaddress.IPv4Network:
    length = chance.choice((22, 23, 24, 24, 24, 25, 26, 28))
    begin = int(_SHARED) + number * _BLOCK
    offset = chance.randrange(_BLOCK >> (32 - length)) << (32 - length)
    return ipaddress.IPv4Network((begin + offset, length))
