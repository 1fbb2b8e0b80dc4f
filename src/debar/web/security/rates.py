# SPDX-License-Identifier: Apache-2.0
"""How quickly somebody may ask: by caller and by address, counted in memory that all processes share; it costs some microseconds."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import threading
import time
from struct import Struct
from typing import TYPE_CHECKING

from debar.errors import LimitError
from debar.web.together import Together, locked

if TYPE_CHECKING:
    from collections.abc import Callable
    from mmap import mmap

    from debar.model.portfolio import Caller

_BURST = 10
"""Seconds of the rate that somebody who was quiet may use up at once: a page with its parts, or a table of rows."""
_OF_ADDRESS = 4
"""Times the rate of a caller: behind an address there may be an office."""
_SETS, _WAYS = 2_048, 8
"""Callers and addresses of which it is known how much they have left: so many sets, in each of which the one that asked last
the longest ago makes room."""
_ENTRY = Struct("<8sdd")
"""Digest of who it is, how much they have left, and when they had it."""
SIZE = _SETS * _WAYS * _ENTRY.size


class Rates:
    """How much each caller and address has left; what has a lifetime is the memory of it.

    It is a table in memory that the processes of a service share: asked by several of them, nobody has more than by one.
    """

    def __init__(
        self, rate: int, clock: Callable[[], float] = time.monotonic, together: Together | None = None
    ) -> None:
        """Take the requests per second of one caller; 0 for any number."""
        self._rate, self._clock = rate, clock
        self._table: mmap | None = None
        self._file = -1
        if rate:
            self._table, self._file = (together or Together()).table(SIZE)
        self._guard = threading.Lock()

    def take(self, who: str, times: int = 1) -> None:
        """Use up one request; LimitError where there is none left."""
        if self._table is None:
            return
        rate, now = self._rate * times, self._clock()
        name = hashlib.blake2b(who.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        with self._guard, locked(self._file):
            at, left, since = self._place(self._table, name)
            left = rate * _BURST if since < 0 else min(rate * _BURST, left + (now - since) * rate)
            _ENTRY.pack_into(self._table, at, name, max(0.0, left - 1), now)
        if left < 1:
            raise LimitError("too many requests", hint="ask again in a second, and less often", after=1)

    def _place(self, table: mmap, name: bytes) -> tuple[int, float, float]:
        """Give where somebody stands in the table, how much they had left, and when; -1 for whoever is new there."""
        first = int.from_bytes(name, "little") % _SETS * _WAYS * _ENTRY.size
        oldest = (math.inf, first)
        for at in range(first, first + _WAYS * _ENTRY.size, _ENTRY.size):
            known, left, since = _ENTRY.unpack_from(table, at)
            if known == name:
                return at, left, since
            oldest = min(oldest, (since, at))
        return oldest[1], 0.0, -1.0


def check_caller(rates: Rates, caller: Caller) -> None:
    """Use up one request of a caller; LimitError where there is none left."""
    rates.take(caller.id)


def check_address(rates: Rates, address: str) -> None:
    """Use up one request of an address; LimitError where there is none left."""
    rates.take(neighbourhood(address), _OF_ADDRESS)


def neighbourhood(address: str) -> str:
    """Give what counts as one address: of IPv6 the network, as whoever has one has 2^64 addresses."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "nowhere"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, 64), strict=False))
    return str(found)
