# SPDX-License-Identifier: Apache-2.0
"""What a table of columns is, told from their names: a log or a list that a layout knows, a log of Zeek, or a guess.

Rows are told by the same functions as lines of text. A plan says besides which columns must be read for that, in which
of them something may be found, and which say whose evidence a row is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab import Kind
from debar.readers import identifiers, places
from debar.readers.loglines import entries, fieldlogs
from debar.readers.tables import guesses, table_columns
from debar.readers.zeek import columns as zeek
from debar.readers.zeek.rows import Log
from debar.sieving import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.loglines.entries import Recipe
    from debar.readers.tables.table_columns import Fit
    from debar.readers.zeek.columns import Columns, Placed

_NOTHING = ("-", "--", ".", "*", "N/A", "n/a", "None", "null", "(null)", "unknown")
"""Words for nothing in logs (`contacted.is_blank`)."""
_UNSET = ("-", "(empty)")
_MACHINE = frozenset({Kind.MAC, Kind.HOSTNAME, Kind.ADDRESS, Kind.TEXT})
_HOSTS = frozenset({Kind.DOMAIN, Kind.IP})
_MAKERS = frozenset({Kind.PUBLISHER, Kind.MAINTAINER_DOMAIN})


class Row(NamedTuple):
    """One row that is looked at."""

    locator: str
    cells: list[str]
    """One for each column; "" for those that the plan does not need."""
    number: int
    """From 1."""


class Group(NamedTuple):
    """Columns that say whose evidence a row is, and those of which one must say something for it to be evidence."""

    identity: tuple[int, ...]
    values: tuple[int, ...]
    blank: tuple[str, ...]
    """Words that say nothing."""


class Plan(NamedTuple):
    """What is done with the columns of a table; columns are given by their places."""

    tell: Callable[[Iterable[Row]], Iterator[Observation]]
    looked: tuple[tuple[int, Wanted], ...]
    """Columns in which something may be found, and what."""
    groups: tuple[Group, ...]
    moments: tuple[int, ...]
    """Columns with the time of a row, best first."""
    needed: tuple[int, ...]
    """All that a row is told from."""
    layout: str = ""
    """Id of the layout of tables, if it is one."""
    remark: str = ""


def plan(source: Input, names: Sequence[str], sample: Callable[[], list[list[str]]]) -> Plan | None:
    """Give the plan for columns of these names; `sample` gives the first rows, for a guess. Nothing when it is no known table."""
    fit = table_columns.fit(names, source.layouts)
    if fit and fit.layout.id == table_columns.GIVEN:
        return _of_table(source, fit)
    if (log := zeek.shape(tuple(names))) and _is_zeek(names):
        return _of_zeek(source, names, log)
    recipe = fieldlogs.Known(source.log_layouts.fields).recipe(tuple(names))
    if recipe and recipe.values and (fit is None or len(_of_recipe(recipe)) >= fit.matched):
        return _of_log(source, recipe)
    if fit and fit.width > 1:
        return _of_table(source, fit)
    guess = guesses.guess([list(names), *sample()])
    fit = table_columns.fit(names, [guess.layout]) if guess and guess.header == 1 else None
    return _of_table(source, fit, guesses.told(guess)) if guess and fit else None


def _is_zeek(names: Sequence[str]) -> bool:
    """Tell that columns are Zeek's: "host" and "ts" alone, which tell one of its logs, stand in other tables as well."""
    return "ts" in names and not {"uid", "fuid", "id.orig_h", "uids", "mac", "port_num", "orig_h"}.isdisjoint(names)


def _of_table(source: Input, fit: Fit, remark: str = "") -> Plan:
    stem = places.stem(source.path)

    def tell(rows: Iterable[Row]) -> Iterator[Observation]:
        for locator, cells, _ in rows:
            if found := table_columns.observation(source, locator, cells, fit, stem):
                yield found

    values = tuple(dict.fromkeys(at for at, _ in fit.values))
    identity = (*fit.asset, *(at for at, kind in fit.values if kind in identifiers.JOINING))
    kinds = {Kind.DOMAIN: _HOSTS, Kind.PUBLISHER: _MAKERS}
    return Plan(
        tell,
        tuple((at, Wanted(kinds.get(kind, frozenset({kind})))) for at, kind in fit.values),
        (Group(tuple(dict.fromkeys(identity)), values, tuple(table_columns.BLANK)),),
        fit.observed_at,
        _several(values, fit.asset, fit.label, fit.version, fit.observed_at),
        fit.layout.id,
        remark,
    )


