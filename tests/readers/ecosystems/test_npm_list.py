# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what npm lists."""

from __future__ import annotations

from debar.readers.ecosystems import npm_list
from opened import observed


def test_missing_module_is_not_there() -> None:
    """A module that is required and not installed is counted only."""
    found, source = observed(
        npm_list, {"name": "till", "dependencies": {"a": {"required": "1", "missing": True}, "b": {"version": "2"}}}
    )
    assert [(o.asset, o.label) for o in found] == [("till", "b")]
    assert source.tally["packages not installed"] == 1


def test_deepest_nesting_is_bounded() -> None:
    """A tree deeper than any real one is cut, and told."""
    level: dict[str, object] = {"version": "0"}
    for _ in range(220):
        level = {"version": "1", "dependencies": {"a": level}}
    found, source = observed(npm_list, {"dependencies": {"a": level}})
    assert len(found) == npm_list.DEPTH + 1
    assert len(source.losses) == 1
