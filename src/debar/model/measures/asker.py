# SPDX-License-Identifier: Apache-2.0
"""Who asks: an organisation with its systems, contracts and waivers."""

from __future__ import annotations

import msgspec

from debar.model.measures.rules import Waiver
from debar.model.measures.sources import Noun
from debar.model.vocab import Act, AddresseeKind


class System(Noun, frozen=True, kw_only=True):
    """A part of the organisation's estate to which other facts apply."""

    id: str
    assets: tuple[str, ...]
    """Patterns of asset names, such as "kiosk-*"."""
    facts: dict[str, str]


class Contract(Noun, frozen=True, kw_only=True):
    """A contract with a government, to which other facts apply: its day of award decides its clauses."""

    id: str
    facts: dict[str, str]


class Owner(Noun, frozen=True, kw_only=True):
    """Who does what; of several rows the first that fits an obligation names its owner."""

    owner: str
    """A person, a role or a team, as the organisation calls it."""
    acts: tuple[Act, ...] = ()
    """Only what is to be done by these acts; empty for any."""
    assets: tuple[str, ...] = ()
    """Only on assets whose names fit one of these patterns; empty for any, and for what is about no asset."""
    measures: tuple[str, ...] = ()
    """Only what these measures demand; empty for any."""


class Organisation(Noun, frozen=True, kw_only=True):
    """Who asks."""

    name: str
    jurisdictions: tuple[str, ...]
    kinds: tuple[AddresseeKind, ...]
    facts: dict[str, str] = msgspec.field(default_factory=dict)
    """Answers to conditions, by fact name."""
    systems: tuple[System, ...] = ()
    contracts: tuple[Contract, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    """Granted to this organisation."""
    owners: tuple[Owner, ...] = ()
    """Who does what has to be done."""