def _of_log(source: Input, recipe: Recipe) -> Plan:
    def tell(rows: Iterable[Row]) -> Iterator[Observation]:
        for locator, cells, _ in rows:
            if said := entries.told(recipe, cells):
                yield entries.observation(recipe, said, source.id, locator, source.asset)

    looked = [(at, _wanted(kind, form)) for at, kind, form in recipe.values]
    looked += [(at, Wanted(frozenset({Kind.URL_PATH}))) for at in recipe.paths]
    values = _several((at for at, _ in looked))
    identity = _several(recipe.asset, (at for at, kind, _ in recipe.values if kind in identifiers.JOINING))
    # Of several columns that make one moment the first is the date.
    moments = tuple(group[0] for group in recipe.observed_at)
    return Plan(tell, tuple(looked), (Group(identity, values, _NOTHING),), moments, _of_recipe(recipe))


def _of_recipe(recipe: Recipe) -> tuple[int, ...]:
    """Give all columns that an entry is told from."""
    values = (at for at, _, _ in (*recipe.values, *recipe.label))
    return _several(values, recipe.asset, recipe.paths, *recipe.observed_at)


def _wanted(kind: Kind, form: str) -> Wanted:
    """Give what a cell of a log can amount to: an address is one wherever a host may stand."""
    is_host = kind in _HOSTS or form
    return Wanted(frozenset({kind, Kind.IP} if is_host else {kind}), is_labelled=form == "labels")


def _of_zeek(source: Input, names: Sequence[str], log: Columns) -> Plan:
    def tell(rows: Iterable[Row]) -> Iterator[Observation]:
        told = Log(source, set_separator="\n")
        for locator, cells, _ in rows:
            yield from told.observations(locator, cells, log, escaped=False)
        yield from told.stations.observations()

    looked: dict[int, frozenset[Kind]] = {}
    groups = [Group(pair, pair, _UNSET) for pair in log.stations]
    for side in log.sides:
        found = _of_side(side)
        for at, kinds in found.items():
            looked[at] = looked.get(at, frozenset()) | kinds
        own = (*side.names, *side.macs, *side.addresses)
        groups.append(Group(_several(own or (side.asset,)), tuple(found), _UNSET))
    used = {at for group in groups for at in (*group.identity, *group.values)}
    used |= {
        at
        for side in log.sides
        for at in (*side.labels, side.asset, side.protocol, side.client, side.named, side.status)
    }
    needed = _same_log(names, log, sorted({*used, log.ts} - {-1}))
    return Plan(
        tell,
        tuple((at, Wanted(kinds)) for at, kinds in looked.items()),
        tuple(dict.fromkeys(groups)),
        (log.ts,) if log.ts >= 0 else (),
        needed,
    )


def _same_log(names: Sequence[str], log: Columns, used: Sequence[int]) -> tuple[int, ...]:
    """Give the columns that are used if they alone tell which log it is, else all that might."""
    alone = zeek.shape(tuple(names[at] for at in used))
    # A log is known by what its sides are about: two logs differ in that, or in nothing that is told.
    is_same = alone is not None and [_about(side) for side in alone.sides] == [_about(side) for side in log.sides]
    return tuple(used) if is_same else tuple(at for at, name in enumerate(names) if name in zeek.KNOWN)


def _about(side: Placed) -> tuple[object, ...]:
    """Give what a side is about, wherever its columns are."""
    places_ = (side.asset, side.host, side.subject, side.answers, side.port, side.path)
    return side.meaning, tuple(kind for _, kind in side.plain), tuple(at >= 0 for at in places_), len(side.names)


def _of_side(side: Placed) -> dict[int, frozenset[Kind]]:
    """Give the columns in which something may be found of one host, and what."""
    found = {at: frozenset({kind}) for at, kind in side.plain}
    hosts = (side.host, side.subject, side.answers)
    own = (*side.names, *side.macs, *side.addresses)
    for places_, kinds in (
        (hosts, _HOSTS),
        (own, _MACHINE),
        (side.mails, {Kind.TEXT}),
        ((side.port,), {Kind.PORT}),
        ((side.path,), {Kind.URL_PATH}),
    ):
        for at in places_:
            if at >= 0:
                found[at] = found.get(at, frozenset()) | frozenset(kinds)
    return found


def _several(*places_: Iterable[int]) -> tuple[int, ...]:
    """Give places in order, each once, without those that are not there."""
    return tuple(dict.fromkeys(at for group in places_ for at in group if at >= 0))
