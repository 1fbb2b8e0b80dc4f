# SPDX-License-Identifier: Apache-2.0
"""What happens becomes messages for those who want to hear of it: each once, none lost, none for what was not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import acted
import pytest
import sqlalchemy as sa

import staffed
import worked
from debar import dates
from debar.errors import ForbiddenError, LimitError, NotThereError, UsageError
from debar.model.portfolio import Clock
from debar.model.telling import Mail, Means
from debar.model.vocab.portfolio import JobKind, JobState, Role
from debar.model.vocab.telling import Event, HookKind, ToldState
from debar.portfolio import asking, estates, holding, hooks, jobs, running, telling
from debar.portfolio.tables import HOOKS, JOBS, TOLD
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.model.telling import Hook
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

MEANS = Means(url="https://debar.example.org", mail=Mail(host="localhost", port=25, sender="debar@example.org"))
PLACE = "https://hooks.example.org/debar"


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio in which something was found."""
    with acted.found(tmp_path) as found:
        yield found


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio in which nothing was found yet."""
    with staffed.staffed(place(str(tmp_path / "portfolio"))) as found:
        yield found


@pytest.fixture
def alpha(portfolio: Portfolio) -> Estate:
    """Give an organisation as its admin sees it."""
    return acted.admin(portfolio)


def told(estate: Estate) -> list[Event]:
    """Give what everybody is told, the oldest first."""
    return [one.event for one in reversed(hooks.messages(estate, page_size=500).items)]


def hook(estate: Estate, *events: Event, kind: HookKind = HookKind.WEB, to: str = PLACE) -> Hook:
    """Have somebody told."""
    return hooks.add(estate, kind, to, events, MEANS)[0]


def wish(portfolio: Portfolio) -> str:
    """Ask for a decision."""
    first = next(iter(acted.rows(portfolio)))
    return asking.ask(portfolio, acted.analyst(portfolio), acted.accepted(first, expires="2024-11-30"), at=acted.NOON)


def test_what_is_done_is_told_once(portfolio: Portfolio, alpha: Estate) -> None:
    """A decision that was asked for and answered is two messages, however often somebody looks."""
    hook(alpha, Event.DECISION_ASKED, Event.DECISION_ANSWERED)
    request = wish(portfolio)
    assert telling.gather(portfolio, alpha) == 1
    asking.approve(portfolio, acted.approver(portfolio), request, "agreed", at=acted.NOON)
    assert telling.gather(portfolio, alpha) == 1
    assert telling.gather(portfolio, alpha) == 0
    assert sorted(told(alpha)) == [Event.DECISION_ANSWERED, Event.DECISION_ASKED]
    one = next(one for one in hooks.messages(alpha).items if one.event is Event.DECISION_ANSWERED)
    assert one.body["about"] == request
    assert one.body["answer"] == "agreed"
    assert one.body["path"] == f"decisions/{request}"


def test_what_was_before_is_not_told(portfolio: Portfolio, alpha: Estate) -> None:
    """Whoever is added hears of what happens from then on; one who was stopped does not hear what happened meanwhile."""
    wish(portfolio)
    known = hook(alpha, Event.DECISION_ASKED)
    assert telling.gather(portfolio, alpha) == 0
    hooks.set_active(alpha, known.id, is_active=False)
    asking.refuse(portfolio, acted.approver(portfolio), wish_of(alpha), "no", at=acted.NOON)
    wish(portfolio)
    hooks.set_active(alpha, known.id, is_active=True)
    assert telling.gather(portfolio, alpha) == 0


def wish_of(estate: Estate) -> str:
    """Give the request that waits."""
    from debar.portfolio import requests

    return requests.listed(estate, Clock(as_of=acted.DAY)).items[0].id


def test_a_run_is_told_with_what_is_new(portfolio: Portfolio, alpha: Estate) -> None:
    """A run says how much it found; what no earlier run had found is told by name, and only then."""
    hook(alpha, Event.RUN_FINISHED, Event.EXPOSURE_NEW)
    files = {"status": (acted.ESTATE / "hosts/files-01/var/lib/dpkg/status").read_bytes()}
    worked.send(portfolio, alpha, files)
    worked.at_once(portfolio)
    assert running.run(portfolio, alpha, on=acted.DAY, at="2024-10-05T13:00:00Z")
    telling.gather(portfolio, alpha)
    assert sorted(told(alpha)) == [Event.EXPOSURE_NEW, Event.RUN_FINISHED]
    new = next(one for one in hooks.messages(alpha).items if one.event is Event.EXPOSURE_NEW)
    assert new.body["count"] == len(new.body["first"]) > 0
    assert {one["id"] for one in new.body["first"]} <= set(acted.rows(portfolio))
    assert running.run(portfolio, alpha, on="2024-10-06", at="2024-10-06T12:00:00Z")
    telling.gather(portfolio, alpha)
    assert sorted(told(alpha)) == [Event.EXPOSURE_NEW, Event.RUN_FINISHED, Event.RUN_FINISHED]


def test_days_that_come_near_are_told(portfolio: Portfolio, alpha: Estate) -> None:
    """What was decided is told of 30, 7 and 1 days before it ends, once each; a day on which nobody looked is made up for."""
    request = wish(portfolio)
    asking.approve(portfolio, acted.approver(portfolio), request, "agreed", at=acted.NOON)
    hook(alpha, Event.WAIVER_EXPIRING)
    days = {"2024-10-20": 0, "2024-11-02": 1, "2024-11-03": 0, "2024-11-26": 1, "2024-11-29": 1, "2024-12-01": 0}
    for day, count in days.items():
        assert telling.gather(portfolio, alpha, now=f"{day}T08:00:00Z") == count, day
    assert {one.body["days"] for one in hooks.messages(alpha).items} == {30, 7, 1}


def test_deadlines_that_come_near_are_told(portfolio: Portfolio, alpha: Estate) -> None:
    """An obligation that is due soon is told with its day, and how much it is about."""
    from debar.portfolio import owed

    hook(alpha, Event.DEADLINE_NEAR)
    rows = owed.rows(alpha, Clock(as_of="2024-09-25"))
    near = [one.id for one in rows if "2024-09-25" <= one.due[:10] <= "2024-10-25" and one.state != "done"]
    telling.gather(portfolio, alpha, now="2024-09-25T08:00:00Z")
    assert sorted(one.body["about"] for one in hooks.messages(alpha).items) == sorted(near)


def test_a_job_that_failed_is_told(portfolio: Portfolio, alpha: Estate) -> None:
    """A job that comes to nothing is told with why; one that tells is not, or it would never end."""
    hook(alpha)
    telling.gather(portfolio, alpha)
    while holding.take(portfolio, "w"):
        pass
    for kind in (JobKind.PROOF, JobKind.TELL):
        jobs.add(portfolio, alpha, kind, "x")
        job = holding.take(portfolio, "w", [kind])
        assert job
        assert holding.fail(portfolio, job, "w", "no room", is_final=True) is JobState.FAILED
    assert telling.due(portfolio, alpha)
    telling.gather(portfolio, alpha)
    (failed,) = [one for one in hooks.messages(alpha).items if one.event is Event.JOB_FAILED]
    assert failed.body["fault"] == "no room"


def test_nothing_is_due_where_nobody_is_told(portfolio: Portfolio, alpha: Estate) -> None:
    """An organisation that tells nobody makes no work; one that has heard everything makes none until something happens."""
    assert not telling.due(portfolio, alpha)
    hook(alpha, Event.PROOF_MADE)
    assert telling.due(portfolio, alpha)
    telling.gather(portfolio, alpha)
    with portfolio.writing() as connection:  # a job that failed in this very second is looked at once more
        connection.execute(sa.delete(JOBS))
    assert not telling.due(portfolio, alpha)
    wish(portfolio)
    assert telling.due(portfolio, alpha)


def test_a_message_is_claimed_by_one(empty: Portfolio) -> None:
    """Two who send get no message twice; one that died gives its messages back after a while, under the same id."""
    alpha = acted.admin(empty)
    known = hook(alpha)
    hooks.test(empty, alpha, known.id)
    (first,) = telling.claim(alpha, 10)
    assert telling.claim(alpha, 10) == []
    with alpha.writing() as connection:
        connection.execute(sa.update(TOLD).values(next_at="2020-01-01T00:00:00Z"))
    (again,) = telling.claim(alpha, 10)
    assert (again.told.id, again.told.attempts) == (first.told.id, 2)
    telling.settle(alpha, [first.told], "answered 200", is_told=True)
    assert hooks.messages(alpha).items[0].state is ToldState.WAITING, "who was too late says nothing"


def test_what_does_not_arrive_is_tried_for_a_day(empty: Portfolio) -> None:
    """It is tried again after longer and longer waits, for more than a day, and then given up; somebody can ask again."""
    alpha = acted.admin(empty)
    assert sum(telling.WAITS) > 24 * 3600
    assert list(telling.WAITS) == sorted(telling.WAITS)
    hooks.test(empty, alpha, hook(alpha).id)
    for _ in range(len(telling.WAITS) + 1):
        (one,) = telling.claim(alpha, 10)
        telling.settle(alpha, [one.told], "answered 500", is_told=False)
        with alpha.writing() as connection:
            connection.execute(sa.update(TOLD).where(TOLD.c.next_at > "").values(next_at=dates.present()))
    (given_up,) = hooks.messages(alpha).items
    assert (given_up.state, given_up.attempts) == (ToldState.GIVEN_UP, len(telling.WAITS) + 1)
    assert telling.claim(alpha, 10) == []
    assert hooks.again(empty, alpha, given_up.id).state is ToldState.WAITING
    assert len(telling.claim(alpha, 10)) == 1


def test_mail_waits_for_the_morning(portfolio: Portfolio, alpha: Estate) -> None:
    """Mail is sent once a day, and all that happened since the last is one; a program hears at once."""
    hook(alpha, Event.DECISION_ASKED, kind=HookKind.MAIL, to="ann@example.org")
    hook(alpha, Event.DECISION_ASKED)
    wish(portfolio)
    telling.gather(portfolio, alpha, now="2024-10-05T07:00:00Z")
    with alpha.reading() as connection:
        rows = connection.execute(sa.select(HOOKS.c.kind, TOLD.c.next_at).join(TOLD)).all()
    found = {row.kind: row.next_at for row in rows}
    assert found == {"mail": "2024-10-06T06:00:00Z", "web": "2024-10-05T07:00:00Z"}
    assert [len(group) for group in telling.by_hook(telling.claim(alpha, 10))] == [1, 1]


def test_only_admins_say_who_is_told(empty: Portfolio) -> None:
    """Addresses of chats are secrets of a kind: nobody else sees or changes them."""
    for role in (Role.VIEWER, Role.ANALYST, Role.APPROVER):
        estate = staffed.estate(empty, "alpha", role)
        with pytest.raises(ForbiddenError):
            hooks.listed(estate)
        with pytest.raises(ForbiddenError):
            hook(estate)


def test_another_organisation_hears_nothing(portfolio: Portfolio, alpha: Estate) -> None:
    """What happens in one organisation makes no message in another."""
    beta = estates.behind(portfolio, "beta-2")
    hook(beta)
    hook(alpha)
    wish(portfolio)
    telling.gather(portfolio, alpha)
    assert telling.gather(portfolio, beta) == 0
    assert Event.DECISION_ASKED in told(alpha)


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example.org/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://93.184.8888/",
        "https://10.1.2.3/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[fe80::1]/",
        "https://user:word@example.org/",
        "https://example.org/#x",
        "https://example.org:0/",
        "https://",
        "ftp://example.org/",
        "https://example.org/\nx",
        "https://exa mple.org/",
        f"https://example.org/{'x' * 3000}",
    ],
)
def test_some_addresses_are_not_told(empty: Portfolio, address: str) -> None:
    """What is no address of the open web, or holds a password, is refused when it is added."""
    alpha = acted.admin(empty)
    with pytest.raises(UsageError):
        hook(alpha, to=address)


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("10.0.0.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("fd00::1", False),
        ("fe80::1%eth0", False),
        ("ff02::1", False),
        ("2002:a00:1::1", False),
        ("64:ff9b::7f00:1", False),
        ("no address", False),
    ],
)
def test_what_everybody_can_reach(address: str, *, is_public: bool) -> None:
    """Addresses of machines and networks of one's own are known in every form that they can be written in."""
    assert hooks.is_public(address) is is_public


def test_there_is_an_end_to_who_is_told(empty: Portfolio) -> None:
    """So many and no more; who was taken out is gone with what they were told, and is not there."""
    alpha = acted.admin(empty)
    some = [hook(alpha) for _ in range(hooks.MOST)]
    with pytest.raises(LimitError):
        hook(alpha)
    hooks.remove(alpha, some[0].id)
    with pytest.raises(NotThereError):
        hooks.one(alpha, some[0].id)
    assert len(hooks.listed(alpha)) == hooks.MOST - 1


def test_mail_needs_a_server(empty: Portfolio) -> None:
    """Where no server is named nobody is told by mail; what is no address is refused."""
    alpha = acted.admin(empty)
    with pytest.raises(UsageError, match="no server"):
        hooks.add(alpha, HookKind.MAIL, "ann@example.org", (), Means())
    with pytest.raises(UsageError, match="no address"):
        hook(alpha, kind=HookKind.MAIL, to="ann@example.org\nBcc: all@example.org")
    with pytest.raises(UsageError, match="nothing that happens"):
        hooks.add(alpha, HookKind.WEB, PLACE, ["run.finish"], MEANS)
