# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Package.resolved."""

from __future__ import annotations

from debar.readers.ecosystems import swift_resolved
from opened import observed


def test_package_is_called_after_its_address() -> None:
    """The package URL has host and path of the repository, without its ending."""
    pins = [
        {"identity": "a", "location": "https://git.till.example/swift/a.git", "state": {"version": "1.0"}},
        {"state": None},
    ]
    found, source = observed(swift_resolved, {"pins": pins, "version": 3})
    assert [(o.version, o.observables[0].value) for o in found] == [("1.0", "pkg:swift/git.till.example/swift/a")]
    assert source.losses == [("/pins/1", "a package without a name")]
