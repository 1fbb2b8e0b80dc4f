# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of META.json of Perl."""

from __future__ import annotations

from debar.readers.ecosystems import cpan_meta
from opened import observed


def test_conflicts_are_no_requirements() -> None:
    """Modules that a distribution cannot stand are not its parts, and perl is no module."""
    found, _ = observed(
        cpan_meta,
        {
            "name": "A",
            "meta-spec": {},
            "prereqs": {"runtime": {"requires": {"perl": 5, "B::C": 0}, "conflicts": {"D": 0}}},
        },
    )
    assert [(o.label, o.observables[0].value) for o in found] == [("A", "pkg:cpan/A"), ("B::C", "pkg:cpan/B-C")]
