# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of JSON exports of packages."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.packages import package_export
from opened import observed, values


def test_what_built_an_image_is_not_in_it() -> None:
    """Packages of build time are counted only."""
    document = {"installedPackages": [{"name": "a", "version": 1}], "buildTimePackages": [{"name": "b"}, {"name": "c"}]}
    ((package,), source) = observed(package_export, document)
    assert (package.label, package.version, package.locator) == ("a", "1", "/installedPackages/0")
    assert source.tally == {"packages": 1, "packages not installed": 2}


def test_specification_begins_with_the_package_itself() -> None:
    """What follows in Spack are its dependencies."""
    found, _ = observed(package_export, {"spec": {"_meta": {}, "nodes": [{"name": "a"}, {"name": "b"}]}})
    assert [(o.label, o.meaning) for o in found] == [("a", Meaning.INSTALLED), ("b", Meaning.COMPONENT)]


def test_address_of_a_scoop_app_is_taken() -> None:
    """An app from an address of its own betrays its maker; the name of a bucket does not."""
    document = {
        "buckets": [],
        "apps": [{"Name": "a", "Source": "main"}, {"Name": "b", "Source": "https://maker.example/b.json"}],
    }
    found, _ = observed(package_export, document)
    assert [values(o, Kind.REFERENCE_DOMAIN) for o in found] == [[], ["maker.example"]]


def test_entry_without_a_name_is_lost() -> None:
    """It costs itself only."""
    found, source = observed(package_export, {"installedPackages": [{}, None, {"name": "a"}]})
    assert [o.label for o in found] == ["a"]
    assert len(source.losses) == 2


def test_other_json_is_an_error() -> None:
    """A document without any of the lists is told."""
    with pytest.raises(SourceError, match="no list of packages"):
        observed(package_export, {"apps": "none"})
