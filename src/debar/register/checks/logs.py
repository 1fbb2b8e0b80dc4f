# SPDX-License-Identifier: Apache-2.0
"""Layouts of logs, as far as that can be told without reading a line by them."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from debar.model.vocab import Kind
from debar.register.checks import names
from debar.register.checks.faults import Fault
from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import FieldLayout, LineLayout

_SHOWN = 60
"""Characters of a pattern that a message quotes."""


def line_layout_faults(layout: LineLayout) -> Iterator[Fault]:
    """Yield the faults of a line layout: patterns that are none or fit anything, groups that no pattern has."""
    groups: set[str] = set()
    for number, pattern in enumerate(layout.patterns):
        what = f"pattern {pattern[:_SHOWN]!r}"
        try:
            compiled = re.compile(pattern)
        except (re.error, RecursionError, OverflowError) as e:
            yield Fault(("patterns", number), f"{what} is no regular expression: {e}")
            continue
        groups.update(compiled.groupindex)
        if pattern.startswith(("^", r"\A")):
            yield Fault(("patterns", number), f"{what} begins with an anchor: it is matched where the message begins")
        if compiled.match(""):
            yield Fault(("patterns", number), f"{what} fits everything: it fits an empty line")
        if compiled.groups != len(compiled.groupindex):
            yield Fault(("patterns", number), f"{what} has a group without a name; (?:...) groups without one")
    if not layout.patterns:
        yield Fault(("patterns",), "needs at least one pattern")
    for at, name in _named(layout):
        if name not in groups:
            yield names.missing(at, "group", name, sorted(groups))._replace(missing="")
    yield from _common(layout)


def field_layout_faults(layout: FieldLayout) -> Iterator[Fault]:
    """Yield the faults of a field layout: one that fits anything, names that are none."""
    if not layout.required:
        yield Fault(("required",), "needs at least one group of fields")
    for number, group in enumerate(layout.required):
        if not group or not all(fold(name) for name in group):
            yield Fault(("required", number), "a group of fields without a name")
    yield from _common(layout)


def _named(layout: LineLayout | FieldLayout) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield (place, column) for each column that a layout names."""
    for field in ("asset", "label", "observed_at"):
        for number, name in enumerate(getattr(layout, field)):
            yield from (((field, number), part) for part in name.split("+"))
    for kind, columns in layout.columns.items():
        yield from ((("columns", kind, number), name) for number, name in enumerate(columns))
    yield from ((("forms", name), name) for name in layout.forms)


def _common(layout: LineLayout | FieldLayout) -> Iterator[Fault]:
    """Yield what can be wrong with either."""
    if not layout.columns:
        yield Fault(("columns",), "columns names no column")
    for kind in layout.columns:
        if kind not in list(Kind):
            yield names.missing(("columns", kind), "kind of observable", kind, list(Kind))._replace(missing="")
    columns = set(chain.from_iterable(layout.columns.values()))
    for name in layout.forms:
        if name not in columns:
            yield Fault(("forms", name), f"form of {name!r}, which no column is")
    for field in ("examples", "counterexamples"):
        if not getattr(layout, field):
            yield Fault((field,), "needs at least one example and one counterexample")
