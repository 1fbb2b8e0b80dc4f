# SPDX-License-Identifier: Apache-2.0
"""Indicators to lookup tables, once for each register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import ranges, text
from debar.match.confidence import WEIGHT, probabilities
from debar.match.guard import Guard, guard
from debar.match.named import indicators as sellers
from debar.model.inventory import Embedding, Indicator
from debar.model.vocab import Grade, Kind, Meaning, Operator
from debar.ranges import Ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from debar.model.inventory import Calibration
    from debar.model.measures import Party
    from debar.register import Register

WORDS = frozenset({Kind.NAME, Kind.PUBLISHER, Kind.SUPPLIER, Kind.PURCHASE, Kind.TEXT, Kind.TLS_ISSUER, Kind.SIGNER})
"""Kinds whose values are words: punctuation counts for nothing."""
_DOMAINS = frozenset({Kind.DOMAIN, Kind.MAINTAINER_DOMAIN, Kind.REFERENCE_DOMAIN})
_RAW = frozenset({Kind.SKU, Kind.CONFIG})
_BOUNDARY = {Kind.CODE: ".", Kind.BUNDLE: ".", Kind.APP_ID: ".", Kind.EXTENSION: ".", Kind.CPE: ":"} | {
    Kind.HARDWARE_ID: ":",
    Kind.OID: ".",
    Kind.MAC: "",
}
"""Character at which a prefix may end inside a longer value of the kind; anywhere, where there is none."""


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
    guard: Guard = Guard()
    """Which of the expressions to ask about a value."""
    lengths: tuple[int, ...] = ()
    """How long the prefixes are, each once, where they may end anywhere in a value."""
    ranges: Ranges = Ranges()
    vague: frozenset[int] = frozenset()
    """Indicators that tell the party but no product."""
    mentions: frozenset[int] = frozenset()
    """Indicators that say of a value that it only names the party."""


class Index(msgspec.Struct, frozen=True):
    """Every indicator, ready to be asked."""

    indicators: tuple[Indicator, ...]
    tables: dict[Kind, Table]
    probabilities: tuple[float, ...]
    """By position: how likely a match of it is right."""
    by_level: dict[int, float]
    """The same for any indicator of a level."""
    embeddings: dict[int, Embedding] = {}
    """Position of an indicator that tells a product of others -> what is known of that."""
    called: dict[str, tuple[str, ...]] = {}
    """Party -> what it is called, as folded phrases with a space at both ends."""
    digest: str = ""
    """Of all it was made from, under which what is made of it may be kept; empty when nothing may."""


_NORMALISERS: dict[Kind, Callable[[str], str]] = {
    **dict.fromkeys(WORDS, text.fold),
    **dict.fromkeys(_DOMAINS, text.domain),
    **dict.fromkeys(_RAW, str.strip),
    Kind.PURL: text.purl,
    Kind.PATH: text.path,
    Kind.REGISTRY: text.registry,
    Kind.MAC: text.digits,
    Kind.CPE: lambda value: text.cpe(value) or value.lower(),
}


def normaliser(kind: Kind) -> Callable[[str], str]:
    """Give the function that brings values and patterns of a kind into their comparable form."""
    return _NORMALISERS.get(kind, str.lower)


def boundary(kind: Kind) -> str:
    """Give the character at which a prefix may end inside a longer value of the kind; empty for anywhere."""
    return _BOUNDARY.get(kind, "/")


def compile_register(register: Register, tables: dict[Kind, Table] | None = None) -> Index:
    """Give the index of everything that a register recognises; its tables are made unless they are known."""
    return compile_index(
        register.indicators, register.parties.values(), register.embeddings, register.calibrations, tables
    )


def compile_index(
    indicators: Iterable[Indicator],
    parties: Collection[Party] = (),
    embeddings: Iterable[Embedding] = (),
    calibrations: Sequence[Calibration] = (),
    tables: dict[Kind, Table] | None = None,
) -> Index:
    """Give the index of all indicators, of the legal names of parties that make products, and of products of others."""
    own = (*indicators, *(each for party in parties for each in _named(party)), *sellers(parties))
    hosts = [(embedding, sign) for embedding in embeddings for sign in _signs(embedding)]
    every = (*own, *(sign for _, sign in hosts))
    return Index(
        indicators=every,
        tables=_tables(every) if tables is None else tables,
        probabilities=probabilities(every, calibrations),
        by_level={**WEIGHT, **{c.level: c.probability for c in calibrations if not c.kind}},
        embeddings={position: embedding for position, (embedding, _) in enumerate(hosts, len(own))},
        called={party.id: tuple(text.phrase(name) for name in (party.name, *party.aliases)) for party in parties},
    )


def _tables(every: Sequence[Indicator]) -> dict[Kind, Table]:
    by_kind: dict[Kind, list[tuple[int, Indicator]]] = {}
    for position, indicator in enumerate(every):
        by_kind.setdefault(indicator.kind, []).append((position, indicator))
    return {kind: _table(kind, by_kind[kind]) for kind in sorted(by_kind)}


def _signs(embedding: Embedding) -> Iterator[Indicator]:
    """Yield an indicator for each way in which a product of others shows itself."""
    for number, sign in enumerate(embedding.signs, 1):
        yield Indicator(
            id=f"{embedding.id}-{number}",
            party=embedding.party,
            product=embedding.product,
            kind=sign.kind,
            operator=sign.operator,
            patterns=sign.patterns,
            level=embedding.level,
            meaning=embedding.meaning,
            valid_from=embedding.valid_from,
            valid_until=embedding.valid_until,
            examples=sign.examples,
            counterexamples=sign.counterexamples,
            falsepositives=embedding.falsepositives,
            grade=embedding.grade,
            references=embedding.references,
        )


def _named(party: Party) -> Iterator[Indicator]:
    """Yield indicators for a maker's legal names: as publisher of software, as seller in a ledger.

    Its short name is none of them: "DJI" in a ledger is a prison service in the Netherlands.
    """
    if not party.products or not party.legal_names:
        return
    for kind, meaning in ((Kind.PUBLISHER, None), (Kind.SUPPLIER, Meaning.PURCHASE)):
        yield Indicator(
            id=f"{party.id}-legal-name-{kind}",
            party=party.id,
            kind=kind,
            operator=Operator.EQUALS,
            patterns=(*party.legal_names, *party.former_names),
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
    within: list[tuple[str, int]] = []
    for position, indicator in own:
        for pattern in indicator.patterns:
            if indicator.operator is Operator.REGEX:
                regexes.append((pattern, position))
            elif indicator.operator is Operator.WITHIN:
                within.append((pattern, position))
            elif indicator.operator is Operator.PHRASE:
                phrase = text.phrase(pattern)
                phrases.setdefault(phrase.split(" ", 2)[1], []).append((phrase, position))
            else:
                key = normal(pattern)
                if indicator.operator is Operator.PREFIX:
                    key = key.removesuffix(mark) if mark else key
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
        guard=guard(pattern for pattern, _ in regexes),
        lengths=() if mark else tuple(sorted({len(head) for head in frozen[Operator.PREFIX]})),
        ranges=ranges.compiled(within),
        vague=frozenset(position for position, indicator in own if not indicator.product),
        mentions=frozenset(position for position, indicator in own if indicator.meaning is Meaning.MENTION),
    )
