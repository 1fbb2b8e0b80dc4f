# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of apps that management services list."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind
from debar.readers.exports import managed_apps
from opened import observed, values


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"value": [{"displayName": "App", "packageId": "com.v.app", "version": "1", "publisher": "Lab"}]}, "/value/0"),
        ([{"displayName": "App", "bundleId": "com.v.app", "version": "1", "publisher": "Lab"}], "/0"),
        (
            {
                "DeviceApps": [
                    {"ApplicationName": "App", "ApplicationIdentifier": "com.v.app", "Version": "1", "vendor": "Lab"}
                ]
            },
            "/DeviceApps/0",
        ),
    ],
)
def test_app_is_found_whatever_the_service_calls_it(content: object, place: str) -> None:
    """Intune, Jamf and Workspace ONE differ in names and in where the list lies."""
    (app,), _ = observed(managed_apps, content)
    assert (app.locator, app.label, app.version) == (place, "App", "1")
    assert values(app, Kind.APP_ID) == ["com.v.app"]
    assert values(app, Kind.PUBLISHER) == ["Lab"]


def test_apps_belong_to_the_device_that_holds_them() -> None:
    """A device's name stands above its apps."""
    found, _ = observed(
        managed_apps,
        {"value": [{"deviceName": f"phone{n}", "detectedApps": [{"name": "A", "bundleId": "a.b"}]} for n in range(2)]},
    )
    assert [(o.asset, o.locator) for o in found] == [
        ("phone0", "/value/0/detectedApps/0"),
        ("phone1", "/value/1/detectedApps/0"),
    ]


def test_lists_in_lists_end() -> None:
    """Nobody nests deeper than devices, apps and their lists."""
    nested: dict[str, object] = {"bundleId": "deep.app"}
    for _ in range(50):
        nested = {"value": [nested, 3, None]}
    found, _ = observed(managed_apps, nested)
    assert found == []
