# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of conan.lock."""

from __future__ import annotations

from debar.readers.ecosystems import conan_lock
from opened import observed


def test_blank_user_is_none() -> None:
    """A user written as a line is no publisher."""
    found, _ = observed(conan_lock, {"requires": ["a/1.0@_/_#r", "b/2.0@till/stable", "c/[>=3]"], "build_requires": []})
    assert [(o.label, o.version) for o in found] == [("a", "1.0"), ("b", "2.0"), ("c", "[>=3]")]
