# SPDX-License-Identifier: Apache-2.0
"""Promises about the API as a whole: what is read has a name, what is made says where, what is asked twice is done once."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import staffed
import worked
from debar.model.vocab.portfolio import JobKind, Role
from debar.portfolio import jobs, people, running
from debar.portfolio.estates import PROGRAM
from debar.web.api import OPERATIONS

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from served import Service

ESTATE = Path(__file__).parents[3] / "examples" / "estate"
FILES = ("inventory/windows-programs.csv", "inventory/protection-state.csv")
HERE = "/api/v1/organisations/alpha"
ROWS = ("exposures", "assets", "parties", "measures", "obligations", "sources", "decisions", "records")


@pytest.fixture(scope="module")
def filled(service: Service) -> Service:
    """Give the service with a run of some files in it."""
    estate = service.estate()
    worked.send(service.portfolio, estate, {name: (ESTATE / name).read_bytes() for name in FILES})
    worked.at_once(service.portfolio)
    assert running.run(service.portfolio, estate)
    return service


def soon() -> str:
    """Give a day within a year."""
    return (datetime.now(UTC) + timedelta(days=60)).date().isoformat()


@pytest.fixture
def program(filled: Service) -> TestClient:
    """Give a program that may administer."""
    return filled.program()


def test_every_read_answers_with_a_name(filled: Service, program: TestClient) -> None:
    """What is read has an ETag, and whoever sends it back is told that nothing has changed."""
    operator = filled.operator()
    seen = 0
    for one in OPERATIONS:
        if (
            one.method != "GET"
            or set(one.names) - {"organisation"}
            or one.raw.gives
            or (
                one.asked
                and one.id
                in (
                    "compare_register",
                    "compare_runs",  # it takes two
                    "search_names",
                    "search_names_of_key",
                )
            )
        ):
            continue
        who = operator if one.permission == "operate" else program
        path = one.path.replace("{organisation}", "alpha")
        first = who.get(path)
        assert first.status_code == 200, (one.id, first.text)
        assert first.headers["content-type"] == "application/json"
        again = who.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), one.id
        assert who.get(path, headers={"if-none-match": '"other"'}).status_code == 200
        seen += 1
    assert seen > 30


@pytest.mark.parametrize("name", ROWS)
def test_a_list_as_csv_has_the_same_rows(program: TestClient, name: str) -> None:
    """With Accept: text/csv a list is a table of all of its rows, under the names that they have in JSON."""
    page = program.get(f"{HERE}/{name}", params={"page_size": 1}).json()
    answer = program.get(f"{HERE}/{name}", params={"page_size": 1}, headers={"accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert name in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert len(rows) - 1 == page["total"]
    if page["items"]:
        assert rows[0] == list(page["items"][0])


def test_pages_follow_each_other(program: TestClient) -> None:
    """The rows of all pages are those of one large page, each once, and the last page has no token."""
    whole = program.get(f"{HERE}/exposures", params={"page_size": 500}).json()
    assert whole["total"] == len(whole["items"]) > 3
    assert whole["next_page_token"] == ""
    found, token = [], ""
    for _ in range(100):
        page = program.get(f"{HERE}/exposures", params={"page_size": 2, "page_token": token}).json()
        found += page["items"]
        token = page["next_page_token"]
        if not token:
            break
    assert found == whole["items"]


def test_a_list_is_narrowed_sorted_and_grouped(program: TestClient) -> None:
    """Parameters narrow a list; an order may be turned round; groups count what is in them."""
    every = program.get(f"{HERE}/exposures", params={"sort": "asset"}).json()["items"]
    turned = program.get(f"{HERE}/exposures", params={"sort": "-asset"}).json()["items"]
    assert [one["asset"] for one in turned] == [one["asset"] for one in reversed(every)]
    party = every[0]["party"]
    some = program.get(f"{HERE}/exposures", params={"party": party, "level": 1}).json()["items"]
    assert some and {one["party"] for one in some} == {party}
    two = program.get(f"{HERE}/exposures", params={"status": ["prohibited", "required"]})
    assert two.status_code == 200
    groups = program.get(f"{HERE}/exposures/groups", params={"by": "party"}).json()
    assert sum(one["exposures"] for one in groups["items"]) == len(every)


def test_two_days(program: TestClient) -> None:
    """As of a day before every run nothing is known; the two days are parameters of every list."""
    assert program.get(f"{HERE}/exposures", params={"as_of": "2001-01-01"}).json()["total"] == 0
    assert program.get(f"{HERE}/overview", params={"known_on": "2001-01-01"}).json()["counts"]["run"] == ""
    wrong = program.get(f"{HERE}/exposures", params={"as_of": "tomorrow"})
    assert (wrong.status_code, wrong.headers["content-type"]) == (422, "application/problem+json")
    assert wrong.json()["hint"]


@pytest.mark.parametrize(
    "query",
    [
        {"stauts": "prohibited"},
        {"status": "prohibted"},
        {"sort": "colour"},
        {"page_size": "0"},
        {"page_size": "many"},
        {"page_size": "1" * 30},
        {"page_token": "!"},
        {"level": "-1"},
        {"party": ["a", "b"]},
        {"aside": "perhaps"},
        {"words": "a" * 2000},
        {"words": "a\0b"},
    ],
)
def test_a_parameter_that_cannot_be_is_refused(program: TestClient, query: dict[str, str]) -> None:
    """What nobody knows, or cannot be, is 422 with a word about it, and never left out in silence."""
    answer = program.get(f"{HERE}/exposures", params=query)
    assert answer.status_code == 422, answer.text
    assert answer.json()["type"] == "about:blank"
    assert answer.json()["instance"] == f"{HERE}/exposures"


def test_a_misspelt_parameter_is_told_the_right_one(program: TestClient) -> None:
    """Whoever misspells a name hears which is meant."""
    assert "did you mean 'status'" in program.get(f"{HERE}/exposures", params={"stauts": "x"}).json()["detail"]


def test_what_is_made_says_where_it_is(program: TestClient) -> None:
    """201 with the thing and its address, at which it is found, and which takes it away again."""
    made = program.post(f"{HERE}/members", json={"email": "new@alpha.example", "role": "viewer", "name": "New"})
    assert made.status_code == 201
    place = made.headers["location"]
    assert program.get(place).json() == made.json()
    changed = program.put(place, json={"role": "analyst"})
    assert changed.json()["role"] == "analyst"
    assert program.delete(place).status_code == 204
    assert program.get(place).status_code == 404


def test_a_change_by_if_match(program: TestClient) -> None:
    """A change of what somebody has seen is made; of what is another by now it is refused, and nothing changes."""
    place = f"{HERE}/facts"
    before = program.get(place)
    facts = before.json()
    changed = program.put(place, json={**facts, "name": "Other"}, headers={"if-match": before.headers["etag"]})
    assert changed.status_code == 200, changed.text
    assert changed.headers["etag"] == program.get(place).headers["etag"]
    late = program.put(place, json={**facts, "name": "Late"}, headers={"if-match": before.headers["etag"]})
    assert (late.status_code, late.headers["content-type"]) == (412, "application/problem+json")
    assert program.get(place).json()["name"] == "Other"
    assert program.put(place, json=facts, headers={"if-match": "*"}).status_code == 200


def test_the_same_request_twice_is_done_once(filled: Service, program: TestClient) -> None:
    """With the same key the same answer comes, with the same address, and nothing is made anew."""
    exposure = program.get(f"{HERE}/exposures").json()["items"][0]["id"]
    place, key = f"{HERE}/exposures/{exposure}/remarks", {"idempotency-key": "remark-1"}
    first = program.post(place, json={"text": "once"}, headers=key)
    again = program.post(place, json={"text": "once"}, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    assert program.get(place).json()["total"] == 1
    other = program.post(place, json={"text": "another"}, headers=key)
    assert (other.status_code, program.get(place).json()["total"]) == (422, 1)
    somebody = filled.program(Role.ANALYST)
    assert somebody.post(place, json={"text": "another"}, headers=key).status_code == 201


def test_a_refused_request_may_be_mended_under_its_key(program: TestClient) -> None:
    """What came to nothing is not kept: the same key may be sent with what is right."""
    key = {"idempotency-key": "mended"}
    assert program.post(f"{HERE}/members", json={"email": "no", "role": "viewer"}, headers=key).status_code == 422
    right = program.post(f"{HERE}/members", json={"email": "m@alpha.example", "role": "viewer"}, headers=key)
    assert right.status_code == 201
    assert program.post(f"{HERE}/members", json={}, headers={"idempotency-key": ""}).status_code == 422
    assert program.post(f"{HERE}/members", json={}, headers={"idempotency-key": "k" * 101}).status_code == 422


def test_a_key_is_shown_once(filled: Service) -> None:
    """Whoever makes a key is told what opens; asked again under the same key of the request, nobody is."""
    browser = filled.browser()
    sent = {"name": "pipeline", "role": "viewer", "expires": "2099-01-01"}
    assert browser.post(f"{HERE}/keys", json=sent).status_code == 422
    sent["expires"] = soon()
    first = browser.post(f"{HERE}/keys", json=sent, headers={"idempotency-key": "shown"})
    assert first.status_code == 201, first.text
    secret = first.json()["secret"]
    again = browser.post(f"{HERE}/keys", json=sent, headers={"idempotency-key": "shown"})
    assert again.status_code == 409
    assert secret not in again.text
    assert secret not in filled.program().get(f"{HERE}/keys").text
    asked = filled.nobody().get("/api/v1/me", headers={"authorization": f"Bearer {secret}"})
    assert asked.json()["roles"] == {"alpha": "viewer"}
    assert filled.nobody().get("/api/v1/me", headers={"authorization": f"ApiKey {secret}"}).status_code == 200
    assert browser.delete(first.headers["location"]).status_code == 204
    assert filled.nobody().get("/api/v1/me", headers={"x-api-key": secret}).status_code == 401


def test_a_decision_is_asked_by_one_and_approved_by_another(filled: Service) -> None:
    """The whole way by the API: asked by an analyst's key, refused to keys, approved by a person, ended again."""
    analyst, approver = filled.program(Role.ANALYST), filled.browser(Role.APPROVER)
    exposures = [one["id"] for one in analyst.get(f"{HERE}/exposures").json()["items"][:2]]
    wanted = {"verdict": "accepted", "exposures": exposures, "reason": "replaced in May", "expires": soon()}
    reach = analyst.post(f"{HERE}/decisions/reach", json=wanted)
    assert reach.json() == {"exposures": 2}
    asked = analyst.post(f"{HERE}/decisions", json=wanted)
    assert asked.status_code == 201, asked.text
    place = asked.headers["location"]
    assert asked.json()["state"] == "asked"
    assert filled.program(Role.APPROVER).post(f"{place}/approve", json={}).status_code == 403
    etag = approver.get(place).headers["etag"]
    approved = approver.post(f"{place}/approve", json={"answer": "agreed"}, headers={"if-match": etag})
    assert approved.json()["state"] == "approved"
    assert approver.post(f"{place}/approve", json={}, headers={"if-match": etag}).status_code == 412
    assert approver.post(f"{place}/approve", json={}).status_code == 409
    listed = analyst.get(f"{HERE}/decisions", params={"state": "approved"}).json()
    assert listed["items"][0]["id"] == asked.json()["id"]


