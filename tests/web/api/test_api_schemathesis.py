# SPDX-License-Identifier: Apache-2.0
"""The whole API, asked by what makes requests up from its document: no fault of our own, and answers as it describes them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

import worked
from debar.portfolio import running
from debar.web.api.document import document

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from served import Service

ESTATE = Path(__file__).parents[3] / "examples" / "estate"
FILES = ("inventory/windows-programs.csv", "inventory/protection-state.csv")
EXAMPLES = int(os.environ.get("DEBAR_EXAMPLES", "20"))
"""Requests of each operation."""
ENDLESS = {"follow_jobs"}
"""An answer without an end is no answer to look at here."""
LOADED = schemathesis.openapi.from_dict(document())
OPERATIONS: dict[str, Any] = {
    one.definition.raw["operationId"]: one
    for found in LOADED.get_all_operations()
    if (one := found.ok())  # type: ignore[union-attr]  # one that cannot be read ends the test here
}
PROMISES = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
]


@pytest.fixture(scope="module")
def filled(service: Service) -> Service:
    """Give the service with a run of some files in it."""
    estate = service.estate()
    worked.send(service.portfolio, estate, {name: (ESTATE / name).read_bytes() for name in FILES})
    worked.at_once(service.portfolio)
    assert running.run(service.portfolio, estate)
    return service


@pytest.fixture(scope="module")
def ids(filled: Service) -> dict[str, str]:
    """Give something that is there, by what paths call it."""
    program, base = filled.program(), "/api/v1/organisations/alpha"

    def first(what: str, name: str = "id") -> str:
        return str(program.get(f"{base}/{what}").json()["items"][0][name])

    return {
        "exposure": first("exposures"),
        "asset": first("assets"),
        "party": first("parties", "party"),
        "measure": first("measures"),
        "obligation": first("obligations"),
        "upload": first("uploads"),
        "job": first("jobs"),
        "run": first("runs"),
        "dataset": "register",
        "entity": "kaspersky",
        "path": "measures/us/us-example-2027.yaml",
    }


@pytest.mark.slow
@pytest.mark.parametrize("id_", sorted(OPERATIONS.keys() - ENDLESS))
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfit"])
def test_whatever_is_asked(filled: Service, ids: dict[str, str], id_: str, mode: GenerationMode) -> None:
    """Requests that fit the document, and requests that do not, get an answer that it describes, and never a 5xx."""
    operation = OPERATIONS[id_]
    is_operator = operation.definition.raw["x-permission"] == "operate"
    client = filled.operator() if is_operator else filled.program()

    @given(case=operation.as_strategy(generation_mode=mode), is_there=st.booleans())
    @settings(max_examples=EXAMPLES, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck))
    def ask(case: Any, is_there: bool) -> None:
        names = case.path_parameters or {}
        case.path_parameters = {**names, **({name: ids.get(name, names[name]) for name in names} if is_there else {})}
        if "organisation" in names:
            case.path_parameters["organisation"] = "alpha"
        answer = sent(client, case)
        case.validate_response(answer, checks=PROMISES)

    ask()


def sent(client: TestClient, case: Any) -> object:
    """Send what was made up, by somebody who may."""
    said = case.as_transport_kwargs(base_url=str(client.base_url))
    said |= {"cookies": {}}
    made = requests.Request(**{name: said[name] for name in said if name in vars(requests.Request("GET"))}).prepare()
    own = {"authorization", "x-api-key", "cookie", "host", "content-length", "connection", "accept-encoding"}
    told = {name: str(value) for name, value in (made.headers or {}).items() if name.lower() not in own}
    headers = {name: value for name, value in told.items() if value.isascii() and value.isprintable()}
    body: Any = made.body
    return client.request(str(made.method), str(made.url), content=body, headers=headers)
