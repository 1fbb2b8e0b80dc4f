# SPDX-License-Identifier: Apache-2.0
"""Composed indicators and values for the tests of matching, and a plain reference to hold the quick one against."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from hypothesis import strategies as st

from composed import shipped
from debar.match.compile import Table, boundary, compile_index, normaliser
from debar.match.kept import load_index
from debar.match.kernel import LONGEST
from debar.model.inventory import Indicator
from debar.model.vocab import Grade, Kind, Meaning, Operator
from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
BENIGN = {
    file.stem: file.read_text(encoding="utf-8").splitlines() for file in (ROOT / "tests/data/benign").glob("*.txt")
}
"""Real values that point to nobody, by kind."""


SHIPPED = load_index(shipped())
KINDS = sorted(SHIPPED.tables)
MANY = 150
"""Known values of one kind that are tried."""


def indicator(
    kind: Kind, operator: Operator, *patterns: str, product: str = "", level: int = 4, meaning: Meaning | None = None
) -> Indicator:
    """Give an indicator that says nothing but what a test is about."""
    return Indicator(
        id=f"test-{kind}-{operator}-{'-'.join(patterns)}",
        party="maker",
        product=product,
        kind=kind,
        operator=operator,
        patterns=patterns,
        level=level,
        meaning=meaning,
        examples=patterns,
        counterexamples=(),
        falsepositives="none known",
        grade=Grade.SECONDARY,
        references=("https://example.com",),
    )


def table(kind: Kind, *indicators: Indicator) -> Table:
    """Give the table of one kind."""
    empty = Table(kind=kind, exact={}, prefixes={}, suffixes={}, phrases={}, regexes=())
    return compile_index(indicators).tables.get(kind, empty)


def reference(indicators: Sequence[Indicator], kind: Kind, value: str) -> tuple[int, ...]:
    """Give the positions of the indicators that fit a value, by trying each pattern of each of them.

    A pattern for the whole value stands alone. Otherwise mentions count only when one of them covers
    more of the value than all others do; then who tells the product wins, then whoever covers most
    of the value, all of them when several cover as much. A boundary at the end of a prefix covers
    nothing.
    """
    value = normaliser(kind)(value[:LONGEST])
    mark = boundary(kind)
    whole: set[int] = set()
    covered: list[tuple[int, int]] = []
    for position, operator, pattern in prepared(Identity(indicators), kind) if value else ():
        match operator:
            case Operator.EQUALS:
                if pattern == value:
                    whole.add(position)
            case Operator.REGEX:
                if found := expression(pattern).search(value):
                    covered.append((found.end() - found.start(), position))
            case Operator.PHRASE:
                if f" {pattern} " in f" {value} ":
                    covered.append((len(pattern), position))
            case Operator.SUFFIX:
                if f".{value}".endswith(f".{pattern}"):
                    covered.append((len(pattern), position))
            case Operator.PREFIX:
                if f"{value}{mark}".startswith(f"{pattern}{mark}"):
                    covered.append((len(pattern), position))
            case Operator.WITHIN:
                if bits := fixed_bits(pattern, value):
                    covered.append((bits, position))
    mentions = [c for c in covered if indicators[c[1]].meaning is Meaning.MENTION]
    others = [c for c in covered if c not in mentions]
    if others and max(others)[0] >= max(mentions, default=(0, 0))[0]:
        telling = [c for c in others if indicators[c[1]].product] or others
    else:
        telling = mentions
    won = {position for length, position in telling if length == max(telling)[0]}
    return tuple(sorted(whole or won))


expression = cache(re.compile)


class Identity:
    """Indicators that are the same only as themselves: comparing thousands takes longer than asking them."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.indicators = indicators

    def __hash__(self) -> int:
        return id(self.indicators)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and self.indicators is other.indicators


