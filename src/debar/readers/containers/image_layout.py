# SPDX-License-Identifier: Apache-2.0
"""Container images as a folder in OCI layout: the file "oci-layout" stands for the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.readers import layers, tapes
from debar.readers.inputs import Input
from debar.readers.members import Budget, Lost, Member

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def members(source: Input, budget: Budget) -> Iterator[Member | Lost]:
    """Yield the files of each image that index.json beside it names; nothing outside its folder is opened."""
    folder = source.folder
    if folder is None:
        raise SourceError("an OCI layout is a folder", hint="name the folder, or pack it whole as a tar file")
    top = folder.resolve()

    def opened(name: str) -> Path:
        place = (top / name).resolve()
        if not place.is_relative_to(top) or not place.is_file():
            raise SourceError(f"{name} is missing from the image")
        return place

    def read(name: str) -> bytes:
        with opened(name).open("rb") as file:
            return file.read(layers.DOCUMENT)

    def contents(layer: str) -> Iterator[Member | Lost]:
        try:
            inner = Input(f"{source.path}!{layer}", opened(layer))
        except SourceError as e:
            yield Lost(layer, e.message)
            return
        with inner.stream() as stream:
            yield from tapes.contents(stream, budget)

    source.content()  # the digest is that of the mark; each blob is named by its own
    for image in layers.oci(read):
        yield from layers.files(image, contents)
