# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of gradle.lockfile."""

from __future__ import annotations

from debar.readers.ecosystems import gradle_lock
from opened import observed


def test_lock_of_one_configuration_is_read() -> None:
    """Gradle 6 and earlier wrote coordinates alone."""
    found, source = observed(gradle_lock, "# comment\norg.example:a:1.0\nrubbish\n")
    assert [(o.label, o.version) for o in found] == [("org.example:a", "1.0")]
    assert source.losses == [("line 3", "not group:artifact:version")]
