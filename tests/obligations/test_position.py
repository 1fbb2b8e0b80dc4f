# SPDX-License-Identifier: Apache-2.0
"""Promises about what all findings on an act come to on a day, and what comes next."""

from datetime import timedelta

import pytest
from drawn import ACTS, ASKING, LOTS, MOMENTS, TRADERS, Lot, composed, organisation
from drawn import subject as any_subject
from hypothesis import given, settings
from law import CONDITION, company, exemption, halt, measure, provision, question, register, subject, waiver

from composed import shipped
from debar import dates
from debar.model.measures import Measure, Provision
from debar.model.results import Position
from debar.model.vocab import Act, Effect, Grade, Halt, Instrument, Meaning, Modality, Status
from debar.obligations.findings import decide
from debar.obligations.position import GRAVITY, in_force, positions
from debar.obligations.question import Question, subject_of

FREE = frozenset({Status.PROPOSED, Status.SUSPENDED, Status.EXEMPT, Status.PERMITTED})
"""Going from one of these to the other changes nothing for anybody."""


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
    """Each status has its place: what is forbidden, then what needs a licence, duties, questions; freedom last."""
    assert set(Status) == set(GRAVITY)
    assert len(Status) == len(GRAVITY)
    assert (Status.PROHIBITED, Status.LICENCE_REQUIRED, Status.REQUIRED, Status.UNDETERMINED) == GRAVITY[:4]
    assert set(GRAVITY[-4:]) == FREE


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


# ---- pieces of time


@pytest.mark.parametrize(
    ("day", "status", "since", "until", "becomes"),
    [
        ("2024-07-19", Status.PERMITTED, None, "2024-07-20T04:00:00Z", Status.PROHIBITED),
        ("2024-08-01", Status.PROHIBITED, "2024-07-20T04:00:00Z", "2024-09-01T04:00:00Z", Status.SUSPENDED),
        ("2024-10-01", Status.SUSPENDED, "2024-09-01T04:00:00Z", "2025-09-01T04:00:00Z", Status.PROHIBITED),
        ("2025-09-01", Status.PROHIBITED, "2025-09-01T04:00:00Z", None, None),
    ],
)
def test_a_position_moves_with_the_pieces_of_a_provision(
    day: str, status: Status, since: str | None, until: str | None, becomes: Status | None
) -> None:
    """A suspended ban says when it comes back, and the ban before it when it stops."""
    found = on(day, provision(interruptions=(halt(applies_until="2025-09-01"),)))
    assert (status, since, until, becomes) == (found.status, found.since, found.until, found.becomes)


def test_a_position_between_two_freedoms_announces_neither() -> None:
    """From exempt to waived to suspended nothing changes for anybody; the end of the last one does."""
    rule = provision(
        exemptions=(exemption(applies_until="2024-11-01"),),
        interruptions=(halt(applies_from="2025-01-01", applies_until="2025-06-01"),),
    )
    of = measure(rule, waivers=(waiver(applies_from="2024-11-01", applies_until="2025-01-01"),))
    law, asked = register(of), question()
    (found,) = positions(decide(law, subject(), asked, (Act.USE,)), law, asked)
    assert (Status.EXEMPT, "2025-06-01T04:00:00Z", Status.PROHIBITED) == (found.status, found.until, found.becomes)


def test_an_exemption_from_one_measure_never_lifts_another() -> None:
    """The gravest finding in force decides, and is the one that is named."""
    exempt = measure(provision(exemptions=(exemption(),)), id="us-mild")
    found = on("2024-10-01", provision(interruptions=(halt(applies_from="2025-01-01"),)), more=(exempt,))
    assert (Status.PROHIBITED, 1) == (found.status, len(found.findings))
    assert ("2025-01-01T05:00:00Z", Status.SUSPENDED) == (found.until, found.becomes)


