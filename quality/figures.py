# SPDX-License-Identifier: Apache-2.0
"""Figures of outcomes: precision, recall and F1, the three answers, and how honest the probabilities are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from quality.outcomes import FOUND, STRONG, WEAK, strongest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from debar.model.results import Exposure
    from quality.outcomes import Outcome

_BINS = 10
"""Of probability, for the calibration error."""


class Figures(NamedTuple):
    """What outcomes come to."""

    cases: int
    true: int
    """Cases in which there is something to find."""
    found: int
    """Of these, found at level 2 or more, which is shown and asked about."""
    surely: int
    """Of these, found at level 3 or more."""
    right: int
    """Exposures of level 3 and more that are right ..."""
    wrong: int
    """... and that are not."""
    strong_right: int
    """The same from level 4 on."""
    strong_wrong: int
    meant: int
    """Right exposures whose meaning is that of the case ..."""
    of_meaning: int
    """... of those cases that tell one."""
    product: int
    """Right exposures that tell the product of the case ..."""
    of_product: int
    """... of those cases that tell one."""

    @property
    def recall(self) -> float:
        """Share of what is there that is shown."""
        return self.found / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """Share of exposures of level 3 and more that are right."""
        every = self.right + self.wrong
        return self.right / every if every else 1.0

    @property
    def strong_precision(self) -> float:
        """The same from level 4 on."""
        every = self.strong_right + self.strong_wrong
        return self.strong_right / every if every else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and of recall, both from level 3 on."""
        recall = self.surely / self.true if self.true else 1.0
        return 2 * self.precision * recall / (self.precision + recall) if self.precision + recall else 0.0


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Give the figures of outcomes."""
    true = [o for o in outcomes if o.case.is_true]
    best = [(o, max((e for e in o.exposures if o.is_right(e)), key=lambda e: e.level, default=None)) for o in true]
    met = [(o.case.truth, exposure) for o, exposure in best if exposure]
    right = [e for o in outcomes for e in o.exposures if o.is_right(e)]
    return Figures(
        cases=len(outcomes),
        true=len(true),
        found=sum(o.level() >= WEAK for o in true),
        surely=sum(o.level() >= FOUND for o in true),
        right=sum(e.level >= FOUND for e in right),
        wrong=sum(len(o.wrong(FOUND)) for o in outcomes),
        strong_right=sum(e.level >= STRONG for e in right),
        strong_wrong=sum(len(o.wrong(STRONG)) for o in outcomes),
        meant=sum(truth.meaning == exposure.meaning for truth, exposure in met),
        of_meaning=sum(truth.meaning is not None for truth, _ in met),
        product=sum(truth.product == exposure.product for truth, exposure in met if truth.product),
        of_product=sum(truth.product is not None for truth, _ in met),
    )


def by(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, Figures]:
    """Give the figures of outcomes by something of each, in order."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[key(outcome)].append(outcome)
    return {name: figures(group) for name, group in sorted(groups.items())}


def kind_of(outcome: Outcome) -> str:
    """Give the kind of value that decided the case, or that the case leads with when nothing did."""
    best = max(outcome.exposures, key=lambda e: e.level, default=None)
    return str(strongest(best).observable.kind if best else outcome.case.observables[0][0])


class Sureness(NamedTuple):
    """A probability that was given, and whether it came true."""

    exposure: Exposure
    right: bool


def sureness(outcomes: Iterable[Outcome]) -> list[Sureness]:
    """Give the probability of each exposure, and whether it is right."""
    return [Sureness(exposure, o.is_right(exposure)) for o in outcomes for exposure in o.exposures]


def calibration_error(sure: Sequence[Sureness]) -> float:
    """Give by how much probabilities and reality differ, on average over ten bins of probability, by their cases."""
    bins: dict[int, list[Sureness]] = defaultdict(list)
    for one in sure:
        bins[min(int(one.exposure.confidence * _BINS), _BINS - 1)].append(one)
    gaps = (abs(sum(s.exposure.confidence for s in group) - sum(s.right for s in group)) for group in bins.values())
    return sum(gaps) / len(sure) if sure else 0.0
