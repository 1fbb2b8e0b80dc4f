# SPDX-License-Identifier: Apache-2.0
"""What is made of a lexicon, made once for each: by identity, since comparing thousands of patterns costs more than a paper."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")
_MOST = 4
"""Lexicons that are in use at once: a program has one, its tests a few."""


def once(make: Callable[[_Thing], _Made]) -> Callable[[_Thing], _Made]:
    """Give a function that keeps what it made of the last few things, which must not change."""
    kept: list[tuple[_Thing, _Made]] = []

    @wraps(make)
    def made(thing: _Thing) -> _Made:
        for known, value in kept:
            if known is thing:
                return value
        value = make(thing)
        kept.append((thing, value))
        del kept[:-_MOST]
        return value

    return made