def test_a_waiver_that_expires_is_announced() -> None:
    """Whoever is let off is told until when."""
    law, asked = register(measure(waivers=(waiver(applies_until="2024-12-01"),))), question()
    (found,) = positions(decide(law, subject(), asked, (Act.USE,)), law, asked)
    assert (Status.EXEMPT, "2024-12-01T05:00:00Z", Status.PROHIBITED) == (found.status, found.until, found.becomes)


def test_what_is_not_enforced_stays_prohibited() -> None:
    """The position is that of the law, before, during and after."""
    rule = provision(interruptions=(halt(Halt.NON_ENFORCEMENT, applies_until="2025-01-01"),))
    for day in ("2024-08-01", "2024-10-01", "2025-02-01"):
        found = on(day, rule)
        assert (Status.PROHIBITED, None) == (found.status, found.until)


def test_what_is_proposed_announces_nothing() -> None:
    """A bill that would begin to apply changes no position; an act that it alone is about is as free as ever."""
    bill = measure(id="us-bill", instrument=Instrument.PROPOSAL)
    law, asked = register(bill), question(as_of="2024-07-01")
    (found,) = positions(decide(law, subject(), asked, (Act.USE,)), law, asked)
    assert (Status.PERMITTED, None, None) == (found.status, found.until, found.becomes)
    later = question()
    (found,) = positions(decide(law, subject(), later, (Act.USE,)), law, later)
    assert Status.PROPOSED is found.status


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2024-07-20T03:59:59.999999Z", False),
        ("2024-07-20T04:00:00Z", True),
        ("2024-12-31", True),
        ("2025-01-01T04:59:59Z", True),
        ("2025-01-01T05:00:00Z", False),
        ("2025-01-01", False),
    ],
)
def test_the_first_instant_belongs_to_a_finding_and_the_last_does_not(moment: str, expected: bool) -> None:
    """In force from since on, and before until."""
    law, asked = register(measure(provision(applies_until="2025-01-01"))), question(as_of=moment)
    (finding,) = decide(law, subject(), asked, (Act.USE,))
    assert expected is in_force(finding, law, asked)


RENUMBERED = provision(id="new-number", restates=("us-order#ban",), conditions=(CONDITION,))
"""The ban under another number, in a clause that may or may not be in a contract."""


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ((provision(modality=Modality.PERMITTED), RENUMBERED), Status.PERMITTED),
        ((provision(exemptions=(exemption(),)), RENUMBERED), Status.EXEMPT),
        ((provision(), RENUMBERED), Status.PROHIBITED),
        ((provision(conditions=(CONDITION,)), RENUMBERED), Status.UNDETERMINED),
        ((RENUMBERED,), Status.UNDETERMINED),
        ((provision(applies_until="2024-09-01"), RENUMBERED), Status.UNDETERMINED),
    ],
)
def test_a_renumbering_makes_nothing_worse(rules: tuple[Provision, ...], status: Status) -> None:
    """Whether the new number is in the contract does not matter while the old text has an answer."""
    assert status is on("2024-10-01", *rules).status


def test_a_renumbering_that_binds_binds() -> None:
    """Only its open question is left out; once it is answered the ban holds under either number."""
    law = register(measure(provision(modality=Modality.PERMITTED), RENUMBERED))
    asked = question(company(facts={"purpose": "yes"}))
    (found,) = positions(decide(law, subject(), asked, (Act.USE,)), law, asked)
    assert Status.PROHIBITED is found.status


# ---- for every law


def is_same(one: Status, other: Status) -> bool:
    """Tell whether two statuses are the same for whoever asks."""
    return one is other or {one, other} <= FREE


def of_lot(lot: int, moment: str, *offices: str) -> dict[Act, Position]:
    """Give the positions of somebody under a composed law at a moment."""
    of = Lot(lot)
    law = composed(of, *offices)
    about, who = any_subject(of, law), organisation(of, law, parts=True, kinds=TRADERS)
    asked = Question(organisation=who, as_of=moment, known_on="")
    return {p.act: p for p in positions(decide(law, about, asked, ACTS), law, asked, ACTS)}


INSTANTS = [day if "T" in day else f"{day}T05:00:00Z" for day in MOMENTS]


