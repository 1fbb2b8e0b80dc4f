# SPDX-License-Identifier: Apache-2.0
"""Isolation, route by route: to a caller of one organisation another is the same as one that does not exist.

Routes are found by walking the application: one that is added tomorrow is tested without being named here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import sqlalchemy as sa

import worked
from debar.model.deeds import Ask
from debar.model.portfolio import Clock
from debar.model.vocab import Verdict
from debar.model.vocab.portfolio import Permission, Role
from debar.portfolio import asking, exposures, jobs, keys, membership, papers, remarks, running
from debar.portfolio.tables import OWN
from debar.web.app import PUBLIC
from debar.web.here import Needed, Reading, Signed, declared, routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2
    from starlette.testclient import TestClient

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from served import Service

ESTATE = Path(__file__).parents[2] / "examples" / "estate"
FILES = ("inventory/windows-programs.csv", "inventory/protection-state.csv")
MINE, OTHER, NONE = "alpha", "beta-2", "gamma-3"
"""Of the caller, of somebody else, and of nobody; the last two are written with as many letters."""
_VARIABLE = re.compile(r"\{(\w+)(?::\w+)?\}")
CANARY = "nobody else reads this"
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
BODIES: tuple[dict[str, object], ...] = ({}, {"json": {}}, {"data": {"a": "b"}}, {"content": b"x"})


class Asked(NamedTuple):
    """One method of one route."""

    method: str
    path: str
    needs: Needed | Signed | None

    def at(self, organisation: str, other: str = "x-1") -> str:
        """Give its address in an organisation; every other variable holds some id."""
        return _VARIABLE.sub(lambda found: organisation if found.group(1) == "organisation" else other, self.path)


def every(service: Service) -> Iterator[Asked]:
    """Yield every method of every route."""
    for route in routes(service.app.routes):
        for method in sorted(route.methods or {"GET"}):
            yield Asked(method, route.path or "", declared(route))


def inside(service: Service) -> list[Asked]:
    """Give those that belong to an organisation."""
    found = [one for one in every(service) if "{organisation}" in one.path]
    assert found, "no route belongs to an organisation"
    return found


def told(answer: httpx2.Response, organisation: str) -> tuple[int, str, dict[str, str]]:
    """Give what an answer tells: status, text and headers, but for the organisation that was asked for and the time."""
    kept = {
        name: value for name, value in answer.headers.items() if name not in ("server-timing", "content-length", "date")
    }
    return (
        answer.status_code,
        answer.text.replace(organisation, "ORGANISATION"),
        {name: value.replace(organisation, "ORGANISATION") for name, value in kept.items()},
    )


def test_the_page_counts_the_routes(service: Service) -> None:
    """What the page on strangers says of how many routes are walked is what is walked."""
    walked, own = len(list(every(service))), len(inside(service))
    said = f"{walked} of them, each method for itself, {own} inside of an organisation; {len(PUBLIC)} addresses are public by name"
    assert said in (Path(__file__).parents[2] / "docs" / "service.md").read_text(encoding="utf-8"), said


def test_every_route_says_what_it_needs(service: Service) -> None:
    """Whatever is not listed by name as public declares a permission; what belongs to an organisation, one in it."""
    silent = {one.path for one in every(service) if one.needs is None} - PUBLIC
    assert silent == set()
    assert {one.path for one in inside(service) if not isinstance(one.needs, Needed)} == set()


def test_what_changes_something_needs_more_than_to_read(service: Service) -> None:
    """No viewer changes anything: a route of another method than GET needs to work, approve or administer, or is named here."""
    reads = {
        one.path
        for one in inside(service)
        if one.method not in ("GET", "HEAD")
        and isinstance(one.needs, Needed)
        and one.needs.permission is Permission.READ
    }
    assert reads <= READING


READING = frozenset(
    {
        "/o/{organisation}/evidence/verify",
        "/api/v1/organisations/{organisation}/match/{dataset}",
        "/api/v1/organisations/{organisation}/proofs/verify",
    }
)
"""Routes that change nothing although they are asked by POST."""


@pytest.fixture(scope="module")
def callers(service: Service) -> dict[str, TestClient]:
    """Give admins of one organisation: a person, a key, and whoever runs the whole."""
    return {"session": service.browser(), "key": service.program(), "operator": service.operator()}


@pytest.mark.slow
@pytest.mark.parametrize("who", ["session", "key", "operator"])
def test_another_organisation_is_none(service: Service, callers: dict[str, TestClient], who: str) -> None:
    """Every route, every method, every kind of body: status, text and headers are those of no organisation, and not 2xx."""
    client = callers[who]
    for asked in inside(service):
        for body in BODIES if asked.method in CHANGING else BODIES[:1]:
            theirs = told(client.request(asked.method, asked.at(OTHER), **body), OTHER)  # type: ignore[arg-type]
            nobodys = told(client.request(asked.method, asked.at(NONE), **body), NONE)  # type: ignore[arg-type]
            assert theirs == nobodys, (asked, body)
            assert theirs[0] in (404, 415, 422), (asked, body, theirs)


def test_empty_requests_are_not_found(service: Service, callers: dict[str, TestClient]) -> None:
    """Without a body nothing stands before the question whose it is: the answer is 404 for every route that takes none."""
    for asked in inside(service):
        if asked.method in ("GET", "HEAD", "DELETE"):
            assert callers["session"].request(asked.method, asked.at(OTHER)).status_code == 404, asked


@pytest.mark.parametrize("role", Role)
def test_a_role_may_not_what_it_may_not(service: Service, role: Role) -> None:
    """Every route with every role: whoever lacks its permission hears 403, and nothing happens."""
    from debar.model.vocab.portfolio import MAY

    client = service.browser(role)
    for asked in inside(service):
        assert isinstance(asked.needs, Needed)
        if asked.needs.permission not in MAY[role]:
            assert client.request(asked.method, asked.at(MINE)).status_code in (403, 422), asked


@pytest.mark.slow
def test_nobody_enters_without_a_sign(service: Service) -> None:
    """Every route that is not public: nobody gets in, by no cookie, a wrong one, a wrong key or a key in a cookie."""
    right = service.key()
    strangers = (
        service.nobody(),
        service.nobody(cookie="debar-session=AAAA"),
        service.nobody(**{"x-api-key": "debar_000000000000." + "A" * 43}),
        service.nobody(authorization="Bearer nonsense"),
        service.nobody(cookie=f"debar-session={right}; x-api-key={right}"),
    )
    for asked in every(service):
        if asked.needs is None:
            continue
        for client in strangers:
            answer = client.request(asked.method, asked.at(MINE))
            assert answer.status_code in (303, 401, 422), asked
            assert answer.status_code != 303 or answer.headers["location"].startswith("/sign-in"), asked


def test_no_change_without_the_token_of_the_session(service: Service) -> None:
    """Every route that changes something: a session whose page brings no token, or another's, hears 403."""
    client, other = service.browser(), service.browser(Role.ANALYST)
    for token in ("", other.headers["x-csrf-token"]):
        client.headers["x-csrf-token"] = token
        for asked in every(service):
            if asked.needs is not None and asked.method not in ("GET", "HEAD"):
                assert client.request(asked.method, asked.at(MINE)).status_code in (403, 422), asked


