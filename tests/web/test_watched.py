# SPDX-License-Identifier: Apache-2.0
"""Whatever watches the service hears how it is: health, readiness, figures, and the calendar of what is due."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from debar.errors import StoreError
from debar.model.vocab.portfolio import Role
from debar.portfolio import keys, migrating
from debar.web import health
from debar.web.recent import SECONDS, Recent
from debar.web.settings import digest
from served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from served import Service

LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? [0-9.e+-]+')


class Crew:
    """Workers that are alive."""

    def alive(self) -> int:
        """Give how many."""
        return 2

    def pids(self) -> list[int]:
        """Give the numbers of their processes."""
        return [1, 999_999_999]


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Service]:
    """Give a service that is in order."""
    with serving(tmp_path) as found:
        found.app.state.crew = Crew()
        yield found


def on(service: Service, host: str = "127.0.0.1", **headers: str) -> TestClient:
    """Give whoever asks from a machine."""
    from starlette.testclient import TestClient

    return TestClient(service.app, base_url=service.url, client=(host, 5000), headers=headers)


def test_a_service_that_is_in_order_is_ready(ready: Service) -> None:
    """Alive and ready, by whatever name it is asked."""
    for client in (ready.nobody(), ready.nobody(host="10.0.0.5:8300")):
        assert client.get("/healthz").json() == {"status": "alive"}
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("part", ["database", "disk", "workers", "tables"])
def test_what_is_not_in_order_is_named(ready: Service, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is 503 and names the part; it stays alive, and says nothing of why."""

    def away(*_: Any) -> Any:
        raise StoreError("postgresql://debar@10.0.0.7: no route")

    if part == "database":
        monkeypatch.setattr(ready.portfolio, "reading", away)
    elif part == "disk":
        monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1 << 30, 1 << 30, health.ROOM - 1))
    elif part == "workers":
        ready.app.state.crew = None
    else:
        monkeypatch.setattr(migrating, "revision", lambda _: "0000")
    answer = ready.nobody().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()[part] == "not ready"
    assert "10.0.0.7" not in answer.text
    assert ready.nobody().get("/healthz").status_code == 200


