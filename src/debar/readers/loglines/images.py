# SPDX-License-Identifier: Apache-2.0
"""Container images by reference: registry, repository and digest, and what each tells about the maker."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from debar.readers.inputs import Input

LONGEST = 1024
"""Characters of a reference; the specification allows 255 for the name and 128 for the tag."""
_DIGEST = re.compile(r"(?:sha256|sha512):[0-9a-f]{64,128}")
_PATH = re.compile(r"[a-z0-9]+(?:[._/-]+[a-z0-9]+)*", re.IGNORECASE)
_DOCKER_HUB = frozenset({"docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"})
_ANNOTATION = "org.opencontainers.image."
_MAKERS = ("vendor", "authors")
_ADDRESSES = ("url", "source", "documentation")
_SPOKEN = ("title", "description")


class Reference(NamedTuple):
    """An image as it is asked for: ghcr.io/owner/name:1.2@sha256:..."""

    registry: str
    """Empty for Docker Hub, where a reference without a registry leads."""
    path: str
    tag: str
    digest: str


@lru_cache(maxsize=4096)
def reference(text: str) -> Reference | None:
    """Give the parts of a reference; nothing for a bare id, for "<none>", or for a template that is not filled in."""
    text = text.strip(" \"'").removeprefix("docker-pullable://").removeprefix("docker://")[:LONGEST]
    name, _, digest = text.partition("@")
    first, slash, rest = name.partition("/")
    is_registry = bool(slash) and ("." in first or ":" in first or first == "localhost")
    registry, path = (first.lower(), rest) if is_registry else ("", name)
    path, _, tag = path.partition(":")
    if not _PATH.fullmatch(path) or (not slash and re.fullmatch(r"sha256|[0-9a-f]{12,64}", path)):
        return None
    if registry in _DOCKER_HUB:
        registry = ""
    found = _DIGEST.fullmatch(digest)
    return Reference(registry, path if registry else path.removeprefix("library/"), tag, found[0] if found else "")


def digest(text: object) -> str:
    """Give the digest in an image id or a reference, or nothing."""
    found = _DIGEST.search(text[:LONGEST]) if isinstance(text, str) else None
    return found[0] if found else ""


def observables(image: Reference, labels: Mapping[str, object] | None = None) -> list[Observable]:
    """Give every value of a reference, and of the labels of its image, that betrays a maker."""
    if image.registry:
        found = [Observable(Kind.PURL, f"pkg:oci/{image.path.rpartition('/')[2].lower()}")]
        host = image.registry.partition(":")[0]
        found += [Observable(Kind.REFERENCE_DOMAIN, host)] if "." in host else []
    else:
        found = [Observable(Kind.PURL, f"pkg:docker/{image.path.lower()}")]
    found.append(Observable(Kind.NAME, image.path))
    found += _labelled(labels or {})
    return found


def _labelled(labels: Mapping[str, object]) -> Iterator[Observable]:
    """Yield what the labels of the OCI annotations say, and the older label of the same sense."""
    said = {key.removeprefix(_ANNOTATION): v for key, v in labels.items() if isinstance(v, str) and v.strip()}
    for name in (*_MAKERS, "maintainer"):
        yield from components.maker(said.get(name, ""))
    for name in _ADDRESSES:
        yield from components.reference(said.get(name, ""))
    yield from components.prose(*(said.get(name, "") for name in _SPOKEN))


class Seen:
    """The images of one source: each counts once for an asset, and its digest is told once."""

    def __init__(self, source: Input, medium: Medium, meaning: Meaning) -> None:
        """Take the source, and what being named there means."""
        self._source, self._medium, self._meaning = source, medium, meaning
        self._told: set[tuple[str, str, str]] = set()

    def observations(
        self, locator: str, asset: str, text: object, digest: str = "", labels: Mapping[str, object] | None = None
    ) -> Iterator[Observation]:
        """Yield an image that an asset has, and the image as an asset of its own where its digest is known."""
        image = reference(text) if isinstance(text, str) else None
        if image is None:
            self._source.tally["images without a name"] += 1
            return
        digest = digest or image.digest
        name = f"{image.registry}/{image.path}" if image.registry else image.path
        if (asset, name, image.tag) not in self._told:
            self._told.add((asset, name, image.tag))
            self._source.tally["images"] += 1
            found = dict.fromkeys(observables(image, labels))
            yield self._said(locator, asset, name, image.tag, self._meaning, found)
        if digest and ("", name, digest) not in self._told:
            self._told.add(("", name, digest))
            # The digest belongs to the image: two workloads that run it stay two assets.
            identity = (Observable(Kind.SERIAL, digest),)
            yield self._said(locator, name, name, image.tag, Meaning.HARDWARE, identity)

    def _said(
        self, locator: str, asset: str, label: str, version: str, meaning: Meaning, found: Iterable[Observable]
    ) -> Observation:
        return Observation(
            source=self._source.id,
            locator=locator,
            asset=asset or self._source.asset,
            label=label,
            version=version,
            medium=self._medium,
            meaning=meaning,
            observables=tuple(found),
        )
