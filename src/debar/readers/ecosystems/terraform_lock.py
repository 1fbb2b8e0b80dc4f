# SPDX-License-Identifier: Apache-2.0
""".terraform.lock.hcl: providers of Terraform and OpenTofu."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_PROVIDER = re.compile(r'provider\s+"([^"/]+)/([^"/]+)/([^"/]+)"\s*\{')
_VERSION = re.compile(r'\s+version\s*=\s*"([^"]*)"')


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked provider."""
    listing = dependencies.Listing(source, source.asset)
    held: tuple[int, str, str, str] | None = None
    for number, line in source.lines():
        if provider := _PROVIDER.match(line[: dependencies.LONGEST]):
            if held:
                yield _observation(listing, held, "")
            held = number, provider[1], provider[2], provider[3]
        elif held and (version := _VERSION.match(line[: dependencies.LONGEST])):
            yield _observation(listing, held, version[1])
            held = None
    if held:
        yield _observation(listing, held, "")


def _observation(listing: dependencies.Listing, provider: tuple[int, str, str, str], version: str) -> Observation:
    number, host, publisher, name = provider
    listing.source.tally["packages"] += 1
    found = dependencies.named("terraform", f"{publisher}/{name}") + dependencies.origin(f"https://{host}/")
    return listing.package(f"line {number}", f"{publisher}/{name}", version, found)
