# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of iOS apps."""

from __future__ import annotations

import plistlib
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.files import ipa
from opened import opened, values
from signing import packed, sample

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

INFO = "Payload/Agent.app/Info.plist"


def read(content: bytes) -> tuple[list[Observation], Input]:
    """Read an app."""
    source = opened(content, "phone01/agent.ipa")
    return list(ipa.read(source)), source


def test_app_and_its_parts_are_told_apart() -> None:
    """The app is installed; frameworks inside it, which others made, are embedded."""
    (app, framework, libraries), _ = read(sample("ipa/agent.ipa"))
    assert (app.label, app.version, app.meaning) == ("Vendor Agent", "3.2.1", Meaning.INSTALLED)
    assert values(app, Kind.BUNDLE) == values(app, Kind.APP_ID) == ["example.vendor.agent"]
    assert (values(framework, Kind.BUNDLE), framework.meaning) == (["example.other.sdk"], Meaning.EMBEDDED)
    assert values(libraries, Kind.FILE) == ["libswiftCore.dylib"]


def test_team_comes_from_the_profile() -> None:
    """The provisioning profile names the team; its signer is Apple and told nothing of."""
    (app, *_), _ = read(sample("ipa/agent.ipa"))
    assert (values(app, Kind.TEAM_ID), values(app, Kind.PUBLISHER)) == (["ABCDE12345"], ["Vendor GmbH"])
    assert values(app, Kind.SIGNER) == []


@pytest.mark.parametrize("value", [7, [], {"a": 1}, b"bytes", True])
def test_values_of_wrong_types_are_left_out(value: object) -> None:
    """A name that is no text costs itself."""
    (app,), _ = read(packed({INFO: plistlib.dumps({"CFBundleIdentifier": "a.b", "CFBundleName": value})}))
    assert (app.label, values(app, Kind.NAME)) == ("a.b", [])


def test_property_list_with_entities_is_refused() -> None:
    """Entities in XML are not expanded."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aaaa">]><plist><dict><key>&a;</key></dict></plist>'
    with pytest.raises(SourceError, match="not readable as a property list"):
        read(packed({INFO: bomb}))


def test_broken_parts_cost_themselves() -> None:
    """A framework and a profile that cannot be read are lost, the app is not."""
    content = packed(
        {
            INFO: plistlib.dumps({"CFBundleIdentifier": "a.b"}),
            "Payload/Agent.app/embedded.mobileprovision": b"0\x80 nothing",
            "Payload/Agent.app/Frameworks/Sdk.framework/Info.plist": b"bplist00\xff\xff",
        }
    )
    (app, framework), source = read(content)
    assert (app.label, framework.label, len(source.losses)) == ("a.b", "Sdk", 2)


def test_other_zip_files_are_not_claimed() -> None:
    """Only a folder Payload with an app in it is one."""
    assert ipa.fits(opened(sample("ipa/agent.ipa")))
    assert not ipa.fits(opened(packed({"Agent.app/readme": ""})))
