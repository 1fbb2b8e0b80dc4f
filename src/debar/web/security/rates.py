# SPDX-License-Identifier: Apache-2.0
"""How quickly somebody may ask: by caller and by address, counted in memory; it costs less than a microsecond."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from debar.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.model.portfolio import Caller

_BURST = 10
"""Seconds of the rate that somebody who was quiet may use up at once: a page with its parts, or a table of rows."""
_OF_ADDRESS = 4
"""Times the rate of a caller: behind an address there may be an office."""
_REMEMBERED = 10_000
"""Callers and addresses of which it is known how much they have left."""


class Rates:
    """How much each caller and address has left; what has a lifetime is the memory of it."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the requests per second of one caller; 0 for any number."""
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._guard = threading.Lock()

    def take(self, who: str, times: int = 1) -> None:
        """Use up one request; LimitError where there is none left."""
        if not self._rate:
            return
        rate, now = self._rate * times, self._clock()
        with self._guard:
            left, at = self._left.pop(who, (float(rate * _BURST), now))
            left = min(rate * _BURST, left + (now - at) * rate)
            self._left[who] = (max(0.0, left - 1), now)
            if len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
        if left < 1:
            raise LimitError("too many requests", hint="ask again in a second, and less often", after=1)


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
