# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of bun.lock."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import bun_lock
from opened import observed, values


def test_commas_and_comments_inside_texts_stay() -> None:
    """Only commas before a bracket go; a text may look like one, or like a comment."""
    found, _ = observed(
        bun_lock,
        '{"lockfileVersion": 1, "workspaces": {"": {"name": "a,] // b",},}, // here\n'
        '"packages": {"x": ["x@1.0.0", "https://npm.till.example/", {}, "s",], "y": ["y@workspace:y"],},}',
    )
    assert [(o.asset, o.label, values(o, Kind.REFERENCE_DOMAIN)) for o in found] == [
        ("a,] // b", "x", ["npm.till.example"])
    ]
