# SPDX-License-Identifier: Apache-2.0
"""What a decision is about: every part of the scope that is stated has to fit, and a wider scope reaches more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from agreed import ABOUT_THINGS, ASSETS, decision, exposure
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar import decisions
from debar.model.vocab import Verdict

if TYPE_CHECKING:
    from debar.model.results import Decision

A, F, C, R = Verdict.ACCEPTED, Verdict.FALSE_POSITIVE, Verdict.CONFIRMED, Verdict.REPLACED


@pytest.mark.parametrize(
    ("scope", "is_reached"),
    [
        ({"assets": ("KIOSK-*",)}, True),
        ({"assets": ("lab-*", "kiosk-0?")}, True),
        ({"assets": ("*b*c*", "*k*0*1*")}, True),
        ({"assets": ("kiosk",)}, False),
        ({"party": "maker"}, True),
        ({"party": "maker/shield"}, True),
        ({"party": "maker/other"}, False),
        ({"party": "mak"}, False),
        ({"party": "maker", "assets": ("lab-*",)}, False),
        ({"purl": "pkg:npm/left-pad"}, True),
        ({"purl": "pkg:npm/LEFT-PAD@1.3.0"}, True),
        ({"purl": "pkg:npm/left-pad@1.*"}, True),
        ({"purl": "pkg:npm/left*"}, True),
        ({"purl": "pkg:npm/left-pad@2.0"}, False),
        ({"purl": "pkg:npm/left"}, False),
        ({"purl": "pkg:pypi/left-pad"}, False),
        ({"exposure": "exp-000000000000", "party": "maker"}, False),
        ({"measure": "any-measure"}, True),
    ],
)
def test_every_part_of_a_scope_has_to_fit(scope: dict[str, object], *, is_reached: bool) -> None:
    """Names of machines are compared without case; a package with or without its version; parties whole."""
    one = exposure("Kiosk-01", purl="pkg:npm/left-pad@1.3.0?arch=x")
    assert is_reached == decisions.reaches(decision(A, **scope), one)


def test_a_package_is_all_of_an_exposure_or_none() -> None:
    """A word about one package decides nothing about other evidence of the same exposure: of another, or without one."""
    one = exposure(purl="pkg:npm/left-pad@1.3.0")
    wanted = decision(F, purl="pkg:npm/left-pad")
    for other in ("pkg:npm/right-pad@1", ""):
        mixed = replace(one, matches=(*one.matches, replace(one.matches[0], purl=other)))
        assert decisions.reaches(wanted, one)
        assert not decisions.reaches(wanted, mixed)


PARTS = {
    "exposure": exposure("alpha").id,
    "assets": ("alph*",),
    "party": "maker",
    "purl": "pkg:npm/shield@1",
}


@given(ASSETS, st.sets(st.sampled_from(sorted(PARTS)), min_size=1), st.sampled_from(sorted(PARTS)))
def test_a_wider_scope_reaches_a_superset(asset: str, parts: set[str], left_out: str) -> None:
    """Whatever a scope reaches is reached as well when one of its parts is left out."""
    narrow = decision(A, **{"exposure": "", "about": "", **{part: PARTS[part] for part in parts}})
    wide = replace(narrow, **{left_out: () if left_out == "assets" else ""})
    one = exposure(asset, purl="pkg:npm/shield@1")
    assert decisions.reaches(wide, one) or not decisions.reaches(narrow, one)


@pytest.mark.parametrize(
    ("one", "other", "is_contradiction"),
    [
        (decision(C), decision(F), True),
        (decision(A), decision(R), True),
        (decision(F), decision(R), True),
        (decision(C), decision(A), False),
        (decision(F), decision(Verdict.NOT_THE_PARTY), False),
        (decision(A, measure="m"), decision(F), False),
        (decision(Verdict.WAIVED, measure="m"), decision(F), False),
    ],
)
def test_decisions_contradict_where_they_say_different_things_of_the_world(
    one: Decision, other: Decision, *, is_contradiction: bool
) -> None:
    """It is there, it is not the party's, it is gone: one of these; what the law says of it is another question."""
    assert is_contradiction == decisions.contradict(one, other)
    assert is_contradiction == decisions.contradict(other, one)


@pytest.mark.parametrize(
    ("fields", "is_met"),
    [
        ({}, True),
        ({"created": "2024-12-31", "expires": "2025-01-31"}, True),
        ({"created": "2025-01-01", "expires": "2025-01-31"}, False),
        ({"verdict": F}, True),
        ({"verdict": C}, False),
        ({"exposure": "", "party": "maker"}, False),
    ],
)
def test_a_decision_makes_way_for_one_on_the_same(fields: dict[str, object], *, is_met: bool) -> None:
    """The same scope and a common day, and the same verdict or a contradiction; two that agree stand side by side."""
    assert is_met == decisions.meet(decision(A), replace(decision(A), **fields))


@given(st.sampled_from(ABOUT_THINGS), st.sampled_from(ABOUT_THINGS))
def test_nothing_contradicts_itself(one: Verdict, other: Verdict) -> None:
    """A verdict agrees with itself, and contradiction goes both ways."""
    assert not decisions.contradict(decision(one), decision(one))
    assert decisions.contradict(decision(one), decision(other)) == decisions.contradict(decision(other), decision(one))
