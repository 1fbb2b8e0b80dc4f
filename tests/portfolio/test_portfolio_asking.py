# SPDX-License-Identifier: Apache-2.0
"""Promises about decisions that are asked for: nobody approves what they asked for, in whatever way they try."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import acted
import msgspec
import pytest
import sqlalchemy as sa
from acted import CLOCK, DAY, NOON
from msgspec.structs import replace

import staffed
from debar import dates
from debar.errors import ConflictError, ForbiddenError, NotThereError, StoreError, UsageError
from debar.model.portfolio import Clock
from debar.model.results import Decision
from debar.model.vocab import Validity, Verdict
from debar.model.vocab.portfolio import Asking, Permission, Role
from debar.portfolio import asking as asking_
from debar.portfolio import audit, estates, keys, membership, papers, people, reports, requests, running
from debar.portfolio.tables import ASKED, JOBS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from postgresql import Server


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio in which something was found."""
    with acted.found(tmp_path) as found:
        yield found


def first(portfolio: Portfolio) -> str:
    """Give the id of an exposure."""
    return min(acted.rows(portfolio))


def ask(portfolio: Portfolio, estate: Estate | None = None, **more: object) -> str:
    """Ask for one exposure to be put up with."""
    return asking_.ask(portfolio, estate or acted.analyst(portfolio), acted.accepted(first(portfolio), **more), at=NOON)


def approve(portfolio: Portfolio, request: str, estate: Estate | None = None, at: str = NOON) -> None:
    """Approve a request."""
    asking_.approve(portfolio, estate or acted.approver(portfolio), request, "seen", at=at)


def test_what_is_asked_counts_when_another_approves_and_not_after_its_last_day(portfolio: Portfolio) -> None:
    """Asked it changes nothing; approved it holds on its days; after them it has expired, and is still there to be seen."""
    id_ = first(portfolio)
    request = ask(portfolio)
    assert acted.rows(portfolio)[id_].verdict is None
    assert requests.one(acted.admin(portfolio), CLOCK, request).state is Asking.ASKED
    approve(portfolio, request)
    held = acted.rows(portfolio)[id_]
    assert held.verdict is Verdict.ACCEPTED
    for day, standing, verdict in (
        ("2024-10-05", Validity.VALID, Verdict.ACCEPTED),
        ("2024-11-30", Validity.VALID, Verdict.ACCEPTED),
        ("2024-12-01", Validity.EXPIRED, None),
    ):
        told = requests.one(acted.admin(portfolio), Clock(as_of=day), request)
        assert (told.state, told.standing) == (Asking.APPROVED, standing)
        assert acted.rows(portfolio, Clock(as_of=day))[id_].verdict is verdict
    assert told.approver_name == acted.approver(portfolio).caller.name


def test_what_was_known_before_it_was_approved_stays_known(portfolio: Portfolio) -> None:
    """With the knowledge of an earlier day it was only asked for, and before that it was not there."""
    request = ask(portfolio)
    approve(portfolio, request, at="2024-10-07T09:00:00Z")
    early = Clock(as_of=DAY, known_on="2024-10-06")
    assert requests.one(acted.admin(portfolio), early, request).state is Asking.ASKED
    assert acted.rows(portfolio, early)[first(portfolio)].verdict is None
    assert acted.rows(portfolio, Clock(as_of=DAY, known_on="2024-10-07"))[first(portfolio)].verdict is Verdict.ACCEPTED
    with pytest.raises(NotThereError):
        requests.one(acted.admin(portfolio), Clock(as_of=DAY, known_on="2024-10-04"), request)


def test_an_approved_decision_asks_for_a_run_and_says_the_same_in_it(portfolio: Portfolio) -> None:
    """The next run has the decision, and the report of it says what the list says."""
    approve(portfolio, ask(portfolio))
    with portfolio.reading() as connection:
        kinds = connection.execute(sa.select(JOBS.c.kind).where(JOBS.c.state == "queued")).scalars().all()
    assert "run" in kinds
    assert running.run(portfolio, acted.admin(portfolio), on=DAY, at="2024-10-05T13:00:00Z")
    report = reports.report(acted.admin(portfolio), CLOCK)
    (one,) = [exposure for exposure in report.exposures if exposure.decision]
    assert one.id == first(portfolio)
    assert [state.decision.approver for state in report.decisions] == [acted.approver(portfolio).caller.name]


