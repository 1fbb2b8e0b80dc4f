# SPDX-License-Identifier: Apache-2.0
"""Container images saved as one tar file: docker-archive, and OCI layouts that were packed."""

from __future__ import annotations

import io
import re
import tarfile
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, cast

from debar.errors import SourceError
from debar.readers import layers, tapes
from debar.readers.inputs import Input
from debar.readers.members import Budget, Lost, Member, Metered

if TYPE_CHECKING:
    from collections.abc import Iterator


_LOOKED_AT = 2000
"""Members among which the manifest is looked for; an image has two for each layer, and a few."""
_FIRST = re.compile(
    rb"(?:\./)?(?:blobs/|(?:oci-layout|index\.json|manifest\.json|config\.json|repositories)\0|[0-9a-f]{12}|sha256:)"
)
"""How the members of an image begin, whoever packed it. A compressed archive must be unpacked to be looked through, so
it has to begin like one."""


def fits(source: Input) -> bool:
    """Tell whether a tar file holds the manifest of an image."""
    if not source.is_plain() and not _FIRST.match(source.head()):
        return False
    try:
        with source.glance() as file, tarfile.open(fileobj=file, mode="r:", tarinfo=tapes.Header) as archive:
            entries = {entry.name.removeprefix("./"): entry for entry in islice(archive, _LOOKED_AT) if entry.isreg()}
            if {"oci-layout", "index.json"} <= entries.keys():
                return True
            manifest = archive.extractfile(entries["manifest.json"]) if "manifest.json" in entries else None
            return manifest is not None and b'"Layers"' in manifest.read(layers.DOCUMENT)
    except (tarfile.TarError, EOFError, ValueError, OSError):
        return False


def members(source: Input, budget: Budget) -> Iterator[Member | Lost]:
    """Yield the files of each image in it."""
    with source.seekable() as file:
        try:
            with tarfile.open(fileobj=file, mode="r:", tarinfo=tapes.Header) as archive:
                entries = {entry.name.removeprefix("./"): entry for entry in archive if entry.isreg()}
                yield from _images(archive, entries, source.path, budget)
        except (tarfile.TarError, EOFError, ValueError, OSError) as e:
            raise SourceError(f"not a readable image: {e}") from e


def _images(
    archive: tarfile.TarFile, entries: dict[str, tarfile.TarInfo], path: str, budget: Budget
) -> Iterator[Member | Lost]:
    def opened(name: str) -> BinaryIO:
        if name not in entries or (file := archive.extractfile(entries[name])) is None:
            raise SourceError(f"{name} is missing from the image")
        return cast("BinaryIO", Metered(cast("BinaryIO", file), budget))

    def read(name: str) -> bytes:
        return opened(name).read(layers.DOCUMENT)

    def contents(layer: str) -> Iterator[Member | Lost]:
        try:
            inner = Input(f"{path}!{layer}", io.BufferedReader(cast("io.RawIOBase", opened(layer))), rewindable=True)
        except SourceError as e:
            yield Lost(layer, e.message)
            return
        with inner.stream() as stream:
            yield from tapes.contents(stream, budget)

    found = layers.docker(read) if "manifest.json" in entries else layers.oci(read)
    for image in found:
        yield from layers.files(image, contents)
