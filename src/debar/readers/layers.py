# SPDX-License-Identifier: Apache-2.0
"""The files of a container image as its layers leave them, from the top layer down.

Whiteouts hide what lower layers had: OCI image specification, layer.md, "Whiteouts".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar.errors import SourceError
from debar.readers.members import Lost, Member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DOCUMENT = 1 << 24
"""Bytes of a manifest or index; real ones stay below 1 MiB."""
LAYERS = 512
"""Layers of an image; overlay file systems hold 128 at most, older ones 42."""
IMAGES = 1024
"""Images in one archive."""
_WHITEOUT, _OPAQUE = ".wh.", ".wh..wh..opq"
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


class Image(NamedTuple):
    """One image of an archive."""

    name: str
    """Its tag, else the digest of its manifest or configuration."""
    layers: tuple[str, ...]
    """Names of blobs, from the bottom up."""


def docker(read: Callable[[str], bytes]) -> Iterator[Image]:
    """Yield the images of a docker-archive from its manifest.json."""
    for entry in _list(_document(read("manifest.json")))[:IMAGES]:
        if isinstance(entry, dict):
            tags = [tag for tag in _list(entry.get("RepoTags")) if isinstance(tag, str)]
            layers = tuple(name for name in _list(entry.get("Layers")) if isinstance(name, str))[:LAYERS]
            yield Image(tags[0] if tags else str(entry.get("Config", "image")).removesuffix(".json"), layers)


def oci(read: Callable[[str], bytes]) -> Iterator[Image]:
    """Yield the images of an OCI layout from its index.json; indexes of several platforms are followed."""
    pending: list[tuple[str, Any]] = [("", entry) for entry in _manifests(_document(read("index.json")))[:IMAGES]]
    count = 0
    followed: set[str] = set()
    while pending and count < IMAGES:
        count += 1
        name, entry = pending.pop(0)
        if not isinstance(entry, dict):
            continue
        name = _tag(entry) or name or str(entry.get("digest", ""))
        place = blob(entry)
        if place in followed:
            continue  # an index that names itself, or one above it
        content = _document(read(place))
        if nested := _manifests(content):
            followed.add(place)
            pending += [(name, inner) for inner in nested[:IMAGES]]
            continue
        named = _list(content.get("layers")) if isinstance(content, dict) else []
        layers = [layer for layer in named if isinstance(layer, dict)]
        if any("tar" in str(layer.get("mediaType", "")) for layer in layers):
            yield Image(name, tuple(blob(layer) for layer in layers)[:LAYERS])


def blob(descriptor: dict[str, Any]) -> str:
    """Give the place of what a descriptor points to; SourceError unless it is a plain digest."""
    algorithm, _, value = str(descriptor.get("digest", "")).partition(":")
    if not (algorithm.isalnum() and value and all(c in "0123456789abcdef" for c in value)):
        raise SourceError("a descriptor of the image has no proper digest")
    return f"blobs/{algorithm}/{value}"


def files(image: Image, contents: Callable[[str], Iterator[Member | Lost]]) -> Iterator[Member | Lost]:
    """Yield each file that the image has at last; `contents` gives the members of a layer."""
    seen: set[str] = set()
    for layer in reversed(image.layers):
        hidden: set[str] = set()
        here: set[str] = set()
        for member in contents(layer):
            if isinstance(member, Lost):
                yield Lost(f"{layer}/{member.name}", member.reason)
                continue
            path = _normal(member.name)
            folder, _, name = path.rpartition("/")
            if name == _OPAQUE:
                hidden.add(folder)
            elif name.startswith(_WHITEOUT):
                hidden.add(f"{folder}/{name.removeprefix(_WHITEOUT)}".lstrip("/"))
            elif not _is_covered(path, seen):
                here.add(path)
                yield member._replace(name=f"{image.name}!{path}", asset=image.name, in_tree=True)
        # Only now: a whiteout hides what lies below its own layer, not in it.
        seen |= here | hidden


def _is_covered(path: str, seen: set[str]) -> bool:
    """Tell whether an upper layer has this path, or hid it or a folder above it."""
    while path:
        if path in seen:
            return True
        path = path.rpartition("/")[0]
    return "" in seen


def _normal(name: str) -> str:
    return "/".join(part for part in name.split("/") if part not in {"", "."})


def _tag(entry: dict[str, Any]) -> str:
    notes = entry.get("annotations")
    notes = notes if isinstance(notes, dict) else {}
    return str(notes.get("io.containerd.image.name") or notes.get("org.opencontainers.image.ref.name") or "")


def _manifests(content: object) -> list[Any]:
    return _list(content.get("manifests")) if isinstance(content, dict) else []


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _document(data: bytes) -> Any:  # noqa: ANN401 - JSON of any shape; what it should be is asked where it is used
    try:
        found = msgspec.json.decode(data)
    except _UNREADABLE as e:
        raise SourceError(f"a manifest of the image is not readable: {e}") from e
    return found if isinstance(found, list | dict) else {}
