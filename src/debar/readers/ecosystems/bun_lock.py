# SPDX-License-Identifier: Apache-2.0
"""bun.lock: JSON with commas before closing brackets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_LOOSE = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*[}\]])|//[^\n]*')
"""Texts, which stay; commas before a closing bracket and comments, which go."""
_OWN = ("workspace:", "link:", "file:", "root:")
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each locked package; folders of the project itself are counted only."""
    try:
        text = bytes(source.document()).decode()
        document = dependencies.mapping(msgspec.json.decode(_LOOSE.sub(lambda found: found[1] or "", text)))
    except _UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e
    root = dependencies.mapping(dependencies.mapping(document.get("workspaces")).get(""))
    listing = dependencies.Listing(source, dependencies.scalar(root.get("name")) or source.asset)
    for key, entry in dependencies.mapping(document.get("packages")).items():
        locator = f"/packages/{dependencies.step(key)}"
        resolved = dependencies.scalar(entry[0]) if isinstance(entry, list) and entry else ""
        name, version = _parted(resolved)
        if not name:
            source.lose(locator, "a package without a name")
        elif version.startswith(_OWN):
            source.tally["own packages"] += 1
        else:
            source.tally["packages"] += 1
            found = dependencies.named("npm", name)
            is_registered = not ("/" in version or ":" in version)
            # For a package of a registry the second place names it, empty for the usual one.
            address = entry[1] if is_registered and len(entry) > 1 else version
            found += dependencies.origin(address) or (dependencies.repository(version) if not is_registered else [])
            yield listing.package(locator, name, version if is_registered else "", found)


def _parted(resolved: str) -> tuple[str, str]:
    """Give name and version of "@scope/name@1.0"."""
    at = resolved.find("@", 1)
    return (resolved[:at], resolved[at + 1 :]) if at > 0 else (resolved, "")
