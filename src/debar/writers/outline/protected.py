# SPDX-License-Identifier: Apache-2.0
"""What protects the assets beside what is to go, and on which of them nothing does that anybody told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Health, Meaning
from debar.text import printable

if TYPE_CHECKING:
    from debar.model.results import Protection, Report

_NAMED = 200
_ON_MACHINES = frozenset({Meaning.RUNNING, Meaning.INSTALLED})


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
    """On which something that was found is installed or runs."""
    without: int
    """How many of them are bare ..."""
    bare: tuple[Bare, ...]
    """... and the first few hundred: on paper and on a screen nobody reads more."""
    shields: tuple[Shield, ...]


def protected(report: Report) -> Protected:
    """Give which machines would be bare, as far as the report can tell, and every product that protects."""
    machines = dict.fromkeys(one.asset for one in report.exposures if one.meaning in _ON_MACHINES)
    # Folded, since sources write the name of one machine in more than one way.
    told: dict[str, list[Protection]] = {}
    for one in report.protection:
        told.setdefault(one.asset.casefold(), []).append(one)
    healthy = {name for name, many in told.items() if any(one.state is Health.HEALTHY for one in many)}
    bare = [name for name in machines if name.casefold() not in healthy]
    paths = {source.id: source.path for source in report.sources}
    return Protected(
        machines=len(machines),
        without=len(bare),
        bare=tuple(
            Bare(asset=printable(name), text=printable(_without(told.get(name.casefold(), []))))
            for name in bare[:_NAMED]
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
