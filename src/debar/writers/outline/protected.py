# SPDX-License-Identifier: Apache-2.0
"""What protects the assets beside what is to go, and on which of them nothing does that anybody told of."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Health, Meaning
from debar.text import printable

if TYPE_CHECKING:
    from debar.model.results import Protection, Report

_NAMED = 50
_WEAK = 2
"""Level up to which one more look has to settle what it is."""
_ON_MACHINES = frozenset({Meaning.RUNNING, Meaning.INSTALLED, Meaning.SERVICE_USE})
"""As a plan has it: what is bought, embedded or left behind protects no machine."""


class Shield(msgspec.Struct, frozen=True, kw_only=True):
    """What protects an asset, as a row of words."""

    asset: str
    name: str
    state: str
    says: str
    where: str


class Bare(msgspec.Struct, frozen=True, kw_only=True):
    """A machine with something that was found, on which nothing else reports that it protects."""

    asset: str
    text: str
    """What is known instead."""


class Protected(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the protection of the assets."""

    machines: int
    """On which something was found that is installed, runs, or makes traffic."""
    without: int
    """How many of them are bare ..."""
    bare: tuple[Bare, ...]
    """... and the first few, as a plan names them all."""
    shields: tuple[Shield, ...]


def protected(report: Report) -> Protected:
    """Give which machines would be bare, as far as the report can tell, and every product that protects."""
    machines = dict.fromkeys(one.asset for one in report.exposures if one.meaning in _ON_MACHINES and one.level > _WEAK)
    # Folded, since sources write the name of one machine in more than one way.
    told: dict[str, list[Protection]] = {}
    for one in report.protection:
        told.setdefault(one.asset.casefold(), []).append(one)
    healthy = {name for name, many in told.items() if any(one.state is Health.HEALTHY for one in many)}
    # Counted, and not listed: there may be a hundred thousand.
    bare = islice((name for name in machines if name.casefold() not in healthy), _NAMED)
    paths = {source.id: source.path for source in report.sources}
    return Protected(
        machines=len(machines),
        without=sum(name.casefold() not in healthy for name in machines),
        bare=tuple(
            Bare(asset=printable(name), text=printable(_without(told.get(name.casefold(), [])))) for name in bare
        ),
        shields=tuple(_shield(one, paths) for one in report.protection),
    )


def _without(told: list[Protection]) -> str:
    if not told:
        return "no other product was told of"
    return ", ".join(f"{one.name}: {_said(one)}" for one in told)


def _said(one: Protection) -> str:
    """Give what a product reports of itself, which of those that are only there is nothing."""
    return "there, and its state is not told" if one.state in (Health.INSTALLED, Health.UNKNOWN) else str(one.state)


def _shield(one: Protection, paths: dict[str, str]) -> Shield:
    return Shield(
        asset=printable(one.asset),
        name=printable(one.name),
        state=one.state,
        says=printable(", ".join([*one.says, *([f"on {one.as_of[:10]}"] if one.as_of else [])])),
        where=printable(", ".join(part for part in (paths.get(one.source, one.source), one.locator) if part)),
    )
