# SPDX-License-Identifier: Apache-2.0
"""Android apps: manifest, signers, packages of the code, native libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.binary import android, der, packed, pieces, programs, signatures
from debar.readers.binary.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_MANIFEST = "AndroidManifest.xml"
_LARGEST_MANIFEST = 1 << 24
_CODE_FILES = 64
"""Code files looked at; the largest apps have about 40."""
_SIGNATURES = 8
_CLASSES = frozenset({"activity", "service", "receiver", "provider", "meta-data", "application"})
"""Elements whose name is a class, or a key of an SDK that is written like one."""


def fits(source: Input) -> bool:
    """Tell whether a zip file is an Android app."""
    return packed.fits(source, rb"AndroidManifest\.xml", rb"classes\d*\.dex|resources\.arsc|META-INF/")


def read(source: Input) -> Iterator[Observation]:
    """Yield the app, the packages of its code, and its native libraries."""
    with pieces.opened(source) as file:
        archive = Packed(file)
        manifest = _manifest(source, archive)
        root = next((e.attributes for e in manifest if e.name == "manifest"), {})
        name = next(
            (e.attributes["label"] for e in manifest if e.name == "application" and "label" in e.attributes), ""
        )
        source.tally["apps"] += 1
        found = [
            Observable(Kind.FILE, source.name),
            Observable(Kind.APP_ID, root.get("package", "")),
            Observable(Kind.NAME, name),
            *_signers(source, archive),
        ]
        label, version = name or root.get("package", ""), root.get("versionName", "")
        yield programs.about(source, found, meaning=Meaning.INSTALLED, label=label, version=version)
        code = sorted(_declared(manifest) | _code(source, archive))
        source.tally["packages of code"] += len(code)
        if code:
            classes = [Observable(Kind.CODE, package) for package in code]
            yield programs.about(source, classes, meaning=Meaning.EMBEDDED, label=label, locator="classes.dex")
        if libraries := [name.rpartition("/")[2] for name in archive.names(r"lib/[^/]+/[^/]+\.so")]:
            natives = [Observable(Kind.FILE, library) for library in libraries]
            yield programs.about(source, natives, meaning=Meaning.EMBEDDED, label=label, locator="lib")


def _manifest(source: Input, archive: Packed) -> list[android.Element]:
    if _MANIFEST not in archive.entries:
        raise SourceError("an app without a manifest")
    try:
        return list(android.elements(archive.content(_MANIFEST, _LARGEST_MANIFEST)))
    except SourceError as e:
        source.lose(e.locator or _MANIFEST, e.message)
        return []


def _declared(manifest: list[android.Element]) -> set[str]:
    """Give the classes and SDK keys that the manifest names."""
    names = (e.attributes.get("name", "") for e in manifest if e.name in _CLASSES)
    return {name for name in names if "." in name.strip(".") and not name.startswith(".")}


def _signers(source: Input, archive: Packed) -> list[Observable]:
    """Give the subjects of certificates of all schemes; of scheme 1 only those whose signature holds."""
    found: list[Observable] = []
    for name in archive.names(r"META-INF/[^/]+\.(?:RSA|DSA|EC)")[:_SIGNATURES]:
        listing = f"{name.rpartition('.')[0]}.SF"
        try:
            content = archive.content(listing) if listing in archive.entries else b""
            found += programs.signed(source, archive.content(name, 1 << 22), name, content)
        except SourceError as e:
            source.lose(e.locator or name, e.message)
    try:
        for certificate in android.certificates(archive.pieces, archive.directory[0]):
            found += [Observable(Kind.SIGNER, subject) for subject in signatures.subjects(certificate)]
            source.tally["certificates"] += 1
    except (SourceError, der.BrokenError) as e:
        source.lose("APK signing block", f"the certificates cannot be read: {e}")
    return found


def _code(source: Input, archive: Packed) -> set[str]:
    found: set[str] = set()
    for name in archive.names(r"classes\d*\.dex")[:_CODE_FILES]:
        try:
            found |= android.packages(archive.content(name))
        except SourceError as e:
            source.lose(e.locator or name, e.message)
    return found
