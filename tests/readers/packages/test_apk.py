# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Alpine's package database."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers import named, sniff
from debar.readers.packages import apk
from opened import observed, opened, values

MUSL = """\
C:Q1dTmh9gV4bqcFFvgeoDzZ2ieqqgE=
P:camera-agent
V:1.2.3-r0
A:x86_64
T:Watches cameras
U:https://www.hikvision.example/agent
o:camera
m:Someone <someone@maker.example>
F:opt
F:opt/camera/bin
R:agent
F:usr/bin

P:next
V:2-r1
"""


def test_package_gives_every_value_that_betrays_its_maker() -> None:
    """Name, origin, maintainer, address, own folders and description are taken; the next paragraph is the next package."""
    (package, following), source = observed(apk, MUSL)
    assert (package.label, package.version, package.locator) == ("camera-agent", "1.2.3-r0", "line 1")
    assert values(package, Kind.PACKAGE) == ["camera-agent", "camera"]
    assert values(package, Kind.PUBLISHER) == ["Someone"]
    assert values(package, Kind.MAINTAINER_DOMAIN) == ["maker.example"]
    assert values(package, Kind.REFERENCE_DOMAIN) == ["www.hikvision.example"]
    assert values(package, Kind.PATH) == ["/opt/camera/bin/"]
    assert values(package, Kind.TEXT) == ["Watches cameras"]
    assert (following.label, following.locator) == ("next", "line 14")
    assert source.tally == {"packages": 2}


def test_asset_is_what_stands_above_the_database() -> None:
    """The image that lib/apk/db/installed lies in is the asset."""
    source = opened(MUSL, "images/edge.tar!lib/apk/db/installed")
    assert sniff.find_reader(source)[0] == named("apk")
    assert [o.asset for o in apk.read(source)] == ["edge", "edge"]


def test_index_of_a_repository_installs_nothing() -> None:
    """APKINDEX lists what could be installed, in the same form."""
    source = opened(MUSL, "var/cache/apk/APKINDEX.tar.gz!APKINDEX")
    assert list(apk.read(source)) == []
    assert source.tally == {"packages not installed": 2}


def test_fields_of_another_shape_are_lost() -> None:
    """A line that is no field, and a package without a name, cost themselves only."""
    found, source = observed(apk, "not a field\nP:a\nV:1\n\nV:2\n")
    assert [o.label for o in found] == ["a"]
    assert source.losses == [("line 1", "not a field of one letter"), ("line 5", "a package without a name")]


def test_carriage_returns_are_no_part_of_a_value() -> None:
    """A database that went through Windows reads alike."""
    assert observed(apk, MUSL.replace("\n", "\r\n"))[0] == observed(apk, MUSL)[0]
