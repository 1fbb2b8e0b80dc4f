# SPDX-License-Identifier: Apache-2.0
"""What every method of the client rests on: connections, and the organisation that is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import quote

from debar.client import calling
from debar.errors import UsageError
from debar.model.exchanged import Me

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx2

T = TypeVar("T")


class Organised:
    """A service that is asked with a key, or by somebody who is signed in."""

    def __init__(
        self,
        url: str,
        key: str = "",
        *,
        organisation: str = "",
        timeout: float = 30.0,
        retries: int = calling.RETRIES,
        ca: str = "",
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        """Take where the service is and a key of it; nothing is asked yet. Without a key, `sign_in` comes first."""
        self._calls = calling.Calls(url, key, timeout=timeout, retries=retries, ca=ca, transport=transport)
        self._organisation = organisation

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._calls.close()

    def sign_in(self, email: str, password: str) -> Self:
        """Ask as a person from now on: what one person asks for another answers, and keys make no keys."""
        self._calls.sign_in(email, password)
        return self

    def sign_out(self) -> None:
        """End the session of `sign_in`."""
        self._calls.sign_out()

    def me(self) -> Me:
        """Say who asks, and what they may."""
        return self._calls.ask("GET", f"{calling.BASE}/me", Me)

    @property
    def organisation(self) -> str:
        """Give the id of the organisation; UsageError where whoever asks is a member of several and none was named."""
        if not self._organisation:
            roles = self.me().roles
            if len(roles) != 1:
                hint = f"one of: {', '.join(sorted(roles))}" if roles else "whoever asks is a member of none"
                raise UsageError("which organisation is meant is not said", hint=hint)
            self._organisation = next(iter(roles))
        return self._organisation

    def _path(self, *parts: str) -> str:
        return _joined("organisations", self.organisation, *parts)

    def _get(self, kind: type[T], *parts: str, **query: Any) -> T:  # noqa: ANN401 - parameters
        return self._calls.ask("GET", self._path(*parts), kind, query=query)

    def _post(self, kind: type[T], sent: object, *parts: str, **query: Any) -> T:  # noqa: ANN401
        return self._calls.ask("POST", self._path(*parts), kind, sent=sent, query=query)

    def _put(self, kind: type[T], sent: object, *parts: str) -> T:
        return self._calls.ask("PUT", self._path(*parts), kind, sent=sent)

    def _delete(self, *parts: str) -> None:
        self._calls.ask("DELETE", self._path(*parts), type(None))

    def _list(self, kind: Any, query: Mapping[str, Any], *parts: str) -> Iterator[Any]:  # noqa: ANN401 - a page of anything
        return self._calls.pages(self._path(*parts), kind, query)

    def _shared(self, *parts: str) -> str:
        """Give an address outside of organisations."""
        return _joined(*parts)


def _joined(*parts: str) -> str:
    return "/".join((calling.BASE, *(quote(part, safe="") for part in parts)))
