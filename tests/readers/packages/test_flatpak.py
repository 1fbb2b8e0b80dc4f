# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Flatpak's metadata."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.packages import flatpak
from opened import observed, values


def test_name_stands_in_the_group_of_the_program() -> None:
    """A name in another group is not the program's."""
    ((program,), _) = observed(flatpak, "[Context]\nname=no\n[Application]\nruntime=a/b/c\nname = com.maker.Tool\n")
    assert (program.label, program.locator) == ("com.maker.Tool", "line 5")


def test_info_has_a_title_before_its_fields() -> None:
    """Name and summary stand in a line without a field; one program follows another."""
    text = "\nTool - Does things\n\n  ID: com.maker.Tool\n  Ref: app/com.maker.Tool/x86_64/stable\n  Version: 1.2\n"
    ((program,), _) = observed(flatpak, text)
    assert (program.label, program.version) == ("Tool", "1.2")
    assert values(program, Kind.NAME) == ["Tool"]
    assert values(program, Kind.TEXT) == ["Does things"]


def test_metadata_without_a_name_is_an_error() -> None:
    """A file of groups that names nothing is told."""
    with pytest.raises(SourceError, match="without a name"):
        observed(flatpak, "[Application]\nruntime=a\n")