@pytest.mark.parametrize("role", [Role.APPROVER, Role.ADMIN])
def test_nobody_approves_or_refuses_what_they_asked_for(portfolio: Portfolio, role: Role) -> None:
    """Whatever they may: the same person is the same person."""
    mine = staffed.estate(portfolio, "alpha", role)
    request = ask(portfolio, mine)
    with pytest.raises(ForbiddenError, match="nobody answers"):
        approve(portfolio, request, mine)
    with pytest.raises(ForbiddenError, match="nobody answers"):
        asking_.refuse(portfolio, mine, request, "no")
    assert requests.one(mine, CLOCK, request).state is Asking.ASKED


def test_a_second_account_of_the_same_person_approves_nothing(portfolio: Portfolio) -> None:
    """An address in other letters is the same account; another account with the same name is taken for the same person."""
    mine = acted.approver(portfolio)
    request = ask(portfolio, mine)
    shouted = mine.caller.email.upper()
    assert people.by_email(portfolio, shouted).id == mine.caller.id
    tagged = mine.caller.email.replace("@", "+2@")
    for email, name in (
        (tagged, "Somebody Else"),
        ("other@alpha.example", mine.caller.name.partition(" <")[0].upper()),
    ):
        membership.join(portfolio, acted.admin(portfolio), email=email, name=name, role=Role.APPROVER)
        caller = people.caller(portfolio, people.by_email(portfolio, email).id)
        assert caller
        assert caller.id != mine.caller.id
        with pytest.raises(ForbiddenError, match="nobody answers"):
            approve(portfolio, request, estates.entered(portfolio, caller, "alpha", Permission.APPROVE))


def test_a_key_approves_nothing_and_whoever_made_it_not_what_it_asked_for(portfolio: Portfolio) -> None:
    """A program has no second person in it; and who makes one ask does not answer it."""
    admin = acted.admin(portfolio)
    _, secret = keys.make(portfolio, admin, "pipeline", Role.ADMIN, "2027-06-01")
    caller = keys.caller(portfolio, secret)
    assert caller
    with pytest.raises(ForbiddenError):
        estates.entered(portfolio, caller, "alpha", Permission.APPROVE)
    program = estates.entered(portfolio, caller, "alpha", Permission.WORK)
    with pytest.raises(ForbiddenError):
        approve(portfolio, ask(portfolio), program)
    request = ask(portfolio, program, ticket="by the key")
    with pytest.raises(ForbiddenError, match="nobody answers"):
        approve(portfolio, request, admin)
    approve(portfolio, request)
    assert requests.one(admin, CLOCK, request).requester == caller.id


@pytest.mark.parametrize("approver", ["requester", "key:0123456789ab", "behind"])
def test_the_database_itself_refuses_one_person_on_both_sides(portfolio: Portfolio, approver: str) -> None:
    """Whoever writes past the program, by hand, is stopped by the table."""
    row = {"id": "ask-1", "state": "approved", "requester": "requester", "behind": "behind", "requested_at": NOON}
    row |= {"approver": approver, "answered_at": NOON, "answer": "", "expires": DAY, "body": "{}", "request": "req-1"}
    with pytest.raises(StoreError, match=r"(?i)check constraint"), acted.admin(portfolio).writing() as connection:
        connection.execute(sa.insert(ASKED), row)


def test_the_database_refuses_what_is_approved_by_nobody_and_changes_to_such(portfolio: Portfolio) -> None:
    """Only what is confirmed needs no other person; and no row becomes what none may be."""
    request = ask(portfolio)
    mine = acted.analyst(portfolio).caller.id
    for values in ({"state": "approved"}, {"approver": mine}, {"state": "settled"}, {"requester": ""}):
        with pytest.raises(StoreError, match=r"(?i)check constraint"), acted.admin(portfolio).writing() as connection:
            connection.execute(sa.update(ASKED).where(ASKED.c.request == request).values(values))


def test_roles_are_needed(portfolio: Portfolio) -> None:
    """Who may only look asks for nothing; who may work approves nothing, also what others asked for."""
    viewer = staffed.estate(portfolio, "alpha", Role.VIEWER)
    with pytest.raises(ForbiddenError):
        ask(portfolio, viewer)
    request = ask(portfolio, acted.admin(portfolio))
    for function in (asking_.approve, asking_.refuse, asking_.end):
        with pytest.raises(ForbiddenError):
            function(portfolio, acted.analyst(portfolio), request, "because")
    with pytest.raises(ForbiddenError, match="only who asked"):
        asking_.withdraw(portfolio, acted.analyst(portfolio), request)


