# SPDX-License-Identifier: Apache-2.0
"""The register as one signed file, for machines without a network: pack it, and prove one that came from elsewhere.

A bundle is a zip file with the register's files as they are, `manifest.json` with the digest and size of each, and
`manifest.sig` with an Ed25519 signature over the bytes of the manifest. It is read once and proven in memory, so
that what is used is what was proven. `archive` knows zip files, `trust` keys, `imported` which register is active.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar import dates
from debar.errors import RegisterError, UsageError
from debar.register import archive, load, trust
from debar.register.age import calver
from debar.register.archive import MANIFEST, SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SCHEMA = 1
"""Of a bundle; raised when a debar that knows only the former could not use it."""
SKEW = timedelta(minutes=10)
"""By how much the clocks of two machines may differ."""
_AHEAD = timedelta(days=1)
"""By how much a register may be dated after it was built: it is tomorrow already somewhere."""
_ALGORITHM = "ed25519"
_NEWER = "this bundle needs a newer debar"


class Member(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the manifest says about one file."""

    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is signed."""

    schema: int
    register: str
    """CalVer of the register."""
    built_at: str
    """Instant in UTC, to the second."""
    files: dict[str, Member]
    """By name, in the order of names."""


class Bundle(NamedTuple):
    """A bundle whose signature and files were proven."""

    manifest: Manifest
    key: str
    """Id of the key that signed it."""
    sha256: str
    """Digest of the manifest, and so of everything that was signed."""


class _Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `manifest.sig` holds; the id only says which key to try."""

    algorithm: str
    key: str
    signature: str


class _Schema(msgspec.Struct, frozen=True):
    """The one field that a manifest of every schema has."""

    schema: int


def pack(directory: Path, private_key_pem: Path, out: Path, built_at: str) -> Bundle:
    """Write the register in a directory as a signed bundle, and give what is in it.

    The file appears whole or not at all; the same files, key and instant give the same bytes.
    Raises RegisterError for a register that does not load or that `verify` would refuse, UsageError for a key or
    an instant that is none, and for a place that cannot be written.
    """
    expect_loads(directory, directory)
    files = {name: text for name, text in archive.contents(directory).items() if name not in (MANIFEST, SIGNATURE)}
    manifest = Manifest(
        schema=SCHEMA,
        register=files["VERSION"].decode("utf-8").strip(),
        built_at=_instant(built_at),
        files={name: Member(sha256=hashlib.sha256(c).hexdigest(), size=len(c)) for name, c in files.items()},
    )
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    key, signature = trust.sign(private_key_pem, text)
    said = _Signature(algorithm=_ALGORITHM, key=key.id, signature=base64.b64encode(signature).decode("ascii"))
    whole = archive.zipped({**files, MANIFEST: text, SIGNATURE: msgspec.json.encode(said) + b"\n"})
    bundle = proven(directory, archive.unzipped(directory, whole), [key])
    try:
        archive.replace(out, whole, 0o666)
    except OSError as e:
        raise UsageError(f"{out}: {e.strerror}", hint="name a file in a directory that can be written") from e
    return bundle


def verify(path: Path, keys: Sequence[trust.PublicKey]) -> Bundle:
    """Give what a bundle, or the directory that one was imported to, holds, once everything about it is proven.

    In this order: form, bounds and names of the zip file; signature; schema; files with size and digest; version
    and clock. Raises UsageError for a file that cannot be read and where no key is trusted, and RegisterError
    with every fault of the first of these that has any.
    """
    return proven(path, archive.contents(path), keys)


def proven(path: Path, files: Mapping[str, bytes], keys: Sequence[trust.PublicKey]) -> Bundle:
    """Give the bundle that files make, as `verify` does once it has read them; `path` is what messages call it."""
    missing = [f"{name} is missing" for name in (MANIFEST, SIGNATURE) if name not in files]
    if missing:
        archive.refuse(path, missing, "this is no bundle of a register")
    text = files[MANIFEST]
    key = _signer(path, text, files[SIGNATURE], keys)
    manifest = _manifest(path, text)
    if faults := list(_differences(manifest, files)):
        archive.refuse(path, faults)
    if fault := _misdated(manifest, files):
        archive.refuse(path, [fault], "set the clock of this machine, or have the bundle made anew")
    return Bundle(manifest=manifest, key=key, sha256=hashlib.sha256(text).hexdigest())


