# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of environments of conda."""

from __future__ import annotations

from debar.readers.ecosystems import conda_environment
from opened import observed


def test_conditions_are_no_versions() -> None:
    """Only an exact version is one; a channel before the name is no part of it."""
    found, _ = observed(
        conda_environment, "dependencies:\n- conda-forge::a=1.0\n- b>=2\n- c\n- pip\n- {pip: [-e ., d==4]}\n"
    )
    assert [(o.label, o.version) for o in found] == [("a", "1.0"), ("b", ""), ("c", ""), ("pip", ""), ("d", "4")]
