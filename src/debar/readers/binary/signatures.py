# SPDX-License-Identifier: Apache-2.0
"""Who signed: subjects of the signing certificates in CMS signed data (RFC 5652), and whether the signature holds.

The steps of RFC 5652, 5.6, are numbered here. What is not checked: the chain up to a root, dates and
revocation. A file is asked who made it, not whether to trust it.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.readers.binary import der

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = ("2.5.4.3", "2.5.4.10")
"""Common name and organisation."""
_TEAM = "2.5.4.11"
"""Organisational unit, in which Apple writes the team."""
_CONTENT, _DIGEST, _NESTED = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.3.6.1.4.1.311.2.4.1"
"""Attributes: content type, message digest, and Microsoft's further signature inside a signature."""
_SIGNERS = 16
"""Signers read of one signature; two are usual where two digests are."""
DIGESTS = {
    "1.2.840.113549.2.5": "md5",
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "2.16.840.1.101.3.4.2.4": "sha224",
}
_PSS = "1.2.840.113549.1.1.10"


class Signer(NamedTuple):
    """One signature over the signed content."""

    subjects: tuple[str, ...]
    """Common name and organisation of the certificate that signed."""
    units: tuple[str, ...]
    """Its organisational units."""
    is_sound: bool | None
    """Whether the signature fits the content; None when its kind cannot be checked."""
    nested: tuple[bytes, ...]
    """Further signed data among the attributes."""


class Signed(NamedTuple):
    """What a piece of signed data holds."""

    kind: str
    """Object identifier of the content's type."""
    content: bytes
    """Empty when the signature lies apart from what it signs."""
    signers: tuple[Signer, ...]


class _Certificate(NamedTuple):
    issuer: bytes
    serial: bytes
    identifier: bytes
    """Subject key identifier."""
    subject: bytes
    key: bytes


def read(data: bytes, detached: bytes = b"") -> Signed:
    """Give the content and the signers of signed data; BrokenError when it is none.

    `detached` is what was signed where it does not lie inside. Bytes after the value are padding.
    """
    kind, wrapped, *_ = der.listed(der.read(data), 2)
    if der.oid(kind) != "1.2.840.113549.1.7.2":
        raise der.BrokenError("no signed data")
    _, _, inner, *rest = der.listed(der.read(data, wrapped.body, wrapped.stop), 4)
    content_kind, *boxed = der.listed(inner, 1)
    content = _content(boxed[0]) if boxed else b""
    certificates = [c for part in rest if part.tag == 0xA0 for c in _certificates(part)]
    signers = der.listed(rest[-1])[:_SIGNERS] if rest[-1].tag == der.SET else []
    found = [_signer(signer, certificates, content or detached) for signer in signers]
    return Signed(der.oid(content_kind), content, tuple(signer for signer in found if signer))


def subjects(certificate: bytes) -> tuple[str, ...]:
    """Give common name and organisation of one certificate."""
    return _named(_certificate(der.read(certificate).whole).subject, _NAMES)


def _content(boxed: der.Value) -> bytes:
    """Give the contents octets, which are what the digest is made of, of a string as of any other value."""
    value = der.read(boxed.data, boxed.body, boxed.stop)
    return der.octets(value) if value.tag & 0x1F == der.OCTET_STRING else value.content


def _certificates(box: der.Value) -> Iterator[_Certificate]:
    for value in der.parts(box):
        try:
            yield _certificate(value.whole)
        except der.BrokenError:
            continue  # one that cannot be read may be the signer's no less than any other: then there is none


@lru_cache(maxsize=1024)
def _certificate(data: bytes) -> _Certificate:
    """Give what is asked of a certificate; the files of a folder have the same few, so each is read once."""
    value = der.read(data)
    if value.tag != der.SEQUENCE:
        raise der.BrokenError("no certificate")
    fields = der.listed(der.listed(value, 3)[0], 6)
    if fields[0].tag == 0xA0:  # the version, which the first version left out
        fields = fields[1:]
    if len(fields) < 6:
        raise der.BrokenError("a certificate without a key")
    serial, _, issuer, _, subject, key = fields[:6]
    extensions = next((part for part in fields[6:] if part.tag == 0xA3), None)
    return _Certificate(issuer.whole, serial.content, _key_identifier(extensions), subject.whole, key.whole)


