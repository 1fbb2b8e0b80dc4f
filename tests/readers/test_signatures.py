# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of signatures."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from debar.readers.binary import der, signatures
from signing import NAMES, certificate, signed


def test_signature_with_its_content_is_checked() -> None:
    """A signature fits the content that lies in it."""
    (signer,) = signatures.read(signed(b"content")).signers
    assert (signer.subjects, signer.is_sound) == (NAMES, True)


def test_signature_apart_from_its_content_is_checked() -> None:
    """A signature fits the content it is given, and no other."""
    apart = signed(b"content", detached=True)
    assert signatures.read(apart, b"content").signers[0].is_sound is True
    assert signatures.read(apart, b"another").signers[0].is_sound is False


def test_signature_by_another_key_does_not_fit() -> None:
    """A changed signature over unchanged content is found out."""
    data = bytearray(signed(b"content"))
    data[-1] ^= 1
    assert signatures.read(bytes(data)).signers[0].is_sound is False


def test_bytes_behind_the_signature_are_padding() -> None:
    """A table rounds the size of a signature up to eight bytes."""
    assert signatures.read(signed(b"content") + b"\0" * 7).signers[0].is_sound is True


@pytest.mark.parametrize("pss", [False, True])
def test_signatures_of_rsa_are_checked_in_both_paddings(pss: bool) -> None:
    """RSA is signed with either padding."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Vendor GmbH")])
    begin = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begin).not_valid_after(begin + dt.timedelta(days=9))
    method = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH) if pss else None
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"content")
    builder = builder.add_signer(made.sign(key, hashes.SHA256()), key, hashes.SHA256(), rsa_padding=method)
    (signer,) = signatures.read(builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])).signers
    assert (signer.subjects, signer.is_sound) == (("Vendor GmbH",), True)


def test_certificate_names_its_subject() -> None:
    """A certificate alone gives common name and organisation."""
    assert signatures.subjects(certificate()) == NAMES


def test_signer_whose_certificate_is_not_there_is_nobody() -> None:
    """Without the certificate nothing is said of who signed."""
    data = signed(b"content")
    other = data.replace(certificate(), bytes(len(certificate())))
    assert other != data
    try:
        assert signatures.read(other).signers == ()
    except der.BrokenError as e:
        assert str(e)


@pytest.mark.parametrize("data", [b"", b"0\0", b"0\x03\x02\x01\x05", certificate()])
def test_other_values_are_refused(data: bytes) -> None:
    """What is no signed data is told to be none."""
    with pytest.raises(der.BrokenError):
        signatures.read(data)


def test_every_truncation_is_survived() -> None:
    """Wherever signed data is cut off, it is refused."""
    data = signed(b"content")
    for size in range(0, len(data) - 1, 7):
        with pytest.raises(der.BrokenError):
            signatures.read(data[:size])
