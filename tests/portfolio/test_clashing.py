# SPDX-License-Identifier: Apache-2.0
"""Promises about scopes: two patterns fit a name together exactly when there is such a name; what is let in never contradicts."""

from __future__ import annotations

from datetime import date, timedelta
from fnmatch import fnmatchcase
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.decisions import decided
from debar.model.portfolio import Asked
from debar.model.results import Decision, Exposure, Identity
from debar.model.vocab import Meaning, Verdict
from debar.model.vocab.portfolio import Asking
from debar.portfolio.clashing import clashes, fit, making_way

NAMES = ["".join(signs) for length in range(6) for signs in product("ab", repeat=length)]
patterns = st.text(alphabet="ab*?", max_size=4)


@given(patterns, patterns)
def test_two_patterns_fit_together_where_a_name_fits_both(one: str, other: str) -> None:
    """A name of at most five letters shows it, for patterns of at most four signs of which stars may be nothing."""
    there = any(fnmatchcase(name, one) and fnmatchcase(name, other) for name in NAMES)
    if there:
        assert fit(one, other)
    elif "*" not in one or "*" not in other:
        assert not fit(one, other)


@given(patterns, patterns)
def test_it_is_the_same_the_other_way_round(one: str, other: str) -> None:
    """Neither pattern goes before the other."""
    assert fit(one, other) == fit(other, one)


def test_examples() -> None:
    """Patterns as people write them."""
    assert fit("kiosk-*", "*-01")
    assert not fit("kiosk-*", "ws-*")
    assert not fit("srv-1", "srv-2")
    assert fit("*a", "a*")
    assert fit("srv-[0-9]", "ws-*")


def test_long_patterns_take_no_time() -> None:
    """Stars upon stars are compared place by place."""
    assert fit("*a" * 150, "*b" * 150 + "*")
    assert not fit("*a" * 150, "*b" * 150)


DAYS = [(date(2027, 1, 1) + timedelta(days=n)).isoformat() for n in range(8)]
EXPOSURES = [
    Exposure(
        id=f"exp-{number:012x}",
        asset=asset,
        party="acme",
        product=product,
        version="",
        identity=Identity(on=DAYS[0], dated=False, ties=(), host=""),
        meaning=Meaning.INSTALLED,
        level=3,
        confidence=0.5,
        techniques=(),
        matches=(),
        first_seen="",
        last_seen="",
    )
    for number, (asset, product) in enumerate(product(("a", "ab", "ba", "b"), ("one", "two")))
]
decisions = st.builds(
    lambda exposure, assets, party, verdict, days: Decision(
        exposure=exposure,
        assets=assets,
        party=party,
        verdict=verdict,
        reason="so",
        requester="A. Meyer",
        approver="B. Kim",
        created=min(days),
        expires=max(days),
    ),
    st.sampled_from(("", "", EXPOSURES[0].id, EXPOSURES[3].id)),
    st.sampled_from(((), ("a*",), ("*b",), ("ab", "b"), ("?",))),
    st.sampled_from(("acme", "acme/one", "acme/two")),
    st.sampled_from((Verdict.ACCEPTED, Verdict.CONFIRMED, Verdict.FALSE_POSITIVE, Verdict.REPLACED)),
    st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS)),
)


@given(st.lists(decisions, max_size=8))
def test_what_was_let_in_leaves_no_exposure_without_an_answer(wanted: list[Decision]) -> None:
    """Whatever people decide one after the other: the procedure never finds a contradiction, on any day."""
    known: list[Asked] = []
    for number, one in enumerate(wanted):
        if any(clashes([one], known)):
            continue
        ways = {asked.id for asked in making_way([one], known)}
        ends = (date.fromisoformat(one.created) - timedelta(days=1)).isoformat()
        known = [replace(a, decision=replace(a.decision, expires=ends)) if a.id in ways else a for a in known]
        known.append(Asked(id=str(number), decision=one, state=Asking.APPROVED, requester="a", requested_at=""))
    every = [asked.decision for asked in known if asked.decision.created <= asked.decision.expires]
    for day in DAYS:
        found = decided(EXPOSURES, [], every, day)
        assert len(found.exposures) + len(found.set_aside) == len(EXPOSURES)
