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
from urllib.parse import urlsplit

import msgspec

from debar.errors import DebarError, DependencyMissing, UsageError
from debar.model.exchanged import Me, Problem
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
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})
_CODES = {401: 4, 403: 4, 404: 4, 409: 4, 412: 4, 413: 3, 415: 3, 422: 3}
"""Exit codes of what somebody can mend; anything else is 4 as well."""


class ProblemError(DebarError):
    """The service says that something went wrong, or does not answer."""

    def __init__(self, problem: Problem) -> None:
        """Take what it says."""
        super().__init__(f"{problem.status} {problem.title}: {problem.detail}", problem.hint)
        self.problem, self.status = problem, problem.status
        self.exit_code = _CODES.get(problem.status, 4)


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
        library = library_()
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
            except library_().TransportError as e:
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
                        raise problem(response)
                    for line in response.iter_lines():
                        if line.startswith(_DATA):
                            yield msgspec.json.decode(line.removeprefix(_DATA), type=kind)
                            failed = 0
            except library_().TransportError as e:
                if failed >= self._retries:
                    raise away(e) from e
            pause(_wait(failed, ""))
            failed += 1

    def sign_in(self, email: str, password: str) -> None:
        """Begin a session, and bring its token along with every change, as pages do."""
        said = {"email": email, "password": password}
        self._client.headers["origin"] = _origin(str(self._client.base_url))
        try:
            response = self._client.post("/sign-in", data=said)
        except library_().TransportError as e:
            raise away(e) from e
        if response.status_code != 303:
            status = response.status_code
            detail = "too many attempts" if status == 429 else "address and password do not belong together"
            raise ProblemError(_problem(status, "Not signed in", detail, "sign in on the page to see why"))
        self._client.headers["x-csrf-token"] = self.ask("GET", f"{BASE}/me", Me).csrf

    def sign_out(self) -> None:
        """End the session."""
        try:
            self._client.post("/sign-out")
        except library_().TransportError as e:
            raise away(e) from e
        self._client.cookies.clear()

    def opened(self) -> httpx2.Client:
        """Give what sends, for what is no JSON."""
        return self._client


def library_() -> ModuleType:
    """Give httpx2; DependencyMissing where it is not installed."""
    if find_spec("httpx2") is None:
        raise DependencyMissing("the client needs httpx2", hint="pip install 'debar[serve]'")
    import httpx2  # loaded where somebody asks a service

    return httpx2


def checked(url: str) -> str:
    """Give the address of a service; UsageError for what is none, and where a key would be read on its way (1.)."""
    try:
        parts = urlsplit(url.strip())
        is_fine = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_fine = False
    if not is_fine or parts.query or parts.fragment:
        raise UsageError(f"{url[:80]!r} is no address of a service", hint="write https://debar.example.org")
    if parts.scheme == "http" and parts.hostname not in _HERE:
        raise UsageError(
            f"{url[:80]}: a key is not sent in clear", hint="write https://, or ask from the machine itself"
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def query_of(query: Mapping[str, Any]) -> list[tuple[str, str | int | float | bool | None]]:
    """Give parameters as they are sent: what is empty is left out, what is several stands several times."""
    found: list[tuple[str, str | int | float | bool | None]] = []
    for name, value in query.items():
        values = value if isinstance(value, list | tuple | set | frozenset) else [value]
        found += [
            (name, str(one).lower() if isinstance(one, bool) else str(one)) for one in values if one not in ("", None)
        ]
    return found


def decoded(response: httpx2.Response, kind: type[T]) -> T:
    """Give what an answer says; ProblemError for what no service of debar says."""
    try:
        return msgspec.json.decode(response.content, type=kind)
    except msgspec.MsgspecError as e:
        detail = f"the answer is not what this release knows: {e}"
        raise ProblemError(_problem(502, "Strange answer", detail, "debar version tells yours")) from e


def problem(response: httpx2.Response) -> ProblemError:
    """Give what went wrong, as the service tells it, or as far as it can be told."""
    try:
        return ProblemError(msgspec.json.decode(response.read(), type=Problem))
    except (msgspec.MsgspecError, library_().TransportError):
        status = response.status_code
        return ProblemError(
            _problem(status, response.reason_phrase or "Error", "whoever answers is no service of debar")
        )


def away(raised: Exception) -> ProblemError:
    """Give that nobody answers."""
    detail = f"nobody answers: {str(raised) or type(raised).__name__}"
    return ProblemError(_problem(503, "Not reached", detail, "look whether the service runs, and at its address"))


def pause(seconds: float) -> None:
    """Wait."""
    time.sleep(seconds)


def _problem(status: int, title: str, detail: str, hint: str = "") -> Problem:
    return Problem(type="about:blank", title=title, status=status, detail=detail, instance="", hint=hint)


def _origin(url: str) -> str:
    """Give what a browser says of a page at an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _wait(attempt: int, said: str) -> float:
    """Give the seconds to wait; not all who wait come back at the same moment."""
    if said.isascii() and said.isdecimal():
        return min(_LONGEST, float(said[:6]))
    return min(_LONGEST, _FIRST * float(2**attempt)) * (0.5 + random.random() / 2)  # noqa: S311 - nobody has to guess it
