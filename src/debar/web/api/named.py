# SPDX-License-Identifier: Apache-2.0
"""Names against the parties of a list, in the words that existing screening clients speak (FollowTheMoney; yente 5).

A dataset is a list: `register` is that of the organisation's register, any other is an upload that is a list of parties. How names
are compared is that of `debar screen`; only the words are others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import NotThereError, UsageError
from debar.lists.ftm import NUMBERS
from debar.model.named import (
    Algorithm,
    Algorithms,
    Catalog,
    Dataset,
    Entity,
    Example,
    Feature,
    Matches,
    MatchQuery,
    MatchResponse,
    Scored,
    SearchResponse,
    Total,
)
from debar.model.vocab.names import Likeness, NameKind, NameRelation
from debar.portfolio import uploads
from debar.portfolio.register_of import register_of
from debar.readers.names import numbers
from debar.release import VERSION
from debar.screen.screening import THRESHOLD
from debar.web.api import listed
from debar.web.api.listed import DEFAULT, REGISTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.screened import NameHit
    from debar.portfolio.estates import Estate
    from debar.web.api.listed import Held

CUTOFF = 0.5
LIMIT, MOST_RESULTS = 5, 500
MOST_QUERIES = 100
_NAMES = ("name", "alias", "weakAlias", "previousName", "abbreviation", "tradeName")
_MOST_NAMES = 50
_LONGEST = 256
"""Characters of a name that are compared."""
_MOST_ASKED = 1000
"""Names of all queries of a request, which take some seconds where they are made up to."""
_KINDS = {NameKind.NAME: "name", NameKind.ALIAS: "alias", NameKind.FORMER: "previousName", NameKind.WEAK: "weakAlias"}
_FEATURES = {
    Likeness.EXACT: "parts of both names are the same",
    Likeness.TYPO: "parts of both names differ by a letter or two",
    Likeness.ABBREVIATION: "a part of one name is a usual abbreviation of a part of the other",
    Likeness.JOINED: "a part is written as one word in one name, and as several in the other",
    Likeness.TRANSLITERATED: "parts of both names are the same in different scripts",
    Likeness.ACRONYM: "letters stand for a name, as the list says",
    Likeness.TRUNCATED: "a part of one name is cut off",
    Likeness.IDENTIFIER: "a number in a public register of companies is the same",
}


class MatchOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How names are compared; parameters of yente that change nothing here are taken and left out."""

    limit: int = LIMIT
    """Results of each query, at most."""
    threshold: float = THRESHOLD
    """Score from which on a result counts as a match, 0 to 1."""
    cutoff: float = CUTOFF
    """Score below which nothing is a result, 0 to 1."""
    algorithm: str = "best"
    """best and debar are the same."""
    topics: tuple[str, ...] = ()
    """Left out."""
    fuzzy: str = ""
    """Left out."""
    organisation: str = ""
    """Id of the organisation, where whoever asks is a member of several and the address names none."""


class SearchOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What is searched for."""

    q: str
    """A name."""
    limit: int = 10
    """Results, at most."""
    offset: int = 0
    """Results that are passed over."""
    organisation: str = ""
    """Id of the organisation, where whoever asks is a member of several and the address names none."""


class Elsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """Of which organisation."""

    organisation: str = ""
    """Its id, where whoever asks is a member of several and the address names none."""


def matched(estate: Estate, dataset: str, query: MatchQuery, options: MatchOptions) -> MatchResponse:
    """Give who may be meant by each query; UsageError for what cannot be asked."""
    if not query.queries or len(query.queries) > MOST_QUERIES:
        raise UsageError(f"{len(query.queries)} queries", hint=f"ask 1 to {MOST_QUERIES} at once")
    if sum(len(_asked(one)) for one in query.queries.values()) > _MOST_ASKED:
        raise UsageError(f"the queries hold more than {_MOST_ASKED:,} names", hint="ask in several requests")
    if not 1 <= options.limit <= MOST_RESULTS or not (0 <= options.cutoff <= 1 and 0 <= options.threshold <= 1):
        raise UsageError(
            "limit, threshold or cutoff cannot be", hint=f"limit is 1 to {MOST_RESULTS}, the others 0 to 1"
        )
    if options.algorithm not in ("best", "debar", "default"):
        # A client that names an algorithm of yente's expects its scores: nothing else is passed off as them.
        raise UsageError(f"there is no algorithm {options.algorithm[:40]!r}", hint="leave it out, or say debar")
    held = listed.of(estate, dataset)
    responses = {name: _answer(held, dataset, one, options) for name, one in query.queries.items()}
    return MatchResponse(responses=responses, matcher=features(), limit=options.limit)


def searched(estate: Estate, dataset: str, options: SearchOptions) -> SearchResponse:
    """Give who is called so."""
    if not options.q or not 0 <= options.limit <= MOST_RESULTS or not 0 <= options.offset <= MOST_RESULTS:
        raise UsageError("q, limit or offset cannot be", hint=f"say a name, and at most {MOST_RESULTS}")
    held = listed.of(estate, dataset)
    hits = _hits(held, [options.q], (), CUTOFF, MOST_RESULTS)
    some = hits[options.offset : options.offset + options.limit]
    return SearchResponse(
        results=tuple(Entity(**_about(held, dataset, hit.party)) for hit in some),
        facets={},
        limit=options.limit,
        offset=options.offset,
        total=Total(value=len(hits)),
    )


def entity(estate: Estate, dataset: str, id_: str) -> Entity:
    """Give a party of a list; NotThereError for none."""
    held = listed.of(estate, dataset)
    if held.party(id_) is None:
        raise NotThereError("the list has no such party")
    return Entity(**_about(held, dataset, id_))


def catalog(estate: Estate) -> Catalog:
    """Give the lists that an organisation can ask: the register, and uploads that may be lists."""
    register = register_of(estate)
    found = [Dataset(name=REGISTER, title="debar register", version=register.version)]
    found += [
        Dataset(name=upload.id, title=upload.name, version=upload.sha256[:12])
        for upload in uploads.current(estate)
        if upload.size <= listed.LARGEST
    ]
    return Catalog(datasets=tuple(found), current=tuple(one.name for one in found))


def algorithms() -> Algorithms:
    """Give how names are compared."""
    text = f"what debar screen does, release {VERSION}: words by what they tell apart, scripts, legal forms, typing mistakes"
    return Algorithms(algorithms=(Algorithm(name="debar", description=text, features=features()),))


def features() -> dict[str, Feature]:
    """Give what the features of a result say."""
    return {how.value: Feature(description=text) for how, text in _FEATURES.items()}


def _answer(held: Held, dataset: str, one: Example, options: MatchOptions) -> Matches:
    texts = _asked(one)
    known = [
        (kind, number)
        for name, kind in NUMBERS.items()
        for text in _texts(one, name)
        if (number := numbers.number(kind, text))
    ]
    hits = _hits(held, texts, known, min(options.cutoff, options.threshold), options.limit)
    results = tuple(
        Scored(
            **_about(held, dataset, hit.party),
            score=round(hit.score, 3),
            match=hit.score >= options.threshold and hit.relation is NameRelation.SAME,
            features={agreement.how.value: 1.0 for agreement in hit.evidence},
            relation=hit.relation,
            remarks=hit.remarks,
        )
        for hit in hits
    )
    return Matches(results=results, total=Total(value=len(results)), query=one)


def _hits(held: Held, texts: list[str], known: Iterable[tuple[str, str]], cutoff: float, limit: int) -> list[NameHit]:
    """Give the parties that several names of one, or its numbers, may mean: of each the best, the best first."""
    found: dict[str, NameHit] = {}
    with held.guard:
        for hit in held.screener.numbered(known).values():
            found[hit.party] = hit
        for hits in held.screener.screen(texts, threshold=cutoff, limit=limit):
            for hit in hits:
                if hit.party not in found or hit.score > found[hit.party].score:
                    found[hit.party] = hit
    order = list(NameRelation)
    return sorted(found.values(), key=lambda hit: (-hit.score, order.index(hit.relation), hit.party))[:limit]


def _asked(one: Example) -> list[str]:
    """Give the names of a query, each once."""
    return list(dict.fromkeys(text for name in _NAMES for text in _texts(one, name)))[:_MOST_NAMES]


def _texts(one: Example, name: str) -> Iterator[str]:
    """Yield the texts of a property, which is a text, or a list of texts."""
    value = one.properties.get(name, ())
    for text in value if isinstance(value, list) else [value]:
        if isinstance(text, str) and text.strip():
            yield text.strip()[:_LONGEST]


def _about(held: Held, dataset: str, id_: str) -> dict[str, Any]:
    """Give the fields of an entity."""
    party = held.party(id_)
    assert party is not None
    said: dict[str, list[str]] = {}
    for name in party.names:
        said.setdefault(_KINDS[name.kind], []).append(name.text)
    if party.country:
        said["country"] = [party.country.lower()]
    by_kind = {kind: name for name, kind in reversed(NUMBERS.items())}
    for kind, text in party.identifiers.items():
        said.setdefault(by_kind.get(kind, "idNumber"), []).extend(text.split())
    if party.because:
        said["notes"] = list(party.because)
    return {
        "id": party.id,
        "caption": party.names[0].text,
        "schema": "Person" if party.is_person else "LegalEntity",
        "properties": {name: tuple(texts) for name, texts in said.items()},
        "datasets": (REGISTER if dataset == DEFAULT else dataset,),
        "target": party.is_listed,
    }
