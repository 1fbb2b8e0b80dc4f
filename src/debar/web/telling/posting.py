# SPDX-License-Identifier: Apache-2.0
"""A signed request to an address of the web (Standard Webhooks), which must not be one of our own network.

1. The name is resolved, and every address that it means is looked at. One that is not everybody's is not asked.
2. The connection goes to the address that was looked at: what the name means a moment later changes nothing.
3. The certificate is that of the name.
4. No redirect is followed, and nothing of the answer but its status is read on.
"""

from __future__ import annotations

import hashlib
import hmac
import socket
import ssl
import threading
import time
from base64 import b64decode, b64encode
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import msgspec

from debar.errors import UsageError
from debar.portfolio import hooks
from debar.release import VERSION

if TYPE_CHECKING:
    from debar.model.telling import Means
    from debar.portfolio.estates import Estate
    from debar.portfolio.telling import Outgoing

PATIENCE = 10.0
"""Seconds for all of it."""
_GONE = 410


class Answer(NamedTuple):
    """What came of sending something."""

    arrived: bool
    says: str
    is_gone: bool = False
    """Whoever was told wants to hear nothing any more."""


def post(estate: Estate, outgoing: Outgoing, means: Means) -> Answer:
    """Send one message, and give what came of it; nothing is raised for what others do."""
    try:
        hooks.web_address(outgoing.to, means)  # what is allowed may have changed since it was added
        status = _status(outgoing, content(estate, outgoing, means), is_open=means.allows_private)
    except (UsageError, OSError, HTTPException, UnicodeError, ValueError) as e:
        return Answer(arrived=False, says=_fault(e))
    if 300 <= status < 400:
        return Answer(arrived=False, says=f"answered {status}: redirects are not followed")
    return Answer(arrived=200 <= status < 300, says=f"answered {status}", is_gone=status == _GONE)


def _fault(e: Exception) -> str:
    """Give why nothing arrived, in words."""
    if isinstance(e, UsageError):
        return e.message
    if isinstance(e, ssl.SSLCertVerificationError):
        return f"its certificate does not hold: {e.verify_message}"
    if isinstance(e, TimeoutError):
        return f"no answer within {PATIENCE:.0f} seconds"
    if isinstance(e, OSError):
        return e.strerror or "the connection was broken off"
    return f"the answer is none of HTTP ({type(e).__name__})"


def content(estate: Estate, outgoing: Outgoing, means: Means) -> bytes:
    """Give what is sent: what happened, in which organisation, and where to look."""
    told = outgoing.told
    says = dict(told.body)
    path = says.pop("path", None)
    if path is not None and means.url:
        says["url"] = f"{means.url}/o/{estate.organisation}/{path}"
    return msgspec.json.encode(
        {"type": told.event, "timestamp": told.at, "organisation": estate.organisation, "data": says}
    )


def signed(secret: str, id_: str, timestamp: int, body: bytes) -> str:
    """Give the signature of a message: of its id, of when it is sent, and of what it says."""
    key = b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, b".".join((id_.encode(), str(timestamp).encode(), body)), hashlib.sha256).digest()
    return f"v1,{b64encode(digest).decode()}"


def _status(outgoing: Outgoing, body: bytes, *, is_open: bool) -> int:
    """Send a message, and give the status of the answer; whoever answers slowly is left after a while."""
    parts = urlsplit(outgoing.to)
    host, is_tls = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    until = time.monotonic() + PATIENCE
    plain = _connected(host, port, until, is_open=is_open)
    # A limit for each word alone could be stretched without end by an answer that comes in drops.
    watch = threading.Timer(max(0.1, until - time.monotonic()), _hang_up, [plain])
    watch.daemon = True
    watch.start()
    connection = (HTTPSConnection if is_tls else HTTPConnection)(host, port)
    try:
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(plain, server_hostname=host) if is_tls else plain
        sent = int(time.time())
        connection.request(
            "POST",
            f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}",
            body,
            {
                "Content-Type": "application/json",
                "User-Agent": f"debar/{VERSION}",
                "Connection": "close",
                "webhook-id": outgoing.told.id,
                "webhook-timestamp": str(sent),
                "webhook-signature": signed(outgoing.secret, outgoing.told.id, sent, body),
            },
        )
        return connection.getresponse().status
    except (OSError, HTTPException):
        if time.monotonic() >= until:
            raise TimeoutError from None
        raise
    finally:
        watch.cancel()
        connection.close()
        plain.close()


def _connected(host: str, port: int, until: float, *, is_open: bool) -> socket.socket:
    """Give a connection to one of the addresses that a name means (1. and 2.); UsageError where none may be asked."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    asked = [one for one in found if is_open or hooks.is_public(str(one[4][0]))]
    if len(asked) != len(found):
        raise UsageError(f"{host}: means an address of this machine or its network")
    fault: OSError | None = None
    for family, kind, protocol, _, address in asked:
        left = until - time.monotonic()
        if left <= 0:
            break
        found_socket = socket.socket(family, kind, protocol)
        found_socket.settimeout(left)
        try:
            found_socket.connect(address)
        except OSError as e:
            found_socket.close()
            fault = e
            continue
        return found_socket
    raise fault or TimeoutError


def _hang_up(plain: socket.socket) -> None:
    try:
        plain.shutdown(socket.SHUT_RDWR)
    except OSError:
        plain.close()
