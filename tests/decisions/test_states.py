# SPDX-License-Identifier: Apache-2.0
"""What became of every decision: valid, expired, not yet, unused; and what a reader is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agreed import ASIDE, DAY, DAYS, DECISIONS, EXPOSURES, decision, exposure
from hypothesis import given

from debar import decisions
from debar.model.vocab import Validity, Verdict

if TYPE_CHECKING:
    from debar.model.results import Decision, DecisionState, Exposure, SetAside

A = Verdict.ACCEPTED


def told(exposures: list[Exposure], made: list[Decision], day: str = DAY) -> tuple[list[DecisionState], list[str]]:
    """Give states and notes of decisions on exposures."""
    found, aside = decisions.decided(exposures, [], made, day)
    states = decisions.states(made, day, found, aside, [])
    return list(states), list(decisions.noted(states, [*found, *(one.exposure for one in aside)], day))


def test_a_decision_that_holds_says_what_it_touches() -> None:
    """Every exposure of its scope, also one that it set aside; a note is not needed."""
    for made in (decision(A, party="maker"), decision(Verdict.FALSE_POSITIVE, party="maker")):
        (state,), notes = told([exposure(), exposure("beta")], [made])
        assert (Validity.VALID, tuple(sorted((exposure().id, exposure("beta").id)))) == (state.state, state.exposures)
        assert f"holds until 2024-12-31: {made.verdict}, 2 exposures" in state.text
        assert [] == notes


def test_a_decision_that_has_expired_is_told() -> None:
    """The exposure is back, and a note says whose decision expired when."""
    _, notes = told([exposure()], [decision(Verdict.FALSE_POSITIVE)], "2025-01-01")
    assert [
        (
            f"the decision of A. Meyer, approved by B. Kim, on {exposure().id} (Shield) expired on 2024-12-31:"
            " it is false-positive no more"
        )
    ] == notes


def test_of_several_that_expired_only_the_last_is_told() -> None:
    """And none that another one of the same scope has taken the place of."""
    old = decision(A, created="2024-01-01", expires="2024-02-01", requester="C. Old")
    states, notes = told([exposure()], [decision(Verdict.FALSE_POSITIVE), old], "2025-01-01")
    assert [Validity.EXPIRED] * 2 == [one.state for one in states]
    assert ["A. Meyer" in note for note in notes] == [True]
    assert [] == told([exposure()], [decision(A), old])[1]


def test_a_wide_decision_that_has_expired_says_how_much_is_back() -> None:
    """One note for all that it was about."""
    _, notes = told([exposure(), exposure("beta")], [decision(A, party="maker")], "2025-01-01")
    assert ["2 exposures in its scope" in note for note in notes] == [True]


def test_a_decision_on_nothing_is_told() -> None:
    """A decision that holds and finds no exposure is a warning; one that has expired is none."""
    gone = [
        decision(A, "gone"),
        decision(A, "old", created="2023-01-01", expires="2023-02-01"),
        decision(A, "later", created="2025-01-01", expires="2025-02-01"),
    ]
    states, notes = told([exposure()], gone)
    assert [Validity.EXPIRED, Validity.UNUSED, Validity.NOT_YET] == [one.state for one in states]
    assert ["no such exposure was found" in note for note in notes] == [True]


def test_a_waiver_without_findings_is_unused() -> None:
    """What it is about is there, and nothing that the law says of it is waived."""
    made = decision(Verdict.WAIVED, party="maker", measure="m#p", granted_by="Office", reference="1")
    (state,), notes = told([exposure()], [made])
    assert (Validity.UNUSED, 1) == (state.state, len(state.exposures))
    assert ["no finding of m#p is there" in note for note in notes] == [True]


def test_what_was_replaced_and_is_seen_again_is_told() -> None:
    """The decision holds, and evidence overtook it."""
    (state,), notes = told([exposure(seen="2024-09-02")], [decision(Verdict.REPLACED)])
    assert Validity.VALID is state.state
    assert ["was seen on 2024-09-02: it is back" in note for note in notes] == [True]
    every = [exposure(seen="2024-09-02"), exposure("beta", seen="2024-09-05"), exposure("gamma")]
    _, notes = told(every, [decision(Verdict.REPLACED, party="maker")])
    assert ["was seen on 2024-09-05: it is back (2 exposures)" in note for note in notes] == [True]


def test_the_soonest_to_expire_stands_first() -> None:
    """With a report or without one."""
    made = [decision(A, asset, expires=day) for asset, day in (("alpha", "2025-03-01"), ("beta", "2024-11-01"))]
    for states in (decisions.unseen(made, DAY), decisions.states(made, DAY, [exposure()], [], [])):
        assert ["2024-11-01", "2025-03-01"] == [one.decision.expires for one in states]


def test_an_id_is_of_all_that_a_decision_says() -> None:
    """A decision of which one word was changed is another decision."""
    made = decision(A)
    assert decisions.identity(made) == decisions.identity(decision(A))
    others = [decision(A, reason="other"), decision(A, ticket="1"), decision(A, expires="2024-12-30")]
    assert 4 == len({decisions.identity(one) for one in (made, *others)})


@given(EXPOSURES, ASIDE, DECISIONS, DAYS)
def test_every_decision_has_one_state(
    exposures: list[Exposure], aside: list[SetAside], made: list[Decision], day: str
) -> None:
    """None is left out, whatever it does; the state is that of the day, and unused where nothing is in scope."""
    found, kept = decisions.decided(exposures, aside, made, day)
    states = decisions.states(made, day, found, kept, [])
    assert {decisions.identity(one) for one in made} == {one.id for one in states}
    for state in states:
        expected = decisions.standing(state.decision, day)
        is_unused = expected is Validity.VALID and not state.exposures
        assert (Validity.UNUSED if is_unused else expected) is state.state
