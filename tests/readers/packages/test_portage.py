# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Portage's database."""

from __future__ import annotations

import bz2

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers import named, sniff
from debar.readers.packages import portage
from opened import observed, opened, values

ENVIRONMENT = """\
declare -x CATEGORY="net-analyzer"
declare -- DESCRIPTION="Watches \\"things\\""
declare -- HOMEPAGE="https://maker.example/ https://github.com/maker/tool"
declare -x PF="tool-cli-1.2.3_rc1-r2"
declare -- SRC_URI="https://dl.maker.example/tool.tar.xz
\thttps://mirror.example/tool.tar.xz
"
declare -x TERM="xterm"
"""


def test_environment_gives_name_addresses_and_description() -> None:
    """The compressed environment is read; a value may go on over lines."""
    source = opened(bz2.compress(ENVIRONMENT.encode()), "gentoo1/var/db/pkg/net-analyzer/tool/environment.bz2")
    assert sniff.find_reader(source)[0] == named("portage")
    (package,) = portage.read(source)
    assert (package.asset, package.label, package.version) == ("gentoo1", "tool-cli", "1.2.3_rc1-r2")
    assert values(package, Kind.REFERENCE_DOMAIN) == [
        "maker.example",
        "github.com",
        "dl.maker.example",
        "mirror.example",
    ]
    assert values(package, Kind.PURL) == ["pkg:github/maker/tool"]


def test_file_pf_is_the_name_alone() -> None:
    """A file PF is recognised by its name, for any word with a number could be one."""
    assert sniff.find_reader(opened("Getopt-Long-2.580.0\n", "x/PF"))[0] == named("portage")
    assert sniff.find_reader(opened("Getopt-Long-2.580.0\n", "x/notes"))[0] is None
    ((package,), _) = observed(portage, "Getopt-Long-2.580.0\n")
    assert (package.label, package.version) == ("Getopt-Long", "2.580.0")


@pytest.mark.parametrize("content", ["2.580.0\n", "Getopt-Long\n", 'declare -x PF=""\n'])
def test_package_without_name_or_version_is_an_error(content: str) -> None:
    """Half a name is no package."""
    with pytest.raises(SourceError, match="no name and version"):
        observed(portage, content)
