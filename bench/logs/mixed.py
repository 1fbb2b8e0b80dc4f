# SPDX-License-Identifier: Apache-2.0
"""A log of look-ups, requests and leases together, in which domains, addresses, hardware addresses and products hit."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

from bench.logs import names as drawn
from bench.logs.rows import BATCH, DNS, batches, client, columns, iso, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.logs.names import Names
    from bench.logs.rows import Batch

_HTTP = (
    '{{"_path":"http","ts":"{0}","uid":"C{1}","id.orig_h":"{2}","id.orig_p":{3},"id.resp_h":"{7}","id.resp_p":80,'
    '"trans_depth":1,"method":"GET","host":"{6}","uri":"/v{8}/{4}/{5}.bin","version":"1.1","user_agent":"{9}",'
    '"request_body_len":0,"response_body_len":{5},"status_code":200,"status_msg":"OK","tags":[],"resp_fuids":["F{1}"]}}\n'
)
_DHCP = (
    '{{"_path":"dhcp","ts":"{0}","uids":["C{1}"],"client_addr":"{2}","server_addr":"10.0.0.1","mac":"{3}",'
    '"host_name":"{4}","assigned_addr":"{2}","lease_time":86400.0,"msg_types":["REQUEST","ACK"],"duration":0.01}}\n'
)
_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
    "Microsoft-Delivery-Optimization/10.0",
    "Debian APT-HTTP/1.3 (2.6.1)",
    "curl/8.5.0",
    "Windows-Update-Agent/10.0.10011.16384 Client-Protocol/2.0",
)
_REQUEST, _LEASE = 3, 100
"""Every third row is a request, and after a batch comes a lease for each hundred rows."""
_RARE = BATCH // 1000
"""Rows of a batch with an address that is looked for; as many have one near it, and as many requests a product."""


def lines(file: Path, names: Names, size: int) -> dict[str, int]:
    """Write such a log of about a size in bytes, and give its rows, and its hits by their kind."""
    return write(file, size, _texts(names))


def _texts(names: Names) -> Iterator[tuple[list[str], dict[str, int]]]:
    chance = random.Random(7)
    leased: set[int] = set()
    for batch in batches(names, iso, seed=6):
        agents = chance.choices(_AGENTS, k=BATCH)
        for place in chance.sample(range(0, BATCH, _REQUEST), _RARE):
            batch.clients[place] = chance.randrange(drawn.FOUND_ON)
            agents[place] = f"{chance.choice(names.products)}/4.{batch.ages[place]} (en)"
        near = chance.sample(range(BATCH), 2 * _RARE)
        for number, place in enumerate(near):
            batch.clients[place] = chance.randrange(drawn.FOUND_ON)
            draw = drawn.inside if number < _RARE else drawn.beside
            batch.answers[place] = draw(chance, chance.choice(names.ranges))
        texts = list(map(DNS.format, *columns(batch)))
        texts[::_REQUEST] = map(_HTTP.format, *(column[::_REQUEST] for column in columns(batch)), agents[::_REQUEST])
        before = len([number for number in leased if number < drawn.FOUND_ON])
        texts += _leases(chance, names, batch, leased)
        found = len([number for number in leased if number < drawn.FOUND_ON]) - before
        yield texts, Counter(domain=batch.hits, ip=_RARE, text=_RARE, mac=found)


def _leases(chance: random.Random, names: Names, batch: Batch, leased: set[int]) -> Iterator[str]:
    """Yield leases; some machines have a hardware address that is looked for, and get one lease after the other."""
    for place in range(0, BATCH, _LEASE):
        number = chance.randrange(drawn.CLIENTS)
        leased.add(number)
        begin = names.prefixes[number % len(names.prefixes)] if number < drawn.FOUND_ON else "0e:10:00"
        card = f"{begin}:{number >> 16:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"
        yield _DHCP.format(batch.times[-1], batch.uids[place], client(number), card, f"machine-{number:05d}")
