# SPDX-License-Identifier: Apache-2.0
"""Whether the layouts of logs in the register know a text, and whether each of them keeps its own examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from debar.readers.loglines import entries, fieldlogs, linelogs, syslog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Example, FieldLayout, LineLayout, LogLayouts

_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
_PAIRED = 3
"""Pairs in a line of pairs; prose with fewer also has an equals sign. CEF says itself that it is pairs."""


def recognised(head: str, layouts: LogLayouts) -> str:
    """Give the name of the reader for a log that begins like this; nothing when no layout knows it.

    The head is what `sniff` looks at: without a byte-order mark, and cut off anywhere.
    """
    text = head.lstrip("\ufeff \t\r\n")
    if text[:1] in {"{", "["} and (entry := _first(text)) is not None:
        fitting = fieldlogs.unwrapped(fieldlogs.Known(layouts.fields), "", entry)
        return "jsonlog" if any(said and said.told for _, said in fitting) else ""
    lines = linelogs.content(head)
    if _is_paired(lines, layouts):
        return "keyvalue"
    return "lines" if linelogs.fitting(lines, layouts.lines) else ""


def _is_paired(lines: list[str], layouts: LogLayouts) -> bool:
    """Tell whether nearly all lines are pairs, and one of them of a layout: devices log other events among them."""
    if not lines or ("=" not in lines[0] + lines[-1] and ':"' not in lines[0]):
        return False
    known = fieldlogs.Known(layouts.fields)
    pairs = [fieldlogs.message(line)[1] for line in lines]
    paired = sum(len(found) >= _PAIRED or "CEF:" in line for line, found in zip(lines, pairs, strict=True))
    return paired >= linelogs.SHARE * len(lines) and any(fieldlogs.said(known, found) for found in pairs if found)


def _first(text: str) -> dict[str, object] | None:
    """Give the first object of a text that may be cut off; of an array, its first element."""
    start = 1 if text[0] == "[" else 0
    start += len(text[start:]) - len(text[start:].lstrip())
    try:
        entry, _ = json.JSONDecoder().raw_decode(text, start)
    except _UNREADABLE:
        return _first_wrapped(text) if start == 0 else None
    return entry if isinstance(entry, dict) else None


def _first_wrapped(text: str) -> dict[str, object] | None:
    """Give the first entry of {"records": [{...}, ... when the whole is longer than what is looked at."""
    start = text.find("[")
    while start >= 0:
        begin = start + 1 + len(text[start + 1 :]) - len(text[start + 1 :].lstrip())
        if text[begin : begin + 1] == "{":
            return _first("[" + text[begin:])
        start = text.find("[", begin) if begin < 1 << 12 else -1
    return None


def examples_fail(layouts: LogLayouts) -> list[str]:
    """Give a line for each layout that misses an example, reads it wrongly, or fits a counterexample of its own."""
    faults = []
    for line_layout in layouts.lines:
        faults += [f"{line_layout.id}: {said}" for said in _line_faults(line_layout)]
    for field_layout in layouts.fields:
        faults += [f"{field_layout.id}: {said}" for said in _field_faults(field_layout)]
    return faults


def _line_faults(layout: LineLayout) -> Iterator[str]:
    known = linelogs.Known((layout,))
    if unknown := _unknown_forms(layout):
        yield unknown
        return
    for example in layout.examples:
        found = known.found(example.line, syslog.header(example.line))
        yield from _differences(example, found is not None, linelogs.told(found) if found else None)
    for line in layout.counterexamples:
        if (found := known.found(line, syslog.header(line))) and linelogs.told(found):
            yield f"fits its counterexample {line!r}"


def _field_faults(layout: FieldLayout) -> Iterator[str]:
    known = fieldlogs.Known((layout,))
    if unknown := _unknown_forms(layout):
        yield unknown
        return
    for example in layout.examples:
        found = fieldlogs.said(known, _fields(example.line))
        yield from _differences(example, found is not None, found.told if found else None)
    for line in layout.counterexamples:
        if (found := fieldlogs.said(known, _fields(line))) and found.told:
            yield f"fits its counterexample {line!r}"


def _fields(line: str) -> dict[str, str]:
    if line.startswith("{"):
        return fieldlogs.flat(msgspec.json.decode(line))
    return fieldlogs.message(line)[1]


def _unknown_forms(layout: LineLayout | FieldLayout) -> str:
    from debar.readers.loglines.contacted import FORMS

    unknown = sorted(set(layout.forms.values()) - set(FORMS))
    return f"no form is called {unknown[0]!r}; known are {', '.join(FORMS)}" if unknown else ""


def _differences(example: Example, fits: bool, told: entries.Told | None) -> Iterator[str]:  # noqa: FBT001
    """Yield what an example says otherwise than what was read."""
    if not fits:
        yield f"misses its example {example.line!r}"
        return
    values: dict[str, tuple[str, ...]] = {}
    for observable in told.observables if told else ():
        values[observable.kind] = (*values.get(observable.kind, ()), observable.value)
    if values != example.values:
        yield f"reads {values} in {example.line!r}, not {example.values}"
    for field in ("asset", "observed_at"):
        if (meant := getattr(example, field)) and told and getattr(told, field) != meant:
            yield f"reads {field} {getattr(told, field)!r} in {example.line!r}, not {meant!r}"
