# SPDX-License-Identifier: Apache-2.0
"""Sign-in at a provider of identities, over HTTP: a real one, a strict one, and one that lies."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
from vouching import (
    CLIENT,
    SECRET,
    Vouching,
    by_a_stranger,
    by_nobody,
    by_the_public_key,
    by_the_shared_secret,
    vouching,
)

import staffed
from debar.errors import UsageError
from debar.model.vocab.portfolio import Role
from debar.portfolio import people, sessions
from debar.web.security import identities
from debar.web.security.identities import Identities, IdentityError, Pending, unpacked
from debar.web.settings import Provider, checked_issuer
from served import Service, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

ANALYST = staffed.address("alpha", Role.ANALYST)


@pytest.fixture
def provider() -> Iterator[Vouching]:
    """Give a provider that vouches for the analyst of an organisation."""
    with vouching() as found:
        yield found


@pytest.fixture
def service(provider: Vouching, tmp_path: Path) -> Iterator[Service]:
    """Give a service that sends people to the provider; addresses of one domain get accounts."""
    told = Provider(provider.issuer, CLIENT, SECRET, domains=("new.example",), label="Northwind ID")
    with serving(tmp_path, provider=told) as found:
        yield found


def leave(client: TestClient, wanted: str = "") -> str:
    """Leave for the provider, and give the address to which it sends somebody back."""
    away = client.get("/sign-in/provider", params={"next": wanted})
    assert away.status_code == 303
    return httpx2.get(away.headers["location"], follow_redirects=False).headers["location"]


def signed_in(service: Service, client: TestClient) -> str:
    """Give the address of who is signed in, or nothing."""
    token = client.cookies.get("debar-session", "")
    session = sessions.found(service.portfolio, token) if token else None
    return session.caller.email if session else ""


def test_somebody_signs_in(service: Service) -> None:
    """There and back: code, state, nonce and verifier fit, the account of the address is tied, and the place is kept."""
    client = service.nobody()
    assert "Northwind ID" in client.get("/sign-in").text
    back = client.get(leave(client, "/o/alpha/measures"))
    assert (back.status_code, back.headers["location"]) == (303, "/o/alpha/measures")
    assert signed_in(service, client) == ANALYST
    assert "debar-provider" not in client.cookies


def test_who_came_before_is_the_same(service: Service, provider: Vouching) -> None:
    """With another address somebody stays who they are, by issuer and subject; whoever takes over the address is not them."""
    first, second, third = service.nobody(), service.nobody(), service.nobody()
    first.get(leave(first))
    provider.claims["email"] = "ann.new@elsewhere.example"
    second.get(leave(second))
    assert signed_in(service, second) == ANALYST
    provider.claims |= {"sub": "u-2", "email": ANALYST}
    assert third.get(leave(third)).status_code == 403
    assert signed_in(service, third) == ""


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"email": "eve@new.example"}, "eve@new.example"),
        ({"email": "eve@new.example", "email_verified": "true"}, "eve@new.example"),
        ({"email": "eve@new.example", "email_verified": False}, ""),
        ({"email": "eve@new.example", "email_verified": None}, ""),
        ({"email": "eve@new.example.evil.example"}, ""),
        ({"email": "eve@sub.new.example"}, ""),
        ({"email": "eve@other.example"}, ""),
        ({"email": ANALYST, "email_verified": False}, ""),
        ({"email": None}, ""),
        ({"email": "no address"}, ""),
    ],
)
def test_who_gets_in(service: Service, provider: Vouching, claims: dict[str, Any], expected: str) -> None:
    """A verified address that has an account, or lies in a domain that the operator named; nobody else."""
    provider.changes = claims
    client = service.nobody()
    answer = client.get(leave(client))
    assert answer.status_code == (303 if expected else 403)
    assert signed_in(service, client) == expected
    if expected:
        caller = people.caller(service.portfolio, people.by_email(service.portfolio, expected).id)
        assert caller
        assert caller.roles == {}


NOW = int(time.time())
LIES: dict[str, tuple[str, Any]] = {
    "another issuer": ("changes", {"iss": "https://evil.example"}),
    "no issuer": ("changes", {"iss": None}),
    "for another": ("changes", {"aud": "other"}),
    "for several, of another": ("changes", {"aud": [CLIENT, "other"], "azp": "other"}),
    "for several, of nobody": ("changes", {"aud": [CLIENT, "other"]}),
    "for nobody": ("changes", {"aud": None}),
    "over": ("changes", {"exp": NOW - 3600, "iat": NOW - 7200}),
    "without an end": ("changes", {"exp": None}),
    "of tomorrow": ("changes", {"iat": NOW + 86400, "nbf": NOW + 86400}),
    "of another sign-in": ("changes", {"nonce": "x"}),
    "of no sign-in": ("changes", {"nonce": None}),
    "about nobody": ("changes", {"sub": None}),
    "about a number": ("changes", {"sub": 7}),
    "with another access token": ("changes", {"at_hash": "AAAA"}),
    "signed by a shared secret": ("sign", by_the_shared_secret),
    "signed by the public key": ("sign", by_the_public_key),
    "signed by a stranger": ("sign", by_a_stranger),
    "not signed": ("sign", by_nobody),
    "no token": ("sign", lambda _: "nonsense"),
    "empty": ("sign", lambda _: ""),
    "another state": ("answer", {"state": "x"}),
    "no state": ("answer", {"state": None}),
    "a refusal": ("answer", {"code": None, "error": "access_denied"}),
    "another code": ("answer", {"code": "stolen"}),
    "another issuer in the answer": ("answer", {"iss": "https://evil.example"}),
    "metadata of another": ("metadata", {"issuer": "https://evil.example"}),
    "keys elsewhere": ("metadata", {"jwks_uri": "http://192.0.2.1/keys"}),
    "keys in a file": ("metadata", {"jwks_uri": "file:///etc/passwd"}),
    "tokens elsewhere": ("metadata", {"token_endpoint": "http://192.0.2.1/token"}),
    "only shared secrets": ("metadata", {"id_token_signing_alg_values_supported": ["HS256", "none"]}),
}  # fmt: skip


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_signs_nobody_in(service: Service, provider: Vouching, lie: str) -> None:
    """Tokens and answers that are not by the issuer, for us, now, and for this sign-in: the page says to begin again."""
    name, value = LIES[lie]
    setattr(provider, name, value)
    client = service.nobody()
    away = client.get("/sign-in/provider")
    if name == "metadata" and away.status_code == 503:
        return
    answer = client.get(httpx2.get(away.headers["location"], follow_redirects=False).headers["location"])
    assert answer.status_code == 403
    assert signed_in(service, client) == ""


def test_an_answer_is_for_one_browser_and_once(service: Service) -> None:
    """Whoever is sent the answer of somebody else's sign-in does not become them (forged login), and a code is spent once."""
    client, victim = service.nobody(), service.nobody()
    where = leave(client)
    assert victim.get(where).status_code == 403
    leave(victim)
    assert victim.get(where).status_code == 403
    assert client.get(where).status_code == 303
    assert client.get(where).status_code == 403


