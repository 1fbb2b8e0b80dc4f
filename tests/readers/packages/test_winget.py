# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of winget exports."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.packages import winget
from opened import observed, values


def test_identifier_begins_with_the_publisher() -> None:
    """Winget's rule is Publisher.Program; the export's own time is when it was seen."""
    export = {
        "CreationDate": "2024-11-30T04:34:58Z",
        "Sources": [{"Packages": [{"PackageIdentifier": "Bambulab.Bambustudio"}]}],
    }
    ((program,), _) = observed(winget, export)
    assert values(program, Kind.PACKAGE) == ["Bambulab.Bambustudio"]
    assert values(program, Kind.PUBLISHER) == ["Bambulab"]
    assert (program.locator, program.observed_at) == ("/Sources/0/Packages/0", "2024-11-30T04:34:58Z")


def test_identifier_of_another_source_names_no_publisher() -> None:
    """The Microsoft store has identifiers of its own making."""
    export = {"Sources": [{"SourceDetails": {"Name": "msstore"}, "Packages": [{"PackageIdentifier": "9NH2.GPH4"}]}]}
    ((program,), _) = observed(winget, export)
    assert values(program, Kind.PUBLISHER) == []


def test_places_of_a_wrong_shape_are_lost() -> None:
    """A source that is a text, and a package that is nameless, cost themselves only."""
    found, source = observed(winget, {"Sources": ["x", {"Packages": [{}, 7, {"PackageIdentifier": "A.B"}]}]})
    assert [o.label for o in found] == ["A.B"]
    assert [place for place, _ in source.losses] == ["/Sources/0", "/Sources/1/Packages/0", "/Sources/1/Packages/1"]


def test_export_without_sources_is_an_error() -> None:
    """A document that is no export is told."""
    with pytest.raises(SourceError, match="without sources"):
        observed(winget, {"Sources": None})
