# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of manifests of Java."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import jar_manifest
from opened import observed, values


def test_long_lines_are_joined() -> None:
    """A line ends after 72 bytes, and goes on behind one blank."""
    (archive,), _ = observed(
        jar_manifest,
        "Manifest-Version: 1.0\r\nImplementation-Vendor: Example Til\r\n ls GmbH\r\n\r\nName: a/\r\nImplementation-Vendor: Other\r\n",
    )
    assert values(archive, Kind.PUBLISHER) == ["Example Tills GmbH"]


def test_localised_and_directed_values_are_cleaned() -> None:
    """A key into a properties file is no name; a directive behind a name is no part of it."""
    (archive,), _ = observed(
        jar_manifest, "Manifest-Version: 1.0\nBundle-Name: %name\nBundle-SymbolicName: org.example.a;singleton:=true\n"
    )
    assert [(o.kind, o.value) for o in archive.observables] == [(Kind.CODE, "org.example.a")]


def test_manifest_of_nobody_yields_nothing() -> None:
    """A manifest that names neither program nor maker is counted only."""
    found, source = observed(jar_manifest, "Manifest-Version: 1.0\nCreated-By: 17 (Oracle)\n")
    assert (found, source.tally["manifests that name nobody"]) == ([], 1)
