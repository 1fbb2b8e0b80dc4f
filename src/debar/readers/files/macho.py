# SPDX-License-Identifier: Apache-2.0
"""Apple programs and libraries: code signature, embedded Info.plist, linked libraries, parts built in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.binary import built_in, der, go_buildinfo, macho_image, pieces, programs, property_lists, signatures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from debar.model.inventory import Observation
    from debar.readers.binary.macho_image import Image
    from debar.readers.inputs import Input

_OF_APPLE = ("/usr/lib/", "/System/")
"""Folders of the system, from which nearly every program loads libraries."""


def read(source: Input) -> Iterator[Observation]:
    """Yield what a program says of itself in all its slices, what it needs, what was built in, and literals in it."""
    with pieces.opened(source) as file:
        images = list(_images(source, file))
        if not images:
            raise SourceError("no part of it can be read")
        lists = [_property_list(source, image) for image in images]
        observables = [Observable(Kind.FILE, source.name)]
        for image, entries in zip(images, lists, strict=True):
            observables.append(Observable(Kind.FILE, image.name.rpartition("/")[2]))
            observables += property_lists.observables(entries)
            observables += _signature(source, image)
        source.tally["libraries" if images[0].is_library else "programs"] += 1
        yield programs.about(
            source,
            observables,
            meaning=Meaning.COMPONENT if images[0].is_library else Meaning.INSTALLED,
            version=next((version for entries in lists if (version := property_lists.version(entries))), ""),
        )
        yield from _needed(source, images)
        yield from _parts(source, images[0])
        yield from programs.strings(source, file, programs.swept(source, file))


def _images(source: Input, file: pieces.Pieces) -> Iterator[Image]:
    try:
        for slice_ in macho_image.slices(file):
            yield macho_image.read(slice_)
    except SourceError as e:
        source.lose(e.locator, e.message)


def _property_list(source: Input, image: Image) -> dict[str, Any]:
    offset, size = image.sections.get("__info_plist", (0, 0))
    if not size:
        return {}
    locator = f"byte {image.pieces.start + offset}"
    try:
        return property_lists.read(image.pieces.near(offset, size).rstrip(b"\0"), locator)
    except SourceError as e:
        source.lose(e.locator, e.message)
        return {}


def _signature(source: Input, image: Image) -> Iterator[Observable]:
    """Yield identifier, team and signer, the signer only if the pages of the file are those that were signed."""
    try:
        found = macho_image.signature(image)
        if found is None:
            return
        yield Observable(Kind.BUNDLE, found.identifier)
        yield Observable(Kind.TEAM_ID, found.team)
        if not found.cms:
            source.tally["signatures in nobody's name"] += 1
            return
        is_whole = macho_image.is_whole(image, found.directory)
        for signer in signatures.read(found.cms, found.directory).signers:
            yield from programs.vouched(source, signer, f"byte {found.offset}", fits=is_whole is not False)
    except (SourceError, der.BrokenError) as e:
        source.lose(f"byte {image.pieces.start + image.signature[0]}", f"the signature cannot be read: {e}")


def _needed(source: Input, images: list[Image]) -> Iterator[Observation]:
    """Yield the libraries that are not the system's: the path where it is one, and the name."""
    found: list[Observable] = []
    for name in dict.fromkeys(name for image in images for name in image.needed):
        if name and not name.startswith(_OF_APPLE):
            found.append(Observable(Kind.FILE, name.rpartition("/")[2]))
            found += [Observable(Kind.PATH, name)] if name.startswith("/") else []
    if found:
        yield programs.about(source, found, meaning=Meaning.COMPONENT, locator="load commands")


def _parts(source: Input, image: Image) -> Iterator[Observation]:
    """Yield modules of Go and crates of Rust; all slices of a program are built of the same."""
    try:
        if go := image.sections.get("__go_buildinfo"):
            text = go_buildinfo.text(image.pieces, go[0], image.offset)
            yield from built_in.modules(source, text, "__go_buildinfo")
        if rust := image.sections.get(".dep-v0"):
            yield from built_in.crates(source, image.pieces.near(rust[0], min(rust[1], pieces.PIECE)), ".dep-v0")
    except SourceError as e:
        source.lose(e.locator, f"the parts built in cannot be read: {e.message}")
