# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of pnpm-lock.yaml."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind
from debar.readers.ecosystems import pnpm_lock
from opened import observed, values


@pytest.mark.parametrize(
    ("key", "name", "version"),
    [
        ("/@s/a/1.0.0_peer@2.0.0", "@s/a", "1.0.0"),
        ("/a/1.0.0", "a", "1.0.0"),
        ("/@s/a@1.0.0(peer@2.0.0)", "@s/a", "1.0.0"),
        ("'@s/a@1.0.0'", "@s/a", "1.0.0"),
        ("npm.till.example/a/1.0.0", "a", "1.0.0"),
    ],
)
def test_keys_of_every_version_are_read(key: str, name: str, version: str) -> None:
    """Whatever the version of the lock file, a key tells name and version."""
    found, _ = observed(pnpm_lock, f"lockfileVersion: 5.4\npackages:\n  {key}:\n    dev: true\n")
    assert [(o.label, o.version) for o in found] == [(name, version)]


def test_package_of_no_registry_names_itself() -> None:
    """A package from a repository has fields for its name, and its place is told."""
    found, source = observed(
        pnpm_lock,
        "lockfileVersion: '9.0'\npackages:\n  a@https://git.till.example/a.tar.gz:\n"
        "    resolution: {tarball: https://git.till.example/a.tar.gz}\n    version: 1.2.3\n  b@file:../b: {}\n",
    )
    assert [(o.label, o.version, values(o, Kind.REFERENCE_DOMAIN)) for o in found] == [
        ("a", "1.2.3", ["git.till.example"])
    ]
    assert source.tally["own packages"] == 1
