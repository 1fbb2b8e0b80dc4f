# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Cargo.toml."""

from __future__ import annotations

from debar.readers.ecosystems import cargo_manifest
from opened import observed


def test_workspace_and_renamed_crates_are_read() -> None:
    """A crate is told by its own name; one in a folder without a version is one's own."""
    found, source = observed(
        cargo_manifest, "[workspace.dependencies]\nx = { package = 'real', version = '1' }\ny = { path = '../y' }\n"
    )
    assert [(o.locator, o.label) for o in found] == [("/workspace/dependencies/x", "real")]
    assert source.tally["local packages"] == 1
