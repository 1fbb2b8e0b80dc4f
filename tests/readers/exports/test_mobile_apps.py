# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of apps of phones."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind
from debar.readers.exports import mobile_apps
from opened import observed, values


@pytest.mark.parametrize(
    ("line", "path", "version"),
    [
        ("package:com.vendor.app", [], ""),
        ("package:com.vendor.app versionCode:33 uid:10023", [], "33"),
        ("package:/system/app/A/A.apk=com.vendor.app", ["/system/app/A/A.apk"], ""),
        (
            "package:/data/app/~~a==/com.vendor.app-b==/base.apk=com.vendor.app  installer=com.kaspersky.store",
            ["/data/app/~~a==/com.vendor.app-b==/base.apk"],
            "",
        ),
    ],
)
def test_package_is_read_with_any_switches(line: str, path: list[str], version: str) -> None:
    """File, version and installer may be there or not; the installer made nothing."""
    (app,), _ = observed(mobile_apps, line + "\r\n")
    assert values(app, Kind.APP_ID) == ["com.vendor.app"]
    assert (values(app, Kind.PATH), app.version) == (path, version)


def test_dump_is_read_package_by_package() -> None:
    """Fields belong to the package above them."""
    found, _ = observed(
        mobile_apps,
        "Packages:\n  Package [a.b] (1f):\n    codePath=/data/app/a\n    versionName=1.2\n  Package [c.d] (2f):\n    versionName=3\n",
    )
    assert [(o.label, o.version, o.locator) for o in found] == [("a.b", "1.2", "line 2"), ("c.d", "3", "line 5")]


@pytest.mark.parametrize(
    "content",
    [
        'CFBundleIdentifier, CFBundleVersion, CFBundleDisplayName\ncom.vendor.app, "1.2.0", "Vendor App"\n',
        "Total: 1 apps\ncom.vendor.app - Vendor App 1.2.0\n",
    ],
)
def test_apps_of_ios_are_read_in_both_forms(content: str) -> None:
    """Ideviceinstaller changed its output."""
    (app,), _ = observed(mobile_apps, content)
    assert (app.label, app.version) == ("Vendor App", "1.2.0")
    assert values(app, Kind.APP_ID) == values(app, Kind.BUNDLE) == ["com.vendor.app"]