def expect_loads(path: Path, directory: Path) -> None:
    """Raise RegisterError unless a directory holds a register that this debar reads without fault."""
    try:
        register, faults = load.read(directory)
    except (OSError, UnicodeDecodeError) as e:
        archive.refuse(path, [f"cannot be read: {e}"])
    if faults:
        raise RegisterError(faults, hint=f"{path}: needs a newer debar, or holds a broken register")
    if not (register.measures and register.parties and register.indicators):
        archive.refuse(path, ["the register has no measures, no parties or no indicators"])


def _signer(path: Path, text: bytes, signature: bytes, keys: Sequence[trust.PublicKey]) -> str:
    """Give the id of the trusted key that signed a text."""
    if not keys:
        raise UsageError(f"{path}: no key is trusted here", hint=_where_keys_are())
    try:
        said = msgspec.json.decode(signature, type=_Signature)
        raw = base64.b64decode(said.signature, validate=True)
    except (msgspec.MsgspecError, ValueError) as e:
        archive.refuse(path, [f"{SIGNATURE} is no signature: {e}"])
    if said.algorithm != _ALGORITHM:
        archive.refuse(path, [f"signed with {said.algorithm!r}, and this debar knows {_ALGORITHM}"], _NEWER)
    mine = [key for key in keys if key.id == said.key]
    if not mine:
        known = ", ".join(key.id for key in keys)
        archive.refuse(path, [f"signed with key {said.key!r}; trusted here: {known}"], _where_keys_are())
    if not any(trust.fits(key, raw, text) for key in mine):
        archive.refuse(path, [f"the signature does not fit: {MANIFEST} is not what key {said.key} signed"])
    return said.key


def _where_keys_are() -> str:
    return f"put the public key of whoever made the bundle into {trust.key_directory()}, or name it with --key"


def _manifest(path: Path, text: bytes) -> Manifest:
    """Give the manifest; what is newer than this debar is told apart from what is broken."""
    try:
        schema = msgspec.json.decode(text, type=_Schema).schema
        if schema > SCHEMA:
            archive.refuse(path, [f"{_NEWER}: it has schema {schema}, and this one knows {SCHEMA}"], "update debar")
        if schema < 1:
            archive.refuse(path, [f"there is no schema {schema}"])
        return msgspec.json.decode(text, type=Manifest)
    except (msgspec.MsgspecError, RecursionError) as e:
        archive.refuse(path, [f"{MANIFEST} is no manifest: {e}"])


def _differences(manifest: Manifest, files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is other than the manifest says."""
    there = files.keys() - {MANIFEST, SIGNATURE}
    yield from (f"{name} is missing" for name in sorted({"VERSION", *manifest.files} - there))
    yield from (f"{name} is not in the manifest" for name in sorted(there - manifest.files.keys()))
    for name in sorted(there & manifest.files.keys()):
        said, text = manifest.files[name], files[name]
        if said.size != len(text):
            yield f"{name} has {len(text)} bytes, and the manifest says {said.size}"
        elif said.sha256 != hashlib.sha256(text).hexdigest():
            yield f"{name} has another digest than the manifest says"


def _misdated(manifest: Manifest, files: Mapping[str, bytes]) -> str:
    """Give what is wrong with version and moment, or nothing."""
    now = datetime.now(UTC)
    try:
        day, _ = calver(manifest.register)
        built = datetime.fromisoformat(_instant(manifest.built_at))
    except (ValueError, UsageError) as e:
        return str(e)
    if dates.stamp(built) != manifest.built_at:
        return f"{manifest.built_at!r} is not written as {dates.stamp(built)}"
    if files["VERSION"].decode("utf-8", "replace").strip() != manifest.register:
        return f"the manifest says register {manifest.register}, and the file VERSION says otherwise"
    if built > now + SKEW:
        return f"built at {manifest.built_at}, and here it is only {dates.stamp(now.replace(microsecond=0))}"
    if day > (built + _AHEAD).date():
        return f"register {manifest.register} is dated after it was built, at {manifest.built_at}"
    return ""


def _instant(text: str) -> str:
    """Give an instant in UTC to the second; UsageError for anything else."""
    try:
        when = dates.parse(text)
    except ValueError as e:
        raise UsageError(str(e), hint="write 2026-11-22T10:00:00Z") from e
    if not isinstance(when, datetime):
        raise UsageError(f"{text!r} is a date, not an instant", hint="write 2026-11-22T10:00:00Z")
    return dates.stamp(when.replace(microsecond=0))
