# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Podfile.lock."""

from __future__ import annotations

from debar.readers.ecosystems import podfile_lock
from opened import observed


def test_parts_of_a_pod_are_one() -> None:
    """Parts that are installed of one pod are told once."""
    found, source = observed(podfile_lock, "PODS:\n  - A/B (1.0)\n  - A/C (1.0):\n    - A/B\n  - []\n")
    assert [(o.label, o.version) for o in found] == [("A", "1.0")]
    assert source.tally["parts of a pod"] == 1
    assert source.losses == [("/PODS/2", "not a pod")]