def test_work_is_a_job_that_can_be_followed(filled: Service, program: TestClient) -> None:
    """What takes longer answers 202 with a job at an address, which can be given up."""
    begun = program.post(f"{HERE}/plans", json={"begins": "2099-01-05"})
    assert begun.status_code == 202, begun.text
    place = begun.headers["location"]
    assert program.get(place).json()["kind"] == "plan"
    assert program.post(f"{place}/cancel").json()["state"] == "cancelled"
    assert program.post(f"{place}/cancel").status_code == 409
    assert program.post(f"{place}/again").json()["state"] == "queued"
    assert program.post(f"{place}/cancel").status_code == 200
    listed = program.get(f"{HERE}/jobs", params={"kind": "plan", "state": "cancelled"}).json()
    assert [one["id"] for one in listed["items"]] == [begun.json()["id"]]
    assert jobs.listed(filled.portfolio, filled.estate(), kind=JobKind.PLAN).total == 1


def test_who_may_what(filled: Service) -> None:
    """Every operation refuses whoever is nobody, and whoever has a lesser role than it names."""
    levels = {
        "read": None,
        "work": Role.VIEWER,
        "approve": Role.ANALYST,
        "administer": Role.APPROVER,
        "operate": Role.ADMIN,
    }
    clients = {role: filled.program(role) for role in Role}
    for one in OPERATIONS:
        path = one.path.replace("{organisation}", "alpha").replace(":path}", "}")
        for name in one.names:
            path = path.replace(f"{{{name}}}", "x-1")
        nobody = filled.nobody().request(one.method, path)
        assert nobody.status_code in (401, 403), one.id
        assert nobody.headers["content-type"] == "application/problem+json"
        if role := levels.get(one.permission):
            refused = clients[role].request(one.method, path)
            assert refused.status_code == 403, (one.id, refused.text)