def test_an_answer_is_given_once(portfolio: Portfolio) -> None:
    """Who comes second hears so, whatever they wanted."""
    request = ask(portfolio)
    asking_.refuse(portfolio, acted.approver(portfolio), request, "not in this house", at=NOON)
    told = requests.one(acted.admin(portfolio), CLOCK, request)
    assert (told.state, told.answer) == (Asking.REFUSED, "not in this house")
    assert acted.rows(portfolio)[first(portfolio)].verdict is None
    for function in (asking_.approve, asking_.refuse):
        with pytest.raises(ConflictError, match="refused already"):
            function(portfolio, acted.approver(portfolio), request, "after all")
    with pytest.raises(ConflictError):
        asking_.withdraw(portfolio, acted.analyst(portfolio), request)
    other = ask(portfolio)
    asking_.withdraw(portfolio, acted.analyst(portfolio), other)
    assert requests.one(acted.admin(portfolio), CLOCK, other).state is Asking.WITHDRAWN
    with pytest.raises(ConflictError, match="withdrawn already"):
        approve(portfolio, other)
    with pytest.raises(NotThereError):
        approve(portfolio, "req-none")


def test_many_exposures_are_one_request_and_several_decisions(portfolio: Portfolio) -> None:
    """They are answered together; each stands by itself in the decisions."""
    ids = sorted(acted.rows(portfolio))[:3]
    request = asking_.ask(portfolio, acted.analyst(portfolio), acted.accepted(*ids), at=NOON)
    approve(portfolio, request)
    told = requests.one(acted.admin(portfolio), CLOCK, request)
    assert (told.count, sorted(one.decision.exposure for one in told.decisions)) == (3, ids)
    assert all(one.decision.about for one in told.decisions)
    assert {id_ for id_, row in acted.rows(portfolio).items() if row.verdict} == set(ids)
    assert [one.id for one in requests.listed(acted.admin(portfolio), CLOCK).items] == [request]


def test_a_wide_decision_reaches_what_it_says_it_reaches(portfolio: Portfolio) -> None:
    """The count before somebody asks is the count after another has approved."""
    wide = acted.accepted(party="kaspersky", assets=("*-PC-*",))
    expected = requests.reach(acted.admin(portfolio), CLOCK, wide)
    approve(portfolio, asking_.ask(portfolio, acted.analyst(portfolio), wide, at=NOON))
    held = [row for row in acted.rows(portfolio).values() if row.verdict]
    assert len(held) == expected > 0
    assert all("-PC-" in row.asset for row in held)


def test_a_newer_decision_on_the_same_takes_the_place_of_the_older(portfolio: Portfolio) -> None:
    """The older one ends the day before; what was known earlier is not changed by that."""
    older = ask(portfolio)
    approve(portfolio, older)
    newer = ask(portfolio, verdict=Verdict.FALSE_POSITIVE, created="2024-10-20", reason="a proxy list")
    told = requests.one(acted.admin(portfolio), CLOCK, newer)
    assert [one.request for one in told.replaces] == [older]
    approve(portfolio, newer, at="2024-10-20T08:00:00Z")
    (one,) = requests.one(acted.admin(portfolio), CLOCK, older).decisions
    assert (one.decision.expires, one.until) == ("2024-10-19", "2024-11-30")
    early = Clock(as_of="2024-10-25", known_on="2024-10-19")
    assert acted.rows(portfolio, early)[first(portfolio)].verdict is Verdict.ACCEPTED
    assert first(portfolio) in acted.rows(portfolio, Clock(as_of="2024-10-25"), aside=True)
    assert acted.rows(portfolio, Clock(as_of="2024-10-19"))[first(portfolio)].verdict is Verdict.ACCEPTED