def _key_identifier(extensions: der.Value | None) -> bytes:
    if extensions is not None:
        for extension in der.parts(der.read(extensions.data, extensions.body, extensions.stop)):
            fields = der.listed(extension, 2)
            if der.oid(fields[0]) == "2.5.29.14":
                return der.read(fields[-1].content).content
    return b""


@lru_cache(maxsize=1024)
def _named(subject: bytes, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Give the parts of a distinguished name of these kinds, in the order of the kinds, each once."""
    found: dict[str, list[str]] = {kind: [] for kind in kinds}
    for relative in der.parts(der.read(subject)):
        for pair in der.parts(relative):
            kind, value, *_ = der.listed(pair, 2)
            if der.oid(kind) in found and (name := der.text(value)):
                found[der.oid(kind)].append(name)
    return tuple(dict.fromkeys(name for names in found.values() for name in names))


def _signer(value: der.Value, certificates: list[_Certificate], content: bytes) -> Signer | None:
    _, who, digest, *rest = der.listed(value, 5)
    certificate = _chosen(who, certificates)
    if certificate is None:
        return None
    signed = next((part for part in rest if part.tag == 0xA0), None)
    unsigned = [part for part in rest if part.tag == 0xA1]
    plain = [part for part in rest if part.tag not in {0xA0, 0xA1}]
    if len(plain) < 2:
        raise der.BrokenError("a signer without a signature")
    algorithm, signature = plain[:2]
    nested = tuple(inner.whole for part in unsigned for inner in _attribute(part, _NESTED))
    name = DIGESTS.get(der.oid(der.listed(digest, 1)[0]), "")
    is_sound = _is_sound(name, content, signed, (algorithm, der.octets(signature), certificate.key)) if name else None
    names, units = _named(certificate.subject, _NAMES), _named(certificate.subject, (_TEAM,))
    return Signer(names, units, is_sound, nested)


def _chosen(who: der.Value, certificates: list[_Certificate]) -> _Certificate | None:
    """Give the certificate that a signer names by issuer and number, or by the key's identifier."""
    if who.tag == der.SEQUENCE:
        issuer, serial, *_ = der.listed(who, 2)
        wanted = issuer.whole, serial.content
        return next((c for c in certificates if (c.issuer, c.serial) == wanted), None)
    return next((c for c in certificates if c.identifier and c.identifier == who.content), None)


def _attribute(attributes: der.Value, kind: str) -> Iterator[der.Value]:
    for attribute in der.parts(attributes):
        name, values, *_ = der.listed(attribute, 2)
        if der.oid(name) == kind:
            yield from der.parts(values)


def _is_sound(
    digest: str, content: bytes, attributes: der.Value | None, signature: tuple[der.Value, bytes, bytes]
) -> bool | None:
    # 1. the digest of the content is the one among the signed attributes, where there are any
    message = content
    if attributes is not None:
        told = next((value.content for value in _attribute(attributes, _DIGEST)), b"")
        if hashlib.new(digest, content, usedforsecurity=False).digest() != told:
            return False
        if attributes.end != attributes.stop:
            return None  # an indefinite length, which is not what was signed, and which nobody was seen to write here
        # 2. what is signed then is the attributes, written as a SET (RFC 5652, 5.4)
        message = b"\x31" + attributes.whole[1:]
    # 3. the signature over that fits the key of the certificate
    algorithm, value, key = signature
    return _fits(key, der.oid(der.listed(algorithm, 1)[0]), digest, value, message)


def _fits(key: bytes, algorithm: str, digest: str, signature: bytes, message: bytes) -> bool | None:
    """Tell whether a signature over a message was made with a key; None for kinds that cannot be checked."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa

    method: Any = getattr(hashes, digest.upper())()
    try:
        public = _key(key)
        if isinstance(public, rsa.RSAPublicKey) and algorithm == _PSS:
            pss = padding.PSS(padding.MGF1(method), padding.PSS.AUTO)
            public.verify(signature, message, pss, method)
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, message, padding.PKCS1v15(), method)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, message, ec.ECDSA(method))
        elif isinstance(public, dsa.DSAPublicKey):
            public.verify(signature, message, method)
        else:
            return None
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError, TypeError):
        return None
    return True


@lru_cache(maxsize=128)
def _key(key: bytes) -> Any:  # noqa: ANN401 - one of the library's many kinds of key
    """Give the public key of a certificate; one signer signs many files of a folder."""
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    return load_der_public_key(key)