def test_accounts_are_for_whoever_runs_the_whole(filled: Service) -> None:
    """An operator makes organisations and accounts, and closes them; an admin of an organisation does not."""
    operator = filled.operator()
    made = operator.post("/api/v1/accounts", json={"email": "eve@example.org", "name": "Eve"})
    assert made.status_code == 201
    place = made.headers["location"]
    assert operator.patch(place, json={"is_active": False}).json()["is_active"] is False
    assert operator.post("/api/v1/accounts", json={"email": "eve@example.org", "name": "Eve"}).status_code == 409
    new = operator.post("/api/v1/organisations", json={"name": "Gamma", "admin": made.json()["id"]})
    assert (new.status_code, new.headers["location"]) == (201, "/api/v1/organisations/gamma")
    assert operator.get("/api/v1/organisations/gamma").status_code == 404
    assert filled.browser().post("/api/v1/organisations", json={"name": "Delta"}).status_code == 403
    assert operator.get("/api/v1/audit", params={"action": "organisation."}).json()["total"] >= 1


def test_changes_are_put_on_record(program: TestClient) -> None:
    """The log of an organisation names what was done by the API, and by which key."""
    page = program.get(f"{HERE}/audit", params={"action": "upload."}).json()
    assert page["total"] == len(FILES)
    assert {one["action"] for one in page["items"]} == {"upload.added"}


