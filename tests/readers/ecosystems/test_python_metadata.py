# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of metadata of Python packages."""

from __future__ import annotations

from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.ecosystems import python_metadata
from opened import observed, values

HEADER = "Metadata-Version: 2.1\nName: Till.Core\nVersion: 2.1.0\n"


def test_metadata_gives_package_and_makers() -> None:
    """Author, maintainer, their mail, homepage and project addresses are told of an installed package."""
    (package,), _ = observed(
        python_metadata,
        HEADER
        + "Author: Example Tills\nAuthor-email: Ada Counter <ada@till.example>, bob@drawer.example\n"
        + "Home-page: https://till.example\nProject-URL: Source, https://github.com/example-tills/core\n\nName: not me\n",
    )
    assert (package.label, package.version) == ("Till.Core", "2.1.0")
    assert (package.medium, package.meaning) == (Medium.PACKAGES, Meaning.INSTALLED)
    assert values(package, Kind.PURL) == ["pkg:pypi/till-core", "pkg:github/example-tills/core"]
    assert values(package, Kind.PUBLISHER) == ["Example Tills", "Ada Counter"]
    assert values(package, Kind.MAINTAINER_DOMAIN) == ["till.example", "drawer.example"]
    assert values(package, Kind.REFERENCE_DOMAIN) == ["till.example", "github.com"]


def test_unknown_is_no_maker() -> None:
    """What old setuptools write for a field that was not given names nobody."""
    (package,), _ = observed(python_metadata, HEADER + "Author: UNKNOWN\nHome-page: UNKNOWN\n")
    assert [o.kind for o in package.observables] == [Kind.PURL, Kind.NAME]


def test_nameless_package_is_a_loss() -> None:
    """Metadata without a name is a broken place."""
    found, source = observed(python_metadata, "Metadata-Version: 2.1\nVersion: 1\n")
    assert (found, source.losses) == ([], [("line 1", "a package without a name")])
