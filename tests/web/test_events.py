# SPDX-License-Identifier: Apache-2.0
"""Promises about events: every job is told as it changes, to whoever may hear it and no longer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from debar.errors import LimitError
from debar.model.portfolio import Clock, Job
from debar.model.vocab.portfolio import JobKind, Permission, Role
from debar.portfolio import estates, jobs, membership, people, sessions
from debar.web import events
from debar.web.here import Here
from debar.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from served import Service


class Listener:
    """Who listens, for so many looks."""

    def __init__(self, looks: int, then: Callable[[int], None] = lambda _: None, session: str = "") -> None:
        """Take for how long, what happens before each look, and the token of a session."""
        self.looks, self.then, self.asked = looks, then, 0
        self.headers: dict[str, str] = {}
        self.cookies = {"debar-session": session}

    async def is_disconnected(self) -> bool:
        """Tell whether nobody listens any longer."""
        self.then(self.asked)
        self.asked += 1
        return self.asked > self.looks


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look without waiting."""
    monkeypatch.setattr(events, "EVERY", 0.0)


def here(service: Service, role: Role = Role.VIEWER) -> Here:
    """Give a request of somebody in an organisation."""
    estate = service.estate("alpha", role)
    return Here(service.portfolio, Settings(), estate.caller, "", estate, Clock(as_of="2027-01-01"))


def heard(listener: Listener, of: Here) -> list[str]:
    """Give what is told until nobody listens."""

    async def collect() -> list[str]:
        request: Any = listener
        response = await events.follow_jobs(request, of)
        return [str(part) async for part in response.body_iterator]

    return asyncio.run(collect())


def told(parts: list[str]) -> list[Job]:
    """Give the jobs that were told."""
    lines = [line for line in "".join(parts).splitlines() if line.startswith("data: ")]
    return [msgspec.json.decode(line.removeprefix("data: "), type=Job) for line in lines]


def test_each_job_is_told_when_it_changes(service: Service) -> None:
    """Once as it is, then whenever it is another, and never those of another organisation."""
    job = jobs.add(service.portfolio, service.estate(), JobKind.RUN, "mine")
    jobs.add(service.portfolio, service.estate("beta-2"), JobKind.RUN, "theirs")

    def then(look: int) -> None:
        if look == 2:
            jobs.cancel(service.portfolio, service.estate(), job.id)

    parts = heard(Listener(5, then), here(service))
    mine = [one for one in told(parts) if one.id == job.id]
    assert [one.state.value for one in mine] == ["queued", "cancelled"]
    assert "theirs" not in "".join(parts)
    assert parts[0] == "retry: 3000\n\n"
    assert f"id: {job.id}\nevent: cancelled\n" in "".join(parts)


def test_a_word_now_and_then(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is new something is sent all the same, so that no proxy ends the connection."""
    monkeypatch.setattr(events, "QUIET", 0.0)
    assert ": nothing new\n\n" in heard(Listener(3), here(service))


def test_who_may_no_longer_hears_no_more(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A membership that ends, ends the events too."""
    monkeypatch.setattr(events, "_CHECKED", 0.0)
    admin = service.estate("alpha", Role.ADMIN)
    member = membership.join(service.portfolio, admin, email="gone@alpha.example", role=Role.VIEWER)
    caller = people.caller(service.portfolio, member.person)
    assert caller
    estate = estates.entered(service.portfolio, caller, "alpha", Permission.READ)
    begun = sessions.begin(service.portfolio, member.person)
    listener = Listener(
        50,
        lambda look: membership.set_role(service.portfolio, admin, member.person, None) if look == 3 else None,
        begun.token,
    )
    heard(listener, Here(service.portfolio, Settings(), caller, "", estate, Clock(as_of="2027-01-01")))
    assert 3 <= listener.asked < 10


def test_whoever_signs_out_hears_no_more(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that ends, ends the events that were begun in it, though the person is a member still."""
    monkeypatch.setattr(events, "_CHECKED", 0.0)
    of = here(service)
    begun = sessions.begin(service.portfolio, of.caller.id)
    listener = Listener(
        50, lambda look: sessions.end(service.portfolio, begun.token) if look == 3 else None, begun.token
    )
    heard(listener, of)
    assert 3 <= listener.asked < 10


def test_events_end_and_are_only_so_many(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes on for ever, and nobody follows more than some at once; what has ended counts no more."""
    of = here(service)
    monkeypatch.setattr(events, "LASTS", 0.0)
    listener = Listener(50)
    heard(listener, of)
    assert listener.asked == 0
    monkeypatch.setattr(events, "MOST", 0)
    with pytest.raises(LimitError):
        heard(Listener(1), of)
    assert not events._open


def test_nobody_follows_what_they_may_not_see(service: Service) -> None:
    """Events are refused like everything else: as a page, and as a problem."""
    assert service.nobody().get("/api/v1/organisations/alpha/jobs/events").status_code == 401
    other = service.program(Role.ADMIN, "beta-2").get("/api/v1/organisations/alpha/jobs/events")
    assert (other.status_code, other.headers["content-type"]) == (404, "application/problem+json")
