# SPDX-License-Identifier: Apache-2.0
"""Why something is an exposure: what it rests on, what speaks against it, and what one more look would settle."""

from __future__ import annotations

from debar.model.inventory import Calibration
from debar.model.results.found import Exposure, Match, Result
from debar.model.results.position import Statement
from debar.model.results.report import IndicatorBrief, Program, RegisterVersion
from debar.model.vocab import Kind, Medium


class Share(Result, frozen=True, kw_only=True):
    """What one medium adds to how sure it is: the best of its matches."""

    medium: Medium
    indicator: str
    level: int
    weight: float
    """Of that level, where levels are combined."""
    probability: float
    """That of its likeliest match."""


class Reckoning(Result, frozen=True, kw_only=True):
    """How level and probability come about."""

    shares: tuple[Share, ...]
    weight: float
    """1 less the product of what each medium leaves in doubt."""
    level: int
    """What that weight comes to."""
    probability: float
    """The same for the probabilities."""
    held: str
    """Why the level of the exposure is another; empty when it is that of the weight."""


class Evidence(Result, frozen=True, kw_only=True):
    """One match, and what is known of the indicator that it met."""

    match: Match
    path: str
    """Of its source."""
    indicator: IndicatorBrief | None
    """Null where the report does not name it."""
    measured: Calibration | None
    """The labelled cases that its probability rests on; null where there are none."""


class Look(Result, frozen=True, kw_only=True):
    """One more look, that would settle more than is settled."""

    text: str
    """What to do, and what would come of it."""
    otherwise: str
    """What it would mean to find something else there, or nothing."""
    kind: Kind
    indicator: str
    """What would be met."""
    level: int
    """What it would support alone."""
    together: int
    """What it would come to with what is there."""


class Why(Result, frozen=True, kw_only=True):
    """The account of one exposure."""

    schema: int
    program: Program
    register: RegisterVersion
    as_of: str
    exposure: Exposure
    set_aside: str
    """Why it does not count; empty when it does."""
    names: dict[str, str]
    """What people call parties and products, as in a report."""
    ties: tuple[Statement, ...]
    """What ties its party to others on the day of the evidence."""
    meaning: str
    """Why it is taken for what it is."""
    version: str
    """The number under which the version that was found is sold, or is known in its files; empty where it is one."""
    reckoning: Reckoning
    evidence: tuple[Evidence, ...]
    against: tuple[str, ...]
    """What speaks against it."""
    looks: tuple[Look, ...]
    """Best first, at most three."""