def test_people_are_those_of_the_organisation(program: TestClient) -> None:
    """Members are listed with what they may."""
    found = {one["email"]: one["role"] for one in program.get(f"{HERE}/members").json()["items"]}
    assert found[staffed.address("alpha", Role.APPROVER)] == "approver"


def test_an_account_has_a_password_of_its_own(filled: Service) -> None:
    """Whoever knows the old password gives themselves another, which ends their sessions; a key has none."""
    person = people.by_email(filled.portfolio, staffed.address("beta-2", Role.VIEWER))
    people.set_password(filled.portfolio, PROGRAM, person.id, "correct horse battery")
    browser = filled.browser(Role.VIEWER, "beta-2")
    sent = {"old": "correct horse battery", "new": "staple of another kind"}
    assert browser.put("/api/v1/me/password", json={**sent, "old": "wrong"}).status_code == 403
    assert filled.program(Role.VIEWER, "beta-2").put("/api/v1/me/password", json=sent).status_code == 403
    assert browser.put("/api/v1/me/password", json=sent).status_code == 204
    assert browser.get("/api/v1/me").status_code == 401
    again = filled.browser(Role.VIEWER, "beta-2")
    assert again.delete("/api/v1/me/sessions").status_code == 204
    assert again.get("/api/v1/me").status_code == 401


def test_whoever_runs_the_whole_sees_names_alone(filled: Service, program: TestClient) -> None:
    """The list of every organisation tells nothing of what one holds, and is for nobody else."""
    found = filled.operator().get("/api/v1/tenants").json()["items"]
    assert {"alpha", "beta-2"} <= {one["id"] for one in found}
    assert {key for one in found for key in one} == {"id", "name", "created_at"}
    assert program.get("/api/v1/tenants").status_code == 403
    assert filled.browser().get("/api/v1/tenants").status_code == 403


def test_a_session_hears_its_token_and_a_key_needs_none(filled: Service, program: TestClient) -> None:
    """Whoever is signed in learns what changes have to bring along; the answer is kept by nobody on its way."""
    browser = filled.browser()
    told = browser.get("/api/v1/me")
    assert told.json()["csrf"] == browser.headers["x-csrf-token"]
    assert "private" in told.headers["cache-control"]
    assert told.headers.get("access-control-allow-origin") is None
    assert program.get("/api/v1/me").json()["csrf"] == ""
