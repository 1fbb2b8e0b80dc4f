# SPDX-License-Identifier: Apache-2.0
"""Whether the facts that were stated answer the conditions of a provision or exemption."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from debar import dates
from debar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from debar.model.measures import Condition, Measure, Provision, Waiver


def fulfils(condition: Condition, answer: str) -> bool:
    """Tell whether an answer fulfils a condition; UsageError for one that is no date, year or number where it must be."""
    if condition.above:
        return number(condition.fact, answer) > Decimal(condition.above)
    if condition.not_before or condition.before:
        day = first_day(condition.fact, answer)
        return (not condition.not_before or day >= first_day(condition.fact, condition.not_before)) and (
            not condition.before or day < first_day(condition.fact, condition.before)
        )
    return answer == condition.equals


def number(fact: str, answer: str) -> Decimal:
    """Give an answer as a number; UsageError for what is none."""
    try:
        value = Decimal(answer)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise UsageError(f"fact {fact}: {answer!r} is no number", hint="write it as 35 or 35.5")
    return value


def first_day(fact: str, answer: str) -> str:
    """Give a date, or the first day of a year such as "2027"; UsageError for anything else."""
    day = f"{answer}-01-01" if len(answer) == len("2027") and answer.isdecimal() else answer
    try:
        dates.parse(day)
    except ValueError as e:
        raise UsageError(f"fact {fact}: {e}", hint="write a date, 2024-10-01, or a year, 2027") from e
    return day[: len("2027-01-01")]


def are_refused(conditions: Iterable[Condition], facts: Mapping[str, str]) -> bool:
    """Tell whether a stated fact answers one of the conditions otherwise."""
    return any(c.fact in facts and not fulfils(c, facts[c.fact]) for c in conditions)


def unanswered(conditions: Iterable[Condition], facts: Mapping[str, str]) -> tuple[str, ...]:
    """Give the ids of the conditions that no stated fact answers."""
    return tuple(c.id for c in conditions if c.fact not in facts)


def of_provision(measure: Measure, provision: Provision, granted: Iterable[Waiver] = ()) -> Iterator[Condition]:
    """Yield every condition that can decide a provision: its own, its exemptions', its measure's and other waivers'."""
    yield from provision.conditions
    for exemption in provision.exemptions:
        yield from exemption.conditions
    for waiver in (*measure.waivers, *granted):
        yield from waiver.conditions


def asked_by(measure: Measure, provision: Provision) -> frozenset[str]:
    """Give the names of the facts that can decide a provision, or the deadline of its duty."""
    facts = {condition.fact for condition in of_provision(measure, provision)}
    if provision.deadline and not dates.is_date(provision.deadline.after):
        facts.add(provision.deadline.after)
    return frozenset(facts)
