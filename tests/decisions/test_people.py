# SPDX-License-Identifier: Apache-2.0
"""Who asks and who agrees are two persons, however their names are written."""

from __future__ import annotations

import pytest

from debar.decisions import is_same_person

SAME = [
    ("A. Meyer", "a meyer"),
    ("A. Meyer", "  A.\u200b MEYER "),
    ("Anna Meyer", "Meyer, Anna"),
    ("A. Meyer", "a.meyer@example.org"),
    ("Anna Meyer <anna.meyer@example.org>", "ANNA.MEYER@EXAMPLE.ORG"),
    ("a.meyer+audit@example.org", "a.meyer@example.org"),
    ("Anna Meyer <a@example.org>", "Anna Meyer <b@example.org>"),
    ("\uff21. Meyer", "A. Meyer"),
    ("Łukasz Żak", "żak łukasz"),
    ("Anna Meyer <am@example.org>", "Anna Meyer"),
    ("Anna Müller", "Anna Mueller"),
    ("\u0410nna M\u0435yer", "Anna Meyer"),
    ("Łukasz Żak", "Lukasz Zak"),
    ("Иван Петров", "Ivan Petrov"),
    ("Anna Meyer", "A. Meyer"),
    ("Anna Meyer", "a.meyer@example.org"),
    ("Anna B. Meyer", "Anna Meyer"),
    ("A. B. Meyer", "Meyer, Anna Berta"),
    ("李雷", "李雷"),
    ("X", "x"),
]
OTHERS = [
    ("A. Meyer", "B. Kim"),
    ("A. Meyer", "A. Meyers"),
    ("a.meyer@example.org", "a.meyer@example.net"),
    ("A. Meyer <a.meyer@example.org>", "B. Kim <b.kim@example.org>"),
    ("A. Meyer", "b.kim@example.org"),
    ("A. Meyer", "B. Meyer"),
    ("Anna Meyer", "Andrea Meyer"),
    ("Anna Meyer", "B. Meyer"),
    ("Anna Meyer", "Meyer Kim"),
    ("A. B.", "A. C."),
    ("A", "Anna"),
    ("李雷", "韩梅梅"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_makes_no_second_person(one: str, other: str) -> None:
    """Case, order, points, marks, other letters, initials, an address instead of a name: it stays one person, either way round."""
    assert is_same_person(one, other)
    assert is_same_person(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_persons_stay_two(one: str, other: str) -> None:
    """Another name, or another address without a name, is somebody else."""
    assert not is_same_person(one, other)
    assert not is_same_person(other, one)
