# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of packages of PHP."""

from __future__ import annotations

from debar.model.vocab import Meaning
from debar.readers.ecosystems import composer
from opened import observed


def test_installed_and_locked_are_told_apart() -> None:
    """What Composer installed has a normalised version; what it locked has not."""
    package = {"name": "psr/log", "version": "1.1.4"}
    locked, _ = observed(composer, {"packages": [package], "content-hash": "0"})
    installed, _ = observed(composer, [{**package, "version_normalized": "1.1.4.0"}])
    assert [o.meaning for o in locked + installed] == [Meaning.COMPONENT, Meaning.INSTALLED]