def test_no_change_from_another_site(service: Service) -> None:
    """Every route, public ones as well: with everything right but where it comes from, a browser hears 403."""
    client = service.browser()
    for asked in every(service):
        if asked.method in ("GET", "HEAD", "OPTIONS"):
            continue
        for site in ("cross-site", "same-site", "none"):
            answer = client.request(asked.method, asked.at(MINE), headers={"sec-fetch-site": site})
            assert answer.status_code == 403, (asked, site)


def test_the_walk_finds_what_is_included() -> None:
    """What a router within a router declares is seen: the walk would be blind otherwise."""
    from fastapi import APIRouter, FastAPI

    inner, outer, app = APIRouter(), APIRouter(prefix="/o"), FastAPI(openapi_url=None, docs_url=None, redoc_url=None)

    @inner.get("/{organisation}/bare")
    def bare(organisation: str) -> str:
        return organisation

    def told_by(here: Reading) -> str:
        return here.estate.organisation

    inner.add_api_route("/{organisation}/told", told_by)
    outer.include_router(inner)
    app.include_router(outer)
    found = {route.path: declared(route) for route in routes(app.routes)}
    assert set(found) == {"/o/{organisation}/bare", "/o/{organisation}/told"}
    assert found["/o/{organisation}/bare"] is None
    assert isinstance(found["/o/{organisation}/told"], Needed)


