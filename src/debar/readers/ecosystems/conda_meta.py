# SPDX-License-Identifier: Apache-2.0
"""Metadata of installed conda packages: the files of conda-meta, and index.json inside a package."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_DIGESTS = ("sha256", "md5")
_SECONDS = 100_000_000_000
"""A build time above this is in milliseconds: old conda-build wrote seconds."""


def read(source: Input) -> Iterator[Observation]:
    """Yield the package that the metadata is of."""
    fields = dependencies.json_object(source)
    source.tally["packages"] += 1
    name = dependencies.scalar(fields.get("name"))
    if not name:
        source.lose("", "a package without a name")
        return
    listing = dependencies.Listing(source, source.asset, Medium.PACKAGES, Meaning.INSTALLED)
    found = dependencies.named("conda", name)
    found += dependencies.origin(fields.get("url") or fields.get("channel"))
    found += [Observable(Kind.HASH, digest) for key in _DIGESTS if (digest := dependencies.scalar(fields.get(key)))]
    yield listing.package("", name, dependencies.scalar(fields.get("version")), found, seen_at=_built(fields))


def _built(fields: dict[str, Any]) -> str:
    """Give when the package was built, in UTC."""
    at = fields.get("timestamp")
    if not isinstance(at, int | float) or isinstance(at, bool):
        return ""
    try:
        moment = datetime.fromtimestamp(at / 1000 if at > _SECONDS else at, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
