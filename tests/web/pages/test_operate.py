# SPDX-License-Identifier: Apache-2.0
"""Promises about the page of whoever runs the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from served import Service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """Give a service with its first accounts."""
    with serving(tmp_path) as found:
        yield found


def test_accounts_and_organisations_are_made(service: Service) -> None:
    """An account, an organisation that it administers, and the account closed again: each is told on the page."""
    client = service.operator()
    client.follow_redirects = True
    made = client.post(
        "/operate/accounts", data={"email": "new@example.org", "name": "New Person", "password": "long enough, really"}
    )
    assert "New Person" in made.text
    made = client.post("/operate/organisations", data={"name": "Delta Works", "id": "", "admin": "new@example.org"})
    assert "delta-works" in made.text
    person = next(one for one in client.get("/api/v1/accounts").json()["items"] if one["email"] == "new@example.org")
    closed = client.post(f"/operate/accounts/{person['id']}", data={"is_active": "false"})
    assert "closed" in closed.text


@pytest.mark.parametrize(
    ("place", "data", "said"),
    [
        ("organisations", {"name": "Delta", "id": "../up", "admin": "operator"}, "no id of an organisation"),
        ("organisations", {"name": "Delta", "id": "", "admin": "nobody@example.org"}, "no such account"),
        ("accounts", {"email": "no address", "name": "X"}, "no address"),
        ("accounts", {"email": "x@example.org", "name": "X", "password": "short"}, "password"),
        ("accounts/per-unknown", {"is_active": "false"}, "no such account"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(service: Service, place: str, data: dict[str, str], said: str) -> None:
    """Nothing is made, and the page says why."""
    client = service.operator()
    if data.get("admin") == "operator":
        data = {**data, "admin": client.get("/api/v1/me").json()["email"]}
    answer = client.post(f"/operate/{place}", data=data)
    assert answer.status_code == 422
    assert said in answer.text


def test_nobody_else_sees_it(service: Service) -> None:
    """An admin of an organisation does not run the service."""
    assert service.browser().get("/operate").status_code == 403
