# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of packages.lock.json."""

from __future__ import annotations

from debar.readers.ecosystems import nuget_lock
from opened import observed


def test_projects_of_ones_own_are_counted_only() -> None:
    """A reference to another project is no package."""
    packages = {"A": {"type": "Direct", "resolved": "1.0"}, "Own": {"type": "Project"}}
    found, source = observed(nuget_lock, {"version": 2, "dependencies": {"net8.0/linux-x64": packages}})
    assert [(o.locator, o.label, o.version) for o in found] == [("/dependencies/net8.0~1linux-x64/A", "A", "1.0")]
    assert source.tally["own packages"] == 1
