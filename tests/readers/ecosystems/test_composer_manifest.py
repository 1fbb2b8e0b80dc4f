# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of composer.json."""

from __future__ import annotations

from debar.readers.ecosystems import composer_manifest
from opened import observed


def test_repositories_are_a_list_or_an_object() -> None:
    """Both ways of writing repositories are read; the platform is no package."""
    for repositories in ([{"url": "https://php.till.example"}], {"own": {"url": "https://php.till.example"}}):
        found, _ = observed(
            composer_manifest, {"require": {"php": ">=8", "psr/log": "*"}, "repositories": repositories}
        )
        assert [o.label for o in found] == ["psr/log", "https://php.till.example"]
