# SPDX-License-Identifier: Apache-2.0
"""Sign-in with a password, sign-out, and the first account of a new portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import staffed
from debar.model.vocab.portfolio import Role
from debar.portfolio import audit, databases, people, sessions
from debar.store.places import place
from debar.web.app import application
from debar.web.security import doors
from debar.web.settings import Settings, digest
from served import SAME, URL, Service, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "seven quiet otters in a row"
EMAIL = staffed.address("alpha", Role.ANALYST)
TOKEN = "token-of-the-terminal"


@pytest.fixture(scope="module")
def doored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give a service in which an analyst has a password."""
    with serving(tmp_path_factory.mktemp("portfolio")) as service:
        person = people.by_email(service.portfolio, EMAIL)
        people.set_password(
            service.portfolio, staffed.caller(service.portfolio, "alpha", Role.ADMIN), person.id, PASSWORD
        )
        yield service


def test_somebody_signs_in_and_out(doored: Service) -> None:
    """A session begins with the right password, opens pages and goes back to where it was wanted; it ends by signing out."""
    client = doored.nobody()
    wanted = client.get("/o/alpha/exposures?sort=asset")
    assert wanted.headers["location"] == "/sign-in?next=%2Fo%2Falpha%2Fexposures%3Fsort%3Dasset"
    assert 'value="/o/alpha/exposures?sort=asset"' in client.get(wanted.headers["location"]).text
    form = {"email": EMAIL, "password": PASSWORD, "next": "/o/alpha/exposures?sort=asset"}
    answer = client.post("/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, form["next"])
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("debar-session=")
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Max-Age=43200"} <= set(cookie.split("; "))
    assert client.get("/account").status_code == 200
    csrf = sessions.found(doored.portfolio, client.cookies["debar-session"])
    assert csrf
    gone = client.post("/sign-out", data={"csrf": csrf.csrf})
    assert gone.headers["location"] == "/sign-in"
    assert "storage" in gone.headers["clear-site-data"]
    assert client.get("/account").status_code == 303
    entry = audit.shared(doored.portfolio, audit.Filters(action="session.")).items[0]
    assert (entry.action, entry.detail) == ("session.begun", {"way": "password"})


def test_a_session_is_new_each_time(doored: Service) -> None:
    """Whoever planted a token in a browser has nothing of it once somebody signs in there."""
    client = doored.nobody()
    client.cookies.set("debar-session", "planted")
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    tokens = [cookie.value for cookie in client.cookies.jar if cookie.name == "debar-session"]
    assert any(value != "planted" and sessions.found(doored.portfolio, value or "") for value in tokens)
    assert sessions.found(doored.portfolio, "planted") is None


def test_what_is_wrong_is_not_told(doored: Service) -> None:
    """No account, a closed one, one without a password, a wrong password: the same answer, and no session."""
    answers = set()
    for email, password in (
        (EMAIL, "wrong"),
        (staffed.address("alpha", Role.VIEWER), PASSWORD),
        ("x@example.org", PASSWORD),
    ):
        answer = doored.nobody().post("/sign-in", data={"email": email, "password": password})
        assert "set-cookie" not in answer.headers
        answers.add((answer.status_code, answer.text.replace(email, "EMAIL")))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 403


def test_an_account_is_locked(tmp_path: Path) -> None:
    """Whoever guesses is locked out, also with the right password then; the page says for how long."""
    with serving(tmp_path) as service:
        person = people.by_email(service.portfolio, EMAIL)
        people.set_password(
            service.portfolio, staffed.caller(service.portfolio, "alpha", Role.ADMIN), person.id, PASSWORD
        )
        guesses = [service.nobody().post("/sign-in", data={"email": EMAIL, "password": "x"}) for _ in range(11)]
        assert [guess.status_code for guess in guesses] == [403] * 10 + [429]
        locked = service.nobody().post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
        assert locked.status_code == 429
        assert int(locked.headers["retry-after"]) > 1
        assert "seconds" in locked.text


def test_an_address_is_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever tries one password with many accounts is stopped by their address."""
    monkeypatch.setattr(doors, "TRIES", 3)
    with serving(tmp_path) as service:
        statuses = [
            service.nobody().post("/sign-in", data={"email": f"x{number}@example.org", "password": "x"}).status_code
            for number in range(4)
        ]
    assert statuses == [403, 403, 403, 429]


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/a\r\nset-cookie: x", "\\\\x", "", "a",
     "/\t/evil.example", "/sign-in", "/sign-out", "/" + "a" * 2000, "/ a"],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(wanted: str) -> None:
    """After signing in a browser goes to a place of ours, whatever an address asked for."""
    assert doors.inside(wanted) == "/"


def test_a_place_of_ours_is_kept() -> None:
    """Paths with their questions are kept as they are."""
    assert (
        doors.inside("/o/alpha/exposures?q=%C3%A4&as-of=2024-07-19#x")
        == "/o/alpha/exposures?q=%C3%A4&as-of=2024-07-19#x"
    )


def test_a_form_of_another_site_signs_nobody_in(doored: Service) -> None:
    """Nobody is signed in as somebody else by a page elsewhere: browsers say where a form comes from."""
    form = {"email": EMAIL, "password": PASSWORD}
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1:8300"},
        {},
    ):
        client = doored.nobody()
        del client.headers["sec-fetch-site"]
        assert client.post("/sign-in", data=form, headers=headers).status_code == 403, headers
    client = doored.nobody()
    del client.headers["sec-fetch-site"]
    assert client.post("/sign-in", data=form, headers={"origin": URL}).status_code == 303


def test_a_new_password_ends_sessions(doored: Service) -> None:
    """Every session of an account ends when its password changes: whoever had one is out."""
    client = doored.signed_in(EMAIL)
    assert client.get("/account").status_code == 200
    person = people.by_email(doored.portfolio, EMAIL)
    people.set_password(doored.portfolio, staffed.caller(doored.portfolio, "alpha", Role.ADMIN), person.id, PASSWORD)
    assert client.get("/account").status_code == 303


def test_a_key_beside_a_cookie_is_the_key(doored: Service) -> None:
    """Where a request brings a key along, its cookie counts for nothing: a wrong key is not mended by a session."""
    client = doored.signed_in(EMAIL)
    assert client.get("/account", headers={"x-api-key": "debar_x"}).status_code == 303
    assert client.get("/account", headers={"authorization": "Bearer debar_x"}).status_code == 303
    assert client.get("/account", headers={"authorization": "Basic abc"}).status_code == 200


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Service]:
    """Give the service over a portfolio in which nobody has an account."""
    with databases.opened(place(str(tmp_path)), makes=True) as portfolio:
        yield Service(application(portfolio, Settings(url=URL, rate=0, set_up=digest(TOKEN))), portfolio)


FIRST = {
    "name": "Ann Meyer",
    "email": "Ann@Example.org",
    "password": PASSWORD,
    "organisation": "Northwind AG",
    "describes": "us/company",
}


def test_the_first_account_is_made(new: Service) -> None:
    """Whoever has the token of the terminal makes an account that runs the whole and administers its organisation, once."""
    client = new.nobody()
    assert client.get("/sign-in").headers["location"] == "/set-up"
    assert f'value="{TOKEN}"' in client.get(f"/set-up?token={TOKEN}").text
    answer = client.post("/set-up", data={**FIRST, "token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    person = people.by_email(new.portfolio, "ann@example.org")
    assert person.is_operator
    caller = people.caller(new.portfolio, person.id)
    assert caller
    assert caller.roles == {"northwind-ag": Role.ADMIN}
    assert client.get("/account").status_code == 200
    again = new.nobody().post("/set-up", data={**FIRST, "email": "eve@example.org", "token": TOKEN})
    assert again.headers["location"] == "/sign-in"
    assert len(people.listed(new.portfolio)) == 1
    assert new.nobody().get("/set-up").headers["location"] == "/sign-in"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"token": ""}, 403),
        ({"token": "other"}, 403),
        ({"password": ""}, 422),
        ({"password": "short"}, 422),
        ({"email": "nobody"}, 422),
        ({"name": ""}, 422),
        ({"organisation": " "}, 422),
        ({"describes": "moon/company"}, 422),
    ],
)
def test_the_first_account_is_not_made(new: Service, wrong: dict[str, str], status: int) -> None:
    """Without the token, or with something that cannot be, nothing is made; what was written stands there again."""
    answer = new.nobody().post("/set-up", data={**FIRST, "token": TOKEN, **wrong})
    assert answer.status_code == status
    assert people.is_empty(new.portfolio)
    assert PASSWORD not in answer.text
    assert 'role="alert"' in answer.text


def test_an_organisation_of_any_script_can_be_first(new: Service) -> None:
    """A name that suggests no id gets one all the same."""
    new.nobody().post("/set-up", data={**FIRST, "organisation": "東京電機", "token": TOKEN})
    caller = people.caller(new.portfolio, people.by_email(new.portfolio, "ann@example.org").id)
    assert caller
    assert list(caller.roles) == ["organisation"]


def test_a_set_up_portfolio_has_no_token(doored: Service) -> None:
    """No token is right where none was printed, not even none."""
    assert not Settings().lets_set_up("")
    assert doored.nobody().post("/set-up", data={**FIRST, "token": ""}).status_code == 403


def test_a_part_of_a_page_leads_to_the_door(doored: Service) -> None:
    """A part that a script asks for cannot become the page to sign in on: the whole goes there."""
    answer = doored.nobody().get("/account", headers={"hx-request": "true", **SAME})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?next=%2Faccount")
