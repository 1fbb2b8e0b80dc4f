# SPDX-License-Identifier: Apache-2.0
"""Whom this machine trusts: the public keys of its user, and files that nobody else could have written.

debar ships no key. Who runs it decides whose registers it believes, by putting a key where `key_directory` says
or by naming it. Make a pair with

    openssl genpkey -algorithm ed25519 -out private.pem
    openssl pkey -in private.pem -pubout -out trusted.pub
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

_PUBLIC_HINT = "openssl pkey -in private.pem -pubout -out trusted.pub writes one"
_PRIVATE_HINT = "openssl genpkey -algorithm ed25519 -out private.pem writes one"
_PEM = 64 << 10
"""Bytes looked at of a key; a true one has about 120."""
_ROOT = 0
_SPKI = bytes.fromhex("302a300506032b6570032100")
"""What stands before the 32 bytes of a public key in DER (RFC 8410)."""


class PublicKey(NamedTuple):
    """A key that is trusted here."""

    id: str
    """First 16 hexadecimal digits of the SHA-256 of the raw key."""
    raw: bytes
    """The 32 bytes of the key itself."""


def place(variable: str, otherwise: str) -> Path | None:
    """Give debar's directory below the one that a variable names, or below the home; None without either."""
    named = os.environ.get(variable, "")
    # The specification of these variables has relative paths ignored, and a home that is not known is no error.
    base = named if os.path.isabs(named) else os.path.expanduser(f"~/{otherwise}")  # noqa: PTH111, PTH117
    return Path(base, "debar") if os.path.isabs(base) else None  # noqa: PTH117


def key_directory() -> Path | None:
    """Give where the user's trusted keys are: $XDG_CONFIG_HOME/debar/keys, or ~/.config/debar/keys."""
    base = place("XDG_CONFIG_HOME", ".config")
    return base / "keys" if base else None


def keys(directories: Iterable[Path], files: Iterable[Path] = ()) -> tuple[PublicKey, ...]:
    """Give the keys in every `*.pub` of the directories and in the files named, each once, in the order of ids.

    A directory that is not there holds none. Raises UsageError for a file that cannot be read or is no Ed25519
    public key in PEM form, and for one in a directory that somebody other than the user or root could have written.
    """
    found = []
    for directory in directories:
        for file in sorted(directory.glob("*.pub")):
            if is_foreign(directory.stat(), _ROOT) or is_foreign(file.stat(), _ROOT):
                raise UsageError(f"{file}: somebody else could have written it", hint="own it, and chmod go-w it")
            found.append(_public(file))
    found += [_public(file) for file in files]
    return tuple(sorted(set(found)))


def is_foreign(about: os.stat_result, *owners: int) -> bool:
    """Tell whether a file is neither the user's nor one of the other owners', or can be written by everybody."""
    if not hasattr(os, "getuid"):
        return False
    return about.st_uid not in (os.getuid(), *owners) or bool(about.st_mode & 0o002)


def sign(private_key_pem: Path, text: bytes) -> tuple[PublicKey, bytes]:
    """Give the public half of a private key, and its signature over a text.

    Raises UsageError for a file that cannot be read, or is no Ed25519 private key in PEM form without passphrase.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(_pem(private_key_pem, _PRIVATE_HINT), password=None)
    except TypeError as e:
        raise UsageError(f"{private_key_pem}: has a passphrase", hint="sign with a copy that has none") from e
    except (ValueError, UnsupportedAlgorithm) as e:
        raise UsageError(f"{private_key_pem}: is no private key in PEM form", hint=_PRIVATE_HINT) from e
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(f"{private_key_pem}: is another kind of key than Ed25519", hint=_PRIVATE_HINT)
    return _key(private.public_key().public_bytes_raw()), private.sign(text)


def fits(key: PublicKey, signature: bytes, text: bytes) -> bool:
    """Tell whether a signature over a text was made with the private half of a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _public(file: Path) -> PublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        found = load_pem_public_key(_pem(file, _PUBLIC_HINT))
    except (ValueError, UnsupportedAlgorithm) as e:
        raise UsageError(f"{file}: is no public key in PEM form", hint=_PUBLIC_HINT) from e
    if not isinstance(found, Ed25519PublicKey):
        raise UsageError(f"{file}: is another kind of key than Ed25519", hint=_PUBLIC_HINT)
    return _key(found.public_bytes_raw())


def _key(raw: bytes) -> PublicKey:
    return PublicKey(hashlib.sha256(raw).hexdigest()[:16], raw)


def _pem(file: Path, hint: str) -> bytes:
    try:
        if not file.is_file():
            raise UsageError(f"{file}: no such file", hint=hint)
        with file.open("rb") as opened:
            return opened.read(_PEM)
    except OSError as e:
        raise UsageError(f"{file}: {e.strerror}", hint=hint) from e


def pem(key: PublicKey) -> bytes:
    """Give a public key in PEM form, as openssl writes it."""
    body = base64.b64encode(_SPKI + key.raw).decode("ascii")
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n".encode("ascii")


def from_pem(text: bytes) -> PublicKey | None:
    """Give the key that `pem` wrote; nothing for any other bytes, however little they differ."""
    body = b"".join(text.split(b"\n")[1:2])
    try:
        key = _key(base64.b64decode(body, validate=True)[len(_SPKI) :])
    except ValueError:
        return None
    return key if pem(key) == text else None


def new_pair(private: Path) -> tuple[PublicKey, Path]:
    """Make a key to sign with: the private half in a new file for its owner alone, the public one beside it in `.pub`.

    Raises UsageError where either file is there already, or cannot be written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    public = private.with_suffix(".pub")
    if taken := next((file for file in (public, private) if os.path.lexists(file)), None):
        raise UsageError(f"{taken}: is there already", hint="name a new file; keys are never overwritten")
    made = Ed25519PrivateKey.generate()
    text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key = _key(made.public_key().public_bytes_raw())
    for file, content, mode in ((private, text, 0o600), (public, pem(key), 0o644)):
        try:
            with open(file, "xb", opener=lambda name, flags, mode=mode: os.open(name, flags, mode)) as out:  # type: ignore[misc]
                out.write(content)
        except OSError as e:
            raise UsageError(f"{file}: {e.strerror}", hint="name a new file such as private.pem") from e
    return key, public
