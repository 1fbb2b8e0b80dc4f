# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what pip lists."""

from __future__ import annotations

from debar.readers.ecosystems import pip_list
from opened import observed


def test_advice_of_pip_is_no_package() -> None:
    """Lines after the table, and columns behind the version, are left aside."""
    found, source = observed(
        pip_list,
        "Package Version Editable project location\n------- ------- ---------\ntill    1.0.dev1  /src/till\n"
        "\n[notice] A new release of pip is available: 23.2.1 -> 24.0\n",
    )
    assert [(o.label, o.version, o.locator) for o in found] == [("till", "1.0.dev1", "line 3")]
    assert source.tally["lines left aside"] == 1


def test_nameless_object_is_a_loss() -> None:
    """A package without a name costs itself only."""
    found, source = observed(pip_list, [{"version": "1"}, {"name": "six", "version": "1.16.0"}])
    assert [o.label for o in found] == ["six"]
    assert source.losses == [("/0", "a package without a name")]
