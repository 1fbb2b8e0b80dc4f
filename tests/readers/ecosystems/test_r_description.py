# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of DESCRIPTION of R packages."""

from __future__ import annotations

from debar.model.vocab import Kind, Meaning
from debar.readers.ecosystems import r_description
from opened import observed, values


def test_built_package_is_installed() -> None:
    """R writes Built when it installs; a source package is a part."""
    text = "Package: till\nVersion: 1.0\nAuthor: Ada Counter\n    [aut, cre], Example Tills (2020, revised) and Bob\n"
    (source_package,), _ = observed(r_description, text)
    (installed,), _ = observed(r_description, text + "Built: R 4.4.1; ; 2024-06-02; unix\n")
    assert (source_package.meaning, installed.meaning) == (Meaning.COMPONENT, Meaning.INSTALLED)
    assert values(installed, Kind.PUBLISHER) == ["Ada Counter", "Example Tills", "Bob"]


def test_bioconductor_is_told_from_cran() -> None:
    """Packages of Bioconductor have views of its own."""
    (package,), _ = observed(r_description, "Package: till\nVersion: 1.0\nbiocViews: Software\n")
    assert package.observables[0].value == "pkg:bioconductor/till"
