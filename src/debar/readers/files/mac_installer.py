# SPDX-License-Identifier: Apache-2.0
"""Installer packages of macOS (.pkg, in the archive format xar): packages, title, and who signed."""

from __future__ import annotations

import base64
import binascii
import io
import zlib
from struct import unpack_from
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import markup
from debar.readers.binary import der, pieces, programs, signatures
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.binary.pieces import Pieces
    from debar.readers.markup import Element

_CONTENTS = 1 << 25
"""Largest table of contents, bytes: an installer of a few packages has some KiB, as their files lie in archives."""
_DOCUMENT = 1 << 22
"""Largest description of a package, bytes."""
_FILES = 1 << 17
_PACKAGES = 1 << 8
_DESCRIPTIONS = frozenset({"PackageInfo", "Distribution"})


def read(source: Input) -> Iterator[Observation]:
    """Yield the installer with its signer, then each package in it."""
    with pieces.opened(source) as file:
        start, contents = _contents(file)
        root = markup.document(_nested(source, "toc", contents))
        documents = [(name, _document(source, file, start, one)) for name, one in _described(root)]
        source.tally["installers"] += 1
        title = next((text for _, document in documents if (text := _title(document))), "")
        found = [Observable(Kind.FILE, source.name), Observable(Kind.NAME, title), *_signers(source, root)]
        yield programs.about(source, found, meaning=Meaning.RESIDUE, label=title)
        for name, document in documents:
            if document is not None and name == "PackageInfo" and (identifier := document.get("identifier")):
                source.tally["packages"] += 1
                version = str(document.get("version", ""))
                told = [Observable(Kind.BUNDLE, str(identifier)), *_bundles(document)]
                label = str(identifier)
                yield programs.about(
                    source, told, meaning=Meaning.RESIDUE, label=label, version=version, locator=f"PackageInfo {label}"
                )


def _contents(file: Pieces) -> tuple[int, bytes]:
    """Give where the heap begins, and the table of contents."""
    size, _, packed, unpacked = unpack_from(">HHQQ", file.at(4, 20))
    if packed > _CONTENTS or unpacked > _CONTENTS:
        raise SourceError("a table of contents of an impossible size", locator="byte 8")
    try:
        return size + packed, zlib.decompressobj().decompress(file.at(size, packed), _CONTENTS)
    except zlib.error as e:
        raise SourceError(f"the table of contents cannot be unpacked: {e}", locator=f"byte {size}") from e


def _nested(source: Input, name: str, data: bytes) -> Input:
    return Input(f"{source.path}!{name}", io.BytesIO(data))


def _described(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield (name, entry) of the files that describe packages."""
    count = 0
    for _, entry in zip(range(_FILES), root.iter("file"), strict=False):
        name = entry.findtext("name") or ""
        if name in _DESCRIPTIONS and count < _PACKAGES:
            count += 1
            yield name, entry


def _document(source: Input, file: Pieces, start: int, entry: Element) -> Element | None:
    name = entry.findtext("name") or ""
    try:
        offset, length = (int(entry.findtext(f"data/{key}") or "") for key in ("offset", "length"))
        data = file.at(start + offset, min(length, _DOCUMENT))
        if data[:1] == b"x":
            data = zlib.decompressobj().decompress(data, _DOCUMENT)
        return markup.document(_nested(source, name, data))
    except (SourceError, ValueError, zlib.error) as e:
        source.lose(name, f"the description cannot be read: {e}")
        return None


def _title(document: Element | None) -> str:
    return (document.findtext("title") or "").strip() if document is not None else ""


def _bundles(document: Element) -> Iterator[Observable]:
    """Yield identifiers and names of the bundles that a package puts in place."""
    for _, bundle in zip(range(_PACKAGES), document.iter("bundle"), strict=False):
        yield Observable(Kind.BUNDLE, str(bundle.get("id") or bundle.get("CFBundleIdentifier") or ""))
        yield Observable(Kind.FILE, str(bundle.get("path", "")).rstrip("/").rpartition("/")[2])


def _signers(source: Input, root: Element) -> list[Observable]:
    """Give the subject of the first certificate of each signature: that is the signer's."""
    found: list[Observable] = []
    for _, chain in zip(range(_PACKAGES), root.iter("{*}X509Data"), strict=False):
        text = chain.findtext("{*}X509Certificate") or ""
        try:
            certificate = base64.b64decode("".join(text.split()))
            found += [Observable(Kind.SIGNER, subject) for subject in signatures.subjects(certificate)]
            source.tally["certificates"] += 1
        except (binascii.Error, der.BrokenError) as e:
            source.lose("signature", f"a certificate cannot be read: {e}")
    return found