def test_what_says_otherwise_of_what_may_be_the_same_is_refused(portfolio: Portfolio) -> None:
    """Two wide decisions of which neither goes before the other would leave every page without an answer."""
    approve(portfolio, asking_.ask(portfolio, acted.analyst(portfolio), acted.accepted(party="kaspersky"), at=NOON))
    other = acted.accepted(
        party="kaspersky", assets=("kiosk-*",), verdict=Verdict.NOT_THE_PARTY, reason="it is another maker's"
    )
    with pytest.raises(ConflictError, match="end that one first"):
        try:
            asking_.ask(portfolio, acted.analyst(portfolio), other, at=NOON)
        except ConflictError as e:
            raise ConflictError(e.hint) from e
    apart = replace(other, created="2024-12-01", expires="2024-12-31")
    assert asking_.ask(portfolio, acted.analyst(portfolio), apart, at=NOON)
    single = replace(other, exposures=(first(portfolio),), assets=(), party="")
    assert asking_.ask(portfolio, acted.analyst(portfolio), single, at=NOON)


def test_what_was_in_order_when_it_was_asked_for_may_not_be_when_it_is_approved(portfolio: Portfolio) -> None:
    """Two that contradict each other may both be asked for; only one of them is approved."""
    one = asking_.ask(portfolio, acted.analyst(portfolio), acted.accepted(party="kaspersky"), at=NOON)
    wanted = acted.accepted(party="kaspersky", assets=("*",), verdict=Verdict.NOT_THE_PARTY)
    other = asking_.ask(portfolio, acted.analyst(portfolio), replace(wanted, assets=("ws-*",)), at=NOON)
    approve(portfolio, one)
    with pytest.raises(ConflictError):
        approve(portfolio, other)
    assert requests.one(acted.admin(portfolio), CLOCK, other).state is Asking.ASKED


def test_what_holds_can_be_ended(portfolio: Portfolio) -> None:
    """From the day on it holds no more; the log says who ended it and why."""
    request = ask(portfolio)
    approve(portfolio, request)
    asking_.end(portfolio, acted.admin(portfolio), request, "the kiosk is gone", day="2024-10-10", at=NOON)
    assert acted.rows(portfolio, Clock(as_of="2024-10-10"))[first(portfolio)].verdict is Verdict.ACCEPTED
    assert acted.rows(portfolio, Clock(as_of="2024-10-11"))[first(portfolio)].verdict is None
    with pytest.raises(ConflictError):
        asking_.end(portfolio, acted.admin(portfolio), request, "again", day="2024-10-10", at=NOON)
    found = audit.listed(portfolio, acted.admin(portfolio), audit.Filters(about=request)).items
    assert [change.action for change in found] == ["decision.ended", "decision.approved", "decision.asked"]
    assert found[0].detail == {"until": "2024-10-10", "answer": "the kiosk is gone"}


def test_what_is_confirmed_needs_nobody_else(portfolio: Portfolio) -> None:
    """Somebody looked: it counts as proven, at once, as in a file of decisions."""
    request = ask(portfolio, verdict=Verdict.CONFIRMED)
    told = requests.one(acted.admin(portfolio), CLOCK, request)
    assert (told.state, told.approver) == (Asking.APPROVED, "")
    assert acted.rows(portfolio)[first(portfolio)].level == 5


def test_what_somebody_has_approved_ends_by_nobody_alone(portfolio: Portfolio) -> None:
    """To confirm what was set aside would end that: it is asked for, and counts when another person approves."""
    id_ = first(portfolio)
    aside = ask(portfolio, verdict=Verdict.FALSE_POSITIVE, reason="a proxy list")
    approve(portfolio, aside)
    wanted = acted.accepted(id_, verdict=Verdict.CONFIRMED)
    request = asking_.ask(portfolio, acted.analyst(portfolio), wanted, at=NOON)
    told = requests.one(acted.admin(portfolio), CLOCK, request)
    assert (told.state, [one.request for one in told.replaces]) == (Asking.ASKED, [aside])
    assert id_ not in acted.rows(portfolio)
    approve(portfolio, request)
    assert acted.rows(portfolio)[id_].level == 5
    approver = requests.one(acted.admin(portfolio), CLOCK, request).approver_name
    assert approver == acted.approver(portfolio).caller.name


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"exposures": ("exp-000000000000",)}, "no exposure is called"),
        ({"exposures": (), "party": ""}, "does not say what it is about"),
        ({"reason": " "}, "reason is empty"),
        ({"expires": "2034-01-01"}, "is the latest"),
        ({"expires": "2024-10-01", "created": "2024-09-01"}, "has passed"),
        ({"expires": "soon"}, "neither a date"),
        ({"party": "nobody-there"}, "no party is called"),
        ({"document": "0" * 64, "verdict": Verdict.WAIVED}, "no such paper"),
        ({"verdict": Verdict.EXEMPT}, "names the provision"),
        ({"reason": "seen\x00twice"}, "cannot be seen"),
        ({"exposures": tuple(f"exp-{n:012x}" for n in range(501))}, "more than 500"),
    ],
)
def test_what_nobody_could_approve_is_not_asked_for(portfolio: Portfolio, more: dict[str, object], said: str) -> None:
    """It is refused with the reason, and nothing of it stays."""
    with pytest.raises(UsageError, match=re.escape(said)):
        wanted = acted.accepted(**{"exposures": (first(portfolio),), **more})
        asking_.ask(portfolio, acted.analyst(portfolio), wanted, at=NOON)
    assert requests.listed(acted.admin(portfolio), CLOCK).total == 0


