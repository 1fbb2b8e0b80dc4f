# SPDX-License-Identifier: Apache-2.0
"""What an Info.plist says of an Apple program or bundle, in XML or binary."""

from __future__ import annotations

import plistlib
from typing import Any

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind

LARGEST = 1 << 22
"""Largest property list, bytes; the longest Info.plist of a system has 200 KiB."""
_KINDS = {
    "CFBundleIdentifier": Kind.BUNDLE,
    "CFBundleDisplayName": Kind.NAME,
    "CFBundleName": Kind.NAME,
    "CFBundleExecutable": Kind.FILE,
    "CFBundleGetInfoString": Kind.TEXT,
    "NSHumanReadableCopyright": Kind.TEXT,
}
"""Keys that say what it is and who made it."""


def read(data: bytes, locator: str) -> dict[str, Any]:
    """Give the entries of a property list that is a dictionary; SourceError when it is none."""
    if len(data) > LARGEST:
        raise SourceError(f"a property list of more than {LARGEST >> 20} MiB", locator=locator)
    try:
        found = plistlib.loads(data)
    except Exception as e:  # the library lets whatever goes wrong inside it pass
        raise SourceError(f"not readable as a property list: {e}", locator=locator) from e
    return found if isinstance(found, dict) else {}


def observables(entries: dict[str, Any]) -> list[Observable]:
    """Give every value that can betray a maker."""
    return [
        Observable(kind, value.strip())
        for key, kind in _KINDS.items()
        if isinstance(value := entries.get(key), str) and value.strip()
    ]


def first(entries: dict[str, Any], *keys: str) -> str:
    """Give the first text that is there under one of these keys."""
    return next((value.strip() for key in keys if isinstance(value := entries.get(key), str) and value.strip()), "")


def version(entries: dict[str, Any]) -> str:
    """Give the version that people are told, else that of the build."""
    return first(entries, "CFBundleShortVersionString", "CFBundleVersion")
