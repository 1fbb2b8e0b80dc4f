# SPDX-License-Identifier: Apache-2.0
"""What was found: matches, exposures, and what was set aside."""

from __future__ import annotations

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Meaning, Medium


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every noun that leaves debar in a report."""


class Hit(msgspec.Struct, frozen=True, gc=False):
    """An observation met an indicator: where in the batch, which indicator, how. Positional, made in bulk."""

    observation: Observation
    observable: Observable
    indicator: int
    """Position in the index's list of indicators."""


class Match(Result, frozen=True, kw_only=True):
    """One way an exposure was found."""

    indicator: str
    observable: Observable
    source: str
    locator: str
    technique: str
    """Kind and operator of the indicator, such as "purl prefix"."""
    confidence: float
    """Probability that this alone is the party's technology."""
    level: int
    label: str
    """What the observed thing calls itself."""
    version: str
    medium: Medium
    meaning: Meaning
    count: int
    """How often the same was seen in the same source; the locator is the first place."""
    first_seen: str
    last_seen: str


class Exposure(Result, frozen=True, kw_only=True):
    """One asset has a party's product: all matches together."""

    id: str
    asset: str
    party: str
    product: str
    version: str
    meaning: Meaning
    level: int
    """5 proven, 4 strong, 3 moderate, 2 weak, 1 mention."""
    confidence: float
    techniques: tuple[str, ...]
    matches: tuple[Match, ...]
    first_seen: str
    last_seen: str


class SetAside(Result, frozen=True, kw_only=True):
    """Something that was recognised and does not count, with the reason."""

    exposure: Exposure
    reason: str
