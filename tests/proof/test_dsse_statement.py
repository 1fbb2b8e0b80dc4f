# SPDX-License-Identifier: Apache-2.0
"""The envelope and the statement in it: one form, and that of the specifications."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from debar.proof import statement
from debar.proof.canonical import MalformedError, encoded
from debar.register import trust


def test_pae_is_that_of_the_specification() -> None:
    """The example that the DSSE specification gives."""
    assert statement.pae(b"hello world", "http://example.com/HelloWorld") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_vectors_of_the_specification() -> None:
    """Pre-authentication encodings and Ed25519 signatures of the test vectors that DSSE publishes (testvectors/)."""
    key = trust.PublicKey("A", bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"))
    kind = "application/vnd.in-toto+json"
    signed = [
        (
            kind,
            b'{"_type":"https://in-toto.io/Statement/v1"}',
            "2WAfaHm5jluo0w+0rk8uVkluELJYWjSmU9x7EUzx+AyteDGJ4/nqyJXfmAUVFIAoQafWm7AxBZNw5M9ixNHiCA==",
        ),
        (kind, b"", "gSggCAaTLTYyRH6FIDBem6meyIynsYy8RTHVzwx9tnTb7Bg/1jMWnuVgI/gffqmbsC2VX5/jHfkkDqsj7CDbDg=="),
        (
            "application/vnd.ex\u00e4mple+json",
            b'{"_type":"https://in-toto.io/Statement/v1"}',
            "xmSk/ug66ysT7ayhkCIjhAq42zgZXSsEWuzUaNL7w2eGAdF/NU6/fRXPtmfN+5DNSAs5/i2lUnHjbbjPsu0tAw==",
        ),
    ]
    for payload_type, payload, signature in signed:
        assert trust.fits(key, base64.b64decode(signature), statement.pae(payload, payload_type))
    swapped = statement.pae(signed[0][1], "application/vnd.example.other+json")
    assert not trust.fits(key, base64.b64decode(signed[0][2]), swapped)
    assert (
        statement.pae(b"").hex() == "445353457631203238206170706c69636174696f6e2f766e642e696e2d746f746f2b6a736f6e203020"
    )


PAYLOAD = encoded(
    statement.Statement(
        subject=(), predicate=statement.Predicate(entries=1, head="0" * 64, time="2024-10-02T08:00:00Z")
    )
)


def test_an_envelope_reads_back() -> None:
    """Payload and signature are those that were put in."""
    found = statement.opened(statement.enveloped(PAYLOAD, "abc", b"signed"))
    assert (found.payload, found.raw) == (PAYLOAD, b"signed")
    assert found.signature is not None
    assert found.signature.keyid == "abc"
    assert statement.opened(statement.enveloped(PAYLOAD)).signature is None


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e | {"payloadType": "text/plain"},
        lambda e: e | {"payload": e["payload"].rstrip("=") + "=" * 3},
        lambda e: e | {"payload": "%%%"},
        lambda e: e | {"signatures": [{"keyid": "a", "sig": "YQ=="}] * 2},
        lambda e: e | {"signatures": [{"keyid": "a", "sig": "YR=="}]},
        lambda e: e | {"more": 1},
        lambda e: e | {"payload": base64.b64encode(PAYLOAD.replace(b"in-toto.io/Statement/v1", b"in-toto.io/Statement/v2")).decode()},
        lambda e: e | {"payload": base64.b64encode(PAYLOAD.replace(b"debar:proof:1", b"debar:proof:2")).decode()},
    ],
)  # fmt: skip
def test_another_envelope_is_refused(change: Any) -> None:
    """Other types, Base64 in another form, more signatures, unknown fields, newer versions."""
    envelope = json.loads(statement.enveloped(PAYLOAD))
    with pytest.raises(MalformedError):
        statement.opened(encoded(change(envelope)) + b"\n")