@lru_cache(maxsize=256)
def prepared(own: Identity, kind: Kind) -> list[tuple[int, Operator, str]]:
    """Give position, operator and normal form of each pattern of a kind."""
    normal, mark = normaliser(kind), boundary(kind)
    forms = {
        Operator.EQUALS: normal,
        Operator.SUFFIX: normal,
        Operator.PREFIX: lambda pattern: normal(pattern).removesuffix(mark) if mark else normal(pattern),
        Operator.PHRASE: fold,
    }
    return [
        (position, indicator.operator, forms.get(indicator.operator, str)(pattern))
        for position, indicator in enumerate(own.indicators)
        if indicator.kind is kind
        for pattern in indicator.patterns
    ]


@lru_cache(maxsize=1 << 14)
def fixed_bits(pattern: str, value: str) -> int:
    """Give how many bits a range of addresses fixes, plus one, when an address lies in it; else nothing."""
    try:
        address = as_number(value.partition("%")[0])
        low, high = (as_number(end) for end in pattern.split("-")) if "-" in pattern else whole(pattern)
    except ValueError:
        return 0
    return 129 - (high - low).bit_length() if low <= address <= high else 0


def as_number(text: str) -> int:
    """Give an address as a number; one of version 4 as version 6 maps it."""
    address = ipaddress.ip_address(text)
    return int(address) + (0xFFFF << 32 if address.version == 4 else 0)


def whole(pattern: str) -> tuple[int, int]:
    """Give the ends of a network."""
    network = ipaddress.ip_network(pattern)
    return as_number(str(network[0])), as_number(str(network[-1]))


@cache
def known(kind: Kind) -> list[str]:
    """Give what the shipped indicators of a kind are about: patterns, examples, counterexamples, benign values.

    Of very many, some from everywhere: registers of hardware addresses list thousands.
    """
    many = [i for i in SHIPPED.indicators if i.kind is kind]
    patterns = [p for i in many if i.operator is not Operator.REGEX for p in i.patterns]
    if kind is Kind.IP:
        patterns += [end for p in patterns for end in re.split("[-/]", p)[:2] if "." in end or ":" in end]
        patterns += [f"::ffff:{p}" for p in patterns if p.count(".") == 3 and "-" not in p and "/" not in p]
    every = [*patterns, *(e for i in many for e in (*i.examples, *i.counterexamples)), *BENIGN.get(kind, [])]
    return every[:: max(1, len(every) // MANY)]


EXPRESSIONS = [
    "{}",
    "^{}",
    "{}$",
    r"\b{}\b",
    "^(?:the )?{}(?: [0-9]+)*$",
    "(?:^|[^a-z0-9]){}[0-9]{{0,2}}",
    "^(?:{}|x[0-9]{{2}})",
    "{}|^x.*y$",
    "(?:{}){{1,2}}z?",
    "[a-c]?{}(?=.)",
]
"""Regular expressions around a text."""
TAILS = [
    "",
    "/",
    "/x",
    ".",
    ".x",
    ":",
    ":x",
    "-x",
    "x",
    " x",
    "@1.0",
    "?a=b",
    "#c",
    "\\x",
    "®",
    "™ 11",
    "é",
    "\u0430",
    "%2F",
    "_",
    "\0",
]
HEADS = [
    "",
    "x",
    "x.",
    "www.",
    "x ",
    "The ",
    "/",
    "c:/",
    "C:\\",
    "HKLM\\",
    "é",
    "«",
    "cpe:2.3:a:",
    "cpe:/a:",
    "pkg:npm/",
]


def near(kind: Kind) -> st.SearchStrategy[str]:
    """Give values near what is known of a kind: as it is, in other cases, cut, joined, escaped, misspelt."""
    return st.one_of(
        st.builds(_twisted, st.sampled_from(known(kind)), _TWISTS, st.sampled_from(HEADS), st.sampled_from(TAILS)),
        st.text(max_size=20),
    )


_TWISTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("upper", "title", "drop", "double", "escape", "backslash", "hyphen", "wide", "slash", "cut"),
                *("dots", "dashes", "bare", "apart", "kelvin", "circled"),
            ]
        ),
        st.integers(0, 80),
    ),
    max_size=2,
)


