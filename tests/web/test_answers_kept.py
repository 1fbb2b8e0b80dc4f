# SPDX-License-Identifier: Apache-2.0
"""Promises about answers that are kept: nobody is given one that is another's, and nobody one that would not be made again."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import staffed
from debar.model.portfolio import Clock
from debar.model.vocab.portfolio import Role
from debar.portfolio import (
    databases,
    estates,
    exposures,
    membership,
    people,
    remarks,
    running,
    sessions,
    tenants,
    uploads,
)
from debar.portfolio.hand import Hand
from debar.web import here as here_
from debar.web import kept
from debar.web.here import declared, routes
from paged import ESTATE
from served import Service, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

ORGANISATIONS = ("alpha", "beta-2")
PAGES = ("/", "/measures", "/exposures", "/exposures?group=asset", "/assets", "/parties", "/duties", "/decisions", "/plan", "/uploads",
         "/documents", "/register", "/settings", "/settings/members", "/audit", "/exposures?sort=-last_seen", "/evidence")  # fmt: skip
LISTS = ("/exposures", "/assets", "/measures", "/obligations", "/parties")
NOBODY = frozenset({"/", "/sign-in"})


@pytest.fixture(scope="module")
def evident(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give the service with other things in each of its organisations."""
    with serving(tmp_path_factory.mktemp("kept")) as found:
        for number, organisation in enumerate(ORGANISATIONS):
            fill(found, organisation, f"sbom-{number}.json", ("Kaspersky", "ZTE")[number])
        yield found


