# SPDX-License-Identifier: Apache-2.0
"""The frame around every answer: headers, host, size of bodies, rates, faults of our own, and what stands in the log."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from debar.errors import LimitError, StoreError
from debar.web.app import application
from debar.web.security import frame, rates
from debar.web.security.frame import LARGEST_BODY, POLICY, large, takes_files
from debar.web.settings import Settings
from served import SAME, URL, Service, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI
    from starlette.requests import Request

SECRET = "debar_0123456789ab." + "s" * 43


@pytest.fixture(scope="module")
def routed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give a service with some routes more, which go wrong."""
    with serving(tmp_path_factory.mktemp("portfolio"), largest_upload=3 * LARGEST_BODY) as service:
        _add(service.app)
        yield service


def _add(app: FastAPI) -> None:
    """Add a route that breaks, one whose database is away, one that reads a body, and one that takes files."""
    from starlette.responses import PlainTextResponse, Response

    async def broken(request: Request) -> Response:
        raise ValueError(f"the password is {SECRET}")

    async def away(request: Request) -> Response:
        raise StoreError(f"server of {SECRET} does not answer", hint=SECRET)

    async def small(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    @large
    async def big(request: Request) -> Response:
        return PlainTextResponse(str(sum([len(part) async for part in request.stream()])))

    for path in ("/o/broken", "/api/broken"):
        app.add_route(path, broken)
    for path in ("/o/away", "/api/away"):
        app.add_route(path, away)
    app.add_route("/api/small", small, methods=["POST"])
    app.add_route("/api/big", big, methods=["POST"])
    assert takes_files(big)
    assert not takes_files(small)


PATHS = (
    "/sign-in",
    "/",
    "/o/alpha/",
    "/o/none/",
    "/nothing",
    "/api/v1/nothing",
    "/o/broken",
    "/api/broken",
    "/api/away",
    "/assets/x",
)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_framed(routed: Service, path: str) -> None:
    """Pages, refusals, redirects and faults: the policy forbids foreign and inline scripts, and nothing is kept."""
    headers = routed.nobody().get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["server-timing"].startswith("app;dur=")
    assert headers["cache-control"] == ("no-cache" if path.startswith("/assets") else "no-store")
    assert "strict-transport-security" not in headers
    assert "server" not in headers


def test_https_is_insisted_on(tmp_path: Path) -> None:
    """Where browsers come by HTTPS they are told to stay there, and cookies are for this host over HTTPS alone."""
    with serving(tmp_path, url="https://debar.example.org") as service:
        answer = service.browser().post("/sign-out")
        assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
        assert "__Host-debar-session=" in answer.headers["set-cookie"]
        assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "", "127.0.0.1:8300.evil.example"])
def test_another_name_is_not_answered(routed: Service, host: str) -> None:
    """A page of another site whose name leads to this machine (DNS rebinding) gets nothing, signed in or not."""
    assert routed.browser().get("/o/alpha/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8300", "localhost:8300", "LOCALHOST:8300", "[::1]:8300"])
def test_this_machine_has_several_names(routed: Service, host: str) -> None:
    """On the loopback every name of it is answered."""
    assert routed.nobody().get("/sign-in", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("broken", 500), ("away", 503)])
def test_faults_of_our_own_tell_nothing(routed: Service, path: str, status: int) -> None:
    """What a fault says may hold anything: pages and programs hear that there is one; of a database, when to come back."""
    for begin in ("o", "api"):
        answer = routed.nobody().get(f"/{begin}/{path}")
        assert answer.status_code == status
        assert SECRET not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["content-type"].startswith("text/html" if begin == "o" else "application/problem+json")
        assert ("retry-after" in answer.headers) == (status == 503)


def test_bodies_have_an_end(routed: Service) -> None:
    """More than a route takes is refused as it comes, whether its length was said or not; a route for files takes more."""
    client, one = routed.nobody(), b"x" * LARGEST_BODY

    def unsaid(times: int) -> Iterator[bytes]:
        for _ in range(times):
            yield one

    assert client.post("/api/small", content=one).text == str(LARGEST_BODY)
    assert client.post("/api/small", content=one + b"x").status_code == 413
    assert client.post("/api/small", content=unsaid(2)).status_code == 413
    assert client.post("/api/big", content=unsaid(3)).text == str(3 * LARGEST_BODY)
    refused = client.post("/api/big", content=unsaid(4))
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "application/problem+json"


