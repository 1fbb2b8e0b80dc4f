# SPDX-License-Identifier: Apache-2.0
"""Indicators and layouts, as far as that can be told without matching anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar import ranges
from debar.model.vocab import Grade, Kind, Meaning, Operator
from debar.register.checks import names
from debar.register.checks.faults import Fault
from debar.register.checks.times import interval
from debar.text import digits, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Embedding, Indicator, Layout, Sign
    from debar.register import Register

_SHOWN = 60
"""Characters of a pattern that a message quotes."""
_BLOCKS = (6, 7, 9)
"""Hexadecimal digits of the blocks that the IEEE assigns: MA-L, MA-M and MA-S."""
_INSIDE = (Meaning.EMBEDDED, Meaning.COMPONENT, Meaning.HARDWARE, Meaning.CLIENT, Meaning.RESIDUE)
_LEVEL_CAP = {Grade.PRIMARY: 5, Grade.SECONDARY: 5, Grade.UNVERIFIED: 2}


def indicator_faults(indicator: Indicator, register: Register) -> Iterator[Fault]:
    """Yield what can be told of an indicator without matching it."""
    yield from _whose(indicator, register)
    for field in ("patterns", "examples", "references"):
        if not getattr(indicator, field):
            yield Fault((field,), "needs at least one pattern, one example and one reference")
    yield from _patterns((), indicator)
    yield from interval(indicator.valid_from, indicator.valid_until, names=("valid_from", "valid_until"))


def embedding_faults(embedding: Embedding, register: Register) -> Iterator[Fault]:
    """Yield what can be told of an embedding without matching it; one without signs is only told, never recognised."""
    yield from _whose(embedding, register)
    if not embedding.references:
        yield Fault(("references",), "needs at least one reference")
    if embedding.meaning not in _INSIDE:
        yield Fault(("meaning",), f"what a product of others holds is one of {', '.join(_INSIDE)}")
    for number, sign in enumerate(embedding.signs):
        if not sign.patterns or not sign.examples:
            yield Fault(("signs", number), "needs at least one pattern and one example")
        yield from _patterns(("signs", number), sign)
    yield from interval(embedding.valid_from, embedding.valid_until, names=("valid_from", "valid_until"))


def _whose(noun: Indicator | Embedding, register: Register) -> Iterator[Fault]:
    """Yield what is wrong with the party and product that something points to, and with how sure it is of that."""
    party = register.parties.get(noun.party)
    if party is None:
        yield names.missing(("party",), "party", noun.party, register.parties)
    elif noun.product and noun.product not in (known := [p.id for p in party.products]):
        yield names.missing(("product",), f"product of {party.id}", noun.product, known)
    if not 1 <= noun.level <= _LEVEL_CAP[noun.grade]:
        yield Fault(("level",), f"level {noun.level} is not allowed for a fact graded {noun.grade}")


def _patterns(at: tuple[str | int, ...], noun: Indicator | Sign) -> Iterator[Fault]:
    for number, pattern in enumerate(noun.patterns):
        if said := _pattern(pattern, noun.operator) or _of_kind(pattern, noun):
            yield Fault((*at, "patterns", number), said)


def _of_kind(pattern: str, noun: Indicator | Sign) -> str:
    """Give what is wrong with a pattern for its kind, or nothing: it would never fit."""
    what = f"pattern {pattern[:_SHOWN]!r}"
    if noun.kind is Kind.MAC and noun.operator is Operator.PREFIX and len(digits(pattern)) not in _BLOCKS:
        return f"{what} is no registered block: those have 24, 28 or 36 bits, which is 6, 7 or 9 digits"
    if noun.operator is Operator.WITHIN and noun.kind is not Kind.IP:
        return f"{what}: only an address lies within a range"
    return "" if noun.operator is not Operator.WITHIN or ranges.bounds(pattern) else f"{what} is no range of addresses"


def _pattern(pattern: str, operator: Operator) -> str:
    """Give what is wrong with a pattern, or nothing."""
    what = f"pattern {pattern[:_SHOWN]!r}"
    if operator is not Operator.REGEX:
        return "" if fold(pattern) else f"{what}: an empty pattern fits everything"
    try:
        compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as e:
        return f"{what} is no regular expression: {e}"
    return f"{what} fits everything: it fits an empty value" if compiled.search("") else ""


def layout_faults(layout: Layout) -> Iterator[Fault]:
    """Yield the faults of a layout: a table that nothing is known of, a column that carries no kind of observable."""
    for kind in layout.columns:
        if kind not in list(Kind):
            yield names.missing(("columns", kind), "kind of observable", kind, list(Kind))._replace(missing="")
    for field in ("required", "label", "columns"):
        if not getattr(layout, field):
            yield Fault((field,), f"{field} names no column")
    for number, group in enumerate(layout.required):
        if not all(fold(name) for name in group) or not group:
            yield Fault(("required", number), "a group of columns without a name")
