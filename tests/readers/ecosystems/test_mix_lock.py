# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of mix.lock."""

from __future__ import annotations

from debar.readers.ecosystems import mix_lock
from opened import observed


def test_line_of_another_shape_is_a_loss() -> None:
    """Old and new ways of writing a map are read, anything else is told."""
    found, source = observed(mix_lock, '%{"a": {:hex, :a, "1.0", "x"},\n  "b" => {:hex, :b, "2.0"},\n  rubbish\n}\n')
    assert [(o.label, o.version) for o in found] == [("a", "1.0"), ("b", "2.0")]
    assert source.losses == [("line 3", "not a locked package")]
