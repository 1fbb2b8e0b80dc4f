# SPDX-License-Identifier: Apache-2.0
"""What an entry of a log amounts to, whichever way its cells were found: by a pattern, or by the names of fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import FieldLayout, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import identifiers, instants
from debar.readers.loglines import contacted
from debar.sieving import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from debar.model.inventory import LineLayout, Observable

CELL = 1 << 14
"""Characters of a cell that are looked at; addresses of pages longer than that carry data, not hosts."""
_BLANK = frozenset({"-", "--", "N/A", "unknown"})


class Recipe(NamedTuple):
    """Which cells of an entry carry what."""

    medium: Medium
    meaning: Meaning
    asset: tuple[int, ...]
    label: tuple[tuple[int, Kind, str], ...]
    observed_at: tuple[tuple[int, ...], ...]
    """Each is a cell, or several that make one moment."""
    values: tuple[tuple[int, Kind, str], ...]
    """(cell, kind, form)."""
    paths: tuple[int, ...] = ()
    """Cells with what was asked for of a host."""


class Told(NamedTuple):
    """What an entry says."""

    asset: str
    label: str
    observed_at: str
    observables: tuple[Observable, ...]


def wanted(layouts: Iterable[LineLayout | FieldLayout], always: tuple[bytes, ...] = ()) -> Wanted:
    """Give what entries of these layouts could name, and which of them matter whoever they name: those that say who is who."""
    kinds: set[Kind] = set()
    joining: set[bytes] = set()
    forms: set[str] = set()
    for layout in layouts:
        own = {Kind(kind) for kind in layout.columns}
        kinds |= own
        forms.update(layout.forms.values())
        if not own.isdisjoint(identifiers.JOINING) and isinstance(layout, FieldLayout):
            # One field that every entry of the layout has; the group with the fewest names says most.
            names = min(layout.required, key=lambda group: (len(group), -len(group[0])))
            joining.update(re.escape(name.rpartition(".")[2]).encode() for name in names)
        elif not own.isdisjoint(identifiers.JOINING):
            joining.add(rb"\n")
    kinds |= {Kind.IP} if Kind.DOMAIN in kinds else set()
    return Wanted(frozenset(kinds), (*always, *sorted(joining)), is_labelled="labels" in forms)


def recipe(layout: LineLayout | FieldLayout, places: Callable[[str], int]) -> Recipe:
    """Give where a layout finds its cells; `places` gives the number of a column, -1 for one that is not there."""

    def found(names: Sequence[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(at for name in names if (at := places(name)) >= 0))

    moments_at = (found(name.split("+")) for name in layout.observed_at)
    values = tuple(
        (at, Kind(kind), layout.forms.get(name, ""))
        for kind, names in layout.columns.items()
        for name in names
        if (at := places(name)) >= 0 and kind != Kind.URL_PATH
    )
    return Recipe(
        layout.medium,
        layout.meaning,
        found(layout.asset),
        tuple(next((value for value in values if value[0] == at), (at, Kind.TEXT, "")) for at in found(layout.label)),
        tuple(group for group in moments_at if group),
        values,
        found(layout.columns.get(Kind.URL_PATH, ())),
    )


def told(by: Recipe, cells: Sequence[str | None]) -> Told | None:
    """Give what an entry says, or nothing when no cell names anything; lines of a cell are values of their own."""
    observables: list[Observable] = []
    for at, kind, form in by.values:
        if (cell := cells[at]) and cell not in _BLANK:
            cell = cell[:CELL]
            if "\n" in cell:
                for value in cell.split("\n"):
                    observables += contacted.observables(kind, form, value)
            else:
                observables += contacted.observables(kind, form, cell)
    if by.paths and not contacted.is_public(observables):
        for at in by.paths:
            if cell := cells[at]:
                observables += contacted.requested(cell, observables)
    if not observables:
        return None
    found = tuple(dict.fromkeys(observables)) if len(observables) > 1 else tuple(observables)
    return Told(_client(by, cells), _named(by, cells) or found[0].value, _moment(by, cells), found)


def observation(by: Recipe, entry: Told, source: str, locator: str, asset: str) -> Observation:
    """Give an entry as an observation; `asset` is whom it speaks of unless it says so itself."""
    return Observation(
        source=source,
        locator=locator,
        asset=entry.asset or asset,
        label=entry.label,
        medium=by.medium,
        meaning=by.meaning,
        observables=entry.observables,
        observed_at=entry.observed_at,
    )


def _client(by: Recipe, cells: Sequence[str | None]) -> str:
    for at in by.asset:
        if (cell := cells[at]) and cell not in _BLANK:
            # Ports follow an address in some logs: 10.0.0.5:51234, 10.0.0.5#51234.
            found = contacted.observables(Kind.HOSTNAME, "host", cell.partition("\n")[0][:CELL])
            return found[0].value if found else cell.partition("\n")[0][:CELL]
    return ""


def _named(by: Recipe, cells: Sequence[str | None]) -> str:
    for at, kind, form in by.label:
        cell = cells[at]
        if cell and (found := contacted.observables(kind, form, cell.partition("\n")[0][:CELL])):
            return found[0].value
    return ""


def _moment(by: Recipe, cells: Sequence[str | None]) -> str:
    for group in by.observed_at:
        text = " ".join(cell for at in group if (cell := cells[at]))
        if text and (moment := instants.instant(text)):
            return moment
    return ""
