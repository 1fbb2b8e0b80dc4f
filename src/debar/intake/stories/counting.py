# SPDX-License-Identifier: Apache-2.0
"""Where papers give other numbers of one thing, or name other sources for one number."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from debar.intake.stories.families import is_binding, topic
from debar.intake.stories.weighed import differ, value
from debar.model.intake import Conflict
from debar.model.vocab.statements import ConflictKind, Severity, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.stories.weighed import Weighed
    from debar.model.intake import ConflictValue, StatedNumber

_PEOPLE = frozenset({"employees", "workers", "staff", "people", "jobs", "positions", "persons", "staffers", "posts"})
"""Units that count the same heads."""
_NEARLY = {"=": (1.0, 1.0), "~": (0.9, 1.1), "<~": (0.9, 1.0), "<": (0.0, 1.0), "<=": (0.0, 1.0)}
"""How far below and above a number its modifier lets the truth lie; beyond these there is no upper end."""
_LOOSE = frozenset({"=", "~"})
_NEAR = 1.25
"""By how much two numbers of a history may differ to be accounts of one thing: a factor."""


def numbers(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield other numbers of one unit for one act."""
    for (act, counted), members in sorted(_counted(weighed).items()):
        conflicting = [
            pair
            for pair in combinations(_distinct(members), 2)
            if _conflict(pair[0], pair[1], is_history=act is StatedAct.BACKGROUND)
        ]
        if conflicting:
            found = {_key(one.statement.number) for pair in conflicting for one in pair if one.statement.number}
            yield Conflict(
                type=ConflictKind.NUMBER,
                severity=Severity.MATERIAL if is_binding(act) else Severity.MINOR,
                topic=f"number of {counted}: {topic(str(act), {act})}",
                values=_values(
                    [one for one in members if one.statement.number and _key(one.statement.number) in found]
                ),
            )


def sources(weighed: Sequence[Weighed]) -> Iterator[Conflict]:
    """Yield who else is named as the source of one number."""
    for (act, counted), members in sorted(_counted(weighed).items()):
        if act is StatedAct.BACKGROUND:
            continue
        said: dict[str, list[Weighed]] = {}
        for one in members:
            said.setdefault(one.statement.said_by[0] if one.statement.said_by else "", []).append(one)
        papers = {one.document for one in members}
        if len([name for name in said if name]) > 1 and len(papers) > 1:
            yield Conflict(
                type=ConflictKind.PARTY,
                severity=Severity.MINOR,
                topic=f"who gave the number of {counted}: {topic(str(act), {act})}",
                values=tuple(value(name or "nobody is named", said[name]) for name in sorted(said)),
            )


def _counted(weighed: Sequence[Weighed]) -> dict[tuple[StatedAct, str], list[Weighed]]:
    """Give statements with a number by act and unit."""
    found: dict[tuple[StatedAct, str], list[Weighed]] = {}
    for one in weighed:
        if one.statement.number and one.statement.polarity == "asserted":
            found.setdefault((one.statement.act, unit(one.statement.number)), []).append(one)
    return found


def unit(number: StatedNumber) -> str:
    """Give the unit of a number; heads are counted under many names."""
    told = number.unit.casefold()
    return "people" if told in _PEOPLE else told


def _distinct(members: Sequence[Weighed]) -> list[Weighed]:
    """Give one statement for each number and scope: what many papers repeat is compared once."""
    return list({(_key(one.statement.number), one.scopes): one for one in reversed(members) if one.statement.number}.values())  # fmt: skip


def _key(number: StatedNumber) -> tuple[str, int]:
    return number.op, number.value


def _conflict(one: Weighed, other: Weighed, *, is_history: bool) -> bool:
    """Tell whether two numbers are different claims about one thing."""
    here, there = one.statement.number, other.statement.number
    if here is None or there is None or _key(here) == _key(there) or differ(one, other):
        return False
    low, high = sorted((here.value, there.value))
    if is_history and high > low * _NEAR:
        return False
    if low == high:
        return {here.op, there.op} != _LOOSE
    return not _meet(here, there)


def _meet(here: StatedNumber, there: StatedNumber) -> bool:
    """Tell whether one truth could lie behind both."""
    (low, high), (lower, higher) = _bounds(here), _bounds(there)
    return low <= higher and lower <= high


def _bounds(number: StatedNumber) -> tuple[float, float]:
    below, above = _NEARLY.get(number.op, (1.0, float("inf")))
    return number.value * below, number.value * above


def _values(members: Sequence[Weighed]) -> tuple[ConflictValue, ...]:
    readings: dict[tuple[int, str], list[Weighed]] = {}
    for one in members:
        if number := one.statement.number:
            readings.setdefault((number.value, f"{'' if number.op == '=' else number.op}{number.value}"), []).append(
                one
            )
    return tuple(value(reading, readings[size, reading]) for size, reading in sorted(readings))
