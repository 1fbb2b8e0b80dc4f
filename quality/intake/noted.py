# SPDX-License-Identifier: Apache-2.0
"""Marks: one thing that was right or wrong."""

from __future__ import annotations

from typing import NamedTuple


class Mark(NamedTuple):
    """One thing that was right or wrong, under the key of its figure."""

    key: str
    is_right: bool
    note: str = ""
    """What was missed or wrong, and where; empty if right."""
    weight: int = 1


class Misses(NamedTuple):
    """Writes the place of what was missed into its mark."""

    where: str

    def mark(self, key: str, note: str, *, is_right: bool, weight: int = 1) -> Mark:
        """Make a mark."""
        return Mark(key, is_right, "" if is_right else f"{self.where}: {note}", weight)
