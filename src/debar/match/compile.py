# SPDX-License-Identifier: Apache-2.0
"""Indicators to lookup tables, once for each register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import text
from debar.model.inventory import Indicator
from debar.model.vocab import Grade, Kind, Meaning, Operator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from debar.model.measures import Party

_WORDS = frozenset({Kind.NAME, Kind.PUBLISHER, Kind.SUPPLIER, Kind.PURCHASE, Kind.TEXT, Kind.TLS_ISSUER, Kind.SIGNER})
_DOMAINS = frozenset({Kind.DOMAIN, Kind.MAINTAINER_DOMAIN, Kind.REFERENCE_DOMAIN})
_RAW = frozenset({Kind.SKU, Kind.CONFIG})
_BOUNDARY = {Kind.CODE: ".", Kind.BUNDLE: ".", Kind.APP_ID: ".", Kind.EXTENSION: ".", Kind.CPE: ":", Kind.MAC: ":"}
"""Character at which a prefix may end inside a longer value of the kind."""


class Table(msgspec.Struct, frozen=True):
    """All indicators of one kind, arranged for asking. Values are positions in Index.indicators."""

    kind: Kind
    exact: dict[str, tuple[int, ...]]
    prefixes: dict[str, tuple[int, ...]]
    """Without the boundary that a pattern may end with: "abcd" and "abcd/" are one prefix."""
    suffixes: dict[str, tuple[int, ...]]
    phrases: dict[str, tuple[tuple[str, int], ...]]
    """First word -> phrases that begin with it, with a space at both ends."""
    regexes: tuple[tuple[str, int], ...]
    """Compiled on first use: most scans meet few kinds."""
    starts: tuple[str, ...] = ()
    """The prefixes, longest first: a value that starts with none of them fits none."""
    ends: tuple[str, ...] = ()
    """The suffixes: a value that ends with none of them fits none."""
    vague: frozenset[int] = frozenset()
    """Indicators that tell the party but no product."""
    mentions: frozenset[int] = frozenset()
    """Indicators that say of a value that it only names the party."""


class Index(msgspec.Struct, frozen=True):
    """Every indicator, ready to be asked."""

    indicators: tuple[Indicator, ...]
    tables: dict[Kind, Table]


_NORMALISERS: dict[Kind, Callable[[str], str]] = {
    **dict.fromkeys(_WORDS, text.fold),
    **dict.fromkeys(_DOMAINS, text.domain),
    **dict.fromkeys(_RAW, str.strip),
    Kind.PURL: text.purl,
    Kind.PATH: text.path,
    Kind.REGISTRY: text.registry,
    Kind.MAC: text.mac,
    Kind.CPE: lambda value: text.cpe(value) or value.lower(),
}


def normaliser(kind: Kind) -> Callable[[str], str]:
    """Give the function that brings values and patterns of a kind into their comparable form."""
    return _NORMALISERS.get(kind, str.lower)


def boundary(kind: Kind) -> str:
    """Give the character at which a prefix may end inside a longer value of the kind."""
    return _BOUNDARY.get(kind, "/")


def compile_index(indicators: Iterable[Indicator], parties: Iterable[Party] = ()) -> Index:
    """Give the index of all indicators and of the legal names of parties that make products."""
    every = (*indicators, *(named for party in parties for named in _named(party)))
    by_kind: dict[Kind, list[tuple[int, Indicator]]] = {}
    for position, indicator in enumerate(every):
        by_kind.setdefault(indicator.kind, []).append((position, indicator))
    return Index(indicators=every, tables={kind: _table(kind, by_kind[kind]) for kind in sorted(by_kind)})


def _named(party: Party) -> Iterator[Indicator]:
    """Yield indicators for a maker's legal names: as publisher of software, as seller in a ledger."""
    if not party.products or not party.legal_names:
        return
    for kind, meaning in ((Kind.PUBLISHER, None), (Kind.SUPPLIER, Meaning.PURCHASE)):
        yield Indicator(
            id=f"{party.id}-legal-name-{kind}",
            party=party.id,
            kind=kind,
            operator=Operator.EQUALS,
            patterns=(party.name, *party.legal_names, *party.former_names),
            level=4,
            meaning=meaning,
            examples=(party.legal_names[0],),
            counterexamples=(),
            falsepositives="another company of exactly the same name",
            grade=Grade.SECONDARY,
            references=(f"register/parties/{party.id}.yaml",),
        )


def _table(kind: Kind, own: list[tuple[int, Indicator]]) -> Table:
    normal, mark = normaliser(kind), boundary(kind)
    simple: dict[Operator, dict[str, list[int]]] = {
        Operator.EQUALS: {},
        Operator.PREFIX: {},
        Operator.SUFFIX: {},
    }
    phrases: dict[str, list[tuple[str, int]]] = {}
    regexes: list[tuple[str, int]] = []
    for position, indicator in own:
        for pattern in indicator.patterns:
            if indicator.operator is Operator.REGEX:
                regexes.append((pattern, position))
            elif indicator.operator is Operator.PHRASE:
                phrase = text.phrase(pattern)
                phrases.setdefault(phrase.split(" ", 2)[1], []).append((phrase, position))
            else:
                key = normal(pattern)
                if indicator.operator is Operator.PREFIX:
                    key = key.removesuffix(mark)
                simple[indicator.operator].setdefault(key, []).append(position)
    frozen = {
        operator: {key: tuple(dict.fromkeys(positions)) for key, positions in entries.items()}
        for operator, entries in simple.items()
    }
    return Table(
        kind=kind,
        exact=frozen[Operator.EQUALS],
        prefixes=frozen[Operator.PREFIX],
        suffixes=frozen[Operator.SUFFIX],
        phrases={word: tuple(sorted(found, key=lambda p: -len(p[0]))) for word, found in phrases.items()},
        regexes=tuple(regexes),
        starts=tuple(sorted(frozen[Operator.PREFIX], key=lambda head: (-len(head), head))),
        ends=tuple(sorted(frozen[Operator.SUFFIX])),
        vague=frozenset(position for position, indicator in own if not indicator.product),
        mentions=frozenset(position for position, indicator in own if indicator.meaning is Meaning.MENTION),
    )
