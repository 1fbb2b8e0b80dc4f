# SPDX-License-Identifier: Apache-2.0
"""What debar makes of labelled cases, by the same way that a scan takes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar import pipeline
from debar.match.exposures import expose
from debar.model.vocab import Meaning
from quality import labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.match.compile import Index
    from debar.model.results import Exposure, Match

TODAY = "2026-11-22"
"""Day on which cases without a date are asked about; it stands here so that figures do not change by themselves."""
WEAK, FOUND, STRONG = 2, 3, 4
"""Levels from which an exposure is shown, counts as found, and must be right."""
_SUREST = {Meaning.MENTION: 1, Meaning.CLIENT: WEAK}
"""Software of others may be shown as what calls for a look, and text not at all."""


class Outcome(NamedTuple):
    """A case, and what became of it."""

    case: labels.Label
    exposures: tuple[Exposure, ...]
    """Those of level 2 and more."""

    def level(self) -> int:
        """Give the highest level at which its own party was found; 0 for none."""
        return max((e.level for e in self.exposures if self.is_right(e)), default=0)

    def is_right(self, exposure: Exposure) -> bool:
        """Tell whether an exposure is of the party that the case truly is of, and no surer than it may be."""
        truth = self.case.truth
        surest = _SUREST.get(truth.meaning, 5) if truth.meaning else 5
        return exposure.party in (truth.party, *truth.also) and exposure.level <= surest

    def wrong(self, level: int) -> list[Exposure]:
        """Give the exposures of a level and more that are not right."""
        return [e for e in self.exposures if e.level >= level and not self.is_right(e)]


def outcomes(cases: Sequence[labels.Label], index: Index) -> list[Outcome]:
    """Give what became of each case, in their order."""
    hits = pipeline.run(labels.observations(cases), index, "inline")
    exposures, _ = expose(hits, index, day=TODAY)
    by_case: dict[str, list[Exposure]] = defaultdict(list)
    for exposure in exposures:
        if exposure.level >= WEAK:
            by_case[exposure.asset].append(exposure)
    return [Outcome(case, tuple(by_case[case.id])) for case in cases]


def strongest(exposure: Exposure) -> Match:
    """Give the match that decides an exposure."""
    return exposure.matches[0]
