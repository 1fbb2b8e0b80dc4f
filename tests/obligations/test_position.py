# SPDX-License-Identifier: Apache-2.0
"""Promises about what all findings on an act come to on a day, and what comes next."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law import company, measure, provision, question, register, subject

from debar import dates
from debar.model.measures import Measure, Provision
from debar.model.results import Position
from debar.model.vocab import Act, AddresseeKind, Effect, Grade, Meaning, Modality, Status
from debar.obligations.findings import decide
from debar.obligations.position import GRAVITY, positions
from debar.obligations.question import Question, subject_of
from debar.register import Register


def on(day: str, *rules: Provision, more: tuple[Measure, ...] = ()) -> Position:
    """Give the position of use on a day under some provisions of one measure, and other measures."""
    law, asked = register(measure(*rules), *more), question(as_of=day)
    (found,) = positions(decide(law, subject(), asked, (Act.USE,)), law, asked, (Act.USE,))
    return found


BAN = provision(applies_from="2024-07-20T00:00-04:00")
RISK = provision(
    id="risk", modality=Modality.PERMITTED, effect=Effect.AT_RISK, applies_from="2024-06-20", applies_until="2024-07-20"
)


def test_without_a_rule_an_act_is_permitted() -> None:
    """Nothing in the register restricts it; the position says so and names no finding."""
    law, asked = register(measure()), question()
    assert (
        Position(act=Act.RESELL, status=Status.PERMITTED, since=None, until=None, becomes=None, findings=()),
    ) == positions([], law, asked, (Act.RESELL,))


@pytest.mark.parametrize(
    ("day", "status", "until", "becomes"),
    [
        ("2024-06-19", Status.PERMITTED, "2024-06-20T04:00:00Z", Status.AT_RISK),
        ("2024-06-20", Status.AT_RISK, "2024-07-20T04:00:00Z", Status.PROHIBITED),
        ("2024-07-19", Status.AT_RISK, "2024-07-20T04:00:00Z", Status.PROHIBITED),
        ("2024-07-20T03:59:59Z", Status.AT_RISK, "2024-07-20T04:00:00Z", Status.PROHIBITED),
        ("2024-07-20T04:00:00Z", Status.PROHIBITED, None, None),
        ("2024-07-20", Status.PROHIBITED, None, None),
    ],
)
def test_a_position_says_until_when_and_what_it_becomes(
    day: str, status: Status, until: str | None, becomes: Status | None
) -> None:
    """A later stage that is known is announced with its first instant."""
    found = on(day, BAN, RISK)
    assert (status, until, becomes) == (found.status, found.until, found.becomes)


def test_a_position_ends_when_its_provision_ends() -> None:
    """A ban that is known to run out says when, and that the act is permitted then."""
    found = on("2024-08-01", provision(applies_until="2025-01-01"))
    assert (Status.PROHIBITED, "2025-01-01T05:00:00Z", Status.PERMITTED) == (found.status, found.until, found.becomes)


def test_a_later_stage_of_the_same_status_is_no_change() -> None:
    """What stays prohibited under another provision goes on."""
    again = provision(id="again", applies_from="2025-01-01")
    assert (None, None) == (on("2024-08-01", BAN, again).until, on("2024-08-01", BAN, again).becomes)


def test_a_gap_between_two_stages_is_a_change() -> None:
    """A ban that ends before the next begins leaves a time in between."""
    found = on("2024-08-01", provision(applies_until="2024-09-01"), provision(id="again", applies_from="2024-10-01"))
    assert ("2024-09-01T04:00:00Z", Status.PERMITTED) == (found.until, found.becomes)


def test_the_earliest_deciding_finding_gives_since() -> None:
    """Since is when the position began, and every finding of that status is named."""
    found = on("2024-10-01", BAN, provision(id="again", applies_from="2024-09-01"))
    assert ("2024-07-20T04:00:00Z", 2) == (found.since, len(found.findings))


def test_the_gravest_measure_decides() -> None:
    """A permission in one measure never lifts the prohibition of another."""
    other = measure(provision(id="free", modality=Modality.PERMITTED), id="us-other")
    assert Status.PROHIBITED is on("2024-10-01", BAN, more=(other,)).status


def test_gravity_orders_every_status() -> None:
    """Each status has its place, a duty first."""
    assert set(Status) == set(GRAVITY)
    assert (Status.PROHIBITED, Status.REQUIRED) == GRAVITY[:2]
    assert Status.PERMITTED is GRAVITY[-1]


def test_a_day_ends_where_each_authority_sits() -> None:
    """The same date is another instant for an authority in Tokyo."""
    tokyo = measure(provision(applies_from="2024-07-20"), id="us-tokyo", authority="jp-office")
    law, asked = register(tokyo), question(as_of="2024-07-19T15:00:00Z")
    (found,) = positions(decide(law, subject(), asked, (Act.USE,)), law, asked)
    assert Status.PROHIBITED is found.status


def test_positions_stand_in_the_order_of_the_vocabulary() -> None:
    """Acts come in the order in which the vocabulary explains them, each once."""
    law, asked = register(measure(provision(acts=(Act.REMOVE, Act.USE, Act.ACQUIRE)))), question()
    found = positions(decide(law, subject(), asked, tuple(Act)), law, asked)
    assert [Act.ACQUIRE, Act.USE, Act.REMOVE] == [p.act for p in found]


def test_an_unverified_ban_is_an_open_position() -> None:
    """A lead alone leaves the position undetermined."""
    assert Status.UNDETERMINED is on("2024-10-01", provision(grade=Grade.UNVERIFIED)).status


DAYS = st.dates(min_value=date(2016, 1, 1), max_value=date(2028, 1, 1)).map(str)
KINDS = st.sampled_from([k for k in AddresseeKind if k not in (AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON)])


ANY = st.integers(0, 999)
FREE = (Status.EXEMPT, Status.PERMITTED)
"""Going from one of these to the other changes nothing for anybody."""


def shipped(register: Register, which: int, kind: AddresseeKind, moment: str, known: str = "") -> dict[Act, Position]:
    """Give the positions on every act with one of the products that ship, or with an unknown one."""
    party = register.parties["kaspersky"]
    products = ["", *(p.id for p in party.products)]
    meaning = (Meaning.INSTALLED, Meaning.EMBEDDED)[which % 2]
    about = subject_of(party, products[which // 2 % len(products)], meaning)
    asked = Question(organisation=company(kind), as_of=moment, known_on=known)
    return {p.act: p for p in positions(decide(register, about, asked, tuple(Act)), register, asked, tuple(Act))}


def is_same(one: Status, other: Status) -> bool:
    """Tell whether two statuses are the same for whoever asks."""
    return one is other or (one in FREE and other in FREE)


@settings(max_examples=200)
@given(which=ANY, kind=KINDS, day=DAYS, known=st.just("") | DAYS)
def test_what_is_announced_comes_true(
    which: int, kind: AddresseeKind, day: str, known: str, register: Register
) -> None:
    """For every law that ships: the announced instant brings what was announced, and the one before does not."""
    for act, position in shipped(register, which, kind, day, known).items():
        if position.until is None:
            continue
        before = dates.stamp(dates.key(position.until) - timedelta(seconds=1))
        assert position.becomes is shipped(register, which, kind, position.until, known)[act].status
        assert is_same(position.status, shipped(register, which, kind, before, known)[act].status)
        assert position.becomes and not is_same(position.status, position.becomes)


@settings(max_examples=200)
@given(which=ANY, kind=KINDS, day=DAYS, later=DAYS)
def test_nothing_changes_unannounced(which: int, kind: AddresseeKind, day: str, later: str, register: Register) -> None:
    """For every law that ships: without an announced change until then, a later day has the same position."""
    day, later = sorted((day, later))
    first, last = (shipped(register, which, kind, moment) for moment in (day, later))
    end = dates.stamp(dates.ends(later, "America/New_York"))
    changed = [act for act in Act if not is_same(first[act].status, last[act].status)]
    assert [] == [act for act in changed if not (until := first[act].until) or until > end]
