# SPDX-License-Identifier: Apache-2.0
"""What was found: matches, exposures, and what was set aside."""

from __future__ import annotations

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Meaning, Medium, Validity, Verdict


class Result(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of every noun that leaves debar in a report: a tree, in which the collector of cycles has nothing to find."""


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
    against: str
    """What speaks against it in its own place; empty where nothing does."""
    count: int
    """How often the same was seen in the same source; the locator is the first place."""
    others: int = 0
    """How often other values of the same indicator were seen there, of which too many came to list each: of traffic only."""
    first_seen: str
    last_seen: str
    purl: str = ""
    """Package URL of what was met, where its source gives one, whatever it was recognised by."""


class Identity(Result, frozen=True, kw_only=True):
    """Whose it is, on the day that its evidence is of."""

    on: str
    """Day on which the ties were looked up: the last one on which it was seen, or the one asked about."""
    dated: bool
    """Its sources say when it was seen; otherwise it is taken to be there on the day asked about."""
    ties: tuple[str, ...]
    """What ties its party to others on that day, such as "subsidiary of hikvision"; "(disputed)" where sources disagree."""
    host: str
    """The product of another maker that holds it, where that is what was recognised; else empty."""


class Decision(Result, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What people decided: about what (every part of the scope that is stated has to fit), what, why, who, and until when."""

    exposure: str = ""
    """Scope: id of one exposure."""
    assets: tuple[str, ...] = ()
    """Scope: patterns of asset names, such as "kiosk-*"; one of them has to fit."""
    purl: str = ""
    """Scope: a package URL, with or without a version; * stands for any characters."""
    party: str = ""
    """Scope: a party, or party/product."""
    measure: str = ""
    """Scope: a measure, or measure#provision. It narrows findings, never what is there."""
    about: str = ""
    """What it was about when it was decided, for a reader: asset, party and product."""
    verdict: Verdict
    exemption: str = ""
    """Id of the exemption of the law that is claimed."""
    granted_by: str = ""
    """Authority that granted the waiver."""
    document: str = ""
    """File that proves it, beside the file of decisions or below ..."""
    sha256: str = ""
    """... and its digest."""
    reference: str = ""
    """Where a paper that is no file here is to be found: its number, date and place."""
    reason: str
    requester: str
    """Who asked for it."""
    approver: str = ""
    """Another person, who agreed."""
    ticket: str = ""
    created: str
    """Day of the decision, the first on which it holds."""
    expires: str
    """Last day on which it holds."""


class DecisionState(Result, frozen=True, kw_only=True):
    """What became of one decision on the day asked about."""

    id: str
    """Hash of all that it says."""
    decision: Decision
    state: Validity
    exposures: tuple[str, ...]
    """Ids of the exposures in its scope, also of those that were set aside."""
    findings: tuple[str, ...]
    """Ids of the findings that say so because of it; when it has expired, of those that are back."""
    text: str
    """In words, for whoever reads the report."""


class Exposure(Result, frozen=True, kw_only=True):
    """One asset has a party's product: all matches together."""

    id: str
    asset: str
    party: str
    product: str
    version: str
    identity: Identity
    meaning: Meaning
    level: int
    """5 proven, 4 strong, 3 moderate, 2 weak, 1 mention."""
    confidence: float
    """Probability that it is the party's technology, calibrated on labelled cases."""
    techniques: tuple[str, ...]
    matches: tuple[Match, ...]
    first_seen: str
    last_seen: str
    decision: Decision | None = None
    """What people decided about it, while that holds; of several that agree the one that counts most."""


class SetAside(Result, frozen=True, kw_only=True):
    """Something that was recognised and does not count, with the reason."""

    exposure: Exposure
    reason: str
