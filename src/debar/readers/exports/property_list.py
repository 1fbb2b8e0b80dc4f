# SPDX-License-Identifier: Apache-2.0
"""Property lists as macOS keeps them.

Info.plist of bundles, jobs of launchd, receipts and history of the installer, system extensions,
configuration profiles, and lists of applications as Munki writes them.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components, places
from debar.readers.machine import listings, plists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

THINGS = 1 << 16
"""Dictionaries of one list that are read; the history of an old Mac has some 2,000."""
PARTS = 1 << 8
"""Elements kept of one field."""
_TEAM = re.compile(r'subject\.OU\]\s*=\s*"?([A-Z0-9]{10})\b')


class _Shape(NamedTuple):
    """A kind of dictionary, known by keys that it must have."""

    thing: str
    marks: tuple[frozenset[str], ...]
    """Any of these sets."""
    kinds: dict[str, Kind]
    label: tuple[str, ...]
    version: tuple[str, ...] = ()
    observed_at: str = ""
    meaning: Meaning = Meaning.INSTALLED
    medium: Medium = Medium.INVENTORY


def _marks(*keys: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(one.split()) for one in keys)


_SHAPES = (
    _Shape(
        "bundles",
        _marks("CFBundleIdentifier", "CFBundleName", "CFBundleExecutable"),
        {
            "CFBundleIdentifier": Kind.BUNDLE,
            "CFBundleDisplayName": Kind.NAME,
            "CFBundleName": Kind.NAME,
            "CFBundleExecutable": Kind.FILE,
            "SUFeedURL": Kind.REFERENCE_DOMAIN,
            "KSUpdateURL": Kind.REFERENCE_DOMAIN,
            "CFBundleGetInfoString": Kind.TEXT,
            "NSHumanReadableCopyright": Kind.TEXT,
        },
        ("CFBundleDisplayName", "CFBundleName", "CFBundleIdentifier"),
        ("CFBundleShortVersionString", "CFBundleVersion"),
        medium=Medium.FILES,
    ),
    _Shape(
        "jobs",
        _marks("Label Program", "Label ProgramArguments", "Label BundleProgram", "Label MachServices"),
        {
            "Label": Kind.BUNDLE,
            "Program": Kind.PATH,
            "ProgramArguments": Kind.PATH,
            "BundleProgram": Kind.PATH,
            "AssociatedBundleIdentifiers": Kind.BUNDLE,
        },
        ("Label",),
    ),
    _Shape(
        "receipts",
        _marks("PackageIdentifier", "pkgid"),
        {
            "PackageIdentifier": Kind.BUNDLE,
            "pkgid": Kind.BUNDLE,
            "PackageFileName": Kind.FILE,
        },
        ("PackageIdentifier", "pkgid"),
        ("PackageVersion", "pkg-version"),
        "InstallDate",
    ),
    _Shape(
        "installations",
        _marks("displayName packageIdentifiers", "displayName processName"),
        {"displayName": Kind.NAME, "packageIdentifiers": Kind.BUNDLE},
        ("displayName",),
        ("displayVersion",),
        "date",
        Meaning.RESIDUE,  # what was installed once may be gone
    ),
    _Shape(
        "system extensions",
        _marks("identifier teamID"),
        {"identifier": Kind.BUNDLE, "teamID": Kind.TEAM_ID, "originPath": Kind.PATH},
        ("identifier",),
    ),
    _Shape(
        "applications",
        _marks("bundleid path", "bundleid name"),
        {"name": Kind.NAME, "bundleid": Kind.BUNDLE, "path": Kind.PATH},
        ("name", "bundleid"),
        ("version",),
    ),
    _Shape(
        "profiles",
        _marks("PayloadIdentifier PayloadType"),
        {"PayloadIdentifier": Kind.BUNDLE, "PayloadOrganization": Kind.TEXT, "PayloadDisplayName": Kind.TEXT},
        ("PayloadDisplayName", "PayloadIdentifier"),
        meaning=Meaning.RESIDUE,
    ),
)
_HOLDERS = ("extensions", "PayloadContent", "applications")
"""Keys of a dictionary that hold a list of things."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each dictionary of a known shape."""
    asset = _asset(source)
    for locator, found in _dictionaries(plists.decoded(bytes(source.content()))):
        shape = next((shape for shape in _SHAPES if any(marks <= found.keys() for marks in shape.marks)), None)
        if shape is None:
            source.tally["dictionaries of no known shape"] += 1
            continue
        source.tally[shape.thing] += 1
        yield from _observed(source, locator, asset, shape, found)


def _dictionaries(root: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (pointer, dictionary) of the root, of its elements, and of lists in it that hold things."""
    lists = [("", root)] if isinstance(root, list) else []
    if isinstance(root, dict):
        yield "", root
        lists = [(f"/{key}", root[key]) for key in _HOLDERS if isinstance(root.get(key), list)]
    for place, parts in lists:
        for number, part in enumerate(parts[:THINGS]):
            if isinstance(part, dict):
                yield f"{place}/{number}", part


def _observed(source: Input, locator: str, asset: str, shape: _Shape, found: dict[str, Any]) -> Iterator[Observation]:
    observables = [o for name, kind in shape.kinds.items() for o in _told(name, kind, _texts(found.get(name)))]
    if shape.thing == "bundles":
        helpers = found.get("SMPrivilegedExecutables")
        requirements = _texts(list(helpers.values())) if isinstance(helpers, dict) else ()
        observables += [Observable(Kind.TEAM_ID, team) for text in requirements for team in _TEAM.findall(text)]
    if not observables:
        return
    label = next((text for name in shape.label for text in _texts(found.get(name))), "")
    yield Observation(
        source=source.id,
        locator=locator,
        asset=asset,
        label=label or observables[0].value,
        version=next((text for name in shape.version for text in _texts(found.get(name))), ""),
        medium=shape.medium,
        meaning=shape.meaning,
        observables=tuple(dict.fromkeys(observables)),
        observed_at=_instant(found.get(shape.observed_at)),
    )


def _told(name: str, kind: Kind, texts: tuple[str, ...]) -> Iterator[Observable]:
    if name == "ProgramArguments":  # the first is the program
        texts = texts[:1]
    for text in texts:
        if kind is Kind.REFERENCE_DOMAIN:
            yield from components.reference(text)
        elif text:
            yield Observable(kind, text.removeprefix("file://") if kind is Kind.PATH else text)


def _texts(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value]
    return tuple(part[: listings.VALUE].strip() for part in parts[:PARTS] if isinstance(part, str) and part.strip())


def _instant(value: object) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else ""


def _asset(source: Input) -> str:
    """Give the bundle that an Info.plist lies in, else what every file is of."""
    steps = places.parts(source.path)
    return next((step for step in reversed(steps[:-1]) if step.endswith((".app", ".kext", ".appex"))), source.asset)
