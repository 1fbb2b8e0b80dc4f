# SPDX-License-Identifier: Apache-2.0
"""Sign-in at a provider of identities: OpenID Connect Core 1.0 by an authorization code, with PKCE (RFC 7636).

1. Its metadata are found below its issuer, and have to name that issuer (OpenID Connect Discovery 1.0, 4.3).
2. The browser goes there with a state, a nonce and the hash of a verifier; it keeps all three in a cookie of ours.
3. It comes back with the state that it left with (RFC 6749, 10.12), and from the same issuer where that is said (RFC 9207).
4. The code is exchanged for tokens by us, with our secret and the verifier.
5. The signature of the identity token is by a key of the issuer, by an algorithm of two keys; ours or none proves nothing.
6. It is by the issuer, for us, of now, and of this sign-in (OpenID Connect Core 1.0, 3.1.3.7).
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import threading
import time
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urlsplit

import httpx2
import msgspec
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from debar.errors import DebarError
from debar.web.settings import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from debar.web.settings import Provider

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""By which identity tokens may be signed."""
LASTS = 10 * 60
"""Seconds that somebody has to come back."""
_FRESH = 60 * 60
"""Seconds that metadata and keys of a provider are kept."""
_LEEWAY = 60
"""Seconds by which its clock may differ from ours."""
_PATIENCE = 10.0
_LARGEST = 1 << 20
"""Bytes of an answer."""


class IdentityError(DebarError):
    """A provider of identities did not vouch for anybody; the message is for the log, not for whoever tried."""


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A sign-in on its way: what the browser brings back in a cookie that no script sees."""

    state: str
    nonce: str
    verifier: str
    next: str
    """Where to go in the end."""

    def packed(self) -> str:
        """Give it as a cookie holds it."""
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode()


def unpacked(text: str) -> Pending | None:
    """Give a sign-in on its way from its cookie; nothing for anything else."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(text.encode("ascii")), type=Pending)
    except (ValueError, binascii.Error, msgspec.DecodeError):
        return None


class Identity(NamedTuple):
    """Whom a provider vouches for."""

    issuer: str
    subject: str
    email: str
    name: str
    is_verified: bool
    """The provider says that the address is theirs."""


class _Found(NamedTuple):
    metadata: Mapping[str, Any]
    keys: KeySet
    at: float


