# SPDX-License-Identifier: Apache-2.0
"""The service over a portfolio of two organisations, and browsers and programs that ask it.

Libraries of the web are loaded where a test asks for them: most tests need none.
"""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from debar.model.vocab.portfolio import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fastapi import FastAPI
    from starlette.testclient import TestClient

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate
    from debar.store.places import Place

URL = "http://127.0.0.1:8300"
OPERATOR = "operator@example.org"
SAME = {"sec-fetch-site": "same-origin"}
"""What a browser says of a request that a page of ours makes."""


class Service(NamedTuple):
    """The application, and the portfolio under it: organisations `alpha` and `beta-2`, with a person of each role."""

    app: FastAPI
    portfolio: Portfolio
    url: str = URL

    def nobody(self, **headers: str) -> TestClient:
        """Give a browser that is not signed in."""
        from starlette.testclient import TestClient

        return TestClient(self.app, base_url=self.url, headers=SAME | headers, follow_redirects=False)

    def browser(self, role: Role = Role.ADMIN, organisation: str = "alpha") -> TestClient:
        """Give a browser in which the person with a role in an organisation is signed in."""
        import staffed

        return self.signed_in(staffed.address(organisation, role))

    def operator(self) -> TestClient:
        """Give a browser in which whoever runs the whole is signed in; they are a member of nothing."""
        return self.signed_in(OPERATOR)

    def signed_in(self, email: str) -> TestClient:
        """Give a browser in which somebody is signed in; it sends the token of its session with everything."""
        from debar.portfolio import people, sessions

        begun = sessions.begin(self.portfolio, people.by_email(self.portfolio, email).id)
        client = self.nobody(**{"x-csrf-token": begun.csrf})
        client.cookies.set("__Host-debar-session" if self.url.startswith("https") else "debar-session", begun.token)
        return client

    def program(self, role: Role = Role.ADMIN, organisation: str = "alpha") -> TestClient:
        """Give a program that brings a key of an organisation along."""
        from starlette.testclient import TestClient

        headers = {"x-api-key": self.key(role, organisation)}
        return TestClient(self.app, base_url=self.url, headers=headers, follow_redirects=False)

    def key(self, role: Role = Role.ADMIN, organisation: str = "alpha") -> str:
        """Give a new key of an organisation."""
        from debar.portfolio import keys

        soon = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
        return keys.make(self.portfolio, self.estate(organisation), f"a {role}", role, soon)[1]

    def estate(self, organisation: str = "alpha", role: Role = Role.ADMIN) -> Estate:
        """Give what belongs to an organisation, as the person with a role sees it."""
        import staffed

        return staffed.estate(self.portfolio, organisation, role)


@contextlib.contextmanager
def serving(folder: Path, there: Place | None = None, **settings: Any) -> Iterator[Service]:
    """Give the service over a new portfolio in a folder, or elsewhere, without limits on how often it is asked."""
    import staffed
    from debar.store.places import place
    from debar.web.app import application
    from debar.web.settings import Settings

    told = {"url": URL, "rate": 0, **settings}
    with staffed.staffed(there or place(str(folder))) as portfolio:
        yield Service(application(portfolio, Settings(**told)), portfolio, told["url"])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give the service over a portfolio that the tests of a module share."""
    with serving(tmp_path_factory.mktemp("portfolio")) as found:
        yield found
