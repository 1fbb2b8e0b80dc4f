# SPDX-License-Identifier: Apache-2.0
"""A provider of identities over HTTP on the loopback, which checks what a strict one checks, and can be made to lie."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLIENT, SECRET = "debar", "s3cret:with/signs"
KEY, STRANGER = RSAKey.generate_key(2048, {"use": "sig", "kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})


class Vouching:
    """The provider: whom it vouches for, and how it lies."""

    def __init__(self) -> None:
        self.issuer = ""
        self.claims: dict[str, Any] = {
            "sub": "u-1",
            "email": "analyst@alpha.example",
            "email_verified": True,
            "name": "Ann",
        }
        self.changes: dict[str, Any] = {}
        """Claims of the identity token that are otherwise; those that are None are missing."""
        self.metadata: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        """What it says otherwise when it sends somebody back."""
        self.sign: Callable[[dict[str, Any]], str] = lambda claims: jwt.encode(
            {"alg": "RS256", "kid": "one"}, claims, KEY
        )
        self.userinfo: dict[str, Any] = {}
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}

    def found(self) -> dict[str, Any]:
        """Give its metadata."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256"],
        } | self.metadata

    def authorize(self, query: dict[str, str]) -> str:
        """Give where somebody is sent back to, who said that they are who they are."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        answer = {"code": code, "state": query["state"], **self.answer}
        return f"{query['redirect_uri']}?{urlencode({k: v for k, v in answer.items() if v is not None})}"

    def token(self, authorization: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Give tokens for a code: once, to the client that asked for it, who knows the verifier."""
        query = self.codes.pop(form.get("code", ""), None)
        expected = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(
            b"="
        )
        if query is None or authorization != expected or query["code_challenge"] != challenge.decode():
            return 400, {"error": "invalid_grant"}
        if form["redirect_uri"] != query["redirect_uri"] or form["grant_type"] != "authorization_code":
            return 400, {"error": "invalid_request"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": query["nonce"],
            **self.claims,
        }
        claims = {name: value for name, value in {**claims, **self.changes}.items() if value is not None}
        return 200, {"access_token": "access-1", "token_type": "Bearer", "id_token": self.sign(claims)}


def by_the_shared_secret(claims: dict[str, Any]) -> str:
    """Sign with what both know, as nobody may who is to prove that it was the provider."""
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET * 3))


def by_the_public_key(claims: dict[str, Any]) -> str:
    """Sign with the public key of the provider as if it were a shared secret."""
    return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(KEY.as_pem(private=False)))


def by_a_stranger(claims: dict[str, Any]) -> str:
    """Sign with another key of the same name."""
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, STRANGER)


def by_nobody(claims: dict[str, Any]) -> str:
    """Sign not at all."""
    head, body = ({"alg": "none"}, claims)
    parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (head, body))
    return ".".join((*parts, ""))


@contextlib.contextmanager
def vouching() -> Iterator[Vouching]:
    """Give a provider that answers on the loopback."""
    provider = Vouching()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            provider.asked.append(parts.path)
            said = {
                "/.well-known/openid-configuration": provider.found(),
                "/keys": {"keys": [KEY.as_dict(private=False)]},
                "/userinfo": provider.userinfo,
            }
            if parts.path == "/authorize":
                self.send_response(302)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_header("location", provider.authorize(query))
                self.end_headers()
            else:
                self._say(200 if parts.path in said else 404, said.get(parts.path, {}))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(sent).items()}
            self._say(*provider.token(self.headers.get("authorization", ""), form))

        def _say(self, status: int, said: dict[str, Any]) -> None:
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - it is called so there
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
