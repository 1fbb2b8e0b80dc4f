# SPDX-License-Identifier: Apache-2.0
"""Indicators and layouts, as far as that can be told without matching anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab import Grade, Kind, Operator
from debar.register.checks import names
from debar.register.checks.faults import Fault
from debar.register.checks.times import interval
from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Indicator, Layout
    from debar.register import Register

_SHOWN = 60
"""Characters of a pattern that a message quotes."""
_LEVEL_CAP = {Grade.PRIMARY: 5, Grade.SECONDARY: 5, Grade.UNVERIFIED: 2}


def indicator_faults(indicator: Indicator, register: Register) -> Iterator[Fault]:
    """Yield what can be told of an indicator without matching it."""
    party = register.parties.get(indicator.party)
    if party is None:
        yield names.missing(("party",), "party", indicator.party, register.parties)
    elif indicator.product and indicator.product not in (known := [p.id for p in party.products]):
        yield names.missing(("product",), f"product of {party.id}", indicator.product, known)
    if not 1 <= indicator.level <= _LEVEL_CAP[indicator.grade]:
        yield Fault(("level",), f"level {indicator.level} is not allowed for a fact graded {indicator.grade}")
    for field in ("patterns", "examples", "references"):
        if not getattr(indicator, field):
            yield Fault((field,), "needs at least one pattern, one example and one reference")
    for number, pattern in enumerate(indicator.patterns):
        if said := _pattern(pattern, indicator.operator):
            yield Fault(("patterns", number), said)
    yield from interval(indicator.valid_from, indicator.valid_until, names=("valid_from", "valid_until"))


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
