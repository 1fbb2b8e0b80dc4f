# SPDX-License-Identifier: Apache-2.0
"""pnpm-lock.yaml, versions 5 to 9."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from debar.readers import yamltext
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_OWN = ("file:", "link:")
_SCOPED = re.compile(r"/?((?:@[^/@]+/)?[^/@]+)[/@]([^/@_(]+)")
"""/@scope/name/1.0_peer in version 5, /@scope/name@1.0(peer) in 6, and without the first slash in 9."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package; folders of the project itself are counted only."""
    listing = dependencies.Listing(source, source.asset)
    for document in yamltext.documents(bytes(source.document()).decode(errors="replace")):
        packages = dependencies.mapping(dependencies.mapping(document).get("packages"))
        for key, package in packages.items():
            if key.startswith(_OWN) or "@file:" in key or "@link:" in key:
                source.tally["own packages"] += 1
                continue
            locator = f"/packages/{dependencies.step(key)}"
            fields = dependencies.mapping(package)
            name, version = _name(key, fields)
            if not name:
                source.lose(locator, "a package without a name")
                continue
            source.tally["packages"] += 1
            yield listing.package(locator, name, version, [*dependencies.named("npm", name), *_origin(key, fields)])


def _name(key: str, fields: dict[str, Any]) -> tuple[str, str]:
    """Give name and version: fields of their own for what is in no registry, else what the key says."""
    name, version = dependencies.scalar(fields.get("name")), dependencies.scalar(fields.get("version"))
    if name:
        return name, version
    at = key.find("@", 2)
    if "://" in key and at > 0:  # name@https://..., name@git+ssh://...
        return key[:at].removeprefix("/"), version
    # A registry besides the usual one stands before the name: registry.example/name/1.0
    host, _, rest = key.partition("/")
    found = _SCOPED.match(f"/{rest}" if "." in host and "@" not in host else key)
    return (found[1], version or found[2]) if found else ("", "")


def _origin(key: str, fields: dict[str, Any]) -> Iterator[Observable]:
    resolution = dependencies.mapping(fields.get("resolution"))
    for address in (resolution.get("tarball"), resolution.get("repo"), resolution.get("registry")):
        yield from dependencies.origin(address)
    if "." in (host := key.partition("/")[0]) and "@" not in host:
        yield from dependencies.origin(f"//{key}")