def test_who_asks_too_often_waits(routed: Service) -> None:
    """A caller has a rate, an address a higher one; assets count for nothing, and another caller is not held up."""
    app = application(routed.portfolio, Settings(url=URL, rate=1))
    service = Service(app, routed.portfolio)
    first, second = service.browser(), service.program()
    answers = [first.get("/account").status_code for _ in range(12)]
    assert answers[:9] == [200] * 9
    assert answers[-1] == 429
    refused = first.get("/account")
    assert refused.headers["retry-after"] == "1"
    assert second.get("/account").status_code != 429
    nobody = service.nobody()
    assert [nobody.get("/assets/none").status_code for _ in range(60)] == [404] * 60
    assert 429 in [nobody.get("/sign-in").status_code for _ in range(60)]


def test_a_rate_is_a_rate() -> None:
    """So many at once as in ten seconds, then as many a second as the rate says; memory of callers has an end."""
    now = 0.0
    counted = rates.Rates(2, lambda: now)

    def passes() -> bool:
        try:
            counted.take("a")
        except LimitError as e:
            assert e.after == 1
            return False
        return True

    assert sum(passes() for _ in range(50)) == 20
    now = 3.0
    assert sum(passes() for _ in range(50)) == 6
    for number in range(20_000):
        counted.take(str(number))
    assert counted._table is not None
    assert len(counted._table) == rates.SIZE


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nonsense", "nowhere"),
        ("", "nowhere"),
    ],
)
def test_a_network_is_one_address(address: str, expected: str) -> None:
    """Of IPv6 the network counts, of IPv4 the address, also where it is written as the other."""
    assert rates.neighbourhood(address) == expected


def test_the_log_holds_no_secrets(routed: Service, caplog: pytest.LogCaptureFixture) -> None:
    """No query, nothing long enough to be a token, no line ends; method, path, status and time."""
    with caplog.at_level(logging.INFO, "debar.web"):
        routed.nobody().get(f"/calendar/{SECRET}.ics?token={SECRET}")
        routed.nobody().get("/a%0ab\u202e")
    first, second = (record.getMessage() for record in caplog.records if record.name == "debar.web")
    assert first.startswith("GET /calendar/*** 404 ")
    assert first.endswith(" ms")
    assert "\n" not in second
    assert "\u202e" not in second


def test_a_fault_in_telling_a_fault_is_told(routed: Service) -> None:
    """Where not even the page of a fault can be drawn, its status and framing still arrive."""

    def drawn(*_: object) -> None:
        raise ValueError("no template")

    before, routed.app.state.draw_fault = routed.app.state.draw_fault, drawn
    try:
        answer = routed.nobody().get("/nothing")
    finally:
        routed.app.state.draw_fault = before
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert answer.headers["content-security-policy"] == POLICY


def test_routes_without_a_declaration_do_not_begin(routed: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application refuses to be made with a route that anybody could ask for."""
    from fastapi import APIRouter

    from debar.web import app as made

    router = APIRouter()
    router.add_api_route("/o/{organisation}/open", lambda: "")

    monkeypatch.setattr(made, "PARTS", (SimpleNamespace(router=router),))
    with pytest.raises(TypeError, match=r"/o/\{organisation\}/open"):
        application(routed.portfolio, Settings())


def test_assets_stay_inside(routed: Service) -> None:
    """No path leads from the assets to other files."""
    for path in ("/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fapp.py", "/assets//etc/passwd"):
        answer = TestClient(routed.app, base_url=URL, headers=SAME).get(path)
        assert answer.status_code in (303, 404)
        assert "SPDX" not in answer.text


def test_watchers_use_any_name() -> None:
    """What watches the service from beside it is asked by no name of its own."""
    assert {"/healthz", "/readyz", "/metrics"} == frame.WATCHED
