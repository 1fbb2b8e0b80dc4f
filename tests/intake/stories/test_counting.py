# SPDX-License-Identifier: Apache-2.0
"""Promises of numbers: which differ, which are one, and who gave them."""

from __future__ import annotations

import pytest

from debar.intake.stories.counting import numbers, sources
from debar.intake.stories.weighed import Weighed, weigh
from debar.model.intake import Span, StatedNumber, Statement
from debar.model.vocab.statements import ConflictKind, Severity
from storied import stated

MODIFIERS = {"": "=", "<": "<", ">": ">", "~": "~", "<~": "<~"}


def counted(told: str, document: str, unit: str = "employees", act: str = "supplier.layoff", by: str = "") -> Statement:
    op, value = told.rstrip("0123456789"), int(told.lstrip("<>~"))
    number = StatedNumber(text=told, op=MODIFIERS[op], value=value, unit=unit, span=Span(0, 1))
    return stated(act, "", document, number=number, said_by=(by,) if by else ())


def weighed(*statements: Statement) -> tuple[Weighed, ...]:
    return weigh(statements, (), ())


@pytest.mark.parametrize(
    ("one", "other"), [("<50", "~50"), ("20", "<~20"), ("50", "500"), ("<30", "~40"), (">100", "60"), ("20", "35")]
)
def test_other_numbers_of_one_thing_are_a_minor_conflict(one: str, other: str) -> None:
    """Fewer than 50 and about 50 are other claims, even if 49 would be both; nobody acts otherwise."""
    (found,) = numbers(weighed(counted(one, "a"), counted(other, "b")))
    assert (found.type, found.severity) == (ConflictKind.NUMBER, Severity.MINOR)
    assert {value.value: [fact[0] for fact in value.facts] for value in found.values} == {one: ["a"], other: ["b"]}


@pytest.mark.parametrize(("one", "other"), [("50", "50"), ("50", "~50"), (">100", "120"), ("<50", "45"), ("~50", "47")])
def test_numbers_that_can_both_be_true_are_none(one: str, other: str) -> None:
    """More than 100 and 120 are one number, told more or less exactly."""
    assert list(numbers(weighed(counted(one, "a"), counted(other, "b")))) == []


def test_heads_are_counted_under_many_names() -> None:
    """Employees, workers and jobs are the same heads; cameras are not."""
    assert len(list(numbers(weighed(counted("<50", "a", "workers"), counted("~50", "b", "jobs"))))) == 1
    assert list(numbers(weighed(counted("<50", "a", "workers"), counted("~50", "b", "cameras")))) == []


def test_a_number_of_a_duty_is_material() -> None:
    """How many sites must be cleared is what somebody goes by."""
    (found,) = numbers(weighed(counted("50", "a", "sites", "require.remove"), counted("80", "b", "sites", "require.remove")))  # fmt: skip
    assert found.severity is Severity.MATERIAL


def test_far_numbers_of_a_history_are_other_things() -> None:
    """Twenty years in a country and five years of a contract are no rivals; twenty and nearly twenty are."""
    history = [counted("20", "a", "years", "background"), counted("5", "b", "years", "background")]
    assert list(numbers(weighed(*history))) == []
    assert len(list(numbers(weighed(history[0], counted("<~20", "c", "years", "background"))))) == 1


def test_one_number_with_other_sources_is_a_minor_conflict() -> None:
    """Who gave a number is told where papers name others, with those that name nobody."""
    (found,) = sources(weighed(counted("<50", "a", by="Zetter"), counted("<50", "b", by="The Register"), counted("~50", "c")))  # fmt: skip
    assert [value.value for value in found.values] == ["nobody is named", "The Register", "Zetter"]
    assert (found.type, found.severity) == (ConflictKind.PARTY, Severity.MINOR)


def test_one_source_is_no_conflict() -> None:
    """A source that some name and others leave out is one source."""
    assert list(sources(weighed(counted("<50", "a", by="Zetter"), counted("<50", "b")))) == []
