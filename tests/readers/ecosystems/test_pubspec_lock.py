# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of pubspec.lock."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import pubspec_lock
from opened import observed, values


def test_host_besides_the_usual_is_told() -> None:
    """A package of another host than pub.dev carries it."""
    found, _ = observed(
        pubspec_lock,
        "packages:\n  a:\n    description: {name: a, url: 'https://dart.till.example'}\n    source: hosted\n    version: '1.0'\n",
    )
    assert [values(o, Kind.REFERENCE_DOMAIN) for o in found] == [["dart.till.example"]]