def _twisted(value: str, twists: list[tuple[str, int]], head: str, tail: str) -> str:
    for twist, place in twists:
        at = place % (len(value) + 1)
        here = value[at : at + 1]
        changed = {
            "upper": value.upper(),
            "title": value.title(),
            "drop": value[:at] + value[at + 1 :],
            "double": value[:at] + here + value[at:],
            "escape": value[:at] + "".join(f"%{b:02x}" for b in here.encode()) + value[at + 1 :],
            "backslash": value[:at] + "\\" + value[at:],
            "hyphen": value.replace(" ", "-"),
            "wide": "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in value),
            "slash": value.replace("/", "\\"),
            "cut": value[at:],
            "dots": _spaced(value, 4, "."),
            "dashes": _spaced(value, 2, "-"),
            "bare": value.replace(":", ""),
            "apart": unicodedata.normalize("NFD", value),
            "kelvin": value.replace("k", "\u212a").replace("i", "\u0130").replace("ss", "\xdf"),
            "circled": "".join(chr(ord(c) + 0x2460 - 49) if "1" <= c <= "9" else c for c in value),
        }
        value = changed[twist]
    return f"{head}{value}{tail}"


def _spaced(value: str, size: int, mark: str) -> str:
    """Give the letters and digits of a value in groups, as hardware addresses are written."""
    plain = "".join(c for c in value if c.isalnum())
    return mark.join(plain[at : at + size] for at in range(0, len(plain), size))


class Composed(msgspec.Struct, frozen=True):
    """A few indicators of one kind, and values near them."""

    kind: Kind
    indicators: tuple[Indicator, ...]
    values: tuple[str, ...]


@st.composite
def composed(draw: st.DrawFn) -> Composed:
    """Give indicators over a tiny alphabet, so that patterns often lie inside one another."""
    kind = draw(
        st.sampled_from(
            [
                Kind.PURL,
                Kind.CPE,
                Kind.NAME,
                Kind.DOMAIN,
                Kind.PATH,
                Kind.REGISTRY,
                Kind.CODE,
                Kind.SKU,
                Kind.FILE,
                Kind.PUBLISHER,
                Kind.MODEL,
                Kind.TEXT,
            ]
        )
    )
    mark = boundary(kind)
    words = st.sampled_from(
        ["abcd", "abcde", "xabcd", "efgh", "hklm", "ab", "é", "йод", "卡巴", "가나", "abk", "security"]
    )
    joined = st.lists(words, min_size=1, max_size=3).flatmap(
        lambda w: st.sampled_from([mark, ".", " ", "/"]).map(lambda j: j.join(w))
    )
    ended = st.builds(str.__add__, joined, st.sampled_from(["", mark]))
    operators = [
        o
        for o in Operator
        if o is not Operator.WITHIN and (kind in (Kind.NAME, Kind.PUBLISHER, Kind.TEXT) or o is not Operator.PHRASE)
    ]
    made = st.builds(
        lambda o, p, wrap, product, meaning: indicator(
            kind,
            o,
            *((wrap.format(re.escape(x)) for x in p) if o is Operator.REGEX else p),
            product=product,
            meaning=meaning,
        ),
        st.sampled_from(operators),
        st.lists(ended, min_size=1, max_size=2),
        st.sampled_from(EXPRESSIONS),
        st.sampled_from(["", "shield"]),
        st.sampled_from([None, Meaning.MENTION]),
    )
    indicators = tuple(draw(st.lists(made, min_size=1, max_size=5)))
    patterns = [p for i in indicators for p in i.patterns]
    value = st.builds(_twisted, st.sampled_from(patterns), _TWISTS, st.sampled_from(HEADS), st.sampled_from(TAILS))
    return Composed(
        kind,
        indicators,
        tuple(draw(st.lists(st.one_of(st.sampled_from(patterns), joined, value), min_size=1, max_size=8))),
    )
