# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of property lists."""

from __future__ import annotations

import plistlib

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.exports import property_list
from opened import observed, opened, values


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_bundle_says_who_made_it(form: plistlib.PlistFormat) -> None:
    """Identifier, names, program, update address, copyright, and the teams that its helpers must be signed by."""
    content = plistlib.dumps(
        {
            "CFBundleIdentifier": "com.vendor.agent",
            "CFBundleName": "Agent",
            "CFBundleExecutable": "agentd",
            "CFBundleShortVersionString": "3.1",
            "CFBundleVersion": "3.1.0.112",
            "SUFeedURL": "https://updates.vendor.example/appcast.xml",
            "NSHumanReadableCopyright": "© 2024 Example Lab",
            "SMPrivilegedExecutables": {
                "h": 'anchor apple generic and certificate leaf[subject.OU] = "2Y8XE5CQ94" and identifier "h"'
            },
        },
        fmt=form,
    )
    (bundle,) = property_list.read(opened(content, "mac01/Applications/Agent.app/Contents/Info.plist"))
    assert (bundle.asset, bundle.label, bundle.version, bundle.medium) == ("Agent.app", "Agent", "3.1", Medium.FILES)
    assert values(bundle, Kind.BUNDLE) == ["com.vendor.agent"]
    assert values(bundle, Kind.REFERENCE_DOMAIN) == ["updates.vendor.example"]
    assert values(bundle, Kind.TEAM_ID) == ["2Y8XE5CQ94"]
    assert values(bundle, Kind.TEXT) == ["© 2024 Example Lab"]


def test_job_starts_the_first_of_its_arguments() -> None:
    """What else stands on the command line is no program."""
    (job,), _ = observed(
        property_list,
        plistlib.dumps({"Label": "com.vendor.job", "ProgramArguments": ["/Library/Vendor Lab/agentd", "/etc/passwd"]}),
    )
    assert values(job, Kind.PATH) == ["/Library/Vendor Lab/agentd"]
    assert values(job, Kind.BUNDLE) == ["com.vendor.job"]


def test_lists_of_things_are_read_one_by_one() -> None:
    """Inventories, histories and the database of system extensions hold many things."""
    found, _ = observed(
        property_list, plistlib.dumps([{"name": "A", "bundleid": "com.a", "path": "/A.app", "version": "1"}, 7, {}])
    )
    assert [(o.locator, o.label, o.version) for o in found] == [("/0", "A", "1")]
    found, source = observed(
        property_list,
        plistlib.dumps({"extensions": [{"identifier": "com.vendor.ext", "teamID": "2Y8XE5CQ94"}], "version": 1}),
    )
    assert [(o.locator, values(o, Kind.TEAM_ID)) for o in found] == [("/extensions/0", ["2Y8XE5CQ94"])]
    assert source.tally["dictionaries of no known shape"] == 1


def test_profile_is_only_what_an_owner_called_it() -> None:
    """The name of a profile's organisation is prose."""
    found, _ = observed(
        property_list,
        plistlib.dumps(
            {"PayloadIdentifier": "x.y", "PayloadType": "Configuration", "PayloadOrganization": "Example Lab"}
        ),
    )
    assert [(o.meaning, values(o, Kind.PUBLISHER), values(o, Kind.TEXT)) for o in found] == [
        (Meaning.RESIDUE, [], ["Example Lab"])
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"bplist00",
        b"bplist00" + b"\xff" * 64,
        b"<plist><dict><key>Label</key>",
        b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "b">]><plist><string>&a;</string></plist>',
        b"<plist><data>YWJ</data></plist>",
    ],
    ids=["nothing but the mark", "offsets outside", "truncated", "entities", "no base64"],
)
def test_faulty_list_is_an_error_with_a_reason(content: bytes) -> None:
    """Whatever the library stumbles over is told as one error."""
    with pytest.raises(SourceError, match="not readable as a property list"):
        observed(property_list, content)


def test_list_that_holds_itself_ends() -> None:
    """Binary lists may refer to themselves."""
    data = bytearray(plistlib.dumps([["a"]], fmt=plistlib.FMT_BINARY))
    data[data.index(b"\xa1") + 1] = 0
    try:
        found, _ = observed(property_list, bytes(data))
    except SourceError:
        found = []
    assert found == []


def test_encoding_that_nobody_knows() -> None:
    """A list in an encoding of an unknown name is told, not a failure."""
    with pytest.raises(SourceError, match="unknown encoding"):
        observed(property_list, b'<?xml version="1.0" encoding="UTTTF-8"?><plist><dict/></plist>')
