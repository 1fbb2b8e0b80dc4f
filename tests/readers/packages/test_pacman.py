# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of pacman's local database."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.packages import pacman
from opened import observed, opened, values

DESC = "%NAME%\ntool\n\n%VERSION%\n1:2.0-3\n\n%BASE%\ntools\n\n%DESC%\nDoes things\n\n%URL%\nhttps://maker.example/tool\n\n%PACKAGER%\n"


def test_package_gives_every_value_that_betrays_its_maker() -> None:
    """Name, base, packager, address and description are taken."""
    ((package,), _) = observed(pacman, DESC + "Some One <one@builder.example>\n")
    assert (package.label, package.version) == ("tool", "1:2.0-3")
    assert values(package, Kind.PACKAGE) == ["tool", "tools"]
    assert values(package, Kind.PUBLISHER) == ["Some One"]
    assert values(package, Kind.MAINTAINER_DOMAIN) == ["builder.example"]
    assert values(package, Kind.REFERENCE_DOMAIN) == ["maker.example"]


def test_unknown_packager_is_nobody() -> None:
    """What pacman writes where the builder gave no name is no maker."""
    ((package,), _) = observed(pacman, DESC + "Unknown Packager\n")
    assert values(package, Kind.PUBLISHER) == []


def test_joined_entries_are_packages_of_their_own() -> None:
    """Files put together one after another give each package, at its own line."""
    found, _ = observed(pacman, DESC + "A\n\n" + DESC.replace("tool", "other") + "B\n")
    assert [(o.label, o.locator) for o in found] == [("tool", "line 1"), ("other", "line 19")]


def test_database_of_a_repository_installs_nothing() -> None:
    """An entry that names the file to download is not installed."""
    found, source = observed(pacman, "%FILENAME%\ntool.pkg.tar.zst\n\n" + DESC)
    assert (found, source.tally) == ([], {"packages not installed": 1})


def test_host_stands_above_the_database() -> None:
    """The asset is the host that var/lib/pacman belongs to."""
    (package,) = pacman.read(opened(DESC, "fleet/arch1/var/lib/pacman/local/tool-2.0-3/desc"))
    assert package.asset == "arch1"


def test_value_before_any_field_is_lost() -> None:
    """A text that is no entry gives its losses, not a crash."""
    found, source = observed(pacman, "stray\n%VERSION%\n1\n")
    assert found == []
    assert source.losses == [("line 1", "a value without a field"), ("line 2", "a package without a name")]
