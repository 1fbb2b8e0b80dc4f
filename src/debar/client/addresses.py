# SPDX-License-Identifier: Apache-2.0
"""Addresses of services, and the parameters that stand behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from debar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def checked(url: str) -> str:
    """Give the address of a service; UsageError for what is none, and where a key would be read on its way."""
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


def origin(url: str) -> str:
    """Give what a browser says of a page at an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
