# SPDX-License-Identifier: Apache-2.0
"""The envelope and the statement in it: one form, and that of the specifications."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from debar.proof import statement
from debar.proof.canonical import MalformedError, encoded


def test_pae_is_that_of_the_specification() -> None:
    """The example that the DSSE specification gives."""
    assert statement.pae(b"hello world", "http://example.com/HelloWorld") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
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