def fill(service: Service, organisation: str, name: str, maker: str) -> None:
    """Have a run in an organisation, of a file that others do not have."""
    import msgspec

    from debar.portfolio import readings

    parts = [{"type": "library", "name": f"{maker} Agent {organisation}", "version": "1", "publisher": f"{maker} Lab"}]
    content = msgspec.json.encode({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": parts})
    estate = service.estate(organisation)
    one = uploads.put(service.portfolio, estate, name, [content])
    other = uploads.put(
        service.portfolio, estate, "programs.csv", [(ESTATE / "inventory/windows-programs.csv").read_bytes()]
    )
    for upload in (one, other):
        readings.work(service.portfolio, estate, upload.id, lambda *_: None)
    running.run(service.portfolio, estate)


def keeper(app: FastAPI) -> kept.Kept:
    """Give what keeps answers in an application that was asked before."""
    found: Any = app.middleware_stack
    while not isinstance(found, kept.Kept):
        found = found.app if hasattr(found, "app") else found._app
    return found


class Forgetful(Hand[kept.Answer]):
    """Keeps nothing."""

    def look(self, key: object) -> None:
        """Give nothing."""


def forgetful(service: Service) -> Service:
    """Give the same service as it answers where nothing is kept."""
    from debar.web.app import application
    from debar.web.settings import Settings

    app = application(service.portfolio, Settings(url=service.url, rate=0))
    found = Service(app, service.portfolio, service.url)
    found.nobody().get("/healthz")
    keeper(app)._answers = Forgetful(lambda _: 1, 1)
    return found


def made(service: Service, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list to which every list of exposures that is made is added."""
    found: list[str] = []
    before = exposures.listed

    def listed(estate: Estate, clock: Clock, *args: Any, **named: Any) -> Any:
        found.append(estate.organisation)
        return before(estate, clock, *args, **named)

    monkeypatch.setattr(exposures, "listed", listed)
    return found


def test_the_same_is_made_once(evident: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page and a list are made for the first who asks, and given again, with the headers that every answer has."""
    times = made(evident, monkeypatch)
    browser, program = evident.browser(), evident.program()
    for asker, path in ((browser, "/o/alpha/exposures"), (program, "/api/v1/organisations/alpha/exposures")):
        asker.get(path)  # the first look may note that it was there
        times.clear()
        first, *others = [asker.get(path) for _ in range(4)]
        assert len(times) <= 1, path
        assert {one.text for one in others} == {first.text}
        for one in others:
            assert {name for name in one.headers if name != "server-timing"} == {
                name for name in first.headers if name != "server-timing"
            }
        assert asker.get(f"{path}?sort=asset").text != first.text
        assert len(times) <= 2


def test_what_was_decided_is_in_the_next_answer(evident: Service) -> None:
    """A change through the service, beside it and from another process's connection is seen by the next who asks."""
    browser = evident.browser()
    exposure = exposures.listed(evident.estate(), Clock(as_of=here_.today())).items[0].id
    path = f"/o/alpha/exposures/{exposure}"
    assert browser.get(path).text == browser.get(path).text
    sent = browser.post(
        f"/api/v1/organisations/alpha/exposures/{exposure}/remarks", json={"text": "seen by the service"}
    )
    assert sent.status_code == 201
    assert "seen by the service" in browser.get(path).text
    with databases.opened(evident.portfolio.place) as other:
        for number in range(3):
            remarks.add(staffed.estate(other), exposure, f"seen beside it {number}")
            assert f"seen beside it {number}" in browser.get(path).text


def test_what_lies_in_the_shared_database_is_in_the_next_answer(evident: Service) -> None:
    """A page that tells of members, jobs or the name of the organisation tells it as it is, whoever changed it."""
    browser = evident.browser()
    for _ in range(2):
        assert "Newcomer" not in browser.get("/o/alpha/settings/members").text
    with databases.opened(evident.portfolio.place) as other:
        membership.join(other, staffed.estate(other), email="new@example.org", name="Newcomer", role=Role.VIEWER)
        assert "Newcomer" in browser.get("/o/alpha/settings/members").text
        browser.get("/o/alpha/")
        tenants.rename(other, staffed.estate(other), "Renamed GmbH")
        assert "Renamed GmbH" in browser.get("/o/alpha/").text


def test_a_role_that_was_taken_opens_nothing_that_is_kept(evident: Service) -> None:
    """Whoever is no longer a member, or may no longer do something, is given nothing that they were given before."""
    estate = evident.estate()
    person = membership.join(evident.portfolio, estate, email="gone@example.org", name="Gone", role=Role.ANALYST)
    browser = evident.signed_in("gone@example.org")
    paths = [f"/o/alpha{path}" for path in PAGES]
    before = {path: [browser.get(path) for _ in range(2)][-1] for path in paths}
    assert {answer.status_code for answer in before.values()} <= {200, 403}
    membership.set_role(evident.portfolio, estate, person.person, Role.VIEWER)
    assert 'action="/o/alpha/decisions/ask"' in before["/o/alpha/exposures"].text
    assert 'action="/o/alpha/decisions/ask"' not in browser.get("/o/alpha/exposures").text
    membership.set_role(evident.portfolio, estate, person.person, None)
    assert {browser.get(path).status_code for path in paths} == {404}
    sessions.end_all(evident.portfolio, person.person)
    assert {browser.get(path).status_code for path in paths} == {303}


def test_the_token_of_a_session_is_in_no_other(evident: Service) -> None:
    """The same page is given to two sessions of one person, to each with its own token and never with that of the other."""
    one, other = evident.browser(), evident.browser()
    tokens = [browser.headers["x-csrf-token"] for browser in (one, other)]
    for path in ("/o/alpha/exposures", "/o/alpha/decisions", "/o/alpha/"):
        texts = [browser.get(path).text for browser in (one, other, one, other)]
        for number, text in enumerate(texts):
            assert tokens[number % 2] in text
            assert tokens[1 - number % 2] not in text
        assert texts[0].replace(tokens[0], "-") == texts[1].replace(tokens[1], "-")


def test_who_has_it_already_is_told_so(evident: Service) -> None:
    """A list that nobody changed is not sent again, whether it is kept or not; what was changed is."""
    program, path = evident.program(), "/api/v1/organisations/alpha/exposures"
    tag = program.get(path).headers["etag"]
    for _ in range(3):
        same = program.get(path, headers={"if-none-match": tag})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    assert program.get(path, headers={"if-none-match": '"another"'}).status_code == 200
    assert program.get(path, headers={"accept": "text/csv"}).headers["content-type"].startswith("text/csv")
    assert program.get(path).headers["content-type"] == "application/json"


def test_another_day_is_another_answer(evident: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is tomorrow, what was kept today is over."""
    browser = evident.browser()
    assert here_.today() in browser.get("/o/alpha/").text
    monkeypatch.setattr(here_, "today", lambda: "2031-02-03")
    assert "2031-02-03" in browser.get("/o/alpha/").text


def test_only_looks_at_an_organisation_are_kept(service: Service) -> None:
    """What is marked is asked by GET, in an organisation, and needs no more than to look."""
    marked = [route for route in routes(service.app.routes) if kept.is_kept(getattr(route, "endpoint", None))]
    assert len(marked) > 25
    for route in marked:
        needed = declared(route)
        assert isinstance(needed, here_.Needed), route.path
        assert set(route.methods or ()) <= {"GET", "HEAD"}, route.path
        assert re.match(r"/o/\{organisation\}|/api/v1/organisations/\{organisation\}", route.path or ""), route.path


def test_what_is_kept_has_an_end(evident: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many addresses are asked for, what is kept takes no more room than there is."""
    browser = evident.browser()
    browser.get("/o/alpha/")
    answers = keeper(evident.app)._answers
    monkeypatch.setattr(answers, "_room", 300_000)
    for number in range(60):
        assert browser.get(f"/o/alpha/exposures?q=word-{number}").status_code == 200
    assert answers._full == sum(map(kept._size, answers._things.values())) <= 300_000


WHO = st.sampled_from([*((organisation, role) for organisation in ORGANISATIONS for role in Role)])
STEPS = st.one_of(
    st.tuples(st.just("page"), WHO, st.sampled_from(ORGANISATIONS), st.sampled_from(PAGES)),
    st.tuples(st.just("list"), WHO, st.sampled_from(ORGANISATIONS), st.sampled_from(LISTS)),
    st.tuples(st.just("remark"), WHO, st.sampled_from(ORGANISATIONS), st.just("")),
    st.tuples(st.just("role"), WHO, st.sampled_from(ORGANISATIONS), st.sampled_from([*Role, None])),
)


@pytest.fixture(scope="module")
def asked(evident: Service) -> tuple[Service, dict[tuple[str, Role], tuple[TestClient, TestClient]]]:
    """Give the service that keeps nothing, and for each person a browser of both with the same session."""
    plain = forgetful(evident)
    found = {}
    for organisation in ORGANISATIONS:
        for role in Role:
            browser = evident.browser(role, organisation)
            same = plain.nobody(**{"x-csrf-token": browser.headers["x-csrf-token"]})
            same.cookies.update(browser.cookies)
            found[organisation, role] = browser, same
    return plain, found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_whatever_happens_every_answer_is_the_one_that_would_be_made(
    evident: Service,
    asked: tuple[Service, dict[tuple[str, Role], tuple[TestClient, TestClient]]],
    steps: list[tuple[str, tuple[str, Role], str, Any]],
) -> None:
    """Of any people who ask for anything in any organisation, while roles and content change, each is given what is theirs now."""
    for what, who, organisation, detail in steps:
        keeping, making = asked[1][who]
        if what == "role":
            changed(evident.portfolio, who, organisation, detail)
            continue
        if what == "remark":
            estate = estates.behind(evident.portfolio, organisation)
            exposure = exposures.listed(estate, Clock(as_of=here_.today())).items[0].id
            remarks.add(estate, exposure, f"remark by {who[1]}")
            continue
        path = f"/o/{organisation}{detail}" if what == "page" else f"/api/v1/organisations/{organisation}{detail}"
        for _ in range(2):
            given_, wanted = keeping.get(path), making.get(path)
            assert (given_.status_code, given_.text) == (wanted.status_code, wanted.text), path
        if given_.status_code == 200:
            other = ORGANISATIONS[1 - ORGANISATIONS.index(organisation)]
            assert f"Agent {other}" not in given_.text
    for organisation, role in asked[1]:
        changed(evident.portfolio, (organisation, role), organisation, role)


def changed(portfolio: Portfolio, who: tuple[str, Role], organisation: str, role: Role | None) -> None:
    """Give somebody a role in an organisation, or take them out of it; the last admin stays."""
    from debar.errors import ConflictError, NotThereError

    person = people.by_email(portfolio, staffed.address(*who))
    estate = estates.behind(portfolio, organisation)
    with contextlib.suppress(ConflictError, NotThereError):
        if role is not None and organisation not in (people.caller(portfolio, person.id) or person).roles:  # type: ignore[union-attr]
            membership.join(portfolio, estate, email=person.email, name=person.name, role=role)
        else:
            membership.set_role(portfolio, estate, person.id, role)