def test_what_the_token_leaves_out_is_asked_for(service: Service, provider: Vouching) -> None:
    """An address that stands elsewhere is asked for there, and believed if it is of the same person."""
    provider.changes = {"email": None, "email_verified": None}
    provider.userinfo = {"sub": "u-1", "email": ANALYST, "email_verified": True}
    client = service.nobody()
    client.get(leave(client))
    assert signed_in(service, client) == ANALYST
    provider.changes |= {"sub": "u-9"}
    other = service.nobody()
    assert other.get(leave(other)).status_code == 403


def test_a_provider_that_is_away_is_told(service: Service, provider: Vouching) -> None:
    """The page to sign in on stays, and says that the provider does not answer."""
    provider.metadata = {"authorization_endpoint": None}
    answer = service.nobody().get("/sign-in/provider")
    assert answer.status_code == 503
    assert "does not answer" in answer.text


def test_what_was_learnt_is_kept(service: Service, provider: Vouching) -> None:
    """Metadata and keys are asked for once, not at each sign-in."""
    for _ in range(3):
        client = service.nobody()
        client.get(leave(client))
    assert provider.asked.count("/keys") == 1
    assert provider.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize("text", ["", "x", "e30=", "bnVsbA==", "é", "A" * 5000, '{"state":1}'])
def test_a_cookie_of_nothing_is_nothing(text: str) -> None:
    """Whatever a browser brings along in place of a sign-in on its way is none."""
    assert unpacked(text) is None


def test_a_sign_in_on_its_way_comes_back() -> None:
    """What the cookie holds is what was put into it."""
    pending = Pending(state="a", nonce="b", verifier="c", next='/o/ä?x=1&y=;,"')
    assert unpacked(pending.packed()) == pending


def test_a_large_answer_is_not_read(provider: Vouching, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that says too much is left."""
    monkeypatch.setattr(identities, "_LARGEST", 100)
    with pytest.raises(IdentityError, match="says too much"):
        Identities(Provider(provider.issuer, CLIENT, SECRET), "http://x/back").begin("/")


@pytest.mark.parametrize(
    "issuer", ["http://id.example.org", "id.example.org", "https://", "https://x/?a", "file:///x", "http://[::1"]
)
def test_an_issuer_is_an_https_address(issuer: str) -> None:
    """What somebody on the way could change vouches for nobody."""
    with pytest.raises(UsageError):
        checked_issuer(issuer)


def test_issuers_stay_as_they_are_written() -> None:
    """An issuer is compared letter by letter, so its slash and its path stay."""
    for issuer in ("https://id.example.org/", "https://id.example.org/tenant/v2.0", "http://127.0.0.1:9400"):
        assert checked_issuer(issuer) == issuer


@pytest.fixture
def real() -> Iterator[str]:
    """Give the issuer of a provider by somebody else, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _awaited(f"http://localhost:{port}", lambda: process.poll() is None)
    finally:
        process.terminate()
        process.wait(10)


def _awaited(issuer: str, is_alive: Callable[[], bool]) -> str:
    for _ in range(200):
        assert is_alive(), "the provider did not begin"
        try:
            httpx2.get(f"{issuer}/.well-known/openid-configuration")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return issuer
    raise AssertionError("the provider does not answer")


@pytest.mark.slow
def test_a_real_provider_is_understood(real: str, tmp_path: Path) -> None:
    """A provider that others wrote, as a process that is asked by HTTP: somebody signs in there and is let in here."""
    httpx2.put(f"{real}/users/u-1", json={"email": ANALYST, "email_verified": True, "name": "Ann"}).raise_for_status()
    with serving(tmp_path, provider=Provider(real, CLIENT, SECRET)) as service:
        client = service.nobody()
        away = client.get("/sign-in/provider", params={"next": "/account"}).headers["location"]
        page = httpx2.get(away)
        assert re.search(r"<form", page.text)
        back = httpx2.post(away, data={"sub": "u-1"}, follow_redirects=False).headers["location"]
        assert client.get(back).headers["location"] == "/account"
        assert signed_in(service, client) == ANALYST
