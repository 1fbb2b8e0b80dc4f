# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of details that package managers print."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers.packages import package_info
from opened import observed, values

RPM = """\
Name        : kesl
Epoch       : 2
Version     : 12.1.0
Release     : 1543
Source RPM  : kesl-suite-12.1.0-1543.src.rpm
Packager    : Kaspersky Lab <support@kaspersky.com>
Vendor      : AO Kaspersky Lab
URL         : https://support.kaspersky.com/kes
Summary     : Endpoint security
Description :
Protects hosts. Note:
Name: is no field here.

Second paragraph.
Name        : other
Version     : 1
Release     : 2
Vendor      : (none)
"""


def test_details_of_rpm_give_every_value_that_betrays_the_maker() -> None:
    """All fields are taken, and a description's own "Name:" begins no package."""
    (agent, other), source = observed(package_info, RPM)
    assert (agent.label, agent.version, agent.locator) == ("kesl", "2:12.1.0-1543", "line 1")
    assert values(agent, Kind.PACKAGE) == ["kesl", "kesl-suite"]
    assert values(agent, Kind.PUBLISHER) == ["AO Kaspersky Lab", "Kaspersky Lab"]
    assert values(agent, Kind.MAINTAINER_DOMAIN) == ["kaspersky.com"]
    assert values(agent, Kind.REFERENCE_DOMAIN) == ["support.kaspersky.com"]
    assert values(agent, Kind.TEXT)[0] == "Endpoint security"
    assert (other.label, other.locator, values(other, Kind.PUBLISHER)) == ("other", "line 15", [])
    assert source.tally == {"packages": 2}


@pytest.mark.parametrize(
    ("field", "is_there"),
    [
        ("Installed : Yes (automatically)", True),
        ("Installed : No", False),
        ("Repository : @System", True),
        ("Repository : baseos", False),
        ("Repository : baseos\nFrom repo : anaconda", True),
        ("Repo : installed", True),
        ("Repo : updates", False),
    ],
)
def test_what_is_only_offered_is_not_installed(field: str, is_there: bool) -> None:
    """dnf, yum and zypper describe packages of repositories in the same form, and say so in one field."""
    found, source = observed(package_info, f"Name : a\nVersion : 1\n{field}\n")
    assert bool(found) is is_there
    assert source.tally == {"packages" if is_there else "packages not installed": 1}


def test_two_fields_on_a_line_are_two() -> None:
    """Old versions of rpm print vendor and source behind other fields."""
    ((package,), _) = observed(
        package_info,
        "Name        : bash     Relocations: /usr\nVersion     : 3.2      Vendor: CentOS\nRelease     : 24     Source RPM: bash-3.2-24.src.rpm\n",
    )
    assert (package.label, package.version) == ("bash", "3.2-24")
    assert values(package, Kind.PUBLISHER) == ["CentOS"]


def test_trusted_key_is_left_over() -> None:
    """Keys stand among rpm's packages."""
    ((key,), source) = observed(package_info, "Name : gpg-pubkey\nVersion : 1\nRelease : 2\n")
    assert (key.meaning, source.tally) == (Meaning.RESIDUE, {"keys": 1})