@settings(max_examples=200)
@given(lot=LOTS)
def test_what_is_announced_comes_true(lot: int) -> None:
    """The announced instant brings what was announced, and the one before does not, wherever the offices sit."""
    moment = Lot(lot).one(INSTANTS)
    for act, position in of_lot(lot, moment).items():
        if position.until is None:
            assert position.becomes is None
            continue
        assert position.becomes and not is_same(position.status, position.becomes)
        before = dates.stamp(dates.key(position.until) - timedelta(seconds=1))
        assert position.becomes is of_lot(lot, position.until)[act].status
        assert is_same(position.status, of_lot(lot, before)[act].status)


@settings(max_examples=200)
@given(lot=LOTS)
def test_nothing_changes_unannounced(lot: int) -> None:
    """Without an announced change until then, a later day has the same position."""
    first, last = sorted(Lot(lot).sample([day for day in MOMENTS if dates.is_date(day)], 2))
    here = ("us-office", "us-office")
    was, will_be = of_lot(lot, first, *here), of_lot(lot, last, *here)
    end = dates.stamp(dates.ends(last, "America/New_York"))
    changed = [act for act in ACTS if not is_same(was[act].status, will_be[act].status)]
    assert [] == [act for act in changed if not (until := was[act].until) or until > end]


@settings(max_examples=200)
@given(lot=LOTS)
def test_the_gravest_finding_in_force_decides(lot: int) -> None:
    """The findings that a position names are those in force with its status, and no graver one is in force."""
    of = Lot(lot)
    law, moment = composed(of), of.one(MOMENTS)
    asked = Question(organisation=organisation(of, law, parts=True, kinds=TRADERS), as_of=moment, known_on="")
    findings = decide(law, any_subject(of, law), asked, ACTS)
    for position in positions(findings, law, asked, ACTS):
        now = [f for f in findings if f.act is position.act and in_force(f, law, asked)]
        assert min((GRAVITY.index(f.status) for f in now), default=-1) == (
            GRAVITY.index(position.status) if now else -1
        )
        assert tuple(f.id for f in now if f.status is position.status) == position.findings
        assert min((f.since for f in now if f.status is position.status), default=None) == position.since


# ---- for every law that ships


def of_shipped(lot: int, moment: str) -> dict[Act, Position]:
    """Give the positions on every act with one of the products that ship, or with an unknown one."""
    of, register = Lot(lot), shipped()
    party = of.one([p for p in register.parties.values() if p.products])
    about = subject_of(
        party, of.one(["", *(p.id for p in party.products)]), of.one([Meaning.INSTALLED, Meaning.EMBEDDED])
    )
    known = of.day() if of.maybe(0.3) else ""
    asked = Question(organisation=company(of.one(ASKING)), as_of=moment, known_on=known)
    return {p.act: p for p in positions(decide(register, about, asked, tuple(Act)), register, asked, tuple(Act))}


@settings(max_examples=100)
@given(lot=LOTS)
def test_what_is_announced_by_the_law_that_ships_comes_true(lot: int) -> None:
    """The announced instant brings what was announced, and the one before does not."""
    for act, position in of_shipped(lot, Lot(lot).day()).items():
        if position.until is None:
            continue
        before = dates.stamp(dates.key(position.until) - timedelta(seconds=1))
        assert position.becomes is of_shipped(lot, position.until)[act].status
        assert is_same(position.status, of_shipped(lot, before)[act].status)
        assert position.becomes and not is_same(position.status, position.becomes)


@settings(max_examples=100)
@given(lot=LOTS)
def test_nothing_in_the_law_that_ships_changes_unannounced(lot: int) -> None:
    """Without an announced change until then, a later day has the same position."""
    day, later = sorted((Lot(lot).day(), Lot(lot + 1).day()))
    first, last = (of_shipped(lot, moment) for moment in (day, later))
    end = dates.stamp(dates.ends(later, "America/New_York"))
    changed = [act for act in Act if not is_same(first[act].status, last[act].status)]
    assert [] == [act for act in changed if not (until := first[act].until) or until > end]
