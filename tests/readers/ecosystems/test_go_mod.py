# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of go.mod."""

from __future__ import annotations

from debar.readers.ecosystems import go_mod
from opened import observed


def test_what_takes_the_place_of_a_module_carries_both_names() -> None:
    """A replacement is told with the module that it replaces; a folder replaces nothing that can be told."""
    found, source = observed(
        go_mod,
        'module "m.example/m"\nrequire a.example/a v1.0.0\nreplace a.example/a => b.example/b v2.0.0\nreplace c.example/c => ./c\n',
    )
    assert [(o.asset, o.label, o.version) for o in found] == [
        ("m.example/m", "a.example/a", "v1.0.0"),
        ("m.example/m", "b.example/b", "v2.0.0"),
    ]
    assert "pkg:golang/a.example/a" in [o.value for o in found[1].observables]
    assert source.tally["local packages"] == 1
