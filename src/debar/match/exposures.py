# SPDX-License-Identifier: Apache-2.0
"""Hits to exposures: what one asset has of one party, how sure that is, and from which evidence."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from debar import dates
from debar.identity import stable_id
from debar.match.compile import compile_index
from debar.match.kernel import meet
from debar.model.results import Exposure, Match, SetAside
from debar.model.vocab import Meaning, Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from debar.match.compile import Index
    from debar.model.results import Hit

PROBABILITY = {5: 0.99, 4: 0.90, 3: 0.60, 2: 0.25, 1: 0.02}
"""Level of one match -> probability. Start values of fingerprints.md section 8, not yet calibrated."""
_FLOORS = ((0.985, 5), (0.85, 4), (0.5, 3), (0.2, 2))
"""Combined probability -> level: two strong media prove, two moderate ones do not."""
_RESIDUE_CAP = 3
"""Something left behind calls for a look, however certain its maker is."""
_MENTIONED = "mention only: the name stands in a text or belongs to somebody else's integration"
_PRECEDENCE = (
    Meaning.INSTALLED,
    Meaning.EMBEDDED,
    Meaning.COMPONENT,
    Meaning.HARDWARE,
    Meaning.SERVICE_USE,
    Meaning.PURCHASE,
    Meaning.RESIDUE,
    Meaning.MENTION,
)
"""Which meaning an exposure has when its matches differ: the one that lies nearest to running it."""


class _Seen:
    """One way an asset met an indicator, and when."""

    __slots__ = ("count", "first", "hit", "last")

    def __init__(self, hit: Hit) -> None:
        self.hit, self.count, self.first, self.last = hit, 0, "", ""

    def add(self, when: str) -> None:
        """Count one more sighting; ISO times compare as text."""
        self.count += 1
        if when:
            self.first = min(self.first or when, when)
            self.last = max(self.last, when)


def expose(
    hits: Iterable[Hit], index: Index, names: Callable[[], Mapping[str, str]] = dict
) -> tuple[list[Exposure], list[SetAside]]:
    """Give exposures and what was set aside, both in order of asset, party, product.

    `names` gives, once every hit was seen, the best names of assets by their folded ones, so that the
    traffic and the inventory of one machine meet. Memory grows with what is found, not with what
    is read.
    """
    seen: dict[tuple[str, str, str, int, str, str], _Seen] = {}
    for hit in hits:
        observation = hit.observation
        place = (
            observation.asset,
            observation.source,
            observation.label,
            hit.indicator,
            hit.observable.kind,
            hit.observable.value,
        )
        if place not in seen:
            seen[place] = _Seen(hit)
        seen[place].add(dates.seen(observation.observed_at) if observation.observed_at else "")
    spelling: dict[str, str] = {}
    by_asset: dict[tuple[str, str], list[Match]] = defaultdict(list)
    products: dict[int, str] = {}
    hosts = names()
    for (asset, *_), sighting in seen.items():
        match = _match(sighting, index)
        name = hosts.get(asset.casefold(), asset)
        spelling[name.casefold()] = max(spelling.get(name.casefold(), name), name)  # small letters before capitals
        products[id(match)] = index.indicators[sighting.hit.indicator].product
        by_asset[name.casefold(), index.indicators[sighting.hit.indicator].party].append(match)
    kept: list[Exposure] = []
    aside: list[SetAside] = []
    for (asset, party), matches in sorted(by_asset.items()):
        found = {(m.source, m.locator) for m in matches if not _is_mention(m)}
        # A mention beside real evidence in one observation is part of that; alone it is set aside.
        real = [m for m in matches if (m.source, m.locator) in found]
        for product, group in sorted(_by_product(real, products).items()):
            kept.append(_exposure(spelling[asset], party, product, group))
        if mentions := [m for m in matches if (m.source, m.locator) not in found]:
            aside.append(SetAside(exposure=_exposure(spelling[asset], party, "", mentions), reason=_MENTIONED))
    return kept, aside


def _is_mention(match: Match) -> bool:
    return match.meaning is Meaning.MENTION or match.level <= 1


def _match(sighting: _Seen, index: Index) -> Match:
    observation, observable = sighting.hit.observation, sighting.hit.observable
    indicator = index.indicators[sighting.hit.indicator]
    return Match(
        indicator=indicator.id,
        observable=observable,
        source=observation.source,
        locator=observation.locator,
        technique=f"{indicator.kind} {indicator.operator}",
        confidence=PROBABILITY[indicator.level],
        level=indicator.level,
        label=observation.label,
        version=observation.version,
        medium=observation.medium,
        meaning=indicator.meaning or observation.meaning,
        count=sighting.count,
        first_seen=sighting.first,
        last_seen=sighting.last,
    )


def _by_product(matches: list[Match], products: dict[int, str]) -> dict[str, list[Match]]:
    """Give the matches by product; those that do not tell the product join the one they belong to.

    1. One observation is one product: the one of its surest match, of equals the first.
    2. On a machine, matches of observations without a product join its only product, if there is
       just one. Traffic does not: a look-up tells the supplier, not which product made it. Nor do
       parts of software or entries in books: two of one maker are two.
    3. Otherwise they stay on their own, with the product unknown.
    """
    of_observation: dict[tuple[str, str], Match] = {}
    for match in matches:
        known = of_observation.get((match.source, match.locator))
        if products[id(match)] and (known is None or match.level > known.level):
            of_observation[match.source, match.locator] = match  # 1.
    only = {products[id(match)] for match in of_observation.values()}
    groups: dict[str, list[Match]] = defaultdict(list)
    for match in matches:
        if best := of_observation.get((match.source, match.locator)):
            groups[products[id(best)]].append(match)
        elif len(only) == 1 and match.medium in (Medium.INVENTORY, Medium.PACKAGES):
            groups[next(iter(only))].append(match)  # 2.
        else:
            groups[""].append(match)  # 3.
    return groups


def combined(matches: Iterable[Match]) -> float:
    """Give the probability that at least one medium is right, taking the best match of each.

    Name and publisher of one row are one observation, not two: only media are independent.
    """
    best: dict[str, float] = {}
    for match in matches:
        best[match.medium] = max(best.get(match.medium, 0.0), match.confidence)
    doubt = 1.0
    for probability in best.values():
        doubt *= 1.0 - probability
    return round(1.0 - doubt, 4)


def level_of(probability: float) -> int:
    """Give the level, 5 proven to 1 mention, of a combined probability."""
    return next((level for floor, level in _FLOORS if probability >= floor), 1)


def _exposure(asset: str, party: str, product: str, matches: list[Match]) -> Exposure:
    matches = sorted(matches, key=lambda m: (-m.level, m.source, m.locator, m.indicator, m.observable.value))
    strongest = [m for m in matches if m.level >= min(3, matches[0].level)]
    meaning = min((m.meaning for m in strongest), key=_PRECEDENCE.index)
    probability = combined(matches)
    level = level_of(probability)
    if meaning is Meaning.RESIDUE:
        level = min(level, _RESIDUE_CAP)
    return Exposure(
        id=stable_id("exp", asset.casefold(), party, product),
        asset=asset,
        party=party,
        product=product,
        version=next((m.version for m in matches if m.version and m.meaning is meaning), ""),
        meaning=meaning,
        level=level,
        confidence=probability,
        techniques=tuple(sorted({m.technique for m in matches})),
        matches=tuple(matches),
        first_seen=min((m.first_seen for m in matches if m.first_seen), default=""),
        last_seen=max((m.last_seen for m in matches), default=""),
    )


def examples_fail(index: Index) -> list[str]:
    """Give a line for each example that an indicator misses or loses, and each counterexample that it fits.

    It loses one when, among all indicators of the kind, others answer for the value and say less.
    """
    faults = []
    for position, indicator in enumerate(index.indicators):
        table = compile_index([indicator]).tables[indicator.kind]
        for example in indicator.examples:
            if not meet(table, example):
                faults.append(f"{indicator.id}: misses its example {example!r}")
            elif lost := _worse(index, position, meet(index.tables[indicator.kind], example)):
                faults.append(f"{indicator.id}: loses its example {example!r} to {', '.join(lost)}")
        faults += [
            f"{indicator.id}: fits its counterexample {c!r}" for c in indicator.counterexamples if meet(table, c)
        ]
    return faults


def _worse(index: Index, position: int, answer: tuple[int, ...]) -> list[str]:
    """Give which indicators of an answer that leaves one out cannot stand in for it.

    Those can that are of its party, at least as sure, and agree with it whether the value is a mention.
    """
    if position in answer:
        return []
    own = index.indicators[position]
    is_mention = own.meaning is Meaning.MENTION
    return [
        other.id
        for other in (index.indicators[n] for n in answer)
        if other.party != own.party or other.level < own.level or (other.meaning is Meaning.MENTION) is not is_mention
    ]
