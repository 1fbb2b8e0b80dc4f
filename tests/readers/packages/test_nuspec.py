# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of package specifications of NuGet and Chocolatey."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import named, sniff
from debar.readers.packages import nuspec
from opened import observed, opened, values

NUGET = """<?xml version="1.0"?><!-- a --><!-- b -->
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>Maker.Lib</id><version>1.0</version>
<authors>Maker, Other</authors><licenseUrl>https://licenses.nuget.org/MIT</licenseUrl>
<repository type="git" url="https://github.com/maker/lib"/></metadata></package>"""


def test_package_of_nuget_is_a_component() -> None:
    """It has a package URL; the repository betrays the maker, the licence list of NuGet does not."""
    ((package,), _) = observed(nuspec, NUGET)
    assert package.meaning is Meaning.COMPONENT
    assert values(package, Kind.PURL) == ["pkg:nuget/Maker.Lib", "pkg:github/maker/lib"]
    assert values(package, Kind.PUBLISHER) == ["Maker", "Other"]
    assert values(package, Kind.REFERENCE_DOMAIN) == ["github.com"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (
            NUGET.replace("<repository", "<packageSourceUrl>https://a.example/</packageSourceUrl><repository"),
            "a.nuspec",
        ),
        (NUGET, "pc7/ProgramData/Chocolatey/lib/a/a.nuspec"),
    ],
    ids=["by its fields", "by its folder"],
)
def test_package_of_chocolatey_is_a_program(text: str, path: str) -> None:
    """It is installed, and is no package of NuGet."""
    (package,) = nuspec.read(opened(text, path))
    assert package.meaning is Meaning.INSTALLED
    assert values(package, Kind.PACKAGE) == ["Maker.Lib"]
    assert "pkg:nuget/Maker.Lib" not in values(package, Kind.PURL)


def test_electronic_book_is_left_to_others() -> None:
    """Its package document has metadata, too, and no id."""
    book = '<package xmlns="http://www.idpf.org/2007/opf"><metadata><dc:title>A</dc:title></metadata></package>'
    assert sniff.find_reader(opened(book, "book.xml"))[0] is None
    assert sniff.find_reader(opened(NUGET, "x"))[0] == named("nuspec")


@pytest.mark.parametrize("text", ["<package/>", "<package><metadata><version>1</version></metadata></package>"])
def test_specification_that_names_nothing_is_an_error(text: str) -> None:
    """Neither id nor title: nothing to tell."""
    with pytest.raises(SourceError, match="a nuspec without"):
        observed(nuspec, text)
