# SPDX-License-Identifier: Apache-2.0
"""Apps that a management service of phones lists as JSON: Intune, Workspace ONE, Jamf and others of that shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers import records
from debar.readers.machine import listings, machines
from debar.readers.machine.listings import Thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

APPS = 1 << 20
"""Apps of one export that are read: a fleet of some thousand phones."""
_IDENTIFIERS = (
    "bundleId",
    "BundleId",
    "bundleIdentifier",
    "packageId",
    "PackageId",
    "packageIdentifier",
    "packageName",
    "ApplicationIdentifier",
    "identifier",
)
_NAMES = ("displayName", "DisplayName", "ApplicationName", "appName", "name", "Name")
_VERSIONS = ("version", "Version", "ApplicationVersion", "shortVersion", "appVersion")
_MAKERS = ("publisher", "Publisher", "developer", "vendor", "sellerName")
_HOSTS = ("deviceName", "DeviceName", "DeviceFriendlyName", "managedDeviceName", "hostname")
_LISTS = (
    "value",
    "DeviceApps",
    "Applications",
    "App",
    "applications",
    "mobileDeviceApplications",
    "apps",
    "results",
    "detectedApps",
)
"""Keys under which the lists lie."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each app of each device."""
    count = 0
    for locator, root in records.objects(source):
        for place, host, app in _apps(locator, root):
            if count >= APPS:
                source.tally["apps beyond the first million"] += 1
                continue
            count += 1
            source.tally["apps"] += 1
            yield from listings.observation(source, host, _thing(place, app))


def _apps(locator: str, root: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield (place, device, fields) of each app in an object, which is one itself or holds lists of them."""
    pending = [(locator, "", root, 0)]
    while pending:
        place, host, found, depth = pending.pop()
        fields = records.texts(found)
        host = machines.first(fields, _HOSTS) or host
        if machines.first(fields, _IDENTIFIERS):
            yield place, host, fields
        for key in _LISTS if depth < 4 else ():  # device list, device, app list, app
            below = found.get(key)
            if isinstance(below, list):
                parts = enumerate(below)
                pending += [
                    (f"{place}/{key}/{n}", host, part, depth + 1) for n, part in parts if isinstance(part, dict)
                ][::-1]


def _thing(place: str, app: dict[str, str]) -> Thing:
    identifier, name = machines.first(app, _IDENTIFIERS), machines.first(app, _NAMES)
    return Thing(
        place,
        name or identifier,
        [
            Observable(Kind.APP_ID, identifier),
            Observable(Kind.BUNDLE, identifier),
            *listings.told(Kind.NAME, name),
            *listings.told(Kind.PUBLISHER, machines.first(app, _MAKERS)),
        ],
        machines.first(app, _VERSIONS),
    )