def test_a_crowd_asks_the_database_once(ready: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often anybody asks whether it is ready, and a watcher for figures, the database hears of it once a moment."""
    heard, reading = [], ready.portfolio.reading

    def listening() -> Any:
        heard.append(1)
        return reading()

    monkeypatch.setattr(ready.portfolio, "reading", listening)
    for _ in range(20):
        assert ready.nobody().get("/readyz").status_code == 200
        assert on(ready).get("/metrics").status_code == 200
    assert 1 <= len(heard) <= 3 * len({"database", "tables", "jobs"})  # a slow machine may take longer than a moment


def test_what_was_found_is_told_for_a_moment() -> None:
    """It is found out anew when the moment is over, and not before."""
    now, found = [0.0], iter(range(9))
    one = Recent(lambda: next(found), -1, clock=lambda: now[0])
    assert [one.get(), one.get()] == [0, 0]
    now[0] += SECONDS
    assert [one.get(), one.get()] == [1, 1]


def test_nobody_waits_for_what_another_finds_out() -> None:
    """Whoever asks meanwhile is told what was found last: at first what stands for nothing, then the last that was found."""
    asked: list[int] = []

    def find() -> int:
        asked.append(one.get())
        return len(asked)

    one = Recent(find, -1)
    assert one.get() == 1
    assert asked == [-1]


def test_what_cannot_be_found_is_looked_for_again() -> None:
    """A fault is the asker's; the next one looks again."""
    told = [1, 0]

    def find() -> int:
        return 7 // (1 - told.pop(0))

    one = Recent(find, -1)
    with pytest.raises(ZeroDivisionError):
        one.get()
    assert one.get() == 7


def test_figures_are_for_this_machine(ready: Service) -> None:
    """Without a token only this machine gets them, by its own name, and not through a proxy that runs on it."""
    assert on(ready).get("/metrics").status_code == 200
    for client in (
        on(ready, "10.0.0.9"),
        on(ready, **{"x-forwarded-for": "10.0.0.9"}),
        on(ready, forwarded="for=10.0.0.9"),
        on(ready, host="rebound.example:8300"),
        on(ready, authorization="Bearer anything", **{"x-real-ip": "1.2.3.4"}),
    ):
        assert client.get("/metrics").status_code == 404


def test_figures_are_for_whoever_has_the_token(tmp_path: Path) -> None:
    """With a token nobody gets them without it, not even this machine."""
    with serving(tmp_path, metrics=digest("right")) as service:
        assert on(service, "10.0.0.9", authorization="Bearer right").get("/metrics").status_code == 200
        for client in (
            on(service),
            on(service, authorization="Bearer wrong"),
            on(service, authorization="Basic right"),
        ):
            assert client.get("/metrics").status_code == 404


def test_figures_can_be_read(ready: Service) -> None:
    """Every line is one of the format; routes are named as they were declared, and addresses nowhere."""
    ready.browser().get("/o/alpha/settings/members")
    ready.nobody().get("/secret-guess/whatever")
    ready.nobody().request("BREW", "/coffee")
    lines = on(ready).get("/metrics").text.splitlines()
    for line in lines:
        assert line.startswith("# ") or LINE.fullmatch(line), line
    text = "\n".join(lines)
    assert 'debar_requests_total{method="GET",route="/o/{organisation}/settings/members",status="200"} 1' in text
    assert "secret-guess" not in text
    assert "coffee" not in text
    assert "BREW" not in text
    assert "alpha" not in text
    assert "debar_workers 2" in text
    assert "debar_database_up 1" in text


def test_histograms_add_up(ready: Service) -> None:
    """Each bucket holds the ones before it, and the last all there are."""
    client = ready.nobody()
    for _ in range(5):
        client.get("/healthz")
    text = on(ready).get("/metrics").text
    found = [int(count) for count in re.findall(r'_bucket\{route="/healthz",le="[^"]+"\} (\d+)', text)]
    assert found == sorted(found)
    assert found[-1] == 5
    assert 'debar_request_duration_seconds_count{route="/healthz"} 5' in text


def test_figures_come_without_a_database(ready: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is away is a figure like any other."""

    def away(*_: Any) -> Any:
        raise StoreError("away")

    monkeypatch.setattr(ready.portfolio, "reading", away)
    answer = on(ready).get("/metrics")
    assert answer.status_code == 200
    assert "debar_database_up 0" in answer.text


def test_a_calendar_opens_with_its_own_address(ready: Service) -> None:
    """The address that an admin makes gives a calendar without signing in, until its key is revoked."""
    page = ready.browser().post("/o/alpha/settings/hooks/calendar")
    address = re.search(r"http://127.0.0.1:8300(/calendar/debar_(\w+)\.[\w-]+\.ics)", page.text)
    assert address
    answer = ready.nobody().get(address[1])
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert answer.text.endswith("END:VCALENDAR\r\n")
    keys.revoke(ready.portfolio, ready.estate(), address[2])
    assert ready.nobody().get(address[1]).status_code == 404


def test_no_stronger_key_opens_a_calendar(ready: Service) -> None:
    """A key that may do more than read does not belong into an address, and opens nothing there; nor does a wrong one."""
    for key in (ready.key(Role.ANALYST), ready.key(Role.ADMIN), "debar_000000000000." + "A" * 43, "x"):
        assert ready.nobody().get(f"/calendar/{key}.ics").status_code == 404
    assert ready.nobody().get(f"/calendar/{ready.key(Role.VIEWER)}.ics").status_code == 200


def test_who_is_told_is_said_on_a_page(ready: Service) -> None:
    """An admin adds an address and sees the secret once, sends a test, stops and removes it; a fault is said in words."""
    client = ready.browser()
    page = client.post(
        "/o/alpha/settings/hooks", data={"kind": "web", "to": "https://hooks.example.org/x", "events": ["run.finished"]}
    )
    assert "whsec_" in page.text
    assert "whsec_" not in client.get("/o/alpha/settings/hooks").text
    assert client.post("/o/alpha/settings/hooks", data={"kind": "web", "to": "https://10.0.0.1/"}).status_code == 422
    (hook,) = ready.program().get("/api/v1/organisations/alpha/hooks").json()["items"]
    place = f"/o/alpha/settings/hooks/{hook['id']}"
    assert client.post(f"{place}/test").status_code == 303
    assert client.post(f"{place}/state", data={"is_active": "false"}).status_code == 303
    assert "stopped" in client.get("/o/alpha/settings/hooks").text
    assert client.post(f"{place}/remove").status_code == 303
    assert ready.program().get("/api/v1/organisations/alpha/hooks").json()["total"] == 0
