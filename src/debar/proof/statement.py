# SPDX-License-Identifier: Apache-2.0
"""What is signed: an in-toto Statement v1 over every file of a proof, in a DSSE envelope.

Both formats are of the in-toto project: https://github.com/in-toto/attestation (Statement v1) and
https://github.com/secure-systems-lab/dsse (envelope 1.0 and its pre-authentication encoding, PAE).
"""

from __future__ import annotations

import base64
import binascii
from typing import NamedTuple

import msgspec

from debar.proof.canonical import MalformedError, decoded, encoded

PAYLOAD_TYPE = "application/vnd.in-toto+json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:debar:proof:1"
"""Names the predicate below and the layout of a proof; another number says that a reader of this one cannot read it."""


class Digest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The one digest that is used."""

    sha256: str


class Subject(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of the proof."""

    name: str
    digest: Digest


class Predicate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of the files: only what the log says too, so that nothing in it goes unchecked."""

    entries: int
    """Lines of the log."""
    head: str
    """Hash of its last line."""
    time: str
    """When the proof was made, as its entries say."""


class Statement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An in-toto Statement v1."""

    type: str = msgspec.field(name="_type", default=STATEMENT_TYPE)
    subject: tuple[Subject, ...]
    """Every file but the envelope, in the order of names."""
    predicateType: str = PREDICATE_TYPE  # noqa: N815 - as the format spells it
    predicate: Predicate


class Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One signature over the PAE of the payload."""

    keyid: str
    """Only says which key to try."""
    sig: str
    """Base64."""


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A DSSE envelope; without a signature where the proof has none."""

    payload: str
    """Base64 of the canonical statement."""
    payloadType: str = PAYLOAD_TYPE  # noqa: N815 - as the format spells it
    signatures: tuple[Signature, ...]


class Opened(NamedTuple):
    """An envelope taken apart."""

    statement: Statement
    payload: bytes
    signature: Signature | None
    raw: bytes
    """The signature itself."""


def pae(payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """Give what DSSE signs: "DSSEv1", then type and payload, each after its length in bytes."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def enveloped(payload: bytes, key: str = "", signature: bytes = b"") -> bytes:
    """Give the bytes of an envelope around a payload, with a signature where there is one."""
    signatures = (Signature(keyid=key, sig=base64.b64encode(signature).decode("ascii")),) if signature else ()
    envelope = Envelope(payload=base64.b64encode(payload).decode("ascii"), signatures=signatures)
    return encoded(envelope) + b"\n"


def opened(text: bytes) -> Opened:
    """Give what an envelope holds; MalformedError for anything that `enveloped` would not have written."""
    if not text.endswith(b"\n"):
        raise MalformedError("does not end with a line feed")
    envelope = decoded(text[:-1], Envelope)
    if envelope.payloadType != PAYLOAD_TYPE:
        raise MalformedError(f"its payload is said to be {envelope.payloadType!r}, and {PAYLOAD_TYPE} is read here")
    if len(envelope.signatures) > 1:
        raise MalformedError("has more than one signature")
    payload = _bytes(envelope.payload, "payload")
    statement = decoded(payload, Statement)
    if statement.type != STATEMENT_TYPE:
        raise MalformedError(f"holds {statement.type!r}, and {STATEMENT_TYPE} is read here")
    if statement.predicateType != PREDICATE_TYPE:
        raise MalformedError(f"its predicate is {statement.predicateType!r}, and this debar reads {PREDICATE_TYPE}")
    signature = envelope.signatures[0] if envelope.signatures else None
    return Opened(statement, payload, signature, _bytes(signature.sig, "signature") if signature else b"")


def _bytes(text: str, what: str) -> bytes:
    """Give the bytes of canonical Base64."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as e:
        raise MalformedError(f"its {what} is no Base64: {e}") from e
    if base64.b64encode(found).decode("ascii") != text:
        raise MalformedError(f"its {what} is not written in canonical Base64")
    return found
