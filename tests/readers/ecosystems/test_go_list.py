# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what go list prints."""

from __future__ import annotations

from debar.readers.ecosystems import go_list
from opened import observed


def test_objects_stand_one_after_another() -> None:
    """A cut-off object is a loss, and those before it are told."""
    found, source = observed(
        go_list, '{"Path": "m.example/m", "Main": true}\n{"Path": "a.example/a", "Version": "v1"}\n[]\n{"Path": "b'
    )
    assert [(o.asset, o.label) for o in found] == [("m.example/m", "a.example/a")]
    assert [locator for locator, _ in source.losses] == ["/2", "/3"]


def test_half_a_character_in_a_module() -> None:
    """A module with half a character, which no report can hold, is lost on its own."""
    found, source = observed(go_list, '{"Path": "a.example/\\ud800"}\n{"Path": "b.example/c", "Version": "v1.0.0"}')
    assert [one.label for one in found] == ["b.example/c"]
    assert [locator for locator, _ in source.losses] == ["/0"]
