# SPDX-License-Identifier: Apache-2.0
"""Promises about those who mean harm: what they send is not read, and what they ask for costs no more than it is worth."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import staffed
from debar.model.vocab.portfolio import Role
from debar.portfolio import people, sessions

if TYPE_CHECKING:
    from starlette.types import Message

    from served import Service

MB = 1 << 20
FILES = ("/o/alpha/uploads", "/o/alpha/documents", "/o/alpha/evidence/verify")
"""Forms that take files."""
HEAVY = (*FILES, "/api/v1/organisations/alpha/uploads/form", "/api/v1/organisations/alpha/uploads?name=a.csv")


def read(service: Service, path: str, session: str) -> tuple[int, int]:
    """Send a form without end in a session; give the status of the answer, and how many bytes were taken by then."""
    taken, status = 0, 0
    head = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'

    async def receive() -> Message:
        nonlocal taken
        block = (b"" if taken else head) + b"a" * 65536
        taken += len(block)
        return {"type": "http.request", "body": block, "more_body": taken < 8 * MB}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)

    headers = {
        "host": "127.0.0.1:8300",
        "sec-fetch-site": "same-origin",
        "content-type": "multipart/form-data; boundary=x",
        "cookie": f"debar-session={session}",
    }
    place, _, query = path.partition("?")
    scope = {
        "type": "http",
        "method": "POST",
        "path": place,
        "raw_path": place.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 40000),
        "server": ("127.0.0.1", 8300),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    asyncio.run(service.app(scope, receive, send))
    return status, taken


@pytest.mark.parametrize("path", HEAVY)
def test_nothing_is_read_of_whoever_is_not_known(service: Service, path: str) -> None:
    """A form may hold gigabytes, and the token of the page behind them: who sends it is looked at first."""
    status, taken = read(service, path, "somebody")
    assert status in (303, 401)
    assert taken == 0


@pytest.mark.parametrize("path", [path for path in HEAVY if "verify" not in path])
def test_nothing_is_read_of_whoever_may_not(service: Service, path: str) -> None:
    """A viewer sends no files, so what they send is not read."""
    person = people.by_email(service.portfolio, staffed.address("alpha", Role.VIEWER))
    status, taken = read(service, path, sessions.begin(service.portfolio, person.id).token)
    assert (status, taken) == (403, 0)


@pytest.mark.parametrize("path", FILES)
def test_forms_take_files_that_are_large(service: Service, path: str) -> None:
    """What people choose on a page may be larger than any text, in a browser with a script and in one without."""
    browser = service.browser(Role.ANALYST)
    token = browser.headers.pop("x-csrf-token")
    files = {"file": ("large.txt", b"nothing of note\n" * (2 * MB // 16))}
    with_script = browser.post(path, files=files, headers={"x-csrf-token": token})
    without = browser.post(path, files=files, data={"csrf": token})
    assert {with_script.status_code, without.status_code} <= {200, 303}
    assert browser.post(path, files=files, data={"csrf": "another"}).status_code == 403


@pytest.mark.parametrize("path", ["uploads?name=a.csv", "uploads/form", "papers?name=a.txt", "runs"])
def test_a_token_in_a_form_opens_no_operation(service: Service, path: str) -> None:
    """The API takes the token of a session in the header alone: a body is read once, by the operation."""
    browser = service.browser(Role.ANALYST)
    token = browser.headers.pop("x-csrf-token")
    answer = browser.post(
        f"/api/v1/organisations/alpha/{path}", files={"file": ("a.csv", b"a,b")}, data={"csrf": token}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["exposures.csv?sort=x", "assets.csv?sort=x", "audit.csv?since=9999"])
def test_what_is_wrong_with_a_table_is_told_before_it_begins(service: Service, path: str) -> None:
    """A file that breaks off looks like one that was read: a question that cannot be is refused, as on the page."""
    assert service.browser(Role.VIEWER).get(f"/o/alpha/{path}").status_code == 422
    assert service.browser(Role.VIEWER).get(f"/o/alpha/{path.partition('?')[0]}").status_code == 200


def test_the_document_is_made_once(service: Service) -> None:
    """Anybody may ask for the document of the API: making it takes longer than most answers."""
    assert service.app.openapi() is service.app.openapi()
