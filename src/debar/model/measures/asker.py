# SPDX-License-Identifier: Apache-2.0
"""Who asks: an organisation with its systems, contracts and waivers."""

from __future__ import annotations

import msgspec

from debar.model.measures.rules import Waiver
from debar.model.measures.sources import Noun
from debar.model.vocab import AddresseeKind


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
