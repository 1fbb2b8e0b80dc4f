# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of vcpkg.json."""

from __future__ import annotations

from debar.readers.ecosystems import vcpkg_manifest
from opened import observed


def test_nameless_library_is_a_loss() -> None:
    """A dependency without a name costs itself only."""
    found, source = observed(vcpkg_manifest, {"dependencies": [{"features": []}, "fmt", 7]})
    assert [o.label for o in found] == ["fmt", "7"]
    assert source.losses == [("/dependencies/0", "a library without a name")]
