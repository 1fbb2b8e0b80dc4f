# SPDX-License-Identifier: Apache-2.0
"""Nouns of matching as screening clients speak of it: FollowTheMoney's entities, in the questions and answers of yente."""

from __future__ import annotations

from typing import Any

import msgspec

from debar.model.vocab.names import NameRelation


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is looked for."""

    schema: str = "LegalEntity"
    """Kind of entity, of FollowTheMoney: Company, Person, ..."""
    properties: dict[str, Any]
    """Texts or lists of texts by property: names, aliases, numbers of companies."""
    id: str | None = None
    """What whoever asks calls them."""


class MatchQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Whom somebody looks for; what else stands there is left out."""

    queries: dict[str, Example]
    """By whatever name the answer is to have; at most 100."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A party of a list."""

    id: str
    """Of the party, in its list."""
    caption: str
    """The name under which it is shown."""
    schema: str
    """LegalEntity, or Person."""
    properties: dict[str, tuple[str, ...]]
    """What the list says of it, by property."""
    datasets: tuple[str, ...]
    """The list."""
    referents: tuple[str, ...] = ()
    """Empty: nothing is put together of several lists."""
    target: bool = False
    """The list itself aims at it; else it is there because of its ties to others."""


class Scored(Entity, frozen=True, kw_only=True):
    """A party that may be meant."""

    score: float
    """For putting results in order, 0 to 1: no probability."""
    match: bool
    """It is the party itself, and the score reaches the threshold; of the same group or owned by it is none."""
    features: dict[str, float]
    """How names agree: 1 for what holds."""
    relation: NameRelation
    """What the name says of the party."""
    remarks: tuple[str, ...]
    """What else should be known."""


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are."""

    value: int
    """Number of them."""
    relation: str = "eq"
    """It is no estimate."""


class Matches(msgspec.Struct, frozen=True, kw_only=True):
    """Who may be meant by one query."""

    status: int = 200
    """It was answered."""
    results: tuple[Scored, ...]
    """The best first."""
    total: Total
    """Of the results that are given."""
    query: Example
    """As it was asked."""


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which names agree."""

    description: str
    """What it says."""
    url: str | None = None
    """Empty."""


class MatchResponse(msgspec.Struct, frozen=True, kw_only=True):
    """Who may be meant."""

    responses: dict[str, Matches]
    """By the names that the queries had."""
    matcher: dict[str, Feature]
    """What the features say."""
    limit: int
    """Results of each query, at most."""


class SearchResponse(msgspec.Struct, frozen=True, kw_only=True):
    """Who is called so."""

    results: tuple[Entity, ...]
    """The best first."""
    facets: dict[str, Any]
    """Empty."""
    limit: int
    """Results, at most."""
    offset: int
    """Results that were passed over."""
    total: Total
    """Of all results."""


class Dataset(msgspec.Struct, frozen=True, kw_only=True):
    """A list that can be asked."""

    name: str
    """By which it is asked."""
    title: str
    """What people call it."""
    version: str
    """Release, or the first digits of the digest of its file."""
    load: bool = True
    """It can be asked."""
    children: tuple[str, ...] = ()
    """None."""


class Catalog(msgspec.Struct, frozen=True, kw_only=True):
    """The lists that can be asked."""

    datasets: tuple[Dataset, ...]
    """The register first."""
    current: tuple[str, ...]
    """Names of all of them."""
    outdated: tuple[str, ...] = ()
    """None."""
    index_stale: bool = False
    """Nothing is ever out of date."""


class Algorithm(msgspec.Struct, frozen=True, kw_only=True):
    """How names are compared."""

    name: str
    """By which it is chosen."""
    description: str
    """What it does."""
    features: dict[str, Feature]
    """What it tells of a result."""


class Algorithms(msgspec.Struct, frozen=True, kw_only=True):
    """How names can be compared."""

    algorithms: tuple[Algorithm, ...]
    """There is one."""
    default: str = "debar"
    """Its name."""
    best: str = "debar"
    """Its name."""