def test_a_waiver_names_its_paper(portfolio: Portfolio) -> None:
    """The paper was sent, and stands in the decision with its digest."""
    paper = papers.put(portfolio, acted.analyst(portfolio), "letters/waiver.pdf", [b"%PDF-1.4 granted"])
    request = ask(
        portfolio,
        verdict=Verdict.WAIVED,
        measure="us-dhs-bod-17-01",
        granted_by="DHS",
        document=paper.sha256,
    )
    (one,) = requests.one(acted.admin(portfolio), CLOCK, request).decisions
    assert (one.decision.document, one.decision.sha256) == ("waiver.pdf", paper.sha256)


def test_lists_are_filtered_sorted_and_paged(portfolio: Portfolio) -> None:
    """A page goes on where the last ended; what has expired by a day is told from what holds."""
    ids = sorted(acted.rows(portfolio))[:3]
    made = [
        asking_.ask(
            portfolio,
            acted.analyst(portfolio),
            acted.accepted(id_, expires=f"2024-1{n}-15"),
            at=f"2024-10-05T1{n}:00:00Z",
        )
        for n, id_ in enumerate(ids)
    ]
    admin = acted.admin(portfolio)
    page = requests.listed(admin, CLOCK, sort="requested", page_size=2)
    rest = requests.listed(admin, CLOCK, sort="requested", page_size=2, page_token=page.next_page_token)
    assert [one.id for one in (*page.items, *rest.items)] == made
    assert (page.total, rest.next_page_token) == (3, "")
    approve(portfolio, made[1])
    day = Clock(as_of="2024-11-16")
    standing = requests.Filters(standing=(Validity.EXPIRED,))
    assert [one.id for one in requests.rows(admin, day, standing)] == [made[1]]
    assert [one.id for one in requests.rows(admin, CLOCK, requests.Filters(exposure=ids[2]))] == [made[2]]
    assert requests.waiting(admin) == 2
    with pytest.raises(UsageError, match="no order"):
        requests.listed(admin, CLOCK, sort="colour")


def test_a_decision_is_kept_as_it_was_asked_for(portfolio: Portfolio) -> None:
    """Nothing but the name of whoever agrees is added to it."""
    request = ask(portfolio)

    def body() -> Decision:
        with acted.admin(portfolio).reading() as connection:
            found = connection.execute(sa.select(ASKED.c.body).where(ASKED.c.request == request)).scalar_one()
        return msgspec.json.decode(found, type=Decision)

    before = body()
    approve(portfolio, request)
    assert body() == replace(before, approver=acted.approver(portfolio).caller.name)


@pytest.mark.slow
def test_a_server_refuses_one_person_on_both_sides_as_well(postgresql: Server, tmp_path: Path) -> None:
    """The constraints are those of the table, wherever it lies; and the whole way from asking to approval works there."""
    with staffed.staffed(postgresql.fresh("asking", tmp_path / "lake")) as portfolio:
        wide = acted.accepted(party="kaspersky", created="", expires=dates.present()[:10])
        request = asking_.ask(portfolio, acted.analyst(portfolio), wide)
        mine = acted.analyst(portfolio).caller.id
        for values in ({"state": "approved"}, {"approver": mine}, {"approver": "key:0123456789ab"}, {"requester": ""}):
            with (
                pytest.raises(StoreError, match=r"(?i)check constraint"),
                acted.admin(portfolio).writing() as connection,
            ):
                connection.execute(sa.update(ASKED).where(ASKED.c.request == request).values(values))
        asking_.approve(portfolio, acted.approver(portfolio), request)
        assert requests.one(acted.admin(portfolio), CLOCK, request).state is Asking.APPROVED
