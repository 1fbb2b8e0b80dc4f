# SPDX-License-Identifier: Apache-2.0
"""Promises about what nobody should send: it is refused as a problem, and the service goes on answering."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.web.api import OPERATIONS

if TYPE_CHECKING:
    from served import Service

HERE = "/api/v1/organisations/alpha"
JSON = {"content-type": "application/json"}
DEEP = 100_000
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no json": b"{",
    "a number": b"1",
    "a list": b"[]",
    "null": b"null",
    "deep lists": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "deep in a field": b'{"queries":' + b'{"a":' * 500 + b"1" + b"}" * 500 + b"}",
    "a huge number": b'{"every": ' + b"9" * 5000 + b"}",
    "a huge fraction": b'{"every": 1e999}',
    "not a number": b'{"every": NaN}',
    "infinity": b'{"every": -Infinity}',
    "bad utf-8": b'{"name": "\xff\xfe"}',
    "cut utf-8": b'{"name": "\xe2\x82"}',
    "utf-16": '{"name": "x"}'.encode("utf-16"),
    "a mark of order": b'\xef\xbb\xbf{"name": "x"}',
    "a nul": b'{"name": "a\\u0000b", "role": "viewer", "expires": "2027-01-31", "email": "a@b.example", "text": "a\\u0000"}',
    "a bare nul": b'{"name": "a\0b"}',
    "half a sign": b'{"name": "\\ud800", "text": "\\udfff", "email": "\\ud800@b.example", "role": "viewer"}',
    "twice": b'{"name": "a", "name": "b"}',
    "twice inside": b'{"queries": {"q": {"properties": {}, "properties": {}}}}',
    "not known": b'{"surprise": 1}',
    "two documents": b"{}{}",
    "many keys": b"{" + b",".join(b'"k%d":1' % n for n in range(20_000)) + b"}",
    "a wide list": b'{"exposures": ['
    + b",".join([b'"x"'] * 100_000)
    + b'], "verdict": "accepted", "reason": "r", "expires": "2027-01-01"}',
}
SENDING = [one for one in OPERATIONS if one.sent is not None]


@pytest.mark.parametrize("what", BODIES)
def test_a_hostile_body_is_refused(service: Service, what: str) -> None:
    """Whatever operation it is sent to, it is a problem of whoever sent it: 4xx, and nothing of what was sent is told."""
    program, operator = service.program(), service.operator()
    for one in SENDING:
        path = one.path.replace("{organisation}", "alpha").replace("{path:path}", "measures/us/us-x.yaml")
        for name in one.names:
            path = path.replace(f"{{{name}}}", "register" if name == "dataset" else "x-1")
        who = operator if one.permission == "operate" else program
        answer = who.request(one.method, path, content=BODIES[what], headers=JSON)
        assert 400 <= answer.status_code < 500, (one.id, answer.status_code, answer.text[:300])
        assert answer.headers["content-type"] == "application/problem+json", one.id
        assert answer.json()["status"] == answer.status_code
        assert len(answer.content) < 5000, one.id
    assert program.get(f"{HERE}/facts").status_code == 200


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/xml", "application/x-www-form-urlencoded", "image/png"]
)
def test_another_type_of_body_is_refused(service: Service, kind: str) -> None:
    """What says that it is no JSON is 415, also where it is."""
    headers = {"content-type": kind} if kind else {}
    answer = service.program().post(f"{HERE}/members", content=b'{"email": "a@b.example"}', headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (415, "application/problem+json")


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "application/merge-patch+json"])
def test_json_may_be_called_otherwise(service: Service, kind: str) -> None:
    """Parameters of the type, and types that are JSON as well, are taken."""
    body = b'{"email": "json@alpha.example", "role": "viewer"}'
    assert service.program().post(f"{HERE}/members", content=body, headers={"content-type": kind}).status_code == 201


def test_a_body_that_is_too_large_is_refused(service: Service) -> None:
    """More than a megabyte is no document of JSON that anybody means."""
    body = b'{"text": "' + b"a" * (2 << 20) + b'"}'
    answer = service.program().post(f"{HERE}/exposures/x/remarks", content=body, headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


@pytest.mark.parametrize(
    "part", ["a%00b", "%ff", "%ed%a0%80", "..", "%2e%2e%2f", "a" * 3000, "'--", "%0d%0aX:%20y", "{x}", "*"]
)
def test_a_strange_address_is_nothing(service: Service, part: str) -> None:
    """Whatever stands in the place of an id: it is not there, and nothing breaks."""
    program = service.program()
    for one in OPERATIONS:
        if one.method != "GET" or not set(one.names) - {"organisation"} or one.id == "reach_of_addition":
            continue
        path = one.path.replace("{organisation}", "alpha").replace(":path}", "}")
        for name in one.names:
            path = path.replace(f"{{{name}}}", part)
        answer = (service.operator() if one.permission == "operate" else program).get(path)
        if "." in part or "%2e" in part:  # it is no id: it leads to what is above, as in every address
            assert answer.status_code in {200, 303, 307, 404, 405, 422}, (one.id, answer.text)
        else:
            assert answer.status_code in ({200, 404} if one.id == "list_remarks" else {404, 422}), (one.id, answer.text)
    assert program.get(f"/api/v1/organisations/{part}/facts").status_code in (404, 405)


def test_an_unknown_method_and_place(service: Service) -> None:
    """404 and 405 are problems as well."""
    program = service.program()
    for method, path, status in (("GET", f"{HERE}/nothing", 404), ("PATCH", f"{HERE}/exposures", 405)):
        answer = program.request(method, path)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_uploads_that_nobody_means(service: Service) -> None:
    """No name, a name that cannot be seen, a form without files, a digest that is none."""
    program = service.program()
    wrong = [
        program.post(f"{HERE}/uploads", content=b"x"),
        program.post(f"{HERE}/uploads?name=a%00b", content=b"x"),
        program.post(f"{HERE}/uploads?name=%E2%80%AEexe.txt", content=b"x"),
        program.post(f"{HERE}/uploads?name=a&name=b", content=b"x"),
        program.post(f"{HERE}/uploads/form", data={"a": "b"}, files=None),
        program.post(f"{HERE}/uploads/form", content=b"x", headers={"content-type": "multipart/form-data"}),
        program.post(f"{HERE}/uploads/form", content=b"x", headers={"content-type": "multipart/form-data; boundary=y"}),
        program.post(f"{HERE}/uploads/known", json={"sha256": "../../etc/passwd", "name": "x"}),
    ]
    assert [answer.status_code for answer in wrong] == [422, 422, 422, 422, 415, 400, 400, 404], [a.text for a in wrong]
    assert {answer.headers["content-type"] for answer in wrong} == {"application/problem+json"}
    assert program.get(f"{HERE}/uploads").json()["total"] == 0
