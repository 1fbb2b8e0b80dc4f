# SPDX-License-Identifier: Apache-2.0
"""What papers of a story do not give, with the papers called by names that a reader knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def gap(text: str, names: Mapping[str, str]) -> str:
    """Give a gap with the paths of papers in its closing brackets as names; `names` has them by path.

    Only whole paths are replaced there: a file may be called "a", or like a word of the gap.
    """
    said, bracket, listed = text.rpartition(" (")
    if not bracket or not listed.endswith(")"):
        return text
    return f"{said} ({', '.join(names.get(path, path) for path in listed[:-1].split(', '))})"
