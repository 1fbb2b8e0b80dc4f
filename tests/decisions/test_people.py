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
]
OTHERS = [
    ("A. Meyer", "B. Kim"),
    ("A. Meyer", "A. Meyers"),
    ("a.meyer@example.org", "a.meyer@example.net"),
    ("A. Meyer <a.meyer@example.org>", "B. Kim <b.kim@example.org>"),
    ("A. Meyer", "b.kim@example.org"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_makes_no_second_person(one: str, other: str) -> None:
    """Case, order, points, invisible characters, an address instead of a name: it stays one person, either way round."""
    assert is_same_person(one, other)
    assert is_same_person(other, one)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_persons_stay_two(one: str, other: str) -> None:
    """Another name, or another address without a name, is somebody else."""
    assert not is_same_person(one, other)
    assert not is_same_person(other, one)
