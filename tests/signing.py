# SPDX-License-Identifier: Apache-2.0
"""A signer made up for tests, and files that it signs."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES = Path(__file__).parent / "data" / "readers" / "files"
NAMES = ("Developer ID Application: Vendor GmbH (ABCDE12345)", "Vendor GmbH")


@lru_cache(maxsize=1)
def signer() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Give a certificate and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    kinds = (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
    name = x509.Name([x509.NameAttribute(kind, text) for kind, text in zip(kinds, NAMES, strict=True)])
    begin = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(begin)
        .not_valid_after(begin + dt.timedelta(days=3650))
        .sign(key, hashes.SHA256())
    )
    return certificate, key


def certificate() -> bytes:
    """Give the certificate."""
    return signer()[0].public_bytes(Encoding.DER)


def signed(content: bytes, *, detached: bool = False) -> bytes:
    """Give signed data over a content, with the content in it or apart from it."""
    options = [pkcs7.PKCS7Options.Binary, pkcs7.PKCS7Options.NoCapabilities]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(*signer(), hashes.SHA256())
    return builder.sign(Encoding.DER, [*options, pkcs7.PKCS7Options.DetachedSignature] if detached else options)


def packed(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Give a zip file of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def sample(place: str) -> bytes:
    """Give a sample."""
    return (SAMPLES / place).read_bytes()
