# SPDX-License-Identifier: Apache-2.0
"""Dates: each is one, a time has a zone, an interval has an order."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from debar import dates
from debar.register.checks.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.measures import Authority

ANY_ZONE = "UTC"


def zone_of(authority: Authority | None) -> str:
    """Give the zone of an authority, or another one where it has none: that is a fault of its own."""
    with contextlib.suppress(ValueError):
        if authority:
            dates.zone(authority.zone)
            return authority.zone
    return ANY_ZONE


def is_day(text: str) -> bool:
    """Tell whether a text is a date or an instant with a zone."""
    with contextlib.suppress(ValueError):
        dates.parse(text)
        return True
    return False


def days(named: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each text that is neither empty nor a date or instant with a zone; a name may have dots."""
    for name, text in named.items():
        if not text:
            continue
        try:
            dates.parse(text)
        except ValueError as e:
            yield Fault(tuple(name.split(".")), f"{name}: {e}")


def interval(
    since: str, until: str, zone: str = ANY_ZONE, names: tuple[str, str] = ("applies_from", "applies_until")
) -> Iterator[Fault]:
    """Yield the faults of an interval: no dates, or an end that is not after its beginning."""
    bad = list(days(dict(zip(names, (since, until), strict=True))))
    yield from bad
    if bad or not since or not until:
        return
    if dates.begins(until, zone) <= dates.begins(since, zone):
        yield Fault((names[1],), f"{names[1]} is not after {names[0]}")


def order(earlier: tuple[str, str], later: tuple[str, str], zone: str) -> Iterator[Fault]:
    """Yield the fault of a day that ends before another begins, though it may not; each is a name and a text."""
    both = is_day(earlier[1]) and is_day(later[1])
    if both and dates.ends(later[1], zone) < dates.begins(earlier[1], zone):
        yield Fault((later[0],), f"{later[0]} {later[1]} lies before {earlier[0]} {earlier[1]}")


def overlap(one: tuple[str, str], other: tuple[str, str], zone: str) -> bool:
    """Tell whether two intervals share an instant."""
    begins = max(dates.begins(one[0], zone), dates.begins(other[0], zone))
    ends = [dates.begins(until, zone) for _, until in (one, other) if until]
    return not ends or begins < min(ends)
