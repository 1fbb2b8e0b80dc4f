# SPDX-License-Identifier: Apache-2.0
"""Promises about matching: screening clients are answered in the words that they know, by the names that debar compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from debar.lists.ftm import NUMBERS
from debar.lists.registered import from_register
from debar.model.vocab.portfolio import Role
from debar.portfolio import uploads
from debar.screen.screening import THRESHOLD

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from debar.register import Register
    from served import Service

HERE = "/api/v1/organisations/alpha"
LIST = b"name,country,lei\nZhejiang Uniview Technologies Co Ltd,CN,\nHytera Communications Corporation,CN,\n"


@pytest.fixture
def program(service: Service) -> TestClient:
    """Give a program that may read."""
    return service.program(Role.VIEWER)


def ask(program: TestClient, *names: str, base: str = "", dataset: str = "register", **options: Any) -> Any:
    """Give the answer to names."""
    queries = {f"q{at}": {"schema": "Company", "properties": {"name": [name]}} for at, name in enumerate(names)}
    answer = program.post(f"{base}/match/{dataset}", json={"queries": queries}, params=options)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("base", ["", HERE])
@pytest.mark.parametrize("dataset", ["register", "default"])
def test_an_answer_has_the_form_that_clients_know(program: TestClient, base: str, dataset: str) -> None:
    """Responses by query, each with status, total, query and scored entities; features with their descriptions."""
    found = ask(program, "Kaspersky Lab", "Nobody of Nowhere Holdings", base=base, dataset=dataset)
    assert found.keys() == {"responses", "matcher", "limit"}
    assert found["limit"] == 5
    first, second = found["responses"]["q0"], found["responses"]["q1"]
    assert (first["status"], first["total"]) == (200, {"value": len(first["results"]), "relation": "eq"})
    assert first["query"]["properties"] == {"name": ["Kaspersky Lab"]}
    assert (second["results"], second["total"]["value"]) == ([], 0)
    best = first["results"][0]
    assert {
        "id",
        "caption",
        "schema",
        "properties",
        "datasets",
        "referents",
        "target",
        "score",
        "match",
        "features",
    } <= best.keys()
    assert (best["id"], best["schema"], best["datasets"], best["match"]) == (
        "kaspersky",
        "LegalEntity",
        ["register"],
        True,
    )
    assert "ru" in best["properties"]["country"]
    assert set(best["features"]) <= set(found["matcher"])
    assert all(one["description"] for one in found["matcher"].values())


def test_what_is_of_the_group_is_no_match(program: TestClient) -> None:
    """A name that only carries the brand is a result, with what it says, and no match."""
    results = ask(program, "Huawei Marine Networks", threshold=0.1)["responses"]["q0"]["results"]
    assert results
    assert all(one["match"] is (one["relation"] == "same") for one in results)


def test_thresholds_and_limits_hold(program: TestClient) -> None:
    """Nothing scores below the cutoff, a match reaches the threshold, and no more are given than asked for."""
    many = ask(program, "Hikvision Dahua Huawei", cutoff=0.0, limit=3)["responses"]["q0"]["results"]
    assert len(many) <= 3
    assert [one["score"] for one in many] == sorted((one["score"] for one in many), reverse=True)
    strict = ask(program, "Kaspersky Lab", threshold=1.0, cutoff=THRESHOLD)["responses"]["q0"]["results"]
    assert all(not one["match"] or one["score"] == 1 for one in strict)


def test_a_number_in_a_public_register_is_sure(program: TestClient, register: Register) -> None:
    """The same number is the same company, whatever the name says; a text may stand for a list of texts."""
    names = {kind: name for name, kind in NUMBERS.items()}
    party, name, number = next(
        (party.id, names[kind], number)
        for party in from_register(register).parties
        for kind, number in party.identifiers.items()
        if kind in names
    )
    query = {"schema": "Company", "properties": {"name": "Another Name", name: number}}
    answer = program.post("/match/register", json={"queries": {"q": query}}).json()["responses"]["q"]["results"]
    assert (answer[0]["id"], answer[0]["score"], answer[0]["features"]) == (party, 1.0, {"identifier": 1.0})
    assert answer[0]["match"]


def test_an_upload_that_is_a_list_is_a_dataset(service: Service, program: TestClient) -> None:
    """A list of parties that was uploaded is asked by its id, by its own organisation and nobody else."""
    upload = uploads.put(service.portfolio, service.estate(), "suppliers.csv", [LIST])
    assert upload.id in program.get("/catalog").json()["current"]
    found = ask(program, "Hytera Communications", dataset=upload.id)["responses"]["q0"]["results"]
    assert (found[0]["caption"], found[0]["datasets"]) == ("Hytera Communications Corporation", [upload.id])
    other = service.program(Role.VIEWER, "beta-2")
    assert other.post(f"/match/{upload.id}", json={"queries": {"q": {"properties": {"name": "x"}}}}).status_code == 404
    assert upload.id not in other.get("/catalog").text
    noise = uploads.put(service.portfolio, service.estate(), "noise", [bytes(range(256))])
    refused = program.post(f"/match/{noise.id}", json={"queries": {"q": {"properties": {"name": "x"}}}})
    assert refused.status_code == 422


def test_a_search_goes_page_by_page(program: TestClient) -> None:
    """Results that were passed over are those of the page before."""
    both = program.get("/search/register", params={"q": "kaspersky", "limit": 2}).json()
    second = program.get("/search/register", params={"q": "kaspersky", "limit": 1, "offset": 1}).json()
    assert second["results"] == both["results"][1:]
    assert both["total"] == second["total"]
    entity = program.get(f"/entities/{both['results'][0]['id']}").json()
    assert entity == both["results"][0]


def test_the_organisation_of_a_person_is_named(service: Service, program: TestClient) -> None:
    """A key opens one organisation; whoever is a member of none, or of several, has to say which is meant."""
    assert program.get("/catalog", params={"organisation": "beta-2"}).status_code == 404
    assert service.operator().get("/catalog").status_code == 422
    assert service.nobody().get("/catalog").status_code == 401
    assert service.browser().get("/catalog").status_code == 200


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ({"queries": {}}, {}),
        ({"queries": {str(at): {"properties": {}} for at in range(101)}}, {}),
        ({"queries": {str(at): {"properties": {"name": [f"{at} {n}" for n in range(50)]}} for at in range(21)}}, {}),
        ({"queries": {"q": {"properties": {"name": "x"}}}}, {"algorithm": "logic-v1"}),
        ({"queries": {"q": {"properties": {"name": "x"}}}}, {"limit": "0"}),
        ({"queries": {"q": {"properties": {"name": "x"}}}}, {"limit": "501"}),
        ({"queries": {"q": {"properties": {"name": "x"}}}}, {"threshold": "7"}),
        ({"queries": {"q": {"properties": {"name": "x"}}}}, {"cutoff": "nan"}),
        ({"queries": {"q": {"properties": ["x"]}}}, {}),
        ({"queries": {"q": {}}}, {}),
    ],
)
def test_what_cannot_be_asked(program: TestClient, body: dict[str, object], query: dict[str, str]) -> None:
    """Nothing, too much, and what promises something else is refused."""
    answer = program.post("/match/register", json=body, params=query)
    assert answer.status_code == 422, answer.text


def test_more_than_is_known_may_stand_there(program: TestClient) -> None:
    """Clients send what others made up: fields that mean nothing here are left out, values that are no text as well."""
    query = {
        "schema": "Company",
        "caption": "x",
        "datasets": ["a"],
        "properties": {"name": [1, None, "Kaspersky Lab"], "x": {}},
    }
    answer = program.post("/match/register", json={"queries": {"q": query}, "weights": {"name": 1}, "config": {}})
    assert answer.json()["responses"]["q"]["results"][0]["id"] == "kaspersky"
