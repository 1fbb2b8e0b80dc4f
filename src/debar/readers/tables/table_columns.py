# SPDX-License-Identifier: Apache-2.0
"""What the columns of a table carry, wherever the table comes from: a layout of the register names them.

Exports differ in order, spelling and number of columns; only the names of the columns are knowledge,
and those are data.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from debar.model.inventory import Layout, Observable, Observation
from debar.model.vocab import Kind, Medium
from debar.readers import components, identifiers, instants
from debar.readers.loglines import contacted
from debar.sieving import Wanted
from debar.text import header as folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.readers.inputs import Input

HEADER_ROWS = 30
"""Rows among which the header is looked for; exports put titles and filters above it."""
GIVEN = "given"
"""Id of the layout that a user made by naming columns; it goes before every other."""
BLANK = frozenset({"", "-"})
_DOMAIN, _PUBLISHER = Kind.DOMAIN, Kind.PUBLISHER
_BY_THE_SECOND = frozenset({Medium.NETWORK, Medium.LEASES})
"""Evidence that is told apart, and joined, by the time of day."""
_folded = lru_cache(maxsize=4096)(folded)
"""For the names in layouts, which each row is compared with."""


class Fit(msgspec.Struct, frozen=True):
    """A header that a layout knows: where the row has what."""

    layout: Layout
    width: int
    needed: tuple[tuple[int, ...], ...]
    """For each thing the layout needs, the columns of which a row must have one."""
    asset: tuple[int, ...]
    label: tuple[int, ...]
    version: tuple[int, ...]
    observed_at: tuple[int, ...]
    values: tuple[tuple[int, Kind], ...]
    health: tuple[tuple[int, str], ...]
    """Columns that say how a protection product is, with their names: without these the cells mean nothing."""
    matched: int
    """Columns that the layout knows."""


def needed(layouts: Iterable[Layout]) -> frozenset[str]:
    """Give the names of which a header of these layouts has at least one: those of the first thing that each needs."""
    return frozenset(_folded(name) for layout in layouts for name in chain(*layout.required[:1]))


def fit(cells: Sequence[str], layouts: Iterable[Layout], needed: frozenset[str] = frozenset()) -> Fit | None:
    """Give the layout that knows the most of these columns, among those that miss nothing they need.

    A row without any of the needed names, as nearly every one is, is not compared with each layout.
    """
    columns: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        if name := folded(cell[:200]):
            columns.setdefault(name, []).append(index)
    if needed and columns.keys().isdisjoint(needed):
        return None
    candidates = (_applied(layout, columns, len(cells)) for layout in layouts)
    return max(
        (found for found in candidates if found),
        key=lambda found: (found.layout.id == GIVEN, found.matched),
        default=None,
    )


def _applied(layout: Layout, columns: dict[str, list[int]], width: int) -> Fit | None:
    """Give where a layout finds its columns, or nothing when one it needs is not there."""

    def places(names: Iterable[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(index for name in names for index in columns.get(_folded(name), ())))

    needed = tuple(places(group) for group in layout.required)
    if not needed or not all(needed):
        return None
    asset, label, version = places(layout.asset), places(layout.label), places(layout.version)
    observed_at = places(layout.observed_at)
    kinds = ((Kind(kind), names) for kind, names in layout.columns.items())
    values = tuple((index, kind) for kind, names in kinds if kind is not Kind.HEALTH for index in places(names))
    health = tuple((index, name) for name in layout.columns.get(Kind.HEALTH, ()) for index in places((name,)))
    known = {*chain(*needed, asset, label, version, observed_at), *(index for index, _ in (*values, *health))}
    return Fit(layout, width, needed, asset, label, version, observed_at, values, health, len(known))


def wanted(found: Fit) -> Wanted | None:
    """Give what rows could name, for a table of contacts; nothing for one of which each row says what an asset has."""
    kinds = {kind for _, kind in found.values}
    if found.layout.medium is not Medium.NETWORK or not kinds.isdisjoint(identifiers.JOINING):
        return None
    return Wanted(frozenset(kinds | ({Kind.IP} if Kind.DOMAIN in kinds else set())))


def observation(source: Input, locator: str, cells: Sequence[str], found: Fit, stem: str) -> Observation | None:
    """Give what a row says, or nothing when no cell of it can betray a maker; `stem` is the asset where no column is."""
    observables = [
        observable
        for index, kind in found.values
        if (text := cell(cells, index)) not in BLANK
        for observable in _observables(kind, text)
    ]
    if found.health:
        told = ((name, cell(cells, index)) for index, name in found.health)
        observables += [Observable(Kind.HEALTH, f"{name}={text}") for name, text in told if text not in BLANK]
    if not observables:
        return None
    return Observation(
        source=source.id,
        locator=locator,
        asset=pick(cells, found.asset) or stem,
        label=name(cells, found.label) or observables[0].value,
        version=pick(cells, found.version),
        medium=found.layout.medium,
        meaning=found.layout.meaning,
        observables=tuple(dict.fromkeys(observables)),
        observed_at=_moment(pick(cells, found.observed_at), found.layout.medium),
    )


def _observables(kind: Kind, text: str) -> Sequence[Observable]:
    """Give what a cell amounts to: of an address of a page its host, of a maker with an e-mail address both."""
    if kind is _DOMAIN:
        return contacted.observables(kind, "url", text)
    if kind is _PUBLISHER and "@" in text:
        return components.maker(text)
    value = identifiers.normal(kind, text)
    return (Observable(kind, value),) if value else ()


def _moment(text: str, medium: Medium) -> str:
    """Give the day of a row; where rows follow one another by the second, with the time of day that the cell has."""
    day = instants.day(text)
    return (day and instants.instant(text)) or day if medium in _BY_THE_SECOND else day


def is_enough(cells: Sequence[str], found: Fit) -> bool:
    """Tell whether a short row has what the layout needs."""
    return all(any(index < len(cells) for index in group) for group in found.needed)


def cell(cells: Sequence[str], index: int) -> str:
    """Give a cell without blanks around it; nothing where the row is too short."""
    return cells[index].strip() if index < len(cells) else ""


def pick(cells: Sequence[str], places: tuple[int, ...]) -> str:
    """Give the first cell of these that is not empty."""
    for index in places:
        if (value := cell(cells, index)) not in BLANK:
            return value
    return ""


def name(cells: Sequence[str], places: tuple[int, ...]) -> str:
    """Give the first cell with a letter: two columns of one name are often a number and a name."""
    found = [value for index in places if (value := cell(cells, index)) not in BLANK]
    return next((value for value in found if any(map(str.isalpha, value))), found[0] if found else "")
