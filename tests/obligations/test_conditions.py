# SPDX-License-Identifier: Apache-2.0
"""Promises about conditions: which answers fulfil them, and what is said to an answer that cannot be read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from law import company, exemption, measure, provision, question, said, waiver

from debar.errors import UsageError
from debar.model.measures import Condition, Deadline
from debar.model.vocab import Status
from debar.obligations.conditions import are_refused, asked_by, fulfils, of_provision, unanswered

PLAIN = Condition(id="plain", fact="version", equals="dec-2023", needs="Which version?")
LATE = Condition(id="late", fact="awarded", not_before="2023-12-04", needs="When was it awarded?")
EARLY = Condition(id="early", fact="awarded", before="2023-12-04", needs="When was it awarded?")
BETWEEN = Condition(id="between", fact="awarded", not_before="2018-07-16", before="2023-12-04", needs="When?")
MODEL = Condition(id="model", fact="model_year", not_before="2027", needs="Of which model year is it?")
MUCH = Condition(id="much", fact="share", above="25", needs="How many percent?")


@pytest.mark.parametrize(
    ("condition", "answer", "expected"),
    [
        (PLAIN, "dec-2023", True),
        (PLAIN, "jul-2018", False),
        (PLAIN, "Dec-2023", False),
        (LATE, "2023-12-03", False),
        (LATE, "2023-12-04", True),
        (LATE, "2023-12-04T12:00:00-05:00", True),
        (LATE, "2023", False),
        (LATE, "2024", True),
        (EARLY, "2023-12-03", True),
        (EARLY, "2023-12-04", False),
        (EARLY, "2023", True),
        (BETWEEN, "2018-07-15", False),
        (BETWEEN, "2018-07-16", True),
        (BETWEEN, "2023-12-03", True),
        (BETWEEN, "2023-12-04", False),
        (MODEL, "2026", False),
        (MODEL, "2027", True),
        (MODEL, "2026-12-31", False),
        (MODEL, "2027-01-01", True),
        (MUCH, "25", False),
        (MUCH, "25.0", False),
        (MUCH, "25.1", True),
        (MUCH, "100", True),
        (MUCH, "-1", False),
    ],
)
def test_an_answer_fulfils_a_condition_or_does_not(condition: Condition, answer: str, expected: bool) -> None:
    """A word is itself; a year is its first day; the first day counts, the last does not; a number must be larger."""
    assert expected is fulfils(condition, answer)


@pytest.mark.parametrize("condition", [LATE, EARLY, BETWEEN, MODEL])
@pytest.mark.parametrize(
    "answer", ["", "yes", "no", "yesterday", "20231204", "2023-02-30", "23", "999", "٢٠٢٣", "3000"]
)
def test_an_answer_that_is_no_date_is_told(condition: Condition, answer: str) -> None:
    """The message names the fact and the answer, the hint says what to write."""
    with pytest.raises(UsageError) as e:
        fulfils(condition, answer)
    assert condition.fact in str(e.value)
    assert "write a date, 2024-10-01, or a year, 2027" == e.value.hint


@pytest.mark.parametrize("answer", ["", "yes", "25%", "25,5", "a quarter", "nan", "inf", "-Infinity", "0x19"])
def test_an_answer_that_is_no_number_is_told(answer: str) -> None:
    """Neither words nor what is infinite is a number."""
    with pytest.raises(UsageError, match=r"fact share: .* is no number") as e:
        fulfils(MUCH, answer)
    assert "write it as 35 or 35.5" == e.value.hint


def test_a_bad_answer_is_told_wherever_it_decides() -> None:
    """A provision, an exemption and a waiver ask for the same date, and none of them guesses."""
    who = company(facts={"awarded": "soon"})
    for rule, waivers in (
        (provision(conditions=(LATE,)), ()),
        (provision(exemptions=(exemption(conditions=(LATE,)),)), ()),
        (provision(), (waiver(conditions=(LATE,)),)),
    ):
        with pytest.raises(UsageError, match="fact awarded: 'soon'"):
            said(of=measure(rule, waivers=waivers), asked=question(who))


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))


@given(answer=DAYS, border=DAYS)
def test_before_and_not_before_share_no_day_and_leave_none_out(answer: date, border: date) -> None:
    """Of two versions of a clause that follow each other exactly one is in a contract."""
    old = Condition(id="old", fact="awarded", before=str(border), needs="When?")
    new = Condition(id="new", fact="awarded", not_before=str(border), needs="When?")
    assert {True, False} == {fulfils(old, str(answer)), fulfils(new, str(answer))}
    assert (answer >= border) is fulfils(new, str(answer))


@given(border=DAYS, width=st.integers(0, 800), answer=DAYS)
def test_a_time_between_two_days_is_both_conditions_at_once(border: date, width: int, answer: date) -> None:
    """From the first day on, and before the last."""
    last = border + timedelta(days=width)
    between = Condition(id="b", fact="awarded", not_before=str(border), before=str(last), needs="When?")
    assert (border <= answer < last) is fulfils(between, str(answer))


@given(answer=st.decimals(-1000, 1000, places=3), border=st.decimals(-1000, 1000, places=3))
def test_only_larger_numbers_are_above(answer: Decimal, border: Decimal) -> None:
    """Numbers are compared as what they are, not as words: 9 is not above 10."""
    above = Condition(id="a", fact="share", above=str(border), needs="How much?")
    assert (answer > border) is fulfils(above, str(answer))


def test_one_refused_condition_is_enough() -> None:
    """All conditions must hold; those that nobody has answered refuse nothing, and are named."""
    every = (PLAIN, LATE, MUCH)
    assert (False, ("plain", "late", "much")) == (are_refused(every, {}), unanswered(every, {}))
    assert (True, ("late",)) == (
        are_refused(every, {"version": "dec-2023", "share": "25"}),
        unanswered(every, {"version": "dec-2023", "share": "25"}),
    )
    answered = {"version": "dec-2023", "share": "30", "awarded": "2024"}
    assert (False, ()) == (are_refused(every, answered), unanswered(every, answered))


def test_what_can_decide_a_provision() -> None:
    """Its own conditions, those of its exemptions, of its measure's waivers and of those granted elsewhere."""
    rule = provision(
        conditions=(PLAIN,),
        exemptions=(exemption(conditions=(MUCH,)),),
        deadline=Deadline(after="identified_on", amount=3, unit="business-days"),
    )
    of = measure(rule, waivers=(waiver(conditions=(MODEL,)),))
    assert [PLAIN, MUCH, MODEL, LATE] == list(of_provision(of, rule, (waiver(conditions=(LATE,)),)))
    assert {"version", "share", "model_year", "identified_on"} == asked_by(of, rule)
    fixed = provision(deadline=Deadline(after="2024-07-20", amount=30, unit="calendar-days"))
    assert frozenset() == asked_by(measure(fixed), fixed)


@pytest.mark.parametrize(
    ("facts", "statuses"),
    [
        ({}, [Status.UNDETERMINED, Status.UNDETERMINED]),
        ({"awarded": "2020-01-01"}, [Status.PROHIBITED]),
        ({"awarded": "2024"}, [Status.PROHIBITED]),
    ],
)
def test_versions_of_a_clause_by_the_day_of_award(facts: dict[str, str], statuses: list[Status]) -> None:
    """Without the day both versions are a question; with it one of them binds."""
    old, new = provision(id="old", conditions=(EARLY,)), provision(id="new", conditions=(LATE,))
    found = said(old, new, asked=question(company(facts=facts)))
    assert statuses == [f.status for f in found]
    assert 1 == len({q for f in found for q in f.questions} or {""})
