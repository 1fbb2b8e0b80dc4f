# SPDX-License-Identifier: Apache-2.0
"""Hits to exposures: what one asset has of one party, how sure that is, and from which evidence.

Three questions stay apart: whose it is (`Identity`, and the party), what it is to the organisation
(`Meaning`), and how sure that is (`confidence`). Whether a measure covers it is not asked here.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar.identity import stable_id
from debar.match import contrary
from debar.match.confidence import combined
from debar.match.sightings import Place, Seen, Sightings
from debar.model.results import Exposure, Identity, Match, SetAside
from debar.model.vocab import Kind, Meaning, Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from debar.match.compile import Index
    from debar.model.results import Hit

CAPS = {Meaning.RESIDUE: 3, Meaning.CLIENT: 2}
"""Something left behind, or of others, calls for a look, however certain it is what it is."""
CONTRADICTED = 2
"""What a match can support at most when its own place speaks against it: a question."""
_MENTIONED = "mention only: the name stands in a text or belongs to somebody else's integration"
_PRECEDENCE = (
    Meaning.RUNNING,
    Meaning.INSTALLED,
    Meaning.EMBEDDED,
    Meaning.COMPONENT,
    Meaning.HARDWARE,
    Meaning.SERVICE_USE,
    Meaning.PURCHASE,
    Meaning.RESIDUE,
    Meaning.CLIENT,
    Meaning.MENTION,
)
"""Which meaning an exposure has when its matches differ: the one that lies nearest to running it."""


class _Found(NamedTuple):
    """A match with what only the index knows of it."""

    match: Match
    product: str
    host: str
    aside: str
    """Why it does not count; empty when it does."""


def expose(
    hits: Iterable[Hit], index: Index, names: Callable[[], Mapping[str, str]] = dict, *, day: str = ""
) -> tuple[list[Exposure], list[SetAside]]:
    """Give exposures and what was set aside, both in order of asset, party, product.

    `names` gives, once every hit was seen, the best names of assets by their folded ones, so that the
    traffic and the inventory of one machine meet. `day` is the one asked about, on which evidence without
    a date is taken to be there. Memory grows with what is found, not with what is read.
    """
    seen = _sightings(hits, index)
    spelling: dict[str, str] = {}
    by_asset: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    hosts = names()
    for place, sighting in seen.items():
        found = _found(place, sighting, index, day)
        name = hosts.get(place.asset.casefold(), place.asset)
        spelling[name.casefold()] = max(spelling.get(name.casefold(), name), name)  # small letters before capitals
        by_asset[name.casefold(), index.indicators[place.indicator].party].append(found)
    kept: list[Exposure] = []
    aside: list[SetAside] = []
    for (asset, party), every in sorted(by_asset.items()):
        real, others = _parted(every)
        for product, group in sorted(_by_product(real).items()):
            kept.append(_exposure(spelling[asset], party, product, group, day))
        for reason, group in sorted(others.items()):
            aside.append(SetAside(exposure=_exposure(spelling[asset], party, "", group, day), reason=reason))
    return kept, aside


def _sightings(hits: Iterable[Hit], index: Index) -> dict[Place, Seen]:
    """Give the different sightings; the hits of one observation come one after the other."""
    seen = Sightings()
    for together in _together(hits):
        beside = contrary.beside(together, index)
        for hit in together:
            indicator, observation = index.indicators[hit.indicator], hit.observation
            against = contrary.another_maker(
                hit, beside.get(indicator.party, ()), indicator, index.called.get(indicator.party, ())
            )
            place = Place(
                observation.asset,
                observation.source,
                observation.label,
                hit.indicator,
                hit.observable.kind,
                hit.observable.value,
                indicator.meaning or observation.meaning,
                against,
            )
            seen.add(place, hit)
    return seen.places


def _together(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    """Yield the hits of each observation; it is the same object, for two that are equal are two."""
    held: list[Hit] = []
    for hit in hits:
        if held and held[0].observation is not hit.observation:
            yield held
            held = []
        held.append(hit)
    if held:
        yield held


def _found(place: Place, sighting: Seen, index: Index, day: str) -> _Found:
    """Give what a sighting comes to: it is weak at most when its own place speaks against it."""
    observation, indicator = sighting.hit.observation, index.indicators[place.indicator]
    level = min(indicator.level, CONTRADICTED) if place.against else indicator.level
    chance = index.probabilities[place.indicator]
    match = Match(
        indicator=indicator.id,
        observable=sighting.hit.observable,
        source=observation.source,
        locator=observation.locator,
        technique=f"{indicator.kind} {indicator.operator}",
        confidence=chance if level == indicator.level else min(chance, index.by_level[level]),
        level=level,
        label=observation.label,
        version=observation.version,
        medium=observation.medium,
        meaning=place.meaning,
        against=place.against,
        count=sighting.count,
        others=sighting.others,
        first_seen=sighting.first,
        last_seen=sighting.last,
        purl=next((one.value for one in observation.observables if one.kind is Kind.PURL), ""),
    )
    embedding = index.embeddings.get(place.indicator)
    aside = contrary.untimely(indicator, (sighting.last or day)[:10]) or contrary.not_held(index, place.indicator)
    return _Found(match, indicator.product, embedding.host if embedding else "", aside)


def _parted(every: list[_Found]) -> tuple[list[_Found], dict[str, list[_Found]]]:
    """Give what counts, and what is set aside by reason.

    A mention beside real evidence in one observation is part of that; alone it is set aside.
    """
    told = [(f, f.aside or (_MENTIONED if _is_mention(f.match) else "")) for f in every]
    real = {(f.match.source, f.match.locator) for f, reason in told if not reason}
    counts: list[_Found] = []
    others: dict[str, list[_Found]] = defaultdict(list)
    for found, reason in told:
        if not reason or (reason == _MENTIONED and (found.match.source, found.match.locator) in real):
            counts.append(found)
        else:
            others[reason].append(found)
    return counts, others


def _is_mention(match: Match) -> bool:
    return match.meaning is Meaning.MENTION or match.level <= 1


def _by_product(every: list[_Found]) -> dict[str, list[_Found]]:
    """Give the matches by product; those that do not tell the product join the one they belong to.

    1. One observation is one product: the one of its surest match, of equals the first.
    2. On a machine, matches of observations without a product join its only product, if there is
       just one. Traffic does not: a look-up tells the supplier, not which product made it. Nor do
       parts of software or entries in books: two of one maker are two.
    3. Otherwise they stay on their own, with the product unknown.
    """
    of_observation: dict[tuple[str, str], _Found] = {}
    for found in every:
        place = (found.match.source, found.match.locator)
        known = of_observation.get(place)
        if found.product and (known is None or found.match.level > known.match.level):
            of_observation[place] = found  # 1.
    only = {found.product for found in of_observation.values()}
    groups: dict[str, list[_Found]] = defaultdict(list)
    for found in every:
        if best := of_observation.get((found.match.source, found.match.locator)):
            groups[best.product].append(found)
        elif len(only) == 1 and found.match.medium in (Medium.INVENTORY, Medium.PACKAGES):
            groups[next(iter(only))].append(found)  # 2.
        else:
            groups[""].append(found)  # 3.
    return groups


def _exposure(asset: str, party: str, product: str, group: list[_Found], day: str) -> Exposure:
    matches = sorted(
        (found.match for found in group),
        key=lambda m: (-m.level, m.source, m.locator, m.indicator, m.observable.value, m.against),
    )
    strongest = [m for m in matches if m.level >= min(3, matches[0].level)]
    meaning = min((m.meaning for m in strongest), key=_PRECEDENCE.index)
    level, probability = combined(matches)
    last = max((m.last_seen for m in matches), default="")
    return Exposure(
        id=stable_id("exp", asset.casefold(), party, product),
        asset=asset,
        party=party,
        product=product,
        version=next((m.version for m in matches if m.version and m.meaning is meaning), ""),
        identity=Identity(
            on=(last or day)[:10],
            dated=bool(last),
            ties=(),
            host=next((found.host for found in group if found.host), ""),
        ),
        meaning=meaning,
        level=min(level, CAPS.get(meaning, level)),
        confidence=probability,
        techniques=tuple(sorted({m.technique for m in matches})),
        matches=tuple(matches),
        first_seen=min((m.first_seen for m in matches if m.first_seen), default=""),
        last_seen=last,
    )
