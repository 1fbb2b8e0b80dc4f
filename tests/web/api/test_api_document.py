# SPDX-License-Identifier: Apache-2.0
"""Promises about the document of the API: it is current, it is OpenAPI, and it says everything that somebody has to know."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest

from debar.model.vocab.portfolio import Permission
from debar.web.api import OPERATIONS
from debar.web.api.document import document, written
from debar.web.here import Needed, Signed, declared, routes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from served import Service

ROOT = Path(__file__).parents[3]
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
FOREIGN = {"previousName", "weakAlias"}
METHODS = {"get", "post", "put", "patch", "delete"}
IDS = [one.id for one in OPERATIONS]


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield path, method and description of every operation of the document."""
    for path, methods in document()["paths"].items():
        for method, one in methods.items():
            assert method in METHODS
            yield path, method, one


def test_the_document_is_current(accepted: Callable[[Path, str], None]) -> None:
    """The committed document is the one that the operations amount to."""
    accepted(ROOT / "docs/reference/openapi.json", written())


def test_the_service_gives_the_same_document(service: Service) -> None:
    """Whoever asks the service for its document gets the committed one."""
    assert service.nobody().get("/api/v1/openapi.json").json() == json.loads(json.dumps(document()))


def test_every_route_is_an_operation(service: Service) -> None:
    """No route lies below /api/v1 that the document does not know, with the permission that the route declares."""
    known = {(one.path, one.method): one for one in OPERATIONS}
    found = {
        (route.path or "", method): declared(route)
        for route in routes(service.app.routes)
        for method in route.methods or ()
        if (route.path or "").startswith("/api/v1/") and method != "HEAD" and "openapi" not in (route.path or "")
    }
    assert {place for place in known if place[0].startswith("/api/v1/")} == set(found)
    for place, needs in found.items():
        if isinstance(needs, Needed):
            assert known[place].permission == needs.permission.value
        else:
            assert isinstance(needs, Signed)
            assert known[place].permission == ("operate" if needs.operates else "signed-in")


def test_operation_ids_are_told_apart() -> None:
    """Every operation has an id of its own, in snake_case."""
    assert len(set(IDS)) == len(IDS)
    assert [id_ for id_ in IDS if not SNAKE.fullmatch(id_)] == []


@pytest.mark.parametrize(
    ("path", "method", "one"), list(operations()), ids=[one["operationId"] for *_, one in operations()]
)
def test_an_operation_says_what_it_needs_and_what_can_go_wrong(path: str, method: str, one: dict[str, Any]) -> None:
    """Id, summary, tag, permission, described parameters, and problems for whoever may not or asks for nothing."""
    assert one["summary"] and not one["summary"].endswith(".")
    assert one["x-permission"] in {*map(str, Permission), "signed-in", "operate"}
    assert "permission" in one["description"] or "key" in one["description"] or "runs the whole" in one["description"]
    assert len(one["tags"]) == 1
    assert {"401", "403", "422", "429", "503", "default"} <= one["responses"].keys()
    assert ("404" in one["responses"]) is ("{" in path)
    variables = re.findall(r"\{(\w+)\}", path)
    assert [p["name"] for p in one.get("parameters", []) if p["in"] == "path"] == variables
    for parameter in one.get("parameters", []):
        assert parameter["description"], parameter
        assert parameter["in"] == "header" or SNAKE.fullmatch(parameter["name"]), parameter
        assert "schema" in parameter
    if method == "post":
        names = {parameter["name"] for parameter in one.get("parameters", ())}
        content = one.get("requestBody", {}).get("content", {})
        assert "Idempotency-Key" in names or content.keys() & {
            "application/octet-stream",
            "multipart/form-data",
            "application/zip",
        }
    success = [status for status in one["responses"] if status.startswith("2")]
    assert len(success) == 1
    assert method != "delete" or success == ["204"]
    assert success not in (["201"], ["202"]) or "Location" in one["responses"][success[0]]["headers"]


def test_schemas_are_snake_case_and_described() -> None:
    """Every schema, and every property of one, says what it means; what others have named keeps its name inside of values."""
    schemas = document()["components"]["schemas"]
    assert len(schemas) > 100
    for name, schema in schemas.items():
        assert schema["description"], name
        for key, inner in schema.get("properties", {}).items():
            assert SNAKE.fullmatch(key), (name, key)
            assert inner.get("description"), (name, key)


def test_schemas_are_schemas_and_lead_somewhere() -> None:
    """Every schema is one of JSON Schema 2020-12, and no reference leads to nothing."""
    found = document()
    for schema in found["components"]["schemas"].values():
        assert jsonschema_rs.meta.is_valid({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    for reference in re.findall(r'"\$ref": "#/components/(\w+)/([^"]+)"', json.dumps(found)):
        assert reference[1] in found["components"][reference[0]], reference


def test_examples_fit_their_schemas() -> None:
    """What the document gives as an example of a body is one."""
    found = document()
    seen = 0
    for _, _, one in operations():
        content = one.get("requestBody", {}).get("content", {}).get("application/json", {})
        if "example" in content:
            schema = {**content["schema"], "components": found["components"]}
            assert list(jsonschema_rs.validator_for(schema).iter_errors(content["example"])) == []
            seen += 1
    assert seen > 15


def test_about_names_operations_that_exist(service: Service) -> None:
    """What llms.txt names can be asked for."""
    text = service.nobody().get("/llms.txt").text
    assert text.startswith("# debar\n")
    known = {(one.method, one.path.replace("/api/v1/organisations/{organisation}", "")) for one in OPERATIONS}
    for method, path in re.findall(r"`(GET|POST|PUT|DELETE) (/[^?`]*)[^`]*`", text):
        assert any(method == m and re.sub(r"\{\w+\}", "{}", path) == re.sub(r"\{\w+\}", "{}", p) for m, p in known), (
            path
        )


def test_the_page_lists_every_operation(accepted: Callable[[Path, str], None]) -> None:
    """The page of the API names every operation, by what it is about."""
    page = ROOT / "docs/reference/api.md"
    text = page.read_text(encoding="utf-8").partition("\n## ")[0].rstrip() + "\n"
    for tag in dict.fromkeys(one.tag for one in OPERATIONS):
        text += f"\n## {tag}\n\n| operation | needs | what it does |\n|---|---|---|\n"
        for one in OPERATIONS:
            if one.tag == tag:
                path = one.path.replace("/api/v1/organisations/{organisation}", "ORG").replace(":path}", "}")
                also = [word for word, is_so in (("days", one.has_days), ("csv", one.sheet)) if is_so]
                summary = (one.function.__doc__ or "").partition("\n")[0].rstrip(".")
                extra = f" ({', '.join(also)})" if also else ""
                text += f"| `{one.method} {path}` | {one.permission} | {summary}{extra} |\n"
    accepted(page, text)
