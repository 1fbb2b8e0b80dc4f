# SPDX-License-Identifier: Apache-2.0
"""Whether two names of somebody who says something are of the same one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_EMPTY = frozenset({"the", "a", "an", "its", "their", "his", "her", "of", "and"})


def plain(name: str) -> str:
    """Give a name without case, marks and articles."""
    return " ".join(word for word in _WORD.findall(fold(name)) if word not in _EMPTY)


def is_same(name: str, names: Iterable[str]) -> bool:
    """Tell whether a name is one of several: the same, a part of it, or with the same last word."""
    told = plain(name)
    return any(_is_like(told, plain(other)) for other in names) if told else False


def _is_like(name: str, other: str) -> bool:
    if not other:
        return False
    held = f" {name} " in f" {other} " or f" {other} " in f" {name} "
    return held or name.rpartition(" ")[2] == other.rpartition(" ")[2]