class Identities:
    """A provider, with what was last learnt of it."""

    def __init__(self, provider: Provider, back: str) -> None:
        """Take the provider, and the address to which it sends people back."""
        self._provider, self._back = provider, back
        self._found: _Found | None = None
        self._guard = threading.Lock()

    def begin(self, then: str) -> tuple[str, Pending]:
        """Give where to send somebody who signs in, and what they have to bring back (2.)."""
        pending = Pending(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(64),
            next=then,
        )
        asked = {
            "response_type": "code",
            "client_id": self._provider.client_id,
            "redirect_uri": self._back,
            "scope": "openid email profile",
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": create_s256_code_challenge(pending.verifier),
            "code_challenge_method": "S256",
        }
        where = self._endpoint(self._learnt().metadata, "authorization_endpoint")
        return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}", pending

    def finish(self, pending: Pending, answer: Mapping[str, str]) -> Identity:
        """Give whom the provider vouches for, by what the browser brought back; IdentityError for nobody."""
        if not hmac.compare_digest(pending.state.encode(), answer.get("state", "").encode()):  # 3.
            raise IdentityError("the state is not that of this sign-in")
        if answer.get("iss", self._provider.issuer) != self._provider.issuer:
            raise IdentityError("another issuer answered")
        if answer.get("error") or not answer.get("code"):
            raise IdentityError(f"the provider refused: {answer.get('error', 'no code')[:60]!r}")
        tokens = self._exchanged(answer["code"], pending)
        access = tokens.get("access_token")
        claims = self.checked(str(tokens.get("id_token", "")), pending.nonce, access if isinstance(access, str) else "")
        if not claims.get("email") and isinstance(access, str):
            claims = {**self._asked(access, claims["sub"]), **claims}
        return Identity(
            self._provider.issuer,
            str(claims["sub"]),
            str(claims.get("email") or ""),
            str(claims.get("name") or claims.get("preferred_username") or ""),
            claims.get("email_verified") in (True, "true"),
        )

    def checked(self, token: str, nonce: str, access: str = "") -> dict[str, Any]:
        """Give the claims of an identity token; IdentityError for one that is not by the issuer, for us, and for now (5. 6.)."""
        signed = self._signed(token)
        wanted = {
            "iss": {"essential": True, "value": self._provider.issuer},
            "sub": {"essential": True},
            "aud": {"essential": True, "value": self._provider.client_id},
        }
        params = {"nonce": nonce, "client_id": self._provider.client_id, "access_token": access}
        try:
            claims = CodeIDToken(signed.claims, signed.header, wanted, params)
            claims.validate(leeway=_LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as e:
            raise IdentityError(f"the identity token is not for this sign-in: {e}") from e
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise IdentityError("the identity token names nobody")
        return dict(claims)

    def _signed(self, token: str) -> jwt.Token:
        """Give what a token says once its signature was checked; keys may have changed since they were learnt (5.)."""
        for is_last in (False, True):
            found = self._learnt(again=is_last)
            said = found.metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
            algorithms = [one for one in ALGORITHMS if one in said]
            if not algorithms:  # the library would take none for its own choice
                raise IdentityError("the provider signs by no algorithm of two keys")
            try:
                return jwt.decode(token, found.keys, algorithms=algorithms)
            except (JoseError, ValueError, TypeError, KeyError) as e:
                if is_last:
                    raise IdentityError(f"the identity token is not signed by the issuer: {e}") from e
        raise AssertionError  # the loop ends above

    def _learnt(self, *, again: bool = False) -> _Found:
        """Give metadata and keys of the provider (1.); `again` asks anew, but no more often than once in a minute."""
        with self._guard:
            found = self._found
            age = time.monotonic() - found.at if found else _FRESH
            if found is None or age >= _FRESH or (again and age >= 60):
                found = self._found = self._learn()
            return found

    def _learn(self) -> _Found:
        issuer = self._provider.issuer
        metadata = self._fetched("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata.get("issuer") != issuer:
            raise IdentityError(f"the metadata are those of another issuer: {str(metadata.get('issuer'))[:100]!r}")
        raw = self._fetched("GET", self._endpoint(metadata, "jwks_uri")).get("keys")
        mine = [key for key in raw if isinstance(key, dict) and key.get("use", "sig") == "sig"] if raw else []
        try:
            keys = KeySet.import_key_set({"keys": mine})
        except (JoseError, ValueError, TypeError, KeyError) as e:
            raise IdentityError(f"the keys of the provider cannot be read: {e}") from e
        return _Found(metadata, keys, time.monotonic())

    def _exchanged(self, code: str, pending: Pending) -> dict[str, Any]:
        """Give the tokens for a code (4.)."""
        provider, metadata = self._provider, self._learnt().metadata
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "client_id": provider.client_id,
            "code_verifier": pending.verifier,
        }
        ways = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        is_basic = bool(provider.client_secret) and "client_secret_basic" in ways
        if provider.client_secret and not is_basic:
            sent["client_secret"] = provider.client_secret
        auth = httpx2.BasicAuth(provider.client_id, provider.client_secret) if is_basic else None
        return self._fetched("POST", self._endpoint(metadata, "token_endpoint"), data=sent, auth=auth)

    def _asked(self, access: str, subject: str) -> dict[str, Any]:
        """Give what the provider says of somebody elsewhere; nothing where it speaks of another (5.3.2)."""
        metadata = self._learnt().metadata
        if not metadata.get("userinfo_endpoint"):
            return {}
        where = self._endpoint(metadata, "userinfo_endpoint")
        said = self._fetched("GET", where, headers={"authorization": f"Bearer {access}"})
        return said if said.get("sub") == subject else {}

    def _endpoint(self, metadata: Mapping[str, Any], name: str) -> str:
        """Give an address of the provider; what is not encrypted is fine on this machine alone."""
        where = metadata.get(name)
        parts = urlsplit(where if isinstance(where, str) else "")
        is_near = parts.hostname in LOOPBACK and urlsplit(self._provider.issuer).hostname in LOOPBACK
        if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and is_near)):
            raise IdentityError(f"{name} of the provider is no https address")
        return str(where)

    def _fetched(self, method: str, url: str, **sent: Any) -> dict[str, Any]:  # noqa: ANN401 - as the client takes it
        """Give an answer of the provider: JSON, not large, from where it was asked and nowhere else."""
        try:
            with (
                httpx2.Client(timeout=_PATIENCE, follow_redirects=False) as client,
                client.stream(method, url, **{"auth": None, **sent}) as answer,
            ):
                content = b""
                for part in answer.iter_bytes():
                    content += part
                    if len(content) > _LARGEST:
                        raise IdentityError(f"{url}: says too much")
                if answer.status_code != 200:
                    raise IdentityError(f"{url}: answers {answer.status_code}")
            return msgspec.json.decode(content, type=dict[str, Any])
        except (httpx2.HTTPError, httpx2.InvalidURL, msgspec.DecodeError) as e:
            raise IdentityError(f"{url}: {type(e).__name__}: {e}") from e
