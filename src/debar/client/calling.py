# SPDX-License-Identifier: Apache-2.0
"""Requests to a service: asked again where that may help, and what goes wrong told as an error that holds the problem.

1. A key goes over HTTPS, or to this machine itself, and nowhere else; no answer sends it elsewhere either.
2. What makes something carries a random key of its own, so that asking again does it once.
3. Asked again is what found nobody, too often, or a database that was away: after what the service says, else ever later.
"""

from __future__ import annotations

import random
import secrets
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from debar.client.addresses import checked, origin, query_of
from debar.client.problems import ProblemError, away, decoded, own, problem
from debar.errors import DependencyMissing
from debar.model.exchanged import Me
from debar.release import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType
    from typing import Self

    import httpx2

T = TypeVar("T")
BASE = "/api/v1"
RETRIES = 5
_AGAIN = frozenset({429, 502, 503, 504})
_FIRST, _LONGEST = 0.5, 60.0
"""Seconds before the second attempt, which double with each further one, and at most."""
_DATA = "data: "


class Calls:
    """Requests with a key, over connections that stay open."""

    def __init__(
        self,
        url: str,
        key: str,
        *,
        timeout: float = 30.0,
        retries: int = RETRIES,
        ca: str = "",
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """Take where the service is and the key; `ca` is a file of certificates that are trusted instead of the usual ones."""
        self._retries = retries
        library = http()
        verify: Any = True
        if ca:
            import ssl  # only for authorities of one's own

            verify = ssl.create_default_context(cafile=ca)
        self._client: httpx2.Client = library.Client(
            base_url=checked(url),
            headers={
                "user-agent": f"debar/{VERSION}",
                "accept": "application/json",
                **({"x-api-key": key} if key else {}),
            },
            timeout=timeout,
            follow_redirects=False,  # 1.
            transport=transport,
            verify=verify,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(
        self,
        method: str,
        path: str,
        kind: type[T],
        *,
        query: Mapping[str, Any] | None = None,
        sent: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """Give the answer to a request, as what it is; ProblemError where something went wrong."""
        told = dict(headers or {})
        if method == "POST":
            told.setdefault("idempotency-key", secrets.token_hex(16))  # 2.
        content = None
        if sent is not None:
            content, told["content-type"] = msgspec.json.encode(sent), "application/json"
        response = self.again(
            lambda: self._client.request(method, path, params=query_of(query or {}), content=content, headers=told)
        )
        if response.status_code == 204 or kind is type(None):
            return None  # type: ignore[return-value]  # that is what was asked for
        return decoded(response, kind)

    def again(self, send: Callable[[], httpx2.Response]) -> httpx2.Response:
        """Give the response to what is sent, again where that may help (3.); ProblemError where something went wrong."""
        for attempt in range(self._retries + 1):
            is_last = attempt == self._retries
            try:
                response = send()
            except http().TransportError as e:
                if is_last:
                    raise away(e) from e
                pause(_wait(attempt, ""))
                continue
            if response.status_code in _AGAIN and not is_last:
                pause(_wait(attempt, response.headers.get("retry-after", "")))
                continue
            if not response.is_success:
                raise problem(response)
            return response
        raise AssertionError("it ends with the last attempt")  # pragma: no cover

    def pages(self, path: str, kind: Any, query: Mapping[str, Any]) -> Iterator[Any]:  # noqa: ANN401 - a page of anything
        """Yield the rows of a list, page after page."""
        token = ""
        while True:
            page = self.ask("GET", path, kind, query={**query, "page_token": token})
            yield from page.items
            token = page.next_page_token
            if not token:
                return

    def events(self, path: str, kind: type[T]) -> Iterator[T]:
        """Yield the data of server-sent events; a stream that ends or breaks is opened again, as long as that helps."""
        failed = 0
        while True:
            try:
                with self._client.stream("GET", path, headers={"accept": "text/event-stream"}) as response:
                    if not response.is_success and not (response.status_code in _AGAIN and failed < self._retries):
                        response.read()
                        raise problem(response)
                    for line in response.iter_lines():
                        if line.startswith(_DATA):
                            yield msgspec.json.decode(line.removeprefix(_DATA), type=kind)
                            failed = 0
            except http().TransportError as e:
                if failed >= self._retries:
                    raise away(e) from e
            pause(_wait(failed, ""))
            failed += 1

    def sign_in(self, email: str, password: str) -> None:
        """Begin a session, and bring its token along with every change, as pages do."""
        said = {"email": email, "password": password}
        self._client.headers["origin"] = origin(str(self._client.base_url))
        try:
            response = self._client.post("/sign-in", data=said)
        except http().TransportError as e:
            raise away(e) from e
        if response.status_code != 303:
            status = response.status_code
            detail = "too many attempts" if status == 429 else "address and password do not belong together"
            raise ProblemError(own(status, "Not signed in", detail, "sign in on the page to see why"))
        self._client.headers["x-csrf-token"] = self.ask("GET", f"{BASE}/me", Me).csrf

    def sign_out(self) -> None:
        """End the session."""
        try:
            self._client.post("/sign-out")
        except http().TransportError as e:
            raise away(e) from e
        self._client.cookies.clear()

    def opened(self) -> httpx2.Client:
        """Give what sends, for what is no JSON."""
        return self._client


def http() -> ModuleType:
    """Give httpx2; DependencyMissing where it is not installed."""
    if find_spec("httpx2") is None:
        raise DependencyMissing("the client needs httpx2", hint="pip install 'debar[serve]'")
    import httpx2  # loaded where somebody asks a service

    return httpx2


def pause(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)


def _wait(attempt: int, said: str) -> float:
    """Give the seconds to wait; not all who wait come back at the same moment."""
    if said.isascii() and said.isdecimal():
        return min(_LONGEST, float(said[:6]))
    return min(_LONGEST, _FIRST * float(2**attempt)) * (0.5 + random.random() / 2)  # noqa: S311 - nobody has to guess it
