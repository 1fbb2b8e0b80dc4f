# SPDX-License-Identifier: Apache-2.0
"""What Syft found in an image or a folder: its own JSON, of every version of its schema.

The metadata of an artifact have a shape for each kind of package, and the shapes changed with the
versions; fields are therefore known by their names alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.readers.inputs import Input

FILES = 4096
"""Paths kept of one package; kernels and firmware have some thousand."""
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
_SYSTEM = frozenset({"deb", "rpm", "apk", "alpm", "portage", "linux-kernel-module", "snap"})
"""Types whose names are those of packages of an operating system."""
_CPE, _HASH, _NAME, _PACKAGE, _PATH, _PURL = Kind.CPE, Kind.HASH, Kind.NAME, Kind.PACKAGE, Kind.PATH, Kind.PURL


def _code(value: str) -> list[Observable]:
    return [Observable(Kind.CODE, value)] if "." in value else []


def _hash(value: str) -> list[Observable]:
    # "sha256:digest" as well as the digest alone
    return [Observable(_HASH, value.rpartition(":")[2])]


def _path(value: str) -> list[Observable]:
    return [Observable(_PATH, value)]


def _name(value: str) -> list[Observable]:
    return [Observable(_NAME, value)]


_FIELDS: dict[str, Callable[[str], list[Observable]]] = {
    "maintainer": components.maker,
    "maintainers": components.maker,
    "packager": components.maker,
    "vendor": components.maker,
    "publisher": components.maker,
    "author": components.maker,
    "authors": components.maker,
    "developer": components.maker,
    "companyname": components.maker,
    "authoremail": components.contact,
    "email": components.contact,
    "homepage": components.reference,
    "url": components.reference,
    "urls": components.reference,
    "authoruri": components.reference,
    "repository": components.reference,
    "source": components.reference,
    "resolved": components.reference,
    "groupid": _code,
    "implementation-vendor": components.maker,
    "specification-vendor": components.maker,
    "bundle-vendor": components.maker,
    "implementation-vendor-id": _code,
    "automatic-module-name": _code,
    "bundle-symbolicname": _code,
    "implementation-title": _name,
    "bundle-name": _name,
    "productname": _name,
    "originpackage": _name,
    "digest": _hash,
    "path": _path,
    "legalcopyright": components.prose,
    "description": components.prose,
    "summary": components.prose,
    "comments": components.prose,
}
"""Fields of metadata, in small letters, that tell a maker."""
_DISTRO = ("homeURL", "supportURL", "bugReportURL", "privacyPolicyURL", "vendorURL")


class _Place(msgspec.Struct, gc=False):
    path: str | None = None


class _Cpe(msgspec.Struct, gc=False):
    cpe: str | None = None


class _Artifact(msgspec.Struct, gc=False):
    """A package that was found."""

    name: str = ""
    version: str = ""
    type: str = ""
    purl: str = ""
    cpes: list[str | _Cpe] | None = None
    locations: list[_Place | str] | None = None
    metadata: Any = None


class _Document(msgspec.Struct, gc=False):
    artifacts: list[msgspec.Raw] | None = None
    source: Any = None
    distro: Any = None


_decode_document = msgspec.json.Decoder(_Document).decode


def told(source: Input, document: bytes | bytearray, at: str = "", home: str = "") -> Iterator[Observation]:
    """Yield the image if there is one, its distribution, and each artifact; SourceError when it is no JSON.

    Pointers are into the document, after `at`. `home` is the asset of a document that names none.
    """
    try:
        found = _decode_document(document)
    except _UNREADABLE as e:
        raise SourceError(f"not a readable Syft document: {e}") from e
    asset, identifiers = _scanned(found.source)
    frame = _Frame(source, asset or home or source.path)
    if identifiers:
        yield frame.observation(f"{at}/source", asset, Meaning.HARDWARE, identifiers)
    distro = records.texts(found.distro)
    if observables := _distro(distro):
        label = distro.get("prettyName") or observables[0].value
        version = distro.get("versionID") or distro.get("version", "")
        yield frame.observation(f"{at}/distro", label, Meaning.COMPONENT, observables, version)
    for number, raw in enumerate(found.artifacts or ()):
        source.tally["components"] += 1
        locator = f"{at}/artifacts/{number}"
        artifact = components.decoded(source, raw, _Artifact, locator)
        if artifact is not None:
            yield frame.observation(locator, artifact.name, Meaning.COMPONENT, _observables(artifact), artifact.version)
    components.note_hollow(source)


class _Frame:
    """What all of one document shares."""

    def __init__(self, source: Input, asset: str) -> None:
        self.source, self.asset = source, asset

    def observation(
        self, locator: str, label: str, meaning: Meaning, found: list[Observable], version: str = ""
    ) -> Observation:
        """Give an observation on what was scanned."""
        return Observation(
            source=self.source.id,
            locator=locator,
            asset=self.asset,
            label=label,
            version=version,
            medium=Medium.SBOM,
            meaning=meaning,
            observables=tuple(dict.fromkeys(found)),
        )


def _scanned(scanned: object) -> tuple[str, list[Observable]]:
    """Give what was scanned, and the digests by which an image is known elsewhere.

    Until version 7 of the schema a "target" held what "metadata" holds since, or was the path of a folder.
    """
    if not isinstance(scanned, dict):
        return "", []
    target = scanned.get("target") or scanned.get("metadata")
    about = records.texts(target)
    named = records.texts(scanned)
    path = target if isinstance(target, str) else about.get("path", "")
    asset = about.get("userInput") or named.get("name") or path
    digests = [about.get("manifestDigest", ""), about.get("imageID", "")]
    several = target.get("repoDigests") if isinstance(target, dict) else None
    # name@sha256:digest
    digests += (
        [one.rpartition("@")[2] for one in several or () if isinstance(one, str)] if isinstance(several, list) else []
    )
    return asset, [
        Observable(Kind.SERIAL, digest) for digest in digests if re.fullmatch(r"\w+:[0-9a-f]{32,128}", digest)
    ]


def _distro(distro: dict[str, str]) -> list[Observable]:
    """Give what the distribution is called, and where it is at home."""
    found = [Observable(_NAME, distro[key]) for key in ("prettyName", "name", "id") if key in distro]
    if distro.get("cpeName", "").startswith("cpe:"):
        found.append(Observable(_CPE, distro["cpeName"]))
    for key in _DISTRO:
        found += components.reference(distro.get(key, ""))
    return found


def _observables(artifact: _Artifact) -> list[Observable]:
    """Give every value of an artifact that can betray its maker."""
    found = [Observable(_PACKAGE if artifact.type in _SYSTEM else _NAME, artifact.name)] if artifact.name else []
    if artifact.purl:
        found.append(Observable(_PURL, artifact.purl))
    for cpe in artifact.cpes or ():
        value = cpe if isinstance(cpe, str) else cpe.cpe
        if value and value.startswith("cpe:"):
            found.append(Observable(_CPE, value))
    for place in artifact.locations or ():
        path = place if isinstance(place, str) else place.path
        if path:
            found.append(Observable(_PATH, path))
    found += _told_by(artifact.metadata)
    return found


def _told_by(metadata: object) -> Iterator[Observable]:
    """Yield what metadata tell: texts by the names of their fields, at whatever depth, FILES paths at most."""
    pending: list[tuple[str, object]] = [("", metadata)]
    paths = 0
    while pending:
        name, value = pending.pop()
        if isinstance(value, dict):
            # Since version 11 lists of {"key": name, "value": text} stand for objects whose order matters.
            if isinstance(key := value.get("key"), str) and "value" in value:
                value = {key: value["value"]}
            pending += [(str(key).lower(), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            pending += [(name, inner) for inner in reversed(value)]
        elif isinstance(value, str) and value and (taken := _FIELDS.get(name)):
            for one in taken(value):
                paths += one.kind is _PATH
                if one.kind is not _PATH or paths <= FILES:
                    yield one
