# SPDX-License-Identifier: Apache-2.0
"""What whoever runs the service decides at its start."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from debar.errors import UsageError
from debar.model.telling import Means

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Names by which a machine calls itself."""


class Provider(NamedTuple):
    """A provider of identities, by OpenID Connect."""

    issuer: str
    client_id: str
    client_secret: str
    domains: tuple[str, ...] = ()
    """Of mail: whoever has a verified address there gets an account when they first sign in."""
    label: str = "single sign-on"
    """What the button says."""


class Settings(NamedTuple):
    """What the application is told once; it holds secrets and is never shown whole."""

    url: str = "http://127.0.0.1:8300"
    """How browsers reach it: scheme, host and port, nothing after them."""
    provider: Provider | None = None
    rate: int = 50
    """Requests per second of one caller, over a while; 0 for any number."""
    largest_upload: int = 4 << 30
    """Bytes of one uploaded file."""
    data_roots: tuple[Path, ...] = ()
    """Directories below which folders of this machine may be looked through."""
    means: Means = Means()
    """By which people are told of what happens."""
    metrics: str = ""
    """SHA-256 of the token for which figures are given; where it is empty this machine gets them without one."""
    set_up: str = ""
    """SHA-256 of the token that lets whoever has it make the first account; empty once there is one."""

    @property
    def is_https(self) -> bool:
        """Tell whether browsers reach it by HTTPS."""
        return self.url.startswith("https://")

    @property
    def hosts(self) -> frozenset[str]:
        """Give what the header Host may say."""
        parts = urlsplit(self.url)
        names = LOOPBACK if parts.hostname in LOOPBACK else {parts.hostname or ""}
        port = parts.port or (443 if self.is_https else 80)
        shown = {f"[{name}]" if ":" in name else name for name in names}
        bare = shown if port in (80, 443) else set()
        return frozenset(bare | {f"{name}:{port}" for name in shown})

    def lets_set_up(self, token: str) -> bool:
        """Tell whether a token is the one that was shown to whoever started the service."""
        return bool(self.set_up) and hmac.compare_digest(self.set_up, digest(token))


def digest(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def checked_url(text: str, named: str = "--url") -> str:
    """Give the address of the service without a slash at its end; UsageError for what is none."""
    try:
        parts = urlsplit(text.strip())
        is_fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fine = False
    if not is_fine or parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise UsageError(f"{named}: {text[:80]!r} is no address of a service", hint="write https://debar.example.org")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def checked_issuer(text: str, named: str = "--oidc-issuer") -> str:
    """Give an issuer as its provider writes it; UsageError for what is none, or is read on the way."""
    try:
        parts = urlsplit(text)
        is_fine = bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        is_fine = False
    if not is_fine or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise UsageError(f"{named}: {text[:80]!r} is no issuer", hint="write https://id.example.org")
    return text