@pytest.fixture(scope="module")
def theirs(service: Service) -> list[str]:
    """Give ids of what another organisation has: members, keys, jobs, and a row of each of its tables in which there is one."""
    portfolio, estate = service.portfolio, service.estate(OTHER, Role.ANALYST)
    service.key(Role.VIEWER, OTHER)
    _fill(portfolio, estate)
    found = {one.person for one in membership.members(portfolio, estate)}
    found |= {one.prefix for one in keys.listed(portfolio, service.estate(OTHER))}
    found |= {one.id for one in jobs.listed(portfolio, estate).items[:2]}
    filled = set()
    with estate.reading() as connection:
        for table in OWN.sorted_tables:
            columns = [*table.primary_key.columns][:1] + [column for column in table.c if column.name == "exposure"]
            for column in columns:
                some = {str(one) for one in connection.execute(sa.select(column).limit(1)).scalars()}
                filled |= {table.name} if some else set()
                found |= some
    assert {"uploads", "held", "assets", "readings", "asked", "remarks", "papers"} <= filled
    return sorted(one for one in found if len(one) > 6)  # the number of a row is nobody's secret


def _fill(portfolio: Portfolio, estate: Estate) -> None:
    """Let an organisation find something, and people work on it."""
    worked.send(portfolio, estate, {name.rpartition("/")[2]: (ESTATE / name).read_bytes() for name in FILES})
    worked.at_once(portfolio)
    assert running.run(portfolio, estate, on="2024-10-05", at="2024-10-05T12:00:00Z")
    first = exposures.listed(estate, Clock(as_of="2024-10-05"), exposures.Filters()).items[0].id
    wanted = Ask(
        verdict=Verdict.ACCEPTED,
        exposures=(first,),
        reason="it goes in November",
        created="2024-10-05",
        expires="2024-11-30",
    )
    asking.ask(portfolio, estate, wanted, at="2024-10-05T13:00:00Z")
    remarks.add(estate, first, CANARY)
    papers.put(portfolio, estate, "notice.txt", [b"A notice."])


@pytest.mark.slow
def test_ids_of_another_organisation_are_nobodys(service: Service, theirs: list[str]) -> None:
    """Every route of the own organisation, every method, asked with an id of another one: as with an id that nobody has."""
    client = service.browser()
    for id_ in theirs:
        nobodys = re.sub(r"[0-9a-z](?=[0-9a-z]{0,3}$)", "0", id_)
        for asked in inside(service):
            if "{" not in asked.path.replace("{organisation}", ""):
                continue
            for body in BODIES[: 2 if asked.method in CHANGING else 1]:
                one = told(client.request(asked.method, asked.at(MINE, id_), **body), id_)  # type: ignore[arg-type]
                other = told(client.request(asked.method, asked.at(MINE, nobodys), **body), nobodys)  # type: ignore[arg-type]
                assert one == other, (asked, id_)
                assert CANARY not in one[1], (asked, id_)
