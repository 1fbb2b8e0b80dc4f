# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of go.sum."""

from __future__ import annotations

from debar.readers.ecosystems import go_sum
from opened import observed


def test_module_of_which_only_the_description_was_fetched_is_counted() -> None:
    """Only modules whose code was fetched are told."""
    found, source = observed(go_sum, "a.example/a v1.0.0 h1:x=\nb.example/b v1.0.0/go.mod h1:x=\nrubbish\n")
    assert [o.label for o in found] == ["a.example/a"]
    assert source.tally["modules not in the build"] == 1
    assert [locator for locator, _ in source.losses] == ["line 3"]
