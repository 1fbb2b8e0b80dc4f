# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of yarn.lock."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import yarn_lock
from opened import observed, values


def test_alias_and_workspace_are_told_apart() -> None:
    """An alias is the package behind it; a folder of the project is none."""
    found, source = observed(
        yarn_lock,
        '# yarn lockfile v1\n\n"short@npm:long-name@^1":\n  version "1.2.3"\n  resolved "https://npm.till.example/long-name.tgz"\n\n'
        'here@file:./here:\n  version "0.0.0"\n',
    )
    assert [(o.label, o.version, values(o, Kind.REFERENCE_DOMAIN)) for o in found] == [
        ("long-name", "1.2.3", ["npm.till.example"])
    ]
    assert source.tally["own packages"] == 1


def test_dependencies_of_an_entry_are_no_fields() -> None:
    """What stands deeper than two blanks belongs to a list."""
    found, _ = observed(yarn_lock, '# yarn lockfile v1\na@^1:\n  dependencies:\n    version "9.9"\n  version "1.0"\n')
    assert [o.version for o in found] == ["1.0"]
