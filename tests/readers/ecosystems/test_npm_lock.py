# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of lock files of npm."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import npm_lock
from opened import observed, values


def test_deep_nesting_of_the_first_version_is_followed() -> None:
    """Packages two hundred levels deep are read without recursion."""
    level: dict[str, object] = {"version": "0"}
    for _ in range(200):
        level = {"version": "1", "dependencies": {"a": level}}
    found, _ = observed(npm_lock, {"lockfileVersion": 1, "dependencies": {"a": level}})
    assert len(found) == 201


def test_place_in_no_registry_is_told() -> None:
    """What came from a repository or another registry carries its host."""
    found, _ = observed(
        npm_lock,
        {
            "lockfileVersion": 3,
            "packages": {
                "": {"name": "till"},
                "packages/own": {"version": "1.0.0"},
                "node_modules/own": {"link": True, "resolved": "packages/own"},
                "node_modules/a": {"version": "1.0.0", "resolved": "git+ssh://git@git.till.example/a.git#0c4a"},
                "node_modules/b/node_modules/@s/c": {"version": "2.0.0", "resolved": "https://npm.till.example/c.tgz"},
            },
        },
    )
    assert [(o.label, values(o, Kind.REFERENCE_DOMAIN)) for o in found] == [
        ("a", ["git.till.example"]),
        ("@s/c", ["npm.till.example"]),
    ]
