# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Solaris package descriptions."""

from __future__ import annotations

from debar.model.vocab import Kind, Meaning
from debar.readers.exports import package_descriptions
from opened import observed, values


def test_old_packages_name_their_vendor() -> None:
    """Pkginfo -l gives name, vendor, folder and state; a partial installation is residue."""
    found, _ = observed(
        package_descriptions,
        "   PKGINST:  VNDagent\n      NAME:  Example agent\n   VERSION:  1.0,REV=2\n   BASEDIR:  /opt/VNDagent\n"
        "    VENDOR:  Example Lab <info@vendor.example>\n    STATUS:  completely installed\n\n"
        "   PKGINST:  OLD\n    STATUS:  partially installed\n",
    )
    assert [(o.label, o.version, o.meaning) for o in found] == [
        ("Example agent", "1.0,REV=2", Meaning.INSTALLED),
        ("OLD", "", Meaning.RESIDUE),
    ]
    assert values(found[0], Kind.PUBLISHER) == ["Example Lab"]
    assert values(found[0], Kind.MAINTAINER_DOMAIN) == ["vendor.example"]
    assert values(found[0], Kind.PATH) == ["/opt/VNDagent"]


def test_new_packages_name_their_publisher() -> None:
    """A publisher of IPS is a domain or a name; a long description goes on below."""
    found, source = observed(
        package_descriptions,
        "          Name: agent\n   Description: one\n                two (three: four)\n         State: Installed\n"
        "     Publisher: vendor.example\n       Version: 1\n\n          Name: other\n         State: Not installed\n\n"
        "          Name: third\n         State: Installed\n     Publisher: solaris\n",
    )
    assert [o.label for o in found] == ["agent", "third"]
    assert values(found[0], Kind.REFERENCE_DOMAIN) == ["vendor.example"]
    assert values(found[0], Kind.TEXT) == ["one two (three: four)"]
    assert values(found[1], Kind.PUBLISHER) == ["solaris"]
    assert source.tally["packages not installed"] == 1


def test_lists_have_a_package_in_one_line_or_two() -> None:
    """Pkginfo gives category, package and name; with -x the version stands below."""
    found, _ = observed(package_descriptions, "system      VNDagent                         Example agent\nnot this\n")
    assert [(o.label, o.version, values(o, Kind.PACKAGE)) for o in found] == [("Example agent", "", ["VNDagent"])]
    found, _ = observed(package_descriptions, "VNDagent            Example agent\n            (sparc) 1.0,REV=2\n")
    assert [(o.label, o.version, values(o, Kind.PACKAGE)) for o in found] == [
        ("Example agent", "1.0,REV=2", ["VNDagent"])
    ]


def test_image_lists_what_could_be_installed_as_well() -> None:
    """Flags say what is installed, on older systems a state does; another publisher stands in parentheses."""
    found, source = observed(
        package_descriptions,
        "NAME (PUBLISHER)      VERSION    IFO\nagent (Vendor)        1.0        i--\nother                 2.0        ---\n"
        "old                   3.0        installed  u---\n",
    )
    assert [(o.label, o.version, values(o, Kind.PUBLISHER)) for o in found] == [
        ("agent", "1.0", ["Vendor"]),
        ("old", "3.0", []),
    ]
    assert source.tally == {"packages": 3, "packages not installed": 1}
