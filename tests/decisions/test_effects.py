# SPDX-License-Identifier: Apache-2.0
"""What a decision does to an exposure on a day, and what it never does: lose one, or count by the order of blocks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from agreed import ABOUT_THINGS, ASIDE, DAY, DAYS, DECISIONS, EXPOSURES, MATCH, decision, exposure
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar import decisions
from debar.errors import UsageError
from debar.model.results import SetAside
from debar.model.vocab import Meaning, Verdict

if TYPE_CHECKING:
    from debar.model.results import Decision, Exposure


def test_a_false_positive_is_set_aside_and_says_why() -> None:
    """It stays visible: set aside, with the verdict, who, when, until when, and why."""
    found, aside = decisions.decided([exposure()], [], [decision(Verdict.FALSE_POSITIVE, ticket="SEC-1")], DAY)
    assert found == []
    assert (
        "a false positive, as A. Meyer decided on 2024-09-01 and B. Kim approved, until 2024-12-31: looked [SEC-1]"
        == aside[0].reason
    )
    assert Verdict.FALSE_POSITIVE is aside[0].exposure.decision.verdict  # type: ignore[union-attr]


def test_what_was_replaced_is_set_aside_until_it_is_seen_again() -> None:
    """Evidence of before the day of the decision, or of that day, is of what was replaced; newer evidence brings it back."""
    replaced = [decision(Verdict.REPLACED)]
    for seen in ("2024-08-01", "2024-09-01"):
        assert ([], 1) == (
            decisions.decided([exposure(seen=seen)], [], replaced, DAY).exposures,
            len(decisions.decided([exposure(seen=seen)], [], replaced, DAY).set_aside),
        )
    found, aside = decisions.decided([exposure(seen="2024-09-02T00:00:00Z")], [], replaced, DAY)
    assert ([None], []) == ([e.decision for e in found], aside)


def test_replaced_without_a_date_says_so() -> None:
    """Evidence without a date cannot be told from newer evidence, and the reason does not hide it."""
    _, aside = decisions.decided([exposure(seen="")], [], [decision(Verdict.REPLACED)], DAY)
    assert "no date tells whether the evidence is older" in aside[0].reason
    _, aside = decisions.decided([exposure(seen="")], [], [decision(Verdict.FALSE_POSITIVE)], DAY)
    assert "no date" not in aside[0].reason


def test_what_is_accepted_stays_an_exposure() -> None:
    """An acceptance is shown, and nothing else of the exposure changes."""
    accepted = decision(Verdict.ACCEPTED)
    found, aside = decisions.decided([exposure()], [], [accepted], DAY)
    assert ([replace(exposure(), decision=accepted)], []) == (found, aside)


def test_what_is_confirmed_is_proven_and_as_likely_as_before() -> None:
    """Somebody looked, so the level is 5; the probability stays that of the evidence."""
    (found,), _ = decisions.decided([exposure()], [], [decision(Verdict.CONFIRMED)], DAY)
    assert (5, 0.9) == (found.level, found.confidence)


def test_what_was_set_aside_counts_once_it_is_confirmed() -> None:
    """Whoever opened a product of which nobody knew what it holds makes it an exposure; a mention is never one."""
    unknown = SetAside(exposure=exposure(), reason="whether it holds it is not known")
    found, aside = decisions.decided([], [unknown], [decision(Verdict.CONFIRMED)], DAY)
    assert ([5], []) == ([e.level for e in found], aside)
    mention = SetAside(exposure=exposure(meaning=Meaning.MENTION), reason="mention only")
    found, aside = decisions.decided([], [mention], [decision(Verdict.CONFIRMED)], DAY)
    assert ([], ["mention only"]) == (found, [a.reason for a in aside])
    assert aside[0].exposure.decision


def test_one_id_set_aside_twice_is_confirmed_once() -> None:
    """Two reasons for the same id become one exposure with the evidence of both."""
    other = replace(exposure(), matches=(replace(MATCH, locator="/1"),))
    both = [SetAside(exposure=one, reason=reason) for one, reason in ((exposure(), "a"), (other, "b"))]
    (found,), aside = decisions.decided([], both, [decision(Verdict.CONFIRMED)], DAY)
    assert ({"/0", "/1"}, []) == ({m.locator for m in found.matches}, aside)
    surer = replace(other, confidence=0.95, version="2")
    both = [SetAside(exposure=one, reason=reason) for one, reason in ((exposure(), "a"), (surer, "b"))]
    (found,), _ = decisions.decided([], both, [decision(Verdict.CONFIRMED)], DAY)
    assert (0.95, "2") == (found.confidence, found.version)


def test_what_was_set_aside_stands_in_order_of_assets() -> None:
    """Whatever the case of their names."""
    every = [exposure("beta"), exposure("Alpha"), exposure("Gamma")]
    _, aside = decisions.decided(every, [], [decision(Verdict.NOT_THE_PARTY, party="maker")], DAY)
    assert ["Alpha", "beta", "Gamma"] == [one.exposure.asset for one in aside]


@pytest.mark.parametrize(
    ("day", "held"),
    [("2024-08-31", False), ("2024-09-01", True), ("2024-12-31", True), ("2025-01-01", False)],
)
def test_a_decision_holds_from_its_day_through_its_last(day: str, *, held: bool) -> None:
    """Both days count; before and after, the exposure is there as if nobody had decided."""
    found = decisions.decided([exposure()], [], [decision(Verdict.FALSE_POSITIVE)], day).exposures
    assert held == (found == [])


def test_a_wide_decision_is_about_all_that_is_in_its_scope() -> None:
    """Each exposure says so, and no other is touched."""
    made = decision(Verdict.ACCEPTED, assets=("lab-*",), party="maker")
    every = [exposure("lab-1"), exposure("LAB-2"), exposure("lab-3", party="another"), exposure("gate")]
    found, _ = decisions.decided(every, [], [made], DAY)
    assert {"lab-1", "LAB-2"} == {one.asset for one in found if one.decision == made}
    assert len(every) == len(found)


@pytest.mark.parametrize("verdict", [Verdict.EXEMPT, Verdict.WAIVED, Verdict.ACCEPTED])
def test_what_is_about_the_law_leaves_what_is_there_alone(verdict: Verdict) -> None:
    """An exemption, a waiver, and an acceptance under one measure are told by findings, never by an exposure."""
    made = decision(verdict, party="maker", measure="m#p")
    assert ([exposure()], []) == decisions.decided([exposure()], [], [made], DAY)


def test_the_special_goes_before_the_general() -> None:
    """A word about one exposure counts, where a wider one says otherwise; all else stays with the wider one."""
    wide, narrow = decision(Verdict.ACCEPTED, party="maker"), decision(Verdict.FALSE_POSITIVE)
    for made in ([wide, narrow], [narrow, wide]):
        found, aside = decisions.decided([exposure(), exposure("beta")], [], made, DAY)
        assert [("beta", wide)] == [(one.asset, one.decision) for one in found]
        assert [("alpha", narrow)] == [(one.exposure.asset, one.exposure.decision) for one in aside]


@pytest.mark.parametrize("scope", [{}, {"assets": ("a*",), "party": "maker"}])
def test_contradictions_of_one_width_are_a_fault(scope: dict[str, object]) -> None:
    """Nobody knows which of two was meant: both are named, with what they are about."""
    made = [decision(Verdict.CONFIRMED, **scope), decision(Verdict.REPLACED, **scope)]
    with pytest.raises(UsageError) as caught:
        decisions.decided([exposure()], [], made, DAY)
    assert exposure().id in caught.value.message
    assert all(word in caught.value.message for word in ("says confirmed", "says replaced", "A. Meyer"))


def test_decisions_that_agree_stand_side_by_side() -> None:
    """Confirmed and accepted at once: proven, and the acceptance is the one that is shown."""
    accepted = decision(Verdict.ACCEPTED)
    for made in ([accepted, decision(Verdict.CONFIRMED)], [decision(Verdict.CONFIRMED, party="maker"), accepted]):
        (found,), _ = decisions.decided([exposure()], [], made, DAY)
        assert (accepted, 5) == (found.decision, found.level)


def test_of_two_that_agree_the_newest_counts() -> None:
    """An acceptance that was renewed before it ended shows the later one."""
    old, new = decision(Verdict.ACCEPTED), decision(Verdict.ACCEPTED, created="2024-09-15", expires="2025-03-01")
    (found,), _ = decisions.decided([exposure()], [], [new, old], DAY)
    assert new == found.decision


@given(EXPOSURES, ASIDE, DECISIONS, DAYS)
def test_nothing_that_was_recognised_is_lost(
    exposures: list[Exposure], aside: list[SetAside], made: list[Decision], day: str
) -> None:
    """Every match that goes in comes out, and no two exposures share an id."""
    result = decisions.decided(exposures, aside, made, day)
    before = {(e.id, m) for e in (*exposures, *(a.exposure for a in aside)) for m in e.matches}
    after = {(e.id, m) for e in (*result.exposures, *(a.exposure for a in result.set_aside)) for m in e.matches}
    assert before == after
    assert [] == [id_ for id_, count in Counter(e.id for e in result.exposures).items() if count > 1]


@given(EXPOSURES, ASIDE, DECISIONS)
def test_an_expired_file_is_as_good_as_none(
    exposures: list[Exposure], aside: list[SetAside], made: list[Decision]
) -> None:
    """After the last day of every decision, the answer is that of no decisions."""
    assert decisions.decided(exposures, aside, made, "2025-01-01") == decisions.decided(
        exposures, aside, [], "2025-01-01"
    )


@given(EXPOSURES, ASIDE, DECISIONS, DAYS, st.randoms())
def test_the_order_of_blocks_changes_nothing(
    exposures: list[Exposure], aside: list[SetAside], made: list[Decision], day: str, random: object
) -> None:
    """Decisions may stand in any order, and a second time the same ones change nothing."""
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    once = decisions.decided(exposures, aside, made, day)
    assert once == decisions.decided(exposures, aside, shuffled, day)
    assert once == decisions.decided(once.exposures, once.set_aside, made, day)


@given(EXPOSURES, st.sampled_from(ABOUT_THINGS))
def test_a_wider_decision_touches_a_superset(exposures: list[Exposure], verdict: Verdict) -> None:
    """What one exposure's decision does to it, a decision on its party does as well, and to others of the party."""

    def touched(made: Decision) -> set[str]:
        found, aside = decisions.decided(exposures, [], [made], DAY)
        every = [*found, *(one.exposure for one in aside)]
        return {one.id for one in every if one.decision == made}

    assert touched(decision(verdict)) <= touched(decision(verdict, party="maker"))
