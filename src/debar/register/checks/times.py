# SPDX-License-Identifier: Apache-2.0
"""Dates: each is one, a time has a zone, an interval has an order."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from debar import dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANY_ZONE = "UTC"


def days(named: Mapping[str, str]) -> Iterator[str]:
    """Yield a fault for each text that is neither empty nor a date or instant with a zone."""
    for name, text in named.items():
        if not text:
            continue
        try:
            dates.parse(text)
        except ValueError as e:
            yield f"{name}: {e}"


def interval(
    since: str, until: str, zone: str = _ANY_ZONE, names: tuple[str, str] = ("applies_from", "applies_until")
) -> Iterator[str]:
    """Yield the faults of an interval: no dates, or an end that is not after its beginning."""
    bad = list(days(dict(zip(names, (since, until), strict=True))))
    yield from bad
    if bad or not since or not until:
        return
    with contextlib.suppress(ValueError):  # an unknown zone is a fault of the authority
        if dates.begins(until, zone) <= dates.begins(since, zone):
            yield f"{names[1]} is not after {names[0]}"


def overlap(one: tuple[str, str], other: tuple[str, str], zone: str) -> bool:
    """Tell whether two intervals share an instant."""
    begins = max(dates.begins(one[0], zone), dates.begins(other[0], zone))
    ends = [dates.begins(until, zone) for _, until in (one, other) if until]
    return not ends or begins < min(ends)
